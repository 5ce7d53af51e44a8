"""Records are checked again by themselves: by one process at a time, in the background."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

log = structlog.get_logger()
LOOK_AGAIN = 900.0
"""Seconds between two looks for what is due."""

Check = Callable[[timedelta, Callable[[], bool]], tuple[int, int]]
"""``Services.check_due``: how many were checked, and how many changed."""


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Hold a lock while the block runs; gives False, at once, where another process holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        try:
            yield True
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)


class Recheck:
    """A thread that checks what is due, every now and then.

    Parameters
    ----------
    check : callable
        Checks what was last checked longer ago than it is given, while it may go on.
    hours : int
        How old a check may get; 0 for never checking again.
    lock : Path
        A file that the processes of one machine share.
    wait : float
        Seconds between two looks.
    name : str
        What the log calls it.
    """

    def __init__(
        self, check: Check, hours: int, lock: Path, wait: float = LOOK_AGAIN, name: str = "recheck"
    ) -> None:
        self._name = name
        self._check = check
        self._every = timedelta(hours=hours)
        self._lock = lock
        self._wait = wait
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Start, unless checking again is off."""
        if self._every and self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def end(self) -> None:
        """Stop after the record that is being checked."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def once(self) -> tuple[int, int] | None:
        """Check what is due now; ``None`` where another process does."""
        with alone(self._lock) as free:
            if not free:
                return None
            return self._check(self._every, lambda: not self._ended.is_set())

    def _run(self) -> None:
        while not self._ended.wait(self._wait):
            try:
                found = self.once()
            except (SQLAlchemyError, OSError) as error:
                # The stores may be away: the next look finds them again. Whose record it was stays out.
                log.warning(self._name, failed=type(error).__name__)
                continue
            if found and found[0]:
                log.info(self._name, checked=found[0], changed=found[1])

"""Packets of a region that are being made, beside the requests: begun once, taken when ready."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

from accounts.actor import Actor
from accounts.errors import ChangeRefused, PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from i18n import locale, use_locale

KEPT_SECONDS = 3600.0
"""How long a packet can be taken after it was begun."""
AGAIN_SECONDS = 60.0
"""Whoever asks for the same within so long has the one that was begun: a double click makes one."""
SILENT_SECONDS = 120.0
"""A packet of which no further part was made for so long will not come: its worker is gone."""
MOST_AT_ONCE = 4

_log = logging.getLogger(__name__)


class NoSuchPacket(PersonError):  # noqa: N818 - named as it is shown
    """It was never begun, is somebody else's, or is no longer kept."""

    status = 404


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet.

    Attributes
    ----------
    owner : str
        Whose it is; says nothing to anybody else.
    asked : str
        What it is of, as an address has it.
    steps, done : int
        Parts it consists of, and how many are made.
    begun, heard : float
        When it was begun and when its last part was made, in seconds of the machine's clock.
    ready, failed : bool
        Whether it can be taken, or could not be made.
    """

    id: str
    owner: str
    asked: str
    steps: int
    begun: float
    heard: float
    done: int = 0
    ready: bool = False
    failed: bool = False

    @property
    def over(self) -> bool:
        """Whether there is nothing more to wait for."""
        return self.failed or self.ready


class RegionPackets:
    """The verbs about packets. They lie in a folder that all workers of a machine share.

    Parameters
    ----------
    folder : Path, optional
        Without one they lie in a folder of this process.
    clock : callable, optional
        Seconds of the machine's clock.
    """

    def __init__(self, folder: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self._given, self._clock = folder, clock
        self._lock = threading.Lock()
        self._aside: tempfile.TemporaryDirectory[str] | None = None

    @cached_property
    def _folder(self) -> Path:
        if self._given is None:
            self._aside = tempfile.TemporaryDirectory(prefix="waymark-packets-")
            return Path(self._aside.name)
        self._given.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._given

    def begin(
        self, actor: Actor, asked: str, steps: int, make: Callable[[Callable[[], None]], bytes]
    ) -> Packet:
        """Begin a packet beside the requests, or return the same one if it was begun just now.

        Parameters
        ----------
        asked : str
            What it is of; the same words within a minute mean the same packet.
        make : callable
            Given what is to be called after each step; returns the PDF. It runs in the caller's language.

        Raises
        ------
        ChangeRefused
            If too many are being made.
        """
        require(actor, Action.COUNTY_READ)
        owner = _owner(actor)
        packet_id = hashlib.sha256(f"{owner}|{asked}".encode()).hexdigest()[:32]
        with self._lock:
            now = self._clock()
            self._forget(now)
            there = self._read(packet_id)
            just_now = there is not None and (not there.over or now - there.begun < AGAIN_SECONDS)
            if there is not None and just_now and not there.failed:
                return there
            if sum(not one.over for one in self._all()) >= MOST_AT_ONCE:
                raise ChangeRefused(_("Several packets are being made just now. Try again in a moment."))
            made = Packet(packet_id, owner, asked, steps, now, now)
            self._path(packet_id, "pdf").unlink(missing_ok=True)
            self._write(made)
        threading.Thread(target=self._make, args=(made, locale(), make), name="packet", daemon=True).start()
        return made

    def packet(self, actor: Actor, packet_id: str) -> Packet:
        """Return a packet of the actor's as it is now.

        Raises
        ------
        NoSuchPacket
        """
        require(actor, Action.COUNTY_READ)
        found = self._read(packet_id)
        if found is None or found.owner != _owner(actor) or self._clock() - found.begun > KEPT_SECONDS:
            raise NoSuchPacket(_("This packet is no longer kept. Make it again."))
        return found

    def content(self, actor: Actor, packet_id: str) -> bytes | None:
        """Return the PDF; ``None`` while it is being made, and where it could not be.

        Raises
        ------
        NoSuchPacket
        """
        found = self.packet(actor, packet_id)
        if not found.ready:
            return None
        try:
            return self._path(packet_id, "pdf").read_bytes()
        except FileNotFoundError:
            raise NoSuchPacket(_("This packet is no longer kept. Make it again.")) from None

    def _make(self, begun: Packet, language: str, make: Callable[[Callable[[], None]], bytes]) -> None:
        now = begun

        def step() -> None:
            nonlocal now
            now = replace(now, done=min(now.done + 1, now.steps), heard=self._clock())
            self._write(now)

        try:
            with use_locale(language):
                content = make(step)
            _put(self._path(begun.id, "pdf"), content)
            self._write(replace(now, done=now.steps, ready=True, heard=self._clock()))
        except Exception as error:
            # Whatever it was, somebody waits for an answer.
            _log.warning("packet failed: %s", type(error).__name__)
            with suppress(OSError):
                self._write(replace(now, failed=True))

    def _path(self, packet_id: str, kind: str) -> Path:
        return self._folder / f"{packet_id}.{kind}"

    def _read(self, packet_id: str) -> Packet | None:
        if len(packet_id) != 32 or not packet_id.isalnum():
            return None
        try:
            found = Packet(**json.loads(self._path(packet_id, "json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        silent = not found.over and self._clock() - found.heard > SILENT_SECONDS
        return replace(found, failed=True) if silent else found

    def _all(self) -> list[Packet]:
        listed = (self._read(path.stem) for path in self._folder.glob("*.json"))
        return [one for one in listed if one is not None]

    def _write(self, packet: Packet) -> None:
        _put(self._path(packet.id, "json"), json.dumps(asdict(packet)).encode())

    def _forget(self, now: float) -> None:
        for path in self._folder.iterdir():
            with suppress(OSError):
                if now - path.stat().st_mtime > KEPT_SECONDS:
                    path.unlink()


def _owner(actor: Actor) -> str:
    return hashlib.sha256(str(actor.person_id).encode()).hexdigest()


def _put(path: Path, content: bytes) -> None:
    """Write a file in one step, so that nobody reads half of it."""
    scratch = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    scratch.write_bytes(content)
    scratch.replace(path)

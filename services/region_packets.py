"""Packets of a region that are being made, beside the requests: begun once, taken when ready."""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from accounts.actor import Actor
from accounts.errors import ChangeRefused, PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from i18n import locale, use_locale

KEPT_SECONDS = 3600.0
"""How long a packet can be taken after it was begun."""
AGAIN_SECONDS = 60.0
"""Whoever asks for the same within so long has the one that was begun: a double click makes one."""
MOST_AT_ONCE = 4
MOST_KEPT = 40

_log = logging.getLogger(__name__)


class NoSuchPacket(PersonError):  # noqa: N818 - named as it is shown
    """It was never begun, is somebody else's, or is no longer kept."""

    status = 404


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet.

    Attributes
    ----------
    asked : str
        What it is of, as an address has it.
    steps, done : int
        Parts it consists of, and how many are made.
    content : bytes or None
        The PDF, once it is whole.
    failed : bool
        Whether it could not be made.
    begun : float
        Seconds on the clock of this process.
    """

    id: str
    asked: str
    steps: int
    begun: float
    done: int = 0
    content: bytes | None = None
    failed: bool = False

    @property
    def over(self) -> bool:
        """Whether there is nothing more to wait for."""
        return self.failed or self.content is not None


class RegionPackets:
    """The verbs about packets. They are kept in this process, each for the official who began it.

    Parameters
    ----------
    clock : callable, optional
        Seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._packets: dict[str, Packet] = {}
        self._owner: dict[str, str] = {}

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
        owner = hashlib.sha256(str(actor.person_id).encode()).hexdigest()
        with self._lock:
            now = self._clock()
            self._forget(now)
            for one in self._packets.values():
                same = one.asked == asked and self._owner[one.id] == owner and not one.failed
                if same and (not one.over or now - one.begun < AGAIN_SECONDS):
                    return one
            if sum(not one.over for one in self._packets.values()) >= MOST_AT_ONCE:
                raise ChangeRefused(_("Several packets are being made just now. Try again in a moment."))
            made = Packet(secrets.token_hex(16), asked, steps, now)
            self._packets[made.id], self._owner[made.id] = made, owner
        threading.Thread(
            target=self._make, args=(made.id, locale(), make), name="packet", daemon=True
        ).start()
        return made

    def packet(self, actor: Actor, packet_id: str) -> Packet:
        """Return a packet of the actor's as it is now.

        Raises
        ------
        NoSuchPacket
        """
        require(actor, Action.COUNTY_READ)
        owner = hashlib.sha256(str(actor.person_id).encode()).hexdigest()
        with self._lock:
            self._forget(self._clock())
            found = self._packets.get(packet_id)
            if found is None or self._owner[packet_id] != owner:
                raise NoSuchPacket(_("This packet is no longer kept. Make it again."))
            return found

    def _make(self, packet_id: str, language: str, make: Callable[[Callable[[], None]], bytes]) -> None:
        def step() -> None:
            with self._lock:
                if (one := self._packets.get(packet_id)) is not None:
                    self._packets[packet_id] = replace(one, done=min(one.done + 1, one.steps))

        content: bytes | None = None
        try:
            with use_locale(language):
                content = make(step)
        except Exception as error:
            _log.warning("packet failed: %s", type(error).__name__)
        with self._lock:
            if (one := self._packets.get(packet_id)) is not None:
                self._packets[packet_id] = replace(
                    one, content=content, failed=content is None, done=one.steps if content else one.done
                )

    def _forget(self, now: float) -> None:
        old = [one.id for one in self._packets.values() if now - one.begun > KEPT_SECONDS]
        over = [one.id for one in self._packets.values() if one.over]
        for packet_id in {*old, *over[: max(len(self._packets) - MOST_KEPT, 0)]}:
            del self._packets[packet_id], self._owner[packet_id]

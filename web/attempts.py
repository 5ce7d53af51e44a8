"""How often a password may be guessed."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Iterator

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from accounts.errors import PersonError
from accounts.errors import marked as _

A_PAIR = "10 per 15 minutes"
AN_ADDRESS = "60 per hour"


class TooManyAttempts(PersonError):  # noqa: N818 - named by what happened, as it is shown
    """Too many wrong passwords of late; ``retry_after`` is in seconds."""

    status = 429

    def __init__(self, message: str, retry_after: int = 15 * 60, **values: object) -> None:
        super().__init__(message, **values)
        self.retry_after = retry_after


class Attempts:
    """Failed sign-ins, by account and address, and by address alone.

    Successful ones are never counted, so an office behind one address can sign in all day.
    Counts are kept in memory, by hash: nobody's e-mail address stands in them.

    Parameters
    ----------
    pair, address : str
        Limits in the notation of ``limits``, such as ``10 per 15 minutes``.
    """

    def __init__(self, pair: str = A_PAIR, address: str = AN_ADDRESS) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._pair = parse_many(pair)
        self._address = parse_many(address)

    def check(self, account: str, address: str) -> None:
        """Raise ``TooManyAttempts`` when either limit is used up."""
        used_up = [
            self._limiter.get_window_stats(limit, *key).reset_time
            for limit, key in self._limits(account, address)
            if not self._limiter.test(limit, *key)
        ]
        if used_up:
            seconds = max(1, math.ceil(max(used_up) - time.time()))
            raise TooManyAttempts(
                _("Too many wrong passwords. Try again in %(minutes)d min. Nobody has been signed in."),
                retry_after=seconds,
                minutes=math.ceil(seconds / 60),
            )

    def failed(self, account: str, address: str) -> None:
        """Count a wrong password."""
        for limit, key in self._limits(account, address):
            self._limiter.hit(limit, *key)

    def _limits(self, account: str, address: str) -> Iterator[tuple[RateLimitItem, tuple[str, ...]]]:
        who = hashlib.sha256(account.strip().casefold().encode()).hexdigest()
        where = hashlib.sha256(address.encode()).hexdigest()
        yield from ((limit, ("pair", who, where)) for limit in self._pair)
        yield from ((limit, ("address", where)) for limit in self._address)

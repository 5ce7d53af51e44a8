"""How often the secret of a link may be guessed."""

from __future__ import annotations

import hashlib
import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from accounts.errors import PersonError
from accounts.errors import marked as _

FROM_AN_ADDRESS = "30 per 15 minutes"


class TooManyGuesses(PersonError):  # noqa: N818 - named by what happened, as it is shown
    """Too many links that lead nowhere, from one place; ``retry_after`` is in seconds."""

    status = 429
    title = _("Too many links that lead nowhere")

    def __init__(self, retry_after: int) -> None:
        super().__init__(_("Wait a quarter of an hour, then open the link again as you were given it."))
        self.retry_after = retry_after


class Guesses:
    """Links that were none, by network address: who has a good one is never counted.

    Counts are kept in memory, by hash.

    Parameters
    ----------
    limit : str
        In the notation of ``limits``.
    """

    def __init__(self, limit: str = FROM_AN_ADDRESS) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._limit = parse(limit)

    def check(self, address: str) -> None:
        """Raise `TooManyGuesses` when the limit is used up."""
        if not self._limiter.test(self._limit, _where(address)):
            reset = self._limiter.get_window_stats(self._limit, _where(address)).reset_time
            raise TooManyGuesses(max(1, math.ceil(reset - time.time())))

    def failed(self, address: str) -> None:
        """Count one."""
        self._limiter.hit(self._limit, _where(address))


def _where(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()

"""Who acts through a token: the person, narrowed to what the token may do, or nobody."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from accounts.actor import Actor
from accounts.consents import ConsentStore
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.oauth import ACCESS, OAuthStore
from accounts.scopes import SYSTEM_SCOPES, actions_of
from accounts.tokens import TokenStore
from services.guesses import Guesses
from services.people import PeopleService

REQUESTS = "600 per minute"
LONGEST_SECRET = 200
SYSTEM = "waymark_system_"
"""How the tokens of systems of others begin."""

log = structlog.get_logger()


class TokenRefused(PersonError):  # noqa: N818 - named as it is shown
    """A token that is none, or that is not good any more; which of them is not said."""

    status = 401
    title = _("This token is not good")
    challenge = 'Bearer error="invalid_token"'

    def __init__(self) -> None:
        super().__init__(
            _("It was mistyped, revoked, or its last day is over. Make a new one under Account.")
        )


class TooManyRequests(PersonError):  # noqa: N818 - named as it is shown
    """One token asks more often than is served; ``retry_after`` is in seconds."""

    status = 429
    title = _("Too many requests")

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            _("This token asks more often than %(most)s times a minute. Wait a moment."), most="600"
        )
        self.retry_after = retry_after


class Pace:
    """How often one token may ask; counted in memory, by its id.

    Parameters
    ----------
    limit : str
        In the notation of ``limits``.
    """

    def __init__(self, limit: str = REQUESTS) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._limit = parse(limit)

    def __call__(self, token_id: str) -> None:
        """Count a request; `TooManyRequests` when there were too many."""
        if not self._limiter.hit(self._limit, token_id):
            reset = self._limiter.get_window_stats(self._limit, token_id).reset_time
            raise TooManyRequests(max(1, math.ceil(reset - time.time())))


class BearerService:
    """The way in for programs.

    Parameters
    ----------
    tokens : TokenStore
    systems : OAuthStore
    consents : ConsentStore
    people : PeopleService
    guesses : Guesses
        Tokens that were none, by network address.
    pace : Pace
    now : callable
        The clock.
    """

    def __init__(
        self,
        tokens: TokenStore,
        systems: OAuthStore,
        consents: ConsentStore,
        people: PeopleService,
        guesses: Guesses,
        pace: Pace,
        now: Callable[[], datetime],
    ) -> None:
        self._tokens = tokens
        self._systems = systems
        self._consents = consents
        self._people = people
        self._guesses = guesses
        self._pace = pace
        self._now = now

    def actor(self, secret: str, address: str) -> Actor:
        """Return the person that a token acts for, as far as it may.

        Parameters
        ----------
        address : str
            The network address it came from; wrong tokens are counted by it.

        Raises
        ------
        TokenRefused, TooManyRequests, TooManyGuesses
        """
        self._guesses.check(address)
        find = self._system if secret.startswith(SYSTEM) else self._personal
        found = find(secret) if len(secret) <= LONGEST_SECRET else None
        if found is None:
            self._guesses.failed(address)
            raise TokenRefused
        self._pace(found.through)
        return found

    def _personal(self, secret: str) -> Actor | None:
        token = self._tokens.by_secret(secret)
        if token is None:
            _note("unknown")
            return None
        state = token.state_at(self._now())
        if state != "live":
            _note(state, token.id)
            return None
        person = self._people.actor(token.person_id, token.session_version)
        if person is None:
            _note("ended with the password", token.id)
            return None
        self._tokens.used(token)
        return replace(person, limited_to=actions_of(token.scopes), through=token.id)

    def _system(self, secret: str) -> Actor | None:
        """The person who let a system in, as far as their yes goes at this moment."""
        token, now = self._systems.token(secret), self._now()
        if token is None or token.kind != ACCESS:
            _note("unknown")
            return None
        state = token.state_at(now)
        consent = self._consents.get(token.consent_id)
        if state == "live" and (consent is None or not consent.live_at(now)):
            state = "consent ended"
        person = None if consent is None else self._people.let_in(consent.person_id)
        if state != "live" or consent is None or person is None:
            _note(state, token.digest)
            return None
        actions = {action.value for one in token.scopes if (action := SYSTEM_SCOPES.get(one)) is not None}
        return replace(person, limited_to=consent.scope.actions & actions, through=consent.id)


def _note(why: str, token_id: str = "") -> None:
    """A line for whoever watches over security; of the token no more than a hash of its id."""
    which = hashlib.sha256(token_id.encode()).hexdigest()[:12] if token_id else ""
    log.warning("token refused", why=why, token=which)

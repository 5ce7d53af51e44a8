"""A person's own keys for programs: made, shown once, seen, ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from accounts.actor import Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from accounts.scopes import SCOPES, SYSTEM_SCOPES, scopes_for, scopes_of
from accounts.tokens import ApiToken, TokenStore
from services.reports import plain

MOST_LIVE = 20
LONGEST_NAME = 120
MOST_DAYS = 366

log = structlog.get_logger()


def scopes_asked(needs: Iterable[str]) -> tuple[str, ...]:
    """Return the scopes that a token has to have to do these actions, all of them.

    What two scopes let do is asked for by the one that is there anyway.

    Examples
    --------
    >>> scopes_asked(["caseload.read", "plans.read"]), scopes_asked(["plans.read"])
    (('advising:read',), ('careers:read',))
    """
    asked: list[str] = []
    for need in needs:
        lets = scopes_of(Action(need))
        if lets and not set(lets) & set(asked):
            asked.append(lets[0])
    return tuple(asked)


def all_scopes() -> tuple[str, ...]:
    """Return every scope of a token."""
    return tuple(SCOPES)


def system_scopes() -> tuple[str, ...]:
    """Return what a system of somebody else can ask for."""
    return tuple(SYSTEM_SCOPES)


class TokenNotMade(PersonError):  # noqa: N818 - named as it is shown
    """A token that cannot be made as it was asked for; the message says what to change."""

    status = 422


class NoSuchToken(PersonError):  # noqa: N818 - named as it is shown
    """There is no such token, or it is somebody else's: which of the two is not said."""

    status = 404


@dataclass(frozen=True, slots=True)
class TokenMade:
    """A token with its secret, which is known here for this one answer."""

    token: ApiToken
    secret: str = field(repr=False)


class TokenService:
    """The verbs about one's own tokens, each asking permission first. No token can do any of them.

    Parameters
    ----------
    tokens : TokenStore
    now : callable
        The clock.
    """

    def __init__(self, tokens: TokenStore, now: Callable[[], datetime]) -> None:
        self._tokens = tokens
        self._now = now

    def now(self) -> datetime:
        """The moment by which tokens end."""
        return self._now()

    def mine(self, actor: Actor) -> tuple[ApiToken, ...]:
        """Return the person's tokens, ended ones too, the newest first."""
        require(actor, Action.TOKENS_READ, actor.person_id)
        return self._tokens.of(str(actor.person_id))

    def offered(self, actor: Actor) -> tuple[str, ...]:
        """Return the scopes that could be of use to the person."""
        require(actor, Action.TOKENS_READ, actor.person_id)
        return scopes_for(actor.roles)

    def make(self, actor: Actor, name: str, scopes: Iterable[str], days: int) -> TokenMade:
        """Make a token that is good for ``days`` days.

        Raises
        ------
        TokenNotMade
            With what to change; nothing is kept then.
        """
        require(actor, Action.TOKENS_CHANGE, actor.person_id)
        called, chosen = plain(name).strip(), frozenset(scopes)
        if not called or len(called) > LONGEST_NAME:
            raise TokenNotMade(
                _("Say what the token is for, in at most %(most)d characters."), most=LONGEST_NAME
            )
        if not chosen:
            raise TokenNotMade(_("Choose at least one thing that the token may do."))
        if chosen - set(scopes_for(actor.roles)):
            raise TokenNotMade(_("A token cannot do more than you can. Choose from the list."))
        if not 1 <= days <= MOST_DAYS:
            raise TokenNotMade(_("Choose for how long the token is good: between a day and a year."))
        made = self._tokens.add(
            str(actor.person_id),
            called,
            tuple(scope for scope in SCOPES if scope in chosen),
            self._now() + timedelta(days=days),
            MOST_LIVE,
        )
        if made is None:
            raise TokenNotMade(
                _("You have %(most)d tokens already. Revoke one that is not needed any more."), most=MOST_LIVE
            )
        return TokenMade(*made)

    def revoke(self, actor: Actor, token_id: str) -> None:
        """End a token; the next request with it is refused. Twice is once.

        Raises
        ------
        NoSuchToken
        """
        require(actor, Action.TOKENS_CHANGE, actor.person_id)
        if not self._tokens.revoke(str(actor.person_id), token_id):
            log.warning("asked for a token that is not theirs", kind="token")
            raise NoSuchToken(_("There is no such token among yours."))

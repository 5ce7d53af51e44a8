"""What somebody sees who was given a link to a record: verified afresh, and no more than its owner chose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from accounts.actor import Account, Actor
from accounts.audit import AuditLog
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.news import NewsStore
from accounts.permissions import Action, require
from accounts.shares import Share, ShareStore
from graph.model import NewsKind
from services.checking_again import check_behind
from services.confirmation_desk import digest
from services.guesses import Guesses
from services.records import Checking
from services.sharing import Shown, shown
from services.wallet import WalletService
from wallet.store import WalletStore

LONGEST_TOKEN = 64


class NoSuchLink(PersonError):  # noqa: N818 - named as it is shown
    """A link that was never given out."""

    status = 404
    title = _("There is no such link")


class LinkEnded(PersonError):  # noqa: N818 - named as it is shown
    """A link that was good once: withdrawn, past its last day, or opened as often as it could be."""

    status = 410
    title = _("This link is no longer good")


class People(Protocol):
    """What is needed of the people store."""

    def account(self, person_id: str) -> Account | None: ...
    def actor(self, person_id: str) -> Actor | None: ...


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link leads to.

    Attributes
    ----------
    shown : Shown
    verified_at : datetime
        When every signed record behind it was checked.
    unreached : bool
        Some issuer could not be reached just now: its records stand as they were when last looked at.
    left : int
        How often the link can be opened after this time.
    """

    shown: Shown
    verified_at: datetime
    unreached: bool
    left: int


class OpeningService:
    """The verb of whoever has a link.

    Parameters
    ----------
    shares : ShareStore
    log : AuditLog
    people : People
    wallets : WalletStore
    wallet_of : callable
        Gives a person's wallet service, as themself.
    checking : callable
        What records are checked with.
    news : NewsStore
    guesses : Guesses
        Counts links that lead nowhere, by network address.
    now : callable
    """

    def __init__(
        self,
        shares: ShareStore,
        log: AuditLog,
        people: People,
        wallets: WalletStore,
        wallet_of: Callable[[Actor], WalletService],
        checking: Callable[[], Checking],
        news: NewsStore,
        guesses: Guesses,
        now: Callable[[], datetime],
    ) -> None:
        self._shares = shares
        self._log = log
        self._people = people
        self._wallets = wallets
        self._wallet_of = wallet_of
        self._checking = checking
        self._news = news
        self._guesses = guesses
        self._now = now

    def find(self, actor: Actor, token: str, caller: str) -> Share:
        """Return the live link of this secret, without opening it.

        Raises
        ------
        NoSuchLink, LinkEnded, TooManyGuesses
        """
        require(actor, Action.SHARES_OPEN)
        self._guesses.check(caller)
        share = self._shares.by_digest(digest(token)) if len(token) <= LONGEST_TOKEN else None
        if share is None:
            self._guesses.failed(caller)
            raise NoSuchLink(_("Check that you have all of the link, or ask whoever gave it to you."))
        state = share.state_at(self._now())
        if state != "live":
            raise _ended(state)
        return share

    def open(self, actor: Actor, token: str, caller: str) -> Opened:
        """Open a link: count it, check what is behind it, tell its owner, and show it.

        Raises
        ------
        NoSuchLink, LinkEnded, TooManyGuesses
        """
        share = self.find(actor, token, caller)
        owner = self._people.actor(share.consent.person_id)
        account = self._people.account(share.consent.person_id)
        if owner is None or account is None:
            raise _ended("withdrawn")
        if not self._shares.open(share.id):
            found = self._shares.by_digest(digest(token))
            raise _ended("withdrawn" if found is None else found.state_at(self._now()))
        self._log.note(
            share.consent.person_id,
            Action.SHARES_OPEN.value,
            actor_id=actor.person_id or "",
            actor_name=actor.name,
            consent_id=share.id,
        )
        if actor.person_id != share.consent.person_id:
            message, values = _opened(share)
            self._news.tell(
                share.consent.person_id,
                f"opened:{share.id}",
                message,
                "/shares",
                kind=NewsKind.SHARE,
                once=False,
                **values,
            )
        unreached = check_behind(
            self._wallets, self._checking(), share.consent.person_id, share.consent.scope, self._now()
        )
        wallet = self._wallet_of(owner)
        ends = share.consent.ends_at or self._now()
        # Taken back while it was being checked: nothing is shown any more.
        again = self._shares.by_digest(digest(token))
        if again is None or again.consent.withdrawn_at is not None:
            raise _ended("withdrawn")
        return Opened(
            shown=shown(
                wallet.wallet().holdings,
                wallet.records(),
                share.consent.scope,
                purpose=share.consent.purpose,
                until=(ends - timedelta(days=1)).date(),
                name=owner.name,
                email=account.email,
                demo=owner.demo,
            ),
            verified_at=self._now(),
            unreached=unreached,
            left=max(0, share.openings - share.opened - 1),
        )


def _opened(share: Share) -> tuple[str, dict[str, str]]:
    """What is told to who shares it; ``share`` is as it was before this opening."""
    last = share.opened + 1 >= share.openings
    named = {"purpose": share.consent.purpose[:200]}
    if last and share.consent.purpose:
        return _("Your link “%(purpose)s” was opened on %(day)s, for the last time it could be."), named
    if last:
        return _("A link of yours was opened on %(day)s, for the last time it could be."), {}
    if share.consent.purpose:
        return _("Your link “%(purpose)s” was opened, last on %(day)s."), named
    return _("A link of yours was opened, last on %(day)s."), {}


def _ended(state: str) -> LinkEnded:
    words = {
        "withdrawn": _("Whoever gave it to you has taken it back. Ask them for a new one if you need it."),
        "expired": _("Its last day has passed. Ask whoever gave it to you for a new one."),
        "used_up": _(
            "It was opened as often as its owner allowed. Ask whoever gave it to you for a new one."
        ),
    }
    return LinkEnded(words.get(state, words["withdrawn"]))

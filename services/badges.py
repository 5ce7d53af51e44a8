"""What a system of somebody else reads from a wallet and puts into it: the Open Badges 3.0 interface.

Every access by a system stands in the person's log before it is answered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.actor import Account, Actor
from accounts.audit import AuditLog
from accounts.consents import ConsentStore
from accounts.errors import SignInNeeded
from accounts.errors import marked as _
from accounts.permissions import Action, require
from services.records import BroughtIn, FileRefused, RecordService
from wallet.document import Document, Form
from wallet.errors import Unreadable
from wallet.moments import moment
from wallet.parse import read
from wallet.sentence import N_
from wallet.store import WalletStore


@dataclass(frozen=True, slots=True)
class Badges:
    """A page of credentials: as JSON, and as the tokens that secure the others; ``total`` of all pages."""

    credentials: tuple[dict[str, Any], ...]
    tokens: tuple[str, ...]
    total: int


class BadgeService:
    """The verbs of the Open Badges interface, each asking permission first.

    Parameters
    ----------
    wallets : WalletStore
    account_of : callable
        Gives what is kept of a person, by their id.
    consents : ConsentStore
        Tells which system it is.
    log : AuditLog
    records_for : callable
        Gives the way in for records, for an actor.
    """

    def __init__(
        self,
        wallets: WalletStore,
        account_of: Callable[[str], Account | None],
        consents: ConsentStore,
        log: AuditLog,
        records_for: Callable[[Actor], RecordService],
    ) -> None:
        self._wallets = wallets
        self._account_of = account_of
        self._consents = consents
        self._log = log
        self._records_for = records_for

    def credentials(self, actor: Actor, limit: int, offset: int = 0, since: datetime | None = None) -> Badges:
        """Return the signed credentials that count, the oldest first; ``since`` leaves out earlier ones."""
        require(actor, Action.BADGES_READ, actor.person_id)
        person = str(actor.person_id)
        found: dict[str, dict[str, Any] | str] = {}
        for record in sorted(self._wallets.records(person), key=lambda one: (one.created_at, one.id)):
            content = None if record.set_aside else self._wallets.original(person, record.id)
            if content is not None:
                for document in _badges(content):
                    if since is None or (_issued(document) or since) > since:
                        found.setdefault(
                            document.token or repr(document.value), document.token or document.value
                        )
        page = list(found.values())[offset : offset + limit]
        self._note(actor, Action.BADGES_READ, count=len(page))
        return Badges(
            tuple(one for one in page if isinstance(one, dict)),
            tuple(one for one in page if isinstance(one, str)),
            len(found),
        )

    def may_put(self, actor: Actor) -> None:
        """Return if the actor may put credentials here, before anything of them is looked at."""
        require(actor, Action.BADGES_PUT, actor.person_id)

    def put(self, actor: Actor, content: bytes) -> BroughtIn:
        """Keep one credential, or the newer self of one that is there.

        Raises
        ------
        FileRefused, FileTooLarge, Busy
        """
        require(actor, Action.BADGES_PUT, actor.person_id)
        try:
            document = read(content)
        except Unreadable as problem:
            raise FileRefused(problem.sentence.message, **problem.sentence.values) from None
        if document.form is not Form.OPEN_BADGE_3:
            raise FileRefused(N_("This is no Open Badges 3.0 credential."))
        who, consent_id = self._system(actor)
        self._note(actor, Action.BADGES_PUT)
        came = self._records_for(actor).receive(
            str(actor.person_id), content, "credential", sender=who if consent_id else ""
        )
        return came[0]

    def profile(self, actor: Actor) -> Account:
        """Return whom the credentials are about.

        Raises
        ------
        SignInNeeded
            If there is nobody of this token any more.
        """
        require(actor, Action.PROFILE_READ, actor.person_id)
        account = self._account_of(str(actor.person_id))
        if account is None:
            raise SignInNeeded(_("Please sign in first."))
        self._note(actor, Action.PROFILE_READ)
        return account

    def _note(self, actor: Actor, action: Action, **what: Any) -> None:
        who, consent_id = self._system(actor)
        if consent_id:
            self._log.note(str(actor.person_id), action.value, actor_name=who, consent_id=consent_id, **what)

    def _system(self, actor: Actor) -> tuple[str, str]:
        """Which system acts, and by which consent; empty for the person's own token or session."""
        consent = self._consents.get(actor.through) if actor.through else None
        return (consent.grantee_name, consent.id) if consent is not None else ("", "")


def _badges(content: bytes) -> list[Document]:
    try:
        return list(_inside(read(content)))
    except Unreadable:
        return []


def _inside(document: Document) -> Any:
    if document.form is Form.OPEN_BADGE_3:
        yield document
        return
    for part in document.parts:
        yield from _inside(part)


def _issued(document: Document) -> datetime | None:
    value = document.value
    return moment(value.get("validFrom") or value.get("issuanceDate"))

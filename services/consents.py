"""What a person lets others do with their record: say yes, see every yes, take it back, see who looked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from accounts.actor import Account, Actor
from accounts.audit import Access, AuditLog
from accounts.consent import Consent, ConsentKind, Scope
from accounts.consents import ConsentStore, NewConsent
from accounts.errors import ChangeRefused, PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from accounts.roles import PersonRole
from i18n import gettext

LONGEST = timedelta(days=731)
COUNSELOR_MAY = (Action.CAREERS_CHANGE, Action.PLANS_CHANGE)
"""What a counselor may be let do beside looking."""


class NoSuchConsent(PersonError):  # noqa: N818 - named as it is shown
    """There is no such consent, or it is somebody else's: which of the two is not said."""

    status = 404


class People(Protocol):
    """What is needed of the people store."""

    def account(self, person_id: str) -> Account | None: ...
    def with_role(self, role: PersonRole) -> tuple[Actor, ...]: ...


class ConsentService:
    """The verbs about one's own consents, each asking permission first.

    Parameters
    ----------
    consents : ConsentStore
    log : AuditLog
    people : People
    changed : callable
        Called with the person after a yes was given or taken back, so that no copy of theirs outlives it.
    now : callable
        The clock.
    """

    def __init__(
        self,
        consents: ConsentStore,
        log: AuditLog,
        people: People,
        changed: Callable[[str], object],
        now: Callable[[], datetime],
    ) -> None:
        self._consents = consents
        self._log = log
        self._people = people
        self._changed = changed
        self._now = now

    def mine(self, actor: Actor) -> tuple[Consent, ...]:
        """Return every yes of the person, ended ones too, the newest first."""
        require(actor, Action.CONSENTS_READ, actor.person_id)
        return self._consents.of(_id(actor))

    def kinds(self, actor: Actor) -> frozenset[str]:
        """Return the kinds of use the person agrees to now."""
        require(actor, Action.CONSENTS_READ, actor.person_id)
        return frozenset(consent.kind.value for consent in self._consents.live(_id(actor)))

    def accesses(self, actor: Actor, limit: int = 100, before: int | None = None) -> tuple[Access, ...]:
        """Return who did what with the person's record, and by which consent, the latest first."""
        require(actor, Action.CONSENTS_READ, actor.person_id)
        return self._log.of(_id(actor), limit, before)

    def set_regional(self, actor: Actor, *, granted: bool) -> None:
        """Be counted in the region's figures, or not; no is what it is until somebody says yes."""
        require(actor, Action.CONSENTS_CHANGE, actor.person_id)
        if granted:
            self._consents.grant(_id(actor), regional(actor.locale))
        else:
            self._consents.withdraw_kind(_id(actor), ConsentKind.REGIONAL)
        self._changed(_id(actor))

    def counselors(self, actor: Actor) -> tuple[Actor, ...]:
        """Return the counselors of this installation, by name, for a person to choose from."""
        require(actor, Action.CONSENTS_READ, actor.person_id)
        return tuple(one for one in self._people.with_role(PersonRole.COUNSELOR) if one.demo == actor.demo)

    def let_counselor(
        self,
        actor: Actor,
        counselor_id: str,
        *,
        ends_at: datetime | None,
        actions: frozenset[str] = frozenset(),
        purpose: str = "",
    ) -> Consent:
        """Let one counselor look at the record, and do what ``actions`` name.

        Raises
        ------
        ChangeRefused
            If it is no counselor, the end has passed or is too far off, or an action cannot be given.
        """
        require(actor, Action.CONSENTS_CHANGE, actor.person_id)
        chosen = next((one for one in self.counselors(actor) if one.person_id == counselor_id), None)
        if chosen is None or counselor_id == actor.person_id:
            raise ChangeRefused(_("Choose a counselor from the list."))
        self._check_end(ends_at)
        if actions - {action.value for action in COUNSELOR_MAY}:
            raise ChangeRefused(_("A counselor cannot be let do that."))
        told = counselor_consent(counselor_id, chosen.name, actor.locale, actions)
        return self._consents.grant(
            _id(actor), replace(told, purpose=" ".join(purpose.split())[:300], ends_at=ends_at)
        )

    def withdraw(self, actor: Actor, consent_id: str) -> None:
        """Take a yes back; from the next request on it lets nobody in.

        Raises
        ------
        NoSuchConsent
        """
        require(actor, Action.CONSENTS_CHANGE, actor.person_id)
        if not self._consents.withdraw(_id(actor), consent_id):
            raise NoSuchConsent(_("There is no such consent."))
        self._changed(_id(actor))

    def _check_end(self, ends_at: datetime | None) -> None:
        now = self._now()
        if ends_at is not None and not now < ends_at <= now + LONGEST:
            raise ChangeRefused(_("Choose an end between tomorrow and two years from now."))


def regional(locale: str) -> NewConsent:
    """A yes to being counted in the region's figures."""
    scope = Scope(skills=None, fields=frozenset({"area"}))
    return NewConsent(ConsentKind.REGIONAL, scope, words=regional_words(), locale=locale)


def counselor_consent(
    counselor_id: str, name: str, locale: str, actions: frozenset[str] = frozenset()
) -> NewConsent:
    """A yes to being advised by a counselor, who may look at everything and do what ``actions`` name."""
    return NewConsent(
        kind=ConsentKind.COUNSELOR,
        scope=Scope(None, None, frozenset({"name", "email", "area"}), actions),
        grantee_id=counselor_id,
        grantee_name=name,
        words=counselor_words(name),
        locale=locale,
    )


def regional_words() -> str:
    """The sentence by which somebody lets themself be counted, in the reader's language."""
    return gettext(
        "My skills may be counted in the figures of my county, among at least eleven people and without"
        " my name. If I say no, nothing changes for me."
    )


def counselor_words(name: str) -> str:
    """The sentence by which somebody lets a counselor look, in the reader's language."""
    return gettext(
        "%(name)s may look at my records and skills to advise me. I see every look, and can take this back at"
        " any time.",
        name=name,
    )


def _id(actor: Actor) -> str:
    # After ``require`` an own action always has a person.
    return str(actor.person_id)

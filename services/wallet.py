"""What a person does with their wallet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from accounts.actor import Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from data.errors import LaborDataUnavailable
from graph.model import RecordView, Skill, Wallet
from wallet.holdings import holdings, skill_by_label, skill_id
from wallet.record import WalletRecord
from wallet.store import WalletStore


class SkillsAway(PersonError):  # noqa: N818 - named as it is shown
    """The skill vocabularies cannot be read just now."""

    status = 503


class SkillUnknown(PersonError):  # noqa: N818 - named as it is shown
    """What was asked for is not a published skill statement."""

    status = 404


class SkillBook(Protocol):
    """What is needed of the labour-market store: skills by id or URI."""

    def skills(self, ids: Iterable[str]) -> Mapping[str, Skill]: ...


class WalletService:
    """The verbs about one wallet, each asking permission first.

    Parameters
    ----------
    wallets : WalletStore
        The system of record.
    labor : SkillBook or None
        The labour-market store; ``None`` while it is away: the wallet then reads by its own labels.
    actor : Actor
        Who asks. ``owner`` of every verb is a person id, by default the actor's own.
    today : date
        Decides what has expired.
    """

    def __init__(self, wallets: WalletStore, labor: SkillBook | None, actor: Actor, today: date) -> None:
        self._wallets = wallets
        self._labor = labor
        self._actor = actor
        self._today = today

    def wallet(self, owner: str | None = None) -> Wallet:
        """Return what the person holds, and what they set aside."""
        person = self._allowed(Action.WALLET_READ, owner)
        records = self._wallets.records(person)
        hidden = self._wallets.hidden(person)
        skills = self._skills(records, hidden)
        return Wallet(
            owner=person,
            holdings=holdings(records, skills, self._today),
            hidden=frozenset(skills[uri].id if uri in skills else skill_id(uri) for uri in hidden),
        )

    def records(self, owner: str | None = None) -> tuple[RecordView, ...]:
        """Return the entries of the wallet, newest first."""
        person = self._allowed(Action.WALLET_READ, owner)
        records = self._wallets.records(person)
        skills = self._skills(records)
        return tuple(_view(record, skills, self._today) for record in records)

    def claim(self, skill_uri: str, owner: str | None = None) -> None:
        """Say "I have this"; saying it twice is saying it once.

        Parameters
        ----------
        skill_uri : str
            URI or id of a published skill.

        Raises
        ------
        SkillUnknown
            If it is not in the vocabularies.
        SkillsAway
            If they cannot be read just now.
        """
        person = self._allowed(Action.WALLET_CHANGE, owner)
        skill = self._published(skill_uri)
        self._wallets.claim_skill(person, skill.uri, skill.name)

    def unclaim(self, skill_uri: str, owner: str | None = None) -> None:
        """Take "I have this" back; what other records prove stays."""
        person = self._allowed(Action.WALLET_CHANGE, owner)
        self._wallets.withdraw_claim(person, self._uri(person, skill_uri))

    def hide(self, skill_uri: str, owner: str | None = None) -> None:
        """Set a skill aside: no match reckons with it until it is shown again.

        Raises
        ------
        SkillUnknown, SkillsAway
            As ``claim``.
        """
        person = self._allowed(Action.WALLET_CHANGE, owner)
        self._wallets.hide_skill(person, self._published(skill_uri).uri)

    def show(self, skill_uri: str, owner: str | None = None) -> None:
        """Let a skill count again."""
        person = self._allowed(Action.WALLET_CHANGE, owner)
        self._wallets.show_skill(person, self._uri(person, skill_uri))

    def _allowed(self, action: Action, owner: str | None) -> str:
        person = self._actor.person_id if owner is None else owner
        require(self._actor, action, person)
        return str(person)

    def _published(self, named: str) -> Skill:
        try:
            found = None if self._labor is None else self._labor.skills([named])
        except LaborDataUnavailable:
            found = None
        if found is None:
            raise SkillsAway(_("The list of skills is being renewed. Try again in a few minutes."))
        for skill in found.values():
            return skill
        raise SkillUnknown(_("This is not a skill we know. Choose one from the list."))

    def _uri(self, person: str, named: str) -> str:
        # To take something back, the wallet's own rows are enough: no need for the vocabularies.
        own = {skill.uri for record in self._wallets.records(person) for skill in record.skills}
        own |= self._wallets.hidden(person)
        return next((uri for uri in own if named in (uri, skill_id(uri))), named)

    def _skills(self, records: Iterable[WalletRecord], more: Iterable[str] = ()) -> dict[str, Skill]:
        uris = {skill.uri for record in records for skill in record.skills} | set(more)
        if self._labor is None or not uris:
            return {}
        try:
            return {skill.uri: skill for skill in self._labor.skills(sorted(uris)).values()}
        except LaborDataUnavailable:
            return {}  # a wallet reads by its own labels meanwhile


def _view(record: WalletRecord, skills: Mapping[str, Skill], today: date) -> RecordView:
    return RecordView(
        id=record.id,
        kind=record.kind.value,
        title=record.title,
        issuer=record.issuer,
        description=record.description,
        standing=record.standing_on(today),
        skills=tuple(
            skills.get(skill.uri) or skill_by_label(skill.uri, skill.label) for skill in record.skills
        ),
        issued_on=record.issued_on,
        ended_on=record.ended_on,
        expires_on=record.expires_on,
        hours=record.hours,
        demo=record.demo,
    )

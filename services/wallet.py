"""What a person does with their wallet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from accounts.actor import Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from data.errors import LaborDataUnavailable
from graph.model import Confirmation, RecordView, Skill, Standing, Wallet
from wallet.attested import attested, standing_by
from wallet.holdings import holdings, skill_by_label, skill_id
from wallet.notice import Notice
from wallet.proposal import ProposalState
from wallet.record import WalletRecord
from wallet.report import Result, Step
from wallet.store import WalletStore

MOST_SHOWN_FIRST = 10
SOON = timedelta(days=60)
WORDS_TO_DELETE = ("delete", "borrar")


class SkillsAway(PersonError):  # noqa: N818 - named as it is shown
    """The skill vocabularies cannot be read just now."""

    status = 503


class SkillUnknown(PersonError):  # noqa: N818 - named as it is shown
    """What was asked for is not a published skill statement."""

    status = 404


class ShowcaseFull(PersonError):  # noqa: N818 - named as it is shown
    """No more skills can come first."""

    status = 409


class NotMeant(PersonError):  # noqa: N818 - named as it is shown
    """Something that cannot be undone was not confirmed."""

    status = 422


class SkillBook(Protocol):
    """What is needed of the labour-market store: skills by id or URI."""

    def skills(self, ids: Iterable[str]) -> Mapping[str, Skill]: ...


class Overview(NamedTuple):
    """A wallet as its owner sees it: what ends soon, what happened, and what comes first beside the rest."""

    wallet: Wallet
    records: tuple[RecordView, ...]
    soon: tuple[RecordView, ...]
    notices: tuple[Notice, ...]
    first: tuple[Skill, ...]


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
    answers : callable, optional
        Gives what others answered who were asked to confirm a person's records.
    """

    def __init__(
        self,
        wallets: WalletStore,
        labor: SkillBook | None,
        actor: Actor,
        today: date,
        answers: Callable[[str], Iterable[Confirmation]] = lambda _person: (),
    ) -> None:
        self._wallets = wallets
        self._labor = labor
        self._actor = actor
        self._today = today
        self._answers = answers

    def wallet(self, owner: str | None = None) -> Wallet:
        """Return what the person holds, and what they set aside."""
        return self.whole(owner)[0]

    def records(self, owner: str | None = None) -> tuple[RecordView, ...]:
        """Return the entries of the wallet, newest first."""
        return self.whole(owner)[1]

    def whole(self, owner: str | None = None) -> tuple[Wallet, tuple[RecordView, ...], dict[str, Skill]]:
        """Return ``wallet`` and ``records``, read once, and those of their skills that are published."""
        person = self._allowed(Action.WALLET_READ, owner)
        records, hidden = self._wallets.records(person), self._wallets.hidden(person)
        answers, skills = tuple(self._answers(person)), self._skills(records, hidden)
        held = Wallet(
            owner=person,
            holdings=holdings(attested(records, answers), skills, self._today),
            hidden=frozenset(skills[uri].id if uri in skills else skill_id(uri) for uri in hidden),
        )
        views = tuple(
            view_of(record, skills, self._today, standing_by(record, answers, records, self._today))
            for record in records
        )
        return held, views, skills

    def overview(self, owner: str | None = None) -> Overview:
        """Return all that the page of a wallet shows, read once."""
        person = self._allowed(Action.WALLET_READ, owner)
        held, records, _skills = self.whole(owner)
        return Overview(
            held, records, self._ending(records), self._wallets.notices(person), self._first(person, held)
        )

    def expiring(self, owner: str | None = None) -> tuple[RecordView, ...]:
        """Return what counts now and ends within sixty days, the next first."""
        return self._ending(self.records(owner))

    def _ending(self, records: Iterable[RecordView]) -> tuple[RecordView, ...]:
        last = self._today + SOON
        soon = [
            record
            for record in records
            if record.expires_on is not None
            and record.expires_on <= last
            and record.standing.counts
            and not record.set_aside
        ]
        return tuple(sorted(soon, key=lambda record: (record.expires_on or last, record.title)))

    def notices(self, owner: str | None = None) -> tuple[Notice, ...]:
        """Return what happened to records while the person was away, newest first."""
        return self._wallets.notices(self._allowed(Action.WALLET_READ, owner))

    def dismiss(self, notice_id: str, owner: str | None = None) -> None:
        """Put a notice away; nothing happens when there is none."""
        self._wallets.dismiss(self._allowed(Action.WALLET_CHANGE, owner), notice_id)

    def showcase(self, owner: str | None = None) -> tuple[Skill, ...]:
        """Return the skills that the person puts first, in their order; those they still have."""
        person = self._allowed(Action.WALLET_READ, owner)
        return self._first(person, self.wallet(person))

    def _first(self, person: str, wallet: Wallet) -> tuple[Skill, ...]:
        held = {one.skill.uri: one.skill for one in wallet.holdings if one.standing.counts}
        return tuple(held[uri] for uri in self._wallets.showcase(person) if uri in held)

    def show_first(self, skill_uri: str, owner: str | None = None) -> None:
        """Put a skill last among those that come first.

        Raises
        ------
        ShowcaseFull
            If ten are there already.
        SkillUnknown
            If the person has no such skill that counts.
        """
        person = self._allowed(Action.WALLET_CHANGE, owner)
        uri = self._uri(person, skill_uri)
        held = {one.skill.uri for one in self.wallet(person).holdings if one.standing.counts}
        if uri not in held:
            raise SkillUnknown(_("Your wallet has no such skill."))
        first = [skill.uri for skill in self.showcase(person) if skill.uri != uri]
        if len(first) >= MOST_SHOWN_FIRST:
            raise ShowcaseFull(
                _("%(most)d skills come first already. Take one away first."), most=MOST_SHOWN_FIRST
            )
        self._wallets.put_showcase(person, [*first, uri])

    def not_first(self, skill_uri: str, owner: str | None = None) -> None:
        """Take a skill away from those that come first."""
        person = self._allowed(Action.WALLET_CHANGE, owner)
        uri = self._uri(person, skill_uri)
        self._wallets.put_showcase(person, [one for one in self._wallets.showcase(person) if one != uri])

    def earlier(self, skill_uri: str, owner: str | None = None) -> None:
        """Put a skill one place earlier among those that come first."""
        person = self._allowed(Action.WALLET_CHANGE, owner)
        uri = self._uri(person, skill_uri)
        order = [skill.uri for skill in self.showcase(person)]
        if uri in order and (place := order.index(uri)):
            order[place - 1], order[place] = order[place], order[place - 1]
            self._wallets.put_showcase(person, order)

    def empty(self, word: str, owner: str | None = None) -> None:
        """Take everything out of the wallet for good; the account stays.

        Parameters
        ----------
        word : str
            What the person typed to say that they mean it: ``DELETE``, or the same in their language.

        Raises
        ------
        NotMeant
            If it is another word; then nothing is deleted.
        """
        person = self._allowed(Action.WALLET_CHANGE, owner)
        if word.strip().casefold() not in WORDS_TO_DELETE:
            raise NotMeant(_("Type the word DELETE. Nothing was deleted."))
        self._wallets.empty(person)

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


def view_of(
    record: WalletRecord, skills: Mapping[str, Skill], today: date, standing: Standing | None = None
) -> RecordView:
    """A record for its owner to look at; ``standing`` where others stand by it, its own by default."""
    return RecordView(
        id=record.id,
        kind=record.kind.value,
        title=record.title,
        issuer=record.issuer,
        description=record.description,
        standing=standing or record.standing_on(today),
        skills=tuple(
            skills.get(skill.uri) or skill_by_label(skill.uri, skill.label) for skill in record.skills
        ),
        issued_on=record.issued_on,
        ended_on=record.ended_on,
        expires_on=record.expires_on,
        hours=record.hours,
        demo=record.demo,
        form=record.form,
        verdict=record.verdict.value if record.verdict else "",
        why=record.why,
        sender=record.sender,
        replaced_by=record.replaced_by,
        hidden=record.hidden,
        declined=record.declined,
        dispute=record.dispute,
        of_another=any(
            check.name is Step.SUBJECT and check.result is Result.FAILED for check in record.checks
        ),
        proposed=sum(one.state is ProposalState.PROPOSED for one in record.proposals),
    )

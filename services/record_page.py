"""One record, as its owner looks at it and decides about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from accounts.actor import Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from graph.model import Confirmation, RecordView
from services.checking_again import CheckedAgain, check_again
from services.errors import RecordNotFound
from services.own_entries import changeable
from services.records import Checking
from services.wallet import SkillsAway, SkillUnknown, view_of
from wallet.attested import standing_by
from wallet.document import Document
from wallet.errors import Unreadable
from wallet.parse import read
from wallet.parse.values import identifier, line, objects, text
from wallet.proposal import Proposal, ProposalSource, ProposalState
from wallet.record import WalletRecord
from wallet.report import Step
from wallet.store import WalletStore
from wallet.succession import with_proposals

LONGEST_DISPUTE = 1000
MOST_EVIDENCE = 20


class DecisionRefused(PersonError):  # noqa: N818 - named as it is shown
    """Something about a record that cannot be decided so."""

    status = 422


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a credential says it was given for."""

    name: str
    description: str
    address: str


@dataclass(frozen=True, slots=True)
class RecordDetail:
    """A record with everything that is known of it.

    Attributes
    ----------
    record : WalletRecord
    view : RecordView
        As it stands today.
    older : tuple of WalletRecord
        Its earlier versions, newest first.
    newer : WalletRecord or None
        What took its place.
    size : int
        Bytes of the file it came in; 0 where there is none.
    media, ending : str
        What that file is.
    unknown : frozenset of str
        Addresses of proposed skills that are in no vocabulary of this product.
    """

    record: WalletRecord
    view: RecordView
    older: tuple[WalletRecord, ...]
    newer: WalletRecord | None
    evidence: tuple[Evidence, ...]
    size: int
    media: str
    ending: str
    unknown: frozenset[str] = frozenset()

    @property
    def changeable(self) -> bool:
        """Whether its owner may rewrite it."""
        return changeable(self.record)

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """Every skill of it with what was decided, those that came without a proposal too."""
        return tuple(_with_shown(self.record))

    @property
    def issuer_known(self) -> Any:
        """The outcome of looking its issuer up; None where nobody looked."""
        found = (check for check in self.record.checks if check.name is Step.ISSUER_KNOWN)
        return next(found, None)


class RecordPage:
    """The verbs about one record; somebody else's is not found.

    Parameters
    ----------
    wallets : WalletStore
        The system of record.
    checking : Checking
        What it is checked with.
    actor : Actor
        Who asks. ``owner`` of a verb is a person id, by default the actor's own.
    today : date
        Decides what has expired.
    answers : callable, optional
        Gives what others answered who were asked to confirm a person's records.
    """

    def __init__(
        self,
        wallets: WalletStore,
        checking: Checking,
        actor: Actor,
        today: date,
        answers: Callable[[str], Iterable[Confirmation]] = lambda _person: (),
    ) -> None:
        self._wallets = wallets
        self._checking = checking
        self._actor = actor
        self._today = today
        self._answers = answers

    def detail(self, record_id: str, owner: str | None = None) -> RecordDetail:
        """Return the record; `RecordNotFound` when there is none of this id in the wallet."""
        person = self._allowed(Action.WALLET_READ, owner)
        record = self._record(person, record_id)
        kept = {one.id: one for one in self._wallets.records(person)}
        original = self._wallets.original(person, record_id)
        media, ending = kind_of(original) if original is not None else ("", "")
        return RecordDetail(
            record=record,
            view=view_of(
                record,
                self._checking.published(s.uri for s in record.skills),
                self._today,
                standing_by(record, self._answers(person), kept.values(), self._today),
            ),
            older=tuple(one for one in kept.values() if one.replaced_by == record.id),
            newer=kept.get(record.replaced_by),
            evidence=tuple(_evidence(original, record)) if original is not None else (),
            size=len(original or b""),
            media=media,
            ending=ending,
            unknown=self._unknown(record),
        )

    def original(self, record_id: str, owner: str | None = None) -> tuple[bytes, str, str]:
        """Return the file it came in, byte for byte, with its media type and a name."""
        person = self._allowed(Action.WALLET_READ, owner)
        record = self._record(person, record_id)
        content = self._wallets.original(person, record_id)
        if content is None:
            raise RecordNotFound(_("This record came in no file."))
        media, ending = kind_of(content)
        return content, media, file_name(record, ending)

    def check(self, record_id: str, owner: str | None = None) -> CheckedAgain:
        """Check it again now."""
        person = self._allowed(Action.WALLET_CHANGE, owner)
        return check_again(self._wallets, self._checking, person, self._record(person, record_id))

    def decide(self, record_id: str, skill_uri: str, state: str, owner: str | None = None) -> WalletRecord:
        """Accept or reject a skill that was read out of it; only accepted ones count.

        Raises
        ------
        DecisionRefused
            If the skill was never proposed, or ``state`` is neither.
        SkillUnknown
            If what should be accepted is no published statement.
        """
        person = self._allowed(Action.WALLET_CHANGE, owner)
        record = self._record(person, record_id)
        if state not in (ProposalState.ACCEPTED, ProposalState.REJECTED):
            raise DecisionRefused(_("Accept the skill or reject it."))
        proposals = list(_with_shown(record))
        place = next((n for n, one in enumerate(proposals) if one.uri == skill_uri), None)
        if place is None:
            raise DecisionRefused(_("This skill was not read out of this record."))
        one = proposals[place]
        if state == ProposalState.ACCEPTED and one.state is not ProposalState.ACCEPTED:
            one = replace(one, label=self._published(one.uri).name)
        proposals[place] = replace(one, state=ProposalState(state))
        return self._keep(person, with_proposals(record, proposals))

    def choose(
        self, record_id: str, skill_uri: str, instead_of: str = "", owner: str | None = None
    ) -> WalletRecord:
        """Let a record be evidence of a skill that its owner chose, perhaps in another one's place."""
        person = self._allowed(Action.WALLET_CHANGE, owner)
        record = self._record(person, record_id)
        skill = self._published(skill_uri)
        chosen = Proposal(skill.uri, skill.name, ProposalSource.PERSON, state=ProposalState.ACCEPTED)
        proposals: list[Proposal] = []
        for one in _with_shown(record):
            if one.uri == skill.uri:
                chosen = replace(one, state=ProposalState.ACCEPTED, label=skill.name)
                continue
            if one.uri == instead_of:
                # The words stay evidence of what they were taken for instead.
                words = one.label if one.source is ProposalSource.ALIGNMENT else one.words
                chosen = replace(chosen, words=words, level=one.level)
                one = replace(one, state=ProposalState.REJECTED)
            proposals.append(one)
        return self._keep(person, with_proposals(record, [*proposals, chosen]))

    def set_hidden(self, record_id: str, hidden: bool, owner: str | None = None) -> WalletRecord:
        """Set it aside, or let it count again."""
        person = self._allowed(Action.WALLET_CHANGE, owner)
        return self._keep(person, replace(self._record(person, record_id), hidden=hidden))

    def set_declined(self, record_id: str, declined: bool, owner: str | None = None) -> WalletRecord:
        """Not accept what somebody else put here, or accept it after all."""
        person = self._allowed(Action.WALLET_CHANGE, owner)
        record = self._record(person, record_id)
        if not record.sender:
            raise DecisionRefused(_("Only what somebody else put into your wallet can be declined."))
        return self._keep(person, replace(record, declined=declined))

    def dispute(self, record_id: str, words: str, owner: str | None = None) -> WalletRecord:
        """Say what is wrong with what somebody else says; without words it is taken back."""
        person = self._allowed(Action.WALLET_CHANGE, owner)
        record = self._record(person, record_id)
        if changeable(record):
            raise DecisionRefused(_("This is your own word: change it instead."))
        words = words.replace("\r\n", "\n").strip()
        if len(words) > LONGEST_DISPUTE:
            raise DecisionRefused(_("That is longer than can be kept."))
        return self._keep(person, replace(record, dispute=words))

    def remove(self, record_id: str, owner: str | None = None) -> None:
        """Take it out for good, with its file; what it had replaced stands again."""
        person = self._allowed(Action.WALLET_CHANGE, owner)
        record = self._record(person, record_id)
        for one in self._wallets.records(person):
            if one.replaced_by == record.id:
                self._wallets.change(person, replace(one, replaced_by=record.replaced_by))
        self._wallets.remove(person, record_id)

    def _allowed(self, action: Action, owner: str | None) -> str:
        person = self._actor.person_id if owner is None else owner
        require(self._actor, action, person)
        return str(person)

    def _record(self, person: str, record_id: str) -> WalletRecord:
        record = self._wallets.record(person, record_id)
        if record is None:
            raise RecordNotFound(_("There is no such record in your wallet."))
        return record

    def _keep(self, person: str, record: WalletRecord) -> WalletRecord:
        if not self._wallets.change(person, record):
            raise RecordNotFound(_("There is no such record in your wallet."))
        return record

    def _unknown(self, record: WalletRecord) -> frozenset[str]:
        if self._checking.labor is None:
            return frozenset()
        waiting = {one.uri for one in record.proposals if one.state is not ProposalState.ACCEPTED}
        return frozenset(waiting - self._checking.published(waiting).keys())

    def _published(self, uri: str) -> Any:
        if self._checking.labor is None:
            raise SkillsAway(_("The list of skills is being renewed. Try again in a few minutes."))
        found = self._checking.published([uri])
        if uri not in found:
            raise SkillUnknown(_("This is not a skill we know. Choose one from the list."))
        return found[uri]


def _with_shown(record: WalletRecord) -> Iterable[Proposal]:
    """The proposals, with skills that came without one: those of the demo, of a confirmation."""
    known = {one.uri for one in record.proposals}
    yield from record.proposals
    for skill in record.skills:
        if skill.uri not in known:
            yield Proposal(skill.uri, skill.label, ProposalSource.ALIGNMENT, state=ProposalState.ACCEPTED)


def kind_of(content: bytes) -> tuple[str, str]:
    """Return media type and ending of a file, by its content."""
    if content.startswith(b"\x89PNG"):
        return "image/png", "png"
    if content.startswith(b"PK"):
        return "application/zip", "zip"
    start = content[:200].decode("utf-8-sig", errors="replace").lstrip()
    if start.startswith("<"):
        return "image/svg+xml", "svg"
    if start.startswith(("{", "[")):
        return "application/json", "json"
    if start.startswith("ey"):
        return "application/jwt", "jwt"
    return "text/plain", "txt"


def file_name(record: WalletRecord, ending: str) -> str:
    """Return a name for the file of a record that every system can keep."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in record.title.casefold())
    return f"{'-'.join(filter(None, plain.split('-')))[:60] or 'record'}.{ending}"


def _evidence(content: bytes, record: WalletRecord) -> Iterable[Evidence]:
    try:
        document = read(content)
    except Unreadable:
        return
    for one in _documents(document):
        if identifier(one.value) == record.credential_id:
            for told in objects(one.value.get("evidence"))[:MOST_EVIDENCE]:
                yield Evidence(
                    line(told.get("name")) or line(told.get("genre")),
                    text(told.get("description")) or text(told.get("narrative")),
                    line(identifier(told), 2000),
                )
            return


def _documents(document: Document) -> Iterable[Document]:
    yield document
    for part in document.parts:
        yield from _documents(part)

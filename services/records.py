"""Records come into a wallet: read, verified, compared with what is there, and kept or refused."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Protocol

from accounts.actor import Account, Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from data.errors import LaborDataUnavailable
from graph.model import Skill
from wallet.document import Document
from wallet.documents import Documents
from wallet.entries import files_in, records_of
from wallet.errors import Unavailable, Unreadable
from wallet.notice import received
from wallet.parse import read
from wallet.proposal import Proposal, ProposalSource, ProposalState
from wallet.record import WalletRecord
from wallet.report import Report, Verdict
from wallet.store import WalletStore
from wallet.subject import Person
from wallet.succession import relation, with_decisions, with_proposals
from wallet.verify import Issuers, verify

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_WALLET = 200 * 1024 * 1024
MOST_RECORDS = 2000
LONGEST_NAME = 200
SECONDS_TO_WAIT = 10.0

Outcome = Literal["new", "same", "newer", "older", "refused"]


class FileRefused(PersonError):  # noqa: N818 - named as it is shown
    """A file that holds nothing for a wallet, or nothing that can be read."""

    status = 422


class FileTooLarge(PersonError):  # noqa: N818 - named as it is shown
    """A file larger than what is read, or than what the wallet still has room for."""

    status = 413


class PlaceAway(PersonError):  # noqa: N818 - named as it is shown
    """A link that leads nowhere just now."""

    status = 422


class Busy(PersonError):  # noqa: N818 - named as it is shown
    """Too many files are being checked at this moment."""

    status = 503


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """One entry of a file, and what became of it.

    Attributes
    ----------
    record : WalletRecord
        As it is kept; of ``older`` and ``same`` the one that was there, of ``refused`` what was
        not kept.
    outcome : str
        ``new``; ``same`` (it was there already); ``newer`` (took the place of its older self);
        ``older`` (its newer self is there, so this one is not kept); ``refused`` (forged or changed).
    report : Report
        On the whole file.
    """

    record: WalletRecord
    outcome: Outcome
    report: Report


class SkillBook(Protocol):
    """What is needed of the labour-market store: skills by id or URI."""

    def skills(self, ids: Iterable[str]) -> Mapping[str, Skill]: ...


class People(Protocol):
    """What is needed of the people store: name and e-mail address to compare a record with."""

    def account(self, person_id: str) -> Account | None: ...


class Linker(Protocol):
    """Reads skills out of words: each is only proposed, the person decides."""

    def propose(self, title: str, description: str) -> Iterable[Proposal]: ...


class Gate:
    """Lets a few files be checked side by side: checking asks other hosts, and may take half a minute."""

    def __init__(self, most: int = 3, seconds: float = SECONDS_TO_WAIT) -> None:
        self._places = threading.BoundedSemaphore(most)
        self._seconds = seconds

    @contextmanager
    def __call__(self) -> Iterator[None]:
        if not self._places.acquire(timeout=self._seconds):
            raise Busy(_("Many files are being checked just now. Try again in a minute."))
        try:
            yield
        finally:
            self._places.release()


@dataclass(frozen=True, slots=True)
class Checking:
    """What records are checked and read with.

    ``now`` has a time zone. ``labor`` and ``linker`` are ``None`` while they are away: alignments are
    then kept until the vocabularies are back.
    """

    documents: Documents
    issuers: Issuers
    people: People
    labor: SkillBook | None
    linker: Linker | None
    now: Callable[[], datetime]
    gate: Gate

    def report(self, person_id: str, document: Document) -> Report:
        """Return the report on a document that should be about a person."""
        with self.gate():
            return verify(
                document,
                self.documents,
                self.now(),
                issuers=self.issuers,
                person=self._whom(person_id),
            )

    def with_skills(self, record: WalletRecord) -> WalletRecord:
        """Return a record with its skills: those it names by address, and those its words come close to.

        A published statement that is named by its address is accepted at once; whatever else
        there is waits for the person.
        """
        published = self.published(one.uri for one in record.proposals)
        proposals: dict[str, Proposal] = {}
        for one in record.proposals:
            if one.uri in published and one.source is ProposalSource.ALIGNMENT:
                skill = published[one.uri]
                state = ProposalState.ACCEPTED if one.state is ProposalState.PROPOSED else one.state
                one = replace(one, uri=skill.uri, label=skill.name, state=state)
            proposals.setdefault(one.uri, one)
        if self.linker is not None:
            short = (one.words for one in record.told if one.uri not in published)
            told = "\n".join((*short, record.description))
            for one in self.linker.propose(record.title, told):
                proposals.setdefault(one.uri, one)
        return with_proposals(record, proposals.values())

    def published(self, uris: Iterable[str]) -> dict[str, Skill]:
        """Return the published statements among some addresses, however the address is written."""
        asked = {uri: _spellings(uri) for uri in uris}
        if self.labor is None or not asked:
            return {}
        try:
            found = self.labor.skills(one for spellings in asked.values() for one in spellings)
        except LaborDataUnavailable:
            return {}
        return {
            uri: found[one] for uri, spellings in asked.items() for one in reversed(spellings) if one in found
        }

    def _whom(self, person_id: str) -> Person:
        account = self.people.account(person_id)
        return Person() if account is None else Person(account.name, (account.email,))


class RecordService:
    """How records come in.

    Parameters
    ----------
    wallets : WalletStore
        The system of record.
    checking : Checking
        What they are checked and read with.
    actor : Actor
        Who asks. ``owner`` of a verb is a person id, by default the actor's own.
    """

    def __init__(self, wallets: WalletStore, checking: Checking, actor: Actor) -> None:
        self._wallets = wallets
        self._checking = checking
        self._actor = actor

    def bring_in(self, content: bytes, name: str, *, owner: str | None = None) -> tuple[BroughtIn, ...]:
        """Keep what a file holds, one record an achievement.

        Raises
        ------
        FileRefused, FileTooLarge, Busy
            Then nothing was kept.
        """
        return self._take(self._allowed(owner), content, name, "")

    def bring_link(self, address: str, *, owner: str | None = None) -> tuple[BroughtIn, ...]:
        """Keep what is at an https address.

        Raises
        ------
        PlaceAway
            If nothing can be had from there; and as ``bring_in``.
        """
        person = self._allowed(owner)
        address = address.strip()
        try:
            with self._checking.gate():
                content = self._checking.documents.fetch(address)
        except Unavailable as problem:
            raise PlaceAway(problem.sentence.message, **problem.sentence.values) from None
        return self._take(person, content, address.partition("?")[0].rstrip("/").rpartition("/")[2], "")

    def receive(self, person_id: str, content: bytes, name: str, *, sender: str) -> tuple[BroughtIn, ...]:
        """Keep what somebody else puts into a person's wallet, with who they are.

        A verb of the product itself, not of an actor: whoever calls it has asked for permission.
        """
        return self._take(person_id, content, name, sender[:300])

    def _allowed(self, owner: str | None) -> str:
        person = self._actor.person_id if owner is None else owner
        require(self._actor, Action.WALLET_CHANGE, person)
        return str(person)

    def _take(self, person: str, content: bytes, name: str, sender: str) -> tuple[BroughtIn, ...]:
        if len(content) > LARGEST_FILE:
            raise FileTooLarge(_("This file is too large. Up to 20 MB can be brought in."))
        count, size = self._wallets.size(person)
        if size + len(content) > LARGEST_WALLET:
            raise FileTooLarge(_("Your wallet is full: it holds 200 MB of files. Remove some first."))
        try:
            document = read(content, name[:LONGEST_NAME])
        except Unreadable as problem:
            raise FileRefused(problem.sentence.message, **problem.sentence.values) from None
        report = self._checking.report(person, document)
        if not report.entries:
            raise FileRefused(_("There is nothing in this file that a wallet could keep."))
        if count + len(report.entries) > MOST_RECORDS:
            raise FileTooLarge(
                _("Your wallet is full: it holds %(most)d records. Remove some first."), most=MOST_RECORDS
            )
        kept = {one.id: one for one in self._wallets.records(person) if not one.replaced_by}
        came = []
        for original, record in _entries(report):
            one = self._keep(person, replace(record, sender=sender), original, report, kept)
            came.append(one)
            if one.outcome in ("new", "newer"):
                kept[one.record.id] = one.record
                if sender:
                    self._wallets.tell(person, received(one.record, self._checking.now().date()))
        return tuple(came)

    def _keep(
        self,
        person: str,
        record: WalletRecord,
        original: bytes,
        report: Report,
        kept: dict[str, WalletRecord],
    ) -> BroughtIn:
        """Keep an entry beside what is kept; what it takes the place of is taken out of ``kept``."""
        if record.verdict is Verdict.INVALID:
            return BroughtIn(record, "refused", report)
        same = self._wallets.same(person, record)
        if same is not None and not same.replaced_by:
            return BroughtIn(same, "same", report)
        related: dict[str, list[WalletRecord]] = {}
        for one in kept.values():
            if (name := relation(record, one)) is not None:
                related.setdefault(name, []).append(one)
        if "older" in related:
            return BroughtIn(related["older"][0], "older", report)
        if "same" in related:
            return BroughtIn(related["same"][0], "same", report)
        record = self._checking.with_skills(record)
        if "newer" not in related:
            return BroughtIn(self._wallets.add(person, record, original), "new", report)
        new = self._wallets.add(person, with_decisions(record, related["newer"][0]), original)
        for one in related["newer"]:
            self._wallets.change(person, replace(one, replaced_by=new.id))
            del kept[one.id]
        return BroughtIn(new, "newer", report)


def _entries(report: Report) -> Iterator[tuple[bytes, WalletRecord]]:
    """Each entry with the file it is in: of a zip, the one inside it."""
    for part in files_in(report):
        for record in records_of(part):
            yield part.document.content, record


def _spellings(uri: str) -> tuple[str, ...]:
    """An address as documents write it: with http or https, with a last slash or without."""
    plain = uri.rstrip("/")
    rest = plain.partition("://")[2]
    return tuple(dict.fromkeys((uri, plain, f"http://{rest}", f"https://{rest}")))

"""What a person enters by hand: work, education, licences, and whatever else one learns from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from accounts.actor import Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from graph.model import Standing
from services.errors import RecordNotFound
from services.records import MOST_RECORDS, Checking
from wallet.record import BY_HAND, RecordKind, WalletRecord
from wallet.store import WalletStore
from wallet.succession import with_decisions

KINDS = ("employment", "education", "licence", "military", "volunteer", "gig", "caring")
LONGEST_TITLE = 300
LONGEST_TEXT = 5000
MOST_HOURS = 200_000
EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """What stands in the form. ``number`` and ``expires_on`` are of a licence."""

    kind: str
    title: str
    issuer: str = ""
    description: str = ""
    issued_on: date | None = None
    ended_on: date | None = None
    expires_on: date | None = None
    hours: float | None = None
    number: str = ""


class EntryRefused(PersonError):  # noqa: N818 - named as it is shown
    """An entry that cannot be kept; ``fields`` has a sentence for each field that is why."""

    status = 422

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = fields
        super().__init__(next(iter(fields.values())))


class EntryFixed(PersonError):  # noqa: N818 - named as it is shown
    """A record that is somebody else's word, so that its owner cannot rewrite it."""

    status = 409


class OwnEntries:
    """Entering, and changing what was entered.

    Parameters
    ----------
    wallets : WalletStore
        The system of record.
    checking : Checking
        Skills are proposed with it.
    actor : Actor
        Who asks. ``owner`` of a verb is a person id, by default the actor's own.
    """

    def __init__(self, wallets: WalletStore, checking: Checking, actor: Actor) -> None:
        self._wallets = wallets
        self._checking = checking
        self._actor = actor

    def enter(self, entry: OwnEntry, *, owner: str | None = None) -> WalletRecord:
        """Keep an entry; the same again gives back the one that is kept.

        Raises
        ------
        EntryRefused
            Naming the fields that are why.
        """
        person = self._allowed(owner)
        record = _record(self._sound(entry))
        if self._wallets.size(person)[0] >= MOST_RECORDS:
            raise EntryRefused({"title": _("Your wallet is full. Remove a record first.")})
        return self._wallets.add(person, self._checking.with_skills(record))

    def change(self, record_id: str, entry: OwnEntry, *, owner: str | None = None) -> WalletRecord:
        """Make an entry say something else; what was decided about its skills stays.

        Raises
        ------
        RecordNotFound, EntryFixed, EntryRefused
        """
        person = self._allowed(owner)
        old = self._wallets.record(person, record_id)
        if old is None:
            raise RecordNotFound(_("There is no such record in your wallet."))
        if not changeable(old):
            raise EntryFixed(
                _("Somebody else stands by this record as it is. Remove it and enter another one instead.")
            )
        made = replace(_record(self._sound(entry)), id=old.id, created_at=old.created_at, hidden=old.hidden)
        new = with_decisions(self._checking.with_skills(made), old)
        if not self._wallets.change(person, new):
            raise EntryRefused({"title": _("Your wallet has this entry already.")})
        return new

    def _allowed(self, owner: str | None) -> str:
        person = self._actor.person_id if owner is None else owner
        require(self._actor, Action.WALLET_CHANGE, person)
        return str(person)

    def _sound(self, entry: OwnEntry) -> OwnEntry:
        entry = replace(
            entry,
            title=" ".join(entry.title.split()),
            issuer=" ".join(entry.issuer.split()),
            number=" ".join(entry.number.split()),
            description=entry.description.replace("\r\n", "\n").strip(),
        )
        problems = dict(_problems(entry, self._checking.now().date()))
        if problems:
            raise EntryRefused(problems)
        return entry


def changeable(record: WalletRecord) -> bool:
    """Whether a record is its owner's own word alone, typed in by hand."""
    return record.form == BY_HAND and record.standing is Standing.SELF_ASSERTED and not record.sender


def _problems(entry: OwnEntry, today: date) -> Iterator[tuple[str, str]]:
    too_long = _("That is longer than can be kept.")
    if entry.kind not in KINDS:
        yield "kind", _("Choose what it is.")
    if not entry.title:
        yield "title", _("Say what it was, such as “Forklift operator”.")
    for name, most in (("title", LONGEST_TITLE), ("issuer", LONGEST_TITLE), ("number", 200)):
        if len(getattr(entry, name)) > most:
            yield name, too_long
    if len(entry.description) > LONGEST_TEXT:
        yield "description", too_long
    for name in ("issued_on", "ended_on", "expires_on"):
        day = getattr(entry, name)
        if day is not None and not EARLIEST <= day <= today.replace(year=today.year + 100, day=1):
            yield name, _("This day is too far away.")
    if entry.issued_on and entry.ended_on and entry.ended_on < entry.issued_on:
        yield "ended_on", _("The last day is before the first.")
    if entry.issued_on and entry.expires_on and entry.expires_on < entry.issued_on:
        yield "expires_on", _("The last day is before the first.")
    if entry.hours is not None and not 0 < entry.hours <= MOST_HOURS:
        yield "hours", _("Give a number of hours between 1 and 200,000.")


def _record(entry: OwnEntry) -> WalletRecord:
    return WalletRecord(
        kind=RecordKind(entry.kind),
        title=entry.title,
        standing=Standing.SELF_ASSERTED,
        issuer=entry.issuer,
        description=entry.description,
        issued_on=entry.issued_on,
        ended_on=entry.ended_on,
        expires_on=entry.expires_on,
        hours=entry.hours,
        number=entry.number,
        form=BY_HAND,
    )

"""Something that happened to a record while its owner was away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import uuid4

from graph.model import NewsKind, Standing
from wallet.record import WalletRecord
from wallet.sentence import N_, Sentence, sentence


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the owner of a record, until they dismiss it.

    Attributes
    ----------
    sentence : Sentence
        Without the day, which is written as the reader's language writes days: it has a place
        ``%(day)s`` of its own.
    happened_on : date
    kind : NewsKind
        What it is about, by which its owner may leave it out.
    """

    record_id: str
    sentence: Sentence
    happened_on: date
    kind: NewsKind = NewsKind.CHANGED
    id: str = field(default_factory=lambda: uuid4().hex)
    made_at: datetime = field(default_factory=lambda: datetime.now(UTC))


def changed(record: WalletRecord, was: Standing, today: date) -> Notice:
    """Return the notice that a record's standing is another one now."""
    message = {
        Standing.REVOKED: N_("“%(title)s” was revoked by its issuer, as we saw on %(day)s."),
        Standing.EXPIRED: N_("“%(title)s” has expired, as we saw on %(day)s."),
        Standing.VERIFIED: N_("“%(title)s” is verified since %(day)s."),
    }.get(record.standing, N_("“%(title)s” could not be verified any more on %(day)s."))
    return Notice(record.id, sentence(message, title=record.title, was=was.value), today)


def received(record: WalletRecord, today: date) -> Notice:
    """Return the notice that somebody else put a record into the wallet."""
    message = N_("%(sender)s put “%(title)s” into your wallet on %(day)s.")
    return Notice(
        record.id, sentence(message, title=record.title, sender=record.sender), today, NewsKind.ARRIVED
    )


def answered(record: WalletRecord, organization: str, outcome: str, today: date) -> Notice:
    """Return the notice that somebody answered who was asked to confirm a record."""
    message = {
        "confirmed": N_("%(organization)s confirmed “%(title)s” on %(day)s."),
        "corrected": N_("%(organization)s said on %(day)s that something in “%(title)s” is different."),
    }.get(outcome, N_("%(organization)s answered on %(day)s, and does not confirm “%(title)s”."))
    return Notice(
        record.id, sentence(message, title=record.title, organization=organization), today, NewsKind.REQUEST
    )

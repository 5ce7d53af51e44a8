"""How the records of many people stand, in one reading."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select

from database import Database
from graph.model import RecordTally, Standing
from wallet.models import Record
from wallet.record import RecordKind
from wallet.report import Verdict

SOON = timedelta(days=60)


@dataclass
class _Counting:
    counts: dict[Standing, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    ending: list[tuple[str, date]] = field(default_factory=list)
    latest: datetime | None = None


def tallies(database: Database, person_ids: Collection[str], today: date) -> Mapping[str, RecordTally]:
    """Return how each person's records stand today; who has none is left out.

    A skill that somebody only claims is no record. What is set aside counts for nothing here either.
    """
    query = select(
        Record.person_id, Record.title, Record.standing, Record.verdict, Record.expires_on, Record.created_at
    ).where(
        Record.person_id.in_(person_ids),
        Record.kind != RecordKind.CLAIM.value,
        Record.replaced_by == "",
        ~Record.hidden,
        ~Record.declined,
    )
    found: dict[str, _Counting] = {}
    with database.session() as session:
        for person, title, kept, verdict, expires, created in session.execute(query):
            one = found.setdefault(person, _Counting())
            standing = Standing(kept)
            if standing.counts and expires is not None:
                if expires < today:
                    standing = Standing.EXPIRED
                elif expires <= today + SOON:
                    one.ending.append((title, expires))
            one.counts[standing] = one.counts.get(standing, 0) + 1
            if standing is Standing.REVOKED or verdict == Verdict.INVALID.value:
                one.failed.append(title)
            one.latest = created if one.latest is None else max(one.latest, created)
    return {person: _tally(one) for person, one in found.items()}


def _tally(one: _Counting) -> RecordTally:
    counts = one.counts
    return RecordTally(
        counts.get(Standing.VERIFIED, 0),
        counts.get(Standing.CONFIRMED, 0),
        counts.get(Standing.SELF_ASSERTED, 0),
        counts.get(Standing.EXPIRED, 0) + counts.get(Standing.REVOKED, 0),
        tuple(one.failed),
        tuple(sorted(one.ending, key=lambda end: end[1])),
        one.latest,
    )

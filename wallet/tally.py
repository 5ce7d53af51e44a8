"""How the records of many people stand, in one reading."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from database import Database
from graph.model import RecordTally, Standing
from wallet.models import Record
from wallet.record import RecordKind
from wallet.report import Verdict

SOON = timedelta(days=60)


def tallies(database: Database, person_ids: Collection[str], today: date) -> Mapping[str, RecordTally]:
    """Return how each person's records stand today; who has none is left out.

    A skill that somebody only claims is no record. What is set aside counts for nothing here either.
    """
    counted = [
        Record.person_id.in_(person_ids),
        Record.kind != RecordKind.CLAIM.value,
        Record.replaced_by == "",
        ~Record.hidden,
        ~Record.declined,
    ]
    lives = or_(Record.expires_on.is_(None), Record.expires_on >= today)
    bad = or_(Record.standing == Standing.REVOKED.value, Record.verdict == Verdict.INVALID.value)
    good = Record.standing.in_([one.value for one in Standing if one.counts])

    def how_many(*where: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((and_(*where), 1), else_=0))

    by_person = (
        select(
            Record.person_id,
            how_many(Record.standing == Standing.VERIFIED.value, lives),
            how_many(Record.standing == Standing.CONFIRMED.value, lives),
            how_many(Record.standing == Standing.SELF_ASSERTED.value, lives),
            func.count(),
            func.max(Record.created_at),
        )
        .where(*counted)
        .group_by(Record.person_id)
    )
    ends = and_(good, Record.expires_on >= today, Record.expires_on <= today + SOON)
    named = (
        select(Record.person_id, Record.title, Record.expires_on, ends, bad)
        .where(*counted, or_(ends, bad))
        .order_by(Record.expires_on, Record.title)
    )
    failed: dict[str, list[str]] = {}
    ending: dict[str, list[tuple[str, date]]] = {}
    with database.session() as session:
        for person, title, last, soon, broken in session.execute(named):
            if broken:
                failed.setdefault(person, []).append(title)
            if soon and last is not None:
                ending.setdefault(person, []).append((title, last))
        return {
            person: RecordTally(
                verified,
                confirmed,
                claimed,
                count - verified - confirmed - claimed,
                tuple(failed.get(person, ())),
                tuple(ending.get(person, ())),
                latest,
            )
            for person, verified, confirmed, claimed, count, latest in session.execute(by_person)
        }

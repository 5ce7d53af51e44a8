"""Postings in the system of record: every reading and writing of their table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select

from accounts.models import Person, PostingRow
from database import Store
from graph.model import Posting, Wanted


@dataclass(frozen=True, slots=True)
class NewPosting:
    """What an employer says of a role; see ``graph.model.Posting`` for the fields."""

    title: str
    last_day: date
    wanted: tuple[Wanted, ...] = ()
    description: str = ""
    source: str = "skills"
    role_code: str = ""
    area_code: str | None = None
    wage_low: float | None = None
    wage_high: float | None = None
    wage_per: str = "hour"


class PostingStore(Store):
    """Postings by the employer who made them.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    def add(self, owner_id: str, new: NewPosting, *, id: str = "", demo: bool = False) -> Posting:
        """Keep a draft."""
        with self._database.session() as session:
            row = PostingRow(owner_id=owner_id, made_at=self._now(), demo=demo, **_columns(new))
            if id:
                row.id = id
            session.add(row)
            session.flush()
            return _posting(row, _name(session.get(Person, owner_id)))

    def change(self, owner_id: str, posting_id: str, new: NewPosting) -> bool:
        """Make the employer's posting say something else; ``False`` when there is none of theirs."""
        return self._set(owner_id, posting_id, **_columns(new))

    def publish(self, owner_id: str, posting_id: str, *, warned: bool) -> bool:
        """Let people see it and apply, from now on; also again after it was closed."""
        return self._set(owner_id, posting_id, published_at=self._now(), closed_at=None, warned=warned)

    def close(self, owner_id: str, posting_id: str) -> bool:
        """Let nobody apply any more."""
        return self._set(owner_id, posting_id, closed_at=self._now())

    def extend(self, owner_id: str, posting_id: str, last_day: date) -> bool:
        """Let people apply until another day."""
        return self._set(owner_id, posting_id, last_day=last_day)

    def remove(self, owner_id: str, posting_id: str) -> bool:
        """Take a posting out for good, with what was sent to it."""
        with self._database.session() as session:
            done = session.execute(
                delete(PostingRow).where(PostingRow.id == posting_id, PostingRow.owner_id == owner_id)
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]

    def get(self, posting_id: str) -> Posting | None:
        """Return a posting, whosesoever and in whatever state it is."""
        return next(iter(self._all(PostingRow.id == posting_id)), None)

    def of(self, owner_id: str) -> tuple[Posting, ...]:
        """Return an employer's postings, the newest first."""
        return self._all(PostingRow.owner_id == owner_id)

    def open_on(self, today: date, *, demo: bool) -> tuple[Posting, ...]:
        """Return what can be applied to, the newest first; invented ones apart from real ones."""
        return self._all(
            PostingRow.published_at.is_not(None),
            PostingRow.closed_at.is_(None),
            PostingRow.last_day >= today,
            PostingRow.demo.is_(demo),
        )

    def count(self, owner_id: str) -> int:
        """How many postings an employer has."""
        query = select(func.count()).select_from(PostingRow).where(PostingRow.owner_id == owner_id)
        with self._database.session() as session:
            return session.scalar(query) or 0

    def _set(self, owner_id: str, posting_id: str, **values: Any) -> bool:
        with self._database.session() as session:
            row = session.get(PostingRow, posting_id)
            if row is None or row.owner_id != owner_id:
                return False
            for name, value in values.items():
                setattr(row, name, value)
            return True

    def _all(self, *where: ColumnElement[bool]) -> tuple[Posting, ...]:
        query = (
            select(PostingRow, Person.name)
            .join(Person, Person.id == PostingRow.owner_id)
            .where(*where)
            .order_by(PostingRow.made_at.desc(), PostingRow.id)
        )
        with self._database.session() as session:
            return tuple(_posting(row, name) for row, name in session.execute(query))


def _columns(new: NewPosting) -> dict[str, Any]:
    return {
        "title": new.title,
        "description": new.description,
        "source": new.source,
        "role_code": new.role_code,
        "wanted": [asdict(one) for one in new.wanted],
        "area_code": new.area_code,
        "wage_low": new.wage_low,
        "wage_high": new.wage_high,
        "wage_per": new.wage_per,
        "last_day": new.last_day,
    }


def _name(person: Person | None) -> str:
    return person.name if person is not None else ""


def _wanted(told: Iterable[dict[str, Any]]) -> tuple[Wanted, ...]:
    return tuple(Wanted(**one) for one in told)


def _posting(row: PostingRow, owner_name: str) -> Posting:
    return Posting(
        id=row.id,
        owner_id=row.owner_id,
        owner_name=owner_name,
        title=row.title,
        last_day=row.last_day,
        made_at=row.made_at,
        wanted=_wanted(row.wanted),
        description=row.description,
        source=row.source,
        role_code=row.role_code,
        area_code=row.area_code,
        wage_low=row.wage_low,
        wage_high=row.wage_high,
        wage_per=row.wage_per,
        published_at=row.published_at,
        closed_at=row.closed_at,
        warned=row.warned,
        demo=row.demo,
    )

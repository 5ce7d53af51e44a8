"""Views of a region that are open to anybody: every reading and writing of their table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from accounts.models import PublishedViewRow
from database import Store


@dataclass(frozen=True, slots=True)
class PublishedView:
    """One of them; ``address`` is the part after the question mark that asks for it."""

    id: str
    person_id: str
    address: str
    made_at: datetime
    withdrawn_at: datetime | None = None


class PublishedViewStore(Store):
    """Published views by the official who published them.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock.
    """

    def publish(self, person_id: str, address: str) -> PublishedView:
        """Open a view to anybody; one that is open already is given back."""
        for one in self.of(person_id):
            if one.address == address:
                return one
        with self._database.session() as session:
            row = PublishedViewRow(person_id=person_id, address=address, made_at=self._now())
            session.add(row)
            session.flush()
            return _value(row)

    def of(self, person_id: str) -> tuple[PublishedView, ...]:
        """Return what the person has open, the newest first."""
        query = (
            select(PublishedViewRow)
            .where(PublishedViewRow.person_id == person_id, PublishedViewRow.withdrawn_at.is_(None))
            .order_by(PublishedViewRow.made_at.desc(), PublishedViewRow.id)
        )
        with self._database.session() as session:
            return tuple(_value(row) for row in session.scalars(query))

    def get(self, view_id: str) -> PublishedView | None:
        """Return one view, closed ones too."""
        with self._database.session() as session:
            row = session.get(PublishedViewRow, view_id)
            return None if row is None else _value(row)

    def withdraw(self, person_id: str, view_id: str) -> bool:
        """Close a view; ``False`` when the person has no such view open."""
        with self._database.session() as session:
            done = session.execute(
                update(PublishedViewRow)
                .where(
                    PublishedViewRow.id == view_id,
                    PublishedViewRow.person_id == person_id,
                    PublishedViewRow.withdrawn_at.is_(None),
                )
                .values(withdrawn_at=self._now())
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]


def _value(row: PublishedViewRow) -> PublishedView:
    return PublishedView(row.id, row.person_id, row.address, row.made_at, row.withdrawn_at)

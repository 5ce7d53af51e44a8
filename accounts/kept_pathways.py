"""Pathways that people chose, in the system of record: every reading and writing of their table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from accounts.models import KeptPathwayRow
from database import Store


@dataclass(frozen=True, slots=True)
class KeptPathway:
    """A way to a role that somebody chose.

    Attributes
    ----------
    goal_code : str
    stones : tuple of str
        Role codes on the way, in their order; none for the way without stepping stones.
    area_code : str or None
        The place it was looked at in.
    """

    id: str
    goal_code: str
    stones: tuple[str, ...]
    area_code: str | None
    kept_at: datetime


class KeptPathwayStore(Store):
    """Kept pathways by person.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    def keep(
        self, person_id: str, goal_code: str, stones: tuple[str, ...], area_code: str | None, most: int
    ) -> KeptPathway | None:
        """Keep a pathway; the same again only changes its place. ``None`` when ``most`` are kept already."""
        try:
            return self._keep(person_id, goal_code, stones, area_code, most)
        except IntegrityError:
            # The other half of a double click came first.
            return self._keep(person_id, goal_code, stones, area_code, most)

    def _keep(
        self, person_id: str, goal_code: str, stones: tuple[str, ...], area_code: str | None, most: int
    ) -> KeptPathway | None:
        mine, through = KeptPathwayRow.person_id == person_id, ",".join(stones)
        with self._database.session() as session:
            row = session.scalar(
                select(KeptPathwayRow).where(
                    mine, KeptPathwayRow.goal_code == goal_code, KeptPathwayRow.stones == through
                )
            )
            if row is None:
                if (
                    session.scalar(select(func.count()).select_from(KeptPathwayRow).where(mine)) or 0
                ) >= most:
                    return None
                row = KeptPathwayRow(
                    person_id=person_id, goal_code=goal_code, stones=through, kept_at=self._now()
                )
                session.add(row)
            row.area_code = area_code
            session.flush()
            return _kept(row)

    def of(self, person_id: str) -> tuple[KeptPathway, ...]:
        """Return a person's pathways, the newest first."""
        query = select(KeptPathwayRow).where(KeptPathwayRow.person_id == person_id)
        with self._database.session() as session:
            rows = session.scalars(query.order_by(KeptPathwayRow.kept_at.desc(), KeptPathwayRow.id))
            return tuple(_kept(row) for row in rows)

    def remove(self, person_id: str, pathway_id: str) -> bool:
        """Take a pathway away; ``False`` when the person keeps none of that id."""
        with self._database.session() as session:
            done = session.execute(
                delete(KeptPathwayRow).where(
                    KeptPathwayRow.person_id == person_id, KeptPathwayRow.id == pathway_id
                )
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]


def _kept(row: KeptPathwayRow) -> KeptPathway:
    stones = tuple(row.stones.split(",")) if row.stones else ()
    return KeptPathway(row.id, row.goal_code, stones, row.area_code, row.kept_at)

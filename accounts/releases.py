"""Counts that were released with noise, and the privacy budget that each county has spent in a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from accounts.models import NoiseBudgetRow, NoiseReleaseRow
from database import Store


@dataclass(frozen=True, slots=True)
class Release:
    """One release.

    Attributes
    ----------
    id : str
    county : str
        FIPS code.
    epsilon : int
        Budget that it spent, in thousandths.
    made_at : datetime
    content : str
        The file; empty where the noise could not be drawn, the budget spent all the same.
    """

    id: str
    county: str
    epsilon: int
    made_at: datetime
    content: str


class ReleaseStore(Store):
    """Releases by county.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    def spend(self, release_id: str, county: str, person_id: str, epsilon: int, most: int) -> bool:
        """Spend budget of this year for a new release; ``False`` where not as much is left.

        Asked for at once by two, what is left is spent once. The same release spends nothing again.
        """
        now = self._now()
        with self._database.session() as session:
            if session.get(NoiseReleaseRow, release_id) is not None:
                return True
        try:
            with self._database.session() as session:
                session.execute(insert(NoiseBudgetRow).values(county=county, year=now.year, spent=0))
        except IntegrityError:
            pass  # It was begun before.
        row = NoiseReleaseRow(
            id=release_id, county=county, person_id=person_id, epsilon=epsilon, made_at=now, content=""
        )
        try:
            with self._database.session() as session:
                done = session.execute(
                    update(NoiseBudgetRow)
                    .where(
                        NoiseBudgetRow.county == county,
                        NoiseBudgetRow.year == now.year,
                        NoiseBudgetRow.spent + epsilon <= most,
                    )
                    .values(spent=NoiseBudgetRow.spent + epsilon)
                )
                if not done.rowcount:  # type: ignore[attr-defined]
                    return False
                session.add(row)
        except IntegrityError:
            return True  # The same release, asked for twice at once: the other spends.
        return True

    def fill(self, release_id: str, content: str) -> None:
        """Keep the file of a release; one that is there stays as it is."""
        with self._database.session() as session:
            session.execute(
                update(NoiseReleaseRow)
                .where(NoiseReleaseRow.id == release_id, NoiseReleaseRow.content == "")
                .values(content=content)
            )

    def get(self, release_id: str) -> Release | None:
        """Return one release."""
        with self._database.session() as session:
            row = session.get(NoiseReleaseRow, release_id)
            return None if row is None else _value(row)

    def of(self, county: str) -> tuple[Release, ...]:
        """Return a county's releases, the newest first."""
        query = (
            select(NoiseReleaseRow)
            .where(NoiseReleaseRow.county == county)
            .order_by(NoiseReleaseRow.made_at.desc(), NoiseReleaseRow.id)
        )
        with self._database.session() as session:
            return tuple(_value(row) for row in session.scalars(query))

    def spent(self, county: str) -> int:
        """Return what a county has spent this year, in thousandths."""
        with self._database.session() as session:
            row = session.get(NoiseBudgetRow, (county, self._now().year))
            return 0 if row is None else row.spent


def _value(row: NoiseReleaseRow) -> Release:
    return Release(row.id, row.county, row.epsilon, row.made_at, row.content)

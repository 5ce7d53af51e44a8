"""What a region's figures are made of, read from the labour-market database and the wallets beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from data.reads import Reads
from data.sql import query
from graph.model import Area, Figure, LocalJobs, Sector


class RegionReads(Reads):
    """Reads of `data.store.LaborStore`, which gives them their rows."""

    def role_occupations(self) -> dict[str, str]:
        """OEWS occupation by role code; roles that OEWS does not count are absent."""
        return dict(self._rows("SELECT code, oews_code FROM role WHERE oews_code IS NOT NULL ORDER BY code"))

    def local_jobs(self, area_codes: Iterable[str]) -> tuple[LocalJobs, ...]:
        """Every occupation of some OEWS areas, and the row of all occupations of each."""
        rows = self._rows(query("region_jobs"), {"areas": sorted(set(area_codes))})
        return tuple(_local_jobs(*row) for row in rows)

    def sectors(self) -> tuple[Sector, ...]:
        """Industry sectors that the nation's occupations are published by, by code."""
        return tuple(Sector(*row) for row in self._rows("SELECT code, name FROM sector ORDER BY code"))

    def sector_jobs(self, sector: str) -> tuple[LocalJobs, ...]:
        """The nation's occupations in one sector, and the row of all of them; without wages."""
        rows = self._rows(query("sector_jobs"), {"sector": sector})
        return tuple(_local_jobs(*row) for row in rows)

    def earlier_releases(self) -> tuple[str, ...]:
        """Earlier OEWS releases that are loaded, the oldest first."""
        rows = self._rows("SELECT DISTINCT release, year FROM oews_earlier ORDER BY year, release")
        return tuple(release for release, _year in rows)

    def earlier_jobs(self, release: str, area_codes: Iterable[str]) -> tuple[LocalJobs, ...]:
        """Every occupation of some OEWS areas in an earlier release; without wages."""
        rows = self._rows(query("earlier_jobs"), {"release": release, "areas": sorted(set(area_codes))})
        return tuple(_local_jobs(*row) for row in rows)

    def area_sizes(self) -> tuple[tuple[Area, float], ...]:
        """Metropolitan and nonmetropolitan areas with the number of all their jobs, by code."""
        rows = self._rows(query("area_sizes"))
        return tuple((Area(*row[:5]), row[5]) for row in rows)

    def counties(self) -> tuple[Area, ...]:
        """Every county, by code."""
        return tuple(
            Area(*row)
            for row in self._rows(
                "SELECT code, name, kind, state, oews_code FROM area WHERE kind = 'county' ORDER BY code"
            )
        )

    def region_counts(self) -> tuple[tuple[str, int, str, int, int], ...]:
        """Home area, mark of a group (0 for all), skill URI, people who hold it, and those of them for whom
        somebody else stands by it.

        Exact: they go into ``graph.suppress`` and nowhere else. Wallets have to be loaded.
        """
        return tuple(self._rows(query("region_counts")))

    def people_counted(self) -> dict[tuple[str, int], int]:
        """Consenting people with a skill that counts, by home area and mark of a group; exact."""
        return {(area, mark): people for area, mark, people in self._rows(query("people_counted"))}

    def wallet_holdings(self, uris: Sequence[str]) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """By home area: number of the person, from 0 and in order, place in ``uris`` of each skill held, and
        marks of the person's groups, added up.

        Skills that are not asked for are left out, and people who hold none of the others.
        """
        found = self._columns(query("wallet_holdings"), {"uris": list(uris)})
        areas = found["area_code"]
        edges = [*(np.flatnonzero(areas[1:] != areas[:-1]) + 1).tolist(), len(areas)] if len(areas) else []
        return {
            areas[first]: (
                found["person"][first:last],
                found["place"][first:last],
                found["groups"][first:last],
            )
            for first, last in pairwise([0, *edges])
        }


def _local_jobs(
    area: str,
    occupation: str,
    title: str,
    employment: float | None,
    note: str | None,
    rse: float | None,
    wage: float | None,
    wage_note: str | None,
    per_1000: float | None,
    quotient: float | None,
) -> LocalJobs:
    return LocalJobs(
        area, occupation, title, Figure(employment, note), rse, Figure(wage, wage_note), per_1000, quotient
    )

"""Official projections and price levels, and a county's own tables: each only where a file is given.

What a person wrote is refused where it names something unknown; what an agency published is taken as
far as it goes, and what was left out is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb
import pandas as pd

from data import local_table
from data.inputs import STARTER, Release
from data.sources import moves, price_parities, programs, projections, starter


@dataclass(frozen=True, slots=True)
class LocalFiles:
    """The files given; ``None`` for those that are not.

    Attributes
    ----------
    projections : Path or None
        BLS's ``occupation.xlsx``.
    state_projections : Path or None
        Projections of states, CSV or workbook.
    price_parities : Path or None
        Regional price parities, CSV, workbook, BEA's zip, or a folder of them.
    programs : Path or None
        What teaches what, CSV or workbook.
    moves : Path or None
        Observed moves between occupations, CSV or workbook.
    """

    projections: Path | None = None
    state_projections: Path | None = None
    price_parities: Path | None = None
    programs: Path | None = None
    moves: Path | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A release that was read: its tables by their names in the database, and what was left out of it."""

    release: Release
    file: Path
    tables: dict[str, pd.DataFrame]
    notes: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> int:
        """Rows of the release's own table, the first."""
        return len(next(iter(self.tables.values())))

    def files(self) -> list[Path]:
        """The files it was read from."""
        return (
            sorted(each for each in self.file.rglob("*") if each.is_file())
            if self.file.is_dir()
            else [self.file]
        )


def read(
    connection: duckdb.DuckDBPyConnection, releases: dict[str, Release], given: LocalFiles, scratch: Path
) -> Iterator[Loaded]:
    """Read each file given; the database has its areas, roles and skills by then.

    Raises
    ------
    InputFault
        If one cannot be used.
    """
    roles = connection.execute("SELECT code FROM role ORDER BY code").df().code
    counted = (
        connection.execute("SELECT DISTINCT oews_code FROM role WHERE oews_code IS NOT NULL").df().oews_code
    )
    occupations = local_table.groups({*roles.str[:7], *counted})
    if given.projections is not None:
        table, years = projections.of_the_nation(given.projections)
        yield _loaded(releases["projections"], given.projections, years, {"projection": table})
    if given.state_projections is not None:
        states = starter.states(STARTER)
        table, years, notes = projections.of_states(given.state_projections, states, occupations)
        described = releases["state_projections"]
        yield _loaded(described, given.state_projections, years, {"projection": table}, notes)
    if given.price_parities is not None:
        areas = connection.execute("SELECT code, kind, state FROM area WHERE kind <> 'county'").df()
        table, year, notes = price_parities.load(given.price_parities, scratch, areas)
        yield _loaded(releases["price_parities"], given.price_parities, year, {"price_parity": table}, notes)
    if given.programs is not None:
        ids = dict(
            connection.execute("SELECT uri, id FROM skill UNION ALL SELECT id, id FROM skill").fetchall()
        )
        tables, notes = programs.load(given.programs, ids, roles)
        yield _loaded(releases["programs"], given.programs, given.programs.name, tables, notes)
    if given.moves is not None:
        table, years = moves.load(given.moves, occupations | set(roles))
        yield _loaded(releases["moves"], given.moves, years, {"observed_move": table})


def _loaded(
    described: Release, file: Path, release: str, tables: dict[str, pd.DataFrame], notes: tuple[str, ...] = ()
) -> Loaded:
    attribution = described.attribution.replace(described.release, release)
    return Loaded(replace(described, release=release, attribution=attribution), file, tables, notes)

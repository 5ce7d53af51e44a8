"""A region small enough to reckon by hand: counties, OEWS areas, and people in a system of record."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import duckdb
import numpy as np
from sqlalchemy import insert

from accounts.consent import ConsentKind
from accounts.consents import NewConsent
from accounts.models import ConsentRow, Person, PopulationGroupsRow
from data import wallets
from data.sql import query
from graph.model import Area, Figure, LocalJobs, Outlook, Preparation, Program, Sector, Standing
from tests.careers import AIDE, CLERK, COUNTY, DRIVER, NATION, NURSE, SPOKANE, SmallLabor, skill
from tests.people import SystemOfRecord
from wallet.models import Record, RecordSkill

STEVENS = Area("53065", "Stevens County", "county", "WA", SPOKANE.code)
SEATTLE = Area("0042660", "Seattle", "metro", "WA", "0042660")
KING = Area("53033", "King County", "county", "WA", SEATTLE.code)
PIERCE = Area("53053", "Pierce County", "county", "WA", SEATTLE.code)
WASHINGTON = Area("5300000", "Washington", "state", "WA", "5300000")
LATAH = Area("16057", "Latah County", "county", "ID", None)
COUNTIES = (LATAH, KING, PIERCE, COUNTY, STEVENS)
PLACES = (NATION, WASHINGTON, SPOKANE, SEATTLE, *COUNTIES)


def jobs(area: Area, code: str, employment: float | None, wage: float | None, rse: float = 5.0) -> LocalJobs:
    """An occupation of an area."""
    return LocalJobs(
        area.code,
        code[:7],
        code,
        Figure(employment, None if employment is not None else "suppressed"),
        rse if employment is not None else None,
        Figure(wage, None if wage is not None else "suppressed"),
    )


JOBS = tuple(
    one
    for area, size in ((NATION, 1000), (WASHINGTON, 40), (SPOKANE, 1), (SEATTLE, 10))
    for one in (
        jobs(area, "00-0000", 10_000 * size, 55_000),
        jobs(area, NURSE.code, 3_000 * size, 93_600),
        jobs(area, AIDE.code, 2_000 * size, 40_000),
        jobs(area, DRIVER.code, 2_500 * size, 56_000),
        jobs(area, CLERK.code, None, 36_000),
    )
)


PROJECTED = {
    # Openings to a job of the base year: a tenth of nurses', a fifth of drivers'; aides are not projected.
    NURSE.code: ("29-1141", 100_000.0, 10_000.0),
    DRIVER.code: ("53-3032", 50_000.0, 10_000.0),
}


class RegionLabor(SmallLabor):
    """What the labour-market store answers about regions; wallets are loaded as the store loads them."""

    def __init__(self) -> None:
        super().__init__()
        self.connection = duckdb.connect()
        self.loading: wallets.Load | None = None
        self.loads = 0
        self.projected = self.prepared = False
        self.earlier: tuple[str, ...] = ()

    def outlooks(self, role_codes: Iterable[str], area_code: str) -> dict[str, Outlook]:
        """Projections of Washington, and of nowhere else, once ``projected`` is set."""
        area = self.area(area_code)
        if not self.projected or area is None or area.state != "WA":
            return {}
        return {
            code: Outlook(
                WASHINGTON, soc, code, 2023, 2033, Figure(base), Figure(base), Figure(0.0), Figure(openings)
            )
            for code, (soc, base, openings) in PROJECTED.items()
            if code in set(role_codes)
        }

    def area(self, code: str) -> Area | None:
        return {area.code: area for area in PLACES}.get(code)

    def areas(self, text: str = "", limit: int = 20) -> tuple[Area, ...]:
        return tuple(a for a in PLACES if text.casefold() in a.name.casefold())[:limit]

    def counties(self) -> tuple[Area, ...]:
        return COUNTIES

    def area_sizes(self) -> tuple[tuple[Area, float], ...]:
        return ((SEATTLE, 100_000.0), (SPOKANE, 10_000.0))

    def role_occupations(self) -> dict[str, str]:
        return {role.code: role.code[:7] for role in self.roles() if role.code != "55-1011.00"}

    def local_jobs(self, area_codes: Iterable[str]) -> tuple[LocalJobs, ...]:
        return tuple(one for one in JOBS if one.area_code in set(area_codes))

    def programs(self, skill_ids: Iterable[str], limit: int = 20) -> tuple[Program, ...]:
        """One programme, of two skills."""
        taught = (skill("drive trucks"), skill("lift patients"))
        return (Program("care", "Care and haul", "Institute", skills=taught, cost=Figure(1_200.0)),)

    def earlier_releases(self) -> tuple[str, ...]:
        return self.earlier

    def earlier_jobs(self, release: str, area_codes: Iterable[str]) -> tuple[LocalJobs, ...]:
        """In May 2024 half as many drivers and no aide; in May 2023 another definition of the area."""
        if release == "May 2023":
            return ()
        return tuple(
            replace(
                one,
                employment=Figure((one.employment.value or 0) / (2 if one.title == DRIVER.code else 1))
                if one.title != AIDE.code
                else Figure(None, "suppressed"),
                median_wage=Figure(None, "not_published"),
            )
            for one in JOBS
            if one.area_code in set(area_codes) and one.title != CLERK.code
        )

    def preparations(self) -> dict[str, Preparation]:
        if not self.prepared:
            return {}
        zones = {NURSE.code: 3, AIDE.code: 2}
        return {code: Preparation(code, zone) for code, zone in zones.items()}

    def sectors(self) -> tuple[Sector, ...]:
        return (Sector("62", "Health Care and Social Assistance"),)

    def sector_jobs(self, sector: str) -> tuple[LocalJobs, ...]:
        """Four fifths of the nation's nurses, its aides at an unpublished number, no driver."""
        return tuple(
            jobs(NATION, code, employment, None, 12.0)
            for code, employment in (("00-0000", 5_000_000), (NURSE.code, 2_400_000), (AIDE.code, None))
        )

    def county_shapes(self, state: str | None = None) -> list[tuple[str, str, str, str]]:
        square = '{"type":"Polygon","coordinates":[[[-118,47],[-117,47],[-117,48],[-118,47]]]}'
        return [(one.code, one.name, str(one.state), square) for one in COUNTIES if one.state == state]

    def wallet_holdings(self, uris: Any) -> dict[str, Any]:
        # As the store does, over the same query.
        rows = self.connection.cursor().execute(query("wallet_holdings"), {"uris": list(uris)}).fetchall()
        areas = {row[0] for row in rows}
        return {
            area: tuple(np.array([row[n] for row in rows if row[0] == area]) for n in (1, 2, 3))
            for area in areas
        }

    def load_wallets(self, url: str, today: date) -> int:
        self.loads += 1
        self.loading = wallets.Load(url, today)
        return wallets.load(self.connection.cursor(), self.loading)

    def follow_wallets(self, consenting: Iterable[str], holdings_of: Callable[..., Any]) -> None:
        assert self.loading is not None
        wallets.follow(self.connection.cursor(), self.loading, consenting, holdings_of)

    def replace_wallets(self, person_ids: Iterable[str], rows: Iterable[Any]) -> list[tuple]:
        assert self.loading is not None
        return wallets.replace(self.connection.cursor(), self.loading, person_ids, rows)

    def region_counts(self) -> tuple[tuple[str, int, str, int, int], ...]:
        return tuple(self.connection.cursor().execute(query("region_counts")).fetchall())

    def people_counted(self) -> dict[tuple[str, int], int]:
        rows = self.connection.cursor().execute(query("people_counted")).fetchall()
        return {(area, mark): people for area, mark, people in rows}


def settle(
    record: SystemOfRecord,
    county: str,
    people: int,
    *skills: str,
    standing: Standing = Standing.SELF_ASSERTED,
    consenting: bool = True,
    groups: Iterable[str] = (),
) -> list[str]:
    """Put people with these skills into a county, at one stroke; their ids."""
    ids = [secrets.token_hex(16) for _ in range(people)]
    now: datetime = record.clock.now
    if not ids:
        return ids
    with record.database.session() as session:
        for model, rows in (
            (
                Person,
                [
                    {
                        "id": one,
                        "email": f"{one}@example.org",
                        "name": "Robin",
                        "password_hash": "-",
                        "area_code": county,
                        "created_at": now,
                    }
                    for one in ids
                ],
            ),
            (
                Record,
                [
                    {
                        "id": one,
                        "person_id": one,
                        "kind": "employment",
                        "title": "Work",
                        "standing": standing.value,
                        "digest": one,
                        "created_at": now,
                    }
                    for one in ids
                ],
            ),
            (
                RecordSkill,
                [
                    {"record_id": one, "skill_uri": skill(name).uri, "label": name}
                    for one in ids
                    for name in skills
                ],
            ),
            (
                ConsentRow,
                [
                    {
                        "id": secrets.token_hex(16),
                        "person_id": one,
                        "kind": ConsentKind.REGIONAL.value,
                        "scope": {},
                        "granted_at": now,
                        "starts_at": now,
                    }
                    for one in ids
                    if consenting
                ],
            ),
            (
                PopulationGroupsRow,
                [
                    {"person_id": one, "changed_at": now} | dict.fromkeys(groups, True)
                    for one in ids
                    if groups
                ],
            ),
        ):
            if rows:
                session.execute(insert(model), rows)
    return ids


def say_yes(record: SystemOfRecord, person_id: str) -> None:
    record.consents.grant(person_id, NewConsent(ConsentKind.REGIONAL))

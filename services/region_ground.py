"""What regional figures stand on beside people: what occupations ask for, and the jobs of every place.

Read once for a build and kept: a question then only adds up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Protocol

import numpy as np

from accounts.errors import marked as _
from data.kept import Kept
from graph.bridges import pairs
from graph.build import SkillRoleGraph
from graph.credentials import EDUCATION, ZONES, by_education, by_zone, needing
from graph.model import (
    ALL_OCCUPATIONS,
    NOT_PUBLISHED,
    Area,
    Credential,
    DemandPoint,
    DemandSeries,
    JobFamily,
    JobsAsked,
    JobsCounted,
    LocalJobs,
    Measure,
    Outlook,
    Preparation,
    Program,
    Region,
    Scale,
    Sector,
    Skill,
    SkillSeries,
    Source,
)
from graph.openings import openings
from graph.region import Demand, asked, chosen, demand, together
from graph.sectors import within
from graph.series import points
from services.errors import AreaNotFound
from services.roles import NATION

PLACES_KEPT = 64
DEMANDS_KEPT = 256
MOST_COUNTIES = 12
MOST_PROGRAMS = 500
PEERS = 5
"""Areas of like size that one is compared with."""


class Book(Protocol):
    """What is needed of the labour-market store."""

    def area(self, code: str) -> Area | None: ...
    def counties(self) -> tuple[Area, ...]: ...
    def area_sizes(self) -> tuple[tuple[Area, float], ...]: ...
    def job_families(self) -> tuple[JobFamily, ...]: ...
    def role_occupations(self) -> Mapping[str, str]: ...
    def outlooks(self, role_codes: Iterable[str], area_code: str) -> Mapping[str, Outlook]: ...
    def programs(self, skill_ids: Iterable[str], limit: int) -> tuple[Program, ...]: ...
    def sources(self) -> tuple[Source, ...]: ...
    def earlier_releases(self) -> tuple[str, ...]: ...
    def earlier_jobs(self, release: str, area_codes: Iterable[str]) -> tuple[LocalJobs, ...]: ...
    def preparations(self) -> Mapping[str, Preparation]: ...
    def sectors(self) -> tuple[Sector, ...]: ...
    def sector_jobs(self, sector: str) -> tuple[LocalJobs, ...]: ...
    def county_shapes(self, state: str | None = None) -> list[tuple[str, str, str, str]]: ...
    def local_jobs(self, area_codes: Iterable[str]) -> tuple[LocalJobs, ...]: ...


class RegionGround:
    """Occupations' requirements, counties and jobs of one build.

    Parameters
    ----------
    labor : Book
    graph : SkillRoleGraph
    """

    def __init__(self, labor: Book, graph: SkillRoleGraph) -> None:
        self._labor, self._graph = labor, graph
        self.occupation_of = dict(labor.role_occupations())
        self.asked = asked(graph, self.occupation_of)
        self._role_of = np.repeat(np.arange(len(graph.roles)), np.diff(graph.weights.indptr))
        self.counties = {county.code: county for county in labor.counties()}
        self.families = {family.code: family for family in labor.job_families()}
        self.sectors = {sector.code: sector for sector in labor.sectors()}
        self._in_sector: Kept[str, dict[str, LocalJobs]] = Kept(PLACES_KEPT)
        self._earlier: Kept[tuple[str, tuple[str, ...]], tuple[LocalJobs, ...]] = Kept(PLACES_KEPT)
        self._jobs: Kept[tuple[str, ...], tuple[LocalJobs, ...]] = Kept(PLACES_KEPT)
        self._outlooks: Kept[str, dict[str, tuple[Outlook, ...]]] = Kept(PLACES_KEPT)
        self._demands: Kept[tuple[tuple[str, ...], JobsAsked], tuple[JobsCounted, Demand]] = Kept(
            DEMANDS_KEPT
        )

    def region(self, codes: Iterable[str]) -> Region:
        """The region that codes of places name: one place of any kind, or up to twelve counties.

        Raises
        ------
        AreaNotFound
            If a code names no place, several are not all counties, or BLS's area of a county is not known.
        """
        named = [code for code in dict.fromkeys(codes) if code]
        areas = [self._labor.area(code) for code in named]
        known = tuple(area for area in areas if area is not None)
        if not known or len(known) < len(areas):
            raise AreaNotFound(_("There is no place of that code with figures of its own."))
        if len(known) > 1 and (len(known) > MOST_COUNTIES or any(one.kind != "county" for one in known)):
            raise AreaNotFound(
                _("Choose one place, or up to %(most)s counties together."), most=MOST_COUNTIES
            )
        if any(one.kind == "county" and one.oews_code is None for one in known):
            raise AreaNotFound(
                _(
                    "It is not known here which area BLS counts the jobs of this county in. Choose that area"
                    " itself, or load the list of counties."
                )
            )
        if known[0].kind == "county":
            markets = {one.oews_code for one in known if one.oews_code is not None}
            return Region(known, tuple(one.code for one in known), tuple(sorted(markets)))
        return Region(known, self._within(known[0]), (known[0].code,))

    @cached_property
    def skill_families(self) -> np.ndarray:
        """For each skill the place, in the sorted codes, of the family asking most for it in the nation."""
        asked_by = [
            self.demand((NATION,), JobsAsked(family=family))[1].weighted for family in sorted(self.families)
        ]
        return np.vstack(asked_by).argmax(axis=0)

    def shapes(self, state: str | None) -> tuple[tuple[str, str], ...]:
        """County codes of a state with their shapes as GeoJSON text."""
        return tuple((fips, geometry) for fips, _name, _state, geometry in self._labor.county_shapes(state))

    def outlooks(self, area: str) -> dict[str, tuple[Outlook, ...]]:
        """Projections of what each OEWS occupation consists of, of an area's state or the nation."""

        def read() -> dict[str, tuple[Outlook, ...]]:
            found: dict[str, dict[str, Outlook]] = {}
            for code, outlook in self._labor.outlooks(self.occupation_of, area).items():
                found.setdefault(self.occupation_of[code], {})[outlook.occupation_code] = outlook
            return {occupation: tuple(each.values()) for occupation, each in found.items()}

        return self._outlooks.of(area, read)

    def projected(self, region: Region) -> bool:
        """Whether openings are projected for all that the region's jobs are counted in."""
        return all(self.outlooks(market) for market in region.markets)

    @cached_property
    def pairs(self) -> np.ndarray:
        """Pairs of requirements of which people are counted, as ``graph.bridges`` gives them."""
        return pairs(self._graph)

    @cached_property
    def programs(self) -> dict[str, Program]:
        """Programmes that a loaded list says teach something jobs ask for, by id."""
        listed = self._labor.programs([skill.id for skill in self.asked.skills], MOST_PROGRAMS)
        return {one.id: one for one in sorted(listed, key=lambda one: (one.name, one.provider, one.id))}

    @cached_property
    def credentials(self) -> tuple[Credential, ...]:
        """Credentials that can be asked for, of the one scale that the loaded data have; empty without any.

        BLS's typical education where its projections are loaded, else O*NET's job zones.
        """
        scale, levels = self._credential_levels
        if scale is None:
            return ()
        names = EDUCATION if scale is Scale.EDUCATION else ("",) * ZONES
        told = set(levels.values())
        at = [Credential(scale, n, name) for n, name in enumerate(names, 1) if n in told]
        return (*at, *(replace(one, below=True) for one in at if one.level > min(told)))

    @cached_property
    def _credential_levels(self) -> tuple[Scale | None, dict[str, int]]:
        if levels := by_education(self.outlooks(NATION)):
            return Scale.EDUCATION, levels
        if levels := by_zone(self._labor.preparations().values(), self.occupation_of):
            return Scale.ZONE, levels
        return None, {}

    def _within(self, area: Area) -> tuple[str, ...]:
        if area.kind == "nation":
            return tuple(self.counties)
        if area.kind == "state":
            return tuple(code for code, county in self.counties.items() if county.state == area.state)
        return tuple(code for code, county in self.counties.items() if county.oews_code == area.code)

    def area(self, code: str) -> Area | None:
        """The place of that code."""
        return self._labor.area(code)

    def around(self, areas: tuple[Area, ...]) -> tuple[Area, ...]:
        """The places that others are compared with: their state, where they lie in one, and the nation."""
        states = {area.state for area in areas}
        found: list[Area | None] = []
        if len(states) == 1 and areas[0].kind not in ("state", "nation"):
            found.append(self._state(next(iter(states))))
        if areas[0].kind != "nation":
            found.append(self._labor.area(NATION))
        return tuple(area for area in found if area is not None)

    def peers(self, region: Region) -> tuple[Area, ...]:
        """The areas nearest in number of jobs to the region's one OEWS area; none where it has several."""
        if len(region.markets) != 1:
            return ()
        sizes = {area.code: (area, jobs) for area, jobs in self._sizes}
        own = sizes.pop(region.markets[0], None)
        if own is None:
            return ()
        nearest = sorted(sizes.values(), key=lambda pair: (abs(math.log(pair[1] / own[1])), pair[0].code))
        return tuple(area for area, _jobs in nearest[:PEERS])

    @cached_property
    def _sizes(self) -> tuple[tuple[Area, float], ...]:
        return tuple((area, jobs) for area, jobs in self._labor.area_sizes() if jobs > 0)

    def _state(self, postal: str | None) -> Area | None:
        prefixes = {code[:2] for code, county in self.counties.items() if county.state == postal}
        return self._labor.area(f"{prefixes.pop()}00000") if len(prefixes) == 1 else None

    def jobs(self, markets: tuple[str, ...]) -> tuple[LocalJobs, ...]:
        """The occupations of some OEWS areas."""
        return self._jobs.of(markets, lambda: self._labor.local_jobs(markets))

    def roles_of(self, entries: np.ndarray) -> np.ndarray:
        """Positions of the roles that requirements of the graph are of."""
        return self._role_of[entries]

    def role_of(self, entry: int) -> int:
        """Position of the role that a requirement of the graph is of."""
        return int(self._role_of[entry])

    def local(self, markets: tuple[str, ...], asked: JobsAsked) -> dict[str, LocalJobs]:
        """The chosen occupations; those of several OEWS areas are put together, without a wage."""
        jobs, _counted = self._chosen(markets, asked)
        found: dict[str, LocalJobs] = {}
        for one in jobs:
            there = found.get(one.occupation_code)
            found[one.occupation_code] = one if there is None else together(there, one)
        return found

    def series(self, markets: tuple[str, ...], asked: JobsAsked, skills: Sequence[Skill]) -> DemandSeries:
        """Demand for some skills by release, over the occupations that are chosen today."""
        occupations = {one.occupation_code for one in self._chosen(markets, asked)[0]}
        ids = [skill.id for skill in skills]
        newest = next((one.release for one in self._labor.sources() if one.id == "oews"), "")
        releases = (*self._labor.earlier_releases(), newest)
        columns: list[tuple[DemandPoint | None, ...]] = []
        missing: list[str] = []
        for release in releases:
            jobs = self.jobs(markets) if release == newest else self._before(release, markets)
            if {one.area_code for one in jobs} != set(markets):
                missing.append(release)
                columns.append((None,) * len(ids))
            else:
                columns.append(points(self.asked, jobs, occupations, ids))
        return DemandSeries(
            releases,
            tuple(
                SkillSeries(skill, tuple(column[place] for column in columns))
                for place, skill in enumerate(skills)
            ),
            tuple(missing),
        )

    def _before(self, release: str, markets: tuple[str, ...]) -> tuple[LocalJobs, ...]:
        return self._earlier.of((release, markets), lambda: self._labor.earlier_jobs(release, markets))

    def demand(self, markets: tuple[str, ...], asked: JobsAsked) -> tuple[JobsCounted, Demand]:
        """What the chosen jobs of some OEWS areas ask for."""

        def reckon() -> tuple[JobsCounted, Demand]:
            jobs, counted = self._chosen(markets, asked)
            return counted, demand(self.asked, jobs)

        return self._demands.of((markets, asked), reckon)

    def _chosen(
        self, markets: tuple[str, ...], asked: JobsAsked
    ) -> tuple[tuple[LocalJobs, ...], JobsCounted]:
        jobs, counted = chosen(self.jobs(markets), asked.level, asked.family or None)
        if asked.credential is not None:
            credential = asked.credential
            levels = self._credential_levels[1]
            jobs, untold = needing(jobs, levels, credential.level, below=credential.below)
            counted = replace(_over(jobs, counted), unrated=untold)
        if asked.sector:
            jobs, counted = self._sector(markets, asked.sector, jobs, counted)
        if asked.measure is Measure.JOBS:
            return jobs, counted
        found: list[LocalJobs] = []
        missing = 0
        for market in markets:
            there, without = openings(
                (one for one in jobs if one.area_code == market),
                self.outlooks(market),
                part=bool(asked.sector),
            )
            found += there
            missing += without
        return tuple(found), replace(
            _over(found, counted),
            all_jobs=NOT_PUBLISHED,
            unprojected=missing,
        )

    def _sector(
        self, markets: tuple[str, ...], sector: str, jobs: tuple[LocalJobs, ...], counted: JobsCounted
    ) -> tuple[tuple[LocalJobs, ...], JobsCounted]:
        there = self._in_sector.of(
            sector, lambda: {one.occupation_code: one for one in self._labor.sector_jobs(sector)}
        )
        nation = {one.occupation_code: one for one in self.jobs((NATION,))}
        found, unknown = within(jobs, there, nation, NATION)
        whole = there.get(ALL_OCCUPATIONS)
        return found, replace(
            _over(found, counted),
            all_jobs=whole.employment if whole is not None and markets == (NATION,) else NOT_PUBLISHED,
            withheld=unknown,
        )


def _over(jobs: Sequence[LocalJobs], counted: JobsCounted) -> JobsCounted:
    """The same of fewer occupations."""
    return replace(
        counted,
        jobs=float(sum(one.employment.value or 0 for one in jobs)),
        occupations=len({one.occupation_code for one in jobs}),
    )

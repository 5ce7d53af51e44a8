"""What an official asks of a region: which skills it is short of, and on what that rests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from accounts.actor import Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from graph.build import SkillRoleGraph
from graph.demanded import demanded
from graph.funding import reached
from graph.model import (
    ALL_OCCUPATIONS,
    NOT_PUBLISHED,
    Area,
    Bridge,
    Comparison,
    CountyFigure,
    Credential,
    Demanded,
    DemandSeries,
    FamilyCell,
    Funded,
    FundedSkill,
    JobLevel,
    JobsAsked,
    Measure,
    Outlook,
    PeopleGroup,
    Program,
    Proof,
    Region,
    RegionalGap,
    Sector,
    SkillGap,
)
from graph.region import Z_95, gaps, rates, supply
from services.region_ground import RegionGround
from services.region_supply import Bridged, People

SHORTEST = 5
"""Skills of a series where none is named."""


class NoSuchFamily(PersonError):  # noqa: N818 - named as it is shown
    """There is no SOC major group of that code."""

    status = 404


class NoSuchSkill(PersonError):  # noqa: N818 - named as it is shown
    """There is no such skill among those that jobs ask for."""

    status = 404


class NoSuchSector(PersonError):  # noqa: N818 - named as it is shown
    """There is no industry sector of that code."""

    status = 404


class NoSuchProgram(PersonError):  # noqa: N818 - named as it is shown
    """There is no such programme, or nothing is known of what it teaches."""

    status = 404


class NoSuchCredential(PersonError):  # noqa: N818 - named as it is shown
    """There is no such level, or nothing that says which jobs need it."""

    status = 404


class NotProjected(PersonError):  # noqa: N818 - named as it is shown
    """Openings were asked for where none are projected."""

    status = 404


@dataclass(frozen=True, slots=True)
class RegionView:
    """What is asked: where, which jobs, which skills of people.

    Attributes
    ----------
    areas : tuple of str
        One place of any kind, or several counties.
    level : JobLevel
    family : str
        SOC major group, two digits; empty for all.
    proof : Proof
    limit : int or None
        The largest shortages, that many at most; all skills for ``None``.
    plenty : int
        Of the others that many of which more people hold than jobs call for.
    measure : Measure
    sector : str
        NAICS sector; empty for all industries.
    credential : str
        Key of a `Credential`; empty for any.
    group : PeopleGroup
        Whose skills: everybody's who is counted, or of those who told that they belong to a group.
    """

    areas: tuple[str, ...]
    level: JobLevel = JobLevel.ALL
    family: str = ""
    proof: Proof = Proof.ALL
    limit: int | None = None
    plenty: int = 0
    measure: Measure = Measure.JOBS
    sector: str = ""
    credential: str = ""
    group: PeopleGroup = PeopleGroup.ALL


class RegionService:
    """The verbs about regions, each asking permission first.

    Parameters
    ----------
    ground, graph : callable
        Give what the figures stand on, and the skill-role graph; asked for once a verb was permitted, so that
        who may not ask is told that, whether or not roles can be read.
    people, bridged : callable
        Give what may be told now of people, and of those people who is one skill away from a role.
    """

    def __init__(
        self,
        ground: Callable[[], RegionGround],
        graph: Callable[[], SkillRoleGraph],
        people: Callable[[], People],
        bridged: Callable[[People], Bridged],
    ) -> None:
        self._ground_of = ground
        self._graph_of = graph
        self._people_of = people
        self._bridged_of = bridged

    # Asked for once a service, which lasts for a request: each asks whether another build has come, or a
    # consent.
    @cached_property
    def _ground(self) -> RegionGround:
        return self._ground_of()

    @cached_property
    def _graph(self) -> SkillRoleGraph:
        return self._graph_of()

    @cached_property
    def _people(self) -> People:
        return self._people_of()

    @cached_property
    def _bridged(self) -> Bridged:
        return self._bridged_of(self._people)

    def gap(self, actor: Actor, view: RegionView) -> RegionalGap:
        """Return every skill of a region, the largest shortage first.

        Raises
        ------
        AreaNotFound
        NoSuchFamily
        """
        require(actor, Action.COUNTY_READ)
        return self._gap(view)

    def _gap(self, view: RegionView) -> RegionalGap:
        ground = self._ground
        region = ground.region(view.areas)
        family = ground.families.get(view.family)
        if view.family and family is None:
            raise NoSuchFamily(_("There is no job family of that code."))
        if view.sector and view.sector not in ground.sectors:
            raise NoSuchSector(_("There is no industry sector of that code with published figures."))
        asked = ground.asked
        if view.measure is Measure.OPENINGS and not ground.projected(region):
            raise NotProjected(_("No projections are loaded for this place, so openings cannot be shown."))
        jobs = self._jobs(view)
        counted, wanted = ground.demand(region.markets, jobs)
        told = self._people
        held = supply(told.of(view.group), region.counties, len(asked.skills))
        skills = gaps(asked, wanted, held, view.proof, view.limit, view.plenty)
        return RegionalGap(
            region=region,
            asked=jobs,
            sector=ground.sectors.get(view.sector),
            family=family,
            proof=view.proof,
            group=view.group,
            skills=skills,
            jobs=replace(counted, jobs=wanted.jobs, without_requirements=wanted.unknown),
            people=replace(
                held.people,
                invented=bool(told.invented.intersection(region.counties)),
                away=told.away,
            ),
        )

    def _jobs(self, view: RegionView) -> JobsAsked:
        """Which jobs a view is about, and by what they are weighed."""
        credential = next((one for one in self._ground.credentials if one.key == view.credential), None)
        if view.credential and credential is None:
            raise NoSuchCredential(_("Nothing that is loaded says which jobs usually need that credential."))
        return JobsAsked(view.level, view.family, view.measure, view.sector, credential)

    def credentials(self, actor: Actor) -> tuple[Credential, ...]:
        """Return the credentials that can be asked for; none where nothing loaded tells of them."""
        require(actor, Action.COUNTY_READ)
        return self._ground.credentials

    def allowed(self, actor: Actor) -> None:
        """Return if the actor may ask about regions, raise if not."""
        require(actor, Action.COUNTY_READ)

    def around(self, actor: Actor, area: Area) -> tuple[Area, ...]:
        """Return the places around one: its OEWS area, its state and the nation."""
        require(actor, Action.COUNTY_READ)
        own = None if area.oews_code in (None, area.code) else self._ground.area(str(area.oews_code))
        return (*((own,) if own is not None else ()), *self._ground.around((area,)))

    def compared(self, actor: Actor, found: RegionalGap, skills: Sequence[str]) -> tuple[Comparison, ...]:
        """Return what the same jobs ask for in the state, the nation and areas of like size."""
        require(actor, Action.COUNTY_READ)
        answers = []
        for area in self._ground.around(found.region.areas):
            if found.asked.measure is Measure.OPENINGS and not self._ground.outlooks(area.code):
                continue
            _counted, wanted = self._ground.demand((area.code,), found.asked)
            answers.append(Comparison((area,), rates(self._ground.asked, wanted, skills)))
        peers = self._ground.peers(found.region)
        if found.asked.measure is Measure.OPENINGS and not all(
            self._ground.outlooks(area.code) for area in peers
        ):
            peers = ()
        if peers:
            _counted, wanted = self._ground.demand(tuple(area.code for area in peers), found.asked)
            answers.append(Comparison(peers, rates(self._ground.asked, wanted, skills)))
        return tuple(answers)

    def bridges(
        self, actor: Actor, view: RegionView, *, two: bool = False, most: int | None = None
    ) -> tuple[Bridge, ...]:
        """Return single skills that bring a role within reach of people, by people times local jobs.

        With ``two``, pairs of skills that do for people whom no single skill brings there. The ``most``
        largest alone, where that many are enough.

        Only of roles whose occupation has a published number of jobs among those asked about.
        """
        require(actor, Action.COUNTY_READ)
        ground, graph = self._ground, self._graph
        region = ground.region(view.areas)
        local = ground.local(region.markets, self._jobs(view))
        counts = self._bridged.of(view.group)
        told = [counts[county] for county in region.counties if county in counts]
        if not told:
            return ()
        single = len(graph.requirements)
        people = np.nansum(np.vstack(told), axis=0)[slice(single, None) if two else slice(single)]
        places = np.flatnonzero(people > 0)
        if most is not None and len(places) > most:
            here = [local.get(ground.occupation_of.get(role.code, "")) for role in graph.listed]
            jobs_of = np.array([(one.employment.value or 0.0) if one is not None else -1.0 for one in here])
            sizes = people[places] * jobs_of[ground.roles_of(ground.pairs[places, 0] if two else places)]
            # All that are as large as the last one: which of these come first is told by their names.
            places = places[sizes >= np.partition(sizes, -most)[-most]]
        found = []
        for place in places.tolist():
            entry, other = ground.pairs[place].tolist() if two else (place, None)
            role = graph.listed[ground.role_of(entry)]
            jobs = local.get(ground.occupation_of.get(role.code, ""))
            if jobs is not None:
                skill = graph.requirements[entry].skill
                second = None if other is None else graph.requirements[other].skill
                found.append(
                    Bridge(role, skill, int(people[place]), jobs.employment, jobs.median_wage, second)
                )
        found.sort(key=lambda one: (-one.size, one.role.title, [skill.name for skill in one.skills]))
        return tuple(found[:most])

    def programs(self, actor: Actor) -> tuple[Program, ...]:
        """Return the programmes of which a loaded list says what they teach."""
        require(actor, Action.COUNTY_READ)
        return tuple(self._ground.programs.values())

    def fund(
        self, actor: Actor, view: RegionView, skill_ids: Sequence[str], seats: int, program_id: str = ""
    ) -> Funded:
        """Return what seats that teach some skills at once could do.

        Everything said of people comes of counts of one and of two skills that are told anyway.

        Parameters
        ----------
        program_id : str, optional
            A programme, whose skills are taken instead.

        Raises
        ------
        NoSuchSkill
        NoSuchProgram
        """
        require(actor, Action.COUNTY_READ)
        known = {one.id: one for one in self._ground.asked.skills}
        program = self._ground.programs.get(program_id)
        if program_id and program is None:
            raise NoSuchProgram(_("No loaded list has that programme with what it teaches."))
        if program is not None:
            skill_ids = [skill.id for skill in program.skills if skill.id in known]
        if not skill_ids or any(one not in known for one in skill_ids):
            raise NoSuchSkill(_("No career here asks for that skill."))
        every = self._gap(replace(view, limit=None))
        gaps_of = {one.skill.id: one for one in every.skills}
        wallets = every.people.wallets

        def then(now: SkillGap | None) -> float | None:
            if now is None or now.supply is None or not wallets:
                return None
            return min(1000.0, now.supply + 1000 * seats / wallets)

        wanted = dict.fromkeys(skill_ids)
        listed = (*self.bridges(actor, view), *self.bridges(actor, view, two=True))
        return Funded(
            tuple(FundedSkill(known[one], gaps_of.get(one), then(gaps_of.get(one))) for one in wanted),
            seats,
            reached(one for one in listed if all(skill.id in wanted for skill in one.skills)),
            program,
        )

    def skill(self, actor: Actor, view: RegionView, skill_id: str) -> SkillGap:
        """Return one skill of a region.

        Raises
        ------
        NoSuchSkill
        """
        require(actor, Action.COUNTY_READ)
        found = self.gap(actor, replace(view, limit=None)).skills
        one = next((each for each in found if each.skill.id == skill_id), None)
        if one is None:
            raise NoSuchSkill(_("No career here asks for that skill."))
        return one

    def roles(self, actor: Actor, view: RegionView) -> tuple[Demanded, ...]:
        """Return the occupations of a region with their stars, most stars first.

        Stars are given among all occupations of the region; the jobs asked about are picked from them.
        """
        require(actor, Action.COUNTY_READ)
        ground = self._ground
        region = ground.region(view.areas)
        every = ground.local(region.markets, JobsAsked())
        totals = [one for one in ground.jobs(region.markets) if one.occupation_code == ALL_OCCUPATIONS]
        median = totals[0].median_wage.value if len(totals) == 1 else None
        asked = ground.local(region.markets, replace(self._jobs(view), measure=Measure.JOBS))
        found = [
            replace(one, jobs=asked[one.jobs.occupation_code])
            for one in demanded(every.values(), median, self._outlooks(region))
            if one.jobs.occupation_code in asked
        ]
        if view.measure is Measure.JOBS:
            found.sort(
                key=lambda one: (-one.stars, -(one.jobs.employment.value or 0), one.jobs.occupation_code)
            )
        else:
            weighed = ground.local(region.markets, self._jobs(view))
            found = [
                replace(
                    one, outlook=replace(one.outlook, openings=weighed[one.jobs.occupation_code].employment)
                )
                for one in found
                if one.outlook is not None and one.jobs.occupation_code in weighed
            ]
            found.sort(key=lambda one: (-one.stars, -(one.openings or 0), one.jobs.occupation_code))
        return tuple(found)

    def _outlooks(self, region: Region) -> dict[str, Outlook]:
        """Projections of the region's occupations, with openings of the region itself."""
        ground = self._ground
        if not ground.projected(region):
            return {}
        local = ground.local(region.markets, JobsAsked(measure=Measure.OPENINGS))
        return {
            occupation: replace(
                each[0],
                openings=local[occupation].employment if occupation in local else NOT_PUBLISHED,
                change_percent=each[0].change_percent if len(each) == 1 else NOT_PUBLISHED,
            )
            for occupation, each in ground.outlooks(region.markets[0]).items()
        }

    def sectors(self, actor: Actor) -> tuple[Sector, ...]:
        """Return the industry sectors that can be asked for; none where the release has none."""
        require(actor, Action.COUNTY_READ)
        return tuple(self._ground.sectors.values())

    def projected(self, actor: Actor, view: RegionView) -> bool:
        """Return whether openings are projected for a place, so that they can be asked for."""
        require(actor, Action.COUNTY_READ)
        return self._ground.projected(self._ground.region(view.areas))

    def families(self, actor: Actor, view: RegionView) -> tuple[FamilyCell, ...]:
        """Return what the jobs of each family ask for by family of skills, and how much of it is open."""
        require(actor, Action.COUNTY_READ)
        ground = self._ground
        found = self._gap(replace(view, limit=None, family=""))
        place = {skill.id: position for position, skill in enumerate(ground.asked.skills)}
        open_share = np.full(len(place), np.nan)
        for one in found.skills:
            rest = one.gap if one.gap is not None else one.at_least
            if rest is not None and one.demand > 0:
                open_share[place[one.skill.id]] = min(max(rest, 0.0) / one.demand, 1.0)
        codes = sorted(ground.families)
        cells = []
        for jobs_of in codes:
            weighted = ground.demand(found.region.markets, replace(self._jobs(view), family=jobs_of))[
                1
            ].weighted
            for number, skills_of in enumerate(codes):
                part = np.where(ground.skill_families == number, weighted, 0.0)
                known = part[~np.isnan(open_share)].sum()
                rest = np.nansum(part * open_share)
                cells.append(
                    FamilyCell(
                        ground.families[skills_of],
                        ground.families[jobs_of],
                        float(part.sum()),
                        float(rest / known) if known > 0 else None,
                    )
                )
        return tuple(cells)

    def counties(self, actor: Actor, view: RegionView, skill_id: str) -> tuple[CountyFigure, ...]:
        """Return one skill in every county of the region's state; empty where there is no one state."""
        require(actor, Action.COUNTY_READ)
        ground = self._ground
        states = {area.state for area in ground.region(view.areas).areas}
        if len(states) != 1 or None in states:
            return ()
        place = next((n for n, one in enumerate(ground.asked.skills) if one.id == skill_id), None)
        if place is None:
            raise NoSuchSkill(_("No career here asks for that skill."))
        told, jobs = self._people, self._jobs(view)
        figures = []
        for county in ground.counties.values():
            if county.state not in states:
                continue
            if county.oews_code is None:
                figures.append(CountyFigure(county, None, None))
                continue
            _counted, wanted = ground.demand((county.oews_code,), jobs)
            held = supply(told.of(view.group), (county.code,), len(ground.asked.skills))
            rate = float(wanted.rate[place]) if wanted.jobs else None
            people = held.holders if view.proof is Proof.ALL else held.proven
            if rate is None or np.isnan(people[place]):
                figures.append(CountyFigure(county, rate, None))
                continue
            margin = Z_95 * float(wanted.rate_error[place])
            least = held.proven_least[place] if not np.isnan(held.proven_least[place]) else held.least[place]
            figures.append(
                CountyFigure(
                    county,
                    rate,
                    rate - float(people[place]),
                    rate - margin - float(held.most[place]),
                    rate + margin - float(least),
                )
            )
        return tuple(figures)

    def series(self, actor: Actor, view: RegionView, skill_ids: Sequence[str] = ()) -> DemandSeries:
        """Return the demand for skills by loaded release: those named, else the five shortest.

        It is of the jobs' side alone. What people hold is told as it is today and never by date. Jobs there
        are, in all industries: projections and sectors have no earlier releases.

        Raises
        ------
        NoSuchSkill
        """
        require(actor, Action.COUNTY_READ)
        known = {one.id: one for one in self._ground.asked.skills}
        if any(one not in known for one in skill_ids):
            raise NoSuchSkill(_("No career here asks for that skill."))
        jobs = replace(view, measure=Measure.JOBS, sector="")
        skills = [known[one] for one in skill_ids] or [
            one.skill for one in self._gap(replace(jobs, limit=SHORTEST, plenty=0)).skills
        ]
        region = self._ground.region(view.areas)
        return self._ground.series(region.markets, self._jobs(jobs), skills)

    def shapes(self, actor: Actor, view: RegionView) -> tuple[tuple[str, str], ...]:
        """Return county codes with their shapes as GeoJSON text, of the region's state."""
        require(actor, Action.COUNTY_READ)
        states = {area.state for area in self._ground.region(view.areas).areas}
        return self._ground.shapes(next(iter(states))) if len(states) == 1 and None not in states else ()

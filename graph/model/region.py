"""The nouns of a region: who was counted, what its jobs ask for, and what lies between."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum

from graph.model.figures import Area, Figure, Outlook
from graph.model.guidance import Program
from graph.model.roles import JobFamily, Role, Skill

ALL_OCCUPATIONS = "00-0000"
"""The OEWS row of all occupations together."""

FEWEST_TOLD = 11
"""No count of fewer people is ever told."""

MOST_WITHHELD = 23
"""The most people that a count withheld as too small can be of (``graph.suppress``)."""


class JobLevel(StrEnum):
    """Which jobs, by their occupation's median wage against the median of all jobs of the same area."""

    ALL = "all"
    ABOVE_MEDIAN = "above_median"
    TO_MEDIAN = "to_median"
    WELL_ABOVE = "well_above"


class Measure(StrEnum):
    """By what demand is weighed: the jobs there are, or the openings a year that are projected."""

    JOBS = "jobs"
    OPENINGS = "openings"


@dataclass(frozen=True, slots=True)
class Sector:
    """A NAICS sector: two digits, or the first and last of it, and its published name."""

    code: str
    name: str


class Scale(StrEnum):
    """What says which credential an occupation usually takes to enter.

    BLS's typical education, with its projections; or O*NET's job zones.
    """

    EDUCATION = "education"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Credential:
    """A level of a scale that occupations usually need, or need less than.

    Attributes
    ----------
    level : int
        From 1, the lowest.
    name : str
        As published; empty for a job zone.
    """

    scale: Scale
    level: int
    name: str
    below: bool = False

    @property
    def key(self) -> str:
        """As an address has it: ``education-below-6``."""
        return f"{self.scale}-{'below' if self.below else 'at'}-{self.level}"


@dataclass(frozen=True, slots=True)
class JobsAsked:
    """Which jobs a question is about, and by what they are weighed.

    Attributes
    ----------
    level : JobLevel
    family : str
        SOC major group, two digits; empty for all.
    measure : Measure
    sector : str
        NAICS sector; empty for all industries.
    credential : Credential or None
        What the occupations usually take to enter.
    """

    level: JobLevel = JobLevel.ALL
    family: str = ""
    measure: Measure = Measure.JOBS
    sector: str = ""
    credential: Credential | None = None


class Proof(StrEnum):
    """Which skills of people count: all that they hold, or those that somebody else stands by."""

    ALL = "all"
    VERIFIED = "verified"


class PeopleGroup(StrEnum):
    """Which people: all who were counted, or those who told for this purpose that they belong to a group.

    ``veterans``: 38 U.S.C. 101(2). ``first_generation``: both of whose parents did not complete a
    baccalaureate degree, 20 U.S.C. 1070a-11(h)(3). ``english_learners``: 29 U.S.C. 3272(7).
    """

    ALL = "all"
    VETERANS = "veterans"
    FIRST_GENERATION = "first_generation"
    ENGLISH_LEARNERS = "english_learners"

    @property
    def bit(self) -> int:
        """The mark of the group in a number that holds several; 0 for all."""
        return 0 if self is PeopleGroup.ALL else 1 << GROUPS.index(self)


GROUPS = tuple(one for one in PeopleGroup if one is not PeopleGroup.ALL)
"""The groups that people can tell they belong to."""


@dataclass(frozen=True, slots=True)
class LocalJobs:
    """One occupation in one OEWS area.

    Attributes
    ----------
    employment : Figure
        Jobs, rounded to ten by BLS.
    rse : float or None
        Relative standard error of ``employment`` in percent.
    median_wage : Figure
        US dollars a year; with the note ``top_coded`` at least that much.
    jobs_per_1000, location_quotient : float or None
        Jobs in a thousand of the area's, and that share over the nation's.
    """

    area_code: str
    occupation_code: str
    title: str
    employment: Figure
    rse: float | None
    median_wage: Figure
    jobs_per_1000: float | None = None
    location_quotient: float | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """A place as figures are put together for it.

    Attributes
    ----------
    areas : tuple of Area
        What was asked for: one place of any kind, or several counties.
    counties : tuple of str
        FIPS codes of the counties whose people are counted.
    markets : tuple of str
        OEWS areas whose jobs are counted, each once.
    """

    areas: tuple[Area, ...]
    counties: tuple[str, ...]
    markets: tuple[str, ...]

    @property
    def key(self) -> str:
        """The codes that were asked for, as an address has them."""
        return ",".join(area.code for area in self.areas)


@dataclass(frozen=True, slots=True)
class SkillGap:
    """One skill in a region: what its jobs ask for, less what people hold, per 1,000 of each.

    Attributes
    ----------
    demand : float
        Jobs that call for the skill, each by its importance 0-1, in 1,000 jobs.
    margin : float
        Half the 95% interval of ``demand``, from the relative standard errors of employment.
    supply : float or None
        People who hold it, in 1,000 that were counted; ``None`` where withheld.
    gap, low, high : float or None
        ``demand - supply``; above zero is a shortage. ``low`` and ``high`` take in the survey's error,
        rounding, and all that people claim against what is proven. ``None`` where withheld.
    at_least : float or None
        Where supply is withheld because fewer than the threshold hold it: the gap that is left when the
        threshold itself is set against demand. It says nothing that the threshold does not.
    jobs : float
        The same as ``demand`` in jobs, not in a thousand.
    occupations : int
        Occupations that call for it.
    """

    skill: Skill
    demand: float
    margin: float
    supply: float | None
    gap: float | None
    low: float | None
    high: float | None
    at_least: float | None = None
    jobs: float = 0.0
    occupations: int = 0

    @property
    def withheld(self) -> bool:
        """Whether what people hold of it cannot be told."""
        return self.supply is None


@dataclass(frozen=True, slots=True)
class JobsCounted:
    """Which jobs stand behind a demand.

    Attributes
    ----------
    jobs : float
        Those of occupations that were counted and whose requirements are known; openings a year where
        those are asked for.
    occupations : int
    all_jobs : Figure
        Every job of the area, as BLS gives the total.
    withheld : int
        Occupations without a published number of jobs.
    unpriced : int
        Occupations left out because their wage is not published, where wages decide.
    unprojected : int
        Occupations left out because no openings are projected for them, where openings are asked for.
    unrated : int
        Occupations left out because nothing says what they take to enter, where that is asked for.
    without_requirements : float
        Jobs of occupations of which no requirements are known.
    """

    jobs: float
    occupations: int
    all_jobs: Figure
    withheld: int = 0
    unpriced: int = 0
    unprojected: int = 0
    unrated: int = 0
    without_requirements: float = 0.0


@dataclass(frozen=True, slots=True)
class PeopleCounted:
    """Who stands behind a supply.

    Attributes
    ----------
    wallets : int or None
        People counted, rounded; ``None`` where no county has enough.
    counties : int
        Counties of the region.
    counted : int
        Those of them that have enough people to be told.
    invented : bool
        Whether people of the demonstration population are among them.
    away : bool
        Whether nobody was counted because the wallets could not be read.
    """

    wallets: int | None
    counties: int
    counted: int
    invented: bool = False
    away: bool = False


@dataclass(frozen=True, slots=True)
class RegionalGap:
    """Skills of a region, the largest shortage first.

    With openings asked for, whatever is said of jobs in 1,000 is of openings a year in 1,000 openings.
    """

    region: Region
    asked: JobsAsked
    family: JobFamily | None
    proof: Proof
    skills: tuple[SkillGap, ...]
    jobs: JobsCounted
    people: PeopleCounted
    sector: Sector | None = None
    group: PeopleGroup = PeopleGroup.ALL


@dataclass(frozen=True, slots=True)
class DemandPoint:
    """Demand for a skill in one release: in 1,000 jobs, and half its 95% interval."""

    rate: float
    margin: float


@dataclass(frozen=True, slots=True)
class SkillSeries:
    """Demand for a skill by release, the oldest first; ``None`` where a release publishes nothing of it."""

    skill: Skill
    points: tuple[DemandPoint | None, ...]

    @property
    def change(self) -> int:
        """Whether the newest figure differs from the oldest beyond the survey's error: 1 up, -1 down, 0 no.

        Examples
        --------
        >>> weld = Skill("esco:weld", "weld", "https://example.org/weld", "esco", "skill")
        >>> SkillSeries(weld, (DemandPoint(20.0, 2.0), None, DemandPoint(26.0, 3.0))).change
        1
        >>> SkillSeries(weld, (DemandPoint(20.0, 5.0), DemandPoint(26.0, 5.0))).change
        0
        """
        told = [point for point in self.points if point is not None]
        if len(told) < 2:
            return 0
        difference = told[-1].rate - told[0].rate
        if abs(difference) <= math.hypot(told[0].margin, told[-1].margin):
            return 0
        return 1 if difference > 0 else -1


@dataclass(frozen=True, slots=True)
class DemandSeries:
    """Demand by release over the same occupations.

    Attributes
    ----------
    releases : tuple of str
        The oldest first; the last is the one that everything else is from.
    missing : tuple of str
        Of them those in which the place's areas are not, under their code of today.
    """

    releases: tuple[str, ...]
    skills: tuple[SkillSeries, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same demand elsewhere: jobs in 1,000 that call for each skill by id; several areas as one."""

    areas: tuple[Area, ...]
    demand: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bridge:
    """One skill, or two together, that would bring one role within reach of people.

    Attributes
    ----------
    people : int
        Those it alone would, or those whom both would and no single skill; rounded, from counties that tell
        it.
    second : Skill or None
    jobs, median_wage : Figure
        Of the role's occupation in the region's OEWS areas; the wage only where the region is one. Openings
        a year in place of jobs where those are asked for.
    """

    role: Role
    skill: Skill
    people: int
    jobs: Figure
    median_wage: Figure
    second: Skill | None = None

    @property
    def skills(self) -> tuple[Skill, ...]:
        """The one or the two."""
        return (self.skill,) if self.second is None else (self.skill, self.second)

    @property
    def size(self) -> float:
        """People times jobs: what bridges are ordered by."""
        return self.people * (self.jobs.value or 0.0)


@dataclass(frozen=True, slots=True)
class Reached:
    """A role that chosen skills together would bring within reach of people.

    Attributes
    ----------
    skills : tuple of Skill
        Those of the chosen ones that have a part in it.
    least, most : int
        People, from told counts of one and of two skills; they overlap, so that it lies between.
    jobs, median_wage : Figure
        As of `Bridge`.
    """

    role: Role
    skills: tuple[Skill, ...]
    least: int
    most: int
    jobs: Figure
    median_wage: Figure

    @property
    def size(self) -> float:
        """The fewest people times jobs: what they are ordered by."""
        return self.least * (self.jobs.value or 0.0)


@dataclass(frozen=True, slots=True)
class FundedSkill:
    """One of the skills that seats teach.

    Attributes
    ----------
    now : SkillGap or None
        The gap in the skill as it is; ``None`` where neither jobs nor people have to do with it.
    supply_then : float or None
        Supply in 1,000 people if every seat is taken by somebody who was counted and did not hold it.
    """

    skill: Skill
    now: SkillGap | None
    supply_then: float | None


@dataclass(frozen=True, slots=True)
class Funded:
    """What seats that teach some skills could do; nothing in it is a prediction.

    Attributes
    ----------
    skills : tuple of FundedSkill
        Every seat teaches all of them.
    seats : int
    reached : tuple of Reached
        Careers that they bring within reach of people, largest first.
    program : Program or None
        The programme that they were taken from.
    """

    skills: tuple[FundedSkill, ...]
    seats: int
    reached: tuple[Reached, ...]
    program: Program | None = None


@dataclass(frozen=True, slots=True)
class Demanded:
    """An occupation by what regional boards look at; each star is one test passed.

    Attributes
    ----------
    pays : bool or None
        Its median wage is above that of all jobs there; ``None`` where not published.
    many : bool
        Among the quarter of the region's occupations with most openings, or jobs where no openings are
        loaded.
    grows : bool or None
        Projected to grow more than the middle one of the region's occupations; where no projections are
        loaded, more of the region's jobs than of the nation's. ``None`` where neither is published.
    """

    jobs: LocalJobs
    pays: bool | None
    many: bool
    grows: bool | None
    outlook: Outlook | None = None

    @property
    def stars(self) -> int:
        """Tests passed, 0-3."""
        return sum(one is True for one in (self.pays, self.many, self.grows))

    @property
    def openings(self) -> float | None:
        """Openings a year, where they are projected."""
        return self.outlook.openings.value if self.outlook is not None else None


@dataclass(frozen=True, slots=True)
class FamilyCell:
    """How much of what the jobs of a family ask for, of one family of skills, people do not cover.

    Attributes
    ----------
    demand : float
        Jobs of the job family that call for skills of the skill family, each by its importance.
    open : float or None
        Share 0-1 of it that people do not cover; ``None`` where nothing is told of people.
    """

    skills: JobFamily
    jobs: JobFamily
    demand: float
    open: float | None


@dataclass(frozen=True, slots=True)
class CountyFigure:
    """One skill in one county: what jobs of its OEWS area ask for, and the gap where people are told."""

    county: Area
    demand: float | None
    gap: float | None
    low: float | None = None
    high: float | None = None

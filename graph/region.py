r"""What a region's jobs ask for, what its people hold, and what lies between.

For an occupation *o* with :math:`E_o` jobs and a skill *s*, :math:`a_{os}` is the importance 0-1 of the
skill in the occupation: the mean over its roles of what each publishes, 0 where it does not require the
skill. With *J* the jobs of the occupations that were chosen and whose requirements are known,

.. math:: D_s = \frac{1000}{J} \sum_o E_o a_{os}, \qquad
          \sigma_s = \frac{1000}{J} \sqrt{\sum_o (E_o r_o a_{os})^2}

is the demand in 1,000 jobs and its standard error, :math:`r_o` being BLS's relative standard error of
:math:`E_o`, errors of different occupations taken as independent. Supply :math:`S_s` is the people who hold
the skill in 1,000 who were counted, from the cells that may be told (``graph.suppress``). The gap is
:math:`D_s - S_s`; above zero is a shortage.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from graph.build import SkillRoleGraph
from graph.model import (
    ALL_OCCUPATIONS,
    MOST_WITHHELD,
    NOT_PUBLISHED,
    Figure,
    JobLevel,
    JobsCounted,
    LocalJobs,
    PeopleCounted,
    Proof,
    Skill,
    SkillGap,
)
from graph.next_skill import GAINED
from graph.suppress import STEP, Cells

Z_95 = 1.96
WELL_ABOVE = 1.5
"""Times the median of all jobs, from which a wage counts as well above it."""


@dataclass(frozen=True, eq=False, slots=True)
class Asked:
    """What occupations ask for.

    Attributes
    ----------
    occupations : mapping of str to int
        Row of each OEWS occupation whose requirements are known.
    skills : tuple of Skill
        Those that somebody can set out to gain and some occupation requires; the columns.
    importance : scipy.sparse.csr_array, shape (occupations, skills)
        0-1.
    """

    occupations: Mapping[str, int]
    skills: tuple[Skill, ...]
    importance: csr_array

    @property
    def column(self) -> dict[str, int]:
        """Column of each skill by its address."""
        return {skill.uri: position for position, skill in enumerate(self.skills)}


def asked(graph: SkillRoleGraph, occupation_of: Mapping[str, str]) -> Asked:
    """What occupations ask for, from the roles that OEWS counts in them.

    Parameters
    ----------
    graph : SkillRoleGraph
    occupation_of : mapping of str to str
        OEWS occupation by role code; roles that are absent are counted nowhere.

    Examples
    --------
    >>> from graph.build import build
    >>> from graph.model import JobFamily, Requirement, Role
    >>> weld = Skill("esco:weld", "weld metal", "https://example.org/weld", "esco", "skill")
    >>> one, other = (Role(f"51-4121.0{n}", "Welders", JobFamily("51", "Production"), requirements=(
    ...     Requirement(weld, importance),)) for n, importance in ((0, 0.8), (1, 0.4)))
    >>> found = asked(build([one, other]), {one.code: "51-4121", other.code: "51-4121"})
    >>> round(float(found.importance[0, 0]), 3)
    0.6
    """
    importances: dict[tuple[str, str], dict[str, float]] = {}
    skills: dict[str, Skill] = {}
    roles: dict[str, int] = {}
    for role in graph.roles:
        occupation = occupation_of.get(role.code)
        required = [r for r in role.requirements if r.facet in GAINED]
        if occupation is None or not required:
            continue
        roles[occupation] = roles.get(occupation, 0) + 1
        for requirement in required:
            skills[requirement.skill.id] = requirement.skill
            by_role = importances.setdefault((occupation, requirement.skill.id), {})
            by_role[role.code] = max(requirement.importance, by_role.get(role.code, 0.0))
    row = {occupation: position for position, occupation in enumerate(sorted(roles))}
    column = {skill: position for position, skill in enumerate(sorted(skills))}
    entries = sorted(importances.items())
    values = [sum(by_role.values()) / roles[occupation] for (occupation, _skill), by_role in entries]
    places = (
        [row[occupation] for (occupation, _), _ in entries],
        [column[skill] for (_, skill), _ in entries],
    )
    table = csr_array((values, places), shape=(len(row), len(column)))
    return Asked(row, tuple(skills[key] for key in column), table)


def chosen(
    jobs: Iterable[LocalJobs], level: JobLevel = JobLevel.ALL, family: str | None = None
) -> tuple[tuple[LocalJobs, ...], JobsCounted]:
    """The occupations of a region that a question is about, and what it leaves out.

    An occupation is above the median where its own median wage is above that of all jobs of the same OEWS
    area. What is top-coded counts as what it is at least.

    Parameters
    ----------
    jobs : iterable of LocalJobs
        Of one or more OEWS areas, each with its row of all occupations.
    family : str, optional
        SOC major group, two digits.

    Examples
    --------
    >>> def jobs_of(code, count, wage):
    ...     return LocalJobs("0044060", code, "", Figure(count), 5.0, Figure(wage))
    >>> found, counted = chosen([jobs_of("00-0000", 100, 50_000), jobs_of("29-1141", 30, 90_000),
    ...                          jobs_of("35-2014", 70, 36_000)], JobLevel.ABOVE_MEDIAN)
    >>> [one.occupation_code for one in found], counted.jobs, counted.all_jobs.value
    (['29-1141'], 30.0, 100)
    """
    listed = tuple(jobs)
    totals = {one.area_code: one for one in listed if one.occupation_code == ALL_OCCUPATIONS}
    found: list[LocalJobs] = []
    withheld = unpriced = 0
    for one in listed:
        if one.occupation_code == ALL_OCCUPATIONS:
            continue
        if family is not None and not one.occupation_code.startswith(f"{family}-"):
            continue
        if level is not JobLevel.ALL:
            median = totals[one.area_code].median_wage.value if one.area_code in totals else None
            if median is None or one.median_wage.value is None:
                unpriced += 1
                continue
            if not _pays(level, one.median_wage.value, median):
                continue
        if one.employment.value is None:
            withheld += 1
            continue
        found.append(one)
    sums = [one.employment.value for one in totals.values() if one.employment.value is not None]
    return tuple(found), JobsCounted(
        jobs=float(sum(one.employment.value or 0 for one in found)),
        occupations=len({one.occupation_code for one in found}),
        all_jobs=Figure(sum(sums)) if sums and len(sums) == len(totals) else NOT_PUBLISHED,
        withheld=withheld,
        unpriced=unpriced,
    )


def _pays(level: JobLevel, wage: float, median: float) -> bool:
    if level is JobLevel.ABOVE_MEDIAN:
        return wage > median
    if level is JobLevel.TO_MEDIAN:
        return wage <= median
    return wage > WELL_ABOVE * median


def together(one: LocalJobs, other: LocalJobs) -> LocalJobs:
    """An occupation of two areas as one; medians of two places give no median, so there is no wage.

    Examples
    --------
    >>> first, second = (LocalJobs(area, "29-1141", "Nurses", Figure(count), rse, Figure(90_000))
    ...                  for area, count, rse in (("0044060", 300, 4.0), ("0042660", 400, 5.0)))
    >>> both = together(first, second)
    >>> both.employment.value, round(both.rse, 2), both.median_wage.note
    (700.0, 3.33, 'not_published')
    """
    counts = one.employment.value or 0.0, other.employment.value or 0.0
    whole = sum(counts)
    error = np.hypot(counts[0] * (one.rse or 0.0), counts[1] * (other.rse or 0.0))
    return LocalJobs(
        area_code="",
        occupation_code=one.occupation_code,
        title=one.title,
        employment=Figure(float(whole)),
        rse=float(error / whole) if whole else None,
        median_wage=NOT_PUBLISHED,
    )


@dataclass(frozen=True, eq=False, slots=True)
class Demand:
    """What chosen jobs ask for.

    Attributes
    ----------
    jobs : float
        Those of occupations whose requirements are known.
    unknown : float
        Those of which no requirements are known; they are in nothing else.
    weighted : numpy.ndarray, shape (skills,)
        Jobs that call for each skill, each by its importance.
    error : numpy.ndarray, shape (skills,)
        Standard error of ``weighted``; an occupation without a published one adds nothing to it.
    occupations : numpy.ndarray of int, shape (skills,)
        Occupations that call for each.
    """

    jobs: float
    unknown: float
    weighted: np.ndarray
    error: np.ndarray
    occupations: np.ndarray

    @property
    def rate(self) -> np.ndarray:
        """``weighted`` in 1,000 jobs."""
        return 1000 * self.weighted / self.jobs if self.jobs else np.zeros_like(self.weighted)

    @property
    def rate_error(self) -> np.ndarray:
        """Standard error of `rate`."""
        return 1000 * self.error / self.jobs if self.jobs else np.zeros_like(self.error)


def demand(asked: Asked, jobs: Iterable[LocalJobs]) -> Demand:
    """What jobs ask for, over all skills.

    Parameters
    ----------
    jobs : iterable of LocalJobs
        With published employment; an occupation may come from several OEWS areas.
    """
    counted = np.zeros(len(asked.occupations))
    variance = np.zeros(len(asked.occupations))
    unknown = 0.0
    for one in jobs:
        employment = one.employment.value or 0.0
        row = asked.occupations.get(one.occupation_code)
        if row is None:
            unknown += employment
            continue
        counted[row] += employment
        variance[row] += (employment * (one.rse or 0.0) / 100) ** 2
    importance = asked.importance
    return Demand(
        jobs=float(counted.sum()),
        unknown=unknown,
        weighted=importance.T @ counted,
        error=np.sqrt(importance.power(2).T @ variance),
        occupations=(importance.T > 0).astype(int) @ (counted > 0).astype(int),
    )


@dataclass(frozen=True, eq=False, slots=True)
class Supply:
    """What people hold, from the cells of several counties; rates in 1,000 people, NaN where withheld.

    Attributes
    ----------
    holders, least, most : numpy.ndarray, shape (skills,)
        All who hold each skill, and the least and most that withheld cells and rounding allow.
    proven, proven_least : numpy.ndarray, shape (skills,)
        Those for whom somebody else stands by it; NaN where some county does not tell.
    few : numpy.ndarray of bool, shape (skills,)
        Withheld because fewer than the threshold hold it, in every county that tells anything.
    most_few : float
        The most that could hold such a skill, in 1,000.
    """

    people: PeopleCounted
    holders: np.ndarray
    least: np.ndarray
    most: np.ndarray
    proven: np.ndarray
    proven_least: np.ndarray
    few: np.ndarray
    most_few: float


def supply(cells: Mapping[str, Cells], counties: Collection[str], skills: int) -> Supply:
    """What the people of several counties hold, from what each county's cells tell and nothing else.

    In a county where fewer than the threshold hold a skill, half of what can be withheld is taken, and none
    and
    all of it as the range. A skill that no county tells is withheld.
    """
    telling = [found for code in counties if (found := cells.get(code)) is not None and found.wallets]
    none = np.full(skills, np.nan)
    wallets = sum(one.wallets or 0 for one in telling)
    people = PeopleCounted(wallets or None, len(counties), len(telling))
    if not telling:
        return Supply(people, none, none, none, none, none, np.zeros(skills, dtype=bool), np.nan)
    holders = np.vstack([one.holders for one in telling])
    proven = np.vstack([one.proven for one in telling])
    few = np.vstack([one.few for one in telling])
    sizes = np.array([[one.wallets or 0] for one in telling], dtype=float)
    known = ~np.isnan(holders)
    spoken = known | few
    whole = np.where(spoken, sizes, 0.0).sum(axis=0)
    per = np.divide(1000, whole, out=np.zeros(skills), where=whole > 0)
    summed = np.where(known, holders, 0.0).sum(axis=0)
    hidden = few.sum(axis=0) * float(MOST_WITHHELD)
    loose = known.sum(axis=0) * STEP / 2
    told = known.any(axis=0)

    def rate(values: np.ndarray, where: np.ndarray) -> np.ndarray:
        return np.where(where, np.maximum(values, 0.0) * per, np.nan)

    shown = told & (known <= ~np.isnan(proven)).all(axis=0)
    proven_sum = np.where(known & ~np.isnan(proven), proven, 0.0).sum(axis=0)
    return Supply(
        people=people,
        holders=rate(summed + hidden / 2, told),
        least=rate(summed - loose, told),
        most=rate(summed + loose + hidden, told),
        proven=rate(proven_sum + hidden / 4, shown),
        proven_least=rate(proven_sum - loose, shown),
        few=np.asarray(few.all(axis=0)),
        most_few=1000 * MOST_WITHHELD * len(telling) / wallets,
    )


def gaps(
    asked: Asked,
    wanted: Demand,
    held: Supply,
    proof: Proof = Proof.ALL,
    limit: int | None = None,
    plenty: int = 0,
) -> tuple[SkillGap, ...]:
    """Every skill that the jobs call for or people hold, the largest shortage first.

    A skill whose supply is withheld as too small stands where the threshold would put it; one that nearly
    everybody holds, or of which nothing is told, comes last.

    Parameters
    ----------
    proof : Proof
        With ``VERIFIED``, the gap is against what somebody else stands by; the range is the same.
    limit : int, optional
        How many of the largest shortages.
    plenty : int, optional
        How many more of those that most people hold over what jobs call for, after them and in the same
        order.

    Raises
    ------
    ValueError
        If ``limit`` or ``plenty`` is negative.
    """
    if (limit is not None and limit < 0) or plenty < 0:
        raise ValueError("limit and plenty take whole numbers from 0.")
    rate, margin = wanted.rate, Z_95 * wanted.rate_error
    people = held.holders if proof is Proof.ALL else held.proven
    gap = rate - people
    low = rate - margin - held.most
    high = rate + margin - np.where(np.isnan(held.proven_least), held.least, held.proven_least)
    # What withheld people leave open at the least: the threshold, or all who claim it.
    at_least = np.where(held.few, rate - held.most_few, rate - held.most)
    unknown = held.people.wallets is None
    place = np.where(np.isnan(gap), np.where(np.isnan(at_least), -np.inf, at_least), gap)
    if unknown:
        place = rate
    kept = np.flatnonzero((rate > 0) | ~np.isnan(people))
    # Columns are in the order of the skills' ids, so that equals come out the same every time.
    order = kept[np.argsort(-np.round(place[kept], 9), kind="stable")]
    if limit is not None:
        rest = order[limit:]
        over = rest[~np.isnan(gap[rest]) & (gap[rest] < 0)]
        order = np.concatenate([order[:limit], over[len(over) - min(plenty, len(over)) :]])

    def value(array: np.ndarray, column: int) -> float | None:
        return None if np.isnan(array[column]) else float(array[column])

    return tuple(
        SkillGap(
            skill=asked.skills[s],
            demand=float(rate[s]),
            margin=float(margin[s]),
            supply=value(people, s),
            gap=value(gap, s),
            low=None if np.isnan(gap[s]) else value(low, s),
            high=None if np.isnan(gap[s]) else value(high, s),
            at_least=value(at_least, s) if np.isnan(gap[s]) else None,
            jobs=float(wanted.weighted[s]),
            occupations=int(wanted.occupations[s]),
        )
        for s in order.tolist()
    )


def rates(asked: Asked, wanted: Demand, skills: Sequence[str]) -> dict[str, float]:
    """Demand in 1,000 jobs, by skill id."""
    of = {skill.id: position for position, skill in enumerate(asked.skills)}
    rate = wanted.rate
    return {skill: float(rate[of[skill]]) for skill in skills if skill in of}

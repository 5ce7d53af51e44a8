r"""The demand for a skill by release of the jobs' survey, over the same occupations.

Of each release the occupations are counted that are asked about today (their wages are today's) and of which
the release publishes employment. Two releases differ beyond the survey's error
(``SkillSeries.change``) where

.. math:: |D_1 - D_2| > 1.96 \sqrt{\sigma_1^2 + \sigma_2^2},

errors taken as independent. Each release rests on three years of panels, of which neighbours share two: their
errors go together, so that this says less often that something changed than could be said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from graph.model import DemandPoint, LocalJobs
from graph.region import Z_95, Asked, demand


def points(
    asked: Asked, jobs: Iterable[LocalJobs], occupations: Collection[str], skills: Sequence[str]
) -> tuple[DemandPoint | None, ...]:
    """Demand for each skill in one release; nothing where it publishes none of the occupations.

    Parameters
    ----------
    jobs : iterable of LocalJobs
        Every occupation of the areas in that release.
    occupations : collection of str
        Those that are asked about.
    skills : sequence of str
        Ids.

    Examples
    --------
    >>> from graph.build import build
    >>> from graph.model import NOT_PUBLISHED, Figure, JobFamily, Requirement, Role, Skill
    >>> from graph.region import asked
    >>> weld = Skill("esco:weld", "weld metal", "https://example.org/weld", "esco", "skill")
    >>> welder = Role("51-4121.00", "Welders", JobFamily("51", "Production"), requirements=(
    ...     Requirement(weld, 0.5),))
    >>> wanted = asked(build([welder]), {welder.code: "51-4121"})
    >>> then = LocalJobs("0044060", "51-4121", "Welders", Figure(200), 10.0, NOT_PUBLISHED)
    >>> points(wanted, [then], {"51-4121"}, ["esco:weld"])
    (DemandPoint(rate=500.0, margin=98.0),)
    >>> points(wanted, [then], {"29-1141"}, ["esco:weld"])
    (None,)
    """
    counted = [one for one in jobs if one.occupation_code in occupations and one.employment.value is not None]
    wanted = demand(asked, counted)
    if not wanted.jobs:
        return (None,) * len(skills)
    column = {skill.id: place for place, skill in enumerate(asked.skills)}
    rate, error = wanted.rate, wanted.rate_error
    return tuple(
        DemandPoint(float(rate[column[skill]]), Z_95 * float(error[column[skill]])) for skill in skills
    )

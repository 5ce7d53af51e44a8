"""Occupations by what regional boards look at: do they pay, are there many, do they grow.

One star each for three tests that anybody can repeat: the median wage is above that of all jobs of the
area; the
openings a year, or where no projections are loaded the jobs, are among the highest quarter of the area's
occupations; projected employment grows by more than the middle one of them, or where no projections are
loaded
the occupation has more of the area's jobs than of the nation's (location quotient above 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from graph.model import Demanded, LocalJobs, Outlook


def demanded(
    jobs: Iterable[LocalJobs], median_wage: float | None, outlooks: Mapping[str, Outlook]
) -> tuple[Demanded, ...]:
    """Occupations with their stars, most stars first, then most jobs.

    Parameters
    ----------
    jobs : iterable of LocalJobs
        Every occupation of an area with a published number of jobs.
    median_wage : float or None
        Of all jobs of the area, US dollars a year.
    outlooks : mapping of str to Outlook
        By occupation; empty where no projections are loaded.

    Examples
    --------
    >>> from graph.model import Figure
    >>> def local(code, count, wage, quotient):
    ...     return LocalJobs("0044060", code, code, Figure(count), 5.0, Figure(wage), 1.0, quotient)
    >>> found = demanded([local("29-1141", 900, 90_000, 1.2), local("35-2014", 200, 36_000, 0.9)], 55_000, {})
    >>> [(one.jobs.occupation_code, one.stars) for one in found]
    [('29-1141', 3), ('35-2014', 0)]
    """
    listed = [one for one in jobs if one.employment.value is not None]
    if not listed:
        return ()
    changes = [
        outlook.change_percent.value
        for outlook in outlooks.values()
        if outlook.change_percent.value is not None
    ]
    middle = float(np.median(changes)) if changes else None

    def amount(one: LocalJobs) -> float:
        outlook = outlooks.get(one.occupation_code)
        if outlooks:
            return (outlook.openings.value or 0.0) if outlook is not None else 0.0
        return one.employment.value or 0.0

    quarter = float(np.quantile([amount(one) for one in listed], 0.75))

    def grows(one: LocalJobs) -> bool | None:
        if middle is not None:
            outlook = outlooks.get(one.occupation_code)
            change = outlook.change_percent.value if outlook is not None else None
            return None if change is None else change > middle
        return None if one.location_quotient is None else one.location_quotient > 1

    found = [
        Demanded(
            jobs=one,
            pays=(
                None
                if median_wage is None or one.median_wage.value is None
                else one.median_wage.value > median_wage
            ),
            many=amount(one) > 0 and amount(one) >= quarter,
            grows=grows(one),
            outlook=outlooks.get(one.occupation_code),
        )
        for one in listed
    ]
    return tuple(
        sorted(
            found, key=lambda one: (-one.stars, -(one.jobs.employment.value or 0), one.jobs.occupation_code)
        )
    )

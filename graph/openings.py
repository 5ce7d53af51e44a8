r"""Openings a year of an area's occupations, from projections that are made for a state or the nation.

Where an occupation itself is projected for the area asked about, its openings are as published. For a smaller
area, and where several occupations are projected as one, they are estimated from its :math:`E` local jobs:

.. math:: O = E \frac{O^*}{E^*},

:math:`O^*` being the openings a year and :math:`E^*` the jobs of the base year that are projected: as many
openings to a job as there. No error is published for projections, so the relative standard error that is left
is that of :math:`E` alone, and none where the openings are as published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from graph.model import Figure, LocalJobs, Outlook


def openings(
    jobs: Iterable[LocalJobs], outlooks: Mapping[str, Sequence[Outlook]], *, part: bool = False
) -> tuple[tuple[LocalJobs, ...], int]:
    """Occupations with their openings a year in place of their jobs, and how many have none projected.

    Parameters
    ----------
    jobs : iterable of LocalJobs
        With published employment.
    outlooks : mapping of str to sequence of Outlook
        By occupation: each projected occupation that it consists of, once.
    part : bool, optional
        Whether the jobs are a part of the area's, so that what is published for all of them is not theirs.

    Examples
    --------
    >>> from graph.model import Area
    >>> state = Area("5300000", "Washington", "state", "WA", "5300000")
    >>> projected = Outlook(state, "29-1141", "Nurses", 2023, 2033, Figure(60_000), openings=Figure(4_500))
    >>> local = LocalJobs("0044060", "29-1141", "Nurses", Figure(6_000), 4.0, Figure(95_000))
    >>> cook = replace(local, occupation_code="35-2014")
    >>> found, missing = openings([local, cook], {"29-1141": [projected]})
    >>> found[0].employment.value, found[0].rse, missing
    (450.0, 4.0, 1)
    """
    found: list[LocalJobs] = []
    missing = 0
    for one in jobs:
        listed = outlooks.get(one.occupation_code, ())
        published = None if part else direct(one, listed)
        rate = rate_of(listed)
        if published is not None:
            found.append(replace(one, employment=published, rse=None))
        elif rate is not None and one.employment.value is not None:
            found.append(replace(one, employment=Figure(one.employment.value * rate)))
        else:
            missing += 1
    return tuple(found), missing


def direct(one: LocalJobs, listed: Sequence[Outlook]) -> Figure | None:
    """Openings as published for the very occupation and area; ``None`` where they have to be estimated."""
    if len(listed) != 1 or listed[0].openings.value is None:
        return None
    outlook = listed[0]
    same = outlook.area.code == one.area_code and outlook.occupation_code == one.occupation_code
    return outlook.openings if same else None


def rate_of(listed: Sequence[Outlook]) -> float | None:
    """Openings a year to a job of the base year, over all that an occupation consists of."""
    openings_a_year = bases = 0.0
    for one in listed:
        if one.openings.value is not None and one.employment_base.value:
            openings_a_year += one.openings.value
            bases += one.employment_base.value
    return openings_a_year / bases if bases else None

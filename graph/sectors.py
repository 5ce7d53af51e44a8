r"""Jobs of an area by industry sector, where occupations by sector are published for the nation alone.

For the nation an occupation's jobs in a sector are as published. For a smaller area they are estimated from
its :math:`E` jobs there:

.. math:: E_k = E \frac{E^*_k}{E^*},

:math:`E^*_k` of the nation's :math:`E^*` jobs of the occupation being in sector *k*: the same share as in the
nation is taken. The relative standard error is :math:`\sqrt{r^2 + r_k^{*2} + r^{*2}}`, errors taken as
independent; since the sector's jobs are part of the nation's, that is rather too wide than too narrow. It is
the error of sampling; that the area's share may be another is not in it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace

from graph.model import Figure, LocalJobs


def within(
    jobs: Iterable[LocalJobs],
    sector: Mapping[str, LocalJobs],
    nation: Mapping[str, LocalJobs],
    nation_code: str,
) -> tuple[tuple[LocalJobs, ...], int]:
    """Occupations with their jobs in a sector, and how many of which those are not published.

    Occupations that the sector has no row of are not in it.

    Parameters
    ----------
    jobs : iterable of LocalJobs
        With published employment, over all industries.
    sector, nation : mapping of str to LocalJobs
        By occupation: the nation's, in the sector and in all industries.
    nation_code : str
        OEWS area code of the nation.

    Examples
    --------
    >>> def of(area, count, rse):
    ...     return {"29-1141": LocalJobs(area, "29-1141", "Nurses", Figure(count), rse, Figure(95_000))}
    >>> local, sector = of("0044060", 6_000, 4.0), of("0000000", 2_700_000, 3.0)
    >>> nation = of("0000000", 3_000_000, 0.0)
    >>> found, unknown = within(local.values(), sector, nation, "0000000")
    >>> found[0].employment.value, found[0].rse, unknown
    (5400.0, 5.0, 0)
    """
    found: list[LocalJobs] = []
    unknown = 0
    for one in jobs:
        there = sector.get(one.occupation_code)
        if there is None:
            continue
        if one.area_code == nation_code and there.employment.value is not None:
            found.append(replace(one, employment=there.employment, rse=there.rse))
            continue
        whole = nation.get(one.occupation_code)
        if there.employment.value is None or whole is None or not whole.employment.value:
            unknown += 1
            continue
        share = min(there.employment.value / whole.employment.value, 1.0)
        errors = [each.rse for each in (one, there, whole) if each.rse is not None]
        jobs_there = Figure((one.employment.value or 0.0) * share)
        found.append(replace(one, employment=jobs_there, rse=math.hypot(*errors) if errors else None))
    return tuple(found), unknown

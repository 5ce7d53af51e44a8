"""What an occupation usually takes to enter: by BLS's typical education, or by O*NET's job zones.

Either is a scale of levels, the lowest first. An occupation that consists of several has a level only where
all of them that are told have the same one: what is between two levels is not made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.model import LocalJobs, Outlook, Preparation

EDUCATION = (
    "No formal educational credential",
    "High school diploma or equivalent",
    "Some college, no degree",
    "Postsecondary nondegree award",
    "Associate's degree",
    "Bachelor's degree",
    "Master's degree",
    "Doctoral or professional degree",
)
"""Typical education needed for entry: BLS, Employment Projections, Table 5.4; the terms as published."""

ZONES = 5


def by_education(outlooks: Mapping[str, Sequence[Outlook]]) -> dict[str, int]:
    """Level of each occupation in `EDUCATION`, from 1; those without one are absent.

    Examples
    --------
    >>> from graph.model import Area
    >>> nation = Area("0000000", "United States", "nation", None, "0000000")
    >>> def of(*words):
    ...     return [Outlook(nation, "29-1141", "Nurses", 2024, 2034, entry_education=word) for word in words]
    >>> nurses, analysts = of("Bachelor\u2019s degree"), of("Associate's degree", "Master's degree")
    >>> by_education({"29-1141": nurses, "13-1020": analysts})
    {'29-1141': 6}
    """
    rank = {name.casefold(): level for level, name in enumerate(EDUCATION, 1)}

    def level(outlook: Outlook) -> int | None:
        return rank.get(outlook.entry_education.strip().replace("\u2019", "'").casefold())

    return _agreed({code: [level(one) for one in listed] for code, listed in outlooks.items()})


def by_zone(preparations: Iterable[Preparation], occupation_of: Mapping[str, str]) -> dict[str, int]:
    """Job zone of each occupation, 1 to `ZONES`: its own role's, else that of all its roles if they agree.

    Examples
    --------
    >>> listed = [Preparation("29-1141.00", 4), Preparation("29-1141.01", 5), Preparation("15-1299.08", 4)]
    >>> by_zone(listed, {one.role_code: one.role_code[:7] for one in listed})
    {'29-1141': 4, '15-1299': 4}
    """
    zones: dict[str, dict[str, int | None]] = {}
    for one in preparations:
        occupation = occupation_of.get(one.role_code)
        if occupation is not None and one.job_zone is not None:
            zones.setdefault(occupation, {})[one.role_code] = one.job_zone
    return _agreed(
        {
            code: [listed[f"{code}.00"]] if f"{code}.00" in listed else list(listed.values())
            for code, listed in zones.items()
        }
    )


def needing(
    jobs: Iterable[LocalJobs], levels: Mapping[str, int], level: int, *, below: bool
) -> tuple[tuple[LocalJobs, ...], int]:
    """Occupations that usually need a level, or less than it, and how many of which it is not told."""
    found: list[LocalJobs] = []
    untold = 0
    for one in jobs:
        own = levels.get(one.occupation_code)
        if own is None:
            untold += 1
        elif own < level if below else own == level:
            found.append(one)
    return tuple(found), untold


def _agreed(levels: Mapping[str, Sequence[int | None]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for code, listed in levels.items():
        told = {level for level in listed if level is not None}
        if len(told) == 1:
            found[code] = told.pop()
    return found

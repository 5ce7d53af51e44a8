"""What only likeness between roles needs of an O*NET text release: alternate titles, work activities.

Neither is kept in the database. A release without one of the files has none of it; a file that is
there must be whole. Both layouts, before and since 30.3, call these files the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from data.errors import InputFault
from data.official import TextRelease

CODE = "O*NET-SOC Code"
ALTERNATE = "Alternate Titles.txt"
ACTIVITIES, ACTIVITY_NAMES = "Tasks to DWAs.txt", "DWA Reference.txt"


@dataclass(frozen=True, slots=True)
class Described:
    """Alternate titles and detailed work activities by role code; an activity once for each of its tasks."""

    titles: Mapping[str, tuple[str, ...]]
    activities: Mapping[str, tuple[str, ...]]


def load(release: TextRelease, roles: frozenset[str]) -> Described:
    """Titles and activities of the release's roles.

    Raises
    ------
    InputFault
        If a file is cut short, lacks a column, or names what the release does not have.
    """
    titles = activities = {}
    if release.has(ALTERNATE):
        titles = _by_role(_known(release, ALTERNATE, "Alternate Title", roles))
    if release.has(ACTIVITIES):
        done = _known(release, ACTIVITIES, "DWA ID", roles)
        names = release.table(ACTIVITY_NAMES, ("DWA ID", "DWA Title"))
        named = dict(zip(names["DWA ID"], names["DWA Title"], strict=True))
        unnamed = ~done["DWA ID"].isin(named)
        if unnamed.any():
            first = done["DWA ID"][unnamed].iloc[0]
            raise InputFault(release.called(ACTIVITIES), f"has activity {first!r}, which has no name")
        activities = _by_role(done.assign(**{"DWA ID": done["DWA ID"].map(named)}))
    return Described(titles, activities)


def _known(release: TextRelease, file: str, column: str, roles: frozenset[str]) -> pd.DataFrame:
    frame = release.table(file, (CODE, column))
    unknown = ~frame[CODE].isin(roles)
    if unknown.any():
        raise InputFault(release.called(file), f"has an unknown occupation, {frame[CODE][unknown].iloc[0]!r}")
    return frame


def _by_role(frame: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    return {str(code): tuple(own) for code, own in frame.groupby(CODE)[frame.columns[1]]}

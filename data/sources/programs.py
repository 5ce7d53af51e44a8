"""What teaches what: a county's table of programmes, or a state's list of eligible training providers.

The list is read as the Department of Labor lays it out (form ETA-9171, and the download of
TrainingProviderResults.gov). A programme teaches the skills that the table names by their addresses; what
it is called or says of itself is never taken for more. The occupations that a list names say whom it is
for, not what it teaches.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd

from data import local_table
from data.errors import InputFault
from data.local_table import WITHHELD, numbers, refuse

OWN = {
    "id": (),
    "name": (),
    "provider": (),
    "place": (),
    "credential": (),
    "url": (),
    "skills": (),
    "occupations": (),
    "cost": (),
    "weeks": (),
    "completion": (),
    "employed": (),
    "earnings": (),
}
# Names in the download, in the scorecard behind it, and of the form's elements. (The number of the
# element stands before some of them.)
LISTED: Mapping[str, tuple[str, ...]] = {
    "name": ("programname", "nameofprogram", "nameofprogramofstudy", "nameoftrainingprogram"),
    "provider": ("eligibletrainingprovider", "etp", "nameofeligibletrainingprovider"),
    "city": ("city", "addresscity", "trainingprovideraddresscity"),
    "state": ("state", "addressstate", "trainingprovideraddressstate"),
    "credential": ("associatedcredential", "nameofassociatedcredential"),
    "url": ("programurl", "urloftrainingprogram", "trainingprogramurl"),
    "skills": ("skills",),
    "soc_1": ("programsococcupation1", "programsococc1"),
    "soc_2": ("programsococcupation2", "programsococc2"),
    "soc_3": ("programsococcupation3", "programsococc3"),
    "tuition": ("nonwioatuitioncost",),
    "supplies": ("nonwioasuppliescost",),
    "weeks": ("programlengthweeks",),
    "completion": ("ccompletedpercent",),
    "employed": ("cq2employmentpercent",),
    "earnings": ("cmedianearnings",),
}
ELEMENT = re.compile(r"^(field|de?\d{3})(?=[a-z])")
NOT_REPORTED = WITHHELD | {"-1", "-1.0"}
BOUNDS = {
    "cost": (0, 1_000_000),
    "weeks": (0, 600),
    "completion": (0, 100),
    "employed": (0, 100),
    "earnings": (0, 1_000_000),
}
SITE = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?", re.IGNORECASE)
BETWEEN = re.compile(r"[\s;|]+")
TABLES = {
    "program": ["id", "name", "provider", "place", "credential", "url", *BOUNDS],
    "program_skill": ["program_id", "skill_id"],
    "program_role": ["program_id", "role_code"],
}


def load(
    path: Path, skill_ids: Mapping[str, str], roles: pd.Series
) -> tuple[dict[str, pd.DataFrame], tuple[str, ...]]:
    """The tables ``program``, ``program_skill`` and ``program_role``, and what was left out.

    Parameters
    ----------
    path : Path
        CSV file or workbook.
    skill_ids : mapping of str to str
        Skill id by its address and by itself.
    roles : Series of str
        O*NET-SOC codes.

    Raises
    ------
    InputFault
        If the table is neither; if it names an unknown skill; if a table of our own columns names an
        unknown occupation. Codes that a state's list has and the O*NET release has not are left out.
    """
    named = local_table.headings(path)
    listed = bool({ELEMENT.sub("", name) for name in named} & set(LISTED["provider"]))
    cells = _listed(path, named) if listed else _own(path)
    refuse(path, cells.name == "", "has no name")
    refuse(path, cells.provider == "", "has no provider")
    given = cells.id[cells.id != ""]
    refuse(path, given[given.duplicated()], "the id {!r} stands there twice")
    ids = cells.id.where(
        cells.id != "", "program-" + pd.Series(range(1, len(cells) + 1), cells.index).astype(str)
    )
    program = cells.assign(id=ids, url=_addresses(path, cells.url, strict=not listed))
    taught = _each(cells.skills)
    refuse(path, taught[~taught.isin(skill_ids)], "{!r} is not a skill of the vocabularies loaded")
    skill = pd.DataFrame({"program_id": ids.reindex(taught.index), "skill_id": taught.map(skill_ids)})
    role, notes = _roles(path, cells.occupations, ids, roles, strict=not listed)
    if skill.empty and role.empty:
        raise InputFault(path, "names no skill and no occupation for any program, by which it could be found")
    frames = {"program": program, "program_skill": skill, "program_role": role}
    return {name: frames[name][columns].drop_duplicates() for name, columns in TABLES.items()}, notes


def _own(path: Path) -> pd.DataFrame:
    cells = local_table.read(path, OWN, ("name", "provider"))
    for name, (low, high) in BOUNDS.items():
        cells[name] = numbers(path, cells[name], low, high)
    return cells


def _listed(path: Path, named: set[str]) -> pd.DataFrame:
    spelled = {ELEMENT.sub("", name): name for name in named}
    names = {
        ours: tuple(spelled[each] for each in theirs if each in spelled) for ours, theirs in LISTED.items()
    }
    cells = local_table.read(path, names, ("name", "provider"), footnotes=True)
    cells = cells[(cells.name != "") & (cells.provider != "")]
    figures = {
        name: numbers(path, cells[name], 0, 10**9, withheld=NOT_REPORTED)
        for name in ("tuition", "supplies", "weeks", "completion", "employed", "earnings")
    }
    # What one part of the cost is unknown of has no known cost. No programme takes no time.
    cost = figures["tuition"] + figures["supplies"]
    weeks = figures["weeks"].where(figures["weeks"] > 0)
    # Shares of 0-1 in the list; anything else is no share that can be shown.
    rates = {name: 100 * figures[name].where(figures[name] <= 1) for name in ("completion", "employed")}
    earnings = figures["earnings"].where(figures["earnings"] > 0)
    found = {"cost": cost, "weeks": weeks, **rates, "earnings": earnings}
    place = cells.city + cells.state.where((cells.city == "") | (cells.state == ""), ", " + cells.state)
    return cells.assign(
        id="",
        place=place,
        occupations=cells.soc_1 + " " + cells.soc_2 + " " + cells.soc_3,
        **{name: each.where(each <= BOUNDS[name][1]) for name, each in found.items()},
    )


def _roles(
    path: Path, occupations: pd.Series, ids: pd.Series, roles: pd.Series, *, strict: bool
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Programme and role, for each role of the occupations that are named."""
    codes = _each(occupations)
    soc = local_table.soc(codes)
    # A full O*NET-SOC code is that role alone; but a state's list fills six digits up with two noughts.
    exact = codes.where(codes.isin(roles) & (strict | ~codes.str.endswith(".00")))
    by_soc = roles.groupby(roles.str[:7]).agg(list).to_dict()
    unknown = codes[exact.isna() & ~soc.isin(list(by_soc))]
    if strict:
        refuse(path, unknown, "{!r} is not an occupation of the O*NET release")
    rows = [
        (ids[line], role)
        for line, one, occupation in zip(codes.index, exact, soc, strict=True)
        for role in ([one] if isinstance(one, str) else by_soc.get(occupation, ()))
    ]
    notes: tuple[str, ...] = ()
    if not unknown.empty:
        notes = (
            f"{path.name}: {len(unknown)} occupation codes are not in the O*NET release, the first in "
            f"line {unknown.index[0]}: {unknown.iloc[0]!r}; left out",
        )
    return pd.DataFrame(rows, columns=["program_id", "role_code"]), notes


def _each(cells: pd.Series) -> pd.Series:
    """The words of cells, each with the line it stands in."""
    words = cells.str.strip().str.split(BETWEEN).explode()
    return words[words.notna() & (words != "")].astype(object)


def _addresses(path: Path, cells: pd.Series, *, strict: bool) -> pd.Series:
    """Addresses that a page may link to; a state's list may leave https:// away."""
    good = cells.map(_is_address)
    if strict:
        refuse(path, cells[(cells != "") & ~good], "url is {!r}; it begins with https:// or http://")
        return cells
    site = ~good & cells.str.fullmatch(SITE)
    return cells.where(good, ("https://" + cells).where(site, ""))


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)

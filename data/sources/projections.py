"""Employment projections: the nation's by BLS (Table 1.2), states' by their own agencies.

BLS's workbook has a row for each occupation of the National Employment Matrix, whose codes are the
SOC's but where occupations are projected together; only its line items are read, not its summaries.
States have a table of our own columns, or the one of Projections Central.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from data import local_table, sheets
from data.errors import InputFault
from data.local_table import WITHHELD, numbers, refuse

NATION = "0000000"
THOUSAND = 1000
# All jobs of the nation in thousands lie between these; in single jobs they would not.
FEWEST, MOST = 50_000, 1_000_000
TABLE = re.compile(r"\b1\.2\b")
YEARS = re.compile(r"(?:19|20)\d\d")
# What each of BLS's long headers begins with, letters and digits only, without its years and footnotes.
OFFICIAL = {
    "occupation_title": "nationalemploymentmatrixtitle",
    "occupation_code": "nationalemploymentmatrixcode",
    "kind": "occupationtype",
    "employment": "employment",
    "change_percent": "employmentchangepercent",
    "openings": "occupationalopeningsannualaverage",
    "entry_education": "typicaleducationneededforentry",
    "experience": "workexperienceinarelatedoccupation",
    "training": "typicalonthejobtrainingneededtoattaincompetencyintheoccupation",
}
WORDS = ("entry_education", "experience", "training")

OWN = {
    "area": ("state",),
    "occupation_code": (),
    "occupation_title": ("title",),
    "base_year": (),
    "target_year": (),
    "employment_base": (),
    "employment_target": (),
    "change_percent": (),
    "openings": (),
}
CENTRAL = {
    "area": ("stfips", "statefips", "areaname", "area"),
    "occupation_code": ("occcode", "occupationcode"),
    "occupation_title": ("title", "occupationname"),
    "base_year": ("baseyear",),
    "target_year": ("projyear", "projectedyear"),
    "employment_base": ("base",),
    "employment_target": ("projected", "proj", "projection"),
    "change_percent": ("percentchange",),
    "openings": ("avgannualopenings", "averageannualopenings"),
}
NEEDED = ("area", "occupation_code", "base_year", "target_year", "employment_base", "employment_target")
COLUMNS = [
    "area_code",
    "occupation_code",
    "occupation_title",
    "base_year",
    "target_year",
    "employment_base",
    "employment_target",
    "change_percent",
    "openings",
    *WORDS,
    "source_id",
]


def of_the_nation(path: Path) -> tuple[pd.DataFrame, str]:
    """BLS's projections of the nation: the table ``projection``, and the years such as ``2024-34``.

    Parameters
    ----------
    path : Path
        ``occupation.xlsx``, or another workbook with Table 1.2.

    Raises
    ------
    InputFault
        If it is no such workbook.
    """
    rows, places, base, target = _table(path)
    cells = pd.DataFrame(
        [[_cell(row, place) for place in places.values()] for _, row in rows],
        index=[line for line, _ in rows],
        columns=[*places],
        dtype=object,
    )
    cells["occupation_code"] = cells.occupation_code.str.strip()
    coded = cells.occupation_code.str.fullmatch(r"\d\d-\d{4}")
    figures = {
        name: numbers(path, cells[name][coded], low, high, withheld=WITHHELD)
        for name, low, high in (
            ("employment_base", 0, MOST * THOUSAND),
            ("employment_target", 0, MOST * THOUSAND),
            ("change_percent", -100, 10_000),
            ("openings", 0, MOST * THOUSAND),
        )
    }
    everything = figures["employment_base"][cells.occupation_code[coded] == "00-0000"]
    if not everything.empty and not everything.between(FEWEST, MOST).all():
        raise InputFault(
            path,
            f"has {everything.iloc[0]:,.0f} jobs in all, which cannot be in thousands as BLS writes them",
        )
    # BLS rounds to a hundred jobs; what is not a line item sums others up.
    frame = pd.DataFrame(
        {
            "area_code": NATION,
            "occupation_code": cells.occupation_code[coded],
            "occupation_title": cells.occupation_title[coded].str.strip(),
            "base_year": base,
            "target_year": target,
            **{
                name: figure if name == "change_percent" else (figure * THOUSAND).round()
                for name, figure in figures.items()
            },
            **{name: _words(cells[name][coded]) for name in WORDS},
            "source_id": "projections",
        }
    )
    frame = frame[cells.kind[coded].str.strip().str.lower() == "line item"]
    if frame.empty:
        raise InputFault(path, "has no line items in Table 1.2")
    refuse(path, frame.occupation_code[frame.occupation_code.duplicated()], "{} stands there twice")
    return frame[COLUMNS], f"{base}-{target % 100:02}"


def of_states(path: Path, states: pd.DataFrame, known: set[str]) -> tuple[pd.DataFrame, str, tuple[str, ...]]:
    """States' projections: the table ``projection``, its years, and what was left out.

    Parameters
    ----------
    path : Path
        A CSV file or workbook with our own columns, or with those of Projections Central.
    states : DataFrame
        fips, postal, name.
    known : set of str
        Occupation codes, those of groups too.

    Raises
    ------
    InputFault
        If the table is not that, or names a place that is no state. An unknown occupation is refused in
        a table of our own columns; in one that an agency published it is left out.
    """
    own = "employmentbase" in local_table.headings(path)
    cells = local_table.read(path, OWN if own else CENTRAL, NEEDED, footnotes=not own)
    area = cells.area.map(lambda written: _state(written, states))
    refuse(path, cells.area[area.isna()], "{!r} is no state")
    if own:
        refuse(path, cells.area[area == NATION], "{!r} is the nation; its projections are BLS's")
    code = local_table.soc(cells.occupation_code)
    if own:
        refuse(path, cells.occupation_code[code.isna()], "{!r} is no occupation code of the SOC")
        refuse(path, code[~code.isin(known)], "{!r} is not an occupation of the O*NET and OEWS releases")
    frame = pd.DataFrame(
        {
            "area_code": area,
            "occupation_code": code,
            "occupation_title": cells.occupation_title,
            **{name: numbers(path, cells[name], 1990, 2100) for name in ("base_year", "target_year")},
            **{
                name: numbers(path, cells[name], low, high, withheld=WITHHELD)
                for name, low, high in (
                    ("employment_base", 0, 10**9),
                    ("employment_target", 0, 10**9),
                    ("change_percent", -100, 10**6),
                    ("openings", 0, 10**9),
                )
            },
            **dict.fromkeys(WORDS, ""),
            "source_id": "state_projections",
        }
    )
    refuse(path, ~(frame.base_year < frame.target_year), "base_year is not before target_year")
    if not own:
        frame = frame[frame.area_code != NATION]
    left_out = frame.occupation_code[~frame.occupation_code.isin(known)]
    frame = frame.drop(left_out.index)
    twice = frame.duplicated(["area_code", "occupation_code"])
    refuse(path, frame.occupation_code[twice], "{} stands there twice for its state")
    frame = _finest(frame)
    if frame.empty:
        raise InputFault(path, "has no projections of occupations of any state")
    computed = 100 * (frame.employment_target / frame.employment_base.where(frame.employment_base > 0) - 1)
    frame["change_percent"] = frame.change_percent.fillna(computed.round(1))
    frame = frame.astype({"base_year": int, "target_year": int})
    years = sorted({(base, target) for base, target in zip(frame.base_year, frame.target_year, strict=True)})
    notes: tuple[str, ...] = ()
    if not left_out.empty:
        notes = (
            f"{path.name}: {len(left_out)} rows name occupations that the O*NET and OEWS releases lack, "
            f"the first in line {left_out.index[0]}; left out",
        )
    return frame[COLUMNS], ", ".join(f"{base}-{target % 100:02}" for base, target in years), notes


def _finest(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows without those that sum up others of their state, and without the groups above."""
    code = frame.occupation_code
    group = code.str.endswith("00")
    broad = frame.area_code + code.str[:6]
    summed = code.str.endswith("0") & broad.isin(broad[~code.str.endswith("0")])
    return frame[~group & ~summed].copy()


def _state(written: str, states: pd.DataFrame) -> str | None:
    """The OEWS code of a state by its name, postal abbreviation, FIPS code or OEWS code."""
    folded = written.strip().lower()
    if folded in ("us", "u.s.", "united states", "0", "00", "99", NATION):
        return NATION
    for fips, postal, name in zip(states.fips, states.postal, states.name, strict=True):
        if folded in (fips, fips.lstrip("0"), postal.lower(), name.lower(), fips + "00000"):
            return fips + "00000"
    return None


def _table(path: Path) -> tuple[list[tuple[int, list]], dict[str, int], int, int]:
    """Rows of Table 1.2 below its header, the place of each column, and the two years."""
    if not sheets.is_workbook(path):
        # The same words as of a workbook that was cut short, where it is one.
        for _ in sheets.worksheets(path):
            break
    best: InputFault | None = None
    for name, rows in sheets.worksheets(path):
        if not TABLE.search(name):
            continue
        numbered = list(enumerate(rows, 1))
        for line, row in numbered:
            heads = [str(cell) for cell in row]
            if any("matrix code" in head.lower() for head in heads):
                places, base, target = _columns(path, heads)
                return numbered[line:], places, base, target
        best = InputFault(path, f"has no row of column names in {name}")
    raise best or InputFault(path, "has no Table 1.2")


def _columns(path: Path, heads: list[str]) -> tuple[dict[str, int], int, int]:
    told = [local_table.plain(re.sub(r"\[\d+\]", "", head)) for head in heads]
    bare = [re.sub(r"\d+", "", each) for each in told]
    places = {}
    for name, wanted in OFFICIAL.items():
        found = [place for place, each in enumerate(bare) if each == wanted]
        if name == "employment":
            # Two columns of this name: the year tells which is which.
            years = [(int(match[0]), place) for place in found if (match := YEARS.search(heads[place]))]
            if len(years) != 2:
                raise InputFault(path, "does not have employment in two years")
            (base, places["employment_base"]), (target, places["employment_target"]) = sorted(years)
        elif len(found) != 1:
            raise InputFault(path, f"has no column {name.replace('_', ' ')} in Table 1.2")
        else:
            places[name] = found[0]
    return places, base, target


def _cell(row: list, place: int) -> str:
    return str(row[place]) if place < len(row) else ""


def _words(cells: pd.Series) -> pd.Series:
    text = cells.str.strip()
    return text.where(~text.str.lower().isin(WITHHELD), "")

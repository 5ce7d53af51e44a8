"""The packaged OEWS release laid out as BLS lays its workbooks out."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from data.sources import oews
from tests.data.workbooks import workbook

HEADER = [
    *(
        "AREA",
        "AREA_TITLE",
        "AREA_TYPE",
        "PRIM_STATE",
        "NAICS",
        "NAICS_TITLE",
        "I_GROUP",
        "OWN_CODE",
        "OCC_CODE",
    ),
    *("OCC_TITLE", "O_GROUP", "TOT_EMP", "EMP_PRSE", "JOBS_1000", "LOC_QUOTIENT", "PCT_TOTAL", "PCT_RPT"),
    *("H_MEAN", "A_MEAN", "MEAN_PRSE", "H_PCT10", "H_PCT25", "H_MEDIAN", "H_PCT75", "H_PCT90"),
    *("A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90", "ANNUAL", "HOURLY"),
]
DESCRIBED = [
    ["Field", "Description"],
    ["* = indicates that a wage estimate is not available"],
    ["# = indicates a wage equal to or greater than $115.00 per hour or $239,200 per year"],
]
GROUPS = {0: "major", 1: "minor", 2: "broad", 3: "detailed"}
WAGES = (*range(3, 5), *range(6, 16))


def rows_of(database: sqlite3.Connection, areas: Sequence[str], states: dict[str, str]) -> list[list[object]]:
    """Rows of BLS's layout for some areas, summaries of occupations too."""
    names = {
        row[0]: row[1:]
        for row in database.execute("SELECT area_code, areatype_code, state_code, area_name FROM area")
    }
    occupations = {
        row[0]: row[1:]
        for row in database.execute("SELECT occupation_code, occupation_name, display_level FROM occupation")
    }
    rows = []
    for area in areas:
        type_code, state, title = names[area]
        where = place(area, type_code, state, title, states)
        found = database.execute(
            "SELECT * FROM cell WHERE substr(key, 5, 7) = ? AND substr(key, 12, 6) = '000000'", [area]
        )
        for key, *cells in found:
            code = key[17:23]
            name, level = occupations[code]
            group = "total" if code == "000000" else GROUPS[level]
            rows.append(
                [
                    *where,
                    "000000",
                    "Cross-industry",
                    "cross-industry",
                    "1235",
                    f"{code[:2]}-{code[2:]}",
                    name,
                    group,
                    *figures(cells[:17], cells[17:]),
                ]
            )
    return rows


def place(area: str, kind: str, state: str, title: str, states: dict[str, str]) -> list[object]:
    if kind == "N":
        return ["99", "U.S.", "1", "US"]
    if kind == "S":
        return [area[:2], title, "3" if area[:2] in ("66", "72", "78") else "2", states[state]]
    if "nonmetropolitan" in title:
        # The leading nought goes where a sheet takes the code for a number.
        return [int(area), title, "6", states[state]]
    return [area[2:], title, "4", states[state]]


def figures(values: Sequence[str | None], notes: Sequence[str | None]) -> list[object]:
    def written(number: int) -> object:
        value, note = values[number - 1], notes[number - 1]
        if note == "5":
            return "#"
        if value == "-":
            return "*" if number in (*WAGES, 5) else "**"
        return None if value is None else float(value)

    annual = notes[2] == "4"
    hourly = notes[3] == "4"
    return [
        *(written(number) for number in (1, 2, 16, 17)),
        None,
        "~",
        *(written(number) for number in (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)),
        True if annual else None,
        True if hourly else None,
    ]


def packaged(path: Path, scratch: Path) -> sqlite3.Connection:
    """The packaged release, opened."""
    return sqlite3.connect(oews.unpack(path, scratch))


def written(path: Path, rows: list[list[object]], *, described: bool = True, sheet: str = "Sheet1") -> Path:
    """A workbook of rows in BLS's layout."""
    sheets = {sheet: [HEADER, *rows]}
    return workbook(path, {**sheets, "Field Descriptions": DESCRIBED} if described else sheets)

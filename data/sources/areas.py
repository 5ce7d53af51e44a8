"""Which OEWS area a county's figures are published in.

Read from a table of our own columns, or from BLS's area definitions, a workbook with a row for each
county, or (in New England, until the release of May 2023) for each township. A county whose townships lie
in several areas has the area of most of them, the lower code where two have as many: the workbook says
nothing of how many people live in each.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from data import local_table, sheets
from data.errors import InputFault
from data.sources.tables import read_table

COLUMNS = ("county_fips", "county_name", "state", "area_code", "area_name")
# What the definitions' headers are once the month, the year and what stands in brackets are off.
OFFICIAL = {
    "state_fips": ("fipscode", "fips"),
    "state": ("stateabbreviation",),
    "county": ("countycode",),
    "township": ("townshipcode",),
    "county_name": ("countyname",),
    "area_code": ("areacode", "msacode"),
    "area_name": ("areatitle", "areaname", "msatitle", "msaname"),
}
BESIDE = re.compile(r"\(.*?\)|\b(?:May|Nov\w*) 20\d\d\b", re.IGNORECASE)
MAY = re.compile(r"\bMay (20\d\d)\b|_m(20\d\d)", re.IGNORECASE)


def load(listing: Path) -> tuple[pd.DataFrame, str, tuple[str, ...]]:
    """Counties and their areas, which definitions these are, and what was decided.

    Returns
    -------
    DataFrame
        county_fips, county_name, state, area_code, area_name; a county once. The name is empty where only
        townships are listed.
    str
        Such as ``May 2025 area definitions``, or the name of the file.
    tuple of str
        Which counties had to be given one of several areas.

    Raises
    ------
    InputFault
        If the file is neither kind of listing; if a CSV lists a county twice.
    """
    if sheets.is_workbook(listing):
        return _definitions(listing)
    frame = read_table(listing, COLUMNS)
    if frame.empty:
        raise InputFault(listing, "lists no county")
    wrong = frame.county_fips[~frame.county_fips.str.fullmatch(r"\d{5}")]
    if not wrong.empty:
        raise InputFault(listing, f"has {wrong.iloc[0]!r} where a county's five-digit FIPS code should be")
    twice = frame.county_fips[frame.county_fips.duplicated()]
    if not twice.empty:
        raise InputFault(listing, f"lists {twice.iloc[0]} twice")
    return frame, listing.name, ()


def _definitions(listing: Path) -> tuple[pd.DataFrame, str, tuple[str, ...]]:
    cells, heads = _table(listing)
    frame = pd.DataFrame(
        {
            "county_fips": cells.state_fips.str.zfill(2) + cells.county.str.zfill(3),
            # Where the row is a township's, so is the name.
            "county_name": cells.county_name.where(cells.township.str.strip("0") == "", ""),
            "state": cells.state,
            # Five digits are a metropolitan area's; of seven, a sheet may have lost the nought in front.
            "area_code": cells.area_code.str.zfill(5).str.rjust(7, "0"),
            "area_name": cells.area_name,
        }
    )
    wrong = ~(frame.county_fips.str.fullmatch(r"\d{5}") & frame.area_code.str.fullmatch(r"\d{7}"))
    local_table.refuse(
        listing, frame.county_fips[wrong], "{!r} is no county's FIPS code, or its area's is none"
    )
    townships = frame.groupby(["county_fips", "area_code"]).size().rename("townships").reset_index()
    most = townships.sort_values(["county_fips", "townships", "area_code"], ascending=[True, False, True])
    chosen = most.drop_duplicates("county_fips")[["county_fips", "area_code"]]
    split = most.county_fips[most.county_fips.duplicated()].unique()
    placed = chosen.merge(frame.drop_duplicates(["county_fips", "area_code"]))
    notes: tuple[str, ...] = ()
    if len(split):
        notes = (
            f"{listing.name}: {len(split)} counties lie in several areas by their townships, the first is "
            f"{split[0]}; each has the area of most of its townships",
        )
    year = MAY.search(" ".join(heads)) or MAY.search(listing.name)
    release = f"May {year[1] or year[2]} area definitions" if year else listing.name
    return placed[[*COLUMNS]], release, notes


def _table(listing: Path) -> tuple[pd.DataFrame, list[str]]:
    """Cells of the first sheet that has the columns, by line, and the headers as they are written."""
    missing: list[str] = []
    for _, rows in sheets.worksheets(listing):
        places: dict[str, int] = {}
        heads: list[str] = []
        kept: dict[int, list[str]] = {}
        for line, row in enumerate(rows, 1):
            cells = [local_table.text(cell) for cell in row]
            if places:
                if sum(cell != "" for cell in cells) > 1:
                    kept[line] = [cells[place] if place >= 0 else "" for place in places.values()]
                continue
            heads, bare = cells, [local_table.plain(BESIDE.sub("", cell)) for cell in cells]
            found = {
                name: next((at for at, head in enumerate(bare) if head in spellings), -1)
                for name, spellings in OFFICIAL.items()
            }
            if found["county"] >= 0:
                missing = [
                    name.replace("_", " ") for name, at in found.items() if at < 0 and name != "township"
                ]
                if missing:
                    break
                places = found
        if kept:
            return pd.DataFrame.from_dict(kept, orient="index", columns=[*places], dtype=object), heads
        if places:
            raise InputFault(listing, "lists no county")
    what = f"has no column {', '.join(missing)}" if missing else "has no column of county codes"
    raise InputFault(listing, f"{what} of BLS's area definitions")

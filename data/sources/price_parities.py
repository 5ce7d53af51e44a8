"""Regional price parities: a table of our own columns, or BEA's downloads (SARPP, MARPP, PARPP).

BEA publishes one for each state, each metropolitan area, and each state's nonmetropolitan portion; the
last is taken for every nonmetropolitan area of the state.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pandas as pd

from data import local_table, sheets
from data.errors import InputFault
from data.local_table import WITHHELD, numbers, refuse

OWN = {"area_code": (), "year": (), "index": ("priceindex",)}
LOW, HIGH = 20, 500
"""No area's price level is a fifth of the nation's, or five times it."""
ALL_ITEMS = re.compile(r"rpps?\W*all items", re.IGNORECASE)
YEAR = re.compile(r"(19|20)\d\d")
PORTION = re.compile(r"\((non)?metropolitan portion\)", re.IGNORECASE)


def load(path: Path, scratch: Path, areas: pd.DataFrame) -> tuple[pd.DataFrame, str, tuple[str, ...]]:
    """The table ``price_parity``, its year or years, and what was left out.

    Parameters
    ----------
    path : Path
        A CSV file or workbook, BEA's zip, or a folder of any of them.
    scratch : Path
        Where a zip is unpacked.
    areas : DataFrame
        code, kind, state of the areas with figures.

    Raises
    ------
    InputFault
        If it is none of that. An unknown area is refused in a table of our own columns; what BEA publishes
        beside is left out.
    """
    notes: list[str] = []
    found = [_one(file, areas, notes) for file in _files(path, scratch)]
    if not found:
        raise InputFault(path, "has no table of regional price parities")
    frame = pd.concat(found, ignore_index=True)
    # The newest year of each area; where two files have it, they have to say the same.
    frame = frame.drop_duplicates().sort_values(["area_code", "year"])
    frame = frame[frame.year == frame.groupby("area_code").year.transform("max")]
    twice = frame.area_code[frame.area_code.duplicated()]
    if not twice.empty:
        raise InputFault(path, f"has two price levels of {twice.iloc[0]} in one year")
    years = sorted(set(frame.year))
    return frame, str(years[-1]) if len(years) == 1 else f"{years[0]}-{years[-1]}", tuple(notes)


def _files(path: Path, scratch: Path) -> list[Path]:
    if path.is_dir():
        inside = sorted(each for each in path.rglob("*") if each.suffix.lower() in (".csv", ".xlsx", ".zip"))
        return [file for each in inside for file in _files(each, scratch)]
    try:
        with path.open("rb") as stream:
            packed = stream.read(2) == b"PK"
    except OSError as error:
        raise InputFault(path, f"cannot be read: {error.strerror}") from error
    if packed and not sheets.is_workbook(path):
        members = sheets.unpack(path, Path(tempfile.mkdtemp(dir=scratch)), (".csv",))
        # BEA packs a note on its codes beside the table.
        return [each for each in members if "geofips" in local_table.headings(each)]
    return [path]


def _one(path: Path, areas: pd.DataFrame, notes: list[str]) -> pd.DataFrame:
    named = local_table.headings(path)
    if "geofips" in named:
        return _published(path, areas, notes, sorted(name for name in named if YEAR.fullmatch(name)))
    cells = local_table.read(path, OWN, OWN)
    unknown = ~cells.area_code.isin(areas.code)
    refuse(path, cells.area_code[unknown], "{!r} is not an area of the OEWS release")
    frame = pd.DataFrame(
        {
            "area_code": cells.area_code,
            "year": numbers(path, cells.year, 1990, 2100),
            "price_index": numbers(path, cells["index"], LOW, HIGH),
        }
    )
    refuse(path, frame.year.isna(), "has no year")
    refuse(path, frame.price_index.isna(), "has no index")
    twice = frame.duplicated(["area_code", "year"])
    refuse(path, frame.area_code[twice], "{} stands there twice for its year")
    return frame.astype({"year": int})


def _published(path: Path, areas: pd.DataFrame, notes: list[str], years: list[str]) -> pd.DataFrame:
    """BEA's layout: a row for each area and kind of price, a column for each year."""
    if not years:
        raise InputFault(path, "has no column of a year")
    wanted = {"geofips": (), "geoname": (), "description": (), **dict.fromkeys(years, ())}
    cells = local_table.read(path, wanted, ("geofips", "geoname", "description"), footnotes=True)
    cells = cells[cells.description.str.contains(ALL_ITEMS)]
    if cells.empty:
        raise InputFault(path, "has no price levels of all items")
    rows: list[tuple[str, int, float]] = []
    unknown: list[str] = []
    known = set(areas.code)
    postal = dict(zip(areas.code[areas.kind == "state"], areas.state[areas.kind == "state"], strict=True))
    values = {year: numbers(path, cells[year], LOW, HIGH, withheld=WITHHELD) for year in years}
    for line, fips, name in zip(cells.index, cells.geofips, cells.geoname, strict=True):
        given = [(int(year), values[year][line]) for year in years if pd.notna(values[year][line])]
        if not given:
            continue
        fips = fips.strip(' "').zfill(5)
        portion = PORTION.search(name)
        if portion is None:
            code = fips[:2] + "00000" if fips.endswith("000") else "00" + fips
            codes = [code] if code in known else []
        elif portion[1]:
            state = postal.get(fips[:2] + "00000")
            codes = [*areas.code[(areas.kind == "nonmetro") & (areas.state == state)]]
        else:
            continue
        if not codes:
            unknown.append(name.strip(' "*'))
        rows += [(code, *max(given)) for code in codes]
    if unknown:
        notes.append(
            f"{path.name}: {len(unknown)} areas are not in the OEWS release, such as {unknown[0]}; left out"
        )
    if not rows:
        raise InputFault(path, "has no price level of any area of the OEWS release")
    return pd.DataFrame(rows, columns=["area_code", "year", "price_index"])

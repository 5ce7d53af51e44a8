"""OEWS as BLS publishes it: workbooks of the nation, states, metropolitan and nonmetropolitan areas.

They come in zips (``oesm25nat.zip``, ``oesm25st.zip``, ``oesm25ma.zip``, or everything in
``oesm25all.zip``), each with a row for every area, industry and occupation; read are those for all
industries together, detailed occupations and their total. Instead of a figure BLS writes a mark: ``*`` no
wage estimate, ``**`` no employment estimate, ``#`` a wage of at least the bound its field descriptions
name, ``~`` a share below half a per cent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data import sheets
from data.errors import InputFault
from data.local_table import text
from data.sources.oews import BOUND

ALL_INDUSTRIES = "000000"
EVERYBODY = "1235"
"""Ownership: private, federal, state and local government together."""
KINDS = {"1": "nation", "2": "state", "3": "state", "4": "metro", "6": "nonmetro"}
EMPLOYMENT = {
    "employment": "TOT_EMP",
    "employment_rse": "EMP_PRSE",
    "jobs_per_1000": "JOBS_1000",
    "location_quotient": "LOC_QUOTIENT",
}
WAGES = {"wage_rse": "MEAN_PRSE"}
POINTS = {"mean": "MEAN", "p10": "PCT10", "p25": "PCT25", "p50": "MEDIAN", "p75": "PCT75", "p90": "PCT90"}
HOURLY = {f"hourly_{point}": f"H_{name}" for point, name in POINTS.items()}
ANNUAL = {f"annual_{point}": f"A_{name}" for point, name in POINTS.items()}
FIGURES = {**EMPLOYMENT, **WAGES, **HOURLY, **ANNUAL}
NEEDED = ["AREA", "AREA_TITLE", "AREA_TYPE", "PRIM_STATE", "NAICS", "OCC_CODE", "OCC_TITLE", "O_GROUP"]
# The nation is not compared with itself, and its workbook need not have these; nor need any have the flags.
OPTIONAL = ["JOBS_1000", "LOC_QUOTIENT", "ANNUAL", "HOURLY", "OWN_CODE"]
COLUMNS = [*NEEDED, *(name for name in FIGURES.values() if name not in OPTIONAL)]
MOST_WORDS = 1000
MOST = 10**9
RELEASES = (re.compile(r"_M_?(20\d\d)"), re.compile(r"\bMay (20\d\d)"), re.compile(r"\boesm(\d\d)[a-z]"))


@dataclass(frozen=True, slots=True)
class Published:
    """What workbooks hold.

    Attributes
    ----------
    release : str
        Such as ``May 2025``.
    areas : DataFrame
        code, name, kind, state, oews_code, as the table ``area``.
    figures : DataFrame
        As the table ``oews``; a top-coded wage has no value yet.
    bounds : tuple of float or None
        US dollars an hour and a year from which on wages are top-coded, where a workbook says so.
    """

    release: str
    areas: pd.DataFrame
    figures: pd.DataFrame
    bounds: tuple[float, float] | None

    @property
    def whole(self) -> bool:
        """Whether there is something of the nation, of states, and of areas of either kind."""
        return set(self.areas.kind) == set(KINDS.values())

    @property
    def lacking(self) -> str:
        """The kinds of area of which there is nothing, for a sentence."""
        words = {"nation": "the nation", "state": "states", "metro": "metropolitan areas"}
        words["nonmetro"] = "nonmetropolitan areas"
        return ", ".join(word for kind, word in words.items() if kind not in set(self.areas.kind))

    @property
    def capped(self) -> bool:
        """Whether any wage is top-coded."""
        notes = self.figures[[f"{name}_note" for name in (*HOURLY, *ANNUAL)]]
        return bool((notes == "top_coded").to_numpy().any())

    def bounded(self, hourly: float, annual: float) -> pd.DataFrame:
        """The figures with the bounds as the values of top-coded wages."""
        frame = self.figures.copy()
        for names, bound in ((HOURLY, hourly), (ANNUAL, annual)):
            for name in names:
                frame.loc[frame[f"{name}_note"] == "top_coded", name] = bound
        return frame


def is_published(path: Path) -> bool:
    """Whether a path is a folder, a zip or a workbook, and so to be read here."""
    if path.is_dir():
        return True
    try:
        with path.open("rb") as stream:
            return stream.read(2) == b"PK"
    except OSError:
        return False


def files(path: Path) -> list[Path]:
    """The files that a path stands for: itself, or the zips and workbooks of a folder."""
    if not path.is_dir():
        return [path]
    found = sorted(
        each
        for each in path.rglob("*")
        if each.suffix.lower() in (".zip", ".xlsx") and not each.name.startswith(("~$", "._"))
    )
    if not found:
        raise InputFault(path, "has no workbook (xlsx) and no zip of OEWS in it")
    return found


def load(path: Path, scratch: Path) -> Published:
    """What a workbook, a zip of them, or a folder of either holds.

    Parameters
    ----------
    path : Path
    scratch : Path
        Where zips are unpacked.

    Raises
    ------
    InputFault
        If one is damaged or no workbook of OEWS, if they are of several releases, or contradict each other.
    """
    frames: list[pd.DataFrame] = []
    releases: dict[str, str] = {}
    told = ""
    for place, file in enumerate(files(path)):
        for workbook, hints in _workbooks(file, scratch / f"oews-{place}"):
            rows, words, sheet = _rows(workbook)
            told += words
            if rows is None:
                continue
            releases.setdefault(_release(workbook, (sheet, workbook.name, *hints)), workbook.name)
            frames.append(rows)
    if not frames:
        raise InputFault(path, "has no worksheet with the columns AREA, OCC_CODE and TOT_EMP of OEWS")
    if len(releases) > 1:
        raise InputFault(path, f"has workbooks of several releases: {', '.join(sorted(releases))}")
    rows = pd.concat(frames, ignore_index=True)
    if rows.empty:
        raise InputFault(path, "has no estimates for all industries together")
    areas = _areas(path, rows)
    figures = _figures(path, rows)
    bound = BOUND.search(told)
    bounds = (_amount(bound[1]), _amount(bound[2])) if bound else None
    return Published(next(iter(releases)), areas, figures, bounds)


def _workbooks(file: Path, scratch: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Each workbook of a file, with the names it came under."""
    if sheets.is_workbook(file):
        yield file, ()
        return
    found = sheets.unpack(file, scratch, (".xlsx",))
    if not found:
        raise InputFault(file, "has no workbook (xlsx) in it")
    for workbook in found:
        yield workbook, (file.name,)
        workbook.unlink()


def _rows(workbook: Path) -> tuple[pd.DataFrame | None, str, str]:
    """Rows to be read from a workbook's first sheet that has any, words of the others, the sheet's name."""
    words: list[str] = []
    frame, named = None, ""
    for name, rows in sheets.worksheets(workbook):
        places: dict[str, int] | None = None
        kept: list[list[object]] = []
        for line, row in enumerate(rows, 1):
            if places is None:
                heads = [str(cell).strip().upper() for cell in row]
                if {"AREA", "OCC_CODE", "TOT_EMP"} <= set(heads):
                    places = _places(workbook, heads)
                    continue
                if len(words) < MOST_WORDS:
                    words += [str(cell) for cell in row if cell != ""]
                continue
            if _wanted(row, places):
                kept.append([line, *(row[place] if place >= 0 else "" for place in places.values())])
        if places is not None:
            found = pd.DataFrame(kept, columns=["line", *places], dtype=object)
            frame = found if frame is None else pd.concat([frame, found], ignore_index=True)
            named = name
    if frame is not None:
        frame["workbook"] = workbook.name
    return frame, "\n".join(words) + "\n", named


def _places(workbook: Path, heads: list[str]) -> dict[str, int]:
    missing = [name for name in COLUMNS if name not in heads]
    if missing:
        raise InputFault(workbook, f"has no column {', '.join(missing)}")
    return {name: heads.index(name) if name in heads else -1 for name in (*COLUMNS, *OPTIONAL)}


def _wanted(row: list, places: dict[str, int]) -> bool:
    """All industries, everybody who employs, and a detailed occupation or the total."""
    if text(row[places["NAICS"]]).zfill(6) != ALL_INDUSTRIES:
        return False
    owned = text(row[places["OWN_CODE"]]) if places["OWN_CODE"] >= 0 else ""
    return owned in ("", EVERYBODY) and text(row[places["O_GROUP"]]).lower() in ("detailed", "total")


def _release(workbook: Path, hints: tuple[str, ...]) -> str:
    for hint in hints:
        for pattern in RELEASES:
            if match := pattern.search(hint):
                return f"May 20{match[1][-2:]}"
    raise InputFault(
        workbook,
        "does not say of which May it is; leave it the name BLS gave it, such as all_data_M_2025.xlsx",
    )


def _areas(path: Path, rows: pd.DataFrame) -> pd.DataFrame:
    rows["kind"] = rows.AREA_TYPE.map(text).map(KINDS)
    _refuse(path, rows, rows.kind.isna(), "AREA_TYPE", "is no kind of area")
    rows["area_code"] = [_area(code, kind) for code, kind in zip(rows.AREA.map(text), rows.kind, strict=True)]
    _refuse(path, rows, rows.area_code.isna(), "AREA", "is no area code")
    frame = pd.DataFrame(
        {
            "code": rows.area_code,
            "name": rows.AREA_TITLE.map(text).where(rows.kind != "nation", "United States"),
            "kind": rows.kind,
            "state": rows.PRIM_STATE.map(text).where(rows.kind != "nation", None),
            "oews_code": rows.area_code,
        },
        dtype=object,
    ).drop_duplicates()
    _refuse(
        path, rows, frame.code.duplicated().reindex(rows.index, fill_value=False), "AREA", "has two names"
    )
    return frame.sort_values("code")


def _area(code: str, kind: str) -> str | None:
    """An area's seven characters, as the time series of OEWS has them, from those of the workbooks."""
    if not code.isdigit():
        return None
    if kind == "nation":
        return "0000000"
    if kind == "state":
        return code.zfill(2) + "00000" if len(code) <= 2 else None
    return code.zfill(7) if len(code) <= 7 else None


def _figures(path: Path, rows: pd.DataFrame) -> pd.DataFrame:
    occupation = rows.OCC_CODE.map(text)
    _refuse(path, rows, ~occupation.str.fullmatch(r"\d\d-\d{4}"), "OCC_CODE", "is no occupation code")
    columns: dict[str, object] = {
        "area_code": rows.area_code,
        "occupation_code": occupation,
        "occupation_title": rows.OCC_TITLE.map(text),
    }
    # Paid by the year: no hourly wage, while there is a yearly one; and the other way round.
    one_period = {
        "annual_only": (HOURLY, _flagged(rows.ANNUAL) & ~rows.A_MEAN.isin(("*", ""))),
        "hourly_only": (ANNUAL, _flagged(rows.HOURLY) & ~rows.H_MEAN.isin(("*", ""))),
    }
    for name, heading in FIGURES.items():
        values = pd.to_numeric(rows[heading], errors="coerce").astype(float)
        marks = rows[heading][values.isna()].map(text)
        values = values.fillna(pd.to_numeric(marks.str.replace(",", ""), errors="coerce").astype(float))
        marks = marks.reindex(rows.index, fill_value="0").where(values.isna(), "0")
        unknown = ~marks.isin(("0", "", "*", "**", "#", "~")) | (values < 0) | (values > MOST)
        _refuse(path, rows, unknown, heading, "is no figure, and none of the marks * ** # ~")
        note = pd.Series(None, rows.index, dtype=object)
        note[values.isna()] = "suppressed"
        note[marks == ""] = "not_published"
        note[marks == "#"] = "top_coded"
        for reason, (names, flagged) in one_period.items():
            if name in names:
                note[flagged & marks.isin(("*", ""))] = reason
        columns[name] = values
        columns[f"{name}_note"] = note
    frame = pd.DataFrame(columns).drop_duplicates()
    twice = frame.duplicated(["area_code", "occupation_code"]).reindex(rows.index, fill_value=False)
    _refuse(path, rows, twice, "OCC_CODE", "stands there twice for its area, with other figures")
    return frame.sort_values(["area_code", "occupation_code"])


def _flagged(cells: pd.Series) -> pd.Series:
    return cells.map(text).str.lower().isin(("true", "1"))


def _refuse(path: Path, rows: pd.DataFrame, wrong: pd.Series, heading: str, words: str) -> None:
    if wrong.any():
        first = rows[wrong].iloc[0]
        raise InputFault(path, f"{first.workbook}, row {first.line}: {heading} {first[heading]!r} {words}")


def _amount(text: str) -> float:
    return float(text.replace(",", ""))

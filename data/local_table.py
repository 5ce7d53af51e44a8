"""Tables that people and agencies make: read as text, each row known by its line, and taken at no word.

A table is a CSV file or the first worksheet with the columns that are asked for. Its rows are a frame
whose index is the line (of a worksheet: the row) each stands in, so that what is wrong can be pointed at.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from data import sheets
from data.errors import InputFault

NUMBER = re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?")
WITHHELD = frozenset({"", "-", "--", "—", "–", "*", "**", "#", "~", "n/a", "na", "(na)", "(d)", "n.a."})
"""How agencies write that a number is not there."""

Names = Mapping[str, Sequence[str]]
Lines = Iterator[tuple[int, list[str]]]


def read(path: Path, columns: Names, required: Iterable[str], *, footnotes: bool = False) -> pd.DataFrame:
    """The columns of a table by our names for them; those that it lacks are empty.

    Parameters
    ----------
    columns : mapping of str to sequence of str
        Our name, and the names that it may have in the file, letters and digits only.
    required : iterable of str
        Our names of columns without which the table is refused.
    footnotes : bool, optional
        Rows with a single filled cell are notes below the table, and passed over.

    Raises
    ------
    InputFault
        If the file cannot be read, lacks a column, has one twice, or has no rows.
    """
    lacking: list[str] = []
    for called, lines in _tables(path):
        for _, header in lines:
            # The header is the first row of several cells: a title above it has one.
            if sum(cell != "" for cell in header) < 2:
                continue
            found = _places(path, header, columns)
            missing = [name for name in required if name not in found]
            if missing:
                lacking = lacking or missing
                break
            return _frame(path, called, header, found, columns, lines, footnotes)
    if not lacking:
        raise InputFault(path, "has no rows")
    raise InputFault(path, f"has no column {', '.join(lacking)}")


def headings(path: Path) -> set[str]:
    """The names of a table's columns, letters and digits only; of the first sheet of a workbook."""
    for _, lines in _tables(path):
        for _, cells in lines:
            if sum(cell != "" for cell in cells) >= 2:
                return {plain(cell) for cell in cells}
    return set()


def plain(name: str) -> str:
    """A column's name without what people write differently.

    Examples
    --------
    >>> plain("Average Annual-Openings ")
    'averageannualopenings'
    """
    return re.sub(r"[^a-z0-9]+", "", name.lower())


def text(cell: object) -> str:
    """A cell as text; a workbook may hold a code as a number."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def refuse(path: Path, rows: pd.Series, words: str) -> None:
    """Refuse the table for the first of ``rows``: cells that are wrong, or true where a line is.

    ``{}`` in the words stands for the wrong cell.
    """
    wrong = rows[rows] if rows.dtype == bool else rows
    if not wrong.empty:
        raise InputFault(path, f"line {wrong.index[0]}: {words.format(wrong.iloc[0])}")


def numbers(
    path: Path, cells: pd.Series, low: float, high: float, *, withheld: frozenset[str] = frozenset({""})
) -> pd.Series:
    """Cells as numbers within bounds; what is withheld is missing.

    Raises
    ------
    InputFault
        If a cell is another text, or a number that cannot be meant.
    """
    lowered = cells.str.strip().str.lower()
    given = ~lowered.isin(withheld)
    bare = lowered.str.replace(r"^\$|%$", "", regex=True).str.strip()
    wrong = given & ~(bare.str.fullmatch(NUMBER) & bare.str.contains(r"\d"))
    refuse(path, cells[wrong], f"{cells.name} is {{!r}}, which is no number")
    found = pd.to_numeric(bare.where(given).str.replace(",", ""), errors="coerce").astype(float)
    outside = given & ~found.between(low, high)
    words = f"{cells.name} is {{!r}}; it goes from {low:,.0f} to {high:,.0f}"
    refuse(path, cells[outside], words)
    return found


def soc(cells: pd.Series) -> pd.Series:
    """Occupation codes as the SOC writes them: ``291141``, ``29-114100`` and ``29-1141.00`` are ``29-1141``.

    What is no such code is ``None``.
    """
    digits = cells.str.strip().str.extract(r"^(\d{2})-?(\d{4})(?:\.?\d{2})?$")
    return (digits[0] + "-" + digits[1]).astype(object).where(digits[0].notna(), None)


def groups(codes: Iterable[str]) -> set[str]:
    """Occupation codes with every group of the SOC that they are in.

    Examples
    --------
    >>> sorted(groups(["29-1141"]))
    ['00-0000', '29-0000', '29-1000', '29-1100', '29-1140', '29-1141']
    """
    known = {"00-0000"}
    for code in codes:
        known.update(code[:kept].ljust(7, "0") for kept in (3, 4, 5, 6, 7))
    return known


def _tables(path: Path) -> Iterator[tuple[str, Lines]]:
    if sheets.is_workbook(path):
        for name, rows in sheets.worksheets(path):
            yield name, ((line, [text(cell) for cell in row]) for line, row in enumerate(rows, 1))
    else:
        yield "", _csv(path)


def _csv(path: Path) -> Lines:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputFault(path, f"cannot be read: {error.strerror}") from error
    if b"\x00" in content:
        raise InputFault(path, "is not a table of text, and not a workbook")
    try:
        decoded = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel saves where it is not asked for UTF-8, and what BEA publishes.
        decoded = content.decode("cp1252", errors="replace")
    rows = csv.reader(decoded.splitlines(keepends=True), strict=True, skipinitialspace=True)
    line = 1
    try:
        for row in rows:
            yield line, [cell.strip() for cell in row]
            line = rows.line_num + 1
    except csv.Error as error:
        raise InputFault(path, f"line {line}: cannot be read as comma-separated text: {error}") from error


def _places(path: Path, header: list[str], columns: Names) -> dict[str, int]:
    places: dict[str, int] = {}
    cells = [plain(cell) for cell in header]
    for name, spellings in columns.items():
        # Where two spellings are there, the one named first is meant.
        spelled = next((each for each in (plain(name), *spellings) if each in cells), None)
        if spelled is None:
            continue
        if cells.count(spelled) > 1:
            raise InputFault(path, f"has the column {name} twice")
        places[name] = cells.index(spelled)
    return places


def _frame(
    path: Path,
    called: str,
    header: list[str],
    found: Mapping[str, int],
    columns: Names,
    lines: Lines,
    footnotes: bool,
) -> pd.DataFrame:
    width = max(place for place, cell in enumerate(header) if cell) + 1
    rows: dict[int, list[str]] = {}
    for line, row in lines:
        if sum(cell != "" for cell in row) < (2 if footnotes else 1):
            continue
        if len(row) < width and not called:
            raise InputFault(path, f"line {line}: has {len(row)} cells of {width}")
        if any(row[width:]):
            raise InputFault(path, f"line {line}: has more cells than the header names")
        rows[line] = [row[found[name]] if name in found else "" for name in columns]
    if not rows:
        raise InputFault(path, "has no rows")
    return pd.DataFrame.from_dict(rows, orient="index", columns=[*columns], dtype=object)

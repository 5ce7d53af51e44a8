"""What reading has decided: statements that mislead where, and statements a role cannot do without."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np

from data.linking.inputs import LinkingInputError, Statement


@dataclass(frozen=True, slots=True)
class Reviews:
    """Decisions by statement row.

    ``dropped`` gives the patterns of role codes where a statement is never used; a pattern with a
    leading ``!`` is an exception. ``kept`` gives by role code the statements that are taken first,
    ``core`` those of them that the work cannot be done without.
    """

    dropped: Mapping[int, tuple[str, ...]]
    kept: Mapping[str, tuple[int, ...]]
    core: Mapping[str, tuple[int, ...]]

    def drops(self, statement: int, code: str) -> bool:
        """Whether reading has struck this statement from this role."""
        return applies(self.dropped.get(statement, ()), code)

    def dropped_mask(self, code: str, statements: int) -> np.ndarray:
        """Which statements are struck from a role, shape (statements,)."""
        mask = np.zeros(statements, dtype=bool)
        mask[[row for row, patterns in self.dropped.items() if applies(patterns, code)]] = True
        return mask


def applies(patterns: Sequence[str], code: str) -> bool:
    """Whether role-code patterns take in a code; a code written out outweighs an exception.

    >>> applies(["*", "!17-*"], "51-4121.00"), applies(["*", "!17-*"], "17-2141.00")
    (True, False)
    >>> applies(["*", "!17-*", "17-2141.00"], "17-2141.00")
    True
    """
    taken = [pattern for pattern in patterns if not pattern.startswith("!")]
    left_out = [pattern[1:] for pattern in patterns if pattern.startswith("!")]
    return code in taken or (
        any(fnmatchcase(code, each) for each in taken)
        and not any(fnmatchcase(code, each) for each in left_out)
    )


def read_reviews(folder: Path, statements: Sequence[Statement]) -> Reviews:
    """Read ``links_stop.csv`` and ``links_keep.csv``.

    Raises
    ------
    LinkingInputError
        If a row names a statement that is not published in the packages.
    """
    rows = {statement.uri: row for row, statement in enumerate(statements)}

    def row_of(uri: str, table: str) -> int:
        if uri not in rows:
            raise LinkingInputError(f"{table} names {uri}, which is not among the published statements.")
        return rows[uri]

    dropped: dict[int, tuple[str, ...]] = {}
    for line in _lines(folder / "links_stop.csv"):
        row = row_of(line["skill_uri"], "links_stop.csv")
        dropped[row] = (*dropped.get(row, ()), *line["roles"].split())
    kept: dict[str, tuple[int, ...]] = {}
    core: dict[str, tuple[int, ...]] = {}
    for line in _lines(folder / "links_keep.csv"):
        row = row_of(line["skill_uri"], "links_keep.csv")
        for code in line["roles"].split():
            kept[code] = (*kept.get(code, ()), row)
            if line["core"] == "yes":
                core[code] = (*core.get(code, ()), row)
    return Reviews(dropped, kept, core)


def read_everyday_titles(folder: Path) -> dict[str, tuple[str, ...]]:
    """English everyday titles by role code, from the files of a folder."""
    titles: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.csv")):
        for line in _lines(path):
            if line["language"] == "en":
                titles[line["role_code"]] = (*titles.get(line["role_code"], ()), line["title"])
    return titles


def _lines(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

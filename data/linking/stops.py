"""Statements that mislead wherever they turn up: rules of reading that hold for many roles at once."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np

from data.linking.inputs import LinkingInputError, Statement


@dataclass(frozen=True, slots=True)
class Stops:
    """By statement row, the patterns of role codes that it never suits; ``!`` begins an exception."""

    patterns: Mapping[int, tuple[str, ...]]

    def mask(self, code: str, statements: int) -> np.ndarray:
        """Which statements are struck from a role, shape (statements,)."""
        mask = np.zeros(statements, dtype=bool)
        mask[[row for row, patterns in self.patterns.items() if applies(patterns, code)]] = True
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


def read_stops(path: Path, statements: Sequence[Statement]) -> Stops:
    """Read ``links_stop.csv``: skill_uri, roles, reason.

    Raises
    ------
    LinkingInputError
        If a row names a statement that is not published in the packages.
    """
    rows = {statement.uri: row for row, statement in enumerate(statements)}
    patterns: dict[int, tuple[str, ...]] = {}
    for line in _lines(path):
        if line["skill_uri"] not in rows:
            raise LinkingInputError(
                f"{path.name} names {line['skill_uri']}, which is not among the published statements."
            )
        row = rows[line["skill_uri"]]
        patterns[row] = (*patterns.get(row, ()), *line["roles"].split())
    return Stops(patterns)


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

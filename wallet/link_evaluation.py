"""How often the linker finds the skill that a label belongs to, the label itself taken away."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from wallet.link import Linker

COLUMNS = {"query", "skill_uri", "skill_name"}


class EvaluationFault(ValueError):  # noqa: N818
    """The file is not what it should be; the message says how, in one line."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Share of queries whose skill came first, or among the first five."""

    queries: int
    recall_at_1: float
    recall_at_5: float


def read_queries(path: Path) -> Iterator[tuple[str, str]]:
    """Queries and the URIs of their skills.

    Raises
    ------
    EvaluationFault
        If the file cannot be read as such a table.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not set(rows.fieldnames or ()) >= COLUMNS:
                raise EvaluationFault(f"{path} lacks a column of: query, skill_uri, skill_name.")
            for row in rows:
                yield row["query"] or "", row["skill_uri"] or ""
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise EvaluationFault(f"{path} cannot be read: {error}.") from error


def recall(linker: Linker, queries: Iterable[tuple[str, str]]) -> Recall:
    """Ask every query of all ESCO skills.

    The label a query was taken from (the same string, of the same skill) is taken as not there, and where
    the publisher wrote several labels in one string, all of them; every other label stays.

    Raises
    ------
    EvaluationFault
        If there is no query, or a URI is not of an ESCO skill.
    """
    index = linker.index
    first = among = count = 0
    for query, uri in queries:
        place = index.place.get(uri)
        if place is None or place >= index.esco_skills:
            raise EvaluationFault(f"{uri or 'An empty address'} is not an ESCO skill.")
        found = linker.places(query, without=index.labels_of(place, query), limit=5)
        first += found[:1] == [place]
        among += place in found
        count += 1
    if not count:
        raise EvaluationFault("There is no query in the file.")
    return Recall(count, round(first / count, 4), round(among / count, 4))

"""The level that a result states: which of an ordered list of levels was reached (Open Badges 3.0)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wallet.parse.values import identifier, line, objects, several

MOST_RESULTS = 50


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a result says one came, 0-1, in what; without alignments in the whole achievement."""

    level: float
    alignments: tuple[dict[str, Any], ...]


def reached(subject: dict[str, Any], achievement: dict[str, Any]) -> Iterator[Reached]:
    """Return the results of a subject that say a level; marks and grades are none."""
    described = {identifier(one): one for one in objects(achievement.get("resultDescription"))[:MOST_RESULTS]}
    for result in objects(subject.get("result"))[:MOST_RESULTS]:
        description = described.get(line(result.get("resultDescription"), 2000), {})
        level = _place(
            line(result.get("achievedLevel"), 2000),
            [identifier(one) for one in objects(description.get("rubricCriterionLevel"))],
        )
        if level is None:
            level = _place(
                line(result.get("value")), [line(one) for one in several(description.get("allowedValue"))]
            )
        if level is not None:
            about = [*objects(result.get("alignment")), *objects(description.get("alignment"))]
            yield Reached(level, tuple(about[:MOST_RESULTS]))


def _place(value: str, ordered: list[str]) -> float | None:
    """How far up an ordered list a value stands, lowest first; one of two values says yes or no, no level."""
    if len(ordered) < 3 or value not in ordered:
        return None
    return round((ordered.index(value) + 1) / len(ordered), 3)

"""What changed from one version of a plan to the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.model import PlanContent


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One difference.

    ``part`` is ``goal``, ``why``, ``facts``, ``strengths``, ``gaps``, ``steps``, ``services`` or ``reviews``;
    ``added`` and ``removed`` name what came and went, both empty where words were only changed.
    """

    part: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def changes(before: PlanContent, after: PlanContent) -> tuple[PlanChange, ...]:
    """Return what is different, part by part.

    Examples
    --------
    >>> old = PlanContent(gaps=("Use software",), why="Better pay")
    >>> new = PlanContent(gaps=("Use software", "Keep records"), why="Better hours")
    >>> [(one.part, one.added) for one in changes(old, new)]
    [('why', ()), ('gaps', ('Keep records',))]
    """
    found = [
        _of("goal", filter(None, [before.goal_title]), filter(None, [after.goal_title])),
        PlanChange("why") if before.why != after.why else None,
        PlanChange("facts") if before.facts != after.facts else None,
        _of("strengths", before.strengths, after.strengths),
        _of("gaps", before.gaps, after.gaps),
        _steps(before, after),
        PlanChange("services") if before.services != after.services else None,
        _of("reviews", map(str, before.reviews), map(str, after.reviews)),
    ]
    return tuple(one for one in found if one is not None)


def _of(part: str, before: Iterable[str], after: Iterable[str]) -> PlanChange | None:
    old, new = tuple(before), tuple(after)
    added = tuple(one for one in new if one not in old)
    removed = tuple(one for one in old if one not in new)
    return PlanChange(part, added, removed) if added or removed else None


def _steps(before: PlanContent, after: PlanContent) -> PlanChange | None:
    """Steps by what they say; one whose day, cost or anything else changed went and came."""
    if before.steps == after.steps:
        return None
    old = {step.id: step for step in before.steps}
    new = {step.id: step for step in after.steps}
    return PlanChange(
        "steps",
        tuple(step.what for key, step in new.items() if old.get(key) != step),
        tuple(step.what for key, step in old.items() if new.get(key) != step),
    )

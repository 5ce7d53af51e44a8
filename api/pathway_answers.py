"""What is answered about ways to a role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.model import Aim, Pathway, Square, SquareState, Step


@dataclass(frozen=True, slots=True)
class GainAnswer:
    """A skill to gain on a step, partly had or missing."""

    skill: str
    uri: str
    state: SquareState
    importance: float

    @classmethod
    def of(cls, square: Square) -> GainAnswer:
        skill = square.requirement.skill
        return cls(skill.name, skill.uri, square.state, square.requirement.importance)


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """Into one role from what one has by then.

    ``score`` is the match by then and ``gap`` what is left of 1; ``carried`` counts the skills that are
    matched. ``from_code`` is null for a step from the record. Wages are median US dollars a year, of the
    place in ``wage_area``; ``openings`` are projected ones a year where ``openings_kind`` says so, else jobs.
    ``months`` is null where no data say how long a step takes.
    """

    from_code: str | None
    from_title: str | None
    code: str
    title: str
    score: float
    gap: float
    within_reach: bool
    skills: list[GainAnswer]
    carried: int
    wage_before: float | None
    wage: float | None
    wage_area: str | None
    wage_change: float | None
    openings: float | None
    openings_kind: Literal["projected", "jobs"]
    job_zone: int | None
    education: str | None
    likeness: float | None
    moves: float | None
    months: float | None

    @classmethod
    def of(cls, step: Step, *, projected: bool) -> StepAnswer:
        usual = step.preparation.usual_education if step.preparation else None
        return cls(
            from_code=step.from_role.code if step.from_role else None,
            from_title=step.from_role.title if step.from_role else None,
            code=step.to_role.code,
            title=step.to_role.title,
            score=step.match.score,
            gap=1.0 - step.match.score,
            within_reach=step.within_reach,
            skills=[GainAnswer.of(square) for square in step.gap],
            carried=len(step.carried),
            wage_before=step.pay_before.value,
            wage=step.pay_after.value,
            wage_area=step.pay_after.area.code if step.pay_after.area else None,
            wage_change=step.change,
            openings=step.openings.value,
            openings_kind="projected" if projected else "jobs",
            job_zone=step.preparation.job_zone if step.preparation else None,
            education=usual[1] if usual else None,
            likeness=step.likeness,
            moves=step.moves,
            months=step.months,
        )


@dataclass(frozen=True, slots=True)
class PathwayAnswer:
    """A way to the goal. The last one of a list goes straight there (``direct``), without stepping stones.

    ``best`` says what no other way of the list over stepping stones does better. ``gap`` is that of all
    steps together, ``pay`` the mean wage of the roles on the way, ``openings`` those of the scarcest one.
    """

    direct: bool
    best: list[Aim]
    within_reach: bool
    gap: float
    to_gain: int
    pay: float | None
    openings: float | None
    steps: list[StepAnswer]

    @classmethod
    def of(cls, way: Pathway, *, projected: bool) -> PathwayAnswer:
        return cls(
            direct=not way.stones,
            best=sorted(way.best),
            within_reach=way.within_reach,
            gap=way.gap,
            to_gain=way.to_gain,
            pay=way.pay.value,
            openings=way.openings.value,
            steps=[StepAnswer.of(step, projected=projected) for step in way.steps],
        )

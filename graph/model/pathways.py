"""The nouns of ways to a role: steps, pathways, and what else leads there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.model.figures import NOT_PUBLISHED, Area, Figure, LaborMarket
from graph.model.guidance import Preparation
from graph.model.roles import Career, Match, Role, Square, SquareState


class Aim(StrEnum):
    """What a pathway can be best at; they stand side by side and are never blended."""

    GAP = "gap"
    PAY = "pay"
    OPENINGS = "openings"


class Limit(StrEnum):
    """What somebody can ask of every step."""

    PAY = "pay"
    DEGREE = "degree"
    LOCAL = "local"
    REACH = "reach"


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure and where it is of; without a value where none is published in any of the places.

    US dollars a year for pay; openings a year, or jobs, for openings.
    """

    figure: Figure = NOT_PUBLISHED
    area: Area | None = None

    @property
    def value(self) -> float | None:
        return self.figure.value


@dataclass(frozen=True, slots=True)
class Step:
    """From what one has by then into one role.

    Attributes
    ----------
    from_role : Role or None
        The stone before, or the job done now; ``None`` where the step starts from a record.
    to_role : Role
    match : Match
        Of ``to_role`` against the wallet and what the stones before teach, with its squares.
    within_reach : bool
        Whether the match is at least the reach; a longer step is marked as one.
    pay_before, pay_after : Amount
        Median annual wages: of the chosen places where published, else of the nation.
    openings : Amount
    market : LaborMarket or None
        Local figures of ``to_role``.
    preparation_before, preparation : Preparation or None
        Where a release with them is loaded.
    likeness, moves : float or None
        How alike the two roles are, and of those who leave the first the modelled share that goes to the
        second; 0-1, ``None`` where not known.
    months : float or None
        How long it takes: only from data that say so.
    """

    from_role: Role | None
    to_role: Role
    match: Match
    within_reach: bool
    pay_before: Amount = Amount()
    pay_after: Amount = Amount()
    openings: Amount = Amount()
    market: LaborMarket | None = None
    preparation_before: Preparation | None = None
    preparation: Preparation | None = None
    likeness: float | None = None
    moves: float | None = None
    months: float | None = None

    @property
    def gap(self) -> tuple[Square, ...]:
        """The skills to gain: what is missing or partial, what would add most first."""
        lacking = [s for s in self.match.squares if not s.hidden and s.state is not SquareState.MATCHED]
        return tuple(sorted(lacking, key=lambda s: (-s.weight * (1 - s.coverage), s.requirement.skill.name)))

    @property
    def carried(self) -> tuple[Square, ...]:
        """What carries over: the squares that are matched."""
        return tuple(s for s in self.match.squares if not s.hidden and s.state is SquareState.MATCHED)

    @property
    def change(self) -> float | None:
        """Change in pay, US dollars a year; ``None`` where one of the two is not known."""
        before, after = self.pay_before.value, self.pay_after.value
        return None if before is None or after is None else after - before

    @property
    def zones(self) -> int | None:
        """Job zones that the step rises; ``None`` where one of the two is not known."""
        before, after = self.preparation_before, self.preparation
        if before is None or after is None or before.job_zone is None or after.job_zone is None:
            return None
        return after.job_zone - before.job_zone


@dataclass(frozen=True, slots=True)
class Pathway:
    """A walk over roles to a goal.

    Attributes
    ----------
    steps : tuple of Step
        The last one leads to the goal; one alone is the way without stepping stones.
    best : frozenset of Aim
        What no other pathway shown does better.
    kept : str
        Id of the kept pathway that it is; empty where the person does not keep it.
    """

    steps: tuple[Step, ...]
    best: frozenset[Aim] = frozenset()
    kept: str = ""

    @property
    def stones(self) -> tuple[Step, ...]:
        """The steps to the roles on the way."""
        return self.steps[:-1]

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the roles on the way, without the goal."""
        return tuple(step.to_role.code for step in self.stones)

    @property
    def gap(self) -> float:
        """The gaps of all steps together: 1 is as much as one role that nothing is had of."""
        return sum(1.0 - step.match.score for step in self.steps)

    @property
    def to_gain(self) -> int:
        """Skills to gain on all steps together."""
        return sum(step.match.partial + step.match.missing for step in self.steps)

    @property
    def within_reach(self) -> bool:
        """Whether every step is."""
        return all(step.within_reach for step in self.steps)

    @property
    def pay(self) -> Figure:
        """Mean median pay of the roles on the way, US dollars a year; none where one is not known."""
        known = [step.pay_after.value for step in self.stones]
        values = [value for value in known if value is not None]
        return Figure(sum(values) / len(values)) if values and len(values) == len(known) else NOT_PUBLISHED

    @property
    def openings(self) -> Figure:
        """Openings, or jobs, of the scarcest role on the way; none where one is not known."""
        known = [step.openings.value for step in self.stones]
        values = [value for value in known if value is not None]
        return Figure(min(values)) if values and len(values) == len(known) else NOT_PUBLISHED


@dataclass(frozen=True, slots=True)
class Nearby:
    """A role that leads to another one, or shares much with it.

    ``score`` (0-1) is how much of the other its people bring, or what the two share; ``match`` how much of it
    the wallet covers.
    """

    role: Role
    score: float
    match: float
    market: LaborMarket | None = None


@dataclass(frozen=True, slots=True)
class Pathways:
    """Every way to a goal that is shown, and what stands in the way of others.

    Attributes
    ----------
    goal : Career
        With its squares against the wallet.
    area : Area
        Home of the figures; ``also`` are the places that were added.
    direct : Pathway
        Without stepping stones.
    ways : tuple of Pathway
        Over stepping stones; a kept one last where it is not among the others.
    blocked : tuple of (Limit, int)
        Where no way is left: each limit without which there were some, and how many.
    arrivals, neighbours : tuple of Nearby
        Who gets to the goal within one step, and what shares most with it.
    projected : bool
        Whether openings are projected ones; else they are jobs there are.
    degrees_known : bool
        Whether anything that is loaded says which roles take a degree.
    degree_unknown : tuple of Role
        Roles on the ways of which that is not known.
    goal_refused : Limit or None
        The limit that the goal itself does not meet.
    """

    goal: Career
    area: Area
    also: tuple[Area, ...]
    direct: Pathway
    ways: tuple[Pathway, ...] = ()
    blocked: tuple[tuple[Limit, int], ...] = ()
    arrivals: tuple[Nearby, ...] = ()
    neighbours: tuple[Nearby, ...] = ()
    projected: bool = False
    degrees_known: bool = False
    degree_unknown: tuple[Role, ...] = ()
    goal_refused: Limit | None = None

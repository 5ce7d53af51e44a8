"""What a caseload comes to: goals, gaps in common, time, outcomes; and a table for the state's reporting."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import StringIO

from accounts.actor import Actor
from accounts.cases import CaseStore
from accounts.employment_plans import FOLLOW_UPS, EmploymentPlanStore
from accounts.permissions import Action, require
from accounts.store import PersonStore
from graph.build import SkillRoleGraph
from graph.match import match
from graph.model import Activity, CaseRow, Outcome, Skill, SquareState
from services.applications import FORMULA
from services.caseload import CaseloadService
from services.errors import RolesAway
from services.wallet import WalletService

COMMON = 15
COLUMNS = (
    "participant_id",
    "name",
    "advised_since",
    "goal_code",
    "goal_title",
    "plan_signed_on",
    "steps",
    "steps_done",
    "next_due_on",
    "last_met_on",
    "meetings",
    "minutes",
    *(f"minutes_{activity.value}" for activity in Activity),
    *(f"follow_up_{days}_{part}" for days in FOLLOW_UPS for part in ("due_on", "done_on", "outcome")),
    "records_verified",
    "records_confirmed",
    "records_self_asserted",
    "records_ended",
)
"""Of the report, in their order; docs/counselor.md says what each means."""


@dataclass(frozen=True, slots=True)
class CommonGap:
    """A skill that ``clients``, at least two, of the ``of`` whose goal requires it have nothing of."""

    skill: Skill
    clients: int
    of: int


@dataclass(frozen=True, slots=True)
class CaseloadFigures:
    """A counselor's own caseload in numbers.

    Attributes
    ----------
    clients, with_goal, planned, signed : int
        Clients; those with a goal, with the goal in a plan, and with a plan that both signed.
    goals : tuple of (str, str, int)
        Code, title, clients.
    gaps : tuple of CommonGap
        What most miss for their own goal.
    outcomes : mapping of int to mapping of Outcome to int
        By days after signing.
    due : mapping of int to int
        Follow-ups by days after signing that are due and not done.
    time : tuple of (Activity, int, int)
        Meetings and minutes of this counselor with those who are clients now.
    away : bool
        Roles cannot be read just now: there are no gaps, and it is not known whether there are.
    """

    clients: int
    with_goal: int
    planned: int
    signed: int
    goals: tuple[tuple[str, str, int], ...]
    gaps: tuple[CommonGap, ...]
    outcomes: Mapping[int, Mapping[Outcome, int]]
    due: Mapping[int, int]
    time: tuple[tuple[Activity, int, int], ...]
    away: bool = False


class CaseloadFiguresService:
    """The verbs about a caseload as a whole, each asking permission first.

    Parameters
    ----------
    caseload : CaseloadService
        Lists the clients and notes it for them.
    cases : CaseStore
    plans : EmploymentPlanStore
    people : PersonStore
    wallet_for : callable
        Gives the wallet service of an actor.
    graph : callable
        Gives the skill-role graph, or raises `RolesAway`.
    """

    def __init__(
        self,
        caseload: CaseloadService,
        cases: CaseStore,
        plans: EmploymentPlanStore,
        people: PersonStore,
        wallet_for: Callable[[Actor], WalletService],
        graph: Callable[[], SkillRoleGraph],
    ) -> None:
        self._caseload = caseload
        self._cases = cases
        self._plans = plans
        self._people = people
        self._wallet_for = wallet_for
        self._graph = graph

    def mine(self, actor: Actor) -> CaseloadFigures:
        """Return the actor's caseload in numbers."""
        require(actor, Action.CASELOAD_READ)
        rows = self._caseload.rows(actor)
        ids = [row.person_id for row in rows]
        goals = Counter((row.goal_code, row.goal_title) for row in rows if row.goal_code)
        outcomes: dict[int, Counter[Outcome]] = {days: Counter() for days in FOLLOW_UPS}
        due: Counter[int] = Counter()
        for found in self._plans.outcomes(ids).values():
            for one in found:
                if one.outcome is not None:
                    outcomes[one.days][one.outcome] += 1
                elif one.due_on <= self._caseload.today():
                    due[one.days] += 1
        times: Counter[Activity] = Counter()
        minutes: Counter[Activity] = Counter()
        for spent in self._cases.time_spent(str(actor.person_id), ids).values():
            for activity, met, length in spent:
                times[activity] += met
                minutes[activity] += length
        try:
            gaps, away = self._gaps(rows), False
        except RolesAway:
            gaps, away = (), True
        return CaseloadFigures(
            len(rows),
            sum(goals.values()),
            sum(row.goal_planned for row in rows),
            sum(row.signed_on is not None for row in rows),
            tuple((code, title, n) for (code, title), n in goals.most_common()),
            gaps,
            outcomes,
            due,
            tuple((one, times[one], minutes[one]) for one in Activity if times[one]),
            away,
        )

    def report(self, actor: Actor) -> str:
        """Return the caseload as CSV, one row a client, by the columns of ``COLUMNS``."""
        require(actor, Action.CASELOAD_READ)
        rows = self._caseload.rows(actor)
        ids = [row.person_id for row in rows]
        spent = self._cases.time_spent(str(actor.person_id), ids)
        follow_ups = self._plans.outcomes(ids)
        text = StringIO()
        writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        for row in sorted(rows, key=lambda one: (one.name.casefold(), one.person_id)):
            told: dict[str, object] = {
                "participant_id": row.person_id,
                "name": _cell(row.name),
                "advised_since": row.since,
                "goal_code": row.goal_code if row.goal_planned else "",
                "goal_title": _cell(row.goal_title) if row.goal_planned else "",
                "plan_signed_on": row.signed_on or "",
                "steps": row.steps,
                "steps_done": row.done,
                "next_due_on": row.next_due or "",
                "last_met_on": row.last_met or "",
                "meetings": sum(met for _activity, met, _length in spent.get(row.person_id, ())),
                "minutes": sum(length for _activity, _met, length in spent.get(row.person_id, ())),
                "records_verified": row.records.verified,
                "records_confirmed": row.records.confirmed,
                "records_self_asserted": row.records.claimed,
                "records_ended": row.records.ended,
            }
            told |= {f"minutes_{activity.value}": 0 for activity in Activity}
            told |= {f"minutes_{a.value}": length for a, _met, length in spent.get(row.person_id, ())}
            for one in follow_ups.get(row.person_id, ()):
                told[f"follow_up_{one.days}_due_on"] = one.due_on
                told[f"follow_up_{one.days}_done_on"] = one.done_on or ""
                told[f"follow_up_{one.days}_outcome"] = one.outcome.value if one.outcome else ""
            writer.writerow(told)
        return text.getvalue()

    def _gaps(self, rows: Iterable[CaseRow]) -> tuple[CommonGap, ...]:
        graph = self._graph()
        asked: Counter[str] = Counter()
        missing: Counter[str] = Counter()
        skills: dict[str, Skill] = {}
        for row in rows:
            person = self._people.actor(row.person_id) if row.goal_code in graph else None
            if person is None:
                continue
            held = self._wallet_for(person).wallet()
            for square in match(graph, held, row.goal_code).squares:
                if square.hidden:
                    continue
                skill = square.requirement.skill
                skills[skill.id] = skill
                asked[skill.id] += 1
                missing[skill.id] += square.state is SquareState.MISSING
        ranked = sorted(missing, key=lambda one: (-missing[one], asked[one], skills[one].name))
        return tuple(
            CommonGap(skills[one], missing[one], asked[one]) for one in ranked[:COMMON] if missing[one] > 1
        )


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value

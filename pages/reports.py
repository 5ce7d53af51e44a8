"""The page of who decides: what people report, role by role, and what was decided. Plain HTML forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from graph.model import Skill, Task
from i18n import gettext as _
from services.corrections import Case, DecidedAlready, DecisionRefused
from services.reports import no_such_report
from services.wallet import SkillUnknown
from web.actor import current_actor
from web.page import Place
from web.sign_in import PersonError

PLACE = Place(name="reports", path="/reports", nav=lambda: _("Reports"), action="reports.decide")
MOST_FOUND = 8
LONGEST = 100
# To the top, where it is said what was done: without it a browser stays at the form.
DONE = "/reports#top"
EXPORT = "/api/v1/reports/decisions.csv"


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the form of a decision."""

    decision: str = ""
    task: str = ""
    core: bool = False
    reason: str = ""
    statement: str = ""
    find: str = ""

    @classmethod
    def of(cls, form: MultiDict[str, str]) -> Entered:
        return cls(
            decision=form.get("decision", ""),
            task=form.get("task", ""),
            core=bool(form.get("core")),
            reason=form.get("reason", ""),
            statement=form.get("statement", ""),
            find=" ".join(form.get("find", "").split())[:LONGEST],
        )

    @classmethod
    def at_first(cls, case: Case | None) -> Entered:
        """What is likely: the task behind the square, the statement that was found."""
        if case is None:
            return cls()
        first = case.requirement.evidence[:1] if case.requirement else ()
        if case.kind == "missing":
            return cls(decision="add", statement=case.uri)
        return cls(task=first[0].id if first else "")


def create_blueprint(services: Any) -> Blueprint:
    """Views for administrators; the services ask whether one is."""
    views = Blueprint("reports", __name__, url_prefix=PLACE.path)

    def page(
        wanted: str = "", entered: Entered | None = None, problem: PersonError | None = None
    ) -> tuple[str, int]:
        actor, corrections = current_actor(), services.corrections
        cases = corrections.cases(actor)
        case = next((one for one in cases if one.id == wanted), None) if wanted else (cases or (None,))[0]
        if wanted and case is None:
            raise no_such_report()
        entered = entered or Entered.at_first(case)
        tasks = corrections.tasks(actor, case.role_code) if case else ()
        return (
            render_template(
                "reports.html",
                roles=[list(of_role) for _code, of_role in groupby(cases, lambda one: one.role_code)],
                case=case,
                entered=entered,
                tasks=tasks,
                found=_found(services, case, tasks, entered),
                settled=corrections.settled(actor),
                problem=problem,
                export=EXPORT,
            ),
            problem.status if problem else 200,
        )

    @views.get("")
    def overview():
        return page(request.args.get("case", ""))

    @views.post("/<report_id>")
    def decide(report_id: str) -> BaseResponse | tuple[str, int]:
        actor, corrections, entered = current_actor(), services.corrections, Entered.of(request.form)
        step = request.form.get("step", "")
        if step == "find":
            return page(report_id, entered)
        try:
            if step == "dismiss":
                corrections.dismiss(actor, report_id, entered.reason)
                flash(_("Dismissed: nothing is changed."))
            else:
                corrections.decide(
                    actor,
                    report_id,
                    entered.decision,
                    task=entered.task,
                    # What is hidden for a decision is not part of it.
                    core=entered.core and entered.decision != "drop",
                    reason=entered.reason,
                    statement=entered.statement if entered.decision in ("swap", "add") else "",
                )
                flash(_("Your decision is kept. It takes effect when the data are built with the export."))
        except (DecisionRefused, SkillUnknown) as error:
            return page(report_id, entered, error)
        except DecidedAlready as error:
            flash(_(error.message, **error.values))
        return redirect(DONE, 303)

    @views.post("/<settled_id>/undo")
    def undo(settled_id: str) -> BaseResponse:
        services.corrections.undo(current_actor(), settled_id)
        flash(_("Open again."))
        return redirect(DONE, 303)

    return views


def _found(services: Any, case: Case | None, tasks: Sequence[Task], entered: Entered) -> Sequence[Skill]:
    """Statements to choose from: the one that is chosen, then those that answer what is looked for."""
    if case is None:
        return ()
    chosen = services.labor.skills([entered.statement]).values() if entered.statement else ()
    query = entered.find if entered.find.isprintable() else ""
    more = services.reports.not_required(case.role_code, query, MOST_FOUND) if query and tasks else ()
    return tuple({skill.uri: skill for skill in (*chosen, *more)}.values())

"""One client on one screen, for two people who look at it. The address holds what is shown."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from components import client_picture, pathway_view, picture
from components.career_table import career_table
from components.honest import Shows, limits
from components.plain_html import to_html
from graph.model import Activity, Aim, PlanStep, SquareState
from i18n import gettext as _
from pages.counselor import PLACE, gone
from pages.employment_plan import day_of
from pages.told import CODE
from services.advising import NoSuchClient
from services.case_work import WorkRefused
from services.client_view import PARTS
from services.employment_plans import PlanRefused
from services.transfers import TransferRefused
from web.actor import current_actor
from web.sign_in import ChangeRefused, PersonError

FOUND = 6


def create_blueprint(services: Any) -> Blueprint:
    """Views of one client; the services ask for the client's consent."""
    views = Blueprint("client", __name__, url_prefix=f"{PLACE.path}/<person_id>")

    views.register_error_handler(NoSuchClient, gone)

    @views.after_request
    def keep_nothing(response: BaseResponse) -> BaseResponse:
        response.headers["Cache-Control"] = "no-store"
        return response

    def screen(person_id: str, problem: PersonError | None = None) -> tuple[str, int]:
        actor, said = current_actor(), request.values
        present, as_table = said.get("present", "") == "1", said.get("table", "") == "1"
        part, career = said.get("part", PARTS[0])[:20], said.get("career", "")[:10]
        words = " ".join(said.get("q", "").split())[:100]
        client = services.clients.open(actor, person_id, part, career, present=present)
        code = client.opened.role.code if client.opened else ""

        def href(**changed: str) -> str:
            parts = {
                "part": client.part,
                "career": code,
                "present": "1" if present else "",
                "table": "1" if as_table else "",
                **changed,
            }
            query = urlencode({name: value for name, value in parts.items() if value})
            return f"{PLACE.path}/{person_id}?{query}"

        answers = services.roles.search(words, limit=FOUND) if words and not client.away else ()
        sources = () if client.away else services.roles.sources()
        page = render_template(
            "client.html",
            client=client,
            present=present,
            href=href,
            parts=PARTS,
            asked=bool(career),
            drawn=client_picture.drawing(client.network, client.name)
            if client.part == "network" and not as_table and client.network.careers
            else None,
            table=to_html(
                career_table(client.network, lambda one: href(part="gap", career=one), theirs=client.name)
            )
            if client.part == "network" and as_table and client.network.careers
            else None,
            legend=to_html(picture.career_legend(theirs=True)),
            groups=_squares(client.opened) if client.part in ("gap", "network") else (),
            words=pathway_view,
            words_aims=tuple(Aim),
            searched=words,
            answers=[(role, href(part="gap", career=role.code)) for role, _market in answers],
            minutes=services.case_work.minutes(client.meeting) if client.meeting else 0,
            activities=tuple(Activity),
            colleagues=() if present else services.transfers.colleagues(actor),
            today=services.caseload.today(),
            market=next((s for s in sources if s.id == "oews"), None),
            limits="" if client.away else to_html(limits(sources, (Shows.MATCH, Shows.MARKET))),
            entered=request.form,
            problem=problem,
        )
        return page, problem.status if problem else 200

    def to(person_id: str, message: str, mark: str = "") -> BaseResponse:
        flash(message)
        asked = {name: request.form.get(name, "")[:10] for name in ("part", "career", "present", "table")}
        query = urlencode({name: value for name, value in asked.items() if value})
        return redirect(f"{PLACE.path}/{person_id}?{query}{mark}", 303)

    @views.get("")
    def look(person_id: str) -> Any:
        return screen(person_id)

    @views.post("/meeting")
    def meeting(person_id: str) -> Any:
        form, actor = request.form, current_actor()
        activity, minutes = form.get("activity", "")[:20], form.get("minutes", "").strip()[:4]
        try:
            if form.get("step") == "begin":
                services.case_work.begin(actor, person_id, activity)
                return to(person_id, _("The meeting has begun."))
            services.case_work.end(
                actor, person_id, activity, (int(minutes) if minutes.isdecimal() else 0) if minutes else None
            )
        except WorkRefused as problem:
            return screen(person_id, problem)
        return to(person_id, _("The meeting is kept."))

    @views.post("/notes")
    def note(person_id: str) -> Any:
        form = request.form
        try:
            services.case_work.write(
                current_actor(), person_id, form.get("text", "")[:10_000], shared=form.get("for") == "shared"
            )
        except WorkRefused as problem:
            return screen(person_id, problem)
        return to(person_id, _("The note is kept."), "#notes")

    @views.post("/notes/<note_id>/remove")
    def remove_note(person_id: str, note_id: str) -> Any:
        services.case_work.remove(current_actor(), person_id, note_id)
        return to(person_id, _("The note is taken away."), "#notes")

    @views.post("/goal")
    def goal(person_id: str) -> Any:
        services.employment_plans.set_goal(current_actor(), person_id, _code())
        return to(person_id, _("It is the goal of the plan."))

    @views.post("/steps")
    def step(person_id: str) -> Any:
        form = request.form
        try:
            due = day_of(form.get("due", ""))
            services.employment_plans.add_step(
                current_actor(),
                person_id,
                PlanStep("", form.get("what", "")[:1000], form.get("who", "")[:500], due),
            )
        except PlanRefused as problem:
            return screen(person_id, problem)
        return to(person_id, _("The step is in the plan."), "#steps")

    @views.post("/steps/<step_id>/tick")
    def tick(person_id: str, step_id: str) -> Any:
        done = bool(request.form.get("done"))
        services.employment_plans.tick_for(current_actor(), person_id, step_id, done=done)
        return to(person_id, _("The step is done.") if done else _("The step is open again."), "#steps")

    @views.post("/careers")
    def careers(person_id: str) -> Any:
        actor, code = current_actor(), _code()
        try:
            if request.form.get("step") == "drop":
                services.clients.drop_career(actor, person_id, code)
                return to(person_id, _("The career is taken away."))
            services.clients.choose_career(actor, person_id, code)
        except ChangeRefused as problem:
            return screen(person_id, problem)
        return to(person_id, _("The career is among those chosen."))

    @views.post("/transfer")
    def transfer(person_id: str) -> Any:
        try:
            services.transfers.propose(current_actor(), person_id, request.form.get("counselor", "")[:32])
        except TransferRefused as problem:
            return screen(person_id, problem)
        return to(person_id, _("It is proposed. Nothing changes until your client says yes."))

    return views


def _code() -> str:
    code = request.form.get("code", "")[:10]
    return code if CODE.match(code) else "none"


def _squares(opened: Any) -> list[tuple[str, list[Any]]]:
    """Squares by state, what weighs most first."""
    if opened is None:
        return []
    squares = [one for one in opened.match.squares if not one.hidden]
    return [
        (state.value, sorted((one for one in squares if one.state is state), key=lambda one: -one.weight))
        for state in (SquareState.MISSING, SquareState.PARTIAL, SquareState.MATCHED)
    ]

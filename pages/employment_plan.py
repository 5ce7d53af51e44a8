"""The employment plan: written by the counselor with the client, and the client's own page of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from components import plan_document
from graph.model import Outcome, PlanContent, PlanStep
from i18n import LOCALES, locale, use_locale
from i18n import gettext as _
from pages.counselor import PLACE as CASELOAD
from pages.counselor import gone
from services.advising import NoSuchClient
from services.employment_plans import MOST_REVIEWS, NoSuchPlan, PlanChanged, PlanRefused
from services.news import NoSuchNews
from services.plan_changes import changes
from web.actor import current_actor
from web.page import LEARNERS, Place
from web.sign_in import PersonError

PLACE = Place(
    name="plan", path="/plan", nav=lambda: _("Plan"), action="plans.read", after="pathways", parts=LEARNERS
)
BLANK_STEPS = 2
NOTHING = PlanContent()


def create_blueprint(services: Any) -> Blueprint:
    """Views of employment plans; the services ask whose they are."""
    views = Blueprint("employment_plan", __name__)

    views.register_error_handler(NoSuchClient, gone)

    @views.after_request
    def keep_nothing(response: BaseResponse) -> BaseResponse:
        response.headers["Cache-Control"] = "no-store"
        return response

    def page(template: str, plan: Any, problem: PersonError | None, **more: Any) -> tuple[str, int]:
        versions = plan.versions if plan else ()
        told = [
            (one, changes(versions[at + 1].content, one.content) if at + 1 < len(versions) else ())
            for at, one in enumerate(versions)
        ]
        return (
            render_template(
                template,
                plan=plan,
                versions=told,
                outcomes=tuple(Outcome),
                languages=LOCALES,
                today=services.employment_plans.today(),
                problem=problem,
                **more,
            ),
            problem.status if problem else 200,
        )

    def editing(person_id: str, problem: PersonError | None = None) -> tuple[str, int]:
        opened = services.employment_plans.open(current_actor(), person_id)
        plan = opened.plan
        kept = plan.draft if plan else PlanContent()
        typed = _said(request.form, _day_or_none, kept) if problem and "why" in request.form else None
        return page(
            "client_plan.html",
            plan,
            problem,
            person_id=person_id,
            present=bool(_along()),
            name=opened.name,
            proposal=opened.proposal,
            said=typed or kept,
            base=_base()
            if problem and "base" in request.form and not isinstance(problem, PlanChanged)
            else plan.draft.digest
            if plan
            else "",
            against=changes(kept, typed) if typed and isinstance(problem, PlanChanged) else (),
            blank=BLANK_STEPS,
            most_reviews=MOST_REVIEWS,
        )

    def own(problem: PersonError | None = None) -> tuple[str, int]:
        actor = current_actor()
        notes, private = services.case_work.shared_with_me(actor)
        return page(
            "plan.html",
            services.employment_plans.mine(actor),
            problem,
            news=[
                one for one in services.news.mine(actor) if one.path.startswith(("/plan", "/shares#advice"))
            ],
            notes=notes,
            private=private,
            meetings=services.case_work.my_meetings(actor),
        )

    def done(message: str, to: str) -> BaseResponse:
        flash(message)
        return redirect(to, 303)

    theirs = f"{CASELOAD.path}/<person_id>/plan"

    @views.get(theirs)
    def edit(person_id: str) -> Any:
        return editing(person_id)

    @views.post(theirs)
    def write(person_id: str) -> Any:
        try:
            services.employment_plans.write(current_actor(), person_id, _said(request.form), _base())
            if request.form.get("step") == "version":
                made = services.employment_plans.make_version(current_actor(), person_id)
                return done(
                    _("Version %(n)s is ready to read and to sign.", n=made.number),
                    f"{CASELOAD.path}/{person_id}/plan{_along()}#sign",
                )
        except PlanRefused as problem:
            return editing(person_id, problem)
        return done(_("The plan is kept."), f"{CASELOAD.path}/{person_id}/plan{_along()}")

    @views.post(f"{theirs}/sign")
    def sign(person_id: str) -> Any:
        number, name, drawn, digest = _signing()
        try:
            services.employment_plans.sign(
                current_actor(), person_id, number, request.form.get("part", "")[:10], name, drawn, digest
            )
        except PlanRefused as problem:
            return editing(person_id, problem)
        return done(_("The signature is kept."), f"{CASELOAD.path}/{person_id}/plan{_along()}#sign")

    @views.post(f"{theirs}/follow-up")
    def follow_up(person_id: str) -> Any:
        form = request.form
        days = form.get("days", "")[:3]
        try:
            services.employment_plans.follow_up(
                current_actor(),
                person_id,
                int(days) if days.isdecimal() else 0,
                form.get("outcome", "")[:20],
                form.get("words", "")[:1000],
            )
        except PlanRefused as problem:
            return editing(person_id, problem)
        return done(_("The follow-up is kept."), f"{CASELOAD.path}/{person_id}/plan{_along()}#follow-ups")

    @views.get(f"{theirs}/<int:number>.pdf")
    def their_pdf(person_id: str, number: int) -> Any:
        opened = services.employment_plans.open(current_actor(), person_id)
        return _pdf(opened.name, opened.plan, number)

    @views.get(PLACE.path)
    def mine():
        return own()

    @views.post(f"{PLACE.path}/sign")
    def sign_mine():
        number, name, drawn, digest = _signing()
        try:
            services.employment_plans.sign_mine(current_actor(), number, name, drawn, digest)
        except PlanRefused as problem:
            return own(problem)
        return done(_("The signature is kept."), f"{PLACE.path}#sign")

    @views.post(f"{PLACE.path}/strike")
    def strike():
        services.employment_plans.strike_mine(current_actor(), _signing()[0])
        return done(_("Your signature is taken back."), f"{PLACE.path}#sign")

    @views.post(f"{PLACE.path}/news/<news_id>/dismiss")
    def dismiss(news_id: str) -> Any:
        with suppress(NoSuchNews):  # The other half of a double click.
            services.news.dismiss(current_actor(), news_id)
        return redirect(PLACE.path, 303)

    @views.post(f"{PLACE.path}/steps/<step_id>")
    def tick(step_id: str) -> Any:
        ticked = bool(request.form.get("done"))
        services.employment_plans.tick_mine(current_actor(), step_id, done=ticked)
        return done(_("The step is done.") if ticked else _("The step is open again."), f"{PLACE.path}#steps")

    @views.get(f"{PLACE.path}/<int:number>.pdf")
    def my_pdf(number: int) -> Any:
        actor = current_actor()
        return _pdf(actor.name, services.employment_plans.mine(actor), number)

    return views


def day_of(said: str) -> date | None:
    """A day of a form; `PlanRefused` where it is none."""
    try:
        return date.fromisoformat(said[:10]) if said.strip() else None
    except ValueError:
        raise PlanRefused(_("Choose days within five years.")) from None


def _along() -> str:
    """The end of an address while somebody else looks along: the way back then leads to the same."""
    return "?present=1" if request.values.get("present", "") == "1" else ""


def _day_or_none(said: str) -> date | None:
    """The same for showing again what was typed."""
    try:
        return day_of(said)
    except PlanRefused:
        return None


def _said(
    form: MultiDict[str, str],
    day_of: Callable[[str], date | None] = day_of,
    kept: PlanContent = NOTHING,
) -> PlanContent:
    """What the form says; the goal and its figures are not its business, and are those of ``kept``."""
    rows = zip(
        *(form.getlist(f"step-{part}")[:60] for part in ("id", "what", "who", "due", "cost", "funding")),
        strict=False,
    )
    steps = (
        PlanStep(key[:32], what[:1000], who[:500], day_of(due), cost[:20], funding[:500])
        for key, what, who, due, cost, funding in rows
        if what.strip()
    )
    return replace(
        kept,
        why=form.get("why", "")[:10_000],
        strengths=tuple(form.getlist("strength")[:60]),
        gaps=tuple(form.getlist("gap")[:60]),
        steps=tuple(steps),
        services=form.get("services", "")[:10_000],
        reviews=tuple(day for said in form.getlist("review")[:20] if (day := day_of(said)) is not None),
    )


def _base() -> str | None:
    """What the plan said when the form was loaded, by its hash."""
    said = request.form.get("base")
    return None if said is None else said[:64]


def _signing() -> tuple[int, str, str, str]:
    form = request.form
    number = form.get("number", "")[:4]
    return (
        int(number) if number.isdecimal() else 0,
        form.get("name", "")[:500],
        form.get("drawn", "")[:30_000],
        form.get("digest", "")[:64],
    )


def _pdf(name: str, plan: Any, number: int) -> Response:
    version = next((one for one in (plan.versions if plan else ()) if one.number == number), None)
    if version is None:
        raise NoSuchPlan(_("There is no such version of this plan."))
    asked = request.args.get("language", "")
    with use_locale(asked if asked in LOCALES else locale()):
        content = plan_document.document(name, plan, version)
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f"inline; filename=employment-plan-{number}.pdf"
    return response

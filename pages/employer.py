"""An employer's postings, and what was sent to them. Plain HTML forms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from i18n import gettext as _
from services.adverse_impact import (
    ENOUGH,
    LONGEST_NAME,
    MOST_GROUPS,
    Group,
    Impact,
    ImpactRefused,
    impacts,
)
from services.applications import MOST_COMPARED, SORTS
from services.postings import LEVELS, LONGEST_TEXT, Asked, PostingRefused, Terms
from web.actor import current_actor
from web.page import Place
from web.sign_in import PersonError

PLACE = Place(name="employer", path="/employer", nav=lambda: _("Employer"), action="employer.read")
FOUND = 8


def create_blueprint(services: Any) -> Blueprint:
    """Views for employers; the services ask whether one is, and whose a posting is."""
    views = Blueprint("employer", __name__, url_prefix=PLACE.path)

    @views.after_request
    def keep_nothing(response: BaseResponse) -> BaseResponse:
        response.headers["Cache-Control"] = "no-store"
        return response

    def overview(problem: PersonError | None = None) -> tuple[str, int]:
        actor = current_actor()
        mine = services.postings.mine(actor)
        words = " ".join(request.args.get("q", "").split())[:100]
        page = render_template(
            "employer.html",
            postings=[(one, one.state_on(services.postings.today()), n) for one, n in mine],
            words=words,
            roles=[role for role, _market in services.roles.search(words, limit=FOUND)] if words else [],
            longest=LONGEST_TEXT,
            entered=request.form,
            problem=problem,
        )
        return page, problem.status if problem else 200

    def one(posting_id: str, problem: PersonError | None = None) -> tuple[str, int]:
        actor, postings = current_actor(), services.postings
        posting = postings.own(actor, posting_id)
        state = posting.state_on(postings.today())
        words = " ".join(request.args.get("q", "").split())[:100]
        place_words = " ".join(request.args.get("place", "").split())[:100]
        sort = request.args.get("sort", SORTS[0])
        there = {wanted.uri for wanted in posting.wanted}
        area = services.roles.area(posting.area_code) if posting.area_code else None
        page = render_template(
            "employer_posting.html",
            posting=posting,
            state=state,
            editing=state != "open",
            area=area,
            places=services.roles.areas(place_words, FOUND) if place_words else [],
            place_words=place_words,
            words=words,
            found=[skill for skill in postings.skills(actor, words, FOUND) if skill.uri not in there],
            concerns=postings.concerns(posting),
            readings=services.applications.received(actor, posting_id, sort) if state != "draft" else (),
            sort=sort if sort in SORTS else SORTS[0],
            levels=LEVELS,
            most=MOST_COMPARED,
            enough=ENOUGH,
            problem=problem,
        )
        return page, problem.status if problem else 200

    def to(posting_id: str, query: str = "") -> BaseResponse:
        return redirect(f"{PLACE.path}/postings/{posting_id}{query}", 303)

    @views.get("")
    def all_of_it():
        return overview()

    @views.post("/postings")
    def make():
        actor, form = current_actor(), request.form
        try:
            if form.get("from") == "role":
                made = services.postings.from_role(actor, form.get("code", "")[:10])
            elif form.get("from") == "text":
                made = services.postings.from_text(actor, form.get("title", ""), form.get("text", ""))
            else:
                made = services.postings.from_skills(actor, form.get("title", ""))
        except PersonError as problem:
            if problem.status in (401, 403):
                raise
            return overview(problem)
        return to(made.id)

    @views.get("/postings/<posting_id>")
    def posting(posting_id: str) -> Any:
        return one(posting_id)

    @views.post("/postings/<posting_id>/save")
    def save(posting_id: str) -> Any:
        form = request.form
        step = form.get("step", "save")
        try:
            services.postings.change(current_actor(), posting_id, _terms(form), _asked(form))
            if step == "publish":
                services.postings.publish(
                    current_actor(), posting_id, read_warnings=bool(form.get("read-warnings"))
                )
                flash(_("It is published: people see it and can apply."))
            elif step == "save":
                flash(_("Your changes are saved."))
        except PostingRefused as problem:
            return one(posting_id, problem)
        if step == "find":
            return redirect(f"{PLACE.path}/postings/{posting_id}?{_query(q=form.get('find', ''))}#find", 303)
        if step == "place":
            return redirect(
                f"{PLACE.path}/postings/{posting_id}?{_query(place=form.get('place', ''))}#place", 303
            )
        return to(posting_id)

    @views.post("/postings/<posting_id>/close")
    def close(posting_id: str) -> Any:
        services.postings.close(current_actor(), posting_id)
        flash(_("It is closed: nobody can apply any more. What was sent stays until its end."))
        return to(posting_id)

    @views.post("/postings/<posting_id>/remove")
    def remove(posting_id: str) -> Any:
        services.postings.remove(current_actor(), posting_id)
        flash(_("The posting is deleted, with what was sent to it."))
        return redirect(PLACE.path, 303)

    @views.get("/postings/<posting_id>/applications.csv")
    def table(posting_id: str) -> Any:
        response = Response(services.applications.table(current_actor(), posting_id), mimetype="text/csv")
        response.headers["Content-Disposition"] = "attachment; filename=applications.csv"
        return response

    @views.get("/postings/<posting_id>/compare")
    def compare(posting_id: str) -> Any:
        actor = current_actor()
        shown, chosen = services.postings.own(actor, posting_id), request.args.getlist("a")
        if not 2 <= len(chosen) <= MOST_COMPARED:
            flash(_("Choose two to four applications to compare."))
            return to(posting_id, "#received")
        readings = services.applications.compare(actor, posting_id, chosen)
        return render_template("employer_compare.html", posting=shown, readings=readings)

    @views.get("/postings/<posting_id>/impact")
    @views.post("/postings/<posting_id>/impact")
    def impact(posting_id: str) -> Any:
        posting = services.postings.own(current_actor(), posting_id)
        names = ("group", "applied", "moved")
        typed = zip(*(request.form.getlist(name)[:MOST_GROUPS] for name in names), strict=False)
        entered = [tuple(part.strip()[:100] for part in row) for row in typed]
        problem: PersonError | None = None
        figures: tuple[Impact, ...] = ()
        if request.method == "POST":
            try:
                figures = impacts(_groups(entered))
            except ImpactRefused as refused:
                problem = refused
        page = render_template(
            "employer_impact.html",
            posting=posting,
            entered=entered,
            figures=figures,
            rows=MOST_GROUPS,
            enough=ENOUGH,
            problem=problem,
        )
        return page, problem.status if problem else 200

    @views.get("/applications/<application_id>")
    def application(application_id: str) -> Any:
        opened = services.applications.open(current_actor(), application_id)
        return render_template("employer_application.html", opened=opened, reading=opened.reading)

    @views.post("/applications/<application_id>/forward")
    def forward(application_id: str) -> Any:
        services.applications.move_forward(current_actor(), application_id)
        flash(_("They are moved forward, and are told so."))
        return redirect(f"{PLACE.path}/applications/{application_id}", 303)

    return views


def _query(**parts: str) -> str:
    return urlencode({name: value[:100] for name, value in parts.items()})


def _terms(form: MultiDict[str, str]) -> Terms:
    try:
        last_day = date.fromisoformat(form.get("last_day", "")[:20])
    except ValueError:
        raise PostingRefused(_("Choose a last day between today and a year from now.")) from None
    return Terms(
        title=form.get("title", ""),
        last_day=last_day,
        description=form.get("description", ""),
        area_code=form.get("area", "")[:7],
        wage_low=_amount(form.get("wage_low", "")),
        wage_high=_amount(form.get("wage_high", "")),
        wage_per=form.get("wage_per", "hour"),
    )


def _groups(entered: list[tuple[str, ...]]) -> Iterator[Group]:
    for name, applied, moved in entered:
        if not (name or applied or moved):
            continue
        if not (applied.isdecimal() and moved.isdecimal()) or len(name) > LONGEST_NAME:
            raise ImpactRefused(_("Enter whole numbers of people, and a name of the group."))
        yield Group(name, int(applied), int(moved))


def _amount(said: str) -> float | None:
    bare = said.strip().removeprefix("$").replace(",", "")
    if not bare:
        return None
    whole, _point, part = bare.partition(".")
    if not (bare.isascii() and whole.isdigit() and len(whole) < 9 and (not part or part.isdigit())):
        raise PostingRefused(_("Give the wage in dollars, as a number above zero."))
    return float(bare)


def _asked(form: MultiDict[str, str]) -> Iterator[Asked]:
    """The skills that stay, and the one that is added."""
    for uri in form.getlist("skill")[:200]:
        kind = form.get(f"kind-{uri}", "required")
        if kind == "away":
            continue
        level = form.get(f"level-{uri}", "")
        yield Asked(
            uri,
            float(level) if level in {str(one) for one in LEVELS} else None,
            must=kind == "must",
            preferred=kind == "preferred",
        )
    if added := form.get("add", ""):
        yield Asked(added[:255])

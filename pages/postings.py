"""Open postings, and what a person sends to them. Plain HTML forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from components import reading_view
from i18n import gettext as _
from services.applying import ApplicationRefused, NotApplied, Sending, employer_words
from web.actor import current_actor
from web.page import LEARNERS, Place
from web.sign_in import PersonError

PLACE = Place(
    name="postings", path="/postings", nav=lambda: _("Postings"), action="postings.read", parts=LEARNERS
)
USUAL_DAYS = 60
HELPERS = (
    reading_view.level_word,
    reading_view.pay_words,
    reading_view.posting_state,
    reading_view.ground_word,
    reading_view.ground_advice,
    reading_view.read_word,
    reading_view.read_name,
    reading_view.read_sign,
    reading_view.read_row,
    reading_view.read_counts,
    reading_view.must_words,
    reading_view.covered_words,
    reading_view.proof_words,
    reading_view.applicants_words,
    reading_view.impact_words,
)


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the form of an application; texts as they were typed."""

    which: str = "all"
    skills: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset({"name", "email"})
    until: str = field(
        default_factory=lambda: (datetime.now(UTC).date() + timedelta(days=USUAL_DAYS)).isoformat()
    )

    @classmethod
    def of(cls, form: MultiDict[str, str]) -> Entered:
        return cls(
            which=form.get("which", "all"),
            skills=frozenset(form.getlist("skill")[:500]),
            records=frozenset(form.getlist("record")[:500]),
            fields=frozenset(form.getlist("field")[:5]),
            until=form.get("until", "")[:20],
        )

    @classmethod
    def sent(cls, scope: Any, until: date | None) -> Entered:
        """What was sent before, to be changed."""
        return cls(
            which="chosen",
            skills=frozenset(scope.skills or ()),
            records=frozenset(scope.records or ()),
            fields=scope.fields,
            until=until.isoformat() if until else "",
        )

    def wish(self) -> Sending:
        """What is wanted; `ApplicationRefused` where the day is none."""
        try:
            until = date.fromisoformat(self.until)
        except ValueError:
            raise ApplicationRefused(_("Choose a last day between today and a year from now.")) from None
        chosen = None if self.which == "all" else tuple(sorted(self.skills))
        return Sending(chosen, tuple(sorted(self.records)), self.fields, until)


def create_blueprint(services: Any) -> Blueprint:
    """Views of postings for whoever may apply; the services ask whose an application is."""
    views = Blueprint("postings", __name__, url_prefix=PLACE.path)
    for helper in HELPERS:
        views.add_app_template_global(helper, helper.__name__)
    views.add_app_template_global(reading_view.group, "read_group")

    @views.after_request
    def keep_nothing(response: BaseResponse) -> BaseResponse:
        response.headers["Cache-Control"] = "no-store"
        return response

    def place_of(posting: Any) -> str:
        area = services.roles.area(posting.area_code) if posting.area_code else None
        return area.name if area else ""

    def one(
        posting_id: str,
        entered: Entered | None = None,
        problem: PersonError | None = None,
        answer: str | None = None,
    ) -> tuple[str, int]:
        actor = current_actor()
        posting = services.postings.seen(actor, posting_id)
        try:
            sent, reading = services.applying.sent(actor, posting_id)
        except NotApplied:
            sent = reading = None
        live = sent is not None and sent.state == "live"
        if not live:
            reading = services.applying.look(actor, posting_id)
        if entered is None:
            scope = sent.application.consent.scope if live else None
            entered = Entered.sent(scope, reading.until) if scope else Entered()
        own = services.wallet_for(actor)
        page = render_template(
            "posting.html",
            posting=posting,
            place=place_of(posting),
            state=posting.state_on(services.postings.today()),
            sent=sent,
            live=live,
            reading=reading,
            entered=entered,
            holdings=[one for one in own.wallet().holdings if one.standing.counts],
            records=[one for one in own.records() if one.kind != "claim" and not one.set_aside],
            today=services.postings.today().isoformat(),
            answer=reading.answer if answer is None else answer,
            problem=problem,
        )
        return page, problem.status if problem else 200

    @views.get("")
    def all_of_them():
        actor = current_actor()
        opened = services.postings.open(actor)
        sent = services.applying.mine(actor)
        return render_template(
            "postings.html",
            postings=[(one, place_of(one)) for one in opened],
            sent=sent,
            applied={one.posting.id for one in sent if one.state == "live"},
            news=services.applying.news(actor),
        )

    @views.get("/<posting_id>")
    def posting(posting_id: str) -> Any:
        return one(posting_id)

    @views.post("/<posting_id>/preview")
    def preview(posting_id: str) -> Any:
        entered = Entered.of(request.form)
        if request.form.get("step") == "back":
            return one(posting_id, entered)
        actor = current_actor()
        try:
            blind, whole = services.applying.preview(actor, posting_id, entered.wish())
        except ApplicationRefused as problem:
            return one(posting_id, entered, problem)
        shown = services.postings.seen(actor, posting_id)
        return render_template(
            "posting_preview.html",
            posting=shown,
            entered=entered,
            reading=blind,
            whole=whole,
            until=entered.wish().until,
            sentence=employer_words(shown.owner_name, shown.title, entered.wish().until),
        )

    @views.post("/<posting_id>/send")
    def send(posting_id: str) -> Any:
        entered = Entered.of(request.form)
        try:
            services.applying.send(current_actor(), posting_id, entered.wish())
        except ApplicationRefused as problem:
            return one(posting_id, entered, problem)
        flash(_("It is sent. You can take it back here at any time."))
        return redirect(f"{PLACE.path}/{posting_id}", 303)

    @views.post("/<posting_id>/withdraw")
    def withdraw(posting_id: str) -> Any:
        services.applying.withdraw(current_actor(), posting_id)
        flash(_("It is taken back, from this moment on."))
        return redirect(PLACE.path, 303)

    @views.post("/<posting_id>/answer")
    def answer(posting_id: str) -> Any:
        words = request.form.get("answer", "")[:5000]
        try:
            services.applying.answer(current_actor(), posting_id, words)
        except ApplicationRefused as problem:
            return one(posting_id, problem=problem, answer=words)
        flash(_("Your answer is saved, and the employer sees it."))
        return redirect(f"{PLACE.path}/{posting_id}", 303)

    @views.post("/news/<news_id>/dismiss")
    def dismiss(news_id: str) -> Any:
        services.applying.dismiss(current_actor(), news_id)
        return redirect(PLACE.path, 303)

    return views

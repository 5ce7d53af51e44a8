"""What a person asks others to confirm: the form, the list, and what they decide. Plain HTML forms."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from components.confirmation_view import answer_sentence, parts_words, state_word, stated_lines
from components.record_view import kind_word
from i18n import gettext as _
from i18n import locale
from services.confirmations import AskRefused, NoSuchRequest, TooLate, TooManyAsked
from web.actor import current_actor
from web.page import Place
from web.sign_in import PersonError

PLACE = Place(name="confirmations", path="/wallet/confirmations", nav=None, action="confirmations.read")
ON_THIS_MACHINE = "http://127.0.0.1"


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the form."""

    organization: str = ""
    contact: str = ""
    note: str = ""
    parts: frozenset[str] = frozenset()
    form: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @classmethod
    def of(cls, form: MultiDict[str, str]) -> Entered:
        return cls(
            organization=form.get("organization", ""),
            contact=form.get("contact", ""),
            note=form.get("note", ""),
            parts=frozenset(form.getlist("part")[:10]),
            form=form.get("form", "")[:100],
        )


def create_blueprint(services: Any, public_url: str) -> Blueprint:
    """Views of one's own requests; the services ask whose they are.

    Parameters
    ----------
    public_url : str
        Where links lead; where that is this machine only, they lead where the page was asked for.
    """
    views = Blueprint("confirmations", __name__, url_prefix=PLACE.path)
    views.add_app_template_global(state_word, "state_word")
    views.add_app_template_global(stated_lines, "stated_lines")
    views.add_app_template_global(answer_sentence, "answer_sentence")

    def link(secret: str) -> str:
        here = request.url_root.rstrip("/") if public_url.startswith(ON_THIS_MACHINE) else public_url
        return f"{here}/confirm/{secret}"

    def listed(problem: PersonError | None = None) -> tuple[str, int]:
        actor = current_actor()
        return (
            render_template(
                "confirmations.html",
                mine=services.confirmations.mine(actor),
                askable=[(one, kind_word(one.kind)) for one in services.confirmations.askable(actor)],
                sends_mail=services.confirmations.sends_mail and not actor.demo,
                now=services.confirmations.now(),
                problem=problem,
            ),
            problem.status if problem else 200,
        )

    def asking(record_id: str, entered: Entered | None = None, problem: PersonError | None = None) -> Any:
        actor = current_actor()
        found = next((one for one in services.confirmations.askable(actor) if one.id == record_id), None)
        if found is None:
            raise NoSuchRequest(_("There is no such record, or somebody has signed it already."))
        return (
            render_template(
                "confirmation_ask.html",
                asked=found,
                parts=[(part, parts_words()[part]) for part in found.parts],
                entered=entered or Entered(organization=found.issuer, parts=frozenset(found.parts)),
                sends_mail=services.confirmations.sends_mail and not actor.demo,
                problem=problem,
            ),
            problem.status if problem else 200,
        )

    def passed_on(passed: Any) -> Any:
        return render_template(
            "confirmation_link.html",
            passed=passed,
            asked=passed.confirmation,
            link=link(passed.secret) if passed.secret else "",
        )

    def done(message: str) -> BaseResponse:
        flash(message)
        return redirect(PLACE.path, 303)

    @views.after_request
    def keep_nothing(response: BaseResponse) -> BaseResponse:
        response.headers["Cache-Control"] = "no-store"
        return response

    @views.get("")
    def overview():
        return listed()

    @views.get("/ask")
    def form():
        return asking(request.args.get("record", ""))

    @views.post("/ask")
    def ask():
        record_id, entered = request.form.get("record", ""), Entered.of(request.form)
        try:
            passed = services.confirmations.ask(
                current_actor(),
                record_id,
                organization=entered.organization,
                contact=entered.contact,
                parts=entered.parts,
                note=entered.note,
                form=entered.form,
                locale=locale(),
            )
        except (AskRefused, TooManyAsked) as problem:
            return asking(record_id, entered, problem)
        return passed_on(passed)

    @views.post("/<request_id>/link")
    def another_link(request_id: str) -> Any:
        try:
            passed = services.confirmations.another_link(current_actor(), request_id, locale())
        except (AskRefused, TooLate) as problem:
            return listed(problem)
        return passed_on(passed)

    @views.post("/<request_id>/withdraw")
    def withdraw(request_id: str) -> Any:
        try:
            services.confirmations.withdraw(current_actor(), request_id)
        except TooLate as problem:
            return listed(problem)
        return done(_("You took it back: its link leads nowhere now."))

    @views.post("/<request_id>/forget")
    def forget(request_id: str) -> Any:
        try:
            services.confirmations.forget(current_actor(), request_id)
        except TooLate as problem:
            return listed(problem)
        return done(_("It is taken out of the list."))

    @views.post("/<request_id>/decide")
    def decide(request_id: str) -> Any:
        accept = request.form.get("step") == "accept"
        try:
            services.confirmations.decide(current_actor(), request_id, accept=accept)
        except (AskRefused, TooLate) as problem:
            return listed(problem)
        if accept:
            return done(_("The record says it now, and is confirmed."))
        return done(_("The record stays as it was, and is not confirmed."))

    return views

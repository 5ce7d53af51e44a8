"""The page of who is asked to confirm something: by a link, or from an organization's inbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from graph.model import Statement
from i18n import gettext as _
from services.answering import AnswerRefused, Given
from web.actor import client_address, current_actor
from web.page import Place
from web.sign_in import PersonError

INBOX = Place(name="requests", path="/requests", nav=lambda: _("To confirm"), action="confirmations.sign")
THANKS = "/confirm/thanks"
OUTCOMES = ("confirmed", "corrected", "declined")
LONGEST = 5000


def create_blueprint(services: Any) -> Blueprint:
    """Views for who answers; what a link shows is kept by no browser, index or preview."""
    views = Blueprint("confirm", __name__)

    @views.after_request
    def keep_nothing(response: BaseResponse) -> BaseResponse:
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive, nosnippet"
        return response

    def page(
        asked: Any, where: str, given: Given | None = None, problem: PersonError | None = None
    ) -> tuple[str, int]:
        return (
            render_template(
                "confirm.html",
                asked=asked,
                where=where,
                given=given or _at_first(asked.shown),
                problem=problem,
            ),
            problem.status if problem else 200,
        )

    def answered(where: str, look: Callable[[], Any], answer: Callable[[Given], Any]) -> Any:
        given = _given(request.form)
        try:
            done = answer(given)
        except AnswerRefused as problem:
            return page(look(), where, given, problem)
        signed = "&signed=1" if done.signed else ""
        return redirect(f"{THANKS}?answer={done.outcome}{signed}", 303)

    @views.get("/confirm/<token>")
    def by_link(token: str) -> Any:
        return page(services.answering.look(current_actor(), token, client_address()), f"/confirm/{token}")

    @views.post("/confirm/<token>")
    def answer_by_link(token: str) -> Any:
        who, caller = current_actor(), client_address()
        return answered(
            f"/confirm/{token}",
            lambda: services.answering.look(who, token, caller),
            lambda given: services.answering.answer(who, token, caller, given),
        )

    @views.get(THANKS)
    def thanks():
        outcome = request.args.get("answer", "")
        return render_template(
            "confirm_thanks.html",
            outcome=outcome if outcome in OUTCOMES else "confirmed",
            signed=request.args.get("signed") == "1",
        )

    @views.get(INBOX.path)
    def inbox():
        return render_template("requests.html", waiting=services.answering.inbox(current_actor()))

    @views.get(INBOX.path + "/<request_id>")
    def from_inbox(request_id: str) -> Any:
        return page(services.answering.look_in(current_actor(), request_id), f"{INBOX.path}/{request_id}")

    @views.post(INBOX.path + "/<request_id>")
    def answer_from_inbox(request_id: str) -> Any:
        who = current_actor()
        return answered(
            f"{INBOX.path}/{request_id}",
            lambda: services.answering.look_in(who, request_id),
            lambda given: services.answering.answer_in(who, request_id, given),
        )

    return views


def _at_first(shown: Statement) -> Given:
    """The form as it is first seen: a correction starts from what was claimed."""
    return Given(
        title=shown.title,
        started_on=shown.started_on.isoformat() if shown.started_on else "",
        ended_on=shown.ended_on.isoformat() if shown.ended_on else "",
        hours=f"{shown.hours:g}" if shown.hours else "",
        duties=shown.duties,
        skills=frozenset(uri for uri, _label in shown.skills),
    )


def _given(form: MultiDict[str, str]) -> Given:
    names = (
        "answer",
        "name",
        "position",
        "email",
        "reason",
        "title",
        "started_on",
        "ended_on",
        "hours",
        "duties",
    )
    return Given(
        **{name: form.get(name, "")[:LONGEST] for name in names},
        skills=frozenset(form.getlist("skill")[:200]),
    )

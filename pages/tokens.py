"""Keys for programs: what one has, making one, ending one. Plain HTML forms under the account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from components.token_view import scope_words, token_state_words
from i18n import gettext as _
from services.tokens import TokenNotMade
from web.actor import current_actor

PATH = "/account/tokens"
DAYS = (7, 30, 90, 365)
USUAL_DAYS = 90


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the form of a new token."""

    name: str = ""
    scopes: frozenset[str] = frozenset()
    days: int = USUAL_DAYS

    @classmethod
    def of(cls, form: MultiDict[str, str]) -> Entered:
        days = form.get("days", "")[:4]
        return cls(
            name=form.get("name", "")[:1000],
            scopes=frozenset(form.getlist("scope")[:50]),
            days=int(days) if days.isascii() and days.isdigit() else 0,
        )


def create_blueprint(services: Any) -> Blueprint:
    """Views of one's own tokens; the services ask whose they are."""
    views = Blueprint("tokens", __name__, url_prefix=PATH)
    for helper in (scope_words, token_state_words):
        views.add_app_template_global(helper, helper.__name__)

    @views.after_request
    def keep_nothing(response: BaseResponse) -> BaseResponse:
        response.headers["Cache-Control"] = "no-store"
        return response

    def page(entered: Entered, problem: TokenNotMade | None = None, made: Any = None) -> tuple[str, int]:
        actor, tokens = current_actor(), services.tokens
        shown = render_template(
            "tokens.html",
            tokens=tokens.mine(actor),
            offered=tokens.offered(actor),
            now=tokens.now(),
            entered=entered,
            days=DAYS,
            made=made,
            problem=problem,
        )
        return shown, problem.status if problem else 200

    @views.get("")
    def all_of_them():
        return page(Entered())

    @views.post("")
    def make():
        entered = Entered.of(request.form)
        try:
            made = services.tokens.make(current_actor(), entered.name, entered.scopes, entered.days)
        except TokenNotMade as problem:
            return page(entered, problem)
        return page(Entered(), made=made)

    @views.post("/<token_id>/revoke")
    def revoke(token_id: str) -> Any:
        services.tokens.revoke(current_actor(), token_id)
        flash(_("The token is revoked. Nothing can be done with it any more."))
        return redirect(PATH, 303)

    return views

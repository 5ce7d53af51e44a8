"""Addresses that are told what happens to one's record: what one has, making one, its log. Plain HTML."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from components.token_view import delivery_words, event_words
from i18n import gettext as _
from services.webhooks import EVENTS, WebhookRefused
from web.actor import current_actor

PATH = "/account/webhooks"


def create_blueprint(services: Any) -> Blueprint:
    """Views of one's own webhooks; the services ask whose they are."""
    views = Blueprint("webhooks", __name__, url_prefix=PATH)
    for helper in (event_words, delivery_words):
        views.add_app_template_global(helper, helper.__name__)

    @views.after_request
    def keep_nothing(response: BaseResponse) -> BaseResponse:
        response.headers["Cache-Control"] = "no-store"
        return response

    def page(problem: WebhookRefused | None = None, made: Any = None) -> tuple[str, int]:
        shown = render_template(
            "webhooks.html",
            webhooks=services.webhooks.mine(current_actor()),
            events=EVENTS,
            entered=request.form if problem else {},
            chosen=request.form.getlist("event") if problem else EVENTS,
            made=made,
            problem=problem,
        )
        return shown, problem.status if problem else 200

    @views.get("")
    def all_of_them():
        return page()

    @views.post("")
    def make():
        try:
            made = services.webhooks.make(
                current_actor(), request.form.get("url", "")[:2500], request.form.getlist("event")[:10]
            )
        except WebhookRefused as problem:
            return page(problem)
        return page(made=made)

    @views.post("/<webhook_id>/remove")
    def remove(webhook_id: str) -> Any:
        services.webhooks.remove(current_actor(), webhook_id)
        flash(_("The address is taken away, and told nothing more."))
        return redirect(PATH, 303)

    @views.post("/<webhook_id>/test")
    def test(webhook_id: str) -> Any:
        services.webhooks.test(current_actor(), webhook_id)
        flash(_("A test is on its way. Load this page again to see what came of it."))
        return redirect(PATH, 303)

    return views

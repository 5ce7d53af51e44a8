"""What one is told, and what one wants to be told: here, and by e-mail. Plain HTML forms."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from components.news_view import kind_words, news_words
from graph.model import NewsKind
from i18n import gettext as _
from services.news import NoSuchNews
from web.actor import current_actor

PATH = "/notifications"
PER_PAGE = 100


def create_blueprint(services: Any) -> Blueprint:
    """Views of the signed-in person's news; the services ask whose they are."""
    views = Blueprint("notifications", __name__, url_prefix=PATH)
    for helper in (kind_words, news_words):
        views.add_app_template_global(helper, helper.__name__)

    @views.after_request
    def keep_nothing(response: BaseResponse) -> BaseResponse:
        response.headers["Cache-Control"] = "no-store"
        return response

    @views.get("")
    def all_of_them():
        actor = current_actor()
        told = services.news.mine(actor)
        services.news.looked(actor)
        return render_template(
            "notifications.html",
            told=told[:PER_PAGE],
            more=max(0, len(told) - PER_PAGE),
            kinds=tuple(NewsKind),
            choices=services.news.choices(actor),
            mails=services.news.mails,
            email=services.people.account(actor).email,
        )

    @views.post("/<news_id>/dismiss")
    def dismiss(news_id: str) -> Any:
        with suppress(NoSuchNews):  # The other half of a double click.
            services.news.dismiss(current_actor(), news_id)
        return redirect(PATH, 303)

    @views.post("/dismiss")
    def dismiss_all() -> Any:
        services.news.dismiss(current_actor())
        return redirect(PATH, 303)

    @views.post("/choices")
    def choose() -> Any:
        actor = current_actor()
        here, by_mail = (_kinds(request.form.getlist(name)) for name in ("here", "mail"))
        services.news.choose(actor, here=here, by_mail=by_mail if services.news.mails else None)
        flash(_("Your choice is saved."))
        return redirect(PATH, 303)

    return views


def create_stop_blueprint(services: Any) -> Blueprint:
    """The view of whoever has the link at the end of a mail: it stops them, without signing in."""
    views = Blueprint("stop_mails", __name__, url_prefix=f"{PATH}/stop")

    @views.after_request
    def keep_nothing(response: BaseResponse) -> BaseResponse:
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    @views.get("/<token>")
    def ask(token: str) -> str:
        # Programs that read mails open their links: nothing is changed by that.
        services.news.check_stop(token)
        return render_template("mails_stop.html", done=False)

    @views.post("/<token>")
    def stop(token: str) -> str:
        services.news.stop(token)
        return render_template("mails_stop.html", done=True)

    return views


def _kinds(names: list[str]) -> frozenset[NewsKind]:
    return frozenset(kind for kind in NewsKind if kind.value in names)

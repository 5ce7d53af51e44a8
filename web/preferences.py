"""Language and theme: chosen by the reader, kept in a cookie, applied before the first byte."""

from __future__ import annotations

from flask import Blueprint, Flask, current_app, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from i18n import DEFAULT, LOCALES, set_locale
from services.people import PeopleService
from web.actor import current_actor
from web.addresses import local_path
from web.delivery import FILES
from web.security import same_site_request

LANGUAGE_COOKIE = "language"
THEME_COOKIE = "theme"
THEMES = ("system", "light", "dark")
A_YEAR = 365 * 24 * 3600


def init_app(server: Flask, people: PeopleService) -> None:
    """Set the language of every request, and answer the two switches."""
    views = Blueprint("preferences", __name__)

    @views.get("/language/<any(en, es):code>")
    def language(code: str) -> BaseResponse:
        actor = current_actor()
        if actor.signed_in and actor.locale != code and same_site_request():
            people.set_locale(actor, code)
        return _keep(LANGUAGE_COOKIE, code)

    @views.get("/theme/<any(system, light, dark):name>")
    def theme(name: str) -> BaseResponse:
        return _keep(THEME_COOKIE, name)

    server.register_blueprint(views)
    server.before_request(lambda: set_locale(reader_locale()))
    # A worker's thread may do something else next: nobody's language stays behind in it.
    server.teardown_request(lambda _error: set_locale(DEFAULT))


def reader_locale() -> str:
    """The language to answer in: the reader's choice, their account's, their browser's."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in LOCALES:
        return chosen
    if not request.path.startswith(FILES) and current_actor().signed_in:
        return current_actor().locale
    return request.accept_languages.best_match(LOCALES) or "en"


def reader_theme() -> str:
    """``light``, ``dark``, or ``system`` when the device decides."""
    chosen = request.cookies.get(THEME_COOKIE)
    return chosen if chosen in THEMES else "system"


def _keep(name: str, value: str) -> BaseResponse:
    response = redirect(local_path(request.args.get("next")), 303)
    response.set_cookie(
        name,
        value,
        max_age=A_YEAR,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return response

"""The page on which a person lets a system of somebody else in, or does not. Plain HTML."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from authlib.common.urls import add_params_to_uri
from authlib.oauth2 import OAuth2Error
from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from i18n import gettext as _
from services.systems import DAYS, scope_sentences
from web import security
from web.actor import current_actor
from web.oauth import AUTHORIZE, Authorization
from web.sign_in import PersonError

USUAL_DAYS = 90


def create_blueprint(services: Any, server: Authorization) -> Blueprint:
    """The view of saying yes or no."""
    views = Blueprint("let_in", __name__)

    @views.get(AUTHORIZE)
    def ask():
        return page()

    @views.post(AUTHORIZE)
    def decide():
        actor = current_actor()
        services.consents.kinds(actor)  # Who is not signed in is told so before anything of the request.
        try:
            grant, client, scopes = asked(actor)
        except OAuth2Error as problem:
            return refused(problem)
        if request.form.get("decision") != "yes":
            return back(grant, error="access_denied")
        days = request.form.get("days", "")[:4]
        try:
            consent = services.systems.allow(
                actor, client, scopes, int(days) if days.isascii() and days.isdigit() else 0
            )
        except PersonError as problem:
            if problem.status in (401, 403):
                raise
            return page(problem)
        challenge = grant.request.payload.data["code_challenge"]
        code = services.systems.code(consent, client, grant.redirect_uri, challenge, scopes)
        return back(grant, code=code)

    def asked(actor: Any) -> tuple[Any, Any, list[str]]:
        """What is asked for, checked by the protocol."""
        grant = server.get_consent_grant(end_user=actor)
        client = grant.client.client
        wanted = grant.request.payload.scope or " ".join(client.scopes)
        return grant, client, grant.client.get_allowed_scope(wanted).split()

    def page(problem: PersonError | None = None) -> Any:
        actor = current_actor()
        services.consents.kinds(actor)  # Who is not signed in does so first, and comes back.
        try:
            grant, client, scopes = asked(actor)
        except OAuth2Error as error:
            return refused(error)
        shown = render_template(
            "let_in.html",
            client=client,
            where=urlsplit(grant.redirect_uri).netloc,
            sentences=scope_sentences(scopes),
            days=DAYS,
            usual=USUAL_DAYS,
            fields=[(name, value) for name, value in request.values.items() if name in CARRIED],
            problem=problem,
        )
        response = make_response(shown, problem.status if problem else 200)
        # The answer to this form leads to the system, and nowhere else.
        origin = f"{urlsplit(grant.redirect_uri).scheme}://{urlsplit(grant.redirect_uri).netloc}"
        policy = security.content_security_policy().replace(
            "form-action 'self'", f"form-action 'self' {origin}"
        )
        response.headers["Content-Security-Policy"] = policy
        response.headers["Cache-Control"] = "no-store"
        return response

    return views


CARRIED = (
    *("response_type", "client_id", "redirect_uri", "scope", "state"),
    *("code_challenge", "code_challenge_method"),
)


def back(grant: Any, **answer: str) -> BaseResponse:
    """To the system, with the code or with no; ``state`` comes back as it was sent."""
    state = grant.request.payload.state
    params = [*answer.items(), *([("state", state)] if state else [])]
    return redirect(add_params_to_uri(grant.redirect_uri, params), 303)


def refused(problem: OAuth2Error) -> Any:
    """Back to the system where its address is known to be its own; else it is said here."""
    if getattr(problem, "redirect_uri", None):
        _status, _body, headers = problem()
        return redirect(dict(headers)["Location"], 303)
    title = _("This system cannot be let in")
    page = render_template(
        "error.html",
        title=title,
        heading=title,
        lead=_(
            "Its request is not complete, or not from where it registered. Go back to it, and tell it so."
        ),
        status=400,
    )
    return Response(page, 400)

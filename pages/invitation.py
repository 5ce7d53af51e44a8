"""What somebody sees who was invited to be advised, and what they answer. Plain HTML forms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from i18n import gettext as _
from services.consents import counselor_words
from web.actor import client_address, current_actor
from web.sign_in import ChangeRefused, PersonError

PATH = "/invitation/<secret>"


def create_blueprint(services: Any) -> Blueprint:
    """The views of whoever has the link of an invitation."""
    views = Blueprint("invitation", __name__)

    @views.after_request
    def keep_nothing(response: BaseResponse) -> BaseResponse:
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive, nosnippet"
        return response

    def page(secret: str, problem: PersonError | None = None) -> tuple[str, int]:
        found = services.inviting.find(current_actor(), secret, client_address())
        shown = render_template(
            "invitation.html",
            invitation=found,
            words=counselor_words(found.counselor_name),
            today=services.caseload.today(),
            problem=problem,
        )
        return shown, problem.status if problem else 200

    @views.get(PATH)
    def look(secret: str) -> Any:
        return page(secret)

    @views.post(PATH)
    def accept(secret: str) -> Any:
        until = request.form.get("until", "")[:10]
        try:
            ends = datetime.fromisoformat(until).replace(tzinfo=UTC) + timedelta(days=1) if until else None
        except ValueError:
            ends = datetime.now(UTC)  # No day at all: refused below, in the service's own words.
        try:
            services.inviting.accept(
                current_actor(),
                secret,
                client_address(),
                ends_at=ends,
                actions=frozenset(request.form.getlist("action")[:5]),
            )
        except ChangeRefused as problem:
            return page(secret, problem)
        flash(_("Your counselor can look now. You can take it back here at any time."))
        return _to("/shares#advice")

    return views


def _to(address: str) -> BaseResponse:
    return redirect(address, 303)

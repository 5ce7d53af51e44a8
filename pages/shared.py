"""What somebody sees who was given a link to a record: as a page, or as JSON for a program."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from components.share_print import share_document
from web.actor import client_address, current_actor

PATH = "/s/<token>"
# Programs that fetch an address to show a preview of it: they are told nothing, and it is no opening.
PREVIEWS = re.compile(
    r"bot\b|facebookexternalhit|slack|whatsapp|telegram|skypeuripreview|embedly|preview|linkedin|discord",
    re.IGNORECASE,
)


def create_blueprint(services: Any, as_json: Callable[[Any], bytes], root: Callable[[], str]) -> Blueprint:
    """The view of whoever has a link; it is kept by no browser, index or preview.

    Parameters
    ----------
    as_json : callable
        Writes what a link leads to for a program.
    root : callable
        Gives the address that links lead to.
    """
    views = Blueprint("shared", __name__)

    @views.after_request
    def keep_nothing(response: BaseResponse) -> BaseResponse:
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive, nosnippet"
        return response

    @views.get(PATH)
    def look(token: str) -> Any:
        actor, caller = current_actor(), client_address()
        if request.method == "HEAD" or PREVIEWS.search(request.headers.get("User-Agent", "")):
            services.opening.find(actor, token, caller)
            return render_template("share_closed.html")
        opened = services.opening.open(actor, token, caller)
        wanted = request.accept_mimetypes.best_match(("text/html", "application/json", "application/pdf"))
        if wanted == "application/json":
            return Response(as_json(opened), mimetype=wanted)
        if wanted == "application/pdf":
            content = share_document(opened.shown, f"{root()}/s/{token}", opened.verified_at)
            return Response(content, mimetype=wanted)
        return render_template("shared.html", opened=opened, shown=opened.shown)

    return views

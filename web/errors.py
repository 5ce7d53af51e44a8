"""What a reader is told when something cannot be shown, in the shell or as a problem document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import structlog
from dash.exceptions import CallbackException, DependencyException
from flask import Flask, Response, current_app, jsonify, make_response, redirect, render_template, request
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, NotFound

from accounts.errors import PersonError
from i18n import gettext as _
from web import logs

log = structlog.get_logger()
_TOLD_BY = "waymark.errors"


def init_app(
    server: Flask,
    away: tuple[type[Exception], ...] = (),
    told_by: Mapping[str, Callable[[int, str], Response]] | None = None,
) -> None:
    """Answer every error with its own status and words a person can use.

    Parameters
    ----------
    away : tuple of exception types
        Those that mean that a database cannot be reached now.
    told_by : mapping, optional
        What makes the answer under a beginning of paths that has errors of a shape of its own.
    """
    server.extensions[_TOLD_BY] = dict(told_by or {})
    server.register_error_handler(PersonError, _person_error)
    server.register_error_handler(HTTPException, _http_error)
    server.register_error_handler(Exception, _unexpected)
    # What Dash raises for a component file that there is none of.
    server.register_error_handler(DependencyException, lambda _error: _http_error(NotFound()))
    server.register_error_handler(CallbackException, lambda _error: _http_error(BadRequest()))
    # A body of brackets within brackets, deeper than any of ours.
    server.register_error_handler(RecursionError, lambda _error: _http_error(BadRequest()))
    for kind in away:
        server.register_error_handler(kind, _away)


def words(status: int) -> tuple[str, str]:
    """Title and explanation of a status, in the reader's language."""
    known = {
        400: (
            _("That request could not be read"),
            _("Go back to the page you came from, load it again and try once more."),
        ),
        401: (_("Please sign in first"), _("This page belongs to a person. Sign in to see yours.")),
        403: (
            _("This page is not open to you"),
            _("It belongs to someone else, or your account is not set up for it."),
        ),
        404: (
            _("There is no such page"),
            _("The address may be mistyped, or the page may have moved."),
        ),
        405: (_("That does not work here"), _("Go back to the page you came from and use its buttons.")),
        410: (_("This is no longer here"), _("It was withdrawn, or its time is over.")),
        413: (
            _("That is too large"),
            _("At most 2 megabytes can be sent at once, and a file of 20 megabytes to the wallet."),
        ),
        429: (
            _("Too many wrong passwords"),
            _("Wait a quarter of an hour, then try again. Nobody has been signed in."),
        ),
        503: (
            _("Part of Waymark is away"),
            _("The data behind this page is being rebuilt or cannot be reached. Try again in a few minutes."),
        ),
    }
    return known.get(
        status,
        (
            _("Something went wrong here"),
            _("It is not your doing, and it has been noted. Nothing you had saved is lost. Try again."),
        ),
    )


def answer(status: int, detail: str | None = None, title: str | None = None) -> Response:
    """The error page, or the problem document where a program asks.

    Parameters
    ----------
    status : int
    detail, title : str, optional
        In the reader's language; what is generally said of the status by default.
    """
    usual, explanation = words(status)
    title, explanation = title or usual, detail or explanation
    own = next(
        (make for path, make in current_app.extensions[_TOLD_BY].items() if request.path.startswith(path)),
        None,
    )
    if own is not None:
        response = own(status, explanation)
    elif _asks_for_a_document():
        response = jsonify(title=title, detail=explanation, status=status)
        response.mimetype = "application/problem+json"
    else:
        page = render_template("error.html", title=title, heading=title, lead=explanation, status=status)
        response = make_response(page)
    response.status_code = status
    if status == 503:
        response.headers["Retry-After"] = "120"
    return response


def _asks_for_a_document() -> bool:
    if request.path.startswith(("/api/", "/ims/", "/oauth/token", "/oauth/re", "/_dash-", "/healthz")):
        return True
    return request.accept_mimetypes.best_match(("text/html", "application/json")) == "application/json"


def _person_error(error: PersonError) -> Response:
    if error.status == 401 and request.method == "GET" and not _asks_for_a_document():
        target = request.full_path if request.query_string else request.path
        return redirect("/login?" + urlencode({"next": target}), 303)  # type: ignore[return-value]
    if error.status in (403, 404):
        # Whose it is, and whether it is there at all, is told to nobody: only that it was asked for.
        log.warning("asked for what is not theirs or not there", kind=type(error).__name__)
    said = _(error.message, **error.values)
    if (title := getattr(error, "title", None)) is not None:
        response = answer(error.status, said, _(title))
    elif error.status == 404:
        # What is not there is no page: the error's own sentence says what it is.
        response = answer(404, said if _asks_for_a_document() else None, said.rstrip("."))
    else:
        response = answer(error.status, said)
    if (seconds := getattr(error, "retry_after", None)) is not None:
        response.headers["Retry-After"] = str(seconds)
    challenge = getattr(error, "challenge", "Bearer" if error.status == 401 else None)
    if challenge is not None and _asks_for_a_document():
        response.headers["WWW-Authenticate"] = challenge
    return response


def _http_error(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    if error.code >= 500:
        logs.exception(error)
    response = answer(error.code, _methods(error) if _asks_for_a_document() else None)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _methods(error: HTTPException) -> str | None:
    """What a program may do at an address instead, when that is what is wrong."""
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        return _("This address takes %(methods)s.", methods=", ".join(sorted(error.valid_methods)))
    return None


def _away(error: Exception) -> Response:
    logs.exception(error)
    return answer(503)


def _unexpected(error: Exception) -> Response:
    logs.exception(error)
    return answer(500)

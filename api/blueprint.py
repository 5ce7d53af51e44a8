"""The routes of the table, served by Flask; errors as ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from pydantic import TypeAdapter, ValidationError

from api import openapi
from api.answers import HealthAnswer, Problem, SharedAnswer
from api.asked import Refused
from api.route import Route
from api.routes import ROUTES, Answers
from services.opening import Opened


def create_blueprint(
    services: Any,
    current_actor: Callable[[], Any],
    sign_in: Callable[[str, str], object],
    root: Callable[[], str] = lambda: request.url_root.rstrip("/"),
) -> Blueprint:
    """Make the API.

    Parameters
    ----------
    services : services.container.Services
    current_actor : callable
        Gives who is asking.
    sign_in : callable
        Takes e-mail address and password, begins the session, and raises an exception with a
        ``status`` (401, 429) when it does not.
    root : callable, optional
        Gives the address that links lead to; by default where the request was sent.

    Returns
    -------
    flask.Blueprint
        With ``/api/v1/...`` and ``/healthz``. What services raise goes through to the
        application's own error handlers.
    """
    blueprint = Blueprint("api", __name__)
    answers = Answers(services, current_actor, sign_in, root)
    for route in ROUTES:
        blueprint.add_url_rule(
            openapi.PREFIX + route.path.replace("{", "<").replace("}", ">"),
            endpoint=route.handler,
            view_func=_view(route, getattr(answers, route.handler)),
            methods=[route.method],
        )

    @blueprint.before_request
    def know_the_token() -> None:
        # Also where anybody may ask: a token that is not good is told so everywhere.
        if "Authorization" in request.headers:
            current_actor()

    @blueprint.get(openapi.PREFIX + "/openapi.json")
    def description() -> Response:
        return jsonify(openapi.document(current_app.config["SESSION_COOKIE_NAME"]))

    @blueprint.get("/healthz")
    def health() -> Response:
        found = services.health()
        if not found.ok:
            return problem(503, found.reason)
        answer = HealthAnswer("ok", {source.id: source.release for source in found.sources})
        return _json(HealthAnswer, answer, private=True)

    blueprint.register_error_handler(Refused, lambda error: problem(error.status, error.detail))
    return blueprint


def problem(status: int, detail: str) -> Response:
    """An error as a problem document."""
    body = TypeAdapter(Problem).dump_json(Problem(HTTPStatus(status).phrase, detail, status))
    return Response(body, status, mimetype="application/problem+json")


def _view(route: Route, handler: Callable[..., object]) -> Callable[..., Response]:
    def view(**parts: str) -> Response:
        asked = _checked(route.asked, {name: value for name, value in request.args.items() if value.strip()})
        given = {**parts, "body": _body(route)} if route.body is not None else parts
        if route.takes_file:
            given = {**given, "content": request.get_data()}
        answer = handler(asked, **given)
        if route.answer is None:
            return Response(status=204, headers={"Cache-Control": "no-store"})
        if route.file:
            return _file(route.file, answer if isinstance(answer, bytes) else str(answer))
        return _json(route.answer, answer, private=route.own, status=route.status)

    return view


def _body(route: Route) -> object:
    if request.mimetype != "application/json":
        raise Refused(415, "Send the body as application/json.")
    if b"\\u0000" in request.get_data():
        raise Refused(400, "The body holds a character that cannot be kept (U+0000).")
    content = request.get_json(silent=True)
    if not isinstance(content, dict):
        raise Refused(400, "The body is not a JSON object.")
    assert route.body is not None  # noqa: S101 - the caller asked
    return _checked(route.body, content)


def _checked(shape: Any, values: dict[str, Any]) -> Any:
    try:
        return shape.model_validate(values)
    except ValidationError as error:
        # The values themselves stay out of it: one of them may be a password.
        faults = error.errors(include_input=False, include_context=False, include_url=False)
        detail = "; ".join(f"{fault['loc'][0]}: {_told(shape, fault)}" for fault in faults)
        raise Refused(400, f"{detail}.") from None


def _told(shape: Any, fault: Any) -> str:
    """What is amiss; of a form that was not kept, what is meant rather than its pattern."""
    field = shape.model_fields.get(fault["loc"][0])
    if fault["type"] == "string_pattern_mismatch" and field is not None and field.description:
        return f"not what is expected here: {field.description}"
    return str(fault["msg"])


def _file(name: str, content: str | bytes) -> Response:
    response = Response(content, mimetype=openapi.media(name))
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    response.headers["Cache-Control"] = "no-store"
    return response


def _json(shape: Any, answer: object, *, private: bool, status: int = 200) -> Response:
    response = Response(_adapter(shape).dump_json(answer), status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store" if private else "no-cache"
    return response


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def shared_json(opened: Opened) -> bytes:
    """What a link to a record leads to, for a program."""
    return _adapter(SharedAnswer).dump_json(SharedAnswer.of(opened))

"""The Open Badges 3.0 interface (1EdTech Open Badges 3.0, sections 6 and 7), for systems of others."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request

from services.records import FileRefused, FileTooLarge
from services.systems import scope_sentences
from services.tokens import system_scopes

PREFIX = "/ims/ob/v3p0"
CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
JSON_KINDS = ("application/json", "application/vc+ld+json", "application/ld+json", "application/vc")
MOST, USUAL = 200, 50
WHOLE = re.compile(r"[0-9]{1,9}")
MINOR = {
    400: "invalid_data",
    401: "unauthorised",
    403: "forbidden",
    404: "unknownobject",
    429: "server_busy",
    503: "server_busy",
}


def create_blueprint(services: Any, current_actor: Callable[[], Any], root: Callable[[], str]) -> Blueprint:
    """Make the interface.

    Parameters
    ----------
    current_actor : callable
        Gives who is asking: by a token of a system, or by one of the person's own.
    root : callable
        Gives the address at which others reach this installation.
    """
    views = Blueprint("open_badges", __name__, url_prefix=PREFIX)

    @views.after_request
    def keep_nothing(response: Response) -> Response:
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    @views.get("/discovery")
    def discovery() -> Response:
        response = jsonify(description(root()))
        response.headers["Cache-Control"] = "no-cache"
        return response

    @views.get("/credentials")
    def credentials() -> Response:
        asked = request.args
        limit = _whole(asked.get("limit", ""), USUAL, least=1)
        offset = _whole(asked.get("offset", ""), 0, least=0)
        since = _moment(asked.get("since", ""))
        if limit is None or offset is None or since is False:
            return status_info(400, "limit and offset are whole numbers, since is a date and time.")
        found = services.badges.credentials(current_actor(), min(limit, MOST), offset, since or None)
        response = jsonify(credential=list(found.credentials), compactJwsString=list(found.tokens))
        response.headers["X-Total-Count"] = str(found.total)
        response.headers["Link"] = ", ".join(_links(root() + PREFIX, min(limit, MOST), offset, found.total))
        return response

    @views.post("/credentials")
    def upsert() -> Response:
        actor, kind = current_actor(), request.mimetype
        services.badges.may_put(actor)
        if kind not in (*JSON_KINDS, "text/plain"):
            return status_info(
                400, "Send a credential as application/json, or its signed token as text/plain."
            )
        content = request.get_data()
        try:
            came = services.badges.put(actor, content)
        except FileTooLarge as problem:
            return status_info(413, str(problem))
        except FileRefused as problem:
            return status_info(400, str(problem))
        if came.outcome == "refused":
            return status_info(400, str(came.record.why or "The credential is not as it was signed."))
        if came.outcome == "older":
            return status_info(400, "A newer credential for the same achievement is here already.")
        answer = Response(content, 201 if came.outcome == "new" else 200, mimetype=kind)
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    @views.get("/profile")
    def profile() -> Response:
        actor = current_actor()
        account = services.badges.profile(actor)
        return jsonify(
            {
                "@context": [CONTEXT],
                "id": f"urn:uuid:{_uuid(actor.person_id)}",
                "type": ["Profile"],
                "name": account.name,
                "email": account.email,
            }
        )

    return views


def status_info(status: int, words: str) -> Response:
    """An error as the interface tells it (``Imsx_StatusInfo``)."""
    minor = MINOR.get(status, "internal_server_error" if status >= 500 else "invalid_data")
    response = jsonify(
        imsx_codeMajor="failure",
        imsx_severity="error",
        imsx_description=words,
        imsx_CodeMinor={
            "imsx_codeMinorField": [
                {"imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": minor}
            ]
        },
    )
    response.status_code = status
    return response


def description(here: str) -> dict[str, Any]:
    """The service description document: an OpenAPI 3.0 file with where to register and to ask."""
    scopes = {one: "; ".join(scope_sentences([one])) for one in system_scopes()}
    base = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"
    secured = {
        name: [{"OAuth2ACG": [base + name]}]
        for name in ("credential.readonly", "credential.upsert", "profile.readonly")
    }
    failure = {
        "description": "Not done",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Imsx_StatusInfo"}}},
    }
    anything = {"application/json": {"schema": {"type": "object"}}}
    whole = {"type": "integer", "minimum": 0}

    def query(name: str, schema: dict[str, Any]) -> dict[str, Any]:
        return {"name": name, "in": "query", "required": False, "schema": schema}

    return {
        "openapi": "3.0.1",
        "info": {
            "title": "Waymark: Open Badges 3.0",
            "version": "3.0",
            "x-imssf-privacyPolicyUrl": here + "/",
        },
        "servers": [{"url": here + PREFIX}],
        "paths": {
            "/discovery": {
                "get": {
                    "operationId": "getServiceDescription",
                    "security": [],
                    "responses": {"200": {"description": "This document", "content": anything}},
                }
            },
            "/credentials": {
                "get": {
                    "operationId": "getCredentials",
                    "security": secured["credential.readonly"],
                    "parameters": [
                        query("limit", {"type": "integer", "minimum": 1}),
                        query("offset", whole),
                        query("since", {"type": "string", "format": "date-time"}),
                    ],
                    "responses": {
                        "200": {
                            "description": "Credentials",
                            "content": {
                                "application/json": {
                                    "schema": {"$ref": "#/components/schemas/GetOpenBadgeCredentialsResponse"}
                                }
                            },
                        },
                        "default": failure,
                    },
                },
                "post": {
                    "operationId": "upsertCredential",
                    "security": secured["credential.upsert"],
                    "requestBody": {
                        "required": True,
                        "content": {**anything, "text/plain": {"schema": {"type": "string"}}},
                    },
                    "responses": {
                        "200": {"description": "Replaced", "content": anything},
                        "201": {"description": "Created", "content": anything},
                        "default": failure,
                    },
                },
            },
            "/profile": {
                "get": {
                    "operationId": "getProfile",
                    "security": secured["profile.readonly"],
                    "responses": {"200": {"description": "Profile", "content": anything}, "default": failure},
                }
            },
        },
        "components": {
            "securitySchemes": {
                "OAuth2ACG": {
                    "type": "oauth2",
                    "description": "OAuth 2.0 authorization code with PKCE (S256)",
                    "x-imssf-name": "Waymark",
                    "x-imssf-privacyPolicyUrl": here + "/",
                    "x-imssf-termsOfServiceUrl": here + "/",
                    "x-imssf-registrationUrl": here + "/oauth/register",
                    "flows": {
                        "authorizationCode": {
                            "authorizationUrl": here + "/oauth/authorize",
                            "tokenUrl": here + "/oauth/token",
                            "refreshUrl": here + "/oauth/token",
                            "scopes": scopes,
                        }
                    },
                }
            },
            "schemas": {
                "GetOpenBadgeCredentialsResponse": {
                    "type": "object",
                    "properties": {
                        "credential": {"type": "array", "items": {"type": "object"}},
                        "compactJwsString": {"type": "array", "items": {"type": "string"}},
                    },
                },
                "Imsx_StatusInfo": {
                    "type": "object",
                    "required": ["imsx_codeMajor", "imsx_severity"],
                    "properties": {
                        "imsx_codeMajor": {"type": "string"},
                        "imsx_severity": {"type": "string"},
                        "imsx_description": {"type": "string"},
                        "imsx_CodeMinor": {"type": "object"},
                    },
                },
            },
        },
    }


def _whole(said: str, usual: int, *, least: int) -> int | None:
    if not said:
        return usual
    return int(said) if WHOLE.fullmatch(said) and int(said) >= least else None


def _moment(said: str) -> datetime | bool | None:
    if not said:
        return None
    try:
        # A plus sign in a query is a space.
        found = datetime.fromisoformat(said.replace(" ", "+").replace("Z", "+00:00"))
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return False


def _links(here: str, limit: int, offset: int, total: int) -> list[str]:
    last = max(0, (total - 1) // limit * limit)
    places = {"first": 0, "last": last}
    if offset + limit < total:
        places["next"] = offset + limit
    if offset > 0:
        places["prev"] = max(0, offset - limit)
    return [f'<{here}/credentials?limit={limit}&offset={at}>; rel="{name}"' for name, at in places.items()]


def _uuid(text: str) -> str:
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

"""The OpenAPI 3.1 description, made from the table of routes."""

from __future__ import annotations

import re
from functools import cache
from http import HTTPStatus
from mimetypes import guess_type
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from api.answers import Problem
from api.examples import BODIES, answer
from api.route import Route
from api.routes import ROUTES
from services.tokens import scopes_asked

PREFIX = "/api/v1"
SCHEMAS = "#/components/schemas/{model}"
PATH_PARAMETERS = {
    "code": ("O*NET-SOC code", "29-1141.00"),
    "id": ("Id, as a list gives it", "0f8fad5bd9cb469fa16570867728950e"),
}


@cache
def document(cookie: str) -> dict[str, Any]:
    """Return the description.

    Parameters
    ----------
    cookie : str
        Name of the session cookie.
    """
    wanted: list[tuple[Any, JsonSchemaMode, TypeAdapter]] = [
        ("Problem", "serialization", TypeAdapter(Problem))
    ]
    for route in ROUTES:
        if route.answer is not None:
            wanted.append((route.handler, "serialization", TypeAdapter(route.answer)))
        if route.body is not None:
            wanted.append((route.handler, "validation", TypeAdapter(route.body)))
    schemas, shared = TypeAdapter.json_schemas(wanted, ref_template=SCHEMAS)
    paths: dict[str, dict[str, Any]] = {}
    known = {name: _plain(schema) for name, schema in shared["$defs"].items()}
    for route in ROUTES:
        paths.setdefault(PREFIX + route.path, {})[route.method.lower()] = _operation(route, schemas, known)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Waymark",
            "version": "1",
            "description": (
                "Everything that the pages do, for programs: roles and local figures for anybody; a person's"
                " wallet, choices, sharing and work for that person, by a token that they made under Account."
            ),
        },
        "paths": paths,
        "components": {
            "schemas": known,
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": cookie},
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token that its person made under Account, with every scope named.",
                },
            },
        },
    }


def media(name: str) -> str:
    """The media type of a file by its name."""
    return guess_type(name)[0] or "application/octet-stream"


def _operation(route: Route, schemas: Any, known: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.handler,
        "summary": route.summary,
        "parameters": [*_path_parameters(route), *_query_parameters(route)],
        "responses": _responses(route, schemas, known),
        "security": [{"session": []}, {"token": list(scopes_asked(route.needs))}] if route.own else [],
    }
    if route.takes_file:
        operation["requestBody"] = {"required": True, "content": {"*/*": {}}}
    if route.body is not None:
        schema = _plain(schemas[route.handler, "validation"])
        content: dict[str, Any] = {"schema": schema}
        if route.handler in BODIES:
            content["example"] = BODIES[route.handler]
        operation["requestBody"] = {"required": True, "content": {"application/json": content}}
    return operation


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    found = []
    for name in re.findall(r"{(\w+)}", route.path):
        meaning, example = PATH_PARAMETERS[name]
        found.append(
            {
                "name": name,
                "in": "path",
                "required": True,
                "description": meaning,
                "schema": {"type": "string"},
                "example": example,
            }
        )
    return found


def _query_parameters(route: Route) -> list[dict[str, Any]]:
    found = []
    described = route.asked.model_json_schema()
    for name, schema in described.get("properties", {}).items():
        named = described["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else {}
        schema = {key: value for key, value in {**named, **schema}.items() if key not in ("title", "$ref")}
        meaning = schema.pop("description", "")
        found.append({"name": name, "in": "query", "description": meaning, "schema": schema})
    return found


def _responses(route: Route, schemas: Any, known: dict[str, Any]) -> dict[str, Any]:
    if route.answer is None:
        answers: dict[str, Any] = {"204": {"description": "Done"}}
    else:
        schema = _plain(schemas[route.handler, "serialization"])
        kind = media(route.file) if route.file else "application/json"
        schema = {} if route.answer is bytes else schema
        content: dict[str, Any] = {"schema": schema}
        if not route.file:
            content["example"] = answer(schema, known)
        answers = {str(route.status): {"description": route.summary, "content": {kind: content}}}
    problem = {"application/problem+json": {"schema": {"$ref": SCHEMAS.format(model="Problem")}}}
    for status in sorted({400, *route.problems}):
        answers[str(status)] = {"description": HTTPStatus(status).phrase, "content": problem}
    return answers


def _plain(schema: Any) -> Any:
    """A schema without the titles that pydantic makes out of the names of fields."""
    if isinstance(schema, dict):
        return {
            key: {name: _plain(each) for name, each in value.items()}
            if key == "properties"
            else _plain(value)
            for key, value in schema.items()
            if not (key == "title" and isinstance(value, str))
        }
    return [_plain(each) for each in schema] if isinstance(schema, list) else schema

"""What programs can ask, to read: the OpenAPI description as a page of its own, without any script."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template

from components.token_view import scope_words
from services.tokens import all_scopes

PATH = "/api/v1/docs"
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, as it is read.

    Attributes
    ----------
    fields : tuple of (str, str, str)
        Name, kind and meaning of each parameter.
    body, answer : str
        JSON; empty where there is none.
    """

    id: str
    method: str
    path: str
    summary: str
    scopes: tuple[str, ...]
    own: bool
    fields: tuple[tuple[str, str, str], ...]
    body: str
    takes_file: bool
    answer: str
    statuses: tuple[tuple[str, str], ...]


def create_blueprint(document: Callable[[], dict[str, Any]]) -> Blueprint:
    """The view, over what the interface says of itself."""
    views = Blueprint("api_docs", __name__)

    @views.get(PATH)
    def read() -> str:
        groups: dict[str, list[Operation]] = {}
        for operation in _operations(document()):
            groups.setdefault(operation.path.split("/")[3], []).append(operation)
        return render_template(
            "api_docs.html",
            about=document()["info"]["description"],
            groups=groups,
            scopes=[(scope, scope_words(scope)) for scope in all_scopes()],
        )

    return views


def _operations(document: dict[str, Any]) -> Iterator[Operation]:
    shapes = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method not in methods:
                continue
            told = methods[method]
            needs = [one["token"] for one in told["security"] if "token" in one]
            content = told.get("requestBody", {}).get("content", {})
            example = content.get("application/json", {}).get("example")
            yield Operation(
                id=told["operationId"],
                method=method.upper(),
                path=path,
                summary=told["summary"],
                scopes=tuple(needs[0]) if needs else (),
                own=bool(told["security"]),
                fields=tuple(
                    (one["name"], _kind(one["schema"]), one["description"]) for one in told["parameters"]
                ),
                body="" if example is None else json.dumps(example, ensure_ascii=False, indent=2),
                takes_file="*/*" in content,
                answer=_answer(told["responses"], shapes),
                statuses=tuple((code, one["description"]) for code, one in sorted(told["responses"].items())),
            )


def _kind(schema: dict[str, Any]) -> str:
    parts = schema.get("anyOf", [schema])
    kinds = [one.get("type", "string") for one in parts if one.get("type") != "null"]
    limits = [f"{schema[name]}" for name in ("minimum", "maximum") if name in schema]
    told = " | ".join(dict.fromkeys(kinds)) + (f" {'–'.join(limits)}" if limits else "")
    return told + (f" = {schema['default']}" if schema.get("default") not in (None, "") else "")


def _answer(responses: dict[str, Any], shapes: dict[str, Any]) -> str:
    """The shape of a good answer, as JSON with the kind of each value in its place."""
    good = next(one for code, one in sorted(responses.items()) if code.startswith("2"))
    schema = good.get("content", {}).get("application/json", {}).get("schema")
    return "" if not schema else json.dumps(_shape(schema, shapes, 0), ensure_ascii=False, indent=2)


def _shape(schema: dict[str, Any], shapes: dict[str, Any], depth: int) -> Any:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return name if depth > 3 else _shape(shapes[name], shapes, depth + 1)
    if "anyOf" in schema:
        kinds = [_shape(one, shapes, depth) for one in schema["anyOf"]]
        plain = [one for one in kinds if one != "null"]
        if len(plain) == 1 and not isinstance(plain[0], str):
            return plain[0]
        return " | ".join(one if isinstance(one, str) else "object" for one in kinds)
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    if schema.get("type") == "array":
        return [_shape(schema.get("items", {}), shapes, depth)]
    if "properties" in schema:
        return {name: _shape(one, shapes, depth) for name, one in schema["properties"].items()}
    return schema.get("format") or schema.get("type") or "any"

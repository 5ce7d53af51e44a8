"""A component as HTML, for pages that the server writes whole."""

from __future__ import annotations

import re
from typing import Any

from dash.development.base_component import Component
from markupsafe import Markup, escape

NAMES = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex", "colSpan": "colspan"}
EMPTY = frozenset({"br", "hr", "img", "input"})
NOT_WRITTEN = frozenset({"children", "key", "style"})


def to_html(node: Any) -> Markup:
    """Write components of ``dash.html`` as HTML; text and values of attributes are escaped.

    Examples
    --------
    >>> from dash import html
    >>> str(to_html(html.P(["a < b", html.B("c", className="d")], hidden=True)))
    '<p hidden>a &lt; b<b class="d">c</b></p>'
    """
    return Markup(_written(node))  # noqa: S704 - every text and value in it was escaped


def _written(node: Any) -> str:
    if node is None:
        return ""
    if isinstance(node, list | tuple):
        return "".join(map(_written, node))
    if not isinstance(node, Component):
        return str(escape(node))
    name = type(node).__name__.lower()
    said = dict(node.to_plotly_json()["props"])
    parts = {NAMES.get(key, key): value for key, value in said.items() if key not in NOT_WRITTEN}
    if said.get("style"):
        parts["style"] = ";".join(f"{_dashed(key)}:{value}" for key, value in said["style"].items())
    attributes = "".join(
        f" {key}" if value is True else f' {key}="{escape(value)}"'
        for key, value in parts.items()
        if value not in (None, False)
    )
    return f"<{name}{attributes}>" + ("" if name in EMPTY else f"{_written(said.get('children'))}</{name}>")


def _dashed(name: str) -> str:
    return re.sub("([A-Z])", lambda found: "-" + found[1].lower(), name)

"""Reading values of which only the intention is known: anything may stand anywhere."""

from __future__ import annotations

from typing import Any

from words import seen

LONGEST_LINE = 500
LONGEST_TEXT = 10_000


def line(value: Any, longest: int = LONGEST_LINE) -> str:
    """Return a value's text on one line: of a string, a language object, or the first of several."""
    if isinstance(value, list):
        return next((found for one in value if (found := line(one, longest))), "")
    if isinstance(value, dict):
        value = value.get("@value", next(iter(value.values()), "")) if _is_words(value) else ""
    if not isinstance(value, str):
        return ""
    return " ".join(seen(value).split())[:longest]


def text(value: Any) -> str:
    """Return a value's text with its paragraphs."""
    if isinstance(value, list):
        return next((found for one in value if (found := text(one))), "")
    if isinstance(value, dict):
        value = value.get("@value", next(iter(value.values()), "")) if _is_words(value) else ""
    return seen(value).strip()[:LONGEST_TEXT] if isinstance(value, str) else ""


def plain(value: Any) -> list[Any]:
    """Return the values of a property however JSON-LD lets them be written: listed, or as ``@value``.

    >>> plain([{"@value": "a"}, "b"]), plain(None)
    (['a', 'b'], [])
    """
    found = []
    for one in several(value):
        if isinstance(one, list):
            found += plain(one)
        else:
            found.append(one["@value"] if isinstance(one, dict) and "@value" in one else one)
    return [one for one in found if one is not None]


def several(value: Any) -> list[Any]:
    """Return a value that may stand alone or in a list, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects among a value that may stand alone or in a list."""
    return [one for one in several(value) if isinstance(one, dict)]


def types(value: dict[str, Any]) -> frozenset[str]:
    """Return what an object says it is."""
    found = several(value.get("type")) + several(value.get("@type"))
    return frozenset(one for one in found if isinstance(one, str))


def identifier(value: Any) -> str:
    """Return an object's address, or an address that stands alone."""
    if isinstance(value, dict):
        value = value.get("id", value.get("@id"))
    return value if isinstance(value, str) else ""


def _is_words(value: dict[str, Any]) -> bool:
    """Whether an object is words in a language: ``{"@value": …}`` or ``{"en": …, "es": …}``."""
    return "@value" in value or all(isinstance(one, str) and len(name) <= 8 for name, one in value.items())

"""JSON as a hostile file may hold it: read strictly, or refused in one sentence.

What two readers could understand differently is refused: a name twice in one object,
``NaN``, half a surrogate pair, numbers that no double holds, a nesting that breaks readers.
"""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from wallet.errors import Unreadable
from wallet.sentence import N_

LARGEST_DOCUMENT = 5 * 1024 * 1024
"""Bytes."""
DEEPEST = 60
MOST_VALUES = 200_000
LONGEST_NUMBER = 40
"""Characters of a number; the longest double needs 24."""


def parse(content: bytes | str) -> Any:
    """Return the value that a JSON text holds.

    Raises
    ------
    Unreadable
        With a sentence that says what is wrong.
    """
    if len(content) > LARGEST_DOCUMENT:
        raise Unreadable(N_("This file is too large. A credential may have up to 5 MB."))
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(N_("This file is not text in UTF-8.")) from None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_int=_whole,
            parse_float=_fraction,
        )
    except RecursionError:
        raise Unreadable(N_("This file is nested too deeply to be a credential.")) from None
    except json.JSONDecodeError as error:
        raise Unreadable(
            N_("This is not complete JSON: line %(line)s cannot be read."), line=error.lineno
        ) from None
    _measure(value)
    return value


def parse_object(content: bytes | str) -> dict[str, Any]:
    """Return the object that a JSON text holds; anything else is ``Unreadable``."""
    value = parse(content)
    if not isinstance(value, dict):
        raise Unreadable(N_("This JSON is not an object, so it is not a credential."))
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable(
            N_("“%(name)s” stands twice in one place, so this file says two things."), name=twice
        )
    return found


def _no_constant(name: str) -> NoReturn:
    raise Unreadable(N_("“%(name)s” is not a number that JSON knows."), name=name)


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise Unreadable(N_("A number in this file is too long."))
    return int(text)


def _fraction(text: str) -> float:
    if len(text) > LONGEST_NUMBER or not math.isfinite(number := float(text)):
        raise Unreadable(N_("A number in this file is too long."))
    return number


def _measure(value: Any) -> None:
    """Refuse what is too deep or too much, and strings that are no text."""
    waiting, seen = [(value, 1)], 0
    while waiting:
        one, depth = waiting.pop()
        seen += 1
        if seen > MOST_VALUES:
            raise Unreadable(N_("This file holds too many values to be a credential."))
        if isinstance(one, str):
            _text(one)
        elif isinstance(one, dict | list):
            if depth > DEEPEST:
                raise Unreadable(N_("This file is nested too deeply to be a credential."))
            if isinstance(one, dict):
                for name in one:
                    _text(name)
                waiting += [(part, depth + 1) for part in one.values()]
            else:
                waiting += [(part, depth + 1) for part in one]


def _text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Unreadable(N_("This file holds half a character (a lone surrogate).")) from None
    if "\0" in text:
        raise Unreadable(N_("This file holds a character that is no text."))

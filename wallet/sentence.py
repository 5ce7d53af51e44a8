"""Sentences that are written once, in English, and read in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from i18n import gettext

LONGEST_VALUE = 200
"""Characters of a value from a document that a sentence repeats."""


def N_(message: str) -> str:  # noqa: N802 - the name by which strings are collected
    """Return ``message`` as it is; the name marks it for the translation catalogue."""
    return message


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English sentence with ``%(name)s`` places, and what goes there.

    ``str()`` is the sentence in the language of the moment, so that the same report reads
    in Spanish for one person and in English for another.
    """

    message: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return gettext(self.message, **self.values)


def sentence(message: str, **values: object) -> Sentence:
    """Return a sentence; values from documents are cut to a length that a line can hold."""
    return Sentence(message, {name: _short(value) for name, value in values.items()})


def _short(value: object) -> str:
    text = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in str(value))
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"

"""Words that are published in English only: said so where the page is in another language."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from i18n import DEFAULT, locale


def english(text: str) -> Any:
    """A published name or sentence, marked as English for whoever reads the page aloud."""
    return text if locale() == DEFAULT else html.Span(text, lang=DEFAULT)


def hidden(text: Any) -> Component:
    """Words for who hears the page, where the eye has them already."""
    return html.Span(text, className="visually-hidden")


SLOT = "\ufffc"


def around(sentence: str, *texts: str) -> list[Any]:
    """A sentence with published words in it: each ``SLOT`` becomes the next of ``texts``, marked."""
    parts: list[Any] = []
    for place, words in enumerate(sentence.split(SLOT)):
        parts += [english(texts[place - 1]), words] if place else [words]
    return parts

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

"""A field that finds: words in, a list of buttons out. Each button says on itself what it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from components.english import english
from i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: its words, a smaller line under them, and what choosing it does.

    ``published`` words are in English whatever the page is in.
    """

    title: str
    detail: str
    does: dict[str, str]
    published: bool = False


def finder(name: str, label: str, hint: str = "") -> Component:
    """Return the field; ``<name>-words`` is its input, ``<name>-found`` the place of the answers."""
    return html.Div(
        [
            html.Label(label, htmlFor=f"{name}-words"),
            dcc.Input(
                id=f"{name}-words",
                type="search",
                debounce=0.25,
                value="",
                placeholder=hint,
                autoComplete="off",
                maxLength=80,
            ),
            html.Div(id=f"{name}-found", role="status", className="found-list"),
        ],
        className="finder",
    )


def answers(words: str, found: Iterable[Found]) -> Component | str:
    """Return the answers to ``words``, or that there are none."""
    listed = tuple(found)
    if not words.strip():
        return ""
    if not listed:
        return html.P(
            _("Nothing found for “%(words)s”. Try another word.", words=words.strip()), className="hint"
        )
    return html.Ul(
        [
            html.Li(
                html.Button(
                    [
                        html.Span(english(answer.title) if answer.published else answer.title),
                        html.Span(answer.detail, className="hint"),
                    ],
                    type="button",
                    **{f"data-{key}": value for key, value in answer.does.items()},
                )
            )
            for answer in listed
        ]
    )

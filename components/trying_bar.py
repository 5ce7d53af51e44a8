"""What is tried on just now: plainly hypothetical, and easy to take off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.english import english
from components.square import glyph
from graph.model import Skill, SquareState
from i18n import gettext as _


def trying_bar(
    skills: Sequence[tuple[Skill, str]], take_all_off: str, to_next: str, change: str | None = None
) -> Component:
    """The skills that are tried on.

    Parameters
    ----------
    skills : sequence of (Skill, str)
        Each with the address at which it is taken off.
    take_all_off : str
        Address without any of them.
    to_next : str
        Address of the page where they can be kept as a plan.
    change : str, optional
        What they change, in a sentence.
    """
    chips = [
        html.Li(
            [
                glyph(SquareState.MATCHED, tried=True),
                english(skill.name),
                html.Button(
                    "×",
                    type="button",
                    className="take-off",
                    **{"data-go": to, "aria-label": _("Take off: %(skill)s", skill=skill.name)},
                ),
            ]
        )
        for skill, to in skills
    ]
    parts: list[Any] = [html.H2(_("Trying on")), html.Ul(chips, className="chips")]
    if change:
        parts.append(html.P(change))
    parts.append(
        html.P(
            [
                html.A(_("What else, and keep it as a plan"), href=to_next),
                html.Button(
                    _("Take everything off"),
                    type="button",
                    className="link-button",
                    **{"data-go": take_all_off},
                ),
            ],
            className="trying-ways",
        )
    )
    return html.Section(parts, className="trying", **{"aria-label": _("Trying on")})

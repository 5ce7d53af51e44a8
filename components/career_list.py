"""The careers as a list: the picture's equal for keyboard and screen reader, and the phone's first view.

One button a career (a roving tab stop: arrows go to neighbours, Enter opens, Escape closes);
the open one shows its panel right below.
"""

from __future__ import annotations

from collections.abc import Callable

from dash import html
from dash.development.base_component import Component

from components import format as write
from components.career_panel import career_panel
from components.english import english
from components.moves_view import usual_words
from components.square import count_words, row
from graph.model import Career, Network, Source
from i18n import gettext as _


def career_list(
    network: Network,
    actions: Callable[[Career], list[Component]],
    gap_href: Callable[[str], str],
    source: Source | None,
    moves: Component | None = None,
) -> Component:
    """Return the list, closest career first.

    Parameters
    ----------
    actions : callable
        The buttons of the open career.
    gap_href : callable
        Address of a role's every skill.
    source : Source or None
        Where wages and employment are from.
    moves : Component, optional
        Where those go who leave the open career.
    """
    careers = sorted(network.careers, key=lambda c: (-c.match.score, c.role.title))
    opened = network.opened.role.code if network.opened else None
    stop = (
        opened if any(c.role.code == opened for c in careers) else (careers[0].role.code if careers else None)
    )
    return html.Ul(
        [
            html.Li(
                [
                    _row(career, is_open=career.role.code == opened, is_stop=career.role.code == stop),
                    career_panel(
                        network.opened, actions(network.opened), gap_href(opened), source, network.area, moves
                    )
                    if network.opened and career.role.code == opened
                    else None,
                ],
                key=career.role.code,
                className="open" if career.role.code == opened else None,
            )
            for career in careers
        ],
        className="career-list",
        id="career-list",
    )


def _row(career: Career, *, is_open: bool, is_stop: bool) -> Component:
    match = career.match
    standing = _("your choice") if career.chosen else _("suggested")
    return html.Button(
        [
            html.Span(
                write.score(match),
                className="score chosen" if career.chosen else "score",
            ),
            html.Span(
                [
                    html.Span(english(career.role.title), className="title"),
                    row(match),
                    html.Span(
                        " · ".join(filter(None, [count_words(match), standing, usual_words(career.usual)])),
                        className="hint",
                    ),
                ],
                className="words",
            ),
        ],
        type="button",
        className="career-row",
        tabIndex=0 if is_stop else -1,
        **{
            "data-flip": "open",
            "data-value": career.role.code,
            "data-code": career.role.code,
            "aria-expanded": "true" if is_open else "false",
        },
    )

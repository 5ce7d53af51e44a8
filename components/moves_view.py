"""Where people who leave a job go: a share in words, its range, and where it is from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from components.english import SLOT, around, english
from graph.model import Destination, Source
from i18n import gettext as _
from i18n import ngettext

SHOWN = 5
LEAST = 0.005
"""Less than one in a hundred is not told apart from nobody."""


def moves_block(
    moves: Sequence[Destination], sources: Sequence[Source], href: Callable[[str], str], now: str = ""
) -> Component | None:
    """Where those go who leave a role.

    Parameters
    ----------
    moves : sequence of Destination
        Of one role, the most usual first; nothing is shown without any.
    sources : sequence of Source
        The releases that are loaded.
    href : callable
        Address of a role.
    now : str, optional
        Title of the role that is left, where the heading does not stand under it.
    """
    told = [move for move in moves if move.share >= LEAST][:SHOWN]
    if not told:
        return None
    title = (
        html.H3(around(_("Where people who leave the work of %(role)s go", role=SLOT), now))
        if now
        else html.H3(_("Where people who leave this job go"))
    )
    return html.Section(
        [
            title,
            html.Ul(
                [
                    html.Li(
                        [
                            html.A(english(move.role.title), href=href(move.role.code)),
                            html.Span(
                                " ".join(filter(None, [share_words(move), counted_words(move)])),
                                className="hint",
                            ),
                        ]
                    )
                    for move in told
                ],
                className="move-list",
            ),
            html.P(source_words(told[0], sources), className="source"),
        ],
        className="moves",
    )


def share_words(move: Destination) -> str:
    """``about 7 in 100 (2 to 16)``; where it was counted, ``7 in 100``."""
    share = round(100 * move.share)
    if move.low is None or move.high is None:
        return _("%(share)s in 100", share=share)
    return _(
        "about %(share)s in 100 (%(low)s to %(high)s)",
        share=share,
        low=round(100 * move.low),
        high=round(100 * move.high),
    )


def counted_words(move: Destination) -> str:
    """That other roles are counted with it; empty where none are."""
    if not move.counted_with:
        return ""
    return ngettext("counted with %(n)s role like it", "counted with %(n)s roles like it", move.counted_with)


def source_words(move: Destination, sources: Sequence[Source]) -> str:
    """Modelled or counted, from what, and that it is not about the reader."""
    if move.modelled:
        return _(
            "Of 100 who leave for other work; modelled from moves in the United States in the 2010s (Current"
            " Population Survey), the range holds 8 in 10 of those observed. Not about you."
        )
    source = next((each for each in sources if each.id == move.source_id), None)
    return _(
        "Of 100 who leave for other work; counted %(year)s (%(source)s). Not about you.",
        year=move.year,
        source=source.title if source else "",
    )


def usual_words(share: float | None) -> str:
    """What stands beside a career: how many of those who leave the named job go to this kind of work."""
    if share is None or share < LEAST:
        return ""
    return _("about %(share)s in 100 who leave your job go to such work", share=round(100 * share))

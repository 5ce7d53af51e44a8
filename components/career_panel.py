"""An open career: how far it is and why, local jobs and wages, and its squares in words."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from components import format as write
from components.english import SLOT, around, english
from components.market_view import market_block
from components.moves_view import usual_words
from components.square import glyph, is_claimed, state_word
from graph.model import Area, Career, Match, Source, Square, SquareState
from i18n import gettext as _
from i18n import ngettext
from match_words import explain_match, stands_in

MOST = 6


def career_panel(
    career: Career,
    actions: list[Component],
    gap_href: str,
    source: Source | None,
    asked: Area | None = None,
    moves: Component | None = None,
) -> Component:
    """Return the panel of one career; ``moves`` is where those go who leave it."""
    match = career.match
    lacking = sorted(
        (s for s in match.squares if s.state is not SquareState.MATCHED and not s.hidden),
        key=lambda s: -s.weight * (1 - s.coverage),
    )
    missing = [s for s in lacking if s.state is SquareState.MISSING]
    partly = [s for s in lacking if s.state is SquareState.PARTIAL]
    matched = [s for s in match.squares if s.state is SquareState.MATCHED and not s.hidden]
    return html.Div(
        [
            html.P(range_words(match), className="range") if match.required else None,
            html.P(sentence(match), className="sentence"),
            html.P(said, className="hint") if (said := _usual(career)) else None,
            html.Div(
                [
                    html.A(
                        _("See every skill") if match.required else _("See this role"),
                        href=gap_href,
                        className="button",
                    ),
                    *actions,
                ],
                className="actions",
            ),
            _squares(_("Missing, most important first"), missing, gap_href),
            _squares(_("Partly matched"), partly, gap_href),
            _squares(_("Matched"), matched, gap_href),
            market_block(career.market, source, asked, career.outlook),
            moves,
        ],
        className="career-panel",
        role="group",
        **{"aria-label": career.role.title},
    )


def _usual(career: Career) -> str:
    said = usual_words(career.usual)
    return said[:1].upper() + said[1:] + "." if said else ""


def range_words(match: Match) -> str:
    """``31% matched: 29% by what is verified or confirmed, 31% with all you claim``, and the margin."""
    if stands_in(match):
        said = _(
            "%(score)s matched, taking it that you can do what your job requires",
            score=write.percent(match.score),
        )
        return " ".join(filter(None, [said, margin_words(match)]))
    score, proven = write.percent(match.score), write.percent(match.proven)
    if not match.score:
        return _("Nothing matched yet")
    said = (
        _("%(score)s matched, all of it verified or confirmed", score=score)
        if proven == score
        else _(
            "%(score)s matched: %(low)s by what is verified or confirmed, %(high)s with all you claim",
            score=score,
            low=proven,
            high=score,
        )
    )
    return " ".join(filter(None, [said, margin_words(match)]))


def margin_words(match: Match) -> str:
    """How far the published margins of error could move it; empty where that cannot be seen."""
    low, high = write.percent(match.low), write.percent(match.high)
    if low == write.percent(match.proven) and high == write.percent(match.score):
        return ""
    return _("(%(low)s to %(high)s with the margins of error of O*NET's ratings)", low=low, high=high)


def sentence(match: Match) -> list[Any]:
    """The match in plain sentences, with published names marked."""
    names: list[str] = []

    def slot(name: str) -> str:
        names.append(name)
        return SLOT

    return around(explain_match(match, slot), *names)


def _squares(title: str, squares: list[Square], gap_href: str) -> Component | None:
    if not squares:
        return None
    shown, rest = squares[:MOST], len(squares) - MOST
    lines = [_line(square) for square in shown]
    if rest > 0:
        lines.append(
            html.Li(
                html.A(ngettext("and %(n)s more", "and %(n)s more", rest), href=gap_href), className="more"
            )
        )
    return html.Section([html.H3(title), html.Ul(lines, className="square-list")])


def _line(square: Square) -> Component:
    skill = square.requirement.skill
    return html.Li(
        [
            glyph(square.state, claimed=is_claimed(square)),
            html.Span(
                [
                    html.Span(english(skill.name)),
                    html.Span(_proof(square), className="hint"),
                ]
            ),
        ],
        id=f"square-{skill.id}".replace(":", "-"),
        title=state_word(square),
    )


def _proof(square: Square) -> str:
    if not square.by:
        return ""
    best = square.by[0]
    if square.state is SquareState.PARTIAL:
        return " " + _("through “%(skill)s”", skill=best.skill.name)
    if any(evidence.kind == "role" for evidence in best.evidence):
        return " " + _("from the job you do now")
    if is_claimed(square):
        return " " + _("by your own word")
    return " " + next((evidence.title for evidence in best.evidence), "")

"""One role against one record: how far it reaches, what the role pays here, and every skill as a square."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from components.career_panel import margin_words, sentence
from components.english import english
from components.facet_view import facet_table
from components.format import percent
from components.gap_shown import GapShown
from components.gap_square import gap_square
from components.honest import limits
from components.market_view import market_block
from components.square import legend, row
from components.trying_bar import trying_bar
from graph.model import Facet, Match, Square, SquareState
from i18n import gettext as _
from i18n import ngettext


def gap_view(shown: GapShown) -> list[Component]:
    """The whole page under its heading."""
    career = shown.career
    top = html.Div(
        [
            _summary(shown),
            html.Div(
                market_block(career.market, shown.source, shown.asked, career.outlook), className="card"
            ),
        ],
        className="gap-top",
    )
    back = html.P(html.A(_("Back to the career network"), href=shown.links.back), className="gap-back")
    if not career.match.squares:
        return [back, top, limits(shown.sources)]
    return [
        back,
        *_tried(shown),
        top,
        _controls(shown),
        _lists(shown),
        *_set_aside(shown),
        limits(shown.sources),
    ]


def _tried(shown: GapShown) -> list[Component]:
    if not shown.tried:
        return []
    skills = [
        (skill, shown.links.trying[skill.id]) for skill in shown.tried if skill.id in shown.links.trying
    ]
    change = None
    if shown.before is not None:
        change = _(
            "%(before)s matched now, %(after)s with what you try on.",
            before=percent(shown.before),
            after=percent(shown.career.match.score),
        )
    return [trying_bar(skills, shown.links.nothing_tried, shown.links.next, change)]


def range_words(match: Match, *, verified_only: bool = False) -> str:
    """What of the match is proven, and what rests on the person's own word."""
    if verified_only:
        said = _("Only what is verified or confirmed is counted.")
    elif not match.score:
        return ""
    elif percent(match.proven) == percent(match.score):
        said = _("All of it is verified or confirmed.")
    else:
        said = _(
            "%(low)s verified, %(score)s with what you claim.",
            low=percent(match.proven),
            score=percent(match.score),
        )
    return " ".join(filter(None, [said, margin_words(match)]))


def _summary(shown: GapShown) -> Component:
    match = shown.career.match
    if not match.squares:
        return html.Section(
            [
                html.H2(_("No requirements published")),
                html.P(_("O*NET publishes no tasks for this role, so there is nothing to compare with.")),
                *_instead(shown),
            ],
            className="card gap-summary",
        )
    parts: list[Any] = [html.H2(_("How far it is"), className="visually-hidden")]
    if match.required:
        parts.append(
            html.P(
                [
                    html.Span(_("%(share)s matched", share=percent(match.score)), className="score"),
                    html.Span(range_words(match, verified_only=shown.verified_only), className="range"),
                ],
                className="score-line",
            )
        )
        parts += [_range_bar(match), html.P(sentence(match)), row(match), *facet_table(match)]
    parts += [*_left_out(match), *_invitation(shown), *_founded(match)]
    if match.missing or match.partial:
        parts.append(html.P(html.A(_("See ways there"), href=shown.links.ways, className="button quiet")))
    return html.Section(parts, className="card gap-summary")


def _founded(match: Match) -> list[Component]:
    """What the squares stand on: a reading of every one, or the filter learned from such readings."""
    linked = [s.requirement.score for s in match.squares if s.requirement.facet == Facet.OCCUPATIONAL]
    if not linked:
        return []
    if all(score is None or score >= 1 for score in linked):
        words = _("Every skill here was read against this role's O*NET tasks before it was taken in.")
    else:
        sure = [score for score in linked if score is not None]
        words = _(
            "These skills were linked to this role's O*NET tasks by words alone;"
            " of such links, about %(n)s in 100 hold.",
            n=round(100 * sum(sure) / len(sure)),
        )
    return [html.P(words, className="hint")]


def _instead(shown: GapShown) -> list[Component]:
    """Links to roles that say more than this one."""
    if not shown.instead:
        return []
    links = [html.Li(html.A(english(title), href=to)) for title, to in shown.instead]
    return [html.P(_("One of these roles may be what you mean:")), html.Ul(links, className="instead")]


def _left_out(match: Match) -> list[Component]:
    """How many skills the reckoning leaves out, so that the other counts can be understood."""
    aside = sum(square.hidden for square in match.squares)
    if not aside:
        return []
    words = ngettext(
        "Of %(all)s skills, %(counted)s are counted and %(n)s is set aside.",
        "Of %(all)s skills, %(counted)s are counted and %(n)s are set aside.",
        aside,
        all=len(match.squares),
        counted=len(match.squares) - aside,
    )
    return [html.P(words, className="hint left-out")]


def _range_bar(match: Match) -> Component:
    proven, claimed = 100 * match.proven, 100 * max(0.0, match.score - match.proven)
    return html.Div(
        [
            html.Span(className="proven", style={"width": f"{proven:.1f}%"}),
            html.Span(className="claimed", style={"width": f"{claimed:.1f}%"}),
        ],
        className="range-bar",
        **{"aria-hidden": "true"},
    )


def _invitation(shown: GapShown) -> list[Component]:
    """What to do next, for who has nothing to hold against the role."""
    if shown.now:
        return [
            html.P(
                [
                    _("Reckoned for somebody who works as:"),
                    " ",
                    english(shown.now),
                    ". ",
                    html.A(_("Sign in to use your own record"), href=shown.links.sign_in),
                ],
                className="hint",
            )
        ]
    if not shown.empty:
        return []
    if shown.can_act:
        return [
            html.P(
                [
                    _(
                        "Your wallet is empty so far, so everything is missing. "
                        "Open a skill and say that you have it, or"
                    ),
                    " ",
                    html.A(_("fill your wallet"), href=shown.links.wallet),
                    ".",
                ],
                className="hint",
            )
        ]
    return [
        html.P(
            [
                html.A(_("Choose the job you do now"), href=shown.links.choose),
                " ",
                _("to see what you bring from it, or"),
                " ",
                html.A(_("sign in"), href=shown.links.sign_in),
                " ",
                _("to use your own record."),
            ],
            className="hint",
        )
    ]


def _controls(shown: GapShown) -> Component:
    return html.Div(
        [
            html.Div(
                [
                    html.Span(_("Sort"), id="gap-sort", className="control-label"),
                    _choice(
                        "gap-by-importance",
                        _("By importance"),
                        shown.links.by_importance,
                        pressed=not shown.by_name,
                    ),
                    _choice("gap-by-name", _("By name"), shown.links.by_name, pressed=shown.by_name),
                ],
                role="group",
                className="sorting",
                **{"aria-labelledby": "gap-sort"},
            ),
            _choice(
                "gap-verified", _("Only what is verified"), shown.links.counting, pressed=shown.verified_only
            ),
            html.Button(_("Print"), type="button", className="button quiet act", **{"data-print": ""}),
            legend(),
        ],
        className="gap-controls",
    )


def _choice(name: str, words: str, to: str, *, pressed: bool) -> Component:
    return html.Button(
        words,
        id=name,
        type="button",
        className="button quiet act",
        **{"data-go": to, "aria-pressed": "true" if pressed else "false"},
    )


def _lists(shown: GapShown) -> Component:
    empty = {
        SquareState.MATCHED: (
            _("Nothing yet. If you have one of the skills, open it and say so.")
            if shown.can_act
            else _("Nothing yet.")
        ),
        SquareState.PARTIAL: _("None: no skill covers another one in part."),
        SquareState.MISSING: _("Nothing is missing."),
    }
    headings = {
        SquareState.MATCHED: _("Matched"),
        SquareState.PARTIAL: _("Partly matched"),
        SquareState.MISSING: _("Missing"),
    }
    counted = [square for square in shown.career.match.squares if not square.hidden]
    return html.Div(
        [
            _list(
                f"gap-{state.value}",
                headings[state],
                [square for square in counted if square.state is state],
                empty[state],
                shown,
            )
            for state in (SquareState.MATCHED, SquareState.PARTIAL, SquareState.MISSING)
        ],
        className="gap-lists",
    )


def _set_aside(shown: GapShown) -> list[Component]:
    aside = [square for square in shown.career.match.squares if square.hidden]
    if not aside:
        return []
    return [_list("gap-aside", _("Set aside"), aside, "", shown)]


def _list(name: str, heading: str, squares: list[Square], empty: str, shown: GapShown) -> Component:
    if shown.by_name:
        squares = sorted(squares, key=lambda square: square.requirement.skill.name.casefold())
    body = (
        html.Ul([html.Li(gap_square(square, shown)) for square in squares], className="squares")
        if squares
        else html.P(empty, className="hint none")
    )
    # The heading is the bare word; the count stands beside it.
    head = html.Div(
        [
            html.H2(heading, id=name),
            html.Span(ngettext("%(n)s skill", "%(n)s skills", len(squares)), className="count"),
        ],
        className="gap-list-head",
    )
    return html.Section([head, body], className=f"card gap-list {name}", **{"aria-labelledby": name})

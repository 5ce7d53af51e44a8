"""Figures of a comparison: wages as bars on one scale, and what moving would bring, in words."""

from __future__ import annotations

from typing import Any

from dash import html

from components import format as write
from components.english import english
from components.plain_html import to_html
from components.square import count_words, glyph, is_claimed, row, state_word
from graph.model import Figure, LaborMarket, Match, Outlook, Preparation, PriceParity, Square
from i18n import gettext as _

POINTS = ("p10", "p25", "p50", "p75", "p90")


def share(match: Match) -> str:
    """How much of a role is matched."""
    return write.score(match)


def wage(market: LaborMarket | None) -> str:
    """The median wage, where one is published."""
    return write.median_wage(market)


def squares(match: Match) -> Any:
    """A role's squares in a row, and the same in words."""
    return to_html([row(match), html.Span(count_words(match), className="hint")])


def square_line(square: Square) -> Any:
    """One square with its name."""
    return to_html(
        [
            glyph(square.state, claimed=is_claimed(square), tried=square.tried),
            html.Span(
                [
                    english(square.requirement.skill.name),
                    html.Span(f" ({state_word(square)})", className="visually-hidden"),
                ]
            ),
        ]
    )


def wage_bar(market: LaborMarket | None, least: float, most: float) -> Any:
    """The spread of annual wages on a scale from ``least`` to ``most``, with its words.

    The bar is from the 10th to the 90th percentile, its dark part from the 25th to the 75th, the line
    the median.
    """
    if market is None:
        return to_html(html.P(_("not published"), className="hint"))
    figures = [market.annual.get(point) for point in POINTS]
    values = [figure.value for figure in figures if figure is not None and figure.value is not None]
    parts: list[Any] = [html.P(html.Strong(write.median_wage(market)))]
    if len(values) == len(POINTS) and most > least:
        low, q1, mid, q3, high = (100 * (value - least) / (most - least) for value in values)
        parts.append(
            html.Div(
                [
                    html.Span(
                        className="wage-all", style={"left": f"{low:.1f}%", "right": f"{100 - high:.1f}%"}
                    ),
                    html.Span(
                        className="wage-half", style={"left": f"{q1:.1f}%", "right": f"{100 - q3:.1f}%"}
                    ),
                    html.Span(className="wage-mid", style={"left": f"{mid:.1f}%"}),
                ],
                className="wage-bar",
                **{"aria-hidden": "true"},
            )
        )
        parts.append(
            html.P(
                _(
                    "A tenth earn %(low)s or less, half between %(q1)s and %(q3)s, a tenth %(high)s or more.",
                    low=write.dollars(figures[0]),
                    q1=write.dollars(figures[1]),
                    q3=write.dollars(figures[3]),
                    high=write.dollars(figures[4]),
                ),
                className="hint",
            )
        )
    return to_html(parts)


def _between(left: float, right: float) -> dict[str, str]:
    return {"left": f"{left:.1f}%", "right": f"{100 - right:.1f}%"}


def jobs_line(market: LaborMarket | None) -> Any:
    """Jobs with their margin."""
    if market is None:
        return to_html(html.P(_("not published"), className="hint"))
    margin = "" if market.employment.value is None else write.margin(market.employment_rse)
    return to_html(
        html.P([html.Strong(write.jobs(market.employment)), html.Span(f" {margin}", className="hint")])
    )


def change_words(change: float | None) -> str:
    """What the median wage would change by, against the first role."""
    if change is None:
        return _("not published")
    # Whole dollars: a difference of estimates has no cents.
    amount = "$" + write.number(Figure(abs(change)), 0)
    if abs(change) < 1:
        return _("the same")
    return (
        _("%(amount)s more a year", amount=amount)
        if change > 0
        else _("%(amount)s less a year", amount=amount)
    )


def outlook_words(outlook: Outlook | None) -> str:
    """Openings and growth as projected, with their years; empty where nothing is loaded."""
    if outlook is None:
        return ""
    parts = []
    if outlook.openings.value is not None:
        parts.append(_("%(n)s openings a year", n=write.number(outlook.openings, 0)))
    if outlook.change_percent.value is not None:
        parts.append(
            _(
                "%(share)s%% from %(first)s to %(last)s",
                share=f"{outlook.change_percent.value:+.1f}",
                first=outlook.base_year,
                last=outlook.target_year,
            )
        )
    return ", ".join(parts) or _("not published")


def preparation_words(preparation: Preparation | None) -> str:
    """Usual education and job zone; empty where nothing is loaded."""
    if preparation is None:
        return ""
    parts = []
    usual = preparation.usual_education
    if usual is not None:
        parts.append(usual[1])
    if preparation.job_zone is not None:
        parts.append(_("job zone %(zone)s of 5", zone=preparation.job_zone))
    return "; ".join(parts)


def adjusted_wage(market: LaborMarket | None, parity: PriceParity | None) -> str:
    """The median wage at the nation's prices; empty where no price level is loaded."""
    figure = None if market is None else market.annual.get("p50")
    if parity is None or figure is None or figure.value is None or parity.index <= 0:
        return ""
    return _(
        "%(amount)s at the nation's prices (price level %(index)s, %(year)s)",
        amount=write.dollars(Figure(round(figure.value * 100 / parity.index, -1))),
        index=f"{parity.index:.1f}",
        year=parity.year,
    )

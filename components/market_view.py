"""Local employment and wages of a role, with the release they come from."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from components import format as write
from components import place
from components.english import SLOT, around
from graph.model import Area, LaborMarket, Outlook, Source
from i18n import gettext as _


def market_block(
    market: LaborMarket | None,
    source: Source | None,
    asked: Area | None = None,
    outlook: Outlook | None = None,
) -> Component:
    """Employment with its margin, the median wage and the spread of wages, and where they are from.

    ``asked`` is the place that was chosen: where its figures are published within a larger one, it says so.
    ``outlook`` is how employment is projected; nothing is said of it where no projections are loaded.
    """
    return html.Section([*_figures(market, source, asked), *_outlook(outlook)], className="market")


def _figures(market: LaborMarket | None, source: Source | None, asked: Area | None) -> list[Component | str]:
    if market is None:
        return [
            html.H3(_("Jobs and wages")),
            html.P(_("BLS publishes no employment or wages for this role."), className="hint"),
        ]
    if market.area.kind == "county":
        return [
            html.H3(place.heading(market.area)),
            html.P(
                _(
                    "BLS publishes by metropolitan and nonmetropolitan area, and which one this county "
                    "lies in is not loaded here. Choose its area or its state as the location to "
                    "see figures."
                ),
                className="hint",
            ),
        ]
    return [
        html.H3(place.heading(market.area)),
        _within(market, asked),
        html.P(_jobs(market), className="fact"),
        html.P(_wage(market), className="fact"),
        _spread(market),
        html.P(_source_words(market, source), className="source"),
    ]


def _outlook(outlook: Outlook | None) -> list[Component | str]:
    if outlook is None:
        return []
    years = {"base": outlook.base_year, "target": outlook.target_year}
    return [
        html.H3(place.projected(outlook.area)),
        html.P(
            [
                html.Strong(write.change(outlook.change_percent)),
                " ",
                _("change in jobs from %(base)s to %(target)s", **years),
            ],
            className="fact",
        ),
        html.P(_openings(outlook), className="fact"),
        _entry(outlook),
        html.P(_projection_words(outlook), className="source"),
    ]


def _openings(outlook: Outlook) -> list[Any]:
    if outlook.openings.value is None:
        return [_("Openings: "), write.openings(outlook.openings)]
    return [
        html.Strong(write.openings(outlook.openings)),
        " ",
        _("on average, from growth and from people who leave"),
    ]


def _entry(outlook: Outlook) -> Component | str:
    if not outlook.entry_education:
        return ""
    words = around(_("Education typical to enter: %(education)s.", education=SLOT), outlook.entry_education)
    return html.P(words, className="hint")


def _projection_words(outlook: Outlook) -> list[Any]:
    national = outlook.source_id == "projections"
    sentence = (
        _(
            "Employment Projections of BLS, %(base)s to %(target)s, occupation %(code)s %(title)s, the "
            "self-employed included. A projection is no promise.",
            base=outlook.base_year,
            target=outlook.target_year,
            code=outlook.occupation_code,
            title=SLOT,
        )
        if national
        else _(
            "Projections of the state, %(base)s to %(target)s, occupation %(code)s %(title)s. "
            "A projection is no promise.",
            base=outlook.base_year,
            target=outlook.target_year,
            code=outlook.occupation_code,
            title=SLOT,
        )
    )
    return around(sentence, outlook.occupation_title)


def _within(market: LaborMarket, asked: Area | None) -> Component | str:
    if asked is None or asked.code == market.area.code:
        return ""
    return html.P(
        _("BLS publishes no figures for %(place)s alone; these are of the area it is in.", place=asked.name),
        className="hint",
    )


def _jobs(market: LaborMarket) -> list[Any]:
    if market.employment.value is None:
        return [_("Jobs: "), write.jobs(market.employment)]
    return [
        html.Strong(write.jobs(market.employment)),
        html.Span(f" {write.margin(market.employment_rse)}", className="hint"),
    ]


def _wage(market: LaborMarket) -> list[Any]:
    known = [market.annual.get("p50"), market.hourly.get("p50")]
    if all(figure is None or figure.value is None for figure in known):
        return [_("Median wage: "), write.median_wage(market)]
    return [html.Strong(write.median_wage(market)), " ", _("median")]


def _spread(market: LaborMarket) -> Component | str:
    figures = [market.annual.get(p) for p in ("p10", "p25", "p50", "p75", "p90")]
    values = [figure.value for figure in figures if figure is not None and figure.value is not None]
    if len(values) < len(figures):
        return ""
    low, q1, mid, q3, high = values
    width = max(high - low, 1.0)

    def at(value: float) -> str:
        return f"{100 * (value - low) / width:.1f}%"

    words = _(
        "A tenth earn %(low)s or less a year, half between %(q1)s and %(q3)s, a tenth %(high)s or more.",
        low=write.dollars(figures[0]),
        q1=write.dollars(figures[1]),
        q3=write.dollars(figures[3]),
        high=write.dollars(figures[4]),
    )
    return html.Div(
        [
            html.Div(
                [
                    html.Span(
                        className="spread-half", style={"left": at(q1), "right": f"calc(100% - {at(q3)})"}
                    ),
                    html.Span(className="spread-mid", style={"left": at(mid)}),
                ],
                className="spread",
                **{"aria-hidden": "true"},
            ),
            html.Div(
                [html.Span(write.short_dollars(low)), html.Span(write.short_dollars(high))],
                className="spread-ends",
                **{"aria-hidden": "true"},
            ),
            html.P(words, className="hint"),
        ]
    )


def _source_words(market: LaborMarket, source: Source | None) -> list[Any]:
    release = f"{source.title}, {source.release}" if source else ""
    sentence = _(
        "%(release)s, occupation %(code)s %(title)s. Estimates of wage and salary jobs, "
        "without the self-employed; the margin is the 95%% interval.",
        release=SLOT,
        code=market.occupation_code,
        title=SLOT,
    )
    return around(sentence, release, market.occupation_title)

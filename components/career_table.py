"""The same careers as a table: a row a career."""

from __future__ import annotations

from collections.abc import Callable

from dash import html
from dash.development.base_component import Component

from components import format as write
from components import place
from components.english import english
from graph.model import Area, Career, Network
from i18n import gettext as _


def career_table(network: Network, gap_href: Callable[[str], str], *, theirs: str = "") -> Component:
    """Return the table, closest career first; ``theirs`` is the name of whom somebody else looks at."""
    careers = sorted(network.careers, key=lambda c: (-c.match.score, c.role.title))
    heads = (
        _("Career"),
        _("Match"),
        _("Verified only"),
        _("Matched"),
        _("Partly"),
        _("Missing"),
        _("Local jobs"),
        _("Median wage"),
        _("Leads to"),
        _("On the picture as"),
    )
    return html.Div(
        html.Table(
            [
                html.Caption(html.Span(_caption(network.area, theirs))),
                html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
                html.Tbody(
                    [
                        _row(career, gap_href, leads_to(network, career.role.code), theirs)
                        for career in careers
                    ]
                ),
            ],
            className="table",
        ),
        className="table-scroll",
        role="region",
        tabIndex=0,
        **{"aria-label": _("Careers as a table")},
    )


def _caption(area: Area, theirs: str) -> str:
    if theirs:
        where = _("the United States") if area.kind == place.NATION else area.name
        return _("Careers around %(name)s, in %(place)s, closest first", name=theirs, place=where)
    if area.kind == place.NATION:
        return _("Careers around your record, in the United States, closest first")
    return _("Careers around your record, in %(place)s, closest first", place=area.name)


def leads_to(network: Network, code: str) -> list[str]:
    """Titles of the careers that a line on the picture joins this one to."""
    titles = {career.role.code: career.role.title for career in network.careers}
    ends = {
        link.target if link.source == code else link.source
        for link in network.links
        if code in (link.source, link.target)
    }
    return sorted(titles[end] for end in ends if end in titles)


def _row(career: Career, gap_href: Callable[[str], str], leads: list[str], theirs: str) -> Component:
    match, market = career.match, career.market
    title = html.A(english(career.role.title), href=gap_href(career.role.code))
    figures = (
        write.score(match),
        write.percent(match.proven) if match.required else "–",
        match.matched,
        match.partial,
        match.missing,
        write.number(market.employment, 0) if market else write.unpublished(None),
        write.median_wage(market),
    )
    return html.Tr(
        [
            html.Th(title, scope="row"),
            *[html.Td(figure, className="figure") for figure in figures],
            html.Td(english("; ".join(leads)) if leads else "–", className="leads"),
            html.Td((_("Chosen") if theirs else _("Your choice")) if career.chosen else _("Suggested")),
        ]
    )

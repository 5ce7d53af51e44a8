"""The parts of a role, and what each adds to a match."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.format import percent, share
from graph.model import Facet, FacetScore, Match
from i18n import gettext as _
from i18n import ngettext


def facet_name(facet: str) -> str:
    """What a facet is called on a page."""
    names = {
        Facet.OCCUPATIONAL: _("Skills of the work itself"),
        Facet.ESSENTIAL: _("Essential skills"),
        Facet.TRANSFERABLE: _("Transferable skills"),
        Facet.KNOWLEDGE: _("Knowledge"),
        Facet.SOFTWARE: _("Software"),
        Facet.ACTIVITY: _("Work activities"),
    }
    return names[Facet(facet)]


def facet_table(match: Match) -> list[Component]:
    """What each part adds to the score; nothing where the role has one part only."""
    if len(match.facets) < 2:
        return []
    heads = (_("Part of the role"), _("Has"), _("Matched"), _("Counts for"), _("Adds"))
    table = html.Table(
        [
            html.Caption(_("What each part of the role adds to %(score)s", score=percent(match.score))),
            html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
            html.Tbody([_row(facet) for facet in match.facets]),
        ],
        className="facets",
    )
    return [table]


def _row(facet: FacetScore) -> Component:
    figures = (
        _has(facet),
        share(facet.score),
        share(facet.weight),
        share(facet.term),
    )
    return html.Tr(
        [
            html.Th(facet_name(facet.facet), scope="row"),
            *[html.Td(figure, className="figure") for figure in figures],
        ]
    )


def _has(facet: FacetScore) -> str:
    have = _("%(have)s of %(all)s", have=facet.matched, all=facet.required)
    if not facet.partial:
        return have
    partly = ngettext("%(n)s partly", "%(n)s partly", facet.partial)
    return f"{have}, {partly}"

"""The sidebar of the network: chosen careers, the place, the family, what is shown."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import format as write
from components import place
from components.english import english
from graph.model import Area, Career, JobFamily, Network
from i18n import DEFAULT
from i18n import gettext as _

MOST_CAREERS = 12


def chosen_cards(network: Network, open_search: dict[str, str]) -> Component:
    """A card for each chosen career, with its family, its place and a way to take it off.

    Parameters
    ----------
    open_search : dict of str to str
        Address that opens each career.
    """
    chosen = [career for career in network.careers if career.chosen]
    cards: list[Component] = [_card(career, network.area, open_search[career.role.code]) for career in chosen]
    return html.Div(
        [
            html.H2(_("Your careers (%(n)s of %(most)s)", n=len(chosen), most=MOST_CAREERS)),
            html.Ul(cards, className="chosen-cards")
            if cards
            else html.P(
                _("None chosen yet. Add one below, or open a suggestion and keep it."), className="hint"
            ),
        ]
    )


def _card(career: Career, area: Area, opens: str) -> Component:
    role = career.role
    return html.Li(
        [
            html.Button(
                [
                    html.Span(english(role.title)),
                    html.Span(write.score(career.match), className="hint"),
                ],
                type="button",
                className="card-title",
                **{"data-go": opens},
            ),
            html.Dl(
                [
                    html.Dt(_("Job family")),
                    html.Dd(english(role.job_family.name)),
                    html.Dt(_("Location")),
                    html.Dd(place.name(area)),
                ]
            ),
            html.Button(
                _("Delete this role"),
                type="button",
                className="link-button",
                **{
                    "data-act": "drop",
                    "data-on": role.code,
                    "aria-label": _("Delete this role: %(title)s", title=role.title),
                },
            ),
        ]
    )


def family_select(families: Sequence[JobFamily], current: str | None) -> Component:
    """Chooser of the job family that suggestions come from."""
    return html.Div(
        [
            html.Label(_("Job family"), htmlFor="net-family"),
            html.Select(
                [
                    html.Option(_("All job families"), value="", selected=not current),
                    *[
                        html.Option(
                            family.name, value=family.code, selected=family.code == current, lang=DEFAULT
                        )
                        for family in families
                    ],
                ],
                id="net-family",
                **{"data-param": "family"},
            ),
        ],
        className="finder",
    )


def switches(verified: bool, suggested: bool, go_verified: str, go_suggested: str) -> Component:
    """Two switches: verified skills only, and suggested careers."""
    return html.Div(
        [
            html.H2(_("Show")),
            _switch(_("Verified only"), verified, go_verified),
            _switch(_("Suggested careers"), suggested, go_suggested),
        ]
    )


def _switch(label: str, on: bool, go: str) -> Component:
    return html.Button(
        [html.Span(className="switch-box", **{"aria-hidden": "true"}), label],
        type="button",
        role="switch",
        className="switch",
        **{"aria-checked": "true" if on else "false", "data-go": go},
    )

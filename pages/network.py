"""The career network: the person in the centre, careers around, squares of the open one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import dash_cytoscape
from dash import Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from components import chooser, picture, place
from components.career_list import career_list
from components.career_table import career_table
from components.english import english
from components.finder import Found, answers, finder
from components.honest import USUAL, Shows, limits
from components.moves_view import moves_block
from components.trying_bar import trying_bar
from graph.model import Area, Career, Destination, Network, Skill, Source
from i18n import gettext as _
from i18n import ngettext
from pages.network_address import CODE, Address
from pages.told import query, toggled, wallet_of
from services.roles import NATION
from web.actor import current_actor
from web.page import Page

FOUND = 8


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything the page shows, drawn from one look at the services."""

    address: Address
    network: Network
    name: str
    home: str
    sources: tuple[Source, ...]
    signed_in: bool
    tried: tuple[Skill, ...] = ()
    moves: tuple[Destination, ...] = ()

    @property
    def source(self) -> Source | None:
        """Where jobs and wages are from."""
        return next((each for each in self.sources if each.id == "oews"), None)

    def go(self, **changes: Any) -> str:
        return self.address.search(home=self.home, **changes) or "?"

    def ways_href(self, code: str) -> str:
        """The pathways to a career, from the same record and place."""
        return "/pathways" + query(self.address.told, to=code, area=self.network.area.code)

    def gap_href(self, code: str) -> str:
        view = self.address.view
        asked = {
            "area": self.network.area.code,
            "now": view.now,
            "verified": "1" if view.verified_only else None,
            "have": ",".join(self.address.told.have),
            "try": ",".join(self.address.told.tried),
        }
        return f"/gap/{code}?" + urlencode({k: v for k, v in asked.items() if v}, safe=",:")


def heading(_pathname: str, services: Any, _actor: Any) -> tuple[str, str]:
    """The words of the first HTML; raises ``RolesAway`` while there are no careers to show."""
    _ready = services.roles
    return (
        _("Career network"),
        _("The closer a career stands to the middle, the more of what it requires is already there."),
    )


def layout(_pathname: str, search: str, services: Any, actor: Any) -> Component:
    """The whole page as its address asks for it."""
    seen = look(_text(search), services, actor)
    shown = _draw(seen)
    return html.Div(
        [
            dcc.Store(id="net-act"),
            dcc.Store(id="net-tick"),
            html.Div(
                [
                    html.Div(
                        [
                            html.Div(shown.now, id="net-now"),
                            html.Div(
                                finder("net-job", _("The job you do now"), _("stocker, cashier …")),
                                hidden=bool(seen.network.wallet.holdings) and not _stands_in(seen),
                            ),
                        ],
                        className="side-lead",
                    ),
                    html.Button(
                        _("Careers, place and what is shown"),
                        type="button",
                        className="side-toggle",
                        **{
                            "aria-expanded": "false",
                            "aria-controls": "net-side-body",
                            "data-toggle": "side-open",
                        },
                    ),
                    html.Div(
                        [
                            html.Div(shown.chosen, id="net-chosen"),
                            finder("net-add", _("Add a career"), _("CNA, truck driver …")),
                            chooser.family_select(
                                services.roles.job_families(), seen.address.view.job_family
                            ),
                            finder("net-area", _("Location"), _("county, metro, state …")),
                            html.Div(shown.place, id="net-place", className="hint"),
                            html.Div(shown.switches, id="net-show"),
                        ],
                        id="net-side-body",
                    ),
                ],
                className="side card",
                role="group",
                **{"aria-label": _("Choose careers")},
            ),
            html.Section(
                [
                    html.Div(
                        [
                            html.Button(
                                _("Show the network"),
                                type="button",
                                className="button quiet stage-toggle",
                                **{"aria-expanded": "false", "data-toggle": "stage-open"},
                            ),
                            html.Div(shown.table_button, id="net-table-button"),
                            html.Div(
                                [
                                    _zoom("in", "+", _("Zoom in")),
                                    _zoom("out", "−", _("Zoom out")),
                                    _zoom("fit", "⤢", _("Fit")),
                                ],
                                className="zoom",
                            ),
                        ],
                        className="toolbar",
                    ),
                    html.Div(picture.career_legend(), className="legend-box"),
                    html.Div(
                        dash_cytoscape.Cytoscape(
                            id="net-picture",
                            elements=shown.elements,
                            layout={"name": "preset", "fit": True, "padding": 28},
                            minZoom=0.3,
                            maxZoom=2.5,
                            boxSelectionEnabled=False,
                            autounselectify=True,
                            stylesheet=[],
                            style={"width": "100%", "height": "100%"},
                            responsive=True,
                        ),
                        className="canvas",
                        **{"aria-hidden": "true"},
                    ),
                    _start(seen),
                    html.P(
                        _(
                            "Distance is what is still missing: the rings say how much is matched. "
                            "A dashed line joins careers of which one leads to the other."
                        ),
                        className="caption",
                    ),
                    html.Div(shown.table, id="net-table"),
                    html.P(shown.live, id="net-live", role="status", className="visually-hidden"),
                ],
                id="net-stage",
                className=shown.stage,
                **{"aria-label": _("Career network")},
            ),
            html.Section(shown.panel, id="net-panel", className="panel card", **{"aria-label": _("Careers")}),
            limits(services.roles.sources(), (*USUAL, Shows.MOVES)),
        ],
        className="network",
        id="network",
        **{"data-acts-in": "net-act"},
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """The parts of the page that change with its address."""

    elements: list[dict[str, Any]]
    panel: Any
    chosen: Any
    now: Any
    place: str
    switches: Any
    table: Any
    table_button: Any
    stage: str
    live: str


def register(app: Any, services: Any) -> None:
    """The page's callbacks: read, ask a service, draw."""

    @app.callback(
        Output("net-picture", "elements"),
        Output("net-panel", "children"),
        Output("net-chosen", "children"),
        Output("net-now", "children"),
        Output("net-place", "children"),
        Output("net-show", "children"),
        Output("net-table", "children"),
        Output("net-table-button", "children"),
        Output("net-stage", "className"),
        Output("net-live", "children"),
        Input("address", "search"),
        Input("net-tick", "data"),
        State("address", "pathname"),
        prevent_initial_call=True,
    )
    def show(search: Any, _tick: Any, pathname: Any) -> Any:
        if pathname != "/network":
            return no_update
        drawn = _draw(look(_text(search), services, current_actor()))
        return (
            drawn.elements,
            drawn.panel,
            drawn.chosen,
            drawn.now,
            drawn.place,
            drawn.switches,
            drawn.table,
            drawn.table_button,
            drawn.stage,
            drawn.live,
        )

    @app.callback(
        Output("address", "search", allow_duplicate=True),
        Output("net-tick", "data"),
        Output("net-add-words", "value"),
        Input("net-act", "data"),
        State("address", "search"),
        State("address", "pathname"),
        prevent_initial_call=True,
    )
    def act(wish: Any, search: Any, pathname: Any) -> Any:
        verb, code = _wish(wish)
        if pathname != "/network" or verb not in ("choose", "drop") or not CODE.match(code):
            return no_update, no_update, no_update
        changed = _choose(verb, code, _text(search), services, current_actor())
        return changed, wish, ""

    @app.callback(
        Output("net-add-found", "children"), Input("net-add-words", "value"), prevent_initial_call=True
    )
    def find_career(words: Any) -> Any:
        return _roles_found(services, _text(words), lambda code: {"act": "choose", "on": code})

    @app.callback(
        Output("net-job-found", "children"), Input("net-job-words", "value"), prevent_initial_call=True
    )
    def find_job(words: Any) -> Any:
        return _roles_found(services, _text(words), lambda code: {"set": "now", "value": code})

    @app.callback(
        Output("net-area-found", "children"), Input("net-area-words", "value"), prevent_initial_call=True
    )
    def find_area(words: Any) -> Any:
        asked = _text(words)
        areas = services.roles.areas(asked, FOUND) if asked.strip() else ()
        return answers(
            asked,
            [
                Found(place.name(area), _area_kind(area), {"set": "area", "value": area.code})
                for area in areas
            ],
        )


def look(search: str, services: Any, actor: Any) -> Seen:
    """What the address asks for, of the person who asks."""
    own = tuple(code for code, _area in services.people.chosen_careers(actor)) if actor.signed_in else ()
    home = actor.area_code or NATION
    address = Address.read(search, own, home)
    name = actor.name if actor.signed_in else _("You")
    now = address.view.now
    wallet = wallet_of(services, actor, address.told)
    if now and wallet.owner.startswith("role:"):
        name = services.roles.title(now)
    network = services.network.network(wallet, address.view, actor)
    tried = services.what_next.skills(address.told.tried)
    moves = services.roles.moves(network.opened.role.code) if network.opened else ()
    return Seen(address, network, name, home, services.roles.sources(), actor.signed_in, tried, moves)


def _choose(verb: str, code: str, search: str, services: Any, actor: Any) -> str:
    """Keep or drop a career: in the account when it is the person's own list, else in the address."""
    if verb == "choose":
        services.roles.title(code)  # Refuses what is no role.
    seen = look(search, services, actor)
    opened = code if verb == "choose" else seen.address.view.opened
    if actor.signed_in:
        if verb == "choose":
            services.people.choose_career(actor, code, seen.network.area.code)
        else:
            services.people.drop_career(actor, code)
        kept = tuple(kept for kept, _area in services.people.chosen_careers(actor))
        return seen.go(careers=kept, opened=opened)
    listed = [c for c in seen.address.view.careers if c != code]
    if verb == "choose":
        listed.append(code)
    return seen.go(careers=tuple(listed), opened=opened)


def _draw(seen: Seen) -> Drawn:
    network, view = seen.network, seen.address.view
    table = seen.address.table
    return Drawn(
        elements=picture.elements(network, seen.name),
        panel=_panel(seen),
        chosen=chooser.chosen_cards(
            network, {c.role.code: seen.go(opened=c.role.code) for c in network.careers}
        ),
        now=[_now_card(seen), _tried(seen)],
        place=_("Shown: %(place)s", place=place.name(network.area)),
        switches=chooser.switches(
            view.verified_only,
            view.suggested,
            seen.go(verified_only=not view.verified_only),
            seen.go(suggested=not view.suggested),
        ),
        table=career_table(network, seen.gap_href) if table and network.careers else None,
        table_button=html.Button(
            _("Show as picture") if table else _("Show as table"),
            type="button",
            className="button quiet",
            id="net-as-table",
            **{"data-go": seen.go(table=not table)},
        ),
        stage=_stage(seen),
        live=_live(network),
    )


def _panel(seen: Seen) -> list[Any]:
    network = seen.network
    title = html.H2(_("Careers, closest first"))
    if not network.careers:
        return [title, _empty(seen)]

    def actions(career: Career) -> list[Component]:
        code = career.role.code
        ways = html.A(_("See ways there"), href=seen.ways_href(code), className="button quiet")
        if career.chosen:
            return [ways, _act(_("Delete this role"), career.role.title, "drop", code)]
        return [ways, _act(_("Keep this career"), career.role.title, "choose", code)]

    parts: list[Any] = [title]
    if not network.wallet.holdings:
        parts.append(_empty(seen))
    moves = moves_block(seen.moves, seen.sources, seen.gap_href)
    parts.append(career_list(network, actions, seen.gap_href, seen.source, moves))
    return parts


def _empty(seen: Seen) -> Component:
    if seen.network.wallet.holdings:
        return html.P(
            _("No career answers this choice. Choose another job family, or show suggestions."),
            className="empty",
        )
    if seen.signed_in:
        return html.P(
            [
                _("Your wallet has no skills yet. "),
                html.A(_("Add a record or a skill"), href="/wallet"),
                _(", or choose the job you do now, and the careers around it appear here."),
            ],
            className="empty",
        )
    return html.P(
        [
            _("Choose the job you do now, and the careers around it appear here. "),
            html.A(_("Sign in"), href="/login?next=/network"),
            _(" to see your own record instead."),
        ],
        className="empty",
    )


def _stage(seen: Seen) -> str:
    if seen.address.table and seen.network.careers:
        return "stage card as-table"
    begun = seen.network.careers or seen.network.wallet.holdings
    return "stage card" if begun else "stage card no-careers"


def _start(seen: Seen) -> Component:
    """What stands in the place of the picture while there is nothing to draw."""
    return html.Div(
        [
            html.H2(_("Nothing to draw yet")),
            html.P(_("Your careers stand around you here as soon as there is a skill to begin with.")),
            html.P(
                [
                    html.A(_("Bring in a record"), href="/wallet/add", className="button")
                    if seen.signed_in
                    else html.A(_("Sign in"), href="/login?next=/network", className="button"),
                    html.A(_("Say what you can do"), href="/explore"),
                ],
                className="actions",
            ),
        ],
        className="stage-start",
    )


def _stands_in(seen: Seen) -> bool:
    """Whether what is shown stands for a job that was named, and not for a record."""
    return seen.network.wallet.owner.startswith("role:")


def _now_card(seen: Seen) -> Component | None:
    if not _stands_in(seen):
        return None
    return html.P(
        [
            _("Shown for somebody who works as: "),
            html.Strong(english(seen.name)),
            ". ",
            html.Button(
                _("Clear"), type="button", className="link-button", **{"data-set": "now", "data-value": ""}
            ),
        ],
        className="now-card",
    )


def _tried(seen: Seen) -> Component | None:
    """What is tried on, and the way back."""
    if not seen.tried:
        return None
    told = seen.address.told.tried
    return trying_bar(
        [(skill, seen.go(tried=toggled(told, skill.id))) for skill in seen.tried],
        seen.go(tried=()),
        "/next" + query(seen.address.told),
    )


def _act(label: str, title: str, verb: str, code: str) -> Component:
    return html.Button(
        label,
        type="button",
        className="button quiet",
        **{"data-act": verb, "data-on": code, "aria-label": f"{label}: {title}"},
    )


def _zoom(way: str, sign: str, label: str) -> Component:
    return html.Button(
        html.Span(sign, **{"aria-hidden": "true"}),
        type="button",
        className="button quiet",
        title=label,
        **{"data-zoom": way, "aria-label": label},
    )


def _live(network: Network) -> str:
    count = ngettext("%(n)s career shown", "%(n)s careers shown", len(network.careers))
    if network.opened is None:
        return f"{count}."
    match = network.opened.match
    return _(
        "%(title)s is open: %(have)s of %(all)s skills matched. %(count)s.",
        title=network.opened.role.title,
        have=match.matched,
        all=match.required,
        count=count,
    )


def _roles_found(services: Any, words: str, does: Any) -> Any:
    found = services.roles.search(words, limit=FOUND) if words.strip() else ()
    return answers(
        words,
        [Found(role.title, role.job_family.name, does(role.code), published=True) for role, _market in found],
    )


def _area_kind(area: Area) -> str:
    names = {
        "nation": _("Nation"),
        "state": _("State"),
        "metro": _("Metropolitan area"),
        "nonmetro": _("Nonmetropolitan area"),
        "county": _("County"),
    }
    return names.get(area.kind, "")


def _text(value: Any) -> str:
    """What a callback was sent, if it is a text; anything else is an empty one."""
    return value[:2000] if isinstance(value, str) else ""


def _wish(wish: Any) -> tuple[str, str]:
    """The verb and what it is about, of whatever the browser put in the store."""
    if not isinstance(wish, dict):
        return "", ""
    return _text(wish.get("act")), _text(wish.get("on"))


PAGE = Page(
    name="network", path="/network", nav=lambda: _("Network"), action=None, heading=heading, layout=layout
)

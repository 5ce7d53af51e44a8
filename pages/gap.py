"""The gap page: one role's skills as squares, held against the reader's record."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode

from dash import Dash, Input, Output, State, ctx, dcc, html
from dash.exceptions import PreventUpdate
from werkzeug.exceptions import NotFound

from components.format import percent
from components.fuller import what_more
from components.gap_shown import GapLinks, GapShown
from components.gap_view import gap_view
from components.record_view import CLAIM
from components.square import state_word
from graph.model import Career, Report, Skill, Source
from i18n import gettext as _
from pages import gap_missing
from pages.report_acts import ReportWish, grant_report, is_report, read_report, words_of
from pages.skill_acts import Wish, grant, read_wish
from pages.told import Told, query, toggled, wallet_of
from services.what_next import MOST_TRIED
from services.why import explain
from web.actor import current_actor
from web.page import Page
from web.sign_in import PersonError

PREFIX = "/gap/"
LONGEST = 32


@dataclass(frozen=True, slots=True)
class Place:
    """What the address says."""

    code: str
    area: str = ""
    now: str = ""
    verified: bool = False
    by_name: bool = False
    told: Told = field(default_factory=Told)

    @property
    def query(self) -> str:
        """The address without its path; ``?`` alone when it says nothing."""
        said = {
            "area": self.area,
            "now": self.now,
            "verified": "1" if self.verified else "",
            "sort": "name" if self.by_name else "",
            "have": ",".join(self.told.have),
            "try": ",".join(self.told.tried),
        }
        return "?" + urlencode({name: value for name, value in said.items() if value}, safe=",:")

    @property
    def network(self) -> str:
        """The career network with this role open."""
        said = {
            "open": self.code,
            "area": self.area,
            "now": self.now,
            "verified": "1" if self.verified else "",
            "have": ",".join(self.told.have),
            "try": ",".join(self.told.tried),
        }
        return "/network?" + urlencode({name: value for name, value in said.items() if value}, safe=",:")


def read_place(pathname: Any, search: Any) -> Place:
    """Read an address; what cannot be meant is left out, a path of no role is ``NotFound``."""
    if not isinstance(pathname, str) or not pathname.startswith(PREFIX):
        raise NotFound
    code = unquote(pathname.removeprefix(PREFIX)).strip("/")
    if not 0 < len(code) <= LONGEST or not code.isprintable():
        raise NotFound
    said = parse_qs(search.removeprefix("?")) if isinstance(search, str) and len(search) < 10_000 else {}

    def value(name: str) -> str:
        text = said.get(name, [""])[-1]
        return text if len(text) <= LONGEST and text.isprintable() else ""

    return Place(
        code,
        value("area"),
        value("now"),
        verified=value("verified") == "1",
        by_name=value("sort") == "name",
        told=Told.read({name: values[-1] for name, values in said.items()}),
    )


def heading(pathname: str, services: Any, actor: Any) -> tuple[str, str]:
    """The role's title, and what the page is for."""
    title = services.roles.title(read_place(pathname, "").code)
    return title, _("What this role requires, and what your record covers.")


def layout(pathname: str, search: str, services: Any, actor: Any) -> Any:
    """The page under its heading; what was done is said in a place of its own."""
    shown = put_together(services, actor, read_place(pathname, search))
    return html.Div(
        [
            dcc.Store(id="act"),
            html.P(id="gap-said", className="said", role="status"),
            html.Div(gap_view(shown), id="gap-content", **{"data-place-kept": ""}),
            *_missing(services, actor, shown),
            what_more(services.roles.sources()),
        ],
        className="gap",
    )


def put_together(services: Any, actor: Any, place: Place) -> GapShown:
    """Everything the page shows, for this reader at this address."""
    own = actor.signed_in
    held, records, _skills = services.wallet_for(actor).whole() if own else (None, (), {})
    wallet = wallet_of(services, actor, place.told, held)
    area = place.area or actor.area_code
    career = services.gap.gap(wallet, place.code, area, actor, verified_only=place.verified)
    now = services.roles.title(place.now) if wallet.owner.startswith("role:") and not own else ""
    tried = services.what_next.skills(place.told.tried)
    before = None
    if tried:
        untried = wallet_of(services, actor, replace(place.told, tried=()), held)
        before = services.gap.gap(untried, place.code, area, actor, verified_only=place.verified).match.score
    return GapShown(
        career=career,
        why={square.requirement.skill.id: explain(square) for square in career.match.squares},
        links=_links(replace(place, now="" if own else place.now), career, tried),
        source=_source(services, career),
        standings={record.id: record.standing for record in records},
        said=frozenset(s.id for record in records if record.kind == CLAIM for s in record.skills),
        lapsed={h.skill.id: h for h in wallet.holdings if not h.standing.counts},
        by_name=place.by_name,
        verified_only=place.verified,
        can_act=own,
        now=now,
        asked=services.roles.area(area) if area else None,
        empty=not wallet.holdings,
        instead=() if career.match.squares else _instead(services, place),
        reported=_reported(services, actor, place.code) if own else {},
        sources=tuple(services.roles.sources()),
        tried=tried,
        before=before,
    )


def said(wish: Wish, career: Career, *, verified_only: bool = False) -> str:
    """What has come of a wish, in a sentence."""
    squares = (
        s for s in career.match.squares if wish.skill in (s.requirement.skill.uri, s.requirement.skill.id)
    )
    square = next(squares, None)
    if square is None:
        return ""
    name = square.requirement.skill.name
    if square.hidden:
        return _("“%(skill)s” is set aside and left out of the reckoning.", skill=name)
    if wish.verb == "claim" and verified_only:
        return _("“%(skill)s” is in your wallet, by your own word, which is not counted here.", skill=name)
    return _(
        "“%(skill)s”: %(state)s. %(share)s matched.",
        skill=name,
        state=state_word(square),
        share=percent(career.match.score),
    )


def said_of_report(wish: ReportWish, career: Career) -> str:
    """What has come of saying that a square looks wrong, in a sentence."""
    skills = (square.requirement.skill for square in career.match.squares)
    name = next((skill.name for skill in skills if skill.uri == wish.on), "")
    if wish.verb == "report":
        return _("You said that “%(skill)s” looks wrong. Thank you.", skill=name)
    return _("You took back what you said about “%(skill)s”.", skill=name)


def register(app: Dash, services: Any) -> None:
    """Draw anew when the address changes, or when the person says something about a skill."""

    @app.callback(
        Output("gap-content", "children"),
        Output("gap-said", "children"),
        Input("act", "data"),
        Input("address", "search"),
        State("address", "pathname"),
        prevent_initial_call=True,
    )
    def draw(sent: Any, search: Any, pathname: Any) -> Any:
        place = read_place(pathname, search)
        actor = current_actor()
        if ctx.triggered_id != "act":
            return gap_view(put_together(services, actor, place)), ""
        if sent is None:
            raise PreventUpdate
        if is_report(sent):
            report, refused = read_report(sent), ""
            try:
                grant_report(services.reports, actor, place.code, report)
            except PersonError as error:
                refused = words_of(error)
            shown = put_together(services, actor, place)
            if refused:
                return gap_view(replace(shown, refused={report.on: refused})), refused
            return gap_view(shown), said_of_report(report, shown.career)
        wish = read_wish(sent)
        grant(services.wallet_for(actor), wish)
        shown = put_together(services, actor, place)
        return gap_view(shown), said(wish, shown.career, verified_only=place.verified)

    gap_missing.register(app, services, lambda pathname: read_place(pathname, "").code)


def _reported(services: Any, actor: Any, code: str) -> dict[str, Report]:
    mine = services.reports.mine(actor, code)
    return {report.skill_uri: report for report in mine if report.kind == "wrong"}


def _missing(services: Any, actor: Any, shown: GapShown) -> list[Any]:
    career = shown.career
    if not career.match.squares:
        return []
    return gap_missing.missing_part(services, actor, career.role.code, shown.links.sign_in)


def _instead(services: Any, place: Place) -> tuple[tuple[str, str], ...]:
    """Roles that may be meant by one without requirements, at the same place in the address."""
    return tuple(
        (role.title, PREFIX + quote(role.code) + place.query) for role in services.roles.instead(place.code)
    )


def _source(services: Any, career: Career) -> Source | None:
    if career.market is None:
        return None
    return next((s for s in services.roles.sources() if s.id == career.market.source_id), None)


def _links(place: Place, career: Career, tried: tuple[Skill, ...]) -> GapLinks:
    here = PREFIX + quote(place.code) + place.query
    return GapLinks(
        back=place.network,
        by_importance=replace(place, by_name=False).query,
        by_name=replace(place, by_name=True).query,
        counting=replace(place, verified=not place.verified).query,
        sign_in="/login?" + urlencode({"next": here}),
        choose=place.network,
        trying={
            skill.id: replace(
                place, told=replace(place.told, tried=toggled(place.told.tried, skill.id)[:MOST_TRIED])
            ).query
            for skill in (*(square.requirement.skill for square in career.match.squares), *tried)
        },
        nothing_tried=replace(place, told=replace(place.told, tried=())).query,
        next="/next" + query(place.told, area=place.area),
        ways="/pathways" + query(place.told, to=place.code, area=place.area),
    )


PAGE = Page(name="gap", path="/gap/<code>", nav=None, action=None, heading=heading, layout=layout)

"""The wallet page: a person's records, the skills they come to, and what they say of themself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from dash import Dash, Input, Output, State, ctx, dcc, html
from dash.exceptions import PreventUpdate

from components.record_view import (
    CLAIM,
    aside_view,
    claims_view,
    expiring_view,
    first_view,
    found_skills,
    found_words,
    notices_view,
    records_view,
    skills_sentence,
)
from graph.model import RecordView, Skill, Wallet
from i18n import gettext as _
from pages.skill_acts import VERBS, Wish, grant, read_wish
from services.errors import RolesAway
from web.actor import current_actor
from web.page import Page

ACTION = "wallet.read"
MOST = 10
LONGEST = 100
KIND = "kind"
OWN_VERBS = ("dismiss", "first", "not_first", "earlier")


@dataclass(frozen=True, slots=True)
class Shown:
    """A wallet as its owner sees it."""

    wallet: Wallet
    records: tuple[RecordView, ...]
    soon: tuple[RecordView, ...] = ()
    notices: tuple[Any, ...] = ()
    first: tuple[Skill, ...] = ()

    @property
    def said(self) -> frozenset[str]:
        """Ids of the skills claimed one by one."""
        return frozenset(s.id for record in self.records if record.kind == CLAIM for s in record.skills)


def heading(pathname: str, services: Any, actor: Any) -> tuple[str, str]:
    """The page's own words."""
    return _("Wallet"), _("What you have learned and done, and who stands by it. Only you see it.")


def layout(pathname: str, search: str, services: Any, actor: Any) -> Any:
    """The page under its heading; the search field keeps its place while the rest is drawn anew."""
    shown = _read(services, actor)
    at = _claim_at(search)
    return html.Div(
        [
            dcc.Store(id="act"),
            html.P(id="wallet-said", className="said", role="status"),
            html.Div(
                [
                    html.Div(
                        [
                            html.Div(
                                _top(shown),
                                id="wallet-records",
                                className="wallet-records",
                                **{"data-place-kept": ""},
                            ),
                            html.H2(_("Records")),
                            _filter(),
                            html.Div(_list(shown, "", ""), id="wallet-list"),
                        ]
                    ),
                    html.Div(
                        [
                            _search(),
                            html.Div(
                                _own_word(shown, services, at),
                                id="wallet-own-word",
                                className="own-word",
                                **{"data-place-kept": ""},
                            ),
                            _whole(),
                        ],
                        className="wallet-side",
                    ),
                ],
                className="wallet",
            ),
        ]
    )


def register(app: Dash, services: Any) -> None:
    """Look for skills while the person types, and do what they say about one."""

    @app.callback(
        Output("wallet-count", "children"),
        Output("wallet-found", "children"),
        Input("wallet-search", "value"),
        prevent_initial_call=True,
    )
    def look_up(typed: Any) -> Any:
        return _found(services, _read(services, current_actor()), typed)

    @app.callback(
        Output("wallet-list", "children"),
        Output("wallet-by-standing", "aria-pressed"),
        Output("wallet-by-kind", "aria-pressed"),
        Input("wallet-filter", "value"),
        Input("wallet-by-standing", "n_clicks_timestamp"),
        Input("wallet-by-kind", "n_clicks_timestamp"),
        prevent_initial_call=True,
    )
    def arrange(typed: Any, by_standing: Any, by_kind: Any) -> Any:
        grouping = _grouping(by_standing, by_kind)
        return (
            _list(_read(services, current_actor()), typed, grouping),
            "false" if grouping == KIND else "true",
            "true" if grouping == KIND else "false",
        )

    @app.callback(
        Output("wallet-records", "children"),
        Output("wallet-list", "children", allow_duplicate=True),
        Output("wallet-own-word", "children"),
        Output("wallet-found", "children", allow_duplicate=True),
        Output("wallet-said", "children"),
        Input("act", "data"),
        State("wallet-search", "value"),
        State("wallet-filter", "value"),
        State("wallet-by-standing", "n_clicks_timestamp"),
        State("wallet-by-kind", "n_clicks_timestamp"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def act(sent: Any, typed: Any, words: Any, by_standing: Any, by_kind: Any, search: Any) -> Any:
        if sent is None or not ctx.triggered:
            raise PreventUpdate
        wish = read_wish(sent, (*VERBS, *OWN_VERBS))
        actor = current_actor()
        before = _read(services, actor)
        _grant(services.wallet_for(actor), wish)
        after = _read(services, actor)
        return (
            _top(after),
            _list(after, words, _grouping(by_standing, by_kind)),
            _own_word(after, services, _claim_at(search)),
            _found(services, after, typed)[1],
            _words(wish, before, after, services),
        )


def _read(services: Any, actor: Any) -> Shown:
    return Shown(*services.wallet_for(actor).overview())


def _grouping(by_standing: Any, by_kind: Any) -> str:
    """What was chosen last: the browser's own clock tells, whatever answers are still on their way."""
    moments = [at if isinstance(at, int | float) else -1 for at in (by_standing, by_kind)]
    return KIND if moments[1] > moments[0] else "standing"


def _grant(wallet: Any, wish: Wish) -> None:
    verbs = {
        "dismiss": wallet.dismiss,
        "first": wallet.show_first,
        "not_first": wallet.not_first,
        "earlier": wallet.earlier,
    }
    if wish.verb in verbs:
        verbs[wish.verb](wish.skill)
    else:
        grant(wallet, wish)


def _top(shown: Shown) -> list[Any]:
    return [
        *notices_view(shown.notices),
        html.P(skills_sentence(shown.wallet), className="skills-sentence"),
        html.P(
            [
                html.A(_("Bring in a record"), href="/wallet/add", className="button"),
                html.A(_("Add a skill"), href="#wallet-add", className="to-add"),
                html.A(_("Confirmations"), href="/wallet/confirmations"),
            ],
            className="actions wallet-actions",
        ),
        *expiring_view(shown.soon),
    ]


def _filter() -> Any:
    return html.Div(
        [
            html.Div(
                [
                    html.Label(_("Look in your records"), htmlFor="wallet-filter"),
                    dcc.Input(
                        id="wallet-filter",
                        type="search",
                        debounce=0.3,
                        maxLength=LONGEST,
                        autoComplete="off",
                        className="wallet-search",
                    ),
                ],
                className="filter-words",
            ),
            html.Div(
                [
                    html.P(_("Put together by"), id="wallet-by", className="label"),
                    html.Button(
                        _("How far it can be relied on"),
                        id="wallet-by-standing",
                        type="button",
                        className="button quiet act",
                        **{"aria-pressed": "true"},
                    ),
                    html.Button(
                        _("What it is"),
                        id="wallet-by-kind",
                        type="button",
                        className="button quiet act",
                        **{"aria-pressed": "false"},
                    ),
                ],
                role="group",
                className="filter-by",
                **{"aria-labelledby": "wallet-by"},
            ),
        ],
        className="record-filter",
    )


def _list(shown: Shown, typed: Any, grouping: Any) -> list[Any]:
    words = " ".join(typed.split())[:LONGEST] if isinstance(typed, str) else ""
    return records_view(shown.records, by_kind=grouping == KIND, words=words)


def _whole() -> Any:
    """What can be done with everything in the wallet at once."""
    return html.Section(
        [
            html.H2(_("All of it"), id="wallet-all"),
            html.P(html.A(_("Download everything"), href="/wallet/export", download="")),
            html.P(html.A(_("Delete everything"), href="/wallet/delete")),
        ],
        className="card wallet-all",
        **{"aria-labelledby": "wallet-all"},
    )


def _claim_at(search: Any) -> str:
    """The claim that the address asks for, of very many; empty for the newest."""
    return parse_qs(search[:LONGEST].lstrip("?")).get("claims", [""])[0] if isinstance(search, str) else ""


def _own_word(shown: Shown, services: Any, at: str) -> list[Any]:
    return [
        first_view(shown.first, shown.wallet),
        html.Section(
            [html.H2(_("Skills you added"), id="wallet-claims"), *claims_view(shown.records, at)],
            className="card",
            **{"aria-labelledby": "wallet-claims"},
        ),
        *aside_view(_set_aside(shown, services)),
    ]


def _search() -> Any:
    return html.Section(
        [
            html.H2(_("Add a skill"), id="wallet-add"),
            html.Label(_("Look for a skill you have"), htmlFor="wallet-search"),
            dcc.Input(
                id="wallet-search",
                type="search",
                debounce=0.3,
                maxLength=LONGEST,
                autoComplete="off",
                className="wallet-search",
            ),
            html.P(id="wallet-count", role="status", className="hint found-count-words"),
            html.Div(id="wallet-found", className="found-skills", **{"data-place-kept": ""}),
        ],
        className="card add-skill",
        **{"aria-labelledby": "wallet-add"},
    )


def _found(services: Any, shown: Shown, typed: Any) -> tuple[str, list[Any]]:
    """What a search found, in words and as rows."""
    query = " ".join(typed.split())[:LONGEST] if isinstance(typed, str) else ""
    if not query.isprintable():
        query = ""
    found = services.roles.skills(query, limit=MOST) if query else ()
    return found_words(query, len(found)), found_skills(found, shown.wallet, shown.said, shown.first)


def _set_aside(shown: Shown, services: Any) -> tuple[Skill, ...]:
    """The skills that are set aside, but for those that cannot be named just now."""
    if not shown.wallet.hidden:
        return ()
    held = {h.skill.id: h.skill for h in shown.wallet.holdings if h.skill.id in shown.wallet.hidden}
    try:
        return tuple({**services.labor.skills(sorted(shown.wallet.hidden)), **held}.values())
    except RolesAway:
        return tuple(held.values())


def _words(wish: Wish, before: Shown, after: Shown, services: Any) -> str:
    """What has come of a wish, in a sentence."""
    held = (*after.wallet.holdings, *before.wallet.holdings)
    skills = (*(h.skill for h in held), *_set_aside(before, services), *_set_aside(after, services))
    name = next((s.name for s in skills if wish.skill in (s.uri, s.id)), "")
    sentences = {
        "claim": _("“%(skill)s” is in your wallet, by your own word.", skill=name),
        "unclaim": _("You took back “%(skill)s”.", skill=name),
        "hide": _("“%(skill)s” is set aside and left out of the reckoning.", skill=name),
        "show": _("“%(skill)s” is counted again.", skill=name),
        "dismiss": _("Put away."),
        "first": _("“%(skill)s” comes first now.", skill=name),
        "not_first": _("“%(skill)s” does not come first any more.", skill=name),
        "earlier": _("“%(skill)s” comes one place earlier.", skill=name),
    }
    return sentences[wish.verb]


PAGE = Page(
    name="wallet", path="/wallet", nav=lambda: _("Wallet"), action=ACTION, heading=heading, layout=layout
)

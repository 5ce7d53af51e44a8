"""The part of the gap page where a person says that a skill is missing from the role."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, ctx, dcc, html, no_update
from dash.exceptions import PreventUpdate

from components.report_view import chosen, found, invitation, missing_said, missing_section
from graph.model import Report, Skill
from i18n import gettext as _
from pages.report_acts import MISSING_VERBS, ReportWish, read_report, read_words, words_of
from web.actor import current_actor
from web.sign_in import PersonError

MOST = 6
LONGEST, LONGEST_URI = 80, 300


def missing_part(services: Any, actor: Any, code: str, sign_in: str) -> list[Any]:
    """The form for who is signed in, the way to it for a visitor."""
    if not actor.signed_in:
        return [invitation(sign_in)]
    mine = _mine(services, actor, code)
    return [
        dcc.Store(id="missing-act"),
        dcc.Store(id="missing-pick"),
        missing_section(mine, _skills(services, mine)),
    ]


def register(app: Dash, services: Any, code_of: Any) -> None:
    """Look for skills while the person types, and do what they say.

    Parameters
    ----------
    code_of : callable
        Gives the role's code of a path of the page, or raises ``NotFound``.
    """

    @app.callback(
        Output("missing-found", "children"),
        Input("missing-words", "value"),
        State("address", "pathname"),
        prevent_initial_call=True,
    )
    def look_up(typed: Any, pathname: Any) -> Any:
        query = _query(typed)
        return found(query, services.reports.not_required(code_of(pathname), query, MOST)) if query else ""

    @app.callback(
        Output("missing-mine", "children"),
        Output("missing-chosen", "children"),
        Output("missing-pick", "data"),
        Output("missing-text", "value"),
        Output("missing-words", "value"),
        Output("missing-status", "children"),
        Input("missing-act", "data"),
        State("missing-pick", "data"),
        State("missing-text", "value"),
        State("address", "pathname"),
        prevent_initial_call=True,
    )
    def act(sent: Any, picked: Any, typed: Any, pathname: Any) -> Any:
        if sent is None or not ctx.triggered:
            raise PreventUpdate
        wish = read_report(sent, MISSING_VERBS)
        actor, code = current_actor(), code_of(pathname)
        if wish.verb in ("pick", "unpick"):
            return _picked(services, wish)
        try:
            if wish.verb == "missing":
                uri = picked if isinstance(picked, str) and len(picked) < LONGEST_URI else ""
                services.reports.make(actor, code, "missing", words=read_words(typed), chosen=uri)
                words = _("You said what is missing. Thank you.")
            else:
                services.reports.withdraw(actor, wish.on)
                words = _("You took it back.")
        except PersonError as error:
            return (*[no_update] * 5, words_of(error))
        mine = _mine(services, actor, code)
        listed = html.Div(missing_said(mine, _skills(services, mine)))
        if wish.verb == "missing":
            return listed, [], None, "", "", words
        return listed, no_update, no_update, no_update, no_update, words


def _picked(services: Any, wish: ReportWish) -> tuple[Any, ...]:
    skill = services.labor.skills([wish.on]).get(wish.on) if wish.verb == "pick" else None
    return no_update, chosen(skill), skill.uri if skill else None, no_update, "", ""


def _query(typed: Any) -> str:
    query = " ".join(typed.split())[:LONGEST] if isinstance(typed, str) else ""
    return query if query.isprintable() else ""


def _mine(services: Any, actor: Any, code: str) -> list[Report]:
    return [report for report in services.reports.mine(actor, code) if report.kind == "missing"]


def _skills(services: Any, mine: list[Report]) -> dict[str, Skill]:
    wanted = sorted({report.chosen_uri for report in mine if report.chosen_uri})
    return dict(services.labor.skills(wanted)) if wanted else {}

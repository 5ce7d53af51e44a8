"""One requirement seen against a record: its square, and inside, why it looks so and what can be done."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components import skill_acts
from components.english import english, hidden
from components.facet_view import facet_name
from components.format import share
from components.gap_shown import GapShown
from components.record_view import CLAIM, claim_href
from components.report_view import square_report
from components.square import glyph, is_claimed, state_word
from components.standing import standing_chip
from graph.model import Evidence, Facet, Holding, Skill, Square, SquareState, Standing
from i18n import gettext as _
from i18n import ngettext

VOCABULARIES = {"esco": "ESCO", "osn": "Open Skills Network", "onet": "O*NET"}
STAND_IN = "role"


def gap_square(square: Square, shown: GapShown) -> Component:
    """The skill as a row that opens."""
    skill = square.requirement.skill
    inside = [
        html.P(shown.why[skill.id]),
        *_tasks(square),
        *_proof(square, shown),
        *_statement(skill),
        *_acts(square, shown),
        *_report(square, shown),
    ]
    return html.Details(
        [_summary(square, shown), html.Div(inside, className="inside")],
        className="gap-square",
        **{"data-skill": skill.uri},
    )


def _summary(square: Square, shown: GapShown) -> Component:
    skill = square.requirement.skill
    parts = [
        glyph(square.state, claimed=is_claimed(square), tried=square.tried),
        html.Span([english(skill.name), *_facet(square)], className="skill-name"),
        " ",
        hidden(["(", state_word(square), ")"]),
    ]
    if not square.hidden:
        width = f"{100 * square.weight / shown.heaviest:.0f}%" if shown.heaviest else "0%"
        parts.append(
            html.Span(
                [
                    html.Span(
                        html.Span(style={"width": width}), className="weight-bar", **{"aria-hidden": "true"}
                    ),
                    share(square.weight),
                    hidden([" ", _("of the role")]),
                ],
                className="weight",
            )
        )
    return html.Summary(parts)


def _facet(square: Square) -> list[Component]:
    """Which part of the role it is of, where that is not the work itself."""
    facet = square.requirement.facet
    if facet == Facet.OCCUPATIONAL:
        return []
    return [html.Span([" ", facet_name(facet)], className="hint facet")]


def _tasks(square: Square) -> list[Component]:
    # The sentence above quotes the first one already.
    others = square.requirement.evidence if square.hidden else square.requirement.evidence[1:]
    if not others:
        return []
    label = (
        ngettext("The task that calls for it", "The tasks that call for it", len(others))
        if square.hidden
        else ngettext("The other task that calls for it", "The other tasks that call for it", len(others))
    )
    return [html.P(label, className="label"), html.Ul([html.Li(english(task.text)) for task in others])]


def _proof(square: Square, shown: GapShown) -> list[Component]:
    holdings: list[Holding] = list(square.by)
    lapsed = shown.lapsed.get(square.requirement.skill.id)
    if lapsed is not None and square.state is not SquareState.MATCHED:
        holdings.append(lapsed)
    rows: dict[str, Component] = {}
    for holding in holdings:
        for evidence in holding.evidence:
            if evidence.record_id and evidence.kind != STAND_IN and evidence.record_id not in rows:
                standing = shown.standings.get(evidence.record_id, holding.standing)
                rows[evidence.record_id] = _record(evidence, standing)
    if not rows:
        return []
    return [
        html.P(_("In your wallet"), className="label"),
        html.Ul(list(rows.values()), className="proofs"),
    ]


def _record(evidence: Evidence, standing: Standing) -> Component:
    said = evidence.kind == CLAIM
    words = [
        html.A(
            _("Said by you") if said else evidence.title,
            href=claim_href(evidence.record_id) if said else f"/wallet#record-{evidence.record_id}",
        )
    ]
    if evidence.issuer:
        words.append(html.Span(evidence.issuer, className="issuer"))
    return html.Li([*words, standing_chip(standing)])


def _statement(skill: Skill) -> list[Component]:
    parts: list[Component] = []
    if skill.description:
        parts += [
            html.P(_("What the skill means"), className="label"),
            html.P(english(skill.description), className="meaning"),
        ]
    vocabulary = VOCABULARIES.get(skill.vocabulary, skill.vocabulary)
    if skill.uri.startswith(("https://", "http://")):
        link = html.A(
            [
                _("Published statement in %(vocabulary)s", vocabulary=vocabulary),
                " ",
                hidden(["(", english(skill.name), ")"]),
            ],
            href=skill.uri,
            rel="noreferrer external",
        )
        parts.append(html.P(link, className="statement"))
    return parts


def _acts(square: Square, shown: GapShown) -> list[Component]:
    skill = square.requirement.skill
    trying = [] if square.hidden else _trying(square, shown)
    if not shown.can_act:
        return [html.Div(trying, className="acts")] if trying else []
    buttons = []
    if skill.id in shown.said:
        buttons.append(skill_acts.unclaim(skill))
    elif square.state is not SquareState.MATCHED:
        buttons.append(skill_acts.claim(skill))
    buttons += trying
    buttons.append(skill_acts.show(skill) if square.hidden else skill_acts.hide(skill))
    return [html.Div(buttons, className="acts")]


def _trying(square: Square, shown: GapShown) -> list[Component]:
    """To try the skill on, or to take it off again; what is there already is not tried on."""
    skill = square.requirement.skill
    to = shown.links.trying.get(skill.id)
    if to is None or (square.state is SquareState.MATCHED and not square.tried):
        return []
    own = any(one.id == skill.id for one in shown.tried)
    return [skill_acts.take_off(skill, to) if own else skill_acts.try_on(skill, to)]


def _report(square: Square, shown: GapShown) -> list[Component]:
    if not shown.can_act:
        return []
    skill = square.requirement.skill
    return [square_report(skill, shown.reported.get(skill.uri), shown.refused.get(skill.uri, ""))]

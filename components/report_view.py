"""What a person can say about a role's squares being wrong, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from components.english import english, hidden
from components.finder import Found, answers, finder
from graph.model import Report, Skill
from i18n import gettext as _

LONGEST = 500


def square_report(skill: Skill, report: Report | None, refused: str = "") -> Component:
    """ "This looks wrong", with its small form folded in; or what the person said already.

    ``refused`` is why it could not be said just now.
    """
    if report is not None:
        return html.Div(
            [
                html.P([_("You said this looks wrong."), *_quoted(report.words), *_outcome(report)]),
                html.Button(
                    [_("Take back"), " ", hidden(["(", english(skill.name), ")"])],
                    type="button",
                    id=f"said-{skill.id}",
                    className="button quiet act",
                    **{"data-act": "unreport", "data-on": skill.uri, "data-then": f"doubt-{skill.id}"},
                ),
            ],
            className="report said-wrong",
        )
    return html.Div(
        [
            *([html.P(refused, className="report-refused")] if refused else []),
            html.Button(
                [_("This looks wrong"), " ", hidden(["(", english(skill.name), ")"])],
                type="button",
                id=f"doubt-{skill.id}",
                className="link-button",
                **{"data-unfold": "", "aria-expanded": "false"},
            ),
            html.Div(
                [
                    html.Label(
                        [
                            html.Span(_("What is wrong with it? You may leave this empty.")),
                            html.Textarea(name="words", maxLength=LONGEST, rows=3),
                        ]
                    ),
                    html.P(_("Whoever looks after this site reads it, without your name."), className="hint"),
                    html.Button(
                        [_("Send"), " ", hidden(["(", english(skill.name), ")"])],
                        type="button",
                        className="button quiet act",
                        **{"data-act": "report", "data-on": skill.uri, "data-then": f"said-{skill.id}"},
                    ),
                ],
                className="report-form",
                hidden=True,
                **{"data-fields": ""},
            ),
        ],
        className="report",
    )


def missing_section(mine: Sequence[Report], skills: Mapping[str, Skill]) -> Component:
    """ "Something is missing": words, a finder over published skills, and what the person said before."""
    return html.Section(
        [
            html.H2(_("Something is missing"), id="missing-title"),
            html.P(
                _("If the work calls for a skill that is not among the squares, say so."), className="hint"
            ),
            html.Div(missing_said(mine, skills), id="missing-mine"),
            html.Label(_("What is missing?"), htmlFor="missing-text"),
            dcc.Textarea(id="missing-text", maxLength=LONGEST, rows=3, value="", className="report-words"),
            # Before the list it is chosen from: the focus goes to it when the list goes.
            html.Div(id="missing-chosen", className="missing-chosen"),
            finder("missing", _("The published skill, if you find it")),
            html.P(_("Whoever looks after this site reads it, without your name."), className="hint"),
            html.Button(
                _("Send"),
                id="missing-send",
                type="button",
                className="button quiet",
                **{"data-act": "missing", "data-on": "missing"},
            ),
            html.P(id="missing-status", className="missing-status", role="status"),
        ],
        id="gap-missing-form",
        className="card report-missing",
        **{"aria-labelledby": "missing-title", "data-acts-in": "missing-act", "data-place-kept": ""},
    )


def missing_said(mine: Sequence[Report], skills: Mapping[str, Skill]) -> list[Component]:
    """What the person said is missing, each with what came of it and a way to take it back."""
    if not mine:
        return []
    rows = [
        html.Li(
            [
                html.P([_("You said this is missing:"), *_named(report, skills), *_outcome(report)]),
                html.Button(
                    [_("Take back"), " ", hidden(["(", report.words, ")"])],
                    type="button",
                    className="button quiet act",
                    **{"data-act": "unmissing", "data-on": report.id},
                ),
            ]
        )
        for report in mine
    ]
    return [html.Ul(rows, className="missing-said")]


def found(words: str, skills: Sequence[Skill]) -> Component | str:
    """The published skills that answer what was typed; a click chooses one."""
    return answers(
        words,
        (
            Found(skill.name, skill.description[:200], {"act": "pick", "on": skill.uri}, published=True)
            for skill in skills
        ),
    )


def chosen(skill: Skill | None) -> list[Component]:
    """The published skill that goes with the words."""
    if skill is None:
        return []
    return [
        html.P(
            [
                _("Chosen:"),
                " ",
                html.B(english(skill.name)),
                " ",
                html.Button(
                    [_("Leave out"), " ", hidden(["(", english(skill.name), ")"])],
                    type="button",
                    className="link-button",
                    **{"data-act": "unpick", "data-on": skill.uri},
                ),
            ]
        )
    ]


def invitation(sign_in: str) -> Component:
    """For a visitor: where it can be said that something is wrong."""
    return html.P(
        [
            html.A(_("Sign in"), href=sign_in),
            " ",
            _("to say that a skill looks wrong here, or that one is missing."),
        ],
        className="hint report-invitation",
    )


def _named(report: Report, skills: Mapping[str, Skill]) -> list[Any]:
    skill = skills.get(report.chosen_uri)
    return [*([" ", html.B(english(skill.name))] if skill else []), *_quoted(report.words)]


def _quoted(words: str) -> list[Any]:
    return [" ", html.Q(words)] if words else []


def _outcome(report: Report) -> list[Any]:
    """What an administrator made of it."""
    made = {
        "keep": _("An administrator looked at it and kept the skill."),
        "drop": _("An administrator took the skill out; it goes when the data are built next."),
        "swap": _("An administrator put a better one in its place; it comes when the data are built next."),
        "add": _("An administrator added it; it comes when the data are built next."),
    }
    words = made.get(report.decision, "")
    if report.state == "dismissed":
        words = _("An administrator looked at it and changed nothing.")
    if not words:
        return []
    return [" ", words, *([" ", _("The reason:"), *_quoted(report.reason)] if report.reason else [])]

"""What a person can say about a skill, as buttons; a callback of the page does it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.english import english, hidden
from graph.model import Skill
from i18n import gettext as _


def claim(skill: Skill) -> Component:
    """ "I have this"."""
    return _button("claim", skill, _("I have this"))


def unclaim(skill: Skill) -> Component:
    """ "Take back" what the person said."""
    return _button("unclaim", skill, _("Take back"))


def hide(skill: Skill) -> Component:
    """ "Leave out of the reckoning"."""
    return _button(
        "hide", skill, _("Leave out of the reckoning"), _("for every career, until you count it again")
    )


def show(skill: Skill) -> Component:
    """ "Count it again"."""
    return _button("show", skill, _("Count it again"))


def first(skill: Skill) -> Component:
    """ "Put first"."""
    return _button("first", skill, _("Put first"))


def not_first(skill: Skill) -> Component:
    """ "Take away" from those that come first."""
    return _button("not_first", skill, _("Take away"))


def earlier(skill: Skill) -> Component:
    """ "Earlier" by one place."""
    return _button("earlier", skill, _("Earlier"))


def try_on(skill: Skill, to: str) -> Component:
    """ "Try it on": shows what it would change, at another address."""
    return _way(_("Try it on"), skill, to)


def take_off(skill: Skill, to: str) -> Component:
    """ "Take it off" again."""
    return _way(_("Take it off"), skill, to)


def _way(words: str, skill: Skill, to: str) -> Component:
    return html.Button(
        [words, " ", hidden(["(", english(skill.name), ")"])],
        type="button",
        className="button quiet act",
        **{"data-go": to},
    )


def _button(verb: str, skill: Skill, words: str, scope: str = "") -> Component:
    """``scope`` says how far it goes: on the button for everybody, not only where a mouse rests."""
    return html.Button(
        [
            words,
            " ",
            *([html.Span(scope, className="scope"), " "] if scope else []),
            hidden(["(", english(skill.name), ")"]),
        ],
        type="button",
        className="button quiet act",
        **{"data-act": verb, "data-on": skill.uri},
    )

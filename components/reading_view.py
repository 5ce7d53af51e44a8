"""A posting, and a record read against it: squares with words, and what stands behind them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dash import html

from components import format as write
from components.english import english
from components.plain_html import to_html
from components.square import glyph
from graph.model import Figure, Posting, Relation, SquareState
from i18n import gettext as _
from i18n import ngettext

LEVELS = (0.25, 0.5, 0.75, 1.0)


def level_word(level: float | None) -> str:
    """A level in words, the nearest of four; empty where there is none."""
    if level is None:
        return ""
    words = {0.25: _("basic"), 0.5: _("working"), 0.75: _("advanced"), 1.0: _("expert")}
    return words[min(LEVELS, key=lambda one: abs(one - level))]


def pay_words(posting: Posting) -> str:
    """What a posting pays; says so where it does not say."""
    low, high = posting.wage_low, posting.wage_high
    if low is None and high is None:
        return _("The wage is not said")
    first, last = (write.dollars(Figure(one)) for one in (low or high, high or low))
    amount = first if first == last else f"{first} – {last}"
    return (
        _("%(amount)s an hour", amount=amount)
        if posting.wage_per == "hour"
        else _("%(amount)s a year", amount=amount)
    )


def posting_state(state: str) -> str:
    """``draft``, ``open``, ``ended`` or ``closed``, in words."""
    words = {"draft": _("Draft"), "open": _("Open"), "ended": _("Last day passed"), "closed": _("Closed")}
    return words[state]


def ground_word(ground: str) -> str:
    """What nobody may be chosen or passed over for."""
    words = {
        "age": _("Age"),
        "sex": _("Sex"),
        "religion": _("Religion"),
        "race": _("Race or color"),
        "marital": _("Marital status or family"),
        "pregnancy": _("Pregnancy"),
        "disability": _("Disability or health"),
        "nationality": _("Nationality or origin"),
    }
    return words[ground]


def ground_advice(ground: str) -> str:
    """What to write instead."""
    words = {
        "age": _(
            "Say what the work needs instead. A least age that the law sets for the work can be asked for."
        ),
        "sex": _("Name the work so that it is open to everybody."),
        "religion": _("Leave it out, unless you are a religious organization and it is part of the work."),
        "race": _("Leave it out. There is no work for which it can be asked."),
        "marital": _("Leave it out. Say which hours and journeys the work needs instead."),
        "pregnancy": _("Leave it out. It may not be asked."),
        "disability": _("Say what the work needs done instead, such as to lift 50 pounds."),
        "nationality": _(
            "Ask for the right to work in the United States, or for a language at a level the work needs."
        ),
    }
    return words[ground]


def read_word(read: Any, *, own: bool) -> str:
    """The state of a square in words, with who stands by it; ``own`` as the person reads it."""
    state = read.square.state
    if state is SquareState.MISSING:
        return _("Missing")
    if state is SquareState.PARTIAL:
        if not read.claimed:
            return _("Partly matched, confirmed")
        return _("Partly matched, by your own word") if own else _("Partly matched, by their own word")
    if not read.claimed:
        return _("Matched, confirmed")
    return _("Matched, by your own word") if own else _("Matched, by their own word")


def read_name(read: Any, *, own: bool) -> Any:
    """A square with the name of its skill, and its state for who does not see it."""
    return to_html(
        [
            glyph(read.square.state, claimed=read.claimed),
            html.Span(
                [
                    english(read.square.requirement.skill.name),
                    html.Span(f" ({read_word(read, own=own)})", className="visually-hidden"),
                ],
                className="read-name",
            ),
        ]
    )


def read_sign(read: Any) -> Any:
    """A square alone, beside its words."""
    return to_html(glyph(read.square.state, claimed=read.claimed))


def read_row(reading: Any) -> Any:
    """All squares in a row, must-haves first, for the eye; ``read_counts`` says the same."""
    signs = [glyph(one.square.state, claimed=one.claimed) for one in reading.squares]
    return to_html(html.Span(signs, className="square-row", **{"aria-hidden": "true"}))


def read_counts(reading: Any) -> str:
    """How many are matched, partly and missing."""
    return _(
        "%(matched)s matched, %(partly)s partly, %(missing)s missing",
        matched=reading.count(SquareState.MATCHED),
        partly=reading.count(SquareState.PARTIAL),
        missing=reading.count(SquareState.MISSING),
    )


def must_words(reading: Any) -> str:
    """How many must-haves are matched; empty where the posting has none."""
    if not reading.musts:
        return ""
    return _(
        "%(have)s of %(all)s must-haves matched",
        have=reading.count(SquareState.MATCHED, must=True),
        all=reading.musts,
    )


def covered_words(read: Any) -> str:
    """What covers a square, and how far."""
    square = read.square
    if not square.by:
        return _("Nothing that is sent covers it.")
    skill, part = square.by[0].skill.name, write.percent(square.coverage)
    if square.relation is Relation.SAME:
        if square.state is SquareState.PARTIAL:
            return _("The same skill, at a lower level than is asked for.")
        return _("The same skill.")
    if square.relation is Relation.BROADER:
        return _("The broader skill “%(skill)s” covers %(part)s of it.", skill=skill, part=part)
    if square.relation is Relation.NARROWER:
        return _("The narrower skill “%(skill)s” covers %(part)s of it.", skill=skill, part=part)
    return _("The kindred skill “%(skill)s” covers %(part)s of it.", skill=skill, part=part)


def proof_words(proof: Any) -> str:
    """What kind of record a proof is."""
    if not proof.credential:
        return _("Work, learning or service")
    return _("Credential, signed and checked") if proof.signed else _("Credential")


def group(reading: Any, state: str) -> list[Any]:
    """The squares of a reading in a state."""
    return [one for one in reading.squares if one.square.state.value == state]


def applicants_words(n: int) -> str:
    """How many applications there are."""
    return ngettext("%(n)s application", "%(n)s applications", n)


def impact_words(figures: Iterable[Any]) -> str:
    """What the figures of the four-fifths rule come to, in a sentence."""
    told = tuple(figures)
    compared = sum(one.ratio is not None for one in told)
    below = [one.group.name for one in told if one.below]
    if compared < 2:
        return _("Too few people to compare, or nobody was moved forward.")
    if not below:
        return _(
            "Every group that can be compared is moved forward at four fifths of the highest rate or more."
        )
    return _(
        "Moved forward at less than four fifths of the highest rate: %(groups)s.", groups=", ".join(below)
    )

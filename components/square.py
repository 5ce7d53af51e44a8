"""Squares: black is had, half is partly had, blue is missing; a cut corner is only claimed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dash import html
from dash.development.base_component import Component

from graph.model import Match, Square, SquareState
from i18n import gettext as _
from i18n import ngettext


@lru_cache(maxsize=16)
def glyph(state: SquareState, *, claimed: bool = False, tried: bool = False) -> Component:
    """One square, for the eye alone: the words always stand beside it."""
    looks = kind(state, claimed=claimed, tried=tried)
    return html.Span(className=f"square {looks}", **{"aria-hidden": "true"})


def kind(state: SquareState, *, claimed: bool = False, tried: bool = False) -> str:
    """Name of a square's looks, the same in the style sheet and on the picture."""
    if state is SquareState.MISSING:
        return state.value
    return f"{state.value} tried" if tried else f"{state.value} claimed" if claimed else state.value


def is_claimed(square: Square) -> bool:
    """Whether nobody but the person stands by what covers the square."""
    return bool(square.by) and not square.by[0].standing.proven


def state_word(square: Square) -> str:
    """The state in words, with what colour and shape say."""
    if square.hidden:
        return _("Set aside")
    if square.state is SquareState.MISSING:
        return _("Missing")
    if square.tried:
        return (
            _("Partly matched, if you had what you try on")
            if square.state is SquareState.PARTIAL
            else _("Matched, if you had it")
        )
    if square.state is SquareState.PARTIAL:
        return _("Partly matched, by your own word") if is_claimed(square) else _("Partly matched")
    return _("Matched, by your own word") if is_claimed(square) else _("Matched")


def row(match: Match) -> Component:
    """A career's squares in a row, from the counts alone; ``count_words`` says the same."""
    states = (
        [SquareState.MATCHED] * match.matched
        + [SquareState.PARTIAL] * match.partial
        + [SquareState.MISSING] * match.missing
    )
    return html.Span([glyph(state) for state in states], className="square-row", **{"aria-hidden": "true"})


def count_words(match: Match) -> str:
    """``You have 9 of 18, 2 more partly``, or that nothing is published."""
    if not match.required:
        return _("No requirements published")
    have = _("%(have)s of %(all)s matched", have=match.matched, all=match.required)
    if not match.partial:
        return have
    partly = ngettext("%(n)s partly", "%(n)s partly", match.partial)
    return f"{have}, {partly}"


def legend(more: Sequence[tuple[Component, str]] = (), *, theirs: bool = False) -> Component:
    """What the squares mean, and what else a page draws; ``theirs`` where somebody else's are looked at."""
    entries = (
        (glyph(SquareState.MATCHED), _("Matched")),
        (glyph(SquareState.PARTIAL), _("Partly matched")),
        (glyph(SquareState.MISSING), _("Missing")),
        (glyph(SquareState.MATCHED, claimed=True), _("By own word") if theirs else _("By your own word")),
        *more,
    )
    return html.Ul(
        [html.Li([sign, word]) for sign, word in entries],
        className="legend",
        **{"aria-label": _("Legend")},
    )

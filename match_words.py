"""A match in plain sentences of the reader's language: the same on every page and in the API.

Beside ``i18n`` because both components and services say it, and neither may import the other.
"""

from __future__ import annotations

from collections.abc import Callable

from graph.model import Match, Square, SquareState
from i18n import gettext as _
from i18n import ngettext


def explain_match(match: Match, name: Callable[[str], str] = str) -> str:
    """Counts, the most important thing missing, what stands in partly, what rests on one's own word.

    Parameters
    ----------
    match : Match
        With its squares; from a list, the counts alone are told.
    name : callable, optional
        How the published name of a skill is written into a sentence.

    Returns
    -------
    str
        One to four sentences.
    """
    if not match.required:
        return _("O*NET publishes no tasks for this role, so there is nothing to compare with.")
    squares = [square for square in match.squares if not square.hidden]
    said = [_counts(match, squares, name), _partly(squares, name), _claimed(squares)]
    return " ".join(sentence for sentence in said if sentence)


def stands_in(match: Match) -> bool:
    """Whether the squares stand on a job somebody named, not on a record."""
    return any(_from_role(square) for square in match.squares)


def _counts(match: Match, squares: list[Square], name: Callable[[str], str]) -> str:
    have, required = match.matched, match.required
    missing = [square for square in squares if square.state is SquareState.MISSING]
    if have == required:
        return _("You have all %(all)s.", all=required)
    if not missing:
        return _("You have %(have)s of %(all)s.", have=have, all=required)
    worst = name(max(missing, key=lambda square: square.weight).requirement.skill.name)
    if len(missing) == 1:
        return _(
            "You have %(have)s of %(all)s; the one you miss is “%(skill)s”.",
            have=have,
            all=required,
            skill=worst,
        )
    return _(
        "You have %(have)s of %(all)s; the most important you miss is “%(skill)s”.",
        have=have,
        all=required,
        skill=worst,
    )


def _partly(squares: list[Square], name: Callable[[str], str]) -> str:
    partial = [square for square in squares if square.state is SquareState.PARTIAL]
    if not partial:
        return ""
    first = max(partial, key=lambda square: square.weight)
    named = {"skill": name(first.requirement.skill.name)}
    best = first.by[0]
    if best.skill.id == first.requirement.skill.id:
        return ngettext(
            "%(n)s is covered in part: “%(skill)s”, below the level required.",
            "%(n)s are covered in part, first of all “%(skill)s”, below the level required.",
            len(partial),
            **named,
        )
    return ngettext(
        "%(n)s is covered in part: for “%(skill)s” your “%(held)s” stands in.",
        "%(n)s are covered in part; first of all, for “%(skill)s” your “%(held)s” stands in.",
        len(partial),
        **named,
        held=name(best.skill.name),
    )


def _claimed(squares: list[Square]) -> str:
    """What nobody but the person stands by; a job that was only named is no claim about a skill."""
    had = [square for square in squares if square.by and not _from_role(square)]
    claimed = [square for square in had if not square.by[0].standing.proven]
    if not claimed:
        return ""
    if len(claimed) == len(had):
        return ngettext(
            "It rests on your own word alone.", "All of that rests on your own word alone.", len(had)
        )
    return ngettext(
        "%(n)s of those rests on your own word alone.",
        "%(n)s of those rest on your own word alone.",
        len(claimed),
    )


def _from_role(square: Square) -> bool:
    return any(evidence.kind == "role" for holding in square.by for evidence in holding.evidence)

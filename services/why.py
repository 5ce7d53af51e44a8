"""Why a square looks the way it does, in sentences of the reader's language."""

from __future__ import annotations

from babel.numbers import format_decimal, format_percent

from graph.gap import Terms, why
from graph.model import Facet, Holding, Relation, Square, SquareState, Standing
from graph.weights import RATED
from i18n import gettext as _
from i18n import locale, ngettext


def explain(square: Square) -> str:
    """Why the skill is required, what covers it and how far, in two or three sentences."""
    if square.hidden:
        return _("You set this skill aside, so it is left out of the reckoning.")
    terms = why(square)
    parts = [_required(square, terms)]
    if terms.best is None:
        parts.append(_("Nothing in your wallet covers it yet."))
    else:
        parts.append(_covered(terms.best, terms))
        if level := _level(square, terms):
            parts.append(level)
        parts.append(_standing(terms.best))
    return " ".join(parts)


def _required(square: Square, terms: Terms) -> str:
    share = _percent(terms.weight)
    tasks = square.requirement.evidence
    if square.requirement.facet in RATED:
        return _(
            "It makes up %(share)s of what this role requires: O*NET rates its importance at %(rated)s on"
            " a scale of 1 to 5.",
            share=share,
            rated=format_decimal(1 + 4 * square.requirement.importance, "0.0", locale=locale()),
        )
    if square.requirement.facet == Facet.SOFTWARE:
        return _(
            "It makes up %(share)s of what this role requires: employers' postings for it often ask for"
            " this software.",
            share=share,
        )
    if not tasks:
        return _("It makes up %(share)s of what this role requires.", share=share)
    return ngettext(
        "It makes up %(share)s of what this role requires, for one of its tasks: “%(task)s”",
        "It makes up %(share)s of what this role requires, for %(n)s of its tasks, first of all: “%(task)s”",
        len(tasks),
        share=share,
        task=tasks[0].text,
    )


def _covered(best: Holding, terms: Terms) -> str:
    if terms.relation is Relation.SAME:
        return _("You have this skill.")
    named = {"skill": best.skill.name, "part": _percent(terms.coverage)}
    if terms.relation is Relation.BROADER:
        return _("You have the broader skill “%(skill)s”, which covers %(part)s of it.", **named)
    if terms.relation is Relation.NARROWER:
        return _("You have the narrower skill “%(skill)s”, which covers %(part)s of it.", **named)
    return _("You have the kindred skill “%(skill)s”, which covers %(part)s of it.", **named)


def _level(square: Square, terms: Terms) -> str:
    held, required = terms.level_held, terms.level_required
    if square.state is SquareState.MATCHED or held is None or required is None or held >= required:
        return ""
    return _(
        "Your level is %(held)s, and %(required)s is required.",
        held=_percent(held),
        required=_percent(required),
    )


def _standing(best: Holding) -> str:
    source = next((e for e in best.evidence if e.title), None)
    if best.standing is Standing.SELF_ASSERTED:
        return _("You say so yourself; nobody has confirmed it.")
    if source is None:
        return _("It is verified.") if best.standing is Standing.VERIFIED else _("It is confirmed.")
    named = {"record": source.title, "issuer": source.issuer}
    if not source.issuer:
        return _("It stands in “%(record)s”.", **named)
    if best.standing is Standing.VERIFIED:
        return _("It is verified by “%(record)s”, %(issuer)s.", **named)
    return _("It is confirmed by “%(record)s”, %(issuer)s.", **named)


def _percent(share: float) -> str:
    if 0 < share < 0.01:
        return _("less than %(share)s", share=format_percent(0.01, locale=locale()))
    return format_percent(share, locale=locale())

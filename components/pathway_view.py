"""Pathways in words: what they are best at, what a step takes and changes."""

from __future__ import annotations

from typing import Any

from dash import html

from components import format as write
from components.english import english
from components.market_view import market_block
from components.plain_html import to_html
from components.square import glyph, is_claimed, row, state_word
from graph.model import (
    Aim,
    Amount,
    Area,
    Figure,
    Limit,
    Nearby,
    Pathway,
    Pathways,
    Source,
    Square,
    SquareState,
    Step,
)
from i18n import gettext as _
from i18n import ngettext


def aim_words(aim: Aim, found: Pathways) -> str:
    """What a way is best at."""
    words = {
        Aim.GAP: _("Least to gain"),
        Aim.PAY: _("Best paid on the way"),
        Aim.OPENINGS: _("Most openings on the way") if found.projected else _("Most jobs on the way"),
    }
    return words[aim]


def aim_value(aim: Aim, way: Pathway, found: Pathways) -> str:
    """How far a way gets in it."""
    if aim is Aim.GAP:
        return ngettext("%(n)s skill", "%(n)s skills", way.to_gain)
    if aim is Aim.PAY:
        return (
            _("%(amount)s a year", amount=write.dollars(_rounded(way.pay))) if _known(way.pay) else _unknown()
        )
    if not _known(way.openings):
        return _unknown()
    return openings_words(Amount(way.openings), projected=found.projected)


def limit_words(limit: Limit) -> str:
    """What is asked of every step, in a word or three."""
    words = {
        Limit.PAY: _("no pay cut"),
        Limit.DEGREE: _("no degree"),
        Limit.LOCAL: _("only roles with jobs here"),
        Limit.REACH: _("only steps within reach"),
    }
    return words[limit]


def openings_words(amount: Amount, *, projected: bool) -> str:
    """Projected openings a year, or jobs; or that neither is published."""
    if amount.value is None:
        return write.unpublished(amount.figure)
    if projected:
        count = round(amount.value)
        return ngettext(
            "%(count)s opening a year",
            "%(count)s openings a year",
            count,
            count=write.number(amount.figure, 0),
        )
    return write.jobs(amount.figure)


def pay_words(step: Step) -> str:
    """The median wage of the role stepped into."""
    if step.pay_after.value is None:
        return write.median_wage(step.market)
    return _("%(amount)s a year", amount=write.dollars(step.pay_after.figure))


def change_words(step: Step) -> str:
    """The change in pay that a step brings, or why it is not known."""
    change = step.change
    if change is None:
        return (
            _("change in pay not known: a record does not say what you earn")
            if step.from_role is None
            else _("change in pay not known: a wage is not published")
        )
    amount = _whole(change)
    if round(change) == 0:
        return _("the same pay")
    return (
        _("%(amount)s more a year", amount=amount)
        if change > 0
        else _("%(amount)s less a year", amount=amount)
    )


def short_change(step: Step) -> str:
    """The same for a narrow place: ``+$3,200``, or nothing where it is not known."""
    change = step.change
    if change is None or round(change) == 0:
        return ""
    return ("+" if change > 0 else "−") + _whole(change)


def where_words(step: Step, area: Area) -> str:
    """Where the wage is of, when it is not of the place that was asked for."""
    place = step.pay_after.area
    if place is None or place.code in (area.code, area.oews_code):
        return ""
    return _("Wage of %(place)s: none is published nearer.", place=place.name)


def gain_words(step: Step) -> str:
    """How much of a role is there by then, and what is left to gain."""
    return _(
        "%(share)s of it is there: %(have)s of %(all)s skills",
        share=write.percent(step.match.score),
        have=step.match.matched,
        all=step.match.required,
    )


def to_gain_words(step: Step) -> str:
    """``6 skills to gain``."""
    count = step.match.partial + step.match.missing
    return ngettext("%(n)s skill to gain", "%(n)s skills to gain", count)


def education_words(step: Step) -> str:
    """What the role usually takes, and how far that is from the one before; empty where nothing is loaded."""
    after = step.preparation
    if after is None:
        return ""
    parts = []
    usual = after.usual_education
    if usual is not None:
        parts.append(_("Usual education: %(usual)s.", usual=usual[1]))
    if after.job_zone is not None:
        parts.append(_("Job zone %(zone)s of 5.", zone=after.job_zone))
    zones = step.zones
    if zones is not None:
        parts.append(
            ngettext("One zone more than before.", "%(n)s zones more than before.", zones)
            if zones > 0
            else _("No more preparation than before.")
        )
    return " ".join(parts)


def likely_words(step: Step) -> str:
    """How usual the step is, and how alike the roles are; empty from a record."""
    parts = []
    if step.moves:
        parts.append(
            _(
                "Of those who leave the role before, about %(share)s in 1,000 would go here, by a model of"
                " moves in the nation.",
                share=round(1000 * step.moves),
            )
        )
    if step.likeness:
        parts.append(_("Likeness of the two roles: %(share)s.", share=write.percent(step.likeness)))
    return " ".join(parts)


def brings_words(one: Nearby) -> str:
    """How much of the goal the people of a role bring."""
    return _("brings %(share)s", share=write.percent(one.score))


def shares_words(one: Nearby) -> str:
    """How much two roles share."""
    return _("shares %(share)s", share=write.percent(one.score))


def square_row(step: Step) -> Any:
    """The role's squares in a row."""
    return to_html(row(step.match))


def square_line(square: Square) -> Any:
    """One square with its name, and where it comes from."""
    return to_html(
        [
            glyph(square.state, claimed=is_claimed(square), tried=square.tried),
            html.Span(
                [
                    english(square.requirement.skill.name),
                    html.Span(f" ({state_word(square)})", className="visually-hidden"),
                    html.Span(_from(square), className="hint"),
                ]
            ),
        ]
    )


def market_words(step: Step, source: Source | None, asked: Area) -> Any:
    """Local jobs and wages with their source."""
    return to_html(market_block(step.market, source, asked))


def _from(square: Square) -> Any:
    if not square.by:
        return ""
    best = square.by[0]
    if square.state is SquareState.PARTIAL:
        return [" ", _("through “%(skill)s”", skill=best.skill.name)]
    taught = next((e.title for e in best.evidence if e.kind == "role"), "")
    return [" ", _("from working as:"), " ", english(taught)] if taught else ""


def _whole(change: float) -> str:
    """A change in whole dollars: wages are published to ten."""
    return f"${write.number(Figure(abs(change)), 0)}"


def _rounded(figure: Figure) -> Figure:
    return Figure(None if figure.value is None else round(figure.value, -1), figure.note)


def _known(figure: Figure) -> bool:
    return figure.value is not None


def _unknown() -> str:
    return _("not known for every step")

"""Advising in words: activities, flags, outcomes, what is due, and the figures of a plan."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from components import format as write
from components.confirmation_view import day_word
from components.plain_html import to_html
from components.square import glyph, is_claimed
from graph.model import (
    Activity,
    CaseRow,
    Figure,
    Flag,
    Outcome,
    PlanFact,
    RecordTally,
    Square,
    SquareState,
)
from i18n import gettext as _
from i18n import ngettext


def activity_word(activity: Activity) -> str:
    """What a meeting was for."""
    words = {
        Activity.INTAKE: _("Intake and eligibility"),
        Activity.ASSESSMENT: _("Assessment of skills"),
        Activity.CAREER: _("Career exploration"),
        Activity.PLANNING: _("Employment plan"),
        Activity.JOB_SEARCH: _("Job search"),
        Activity.WORKSHOP: _("Workshop"),
        Activity.FOLLOW_UP: _("Follow-up"),
        Activity.OTHER: _("Other"),
    }
    return words[activity]


def flag_word(flag: Flag) -> str:
    """What needs a person, in two or three words."""
    return flag_words()[flag]


def flag_words() -> dict[Flag, str]:
    """The same of every flag."""
    return {
        Flag.FAILED: _("Verification failed"),
        Flag.ENDING: _("Record ends soon"),
        Flag.OVERDUE: _("Step overdue"),
        Flag.FOLLOW_UP: _("Follow-up due"),
        Flag.QUIET: _("No activity"),
    }


def flag_why(flag: Flag, row: CaseRow) -> str:
    """The same with what it is about."""
    if flag is Flag.FAILED:
        return ", ".join(row.records.failed)
    if flag is Flag.ENDING:
        return ", ".join(
            _("%(title)s, until %(day)s", title=title, day=day_word(day)) for title, day in row.records.ending
        )
    return ""


def outcome_word(outcome: Outcome) -> str:
    """What a follow-up found."""
    words = {
        Outcome.EMPLOYED_GOAL: _("Works in the goal role"),
        Outcome.EMPLOYED_OTHER: _("Works in another role"),
        Outcome.TRAINING: _("In training or school"),
        Outcome.SEARCHING: _("Looking for work"),
        Outcome.STOPPED: _("Stopped looking"),
        Outcome.NOT_REACHED: _("Could not be reached"),
    }
    return words[outcome]


def due_word(row: CaseRow) -> str:
    """What is due next; empty for nothing."""
    words = {"review": _("Review of the plan"), "follow_up": _("Follow-up")}
    return words.get(row.next_what, row.next_what)


def when_word(day: date, today: date) -> str:
    """A day by how far off it is, where it is near; else the day itself."""
    away = (day - today).days
    if away == 0:
        return _("today")
    if -60 < away < 0:
        return ngettext("%(n)s day ago", "%(n)s days ago", -away)
    if 0 < away < 15:
        return ngettext("in %(n)s day", "in %(n)s days", away)
    return day_word(day)


def tally_words(tally: RecordTally) -> str:
    """How records stand, in one line."""
    parts = [
        (tally.verified, _("%(n)s verified", n=tally.verified)),
        (tally.confirmed, _("%(n)s confirmed", n=tally.confirmed)),
        (tally.claimed, _("%(n)s by own word", n=tally.claimed)),
        (tally.ended, _("%(n)s ended", n=tally.ended)),
    ]
    return ", ".join(words for count, words in parts if count) or _("no records yet")


def minutes_word(minutes: int) -> str:
    """A length of time."""
    if minutes < 60:
        return _("%(n)s min", n=minutes)
    return _("%(hours)s h %(n)s min", hours=minutes // 60, n=minutes % 60)


def fact_word(fact: PlanFact) -> str:
    """What a figure of a plan is of."""
    words = {
        "wage": _("Median wage"),
        "jobs": _("Jobs"),
        "share": _("Share of local jobs against the nation's"),
        "openings": _("Projected openings"),
    }
    return words[fact.kind]


def fact_figure(fact: PlanFact) -> str:
    """The figure itself, or why there is none."""
    figure = Figure(fact.value, fact.note)
    if fact.value is None:
        return write.unpublished(figure)
    if fact.kind == "wage":
        return _("%(amount)s a year", amount=write.dollars(figure))
    if fact.kind == "jobs":
        return write.jobs(figure)
    if fact.kind == "openings":
        return write.openings(figure)
    return _("%(n)s times", n=write.number(figure))


def cost_word(cost: str) -> str:
    """A cost as it was entered; empty where none was."""
    return write.dollars(Figure(float(cost))) if cost else ""


def cost_sum(costs: Collection[str]) -> str:
    """All costs that were entered, together; empty where none was."""
    entered = [float(cost) for cost in costs if cost]
    return write.dollars(Figure(round(sum(entered), 2))) if entered else ""


def square_words(square: Square) -> str:
    """How somebody else's square stands, for two people who look at it."""
    if square.state is SquareState.MISSING:
        return _("Missing")
    claimed = is_claimed(square)
    if square.state is SquareState.PARTIAL:
        return _("Partly matched, by their own word") if claimed else _("Partly matched, confirmed")
    return _("Matched, by their own word") if claimed else _("Matched, confirmed")


def square_mark(square: Square) -> Any:
    """The square itself."""
    return to_html([glyph(square.state, claimed=is_claimed(square), tried=square.tried)])


def square_from(square: Square) -> str:
    """The record that stands behind a square; empty where nothing does."""
    if not square.by or not square.by[0].evidence:
        return ""
    proof = square.by[0].evidence[0]
    return f"{proof.title} · {proof.issuer}" if proof.issuer else proof.title

"""What was asked and answered about a record, in words."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date

from components.format import number
from components.record_view import kind_word
from graph.model import Confirmation, Figure, Statement
from i18n import gettext as _
from i18n import locale, ngettext


def parts_words() -> dict[str, str]:
    """The parts of a record that can be shown, by their names."""
    return {
        "title": _("What it is called"),
        "dates": _("First and last day"),
        "hours": _("Hours altogether"),
        "duties": _("What you did, in your words"),
        "skills": _("Skills"),
    }


def state_word(asked: Confirmation) -> str:
    """Where a request stands, in a word or two."""
    if asked.state == "answered":
        if asked.undecided:
            return _("Answered: you decide")
        if asked.outcome == "declined":
            return _("Declined")
        if not asked.stands:
            return _("Answered: left as it was")
        return _("Signed") if asked.credential else _("Confirmed")
    words = {
        "asked": _("Asked"),
        "opened": _("Opened"),
        "expired": _("Expired"),
        "withdrawn": _("Withdrawn"),
    }
    return words[asked.state]


def answer_sentence(asked: Confirmation) -> str:
    """Who stands by it since when, and how it came to be; empty where nobody does."""
    if not asked.stands or asked.answered_at is None:
        return ""
    day = day_word(asked.answered_at)
    who = ", ".join(part for part in (asked.by_name, asked.by_position) if part)
    if asked.signed:
        words = (
            _("Confirmed and signed by %(organization)s on %(day)s, from its account here.")
            if asked.credential
            else _("Confirmed by %(organization)s on %(day)s, from its account here.")
        )
        return words % {"organization": asked.by_organization, "day": day}
    if asked.mailed:
        words = _("Confirmed by %(who)s at %(organization)s on %(day)s, through a link sent to %(contact)s.")
    else:
        words = _("Confirmed by %(who)s at %(organization)s on %(day)s, through a link passed on by hand.")
    return words % {
        "who": who,
        "organization": asked.by_organization,
        "day": day,
        "contact": asked.contact,
    }


def stated_lines(stated: Statement) -> list[tuple[str, str]]:
    """What a statement says, as pairs of what it is about and what it says; skills stand elsewhere."""
    lines = [(_("Kind"), kind_word(stated.kind))] if stated.kind != "claim" else []
    if "title" in stated.parts:
        lines.append((_("Called"), stated.title))
    if stated.issuer:
        lines.append((_("At"), stated.issuer))
    if "dates" in stated.parts:
        lines.append((_("First day"), day_word(stated.started_on) if stated.started_on else _("not said")))
        lines.append((_("Last day"), day_word(stated.ended_on) if stated.ended_on else _("none said")))
    if stated.hours:
        count = number(Figure(stated.hours), 1)
        lines.append(
            (
                _("Time"),
                ngettext("%(hours)s hour", "%(hours)s hours", round(stated.hours), hours=count),
            )
        )
    if stated.duties:
        lines.append((_("Duties"), stated.duties))
    return lines


def day_word(day: date | datetime) -> str:
    """A day as the reader's language writes it."""
    return format_date(day, format="medium", locale=locale())

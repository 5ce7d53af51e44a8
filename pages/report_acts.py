"""What a person says about a role's squares on the gap page, as its buttons send it, and how it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from werkzeug.exceptions import BadRequest

from i18n import gettext as _
from web.sign_in import PersonError

VERBS = ("report", "unreport")
MISSING_VERBS = ("missing", "unmissing", "pick", "unpick")
LONGEST = 300
LONGEST_WORDS = 2000  # Only what no field of ours could send; how much is kept, the service says.


@dataclass(frozen=True, slots=True)
class ReportWish:
    """What a person wants said: ``on`` is a skill's URI, or the id of a report of theirs."""

    verb: str
    on: str
    words: str = ""


def is_report(sent: Any) -> bool:
    """Whether a button that reports sent this, and not one that is about the person's wallet."""
    return isinstance(sent, dict) and isinstance(sent.get("act"), str) and sent["act"] in VERBS


def read_report(sent: Any, verbs: tuple[str, ...] = VERBS) -> ReportWish:
    """Read what the browser sent; ``BadRequest`` when no button of ours could have sent it."""
    if not isinstance(sent, dict):
        raise BadRequest
    verb, on, fields = sent.get("act"), sent.get("on"), sent.get("fields")
    if not isinstance(verb, str) or verb not in verbs:
        raise BadRequest
    if not isinstance(on, str) or not 0 < len(on) <= LONGEST or not on.isprintable():
        raise BadRequest
    return ReportWish(verb, on, read_words(fields.get("words") if isinstance(fields, dict) else None))


def read_words(typed: Any) -> str:
    """What was typed; nothing when there was no field."""
    if typed is None:
        return ""
    if not isinstance(typed, str) or len(typed) > LONGEST_WORDS:
        raise BadRequest
    return typed


def grant_report(reports: Any, actor: Any, role_code: str, wish: ReportWish) -> None:
    """Report a square, or take that back; the service asks permission."""
    if wish.verb == "report":
        reports.make(actor, role_code, "wrong", skill=wish.on, words=wish.words)
        return
    for report in reports.mine(actor, role_code):
        if report.kind == "wrong" and report.skill_uri == wish.on:
            reports.withdraw(actor, report.id)


def words_of(error: PersonError) -> str:
    """What to tell about a wish that cannot be granted as it is; what the frame tells is raised again."""
    if error.status in (401, 403, 503):
        raise error
    return _(error.message, **error.values)

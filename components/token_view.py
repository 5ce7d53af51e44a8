"""What a program may do, and what came back out of a file, in words."""

from __future__ import annotations

from typing import Any

from i18n import gettext as _
from i18n import ngettext


def scope_words(scope: str) -> str:
    """What a scope lets a program do, as a person reads it before saying yes."""
    words = {
        "account:read": _("see your name, e-mail address, language, home area and notifications"),
        "account:write": _("change your home area, your language, and of what you are told"),
        "wallet:read": _("see your records, your skills, and how they compare with roles"),
        "wallet:write": _("bring records in, change what you entered, and take records out"),
        "careers:read": _(
            "see your chosen careers, plans and pathways, and a counselor's meetings with you and notes"
            " for you"
        ),
        "careers:write": _("change your chosen careers, plans and pathways"),
        "sharing:read": _("see what you share, with whom, and who looked"),
        "sharing:write": _("share on your behalf, and take sharing back"),
        "confirmations:read": _("see whom you asked to confirm a record, and what they answered"),
        "confirmations:write": _("ask others to confirm a record of yours"),
        "postings:read": _("see roles that employers here want to fill"),
        "applications:send": _("apply for you, and take applications back"),
        "verify": _("check credentials and presentations"),
        "reports": _("say for you that something about a role is wrong"),
        "employer": _("post roles, read applications, and move people forward"),
        "issuer": _("issue and revoke credentials for your organization"),
        "advising:read": _("see whom you advise, their plans and notes, as far as they let you"),
        "advising:write": _("keep notes and meetings of whom you advise, as far as they let you"),
        "county": _("see the figures of your county"),
        "admin": _("decide what people report, and keep the list of known issuers"),
    }
    return words[scope]


def token_state_words(state: str) -> str:
    """Whether a token is good: ``live``, ``revoked`` or ``expired``."""
    return {"live": _("Good"), "revoked": _("Revoked"), "expired": _("Last day passed")}[state]


def brought_back(came: Any) -> list[str]:
    """What came of a file that was brought back, a sentence each."""
    counts = (
        (came.records, "%(n)s record is in your wallet now.", "%(n)s records are in your wallet now."),
        (
            came.there,
            "%(n)s record was in your wallet already.",
            "%(n)s records were in your wallet already.",
        ),
        (
            came.refused,
            "%(n)s record was not kept: it is not as it was signed.",
            "%(n)s records were not kept: they are not as they were signed.",
        ),
    )
    said = [ngettext(one, several, n) for n, one, several in counts if n]
    beside = came.careers + came.plans + came.pathways
    if beside:
        said.append(
            ngettext(
                "%(n)s chosen career, plan or pathway came back.",
                "%(n)s chosen careers, plans and pathways came back.",
                beside,
            )
        )
    return said or [_("Everything in this file was here already.")]


def event_words(event: str) -> str:
    """What an address is told of."""
    words = {
        "access.logged": _("somebody looked at your record, or did something with it"),
        "record.changed": _("a record arrived, or its standing changed"),
        "test": _("a test"),
    }
    return words.get(event, event)


def delivery_words(told: Any) -> str:
    """What came of a message."""
    answer = _("no answer") if told.status is None else str(told.status)
    if told.state == "delivered":
        return _("Arrived (%(answer)s)", answer=answer)
    if told.state == "failed":
        return _("Given up after %(n)s tries (%(answer)s)", n=told.tries, answer=answer)
    if not told.tries:
        return _("On its way")
    when = told.next_at.strftime("%Y-%m-%d %H:%M")
    return _("Tried %(n)s times (%(answer)s), again at %(when)s", n=told.tries, answer=answer, when=when)

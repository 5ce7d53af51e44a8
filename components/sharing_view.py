"""What a person shows, and who looked, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from i18n import gettext as _
from i18n import ngettext


def state_words(state: str) -> str:
    """Whether a link leads anywhere: ``live``, ``withdrawn``, ``expired`` or ``used_up``."""
    words = {
        "live": _("Open"),
        "withdrawn": _("Taken back"),
        "expired": _("Last day passed"),
        "used_up": _("Used up"),
    }
    return words[state]


def covered(scope: Any) -> str:
    """What a scope covers, as one line."""
    parts = []
    if scope.skills is None:
        parts.append(_("all skills"))
    elif scope.skills:
        parts.append(ngettext("%(n)s skill", "%(n)s skills", len(scope.skills)))
    if scope.records is None:
        parts.append(_("all records"))
    elif scope.records:
        parts.append(ngettext("%(n)s record", "%(n)s records", len(scope.records)))
    named = {"name": _("your name"), "email": _("your e-mail address"), "area": _("your home area")}
    parts += [words for field, words in named.items() if field in scope.fields]
    return ", ".join(parts)


def group_question(name: str) -> str:
    """What somebody says of themself who belongs to a group: the words of the laws that serve it."""
    return {
        "veterans": _(
            "I am a veteran: I served in the active military, naval, air or space service, and was discharged"
            " under conditions other than dishonorable."
        ),
        "first_generation": _(
            "I am a first-generation student: neither of my parents completed a bachelor's degree; or I lived"
            " with one parent who supported me, and that parent did not."
        ),
        "english_learners": _(
            "I am learning English: I read, write, speak or understand it only in part, and another language"
            " is my native one, or the main one of those I live among."
        ),
    }[name]


def consent_words(consent: Any) -> str:
    """To whom a yes was given, and for what."""
    if consent.kind == "regional":
        return _("Figures of your county")
    if consent.kind == "link":
        return _("A link: %(purpose)s", purpose=consent.purpose) if consent.purpose else _("A link")
    named = consent.grantee_name or _("Somebody whose account is gone")
    return f"{named}: {consent.purpose}" if consent.purpose else str(named)


def consent_state(consent: Any, now: datetime) -> str:
    """Whether a yes holds."""
    if consent.live_at(now):
        return _("Holds")
    return _("Taken back") if consent.withdrawn_at is not None else _("Last day passed")


def may_do(actions: frozenset[str]) -> str:
    """What somebody may do beside looking; empty for nothing."""
    named = {
        "careers.change": _("change your chosen careers"),
        "plans.change": _("write plans with you"),
        "badges.put": _("put credentials into your wallet"),
    }
    return ", ".join(words for action, words in named.items() if action in actions)


def access_words(action: str, what: Mapping[str, Any]) -> str:
    """What was done, as the owner of a record reads it in the log."""
    if action == "shares.change":
        if "withdrawn" in what:
            return _("Took a link back")
        if "changed" in what:
            return _("Changed until when a link is good, or how often")
        if "presentation" in what:
            return _("Took out a signed presentation")
        return _("Made a link")
    if action == "applications.send":
        return _("Took an application back") if "withdrawn" in what else _("Applied to a posting")
    if action in ("cases.change", "plans.change", "careers.change") and (said := _advising(what)):
        return said
    words = {
        "caseload.read": _("Listed you in their caseload"),
        "cases.read": _("Looked at notes and meetings"),
        "cases.change": _("Kept a meeting or a note"),
        "applications.read": _("Read your application"),
        "applications.move": _("Moved you forward"),
        "shares.open": _("Opened a link"),
        "badges.read": _("Read signed credentials"),
        "badges.put": _("Put a credential into the wallet"),
        "profile.read": _("Saw name and e-mail address"),
        "wallet.read": _("Looked at the wallet"),
        "groups.change": _("Changed what the figures of groups may use"),
        "careers.read": _("Looked at the chosen careers"),
        "careers.change": _("Changed the chosen careers"),
        "plans.read": _("Looked at plans"),
        "plans.change": _("Changed a plan"),
    }
    return words.get(action, action)


def _advising(what: Mapping[str, Any]) -> str:
    """What a counselor did with or for somebody; empty where that is not said."""
    words = {
        ("meeting", "began"): _("Began a meeting"),
        ("meeting", "ended"): _("Ended a meeting"),
        ("note", "shared"): _("Wrote a note to you"),
        ("note", "private"): _("Wrote a note for counseling staff"),
        ("note", "removed"): _("Took a note away"),
        ("transfer", "proposed"): _("Proposed another counselor"),
        ("plan", "goal"): _("Set the goal of your employment plan"),
        ("plan", "step"): _("Added a step to your employment plan"),
        ("plan", "written"): _("Wrote in your employment plan"),
        ("plan", "version"): _("Made a version of your employment plan to sign"),
        ("plan", "ticked"): _("Ticked a step of your employment plan"),
        ("plan", "signed"): _("Signed your employment plan")
        if what.get("part") == "counselor"
        else _("Took down your signature on their screen"),
    }
    for key in ("meeting", "note", "transfer", "plan"):
        if key in what:
            return words.get((key, what[key]), "")
    if "follow_up" in what:
        return _("Kept a follow-up")
    if "added" in what:
        return _("Added a career: %(code)s", code=what["added"])
    return _("Took a career away: %(code)s", code=what["removed"]) if "removed" in what else ""

"""How far a claim can be relied on, as a word with a mark of its own."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from graph.model import Standing
from i18n import gettext as _


def standing_word(standing: Standing) -> str:
    """The standing in words: ``Verified``, ``Confirmed``, ``Your own word``, ``Expired``, ``Revoked``."""
    words = {
        Standing.VERIFIED: _("Verified"),
        Standing.CONFIRMED: _("Confirmed"),
        Standing.SELF_ASSERTED: _("Your own word"),
        Standing.EXPIRED: _("Expired"),
        Standing.REVOKED: _("Revoked"),
    }
    return words[standing]


def standing_meaning(standing: Standing) -> str:
    """What the word comes to, in a sentence."""
    meanings = {
        Standing.VERIFIED: _("Signature, issuer and dates hold."),
        Standing.CONFIRMED: _("Somebody other than you stands by it, without a signature."),
        Standing.SELF_ASSERTED: _("You say so yourself; nobody has confirmed it."),
        Standing.EXPIRED: _("It was good until its last day, and counts for nothing now."),
        Standing.REVOKED: _("The issuer took it back, and it counts for nothing now."),
    }
    return meanings[standing]


def standing_chip(standing: Standing, word: str = "") -> Component:
    """The word in a frame whose mark and line differ by standing, not only by colour."""
    return html.Span(
        [html.Span(className="standing-mark", **{"aria-hidden": "true"}), word or standing_word(standing)],
        className=f"standing standing-{standing.value}",
    )

"""What a person is told, in words."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from components.confirmation_view import day_word
from graph.model import NewsKind
from i18n import gettext as _

DAYS = ("day", "until")


def news_words(told: Any) -> str:
    """The sentence, in the reader's language.

    Parameters
    ----------
    told : News
        With ``message``, ``values`` and ``made_at``.
    """
    values = {"day": day_word(told.made_at), **told.values}
    for name in DAYS:
        with suppress(KeyError, ValueError):
            values[name] = day_word(date.fromisoformat(values[name]))
    return _(told.message, **values)


def kind_words(kind: NewsKind) -> tuple[str, str]:
    """What one is told of this kind: in short, and what belongs to it."""
    return {
        NewsKind.ARRIVED: (_("A record arrived"), _("A school or an employer put one into your wallet.")),
        NewsKind.CHANGED: (
            _("A verification changed"),
            _("A record was revoked, has expired, or is verified again."),
        ),
        NewsKind.EXPIRING: (_("A record ends soon"), _("60, 30 and 7 days before.")),
        NewsKind.SHARE: (
            _("Something shared was opened, or ends soon"),
            _("A link, or what you sent to an employer; three days before its end."),
        ),
        NewsKind.REQUEST: (
            _("Requests and answers"),
            _("Somebody asks you to confirm something, confirmed, applied, or moved you forward."),
        ),
        NewsKind.PLAN: (_("A plan is due"), _("A week before the day you set.")),
    }[kind]

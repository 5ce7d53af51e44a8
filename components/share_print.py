"""What a person shows by a link, as a document to print: with the link and its code, to check it again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import segno

from components import pdf
from components.confirmation_view import day_word
from components.record_view import kind_word
from graph.model import Standing
from i18n import gettext as _
from i18n import locale

LONGEST_WORDS = 3000
CLAIMED = frozenset({Standing.SELF_ASSERTED})


def share_document(shown: Any, url: str, verified_at: datetime) -> bytes:
    """Set the document, tagged and in the reader's language.

    Parameters
    ----------
    shown : Shown
        What whoever has the link sees.
    url : str
        The link.
    verified_at : datetime
        When every signed record behind it was checked.
    """
    day = day_word(verified_at)
    told = [(_("E-mail address"), shown.email)] if shown.email else []
    data = {
        "title": _("What %(name)s shows you", name=shown.name) if shown.name else _("A shared record"),
        "language": locale(),
        "footer": f"Waymark · {day}",
        "page_of": _("Page {page} of {pages}"),
        "purpose": shown.purpose,
        "facts": [
            *told,
            (_("Made on"), day),
            (_("The link is good until"), day_word(shown.until)),
            *([(_("Note"), _("Invented for the demo"))] if shown.demo else []),
        ],
        "qr": segno.make(url, error="m").svg_inline(scale=4, border=4, dark="#000", light="#fff"),
        "qr_words": _("QR code of the link below"),
        "check_title": _("Have it checked now"),
        "check": _(
            "Paper cannot tell what was revoked since. Open the link, or scan the code: every signed record"
            " is checked again while you look."
        ),
        "url": url,
        "verify": _("Check this record now"),
        "skills_title": _("Skills"),
        "skills_header": [_("Skill"), _("Who stands by it"), _("Shown with it")],
        "no_skills": _("No skills are shown."),
        "skills": [
            {
                "name": one.name,
                "standing": standing_words(one.standing),
                "claimed": one.standing in CLAIMED,
                "sources": ", ".join(one.sources[:3]),
            }
            for one in shown.skills
        ],
        "records_title": _("Records"),
        "records": [
            {
                "title": one.title,
                "standing": standing_words(one.standing),
                "about": " · ".join(_about(one)),
                "words": one.description[:LONGEST_WORDS],
                "skills": ", ".join(skill.name for skill in one.skills),
                "url": f"{url}#record-{number}",
            }
            for number, one in enumerate(shown.records, start=1)
        ],
        "notes": _(
            "Verified: the issuer's signature, dates and status hold. Confirmed: somebody else stands by it."
            " Their own word: nobody has confirmed it."
        ),
    }
    return pdf.document("share", data, made=verified_at)


def standing_words(standing: Standing) -> str:
    """How far something can be relied on, to whoever it is shown to."""
    return {
        Standing.VERIFIED: _("Verified"),
        Standing.CONFIRMED: _("Confirmed"),
        Standing.SELF_ASSERTED: _("Their own word"),
        Standing.EXPIRED: _("Expired"),
        Standing.REVOKED: _("Revoked"),
    }[standing]


def _about(record: Any) -> list[str]:
    about = [kind_word(record.kind), record.issuer]
    if record.issued_on:
        ended = f" – {day_word(record.ended_on)}" if record.ended_on else ""
        about.append(day_word(record.issued_on) + ended)
    if record.expires_on:
        about.append(_("valid until %(day)s", day=day_word(record.expires_on)))
    return [part for part in about if part]

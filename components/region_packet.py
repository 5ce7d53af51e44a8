"""A board packet: chosen views of a region as one PDF."""

from __future__ import annotations

from collections.abc import Sequence

from components import region_view as words
from components.pdf import document
from components.region_chart import bare
from components.region_shown import Shown
from graph.model import RegionalGap
from i18n import gettext as _

MOST_ROWS = 30


def packet(found: RegionalGap, views: Sequence[Shown], language: str, day: str) -> bytes:
    """Set the views one after the other, each with its table, sources and limits.

    Parameters
    ----------
    language : str
        Two letters; the words of the views are already in it.
    day : str
        The day it is made on, in words.
    """
    return document(
        "packet",
        {
            "title": words.place(found.region),
            "kind": _("Regional skills gap"),
            "language": language,
            "made": _("Made on %(day)s. %(people)s", day=day, people=words.people_words(found)),
            "footer": f"Waymark · {words.place(found.region)} · {day}",
            "page-of": _("page {page} of {pages}"),
            "invented": words.invented_words(found),
            "limits-heading": _("What this does not show"),
            "views": [_view(view) for view in views],
        },
    )


def _view(view: Shown) -> dict[str, object]:
    rows = [[cell.text for cell in row] for group in view.groups for row in group.rows]
    return {
        "title": view.title,
        "unit": view.unit,
        "picture": bare(str(view.wide)) if view.wide else "",
        "alt": f"{view.title}. {view.unit}",
        "headers": list(view.headers),
        "rows": rows[:MOST_ROWS],
        "notes": [note for note in view.notes if note],
        "limits": list(view.not_shown),
    }

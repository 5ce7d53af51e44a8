"""How a place is named: published names as they are, the nation in the reader's language."""

from __future__ import annotations

from graph.model import Area
from i18n import gettext as _

NATION = "nation"


def name(area: Area) -> str:
    """``Spokane County, WA``, ``United States``."""
    return _("United States") if area.kind == NATION else area.name


def heading(area: Area) -> str:
    """``In Spokane County, WA``, ``In the United States``: over figures of the place."""
    return _("In the United States") if area.kind == NATION else _("In %(place)s", place=area.name)


def projected(area: Area) -> str:
    """``Projected in Washington``, ``Projected in the United States``: over projections of the place."""
    if area.kind == NATION:
        return _("Projected in the United States")
    return _("Projected in %(place)s", place=area.name)

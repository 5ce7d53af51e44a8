"""The views of a region: which there are, what each asks the services, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from components import region_view as words
from components.confirmation_view import day_word
from components.region_shown import Shown, gap_shown
from graph.model import RegionalGap
from i18n import gettext as _
from pages.county_address import CountyAsked

PLENTY = 5
"""Skills that more people hold than jobs call for, shown under those that are short."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for which view, and the region it is of."""

    services: Any
    actor: Any
    asked: CountyAsked
    home: str
    found: RegionalGap

    def notes(self) -> tuple[str, ...]:
        """What stands behind every view: jobs, where they are published, releases."""
        roles, found = self.services.roles, self.found
        markets = {code: area.name for code in found.region.markets if (area := roles.area(code))}
        return (
            words.invented_words(found),
            words.jobs_words(found),
            words.market_words(found, markets),
            words.sources_words(
                roles.sources(), day_word(datetime.now(UTC)), people=found.people.wallets is not None
            ),
        )


def labels() -> dict[str, str]:
    """The views in the order of the navigation."""
    return {
        "gap": _("Skills gap"),
    }


def shown(services: Any, actor: Any, asked: CountyAsked, home: str) -> tuple[RegionalGap, Shown]:
    """The region as it is asked for, and the view of it."""
    found = services.region.gap(actor, asked.region(home, asked.shown, PLENTY))
    asking = Asking(services, actor, asked, home, found)
    return found, VIEWS_OF[asked.view if asked.view in VIEWS_OF else "gap"](asking)


def _gap(asking: Asking) -> Shown:
    found = asking.found
    compared = asking.services.region.compared(asking.actor, found, [one.skill.id for one in found.skills])
    return gap_shown(found, compared, asking.asked.shown, asking.notes())


VIEWS_OF: dict[str, Callable[[Asking], Shown]] = {
    "gap": _gap,
}

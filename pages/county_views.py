"""The views of a region: which there are, what each asks the services, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from components import region_view as words
from components.confirmation_view import day_word
from components.region_beside import Beside, beside
from components.region_shown import (
    Shown,
    bridges_shown,
    families_shown,
    fund_shown,
    gap_shown,
    map_shown,
    of_group,
    roles_shown,
    scarcity_shown,
)
from components.region_time import time_shown
from graph.model import RegionalGap
from i18n import gettext as _
from pages.county_address import CountyAsked
from services.region import RegionView

USUAL_SEATS = 100
BRIDGES = 200
PLENTY = 5
"""Skills that more people hold than jobs call for, shown under those that are short."""


@dataclass(frozen=True, slots=True)
class Look:
    """One reader's question about a region: who asks for what, and whom it is asked of.

    Attributes
    ----------
    region : RegionService
        Asked for once, so that all of a page is told of one moment.
    """

    region: Any
    roles: Any
    actor: Any
    asked: CountyAsked
    home: str

    @property
    def view(self) -> RegionView:
        """What is asked of the services."""
        return self.asked.region(self.home)


@dataclass(frozen=True, slots=True)
class Asking:
    """A look, and the region it is of."""

    look: Look
    found: RegionalGap

    def notes(self) -> tuple[str, ...]:
        """What stands behind every view: jobs, where they are published, releases."""
        roles, found = self.look.roles, self.found
        markets = {code: area.name for code in found.region.markets if (area := roles.area(code))}
        return (
            words.invented_words(found),
            words.group_words(found),
            words.jobs_words(found),
            words.market_words(found, markets),
            words.credential_words(found),
            words.sector_words(found),
            words.openings_words(found),
            words.sources_words(
                roles.sources(), day_word(datetime.now(UTC)), people=found.people.wallets is not None
            ),
        )


def labels() -> dict[str, str]:
    """The views in the order of the navigation."""
    return {
        "gap": _("Skills gap"),
        "roles": _("Roles in demand"),
        "bridges": _("Bridges"),
        "fund": _("What if we fund it"),
        "families": _("Job families"),
        "scarcity": _("Scarcity"),
        "map": _("Map"),
        "time": _("Over time"),
    }


def shown(look: Look) -> tuple[RegionalGap, Shown]:
    """The region as it is asked for, and the view of it."""
    asked = look.asked
    limit = None if asked.view == "scarcity" else asked.shown
    found = look.region.gap(look.actor, asked.region(look.home, limit, PLENTY))
    return found, of_group(found, VIEWS_OF[asked.view](Asking(look, found)))


def fundable(look: Look, found: RegionalGap) -> tuple[Any, ...]:
    """Skills to choose from: those of the largest bridges, and those that are shortest."""
    region, view = look.region, look.view
    bridges = (
        *region.bridges(look.actor, view, most=BRIDGES),
        *region.bridges(look.actor, view, two=True, most=BRIDGES),
    )
    skills = {skill.id: skill for one in bridges for skill in one.skills}
    skills |= {one.skill.id: one.skill for one in found.skills}
    for one in look.asked.skills:
        if one not in skills:
            skills[one] = region.skill(look.actor, view, one).skill
    return tuple(sorted(skills.values(), key=lambda skill: skill.name))


def beside_of(look: Look, found: RegionalGap, *, counted: bool) -> Beside:
    """What stands beside the gaps: bridges, once they are counted, and a map of the shortest skill."""
    view, region = look.view, look.region
    skill = found.skills[0] if found.skills else None
    return beside(
        found,
        region.bridges(look.actor, view, most=BRIDGES) if counted else None,
        _funding(look.asked),
        skill,
        region.counties(look.actor, view, skill.skill.id) if skill is not None else (),
        region.shapes(look.actor, view),
    )


def _funding(asked: CountyAsked) -> Callable[[tuple[str, ...]], str]:
    return lambda skill_ids: asked.href(
        view="fund", skills=skill_ids, program="", seats=asked.seats or USUAL_SEATS
    )


def _gap(asking: Asking) -> Shown:
    found, look = asking.found, asking.look
    compared = look.region.compared(look.actor, found, [one.skill.id for one in found.skills])
    return gap_shown(found, compared, look.asked.shown, asking.notes())


def _roles(asking: Asking) -> Shown:
    look = asking.look
    roles = look.region.roles(look.actor, look.view)
    projected = any(one.outlook is not None for one in roles)
    return roles_shown(asking.found, roles, look.asked.shown, asking.notes(), projected=projected)


def _bridges(asking: Asking) -> Shown:
    look, two = asking.look, asking.look.asked.more == 2
    found = look.region.bridges(look.actor, look.view, two=two)
    return bridges_shown(asking.found, found, look.asked.shown, asking.notes(), _funding(look.asked), two=two)


def _fund(asking: Asking) -> Shown:
    look, asked = asking.look, asking.look.asked
    funded = None
    if (asked.skills or asked.program) and asked.seats:
        funded = look.region.fund(look.actor, look.view, asked.skills, asked.seats, asked.program)
    return fund_shown(asking.found, funded, asking.notes())


def _families(asking: Asking) -> Shown:
    cells = asking.look.region.families(asking.look.actor, asking.look.view)
    return families_shown(asking.found, cells, asking.notes())


def _scarcity(asking: Asking) -> Shown:
    return scarcity_shown(asking.found, asking.notes())


def _map(asking: Asking) -> Shown:
    look = asking.look
    region, view = look.region, look.view
    named = look.asked.skill
    skill = region.skill(look.actor, view, named) if named else asking.found.skills[0]
    counties = region.counties(look.actor, view, skill.skill.id)
    return map_shown(asking.found, skill, counties, region.shapes(look.actor, view), asking.notes())


def _time(asking: Asking) -> Shown:
    look = asking.look
    found = look.region.series(look.actor, look.view, look.asked.skills)
    return time_shown(asking.found, found, asking.notes())


VIEWS_OF: dict[str, Callable[[Asking], Shown]] = {
    "gap": _gap,
    "roles": _roles,
    "bridges": _bridges,
    "fund": _fund,
    "families": _families,
    "scarcity": _scarcity,
    "map": _map,
    "time": _time,
}

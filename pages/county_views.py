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

USUAL_SEATS = 100
BRIDGES = 200
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


def shown(services: Any, actor: Any, asked: CountyAsked, home: str) -> tuple[RegionalGap, Shown]:
    """The region as it is asked for, and the view of it."""
    limit = None if asked.view == "scarcity" else asked.shown
    found = services.region.gap(actor, asked.region(home, limit, PLENTY))
    return found, of_group(found, VIEWS_OF[asked.view](Asking(services, actor, asked, home, found)))


def fundable(services: Any, actor: Any, asked: CountyAsked, home: str, found: RegionalGap) -> tuple[Any, ...]:
    """Skills to choose from: those of the largest bridges, and those that are shortest."""
    region, view = services.region, asked.region(home)
    bridges = (
        *region.bridges(actor, view, most=BRIDGES),
        *region.bridges(actor, view, two=True, most=BRIDGES),
    )
    skills = {skill.id: skill for one in bridges for skill in one.skills}
    skills |= {one.skill.id: one.skill for one in found.skills}
    for one in asked.skills:
        if one not in skills:
            skills[one] = services.region.skill(actor, asked.region(home), one).skill
    return tuple(sorted(skills.values(), key=lambda skill: skill.name))


def beside_of(services: Any, actor: Any, asked: CountyAsked, home: str, found: RegionalGap) -> Beside:
    """What stands beside the gaps: bridges, once they are counted, and a map of the shortest skill."""
    view, region = asked.region(home), services.region
    skill = found.skills[0] if found.skills else None
    return beside(
        found,
        region.bridges(actor, view, most=BRIDGES) if services.bridges_counted else None,
        _funding(asked),
        skill,
        region.counties(actor, view, skill.skill.id) if skill is not None else (),
        region.shapes(actor, view),
    )


def _funding(asked: CountyAsked) -> Callable[[tuple[str, ...]], str]:
    return lambda skill_ids: asked.href(
        view="fund", skills=skill_ids, program="", seats=asked.seats or USUAL_SEATS
    )


def _gap(asking: Asking) -> Shown:
    found = asking.found
    compared = asking.services.region.compared(asking.actor, found, [one.skill.id for one in found.skills])
    return gap_shown(found, compared, asking.asked.shown, asking.notes())


def _roles(asking: Asking) -> Shown:
    roles = asking.services.region.roles(asking.actor, asking.asked.region(asking.home))
    projected = any(one.outlook is not None for one in roles)
    return roles_shown(asking.found, roles, asking.asked.shown, asking.notes(), projected=projected)


def _bridges(asking: Asking) -> Shown:
    asked = asking.asked
    found = asking.services.region.bridges(asking.actor, asked.region(asking.home), two=asked.more == 2)
    return bridges_shown(
        asking.found, found, asked.shown, asking.notes(), _funding(asked), two=asked.more == 2
    )


def _fund(asking: Asking) -> Shown:
    asked = asking.asked
    funded = None
    if (asked.skills or asked.program) and asked.seats:
        view = asked.region(asking.home)
        funded = asking.services.region.fund(asking.actor, view, asked.skills, asked.seats, asked.program)
    return fund_shown(asking.found, funded, asking.notes())


def _families(asking: Asking) -> Shown:
    cells = asking.services.region.families(asking.actor, asking.asked.region(asking.home))
    return families_shown(asking.found, cells, asking.notes())


def _scarcity(asking: Asking) -> Shown:
    return scarcity_shown(asking.found, asking.notes())


def _map(asking: Asking) -> Shown:
    region, view = asking.services.region, asking.asked.region(asking.home)
    if asking.asked.skill:
        skill = region.skill(asking.actor, view, asking.asked.skill)
    else:
        skill = asking.found.skills[0]
    counties = region.counties(asking.actor, view, skill.skill.id)
    return map_shown(asking.found, skill, counties, region.shapes(asking.actor, view), asking.notes())


def _time(asking: Asking) -> Shown:
    view = asking.asked.region(asking.home)
    found = asking.services.region.series(asking.actor, view, asking.asked.skills)
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

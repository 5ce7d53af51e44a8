"""What stands beside the gaps on a large screen: the bridges to fund, and the skill by county."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from components import format as write
from components import region_view as words
from components.region_pictures import county_map
from components.region_shown import best_bridges
from graph.model import Bridge, CountyFigure, RegionalGap, SkillGap
from i18n import gettext as _

MOST = 3
MAP = 420


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """One bridge in a few words; ``skill`` and ``role`` are published names."""

    skill: str
    role: str
    href: str
    people: str
    jobs: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Both, in short.

    Attributes
    ----------
    bridges : tuple of BridgeLine
    bridges_words : str
        What they are, or why there are none.
    map : Markup
        Empty where there is none.
    map_title, map_words : str
    counting : bool
        Whether bridges are still being counted.
    """

    bridges: tuple[BridgeLine, ...]
    bridges_words: str
    map: Markup
    map_title: str
    map_words: str
    counting: bool = False


def beside(
    found: RegionalGap,
    bridges: Sequence[Bridge] | None,
    fund: Callable[[tuple[str, ...]], str],
    skill: SkillGap | None,
    counties: Sequence[CountyFigure],
    shapes: Sequence[tuple[str, str]],
) -> Beside:
    """Put them into words.

    Parameters
    ----------
    bridges : sequence of Bridge or None
        ``None`` while they are still being counted.
    fund : callable
        Gives the address of what seats in a skill could do, by the ids of the skills.
    skill : SkillGap or None
        The one that the map is of.
    """
    listed = best_bridges(bridges or ())[:MOST]
    if bridges is None:
        said = _("They are being counted. Look again in a few seconds.")
    elif not listed:
        said = words.few_for_bridges(found)
    else:
        said = (
            _("One skill more would bring so many people within reach of so many local openings a year.")
            if words.by_openings(found)
            else _("One skill more would bring so many people within reach of so many local jobs.")
        )
    known = {one.county.code: one.demand for one in counties if one.demand is not None}
    title = map_words = ""
    picture = Markup()
    if skill is not None and known:
        title = _("“%(skill)s” by county", skill=skill.skill.name)
        map_words = f"{words.demand_header(found)}. " + _("Counties of one OEWS area have one colour.")
        here = found.region.counties if found.region.areas[0].kind != "state" else ()
        picture = county_map(shapes, known, title, here, wide=MAP)
    return Beside(
        tuple(
            BridgeLine(
                one.skill.name,
                one.role.title,
                fund((one.skill.id,)),
                _("%(n)s people", n=words.count(one.people)),
                f"{words.amount(found, one.jobs)}, {write.dollars(one.median_wage)}"
                if one.median_wage.value is not None
                else words.amount(found, one.jobs),
            )
            for one in listed
        ),
        said,
        picture,
        title,
        map_words,
        bridges is None,
    )

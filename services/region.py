"""What an official asks of a region: which skills it is short of, and on what that rests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from accounts.actor import Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from graph.model import Area, Comparison, JobLevel, Proof, RegionalGap
from graph.region import gaps, rates, supply
from services.region_ground import RegionGround
from services.region_supply import People


class NoSuchFamily(PersonError):  # noqa: N818 - named as it is shown
    """There is no SOC major group of that code."""

    status = 404


@dataclass(frozen=True, slots=True)
class RegionView:
    """What is asked: where, which jobs, which skills of people.

    Attributes
    ----------
    areas : tuple of str
        One place of any kind, or several counties.
    level : JobLevel
    family : str
        SOC major group, two digits; empty for all.
    proof : Proof
    limit : int or None
        The largest shortages, that many at most; all skills for ``None``.
    plenty : int
        Of the others that many of which more people hold than jobs call for.
    """

    areas: tuple[str, ...]
    level: JobLevel = JobLevel.ALL
    family: str = ""
    proof: Proof = Proof.ALL
    limit: int | None = None
    plenty: int = 0


class RegionService:
    """The verbs about regions, each asking permission first.

    Parameters
    ----------
    ground : RegionGround
    people : callable
        Gives what may be told of people now.
    """

    def __init__(self, ground: RegionGround, people: Callable[[], People]) -> None:
        self._ground = ground
        self._people = people

    def gap(self, actor: Actor, view: RegionView) -> RegionalGap:
        """Return every skill of a region, the largest shortage first.

        Raises
        ------
        AreaNotFound
        NoSuchFamily
        """
        require(actor, Action.COUNTY_READ)
        return self._gap(view)

    def _gap(self, view: RegionView) -> RegionalGap:
        ground = self._ground
        region = ground.region(view.areas)
        family = ground.families.get(view.family)
        if view.family and family is None:
            raise NoSuchFamily(_("There is no job family of that code."))
        asked = ground.asked
        counted, wanted = ground.demand(region.markets, view.level, view.family or None)
        told = self._people()
        held = supply(told.cells, region.counties, len(asked.skills))
        skills = gaps(asked, wanted, held, view.proof, view.limit, view.plenty)
        return RegionalGap(
            region=region,
            level=view.level,
            family=family,
            proof=view.proof,
            skills=skills,
            jobs=replace(counted, jobs=wanted.jobs, without_requirements=wanted.unknown),
            people=replace(
                held.people,
                invented=bool(told.invented.intersection(region.counties)),
                away=told.away,
            ),
        )

    def allowed(self, actor: Actor) -> None:
        """Return if the actor may ask about regions, raise if not."""
        require(actor, Action.COUNTY_READ)

    def around(self, area: Area) -> tuple[Area, ...]:
        """Return the places around one: its OEWS area, its state and the nation."""
        own = None if area.oews_code in (None, area.code) else self._ground.area(str(area.oews_code))
        return (*((own,) if own is not None else ()), *self._ground.around((area,)))

    def compared(self, actor: Actor, found: RegionalGap, skills: Sequence[str]) -> tuple[Comparison, ...]:
        """Return what the same jobs ask for in the state and in the nation, for some skills."""
        require(actor, Action.COUNTY_READ)
        answers = []
        for area in self._ground.around(found.region.areas):
            family = found.family.code if found.family else None
            _counted, wanted = self._ground.demand((area.code,), found.level, family)
            answers.append(Comparison(area, rates(self._ground.asked, wanted, skills)))
        return tuple(answers)

"""Which skill would help most next, over the whole network; and trying skills on before gaining them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from accounts.actor import VISITOR, Actor
from accounts.permissions import Action, require
from graph.build import SkillRoleGraph
from graph.match import match_all
from graph.model import (
    NOT_PUBLISHED,
    Area,
    Evidence,
    Figure,
    Gain,
    Holding,
    LaborMarket,
    NextSkill,
    Program,
    Skill,
    Standing,
    Wallet,
)
from graph.next_skill import next_skills, put_on
from graph.reach import REACH
from services.network import THE_NATION, require_wallet
from services.roles import NATION

CONSIDERED = 80
"""Skills whose roles are looked up in the figures: those that bring most within reach."""
MOST_TRIED = 10
MOST_PROGRAMS = 5
MOST_TOLD = 60
TOLD = "told"
"""Kind of evidence of a skill that a visitor named, and that nothing keeps."""


class Book(Protocol):
    """What is needed of the labour-market store."""

    def area(self, code: str) -> Area | None: ...
    def markets(self, role_codes: Iterable[str], area_code: str) -> Mapping[str, LaborMarket]: ...
    def skills(self, ids: Iterable[str]) -> Mapping[str, Skill]: ...
    def programs(self, skill_ids: Iterable[str], limit: int = 20) -> tuple[Program, ...]: ...


@dataclass(frozen=True, slots=True)
class WhatNext:
    """What the next skills would do for one wallet in one place.

    Attributes
    ----------
    area : Area
        Where the figures are of.
    skills : tuple of NextSkill
        Most jobs brought within reach first.
    within : int
        Roles that are within reach already.
    threshold : float
        Score from which a role is.
    """

    area: Area
    skills: tuple[NextSkill, ...]
    within: int
    threshold: float = REACH


class WhatNextService:
    """The verbs about skills that are not there yet.

    Parameters
    ----------
    labor : Book
    graph : SkillRoleGraph
    """

    def __init__(self, labor: Book, graph: SkillRoleGraph) -> None:
        self._labor = labor
        self._graph = graph

    def next(
        self, wallet: Wallet, area: str | None = None, actor: Actor = VISITOR, limit: int = 12
    ) -> WhatNext:
        """Return the skills that would help most if one of them were gained.

        Those first that bring most published local jobs within reach; then those that add most to the
        roles nearest to it.
        The wallet has to be the actor's own, or one that is no person's.
        """
        require_wallet(actor, wallet)
        place = (self._labor.area(area) if area else None) or self._labor.area(NATION) or THE_NATION
        gains = next_skills(self._graph, wallet, max(limit, CONSIDERED))
        codes = sorted({found.role.code for gain in gains for found, _ in gain.reached})
        markets = self._labor.markets(codes, place.code)
        ranked = [_with_figures(gain, markets) for gain in gains]
        ranked.sort(key=lambda one: (-(one.jobs.value or 0.0), -one.gain.rise, one.gain.skill.name))
        within = sum(found.score >= REACH for found in match_all(self._graph, wallet))
        return WhatNext(place, self._with_programs(ranked[:limit]), within)

    def _with_programs(self, ranked: list[NextSkill]) -> tuple[NextSkill, ...]:
        """What teaches each skill, from a list that is loaded; nothing is made up where none is."""
        wanted = [one.gain.skill.id for one in ranked]
        listed = self._labor.programs(wanted, MOST_PROGRAMS * len(wanted)) if wanted else ()
        return tuple(
            replace(
                one,
                programs=tuple(
                    program
                    for program in listed
                    if any(skill.id == one.gain.skill.id for skill in program.skills)
                )[:MOST_PROGRAMS],
            )
            for one in ranked
        )

    def skills(self, ids: Iterable[str], most: int = MOST_TRIED) -> tuple[Skill, ...]:
        """Return published skills by their ids, in order, at most ``most``; unknown ones are passed over."""
        require(VISITOR, Action.ROLES_READ)
        wanted = list(dict.fromkeys(ids))[:most]
        found = self._labor.skills(wanted) if wanted else {}
        return tuple(found[key] for key in wanted if key in found)

    def ids(self, uris: Iterable[str]) -> dict[str, str]:
        """Return the ids of published skills by their addresses; unknown ones are absent."""
        require(VISITOR, Action.ROLES_READ)
        wanted = list(dict.fromkeys(uris))
        return {key: skill.id for key, skill in self._labor.skills(wanted).items()} if wanted else {}

    def put_on(self, wallet: Wallet, ids: Iterable[str]) -> Wallet:
        """Return the wallet as if these skills were there too, marked as only tried on. Nothing is kept."""
        return put_on(wallet, self.skills(ids))

    def told(self, ids: Iterable[str]) -> Wallet:
        """Return the wallet of somebody who names their skills and has no account. Nothing is kept."""
        evidence = (Evidence("", "", "", TOLD),)
        skills = self.skills(ids, MOST_TOLD)
        return Wallet("", tuple(Holding(one, Standing.SELF_ASSERTED, None, evidence) for one in skills))


def _with_figures(gain: Gain, markets: Mapping[str, LaborMarket]) -> NextSkill:
    """Jobs and wages of the occupations behind the roles; an occupation that several share counts once."""
    found = {
        market.occupation_code: market
        for match, _score in gain.reached
        if (market := markets.get(match.role.code)) is not None
    }
    jobs = [one.employment.value for one in found.values() if one.employment.value is not None]
    wages = [wage for one in found.values() if (wage := _annual(one)) is not None]
    return NextSkill(
        gain=gain,
        jobs=Figure(sum(jobs)) if jobs else NOT_PUBLISHED,
        unpublished=len(found) - len(jobs),
        wages=(min(wages), max(wages)) if wages else None,
    )


def _annual(market: LaborMarket) -> float | None:
    median = market.annual.get("p50")
    return None if median is None else median.value

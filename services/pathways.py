"""Ways from a record, or from the job done now, to a role; and the ones that people choose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from accounts.actor import VISITOR, Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.kept_pathways import KeptPathway, KeptPathwayStore
from accounts.permissions import Action, require
from graph import pathways as search
from graph.build import SkillRoleGraph
from graph.match import match, score_all
from graph.model import (
    Amount,
    Area,
    Career,
    Likeness,
    Limit,
    Nearby,
    Pathway,
    Pathways,
    Role,
    Step,
    Wallet,
)
from graph.reach import REACH
from graph.steps import learned
from services.network import STAND_IN, THE_NATION, require_wallet
from services.pathway_ground import Book, Ground, Grounds
from services.people import AREA_CODE, ROLE_CODE
from services.roles import NATION, role_not_found

LONGEST = search.LONGEST
MOST_WAYS = 10
MOST_PLACES = 5
MOST_KEPT = 12
NEARBY = 8


class PathwayRefused(PersonError):  # noqa: N818 - named as it is shown
    """A pathway that cannot be kept; the message says what to change."""

    status = 422


class NoSuchPathway(PersonError):  # noqa: N818 - named as it is shown
    """The person keeps no such pathway; whether somebody else does is not said."""

    status = 404


@dataclass(frozen=True, slots=True)
class PathwayView:
    """What is asked: everything that stands in the page's address.

    Attributes
    ----------
    area : str or None
        OEWS area or county code; the nation when not said.
    also : tuple of str
        More places within whose distance the person would work.
    pay_may_fall : bool
        Whether a step may lead to lower pay.
    no_degree : bool
        Leave out roles that usually take a degree; those of which it is not known stay.
    only_local : bool
        Leave out roles without published jobs in any of the places.
    only_reach : bool
        Leave out steps that are longer than the reach.
    limit : int
        Ways over stepping stones at most.
    """

    area: str | None = None
    also: tuple[str, ...] = ()
    pay_may_fall: bool = False
    no_degree: bool = False
    only_local: bool = False
    only_reach: bool = False
    limit: int = 3

    @property
    def limits(self) -> tuple[Limit, ...]:
        """What is asked of every step."""
        asked = {
            Limit.PAY: not self.pay_may_fall,
            Limit.DEGREE: self.no_degree,
            Limit.LOCAL: self.only_local,
            Limit.REACH: self.only_reach,
        }
        return tuple(limit for limit, on in asked.items() if on)

    def without(self, *limits: Limit) -> PathwayView:
        """The same, with less asked."""
        return replace(
            self,
            pay_may_fall=self.pay_may_fall or Limit.PAY in limits,
            no_degree=self.no_degree and Limit.DEGREE not in limits,
            only_local=self.only_local and Limit.LOCAL not in limits,
            only_reach=self.only_reach and Limit.REACH not in limits,
        )


class PathwayService:
    """The verbs about ways to a role.

    Parameters
    ----------
    labor : Book
    graph : SkillRoleGraph
    grounds : Grounds
        Of the same build.
    """

    def __init__(self, labor: Book, graph: SkillRoleGraph, grounds: Grounds) -> None:
        self._labor = labor
        self._graph = graph
        self._grounds = grounds

    def pathways(
        self,
        wallet: Wallet,
        goal: str,
        view: PathwayView | None = None,
        actor: Actor = VISITOR,
        kept: Iterable[KeptPathway] = (),
    ) -> Pathways:
        """Return the ways to a goal that truly differ, and what else leads there.

        Parameters
        ----------
        wallet : Wallet
            The actor's own, or one that is no person's.
        goal : str
            Role code.
        view : PathwayView, optional
            A place that does not exist is taken as the nation, and left out among ``also``.
        kept : iterable of KeptPathway
            Ways that the person chose; those to this goal are shown and marked, whatever is asked.

        Returns
        -------
        Pathways

        Raises
        ------
        RoleNotFound
        SignInNeeded, PermissionDenied
            If the wallet is somebody else's.
        """
        require_wallet(actor, wallet)
        if goal not in self._graph:
            raise role_not_found(goal)
        view = view or PathwayView()
        places = self._places(view)
        ground = self._grounds.at(places)
        limit = max(1, min(view.limit, MOST_WAYS))
        found = self._ways(wallet, goal, view, ground, limit)
        mine = {one.stones: one.id for one in kept if one.goal_code == goal and self._known(one.stones)}
        shown = [*found, *self._chosen(wallet, goal, mine, found)]
        labels = self._terrain(ground, view)
        compose = _Composer(self._graph, self._grounds, ground, wallet, self._start(wallet))
        ways = tuple(
            Pathway(compose.steps(way.codes), way.best, mine.get(way.stones, ""))
            for way in (search.labelled(shown, self._graph, labels) if len(shown) > len(found) else found)
        )
        direct = Pathway(compose.steps((goal,)), frozenset(), mine.get((), ""))
        scores = score_all(self._graph, wallet)
        return Pathways(
            goal=Career(direct.steps[-1].match, chosen=False, market=ground.markets.get(goal)),
            area=places[0],
            also=places[1:],
            direct=direct,
            ways=ways,
            blocked=() if found else self._blocked(wallet, goal, view, ground, limit),
            arrivals=self._nearby(search.arrivals(self._grounds.steps, goal, NEARBY), scores, ground),
            neighbours=self._nearby(search.neighbours(self._grounds.steps, goal, NEARBY), scores, ground),
            projected=ground.projected,
            degrees_known=bool((~np.isnan(ground.degrees)).any()),
            degree_unknown=self._unknown(ways, ground) if view.no_degree else (),
            goal_refused=self._refused(goal, view, ground),
        )

    def _ways(
        self, wallet: Wallet, goal: str, view: PathwayView, ground: Ground, limit: int
    ) -> tuple[search.Way, ...]:
        return search.ways(
            self._grounds.steps,
            wallet,
            goal,
            self._terrain(ground, view),
            search.Rules(
                longest=REACH if view.only_reach else search.LONGEST, pay_may_fall=view.pay_may_fall
            ),
            start=self._start(wallet),
            limit=limit,
        )

    def _terrain(self, ground: Ground, view: PathwayView) -> search.Terrain:
        left_in = np.ones(len(self._graph.roles), dtype=bool)
        if view.no_degree:
            left_in &= ~(ground.degrees == 1)
        if view.only_local:
            left_in &= ground.local
        return search.Terrain(ground.pay, ground.openings, ground.zones, left_in)

    def _places(self, view: PathwayView) -> tuple[Area, ...]:
        home = (self._labor.area(view.area) if view.area else None) or self._labor.area(NATION) or THE_NATION
        more = [self._labor.area(code) for code in dict.fromkeys(view.also) if code != home.code]
        return (home, *[place for place in more if place is not None][:MOST_PLACES])

    def _start(self, wallet: Wallet) -> str | None:
        """The job that the wallet stands for."""
        code = wallet.owner.removeprefix(STAND_IN) if wallet.owner.startswith(STAND_IN) else ""
        return code if code in self._graph else None

    def _known(self, codes: Sequence[str]) -> bool:
        return all(code in self._graph for code in codes)

    def _chosen(
        self, wallet: Wallet, goal: str, mine: Iterable[tuple[str, ...]], found: Iterable[search.Way]
    ) -> list[search.Way]:
        """Ways that the person keeps and that were not found; the one without stones is shown anyway."""
        shown = {way.stones for way in found}
        return [
            search.along(self._grounds.steps, wallet, stones, goal)
            for stones in mine
            if stones and stones not in shown
        ]

    def _blocked(
        self, wallet: Wallet, goal: str, view: PathwayView, ground: Ground, limit: int
    ) -> tuple[tuple[Limit, int], ...]:
        """Each limit without which there are ways; where it takes more than one, all of them together."""
        counts = [
            (asked, len(self._ways(wallet, goal, view.without(asked), ground, limit)))
            for asked in view.limits
        ]
        return tuple((asked, count) for asked, count in counts if count)

    def _nearby(self, found: Iterable[Likeness], scores: np.ndarray, ground: Ground) -> tuple[Nearby, ...]:
        places = ((each, self._graph.role_index[each.code]) for each in found)
        return tuple(
            Nearby(self._graph.listed[at], each.score, float(scores[at]), ground.markets.get(each.code))
            for each, at in places
        )

    def _unknown(self, ways: Iterable[Pathway], ground: Ground) -> tuple[Role, ...]:
        roles = {step.to_role.code: step.to_role for way in ways for step in way.steps}
        return tuple(
            role for code, role in roles.items() if np.isnan(ground.degrees[self._graph.role_index[code]])
        )

    def _refused(self, goal: str, view: PathwayView, ground: Ground) -> Limit | None:
        place = self._graph.role_index[goal]
        if view.no_degree and ground.degrees[place] == 1:
            return Limit.DEGREE
        if view.only_local and not ground.local[place]:
            return Limit.LOCAL
        return None


class KeptPathwayService:
    """The verbs about the pathways that a person chose; they need no roles to be read.

    Parameters
    ----------
    kept : KeptPathwayStore
    """

    def __init__(self, kept: KeptPathwayStore) -> None:
        self._kept = kept

    def mine(self, actor: Actor) -> tuple[KeptPathway, ...]:
        """Return the person's pathways, the newest first."""
        require(actor, Action.PLANS_READ, actor.person_id)
        return self._kept.of(str(actor.person_id))

    def keep(
        self, actor: Actor, goal: str, stones: Iterable[str] = (), area: str | None = None
    ) -> KeptPathway:
        """Keep a way to a goal; the same again only changes its place.

        Raises
        ------
        PathwayRefused
            If it is no way over roles, or the person keeps as many as can be.
        """
        require(actor, Action.PLANS_CHANGE, actor.person_id)
        through = tuple(stones)
        codes = (*through, goal)
        if (
            len(through) > search.STONES
            or len(set(codes)) < len(codes)
            or not all(ROLE_CODE.fullmatch(code) for code in codes)
        ):
            raise PathwayRefused(_("Choose one of the pathways that are shown."))
        place = area if area and AREA_CODE.fullmatch(area) else None
        kept = self._kept.keep(str(actor.person_id), goal, through, place, MOST_KEPT)
        if kept is None:
            raise PathwayRefused(
                _("You keep %(most)d pathways already. Take one away first."), most=MOST_KEPT
            )
        return kept

    def remove(self, actor: Actor, pathway_id: str) -> None:
        """Take a pathway away.

        Raises
        ------
        NoSuchPathway
        """
        require(actor, Action.PLANS_CHANGE, actor.person_id)
        if not self._kept.remove(str(actor.person_id), pathway_id):
            raise NoSuchPathway(_("There is no such pathway among yours."))


class _Composer:
    """Makes steps of codes; what two ways begin with alike is matched once."""

    def __init__(
        self, graph: SkillRoleGraph, grounds: Grounds, ground: Ground, wallet: Wallet, start: str | None
    ) -> None:
        self._graph = graph
        self._grounds = grounds
        self._ground = ground
        self._wallet = wallet
        self._start = start
        self._made: dict[tuple[str, ...], Step] = {}

    def steps(self, codes: Sequence[str]) -> tuple[Step, ...]:
        """The steps into each of the roles, one after the other."""
        return tuple(self._step(tuple(codes[: place + 1])) for place in range(len(codes)))

    def _step(self, through: tuple[str, ...]) -> Step:
        if through not in self._made:
            self._made[through] = self._new(through[-2] if len(through) > 1 else self._start, through)
        return self._made[through]

    def _new(self, before: str | None, through: tuple[str, ...]) -> Step:
        graph, ground, steps, code = self._graph, self._ground, self._grounds.steps, through[-1]
        found = match(graph, learned(graph, self._wallet, through[:-1]), code)
        here = graph.role_index[code]
        there = None if before is None else graph.role_index[before]
        listed = graph.listed[here]
        return Step(
            from_role=None if there is None else graph.listed[there],
            to_role=listed,
            match=found,
            within_reach=found.score >= REACH - search.ROUNDING,
            pay_before=Amount() if before is None else ground.amounts_pay[before],
            pay_after=ground.amounts_pay[code],
            openings=ground.amounts_openings[code],
            market=ground.markets.get(code),
            preparation_before=None if before is None else self._grounds.preparations.get(before),
            preparation=self._grounds.preparations.get(code),
            likeness=None if there is None else steps.likeness.get(there, {}).get(here),
            moves=None if there is None else steps.moves.get(there, {}).get(here),
        )

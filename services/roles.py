"""What anyone may ask about roles, places and their figures, without signing in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from accounts.actor import VISITOR, Actor
from accounts.errors import marked as _
from accounts.permissions import Action, require
from graph.build import SkillRoleGraph
from graph.model import (
    Area,
    Destination,
    JobFamily,
    LaborMarket,
    Likeness,
    ModelledMove,
    ObservedMove,
    Outlook,
    Role,
    Skill,
    Source,
)
from graph.moves import counted_out, destinations
from graph.similar import similar
from services.errors import AreaNotFound, RoleNotFound
from services.role_search import RoleIndex

NATION = "0000000"
SOC_OCCUPATION, SOC_MINOR_GROUP = len("15-1299"), len("15-1")


class LaborBook(Protocol):
    """What the services need of the labour-market store."""

    def sources(self) -> tuple[Source, ...]: ...
    def job_families(self) -> tuple[JobFamily, ...]: ...
    def area(self, code: str) -> Area | None: ...
    def areas(self, text: str = "", limit: int = 20) -> tuple[Area, ...]: ...
    def market(self, role_code: str, area_code: str) -> LaborMarket | None: ...
    def markets(self, role_codes: Iterable[str], area_code: str) -> Mapping[str, LaborMarket]: ...
    def outlooks(self, role_codes: Iterable[str], area_code: str) -> Mapping[str, Outlook]: ...
    def search_skills(self, text: str, limit: int = 20) -> tuple[Skill, ...]: ...
    def modelled_moves(self, role_code: str) -> tuple[ModelledMove, ...]: ...
    def observed_moves(self) -> tuple[ObservedMove, ...]: ...


class RoleService:
    """The verbs about roles and places.

    Parameters
    ----------
    labor : LaborBook
        The labour-market store.
    graph : SkillRoleGraph
    index : RoleIndex
        Over the same roles.
    actor : Actor, optional
        Who asks; everything here is open to a visitor.
    """

    def __init__(
        self, labor: LaborBook, graph: SkillRoleGraph, index: RoleIndex, actor: Actor = VISITOR
    ) -> None:
        self._labor = labor
        self._graph = graph
        self._index = index
        self._actor = actor

    def search(
        self, query: str = "", job_family: str | None = None, area: str | None = None, limit: int = 20
    ) -> tuple[tuple[Role, LaborMarket | None], ...]:
        """Find roles by any title people use, best first.

        Parameters
        ----------
        query : str
            Words of a title; empty for all roles by title.
        job_family : str or None
            SOC major group, two digits.
        area : str or None
            Where the figures are of; the nation when not said. Roles without figures
            there come all the same.

        Returns
        -------
        tuple of (Role, LaborMarket or None)
            Roles without requirements, as in every list; ``None`` where OEWS has no such occupation.

        Raises
        ------
        AreaNotFound
            If there is no such area.
        """
        require(self._actor, Action.ROLES_READ)
        place = self.place(area)
        found = self._index.search(
            query, lambda role: job_family is None or role.job_family.code == job_family
        )[:limit]
        markets = self._labor.markets([role.code for role in found], place.code)
        return tuple((role, markets.get(role.code)) for role in found)

    def role(self, code: str, area: str | None = None) -> tuple[Role, LaborMarket | None]:
        """Return a role with its requirements, and its figures in ``area`` (the nation when not said).

        Raises
        ------
        RoleNotFound, AreaNotFound
        """
        require(self._actor, Action.ROLES_READ)
        place = self.place(area)
        if code not in self._graph:
            raise role_not_found(code)
        return self._graph.role(code), self._labor.market(code, place.code)

    def title(self, code: str) -> str:
        """Return a role's title; ``RoleNotFound`` when there is none."""
        require(self._actor, Action.ROLES_READ)
        if code not in self._graph:
            raise role_not_found(code)
        return self._graph.role(code).title

    def similar(self, code: str, limit: int = 10) -> tuple[Likeness, ...]:
        """Return the roles most like this one, best first.

        Raises
        ------
        RoleNotFound
        """
        require(self._actor, Action.ROLES_READ)
        if code not in self._graph:
            raise role_not_found(code)
        titles = {role.code: role.title for role in self._graph.listed}
        return similar(self._graph.similar, titles, code, limit)

    def moves(self, code: str, limit: int = 10) -> tuple[Destination, ...]:
        """Return where people who leave this role go, the most usual first.

        As a loaded table counts it, where that has the role's occupation; else as the model says.

        Raises
        ------
        RoleNotFound
        """
        require(self._actor, Action.ROLES_READ)
        if code not in self._graph:
            raise role_not_found(code)
        roles = {role.code: role for role in self._graph.listed}
        counted = counted_out(self._labor.observed_moves(), roles, [code]).get(code, ())
        return destinations(roles, counted, self._labor.modelled_moves(code))[:limit]

    def instead(self, code: str, limit: int = 6) -> tuple[Role, ...]:
        """Return roles with requirements that may be meant by one that has none.

        First the detailed roles of the same SOC occupation (the first seven characters of the
        code) by title, then the ones most like it, at most ``limit`` of these. Where there are
        neither, at most ``limit`` of the same SOC minor group; none where that has none either.

        Raises
        ------
        RoleNotFound
        """
        # Far more than are shown, since some of the most similar have no requirements either.
        alike = (self._graph.role(found.code) for found in self.similar(code, limit=10 * limit))
        detailed = self._described(code, SOC_OCCUPATION)
        others = [role for role in alike if role.requirements and role not in detailed][:limit]
        return (*detailed, *others) or self._described(code, SOC_MINOR_GROUP)[:limit]

    def _described(self, code: str, shared: int) -> tuple[Role, ...]:
        """Roles with requirements that share so many characters of the code, by title."""
        codes = (role.code for role in self._graph.listed if role.code[:shared] == code[:shared])
        roles = (self._graph.role(other) for other in codes if other != code)
        return tuple(sorted((role for role in roles if role.requirements), key=lambda role: role.title))

    def markets(self, codes: Iterable[str], area: str | None = None) -> Mapping[str, LaborMarket]:
        """Return the figures of many roles in ``area``; those that OEWS does not count are absent.

        Raises
        ------
        AreaNotFound
        """
        require(self._actor, Action.ROLES_READ)
        return self._labor.markets(codes, self.place(area).code)

    def outlooks(self, codes: Iterable[str], area: str | None = None) -> Mapping[str, Outlook]:
        """Return how employment in roles is projected, in the state of ``area`` or the nation.

        Roles that nobody projects are absent, and all of them where no projections are loaded.

        Raises
        ------
        AreaNotFound
        """
        require(self._actor, Action.ROLES_READ)
        return self._labor.outlooks(codes, self.place(area).code)

    def area(self, code: str) -> Area | None:
        """Return the area of that code, ``None`` when there is none."""
        require(self._actor, Action.ROLES_READ)
        return self._labor.area(code)

    def place(self, code: str | None) -> Area:
        """Return the area of that code, the nation for ``None``.

        Raises
        ------
        AreaNotFound
        """
        require(self._actor, Action.ROLES_READ)
        area = self._labor.area(code or NATION)
        if area is None:
            raise AreaNotFound(_("There is no place with the code %(code)s."), code=code or NATION)
        return area

    def areas(self, query: str = "", limit: int = 20) -> tuple[Area, ...]:
        """Return places whose name or code answers ``query``."""
        require(self._actor, Action.ROLES_READ)
        return self._labor.areas(query, limit)

    def job_families(self) -> tuple[JobFamily, ...]:
        """Return the SOC major groups."""
        require(self._actor, Action.ROLES_READ)
        return self._labor.job_families()

    def skills(self, query: str, limit: int = 20) -> tuple[Skill, ...]:
        """Return published skill statements that answer ``query``."""
        require(self._actor, Action.ROLES_READ)
        return self._labor.search_skills(query, limit)

    def sources(self) -> tuple[Source, ...]:
        """Return the releases that numbers and words come from."""
        require(self._actor, Action.ROLES_READ)
        return self._labor.sources()


def role_not_found(code: str) -> RoleNotFound:
    """The same words wherever a role is asked for that is not there."""
    return RoleNotFound(_("There is no role with the code %(code)s."), code=code)

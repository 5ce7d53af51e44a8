"""One wallet against one role: the squares, with local figures."""

from __future__ import annotations

from accounts.actor import Actor
from accounts.permissions import Action, require
from graph.build import SkillRoleGraph
from graph.match import match, match_all
from graph.model import Career, Match, Wallet
from services.network import require_wallet
from services.roles import NATION, LaborBook, role_not_found


class GapService:
    """The verbs about how far a wallet reaches.

    Parameters
    ----------
    labor : LaborBook
    graph : SkillRoleGraph
    actor : Actor
        Who asks; the wallet has to be theirs, or nobody's.
    """

    def __init__(self, labor: LaborBook, graph: SkillRoleGraph, actor: Actor) -> None:
        self._labor = labor
        self._graph = graph
        self._actor = actor

    def gap(
        self,
        wallet: Wallet,
        code: str,
        area: str | None = None,
        *,
        verified_only: bool = False,
        chosen: bool = False,
    ) -> Career:
        """Return the role with every square, and its figures in ``area``.

        An area that does not exist gives the nation's figures; ``Career.market.area`` says so.

        Raises
        ------
        RoleNotFound
        """
        require_wallet(self._actor, wallet)
        if code not in self._graph:
            raise role_not_found(code)
        place = (self._labor.area(area) if area else None) or self._labor.area(NATION)
        found = match(self._graph, wallet, code, verified_only=verified_only)
        market = self._labor.market(code, place.code if place else NATION)
        return Career(match=found, chosen=chosen, market=market)

    def matches(
        self, wallet: Wallet, limit: int | None = None, *, verified_only: bool = False
    ) -> tuple[Match, ...]:
        """Return the roles the wallet reaches best, best first; roles that require nothing are left out."""
        require_wallet(self._actor, wallet)
        require(self._actor, Action.ROLES_READ)
        found = match_all(self._graph, wallet, verified_only)
        return tuple(m for m in found if self._graph.role(m.role.code).requirements)[:limit]

"""One wallet against one role: the squares, with local figures."""

from __future__ import annotations

from accounts.actor import VISITOR, Actor
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
    """

    def __init__(self, labor: LaborBook, graph: SkillRoleGraph) -> None:
        self._labor = labor
        self._graph = graph

    def gap(
        self,
        wallet: Wallet,
        code: str,
        area: str | None = None,
        actor: Actor = VISITOR,
        *,
        verified_only: bool = False,
        chosen: bool = False,
    ) -> Career:
        """Return the role with every square, and its figures in ``area``.

        The wallet has to be the actor's own, or one that is no person's.

        An area that does not exist gives the nation's figures; ``Career.market.area`` says so.

        Raises
        ------
        RoleNotFound
        """
        require_wallet(actor, wallet)
        if code not in self._graph:
            raise role_not_found(code)
        place = (self._labor.area(area) if area else None) or self._labor.area(NATION)
        found = match(self._graph, wallet, code, verified_only=verified_only)
        where = place.code if place else NATION
        outlook = self._labor.outlooks((code,), where).get(code)
        return Career(found, chosen, self._labor.market(code, where), outlook)

    def matches(
        self,
        wallet: Wallet,
        limit: int | None = None,
        actor: Actor = VISITOR,
        *,
        verified_only: bool = False,
        squares: bool = False,
    ) -> tuple[Match, ...]:
        """Return the roles the wallet reaches best, best first; roles that require nothing are left out.

        With ``squares`` each comes with its squares and facets, at the cost of matching it by itself.
        """
        require_wallet(actor, wallet)
        found = match_all(self._graph, wallet, verified_only)
        best = tuple(m for m in found if self._graph.role(m.role.code).requirements)[:limit]
        if not squares:
            return best
        return tuple(match(self._graph, wallet, m.role.code, verified_only=verified_only) for m in best)

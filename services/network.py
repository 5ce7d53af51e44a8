"""The career network: a person in the middle, and the careers around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import log

from accounts.actor import VISITOR, Actor
from accounts.permissions import Action, require
from graph.build import SkillRoleGraph
from graph.match import match, match_all
from graph.model import (
    Area,
    Career,
    CareerLink,
    Destination,
    Evidence,
    Holding,
    LaborMarket,
    Match,
    Network,
    Standing,
    Wallet,
)
from graph.moves import counted_out, leads
from services.roles import NATION, LaborBook, role_not_found

MOST_CAREERS = 12
TWINS = 2
"""Suggestions at most from one SOC broad occupation (the code's first six characters)."""
NEIGHBOURS = 4
"""Suggestions at most from one SOC minor group (the code's first four characters)."""
LEADS_TO = 20
"""Two careers are joined when one is among so many most like the other,"""
ALIKE = 0.3
"""and their likeness is at least this."""
BESIDE = 3.0
"""What sharing everything adds to the logarithm of the share who go there, where a job was named."""
FEWER = 0.5
"""Where a role is not among the likeliest moves: as if half as many went there as to the last of these."""
LINKS = 2
"""Of a career's links the strongest so many are drawn; more is a hairball."""
STAND_IN = "role:"
"""Owner of a wallet that is a role's, not a person's."""

THE_NATION = Area(NATION, "United States", "nation")


@dataclass(frozen=True, slots=True)
class NetworkView:
    """What the picture was asked to show: everything that stands in its address.

    Attributes
    ----------
    area : str
        OEWS area or county code.
    job_family : str or None
        Suggest only from this SOC major group.
    careers : tuple of str
        Chosen role codes, in the order they were chosen.
    opened : str or None
        The role whose squares are shown.
    now : str or None
        The job somebody without a wallet does now.
    verified_only : bool
        Count only what somebody else stands by.
    suggested : bool
        Fill up with the closest careers.
    limit : int
        Careers on the picture, at most.
    """

    area: str = NATION
    job_family: str | None = None
    careers: tuple[str, ...] = ()
    opened: str | None = None
    now: str | None = None
    verified_only: bool = False
    suggested: bool = True
    limit: int = MOST_CAREERS


class NetworkService:
    """Draws up the career network.

    Parameters
    ----------
    labor : LaborBook
    graph : SkillRoleGraph
    """

    def __init__(self, labor: LaborBook, graph: SkillRoleGraph) -> None:
        self._labor = labor
        self._graph = graph

    def network(self, wallet: Wallet, view: NetworkView, actor: Actor = VISITOR) -> Network:
        """Return the careers around a wallet.

        Chosen careers come first, as they were chosen; then the suggested ones, closest first.
        A suggestion shares at least something with the wallet, is not the present job, and
        comes from ``view.job_family`` when one is set. So that the picture is not twelve
        names for one job, at most ``TWINS`` suggestions share a SOC broad occupation and at
        most ``NEIGHBOURS`` a minor group, as long as there are others. The opened role is on the
        picture even when neither chosen nor among the closest, in the place of the last suggestion.

        Codes that are no roles are passed over. An area that does not exist gives the
        nation: ``Network.area`` says which it was.

        Parameters
        ----------
        wallet : Wallet
            The actor's own, or one that is no person's.
        view : NetworkView
        actor : Actor
            Who asks.

        Returns
        -------
        Network
            All careers with their figures; squares only on the opened one.

        Raises
        ------
        SignInNeeded, PermissionDenied
            If the wallet is somebody else's.
        """
        require_wallet(actor, wallet)
        area = self._labor.area(view.area) or self._labor.area(NATION) or THE_NATION
        ranked = match_all(self._graph, wallet, view.verified_only)
        by_code = {found.role.code: found for found in ranked}
        limit = max(0, min(view.limit, MOST_CAREERS))
        chosen = [code for code in dict.fromkeys(view.careers) if code in by_code][:limit]
        opened = view.opened if view.opened in by_code else None
        room = limit - len(chosen)
        suggested: list[str] = []
        if view.suggested and room:
            nearest = self._where_people_go(ranked, view.now) if _stands_in(wallet) else ranked
            suggested = self._closest(nearest, view, {*chosen, view.now or ""}, room)
        if opened and opened not in chosen and opened not in suggested:
            suggested = [*suggested[: room - 1], opened] if room else suggested
            opened = opened if room else None

        on_picture = (*chosen, *suggested)
        markets = self._labor.markets(on_picture, area.code)
        usual = {code: move.share for code, move in self._usual(wallet, view.now).items()}
        careers = tuple(
            Career(by_code[code], code in chosen, markets.get(code), usual=usual.get(code))
            for code in on_picture
        )
        return Network(
            wallet=wallet,
            area=area,
            careers=careers,
            links=self._links(by_code, on_picture),
            opened=self._opened(wallet, view, opened, opened in chosen, markets, usual, area),
        )

    def wallet_of_role(self, code: str) -> Wallet:
        """Return what somebody doing this job can be taken to have: their stand-in wallet.

        Every requirement of the role, self-asserted, at the level required.

        Raises
        ------
        RoleNotFound
        """
        require(VISITOR, Action.ROLES_READ)
        if code not in self._graph:
            raise role_not_found(code)
        role = self._graph.role(code)
        evidence = (Evidence(record_id=STAND_IN + code, title=role.title, issuer="", kind="role"),)
        return Wallet(
            owner=STAND_IN + code,
            holdings=tuple(
                Holding(r.skill, Standing.SELF_ASSERTED, r.level, evidence) for r in role.requirements
            ),
        )

    def _where_people_go(self, ranked: Iterable[Match], now: str | None) -> tuple[Match, ...]:
        """Matches in the order in which they are suggested to somebody who only named their job.

        All that is known of them is a role, so where people who leave it go counts most, and the skills
        that the two share beside it (``docs/guidance.md`` measures how much); where nothing is known of
        moves, how alike the roles are. A record says more than that, and is ranked by match alone.
        """
        known = self._graph.moves.get(now or "", ())
        alike = dict(self._graph.similar.get(now or "", ()))
        moves = dict(known)
        least = min(moves.values(), default=1.0) * FEWER

        def order(found: Match) -> tuple[float, str]:
            code = found.role.code
            beside = (found.score + alike.get(code, 0.0)) / 2
            if not moves:
                return -beside, found.role.title
            return -(log(moves.get(code) or least) + BESIDE * beside), found.role.title

        return tuple(sorted(ranked, key=order))

    def _usual(self, wallet: Wallet, now: str | None) -> Mapping[str, Destination]:
        """Where those go who leave the job that was named; nothing for a record."""
        if not now or not _stands_in(wallet):
            return {}
        roles = {role.code: role for role in self._graph.listed}
        counted = counted_out(self._labor.observed_moves(), roles, [now]).get(now, ())
        return leads(roles, counted, self._labor.modelled_moves(now))

    def _closest(self, ranked: Iterable[Match], view: NetworkView, taken: set[str], room: int) -> list[str]:
        picked: list[str] = []
        alike: list[str] = []
        crowd: dict[str, int] = {}
        for found in ranked:
            code = found.role.code
            if found.score <= 0 or len(picked) == room:
                break
            if code in taken or view.job_family not in (None, found.role.job_family.code):
                continue
            broad, minor = code[:6], code[:4]
            if crowd.get(broad, 0) >= TWINS or crowd.get(minor, 0) >= NEIGHBOURS:
                alike.append(code)
                continue
            picked.append(code)
            crowd[broad] = crowd.get(broad, 0) + 1
            crowd[minor] = crowd.get(minor, 0) + 1
        filled = {*picked, *alike[: room - len(picked)]}
        return [found.role.code for found in ranked if found.role.code in filled]

    def _links(self, by_code: Mapping[str, Match], codes: tuple[str, ...]) -> tuple[CareerLink, ...]:
        """Joined by likeness, drawn from the career the person is closer to."""
        likeness: dict[frozenset[str], float] = {}
        for one, other in combinations(codes, 2):
            scores = [
                score
                for a, b in ((one, other), (other, one))
                for code, score in self._graph.similar.get(a, ())[:LEADS_TO]
                if code == b and score >= ALIKE
            ]
            if scores:
                likeness[frozenset((one, other))] = max(scores)
        drawn: dict[str, int] = {}
        links = []
        for pair in sorted(likeness, key=lambda p: (-likeness[p], sorted(p))):
            if any(drawn.get(code, 0) >= LINKS for code in pair):
                continue
            for code in pair:
                drawn[code] = drawn.get(code, 0) + 1
            source, target = sorted(pair, key=lambda code: (-by_code[code].score, code))
            links.append(CareerLink(source, target, likeness[pair]))
        return tuple(links)

    def _opened(
        self,
        wallet: Wallet,
        view: NetworkView,
        code: str | None,
        chosen: bool,
        markets: Mapping[str, LaborMarket],
        usual: Mapping[str, float],
        area: Area,
    ) -> Career | None:
        if code is None:
            return None
        found = match(self._graph, wallet, code, verified_only=view.verified_only)
        outlook = self._labor.outlooks((code,), area.code).get(code)
        return Career(found, chosen, markets.get(code), outlook, usual.get(code))


def _stands_in(wallet: Wallet) -> bool:
    return wallet.owner.startswith(STAND_IN)


def require_wallet(actor: Actor, wallet: Wallet) -> None:
    """Permission to look at a wallet: it is the actor's own, or stands for no person."""
    if wallet.owner and not _stands_in(wallet):
        require(actor, Action.WALLET_READ, wallet.owner)
    else:
        require(actor, Action.ROLES_READ)

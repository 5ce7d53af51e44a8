"""Up to four roles side by side: what is matched, what they pay here and elsewhere, what moving brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from accounts.actor import VISITOR, Actor
from graph.build import SkillRoleGraph
from graph.gap import gap
from graph.match import match
from graph.model import (
    Area,
    LaborMarket,
    Match,
    Outlook,
    Preparation,
    PriceParity,
    Square,
    SquareState,
    Wallet,
)
from services.network import THE_NATION, require_wallet
from services.roles import NATION

MOST = 4
NAMED = 5


class Book(Protocol):
    """What is needed of the labour-market store."""

    def area(self, code: str) -> Area | None: ...
    def markets(self, role_codes: Iterable[str], area_code: str) -> Mapping[str, LaborMarket]: ...
    def outlooks(self, role_codes: Iterable[str], area_code: str) -> Mapping[str, Outlook]: ...
    def preparations(self) -> Mapping[str, Preparation]: ...
    def price_parity(self, area_code: str) -> PriceParity | None: ...


@dataclass(frozen=True, slots=True)
class Column:
    """One role of a comparison.

    Attributes
    ----------
    match : Match
        With its squares.
    here, elsewhere : LaborMarket or None
        Figures of the two places.
    outlook : Outlook or None
    preparation : Preparation or None
    to_gain : tuple of Square
        What would add most, at most ``NAMED``.
    carried : int
        Squares that are matched already.
    change : float or None
        Median wage here less that of the first role, US dollars a year; ``None`` for the first, and where
        one of the two is not published.
    """

    match: Match
    here: LaborMarket | None
    elsewhere: LaborMarket | None
    outlook: Outlook | None
    preparation: Preparation | None
    to_gain: tuple[Square, ...]
    carried: int
    change: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Roles side by side in two places.

    Attributes
    ----------
    area, elsewhere : Area
    columns : tuple of Column
    least, most : float
        Ends of the common scale of wages, US dollars a year; equal where no wage is published.
    shared : tuple of str
        Names of skills that every role requires.
    parity_here, parity_elsewhere : PriceParity or None
        Price levels of the two places, where a release with them is loaded.
    """

    area: Area
    elsewhere: Area
    columns: tuple[Column, ...]
    least: float = 0.0
    most: float = 0.0
    shared: tuple[str, ...] = ()
    parity_here: PriceParity | None = None
    parity_elsewhere: PriceParity | None = None


class CompareService:
    """The verb of comparing.

    Parameters
    ----------
    labor : Book
    graph : SkillRoleGraph
    """

    def __init__(self, labor: Book, graph: SkillRoleGraph) -> None:
        self._labor = labor
        self._graph = graph

    def compare(
        self,
        wallet: Wallet,
        codes: Iterable[str],
        area: str | None = None,
        elsewhere: str | None = None,
        actor: Actor = VISITOR,
    ) -> Comparison:
        """Return up to four roles side by side; codes that are no roles are passed over.

        The wallet has to be the actor's own, or one that is no person's. A place that does not exist is
        taken as the nation.
        """
        require_wallet(actor, wallet)
        wanted = [code for code in dict.fromkeys(codes) if code in self._graph][:MOST]
        nation = self._labor.area(NATION) or THE_NATION
        here = (self._labor.area(area) if area else None) or nation
        there = (self._labor.area(elsewhere) if elsewhere else None) or nation
        markets = self._labor.markets(wanted, here.code)
        others = self._labor.markets(wanted, there.code)
        outlooks = self._labor.outlooks(wanted, here.code)
        preparations = self._labor.preparations() if wanted else {}
        columns: list[Column] = []
        for code in wanted:
            found = match(self._graph, wallet, code)
            first = markets.get(wanted[0]) if columns else None
            columns.append(
                Column(
                    match=found,
                    here=markets.get(code),
                    elsewhere=others.get(code),
                    outlook=outlooks.get(code),
                    preparation=preparations.get(code),
                    to_gain=gap(found)[:NAMED],
                    carried=sum(s.state is SquareState.MATCHED and not s.hidden for s in found.squares),
                    change=_change(first, markets.get(code)) if columns else None,
                )
            )
        ends = [
            figure.value
            for market in (*markets.values(), *others.values())
            for point in ("p10", "p90")
            if (figure := market.annual.get(point)) is not None and figure.value is not None
        ]
        return Comparison(
            area=here,
            elsewhere=there,
            columns=tuple(columns),
            least=min(ends, default=0.0),
            most=max(ends, default=0.0),
            shared=_shared(columns),
            parity_here=self._labor.price_parity(here.code),
            parity_elsewhere=self._labor.price_parity(there.code),
        )


def median(market: LaborMarket | None) -> float | None:
    """The median annual wage, US dollars; ``None`` where none is published."""
    figure = None if market is None else market.annual.get("p50")
    return None if figure is None else figure.value


def _change(first: LaborMarket | None, market: LaborMarket | None) -> float | None:
    before, after = median(first), median(market)
    return None if before is None or after is None else after - before


def _shared(columns: Iterable[Column]) -> tuple[str, ...]:
    skills = [{s.requirement.skill.name for s in column.match.squares} for column in columns]
    if len(skills) < 2:
        return ()
    return tuple(sorted(set.intersection(*skills)))

"""What pathways stand on beside skills: pay, openings and preparation of every role, place by place.

Read once for a build and a choice of places, and kept: a query then only walks.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from graph.build import SkillRoleGraph
from graph.model import NOT_PUBLISHED, Amount, Area, Figure, LaborMarket, Outlook, Preparation
from graph.steps import StepGraph, build_steps
from services.roles import NATION

PLACES_KEPT = 48
DEGREE = 5
"""O*NET's category of required education from which a degree is needed: an associate's."""


class Book(Protocol):
    """What is needed of the labour-market store."""

    def area(self, code: str) -> Area | None: ...
    def markets(self, role_codes: Iterable[str], area_code: str) -> Mapping[str, LaborMarket]: ...
    def outlooks(self, role_codes: Iterable[str], area_code: str) -> Mapping[str, Outlook]: ...
    def preparations(self) -> Mapping[str, Preparation]: ...


@dataclass(frozen=True, eq=False, slots=True)
class Ground:
    """Every role in one choice of places; arrays by the role's position, NaN where it is not known.

    Attributes
    ----------
    amounts_pay, amounts_openings : mapping of str to Amount
        By role code.
    markets : mapping of str to LaborMarket
        Of the first place.
    pay, openings, zones : numpy.ndarray, shape (roles,)
        US dollars a year; openings a year or jobs; job zone.
    degrees : numpy.ndarray, shape (roles,)
        1 where the role usually takes a degree, 0 where it does not.
    local : numpy.ndarray of bool, shape (roles,)
        Roles with published jobs in one of the places.
    projected : bool
        Whether openings are projected ones; else they are the jobs there are.
    """

    amounts_pay: Mapping[str, Amount]
    amounts_openings: Mapping[str, Amount]
    markets: Mapping[str, LaborMarket]
    pay: np.ndarray
    openings: np.ndarray
    zones: np.ndarray
    degrees: np.ndarray
    local: np.ndarray
    projected: bool


class Grounds:
    """The grounds of one build.

    Parameters
    ----------
    labor : Book
    graph : SkillRoleGraph
    """

    def __init__(self, labor: Book, graph: SkillRoleGraph) -> None:
        self._labor = labor
        self._codes = [role.code for role in graph.roles]
        self.steps: StepGraph = build_steps(graph)
        self.preparations = labor.preparations()
        self._nation = labor.markets(self._codes, NATION)
        self._kept: OrderedDict[tuple[str, ...], Ground] = OrderedDict()
        self._lock = threading.Lock()

    def at(self, places: tuple[Area, ...]) -> Ground:
        """The ground of some places, the first of them home."""
        key = tuple(place.code for place in places)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        ground = self._read(places)
        with self._lock:
            self._kept[key] = ground
            while len(self._kept) > PLACES_KEPT:
                self._kept.popitem(last=False)
        return ground

    def _read(self, places: tuple[Area, ...]) -> Ground:
        markets = [
            self._nation if place.code == NATION else self._labor.markets(self._codes, place.code)
            for place in places
        ]
        outlooks = self._labor.outlooks(self._codes, places[0].code)
        projected = any(one.openings.value is not None for one in outlooks.values())
        pay = {code: _pay([*markets, self._nation], code) for code in self._codes}
        openings = {
            code: _projected(outlooks.get(code)) if projected else _jobs(markets, places, code)
            for code in self._codes
        }
        return Ground(
            amounts_pay=pay,
            amounts_openings=openings,
            markets=markets[0],
            pay=_array(pay[code].value for code in self._codes),
            openings=_array(openings[code].value for code in self._codes),
            zones=_array(self._zone(code) for code in self._codes),
            degrees=_array(self._degree(code, outlooks.get(code)) for code in self._codes),
            local=np.array([_jobs(markets, places, code).value is not None for code in self._codes]),
            projected=projected,
        )

    def _zone(self, code: str) -> float | None:
        found = self.preparations.get(code)
        return None if found is None else found.job_zone

    def _degree(self, code: str, outlook: Outlook | None) -> float | None:
        """Whether the role usually takes a degree: by O*NET's respondents, else by what BLS calls typical."""
        found = self.preparations.get(code)
        usual = None if found is None else found.usual_education
        if usual is not None:
            return float(usual[0] >= DEGREE)
        if outlook is not None and outlook.entry_education:
            return float("degree" in outlook.entry_education.casefold())
        return None


def _array(values: Iterable[float | None]) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _pay(markets: list[Mapping[str, LaborMarket]], code: str) -> Amount:
    """The median annual wage of the first place that publishes one."""
    for each in markets:
        market = each.get(code)
        figure = None if market is None else market.annual.get("p50")
        if market is not None and figure is not None and figure.value is not None:
            return Amount(figure, market.area)
    return Amount()


def _jobs(markets: list[Mapping[str, LaborMarket]], places: tuple[Area, ...], code: str) -> Amount:
    """Jobs in all of the places that publish them; two places within one OEWS area count once."""
    found = {
        market.area.code: market.employment.value
        for each in markets
        if (market := each.get(code)) is not None and market.employment.value is not None
    }
    return (
        Amount(Figure(float(sum(found.values()))), places[0]) if found else Amount(NOT_PUBLISHED, places[0])
    )


def _projected(outlook: Outlook | None) -> Amount:
    return Amount() if outlook is None else Amount(outlook.openings, outlook.area)

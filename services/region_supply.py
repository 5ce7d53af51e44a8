"""Who lets themselves be counted, brought up to this moment, and what may be told of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from accounts.consent import ConsentKind
from accounts.consents import ConsentStore
from accounts.store import PersonStore
from data.errors import LaborDataUnavailable
from data.store import LaborStore
from graph.region import Asked
from graph.suppress import Cells, threshold, told
from wallet.store import WalletStore

RECOUNT_SECONDS = 900.0
"""How long new records of people who consented may take to be counted. Whoever takes their consent back is out at
the next request; this is for everything else."""


@dataclass(frozen=True, eq=False, slots=True)
class Counted:
    """Exact counts of one county; they never leave this module but through ``graph.suppress``."""

    wallets: int
    holders: np.ndarray
    proven: np.ndarray


@dataclass(frozen=True, eq=False, slots=True)
class People:
    """What may be told of the people of every county.

    Attributes
    ----------
    cells : mapping of str to Cells
        By county; those of whom nothing may be told are absent.
    invented : frozenset of str
        Counties in which people of the demonstration population are counted.
    away : bool
        Whether the wallets could not be read at all.
    """

    cells: Mapping[str, Cells]
    invented: frozenset[str] = frozenset()
    away: bool = False


class RegionSupply:
    """Counts of consenting wallets, renewed whenever a consent changed.

    Every request asks the system of record whether a consent was given, taken back or deleted since; only
    then are the people who went taken out, those who came put in, and everything counted again.

    Parameters
    ----------
    labor : callable
        Gives the labour-market store, beside which the wallets are loaded.
    consents : ConsentStore
    people : PersonStore
    wallets : WalletStore
    url : str
        Of the system of record.
    today : callable
    secret : bytes
        Draws the thresholds of cells; the same in every process.
    population : callable
        Gives the demonstration population's counts by county, for skills in order; empty where it is off.
    """

    def __init__(
        self,
        labor: Callable[[], LaborStore],
        consents: ConsentStore,
        people: PersonStore,
        wallets: WalletStore,
        url: str,
        today: Callable[[], date],
        secret: bytes,
        population: Callable[[Asked], Mapping[str, Counted]],
    ) -> None:
        self._labor = labor
        self._consents = consents
        self._people = people
        self._wallets = wallets
        self._url = url
        self._today = today
        self._secret = secret
        self._population = population
        self._lock = threading.Lock()
        self._of: tuple[tuple[int, datetime | None, datetime | None], date, Asked] | None = None
        self._told = People({})
        self._loaded: tuple[int, date] | None = None
        self._loaded_at = 0.0
        self._thresholds: dict[tuple[str, Asked], np.ndarray] = {}

    def people(self, asked: Asked) -> People:
        """What may be told now, the skills in the order of ``asked``."""
        state, today = self._consents.state(ConsentKind.REGIONAL), self._today()
        now = (state, today, asked)
        if now != self._of:
            with self._lock:
                if now != self._of:
                    self._told = self._count(asked, today)
                    # Where it failed, the next request tries again.
                    self._of = None if self._told.away else now
        elif time.monotonic() - self._loaded_at > RECOUNT_SECONDS:
            self._loaded_at = time.monotonic()
            threading.Thread(target=self._reload, name="recount", daemon=True).start()
        return self._told

    def follow(self) -> None:
        """Take out at once who no longer consents; nothing of theirs is left beside the labour-market data."""
        with self._lock:
            self._bring_up(self._today())
            self._of = None

    def _count(self, asked: Asked, today: date) -> People:
        try:
            self._bring_up(today)
            labor = self._labor()
            counts = _by_county(asked, labor.region_counts(), labor.people_counted())
        except LaborDataUnavailable:
            return People({}, away=True)
        invented = self._population(asked)
        for county, more in invented.items():
            there = counts.get(county)
            counts[county] = more if there is None else _together(there, more)
        cells = {
            county: told(
                found.wallets,
                found.holders,
                found.proven,
                threshold(self._secret, county),
                self._least(county, asked),
            )
            for county, found in counts.items()
        }
        return People(
            {county: found for county, found in cells.items() if found.wallets is not None},
            frozenset(invented),
        )

    def _bring_up(self, today: date) -> None:
        labor = self._labor()
        loaded = (id(labor), today)
        if self._loaded != loaded:
            labor.load_wallets(self._url, today)
            self._loaded, self._loaded_at = loaded, time.monotonic()
        givers = self._consents.givers(ConsentKind.REGIONAL)
        labor.follow_wallets(givers, lambda come: self._holdings(come, today))

    def _holdings(
        self, person_ids: tuple[str, ...], today: date
    ) -> Iterable[tuple[str, str | None, str, str]]:
        areas = self._people.areas_of(person_ids)
        for person, uri, standing in self._wallets.counting(person_ids, today):
            yield person, areas.get(person), uri, standing.value

    def _reload(self) -> None:
        try:
            self._labor().load_wallets(self._url, self._today())
        except LaborDataUnavailable:
            return
        self._of = None

    def _least(self, county: str, asked: Asked) -> np.ndarray:
        key = (county, asked)
        found = self._thresholds.get(key)
        if found is None:
            found = np.array([threshold(self._secret, county, skill.uri) for skill in asked.skills], dtype=int)
            self._thresholds[key] = found
        return found


def _by_county(
    asked: Asked, rows: Iterable[tuple[str, str, int, int]], wallets: Mapping[str, int]
) -> dict[str, Counted]:
    column, size = asked.column, len(asked.skills)
    found = {
        county: Counted(people, np.zeros(size, dtype=int), np.zeros(size, dtype=int))
        for county, people in wallets.items()
    }
    for county, uri, holders, proven in rows:
        position = column.get(uri)
        if position is not None and county in found:
            found[county].holders[position] = holders
            found[county].proven[position] = proven
    return found


def _together(one: Counted, other: Counted) -> Counted:
    return Counted(one.wallets + other.wallets, one.holders + other.holders, one.proven + other.proven)

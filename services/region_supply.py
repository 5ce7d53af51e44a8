"""Who lets themselves be counted, brought up to this moment, and what may be told of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from accounts.consent import ConsentKind
from accounts.consents import ConsentStore, KindState
from accounts.store import PersonStore
from data.errors import LaborDataUnavailable
from data.store import LaborStore
from graph.bridges import bridges, pairs
from graph.build import SkillRoleGraph
from graph.model import Standing
from graph.population import Population
from graph.region import Asked
from graph.suppress import Cells, threshold, told
from wallet.store import WalletStore

RECOUNT_SECONDS = 900.0
"""How long new records of people who consented may take to be counted. Whoever takes their consent back is
out at
the next request; this is for everything else."""


@dataclass(frozen=True, eq=False, slots=True)
class Counted:
    """Exact counts of one county; they never leave this module but through ``graph.suppress``."""

    wallets: int
    holders: np.ndarray
    proven: np.ndarray


@dataclass(frozen=True, eq=False, slots=True)
class Bridged:
    """What may be told of who is one skill away from a role.

    Attributes
    ----------
    counts : mapping of str to numpy.ndarray
        By county: people for each requirement of the graph, then for each of ``graph.bridges.pairs``;
        rounded, NaN where withheld.
    """

    counts: Mapping[str, np.ndarray]


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

    Every request asks the system of record whether a consent was given, taken back or deleted since; then
    the people who went are taken out and those who came put in, and nobody else is counted again.

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
        Gives the demonstration population by county; empty where it is off.
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
        population: Callable[[Asked], Mapping[str, Population]],
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
        self._of: tuple[KindState, date, Asked] | None = None
        self._told = People({})
        self._state: KindState | None = None
        self._asked: Asked | None = None
        self._column: Mapping[str, int] = {}
        self._exact: dict[str, Counted] = {}
        self._loaded: tuple[int, str, date] | None = None
        self._loaded_at = 0.0
        self._graph: SkillRoleGraph | None = None
        self._bridges: dict[str, np.ndarray] | None = None
        self._meanwhile: list[tuple[tuple[tuple[str, str | None, str, str], ...], int]] | None = None
        self._counting = threading.Lock()
        self._invented: tuple[Asked, Mapping[str, Counted]] | None = None
        self._invented_bridges: Mapping[str, np.ndarray] = {}
        self._thresholds: dict[tuple[str, Asked], np.ndarray] = {}
        self._bridge_thresholds: dict[tuple[str, SkillRoleGraph], np.ndarray] = {}

    def people(self, asked: Asked) -> People:
        """What may be told now, the skills in the order of ``asked``."""
        now = (self._consents.state(ConsentKind.REGIONAL), self._today(), asked)
        if now != self._of:
            with self._lock:
                if now != self._of:
                    self._told = self._renewed(*now)
                    # Where it failed, the next request tries again.
                    self._of = None if self._told.away else now
        elif time.monotonic() - self._loaded_at > RECOUNT_SECONDS:
            self._loaded_at = time.monotonic()
            threading.Thread(target=self._reload, name="recount", daemon=True).start()
        return self._told

    def load(self) -> int:
        """Load everybody anew; the number of (person, skill) rows.

        Raises
        ------
        LaborDataUnavailable
            If the wallets cannot be read.
        """
        with self._lock:
            self._of = self._state = None
            return self._load(self._labor(), self._today())

    def _load(self, labor: LaborStore, today: date) -> int:
        rows = labor.load_wallets(self._url, today)
        self._loaded, self._loaded_at = (id(labor), labor.build_id, today), time.monotonic()
        return rows

    def renew(self, person_id: str) -> None:
        """Count one person anew at once, or no longer: nothing that they took away is left here."""
        with self._lock:
            if self._loaded is not None:
                self._replace(frozenset({person_id}), self._today())

    def _renewed(self, state: KindState, today: date, asked: Asked) -> People:
        try:
            labor = self._labor()
            if self._loaded != (id(labor), labor.build_id, today):
                self._load(labor, today)
                self._state = None
            if self._asked is not asked or self._state is None:
                self._all_again(labor, asked, today)
            else:
                changed = self._consents.changed_since(ConsentKind.REGIONAL, self._state)
                if changed.came != state.count - self._state.count:
                    # Somebody is gone with their account, and nothing says who.
                    self._all_again(labor, asked, today)
                else:
                    self._replace(changed.people, today)
            self._state = state
        except LaborDataUnavailable:
            return People({}, away=True)
        return self._tell(asked)

    def _all_again(self, labor: LaborStore, asked: Asked, today: date) -> None:
        """Everything from what is loaded, less those who are gone and with those who came."""
        givers = self._consents.givers(ConsentKind.REGIONAL)
        labor.follow_wallets(givers, lambda come: self._holdings(come, today))
        self._asked, self._column = asked, asked.column
        self._exact = _by_county(asked, labor.region_counts(), labor.people_counted())
        self._bridges = self._meanwhile = None

    def _replace(self, people: frozenset[str], today: date) -> None:
        """Take these people out, and put in what those of them who consent have now."""
        come = tuple(self._holdings(self._consents.givers(ConsentKind.REGIONAL, people), today))
        gone = self._labor().replace_wallets(people, come)
        for rows, sign in ((gone, -1), (come, 1)):
            self._add(rows, sign)
            self._add_bridges(rows, sign)

    def _add(self, rows: Iterable[tuple[str, str | None, str, str]], sign: int) -> None:
        owners: dict[str, set[str]] = {}
        for owner, county, uri, standing in rows:
            if county is None:
                continue
            owners.setdefault(county, set()).add(owner)
            found = self._exact.setdefault(county, _nobody(len(self._column)))
            position = self._column.get(uri)
            if position is not None:
                found.holders[position] += sign
                found.proven[position] += sign * Standing(standing).proven
        for county, listed in owners.items():
            there = self._exact[county]
            self._exact[county] = replace(there, wallets=there.wallets + sign * len(listed))

    def _tell(self, asked: Asked) -> People:
        invented = self._counted_population(asked)
        counts = dict(self._exact)
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

    def bridges_counted(self, graph: SkillRoleGraph) -> bool:
        """Whether `bridges` answers without counting everybody first."""
        return self._bridges is not None and self._graph is graph

    def bridges(self, asked: Asked, graph: SkillRoleGraph) -> Bridged:
        """What may be told now of who is one skill away from a role, by requirement of the graph."""
        told_of = self.people(asked)
        while self._bridges is None or self._graph is not graph:
            with self._counting:
                if self._bridges is None or self._graph is not graph:
                    self._count_bridges(asked, graph)
        with self._lock:
            exact = dict(self._bridges or {})
            for county, more in self._invented_bridges.items():
                exact[county] = exact[county] + more if county in exact else more
            sizes = {county: found.wallets for county, found in self._exact.items()}
            for county, found in self._counted_population(asked).items():
                sizes[county] = sizes.get(county, 0) + found.wallets
        none = np.zeros(len(graph.requirements) + len(pairs(graph)), dtype=int)
        counts = {
            county: told(
                sizes[county],
                found,
                none,
                threshold(self._secret, county),
                self._least_bridges(county, graph),
            ).holders
            for county, found in exact.items()
            if county in told_of.cells
        }
        return Bridged(counts)

    def _count_bridges(self, asked: Asked, graph: SkillRoleGraph) -> None:
        """Count everybody: some seconds, in which others go on; who changes meanwhile is put in after."""
        with self._lock:
            self._graph, self._bridges, self._meanwhile = graph, None, []
            round_of = self._meanwhile
            try:
                held = self._labor().wallet_holdings([skill.uri for skill in asked.skills])
            except LaborDataUnavailable:
                held = {}
            people = {county: counted.wallets for county, counted in self._exact.items()}
        none = np.zeros(0, dtype=int)
        found = {
            county: self._reckon(asked, graph, *held.get(county, (none, none)), count)
            for county, count in people.items()
        }
        invented = {
            county: self._reckon(asked, graph, one.owner, one.skill, one.people)
            for county, one in self._population(asked).items()
        }
        with self._lock:
            if self._meanwhile is not round_of:
                return  # Everybody was loaded anew meanwhile: once more.
            self._bridges, self._invented_bridges, self._meanwhile = found, invented, None
            for rows, sign in round_of:
                self._add_bridges(rows, sign)

    def _reckon(
        self, asked: Asked, graph: SkillRoleGraph, owner: np.ndarray, skill: np.ndarray, people: int
    ) -> np.ndarray:
        position = np.array([graph.skill_index[one.id] for one in asked.skills], dtype=int)
        return bridges(graph, owner, position[skill], people)

    def _add_bridges(self, rows: Iterable[tuple[str, str | None, str, str]], sign: int) -> None:
        if self._meanwhile is not None:
            self._meanwhile.append((tuple(rows), sign))
            return
        if self._bridges is None or self._graph is None or self._asked is None:
            return
        people: dict[str, dict[str, list[int]]] = {}
        for owner, county, uri, _standing in rows:
            if county is None:
                continue
            skills_of = people.setdefault(county, {}).setdefault(owner, [])
            if (position := self._column.get(uri)) is not None:
                skills_of.append(position)
        for county, held in people.items():
            owners = np.repeat(np.arange(len(held)), [len(skills) for skills in held.values()])
            skills = np.array([skill for each in held.values() for skill in each], dtype=int)
            change = self._reckon(self._asked, self._graph, owners, skills, len(held))
            before = self._bridges.get(county, np.zeros(len(change), dtype=int))
            self._bridges[county] = before + sign * change

    def _counted_population(self, asked: Asked) -> Mapping[str, Counted]:
        kept = self._invented
        if kept is None or kept[0] is not asked:
            size = len(asked.skills)
            kept = self._invented = (
                asked,
                {
                    county: Counted(
                        one.people,
                        np.bincount(one.skill, minlength=size),
                        np.bincount(one.skill[one.proven], minlength=size),
                    )
                    for county, one in self._population(asked).items()
                },
            )
        return kept[1]

    def _least_bridges(self, county: str, graph: SkillRoleGraph) -> np.ndarray:
        key = (county, graph)
        found = self._bridge_thresholds.get(key)
        if found is None:
            names = [
                f"{role.code}/{graph.requirements[entry].skill.uri}"
                for position, role in enumerate(graph.roles)
                for entry in range(graph.span(position).start, graph.span(position).stop)
            ]
            uris = [requirement.skill.uri for requirement in graph.requirements]
            names += [f"{names[one]}+{uris[other]}" for one, other in pairs(graph).tolist()]
            found = np.array([threshold(self._secret, county, name) for name in names], dtype=int)
            self._bridge_thresholds[key] = found
        return found

    def _holdings(self, person_ids: Iterable[str], today: date) -> Iterator[tuple[str, str | None, str, str]]:
        listed = tuple(person_ids)
        areas = self._people.areas_of(listed)
        for person, uri, standing in self._wallets.counting(listed, today):
            yield person, areas.get(person), uri, standing.value

    def _reload(self) -> None:
        with suppress(LaborDataUnavailable):
            self.load()

    def _least(self, county: str, asked: Asked) -> np.ndarray:
        key = (county, asked)
        found = self._thresholds.get(key)
        if found is None:
            found = np.array(
                [threshold(self._secret, county, skill.uri) for skill in asked.skills], dtype=int
            )
            self._thresholds[key] = found
        return found


def _by_county(
    asked: Asked, rows: Iterable[tuple[str, str, int, int]], wallets: Mapping[str, int]
) -> dict[str, Counted]:
    column, size = asked.column, len(asked.skills)
    found = {county: replace(_nobody(size), wallets=people) for county, people in wallets.items()}
    for county, uri, holders, proven in rows:
        position = column.get(uri)
        if position is not None and county in found:
            found[county].holders[position] = holders
            found[county].proven[position] = proven
    return found


def _nobody(skills: int) -> Counted:
    return Counted(0, np.zeros(skills, dtype=int), np.zeros(skills, dtype=int))


def _together(one: Counted, other: Counted) -> Counted:
    return Counted(one.wallets + other.wallets, one.holders + other.holders, one.proven + other.proven)

"""Who lets themselves be counted, brought up to this moment, and what may be told of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce

import numpy as np

from accounts.consent import ConsentKind
from accounts.consents import ConsentStore, KindState
from accounts.groups import GroupsState, GroupStore
from accounts.store import PersonStore
from data.errors import LaborDataUnavailable
from data.store import LaborStore
from data.wallets import Held
from graph.bounded import bounded_counts
from graph.bridges import bridges, pairs
from graph.build import SkillRoleGraph
from graph.model import GROUPS, PeopleGroup, Standing
from graph.population import Population
from graph.region import Asked
from graph.suppress import Cells, marks, threshold, thresholds, told, told_of_group
from services.region_releasing import Bounded
from wallet.store import WalletStore

RECOUNT_SECONDS = 900.0
"""How long new records of people who consented may take to be counted. Whoever takes their consent back is
out at
the next request; this is for everything else."""


ALL = PeopleGroup.ALL.bit
"""The mark under which everybody of a county is counted; each group has its own."""

Key = tuple[str, int]
"""A county and the mark of a group."""


@dataclass(frozen=True, eq=False, slots=True)
class Counted:
    """Exact counts of a county or a group in it; they never leave this module but by ``graph.suppress``."""

    wallets: int
    holders: np.ndarray
    proven: np.ndarray

    @property
    def all(self) -> tuple[int, np.ndarray, np.ndarray]:
        """The three of them."""
        return self.wallets, self.holders, self.proven


@dataclass(frozen=True, eq=False, slots=True)
class Bridged:
    """What may be told of who is one skill away from a role.

    Attributes
    ----------
    counts : mapping of str to numpy.ndarray
        By county: people for each requirement of the graph, then for each of ``graph.bridges.pairs``;
        rounded, NaN where withheld.
    groups : mapping of PeopleGroup to such a mapping
        The same of who told that they belong to a group.
    """

    counts: Mapping[str, np.ndarray]
    groups: Mapping[PeopleGroup, Mapping[str, np.ndarray]] = field(default_factory=dict)

    def of(self, group: PeopleGroup) -> Mapping[str, np.ndarray]:
        """By county, of a group or of all."""
        return self.counts if group is PeopleGroup.ALL else self.groups.get(group, {})


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
    groups : mapping of PeopleGroup to mapping of str to Cells
        The same of those who told that they belong to a group.
    """

    cells: Mapping[str, Cells]
    invented: frozenset[str] = frozenset()
    away: bool = False
    groups: Mapping[PeopleGroup, Mapping[str, Cells]] = field(default_factory=dict)

    def of(self, group: PeopleGroup) -> Mapping[str, Cells]:
        """By county, of a group or of all."""
        return self.cells if group is PeopleGroup.ALL else self.groups.get(group, {})


class RegionSupply:
    """Counts of consenting wallets, renewed whenever a consent changed.

    Every request asks the system of record whether a consent was given, taken back or deleted since; then
    the people who went are taken out and those who came put in, and nobody else is counted again.

    Parameters
    ----------
    labor : callable
        Gives the labour-market store, beside which the wallets are loaded.
    consents : ConsentStore
    groups : GroupStore
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
        groups: GroupStore,
        people: PersonStore,
        wallets: WalletStore,
        url: str,
        today: Callable[[], date],
        secret: bytes,
        population: Callable[[Asked], Mapping[str, Population]],
    ) -> None:
        self._labor = labor
        self._consents = consents
        self._groups = groups
        self._people = people
        self._wallets = wallets
        self._url = url
        self._today = today
        self._secret = secret
        self._population = population
        self._lock = threading.Lock()
        self._of: tuple[KindState, GroupsState, date, Asked] | None = None
        self._told = People({})
        self._state: KindState | None = None
        self._groups_state: GroupsState | None = None
        self._asked: Asked | None = None
        self._column: Mapping[str, int] = {}
        self._exact: dict[Key, Counted] = {}
        self._loaded: tuple[int, str, date] | None = None
        self._loaded_at = 0.0
        self._graph: SkillRoleGraph | None = None
        self._bridges: dict[Key, np.ndarray] | None = None
        self._meanwhile: list[tuple[tuple[Held, ...], int]] | None = None
        self._counting = threading.Lock()
        self._invented: tuple[Asked, Mapping[Key, Counted]] | None = None
        self._invented_bridges: Mapping[Key, np.ndarray] = {}
        self._drawn: tuple[Asked, np.ndarray] | None = None
        self._bridges_drawn: tuple[SkillRoleGraph, np.ndarray] | None = None
        # What is told of each county, until somebody in it comes or goes.
        self._cells: dict[str, Mapping[PeopleGroup, Cells]] = {}
        self._bridge_cells: dict[str, Mapping[PeopleGroup, np.ndarray]] = {}

    def people(self, asked: Asked) -> People:
        """What may be told now, the skills in the order of ``asked``."""
        now = (self._consents.state(ConsentKind.REGIONAL), self._groups.state(), self._today(), asked)
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
        groups = self._groups.state()
        rows = labor.load_wallets(self._url, today)
        # What is told of groups after this moment is put in when somebody asks.
        self._groups_state = groups
        self._loaded, self._loaded_at = (id(labor), labor.build_id, today), time.monotonic()
        return rows

    def renew(self, person_id: str) -> None:
        """Count one person anew at once, or no longer: nothing that they took away is left here."""
        with self._lock:
            if self._loaded is not None:
                self._replace(frozenset({person_id}), self._today())

    def _renewed(self, state: KindState, groups: GroupsState, today: date, asked: Asked) -> People:
        try:
            labor = self._labor()
            if self._loaded != (id(labor), labor.build_id, today):
                self._load(labor, today)
                self._state = None
            people: frozenset[str] = frozenset()
            if self._groups_state is not None and self._groups_state != groups:
                people = self._groups.changed_since(self._groups_state)
            if self._asked is not asked or self._state is None:
                self._all_again(labor, asked, today)
            else:
                changed = self._consents.changed_since(ConsentKind.REGIONAL, self._state)
                if changed.came != state.count - self._state.count:
                    # Somebody is gone with their account, and nothing says who.
                    self._all_again(labor, asked, today)
                else:
                    people |= changed.people
            if people:
                self._replace(people, today)
            self._state, self._groups_state = state, groups
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
        self._cells, self._bridge_cells = {}, {}

    def _replace(self, people: frozenset[str], today: date) -> None:
        """Take these people out, and put in what those of them who consent have now."""
        come = tuple(self._holdings(self._consents.givers(ConsentKind.REGIONAL, people), today))
        gone = self._labor().replace_wallets(people, come)
        for rows, sign in ((gone, -1), (come, 1)):
            self._add(rows, sign)
            self._add_bridges(rows, sign)

    def _add(self, rows: Iterable[Held], sign: int) -> None:
        owners: dict[Key, set[str]] = {}
        for owner, county, uri, standing, groups in rows:
            if county is None:
                continue
            self._cells.pop(county, None)
            self._bridge_cells.pop(county, None)
            position = self._column.get(uri)
            for mark in _marks(groups):
                key = county, mark
                owners.setdefault(key, set()).add(owner)
                found = self._exact.setdefault(key, _nobody(len(self._column)))
                if position is not None:
                    found.holders[position] += sign
                    found.proven[position] += sign * Standing(standing).proven
        for key, listed in owners.items():
            there = self._exact[key]
            self._exact[key] = replace(there, wallets=there.wallets + sign * len(listed))

    def _tell(self, asked: Asked) -> People:
        invented = self._counted_population(asked)
        for county in {county for county, _mark in (*self._exact, *invented)} - self._cells.keys():
            self._cells[county] = self._told_of(county, asked, invented)
        groups: dict[PeopleGroup, dict[str, Cells]] = {group: {} for group in PeopleGroup}
        for county, found in self._cells.items():
            for group, cells in found.items():
                groups[group][county] = cells
        every = groups.pop(PeopleGroup.ALL)
        return People(every, frozenset(county for county, _mark in invented), groups=groups)

    def _told_of(
        self, county: str, asked: Asked, invented: Mapping[Key, Counted]
    ) -> dict[PeopleGroup, Cells]:
        """What may be told of one county's people and of its groups; those of whom nothing may are absent."""

        def counted(group: PeopleGroup) -> Counted:
            there = (each.get((county, group.bit)) for each in (self._exact, invented))
            return reduce(_together, (one for one in there if one is not None), _nobody(len(asked.skills)))

        if self._drawn is None or self._drawn[0] is not asked:
            self._drawn = asked, marks(self._secret, (skill.uri for skill in asked.skills))
        return self._cells_of(county, "skills", self._drawn[1], counted)

    def _cells_of(
        self, county: str, of: str, drawn: np.ndarray, counted: Callable[[PeopleGroup], Counted]
    ) -> dict[PeopleGroup, Cells]:
        """What may be told of one county and of its groups, by exact counts; what may not is absent.

        Parameters
        ----------
        of : str
            What the cells are of: each kind has thresholds of its own.
        drawn : numpy.ndarray
            The cells' ``graph.suppress.marks``.
        """
        of_all = counted(PeopleGroup.ALL)
        every = told(
            *of_all.all,
            threshold(self._secret, county),
            thresholds(self._secret, f"{county}/{of}", drawn),
        )
        if every.wallets is None:
            return {}
        found = {PeopleGroup.ALL: every}
        for group in GROUPS:
            cells = told_of_group(
                of_all.all,
                counted(group).all,
                every,
                threshold(self._secret, f"{county}/{group}"),
                thresholds(self._secret, f"{county}/{group}/{of}", drawn),
            )
            if cells.wallets is not None:
                found[group] = cells
        return found

    def bridges_counted(self, graph: SkillRoleGraph) -> bool:
        """Whether `bridges` answers without counting everybody first."""
        return self._bridges is not None and self._graph is graph

    def bridges(self, asked: Asked, graph: SkillRoleGraph, told_of: People) -> Bridged:
        """What may be told of who is one skill away from a role, by requirement of the graph.

        Parameters
        ----------
        told_of : People
            What `people` said just now: of these counties bridges are told.
        """
        while self._bridges is None or self._graph is not graph:
            with self._counting:
                if self._bridges is None or self._graph is not graph:
                    self._count_bridges(asked, graph)
        with self._lock:
            for county in told_of.cells.keys() - self._bridge_cells.keys():
                self._bridge_cells[county] = self._bridges_of(county, asked, graph)
            every = {county: self._bridge_cells[county] for county in told_of.cells}
        return Bridged(
            {county: found[PeopleGroup.ALL] for county, found in every.items() if PeopleGroup.ALL in found},
            {
                group: {county: found[group] for county, found in every.items() if group in found}
                for group in GROUPS
            },
        )

    def _bridges_of(self, county: str, asked: Asked, graph: SkillRoleGraph) -> dict[PeopleGroup, np.ndarray]:
        """What may be told of one county's bridges, and of those of its groups."""
        sizes = self._counted_population(asked)
        none = np.zeros(len(graph.requirements) + len(pairs(graph)), dtype=np.int32)

        def counted(group: PeopleGroup) -> Counted:
            key = county, group.bit
            wallets = sum(each[key].wallets for each in (self._exact, sizes) if key in each)
            held = [each[key] for each in (self._bridges or {}, self._invented_bridges) if key in each]
            return Counted(wallets, sum(held, none), none)

        if self._bridges_drawn is None or self._bridges_drawn[0] is not graph:
            self._bridges_drawn = graph, marks(self._secret, _bridge_names(graph))
        cells = self._cells_of(county, "bridges", self._bridges_drawn[1], counted)
        return {group: one.holders.astype(np.float32) for group, one in cells.items()}

    def bounded(self, asked: Asked, county: str, most: int) -> Bounded | None:
        """Exact counts of a county to which one person adds ``most`` skills at the most; ``None`` where
        nothing is told of it. They are for noise, and nobody sees them without.
        """
        if county not in self.people(asked).cells:
            return None
        with self._lock:
            held = self._labor().wallet_holdings([skill.uri for skill in asked.skills]).get(county)
            people = self._exact[county, ALL].wallets if (county, ALL) in self._exact else 0
        none = np.zeros(0, dtype=int)
        owner, skill, _groups = held or (none, none, none)
        invented = self._population(asked).get(county)
        if invented is not None:
            owner = np.concatenate([owner, invented.owner + people])
            skill = np.concatenate([skill, invented.skill])
            people += invented.people
        counts = bounded_counts(owner, skill, len(asked.skills), most, np.random.default_rng())
        return Bounded(people, counts, asked.skills, invented is not None)

    def _count_bridges(self, asked: Asked, graph: SkillRoleGraph) -> None:
        """Count everybody: some seconds, in which others go on; who changes meanwhile is put in after."""
        with self._lock:
            self._graph, self._bridges, self._meanwhile = graph, None, []
            round_of = self._meanwhile
            try:
                held = self._labor().wallet_holdings([skill.uri for skill in asked.skills])
            except LaborDataUnavailable:
                held = {}
            people = {key: counted.wallets for key, counted in self._exact.items()}
        none = np.zeros(0, dtype=int)
        found: dict[Key, np.ndarray] = {}
        for county, count in ((county, count) for (county, mark), count in people.items() if mark == ALL):
            owner, skill, marks = held.get(county, (none, none, none))
            groups = np.zeros(count, dtype=int)
            groups[owner] = marks
            _complete(groups, int(owner[-1]) + 1 if len(owner) else 0, county, people)
            found |= self._reckon(asked, graph, county, owner, skill, groups)
        invented: dict[Key, np.ndarray] = {}
        for county, one in self._population(asked).items():
            invented |= self._reckon(asked, graph, county, one.owner, one.skill, one.groups)
        with self._lock:
            if self._meanwhile is not round_of:
                return  # Everybody was loaded anew meanwhile: once more.
            self._bridges, self._invented_bridges, self._meanwhile = found, invented, None
            self._bridge_cells = {}
            for rows, sign in round_of:
                self._add_bridges(rows, sign)

    def _reckon(
        self,
        asked: Asked,
        graph: SkillRoleGraph,
        county: str,
        owner: np.ndarray,
        skill: np.ndarray,
        groups: np.ndarray,
    ) -> dict[Key, np.ndarray]:
        """Bridges of a county's people and of each group that one of them is in; ``groups`` by person."""
        position = np.array([graph.skill_index[one.id] for one in asked.skills], dtype=int)
        marks = [group.bit for group in GROUPS if (groups & group.bit).any()]
        inside = np.array([(groups & mark) > 0 for mark in marks]).reshape(len(marks), len(groups))
        found = bridges(graph, owner, position[skill], len(groups), inside)
        return {(county, mark): found[row] for row, mark in enumerate((ALL, *marks))}

    def _add_bridges(self, rows: Iterable[Held], sign: int) -> None:
        if self._meanwhile is not None:
            self._meanwhile.append((tuple(rows), sign))
            return
        if self._bridges is None or self._graph is None or self._asked is None:
            return
        people: dict[str, dict[tuple[str, int], list[int]]] = {}
        for owner, county, uri, _standing, groups in rows:
            if county is None:
                continue
            skills_of = people.setdefault(county, {}).setdefault((owner, groups), [])
            if (position := self._column.get(uri)) is not None:
                skills_of.append(position)
        for county, held in people.items():
            owners = np.repeat(np.arange(len(held)), [len(skills) for skills in held.values()])
            skills = np.array([skill for each in held.values() for skill in each], dtype=int)
            marks = np.array([groups for _owner, groups in held], dtype=int)
            changes = self._reckon(self._asked, self._graph, county, owners, skills, marks)
            for key, change in changes.items():
                before = self._bridges.get(key, np.zeros(len(change), dtype=int))
                self._bridges[key] = before + sign * change

    def _counted_population(self, asked: Asked) -> Mapping[Key, Counted]:
        kept = self._invented
        if kept is None or kept[0] is not asked:
            size = len(asked.skills)
            counts: dict[Key, Counted] = {}
            for county, one in self._population(asked).items():
                for group in PeopleGroup:
                    inside = (one.groups & group.bit) > 0 if group.bit else np.ones(one.people, dtype=bool)
                    holds = inside[one.owner]
                    counts[county, group.bit] = Counted(
                        int(inside.sum()),
                        np.bincount(one.skill[holds], minlength=size),
                        np.bincount(one.skill[holds & one.proven], minlength=size),
                    )
            kept = self._invented = asked, counts
        return kept[1]

    def _holdings(self, person_ids: Iterable[str], today: date) -> Iterator[Held]:
        listed = tuple(person_ids)
        areas, groups = self._people.areas_of(listed), self._groups.of_each(listed)
        for person, uri, standing in self._wallets.counting(listed, today):
            mark = sum(PeopleGroup(name).bit for name in groups.get(person, ()))
            yield person, areas.get(person), uri, standing.value, mark

    def _reload(self) -> None:
        with suppress(LaborDataUnavailable):
            self.load()


def _by_county(
    asked: Asked, rows: Iterable[tuple[str, int, str, int, int]], wallets: Mapping[Key, int]
) -> dict[Key, Counted]:
    column, size = asked.column, len(asked.skills)
    found = {key: replace(_nobody(size), wallets=people) for key, people in wallets.items()}
    for county, mark, uri, holders, proven in rows:
        position = column.get(uri)
        if position is not None and (county, mark) in found:
            found[county, mark].holders[position] = holders
            found[county, mark].proven[position] = proven
    return found


def _marks(groups: int) -> tuple[int, ...]:
    """Under which marks somebody is counted: everybody's, and those of their groups."""
    return (ALL, *(group.bit for group in GROUPS if groups & group.bit))


def _bridge_names(graph: SkillRoleGraph) -> list[str]:
    """Names of the cells of bridges: a role and a skill, or two."""
    uris = [requirement.skill.uri for requirement in graph.requirements]
    names = [
        f"{role.code}/{uris[entry]}"
        for position, role in enumerate(graph.roles)
        for entry in range(graph.span(position).start, graph.span(position).stop)
    ]
    return [*names, *(f"{names[one]}+{uris[other]}" for one, other in pairs(graph).tolist())]


def _complete(groups: np.ndarray, seen: int, county: str, people: Mapping[Key, int]) -> None:
    """Give what groups still want to people without a skill that jobs ask for, who are all alike."""
    for group in GROUPS:
        rest = people.get((county, group.bit), 0) - int(((groups[:seen] & group.bit) > 0).sum())
        groups[seen : seen + rest] |= group.bit


def _nobody(skills: int) -> Counted:
    return Counted(0, np.zeros(skills, dtype=int), np.zeros(skills, dtype=int))


def _together(one: Counted, other: Counted) -> Counted:
    return Counted(one.wallets + other.wallets, one.holders + other.holders, one.proven + other.proven)

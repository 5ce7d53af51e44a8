"""How good the guidance of the match is: its own role found again, reach, steadiness, what each part adds.

Nobody's record is asked: the wallets are drawn by lot, with fixed seeds, from what roles require. What the
figures mean and where they are weak: docs/guidance.md.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from accounts.passwords import DEMO_PASSWORD
from config import Settings
from data.store import LaborStore
from graph.__main__ import related
from graph.build import SkillRoleGraph, build, distinctiveness
from graph.gap import gap
from graph.match import match, match_all, score_all
from graph.model import Evidence, Facet, Holding, Kinship, Preparation, Requirement, Role, Standing, Wallet
from graph.reach import REACH
from graph.similar import evaluate
from graph.weights import FACET_WEIGHTS
from services.container import Services
from tools.bench_figures import Figure, skipped, spread
from tools.bench_model import LEARNERS

RECORDS = (
    ("30", 0.3, 0.0, 3),
    ("50", 0.5, 0.0, 1),
    ("70", 0.7, 0.0, 1),
    ("30_noise", 0.3, 0.5, 1),
    ("70_noise", 0.7, 1.0, 1),
)
"""Name, share of the role's requirements that is hidden, skills drawn by lot that are added for each of its
requirements, and how often every role is drawn."""
THRESHOLDS = (0.2, REACH, 0.4)
PEOPLE = 150
"""Invented people whose wallets are shaken."""
CREDENTIALS, FOREIGN = 4, 2
"""Credentials of such a person from their own role, and from one of its neighbours."""
KNOWN = 0.7
"""Of what their role requires."""
TOP, KEEPS = 10, 8
CHANGE = 0.1
KEPT = 30
TIMED = 40


@dataclass(frozen=True)
class Market:
    """What is measured on: roles with requirements, kinships, and what is published to hold against."""

    roles: tuple[Role, ...]
    kinships: tuple[Kinship, ...]
    preparations: Mapping[str, Preparation]
    similar: Mapping[str, Sequence[tuple[str, float]]]

    @classmethod
    def read(cls, file: Path) -> Market:
        """Everything from one labour-market database."""
        store = LaborStore.open(file)
        try:
            required = store.requirements()
            return cls(
                tuple(
                    replace(role, requirements=required[role.code])
                    for role in store.roles()
                    if role.code in required
                ),
                store.kinships(),
                store.preparations(),
                store.similar(),
            )
        finally:
            store.close()

    @cached_property
    def graph(self) -> SkillRoleGraph:
        return build(self.roles, self.kinships)

    @cached_property
    def raised(self) -> dict[str, float]:
        """Distinctiveness by skill, as the graph reckons it."""
        asked: dict[str, int] = {}
        for each in self.graph.requirements:
            asked[each.skill.id] = asked.get(each.skill.id, 0) + 1
        found = distinctiveness(np.array(list(asked.values())), len(self.roles))
        return dict(zip(asked, found.tolist(), strict=True))

    def reckoned(self, position: int) -> tuple[Requirement, ...]:
        """What counts of a role, in an order that says nothing."""
        each = self.graph.requirements[self.graph.span(position)]
        return tuple(sorted(each, key=lambda one: (one.skill.id, one.facet)))


def measure(market: Market, listed: Path, prefix: str = "") -> Iterator[Figure]:
    """All figures of one labour market but the times.

    Parameters
    ----------
    market : Market
    listed : Path
        A list of related occupations; without it recall is skipped.
    prefix : str, optional
        Before every name.
    """
    for part in (leave_one_out(market), calibration(market), stability(market), ablations(market, listed)):
        for figure in part:
            yield replace(figure, name=prefix + figure.name)


# Times


def times(market: Market, prefix: str = "") -> Iterator[Figure]:
    """Milliseconds of a match with all roles and of a gap, for wallets of 200 skills and of whole jobs."""
    lot = random.Random(2)  # noqa: S311 - no secret
    graph = market.graph
    pool = sorted({one.skill.id: one for one in graph.requirements}.items())
    standings = (Standing.VERIFIED, Standing.CONFIRMED, Standing.SELF_ASSERTED)
    large = [
        Wallet(
            "",
            tuple(Holding(one.skill, lot.choice(standings), one.level) for _, one in lot.sample(pool, 200)),
        )
        for _ in range(TIMED)
    ]
    jobs = [_wallet(market.reckoned(n)) for n in range(0, len(market.roles), len(market.roles) // TIMED)]
    codes = [role.code for role in market.roles]
    yield Figure(f"{prefix}requirements_reckoned", float(len(graph.requirements)))
    for name, wallets in (("200_skills", large), ("whole_jobs", jobs)):
        match_all(graph, wallets[0])
        yield from spread(
            f"{prefix}match_all_{name}", "ms", _timed(lambda one: match_all(graph, one), wallets)
        )
    yield from spread(
        f"{prefix}gap_200_skills", "ms", _timed(lambda code: gap(match(graph, large[0], code)), codes)
    )


def _timed(verb: Callable[[Any], object], subjects: Iterable[Any]) -> list[float]:
    found = []
    for subject in subjects:
        began = time.perf_counter()
        verb(subject)
        found.append((time.perf_counter() - began) * 1000)
    return found


# Leave one out


def leave_one_out(market: Market) -> Iterator[Figure]:
    """How often a role comes first, or among the first three, for a part of what it requires."""
    for name, hidden, noise, draws in RECORDS:
        places = [place for seed in range(draws) for place in own_places(market, hidden, noise, seed)]
        yield Figure(f"left_out_{name}_first", _share(places, 1))
        yield Figure(f"left_out_{name}_in_first_three", _share(places, 3))


def own_places(
    market: Market, hidden: float, noise: float = 0.0, seed: int = 0, graph: SkillRoleGraph | None = None
) -> list[int]:
    """The place of every role for somebody who has a part of what it requires.

    The record is drawn from what the market's own graph reckons, whatever ``graph`` ranks with.
    """
    lot = random.Random(seed)  # noqa: S311 - no secret
    pool = market.graph.requirements
    places = []
    for position in range(len(market.roles)):
        required = market.reckoned(position)
        had = lot.sample(required, max(1, round((1 - hidden) * len(required))))
        had += lot.sample(pool, round(noise * len(required)))
        places.append(_place(graph or market.graph, had, position))
    return places


def _place(graph: SkillRoleGraph, had: Sequence[Requirement], position: int) -> int:
    scores = score_all(graph, _wallet(had))
    before = (scores > scores[position]) | (
        (scores == scores[position]) & (graph.alphabet < graph.alphabet[position])
    )
    return int(before.sum()) + 1


# Calibration


def calibration(market: Market) -> Iterator[Figure]:
    """Of the roles within reach of somebody who has what one role requires: how near they are."""
    scores = _each_others(market)
    codes = [role.code for role in market.roles]
    families = np.array([role.job_family.code for role in market.roles])
    related_families = families[:, None] == families
    zones = np.array([_zone(market.preparations.get(code)) for code in codes])
    near = np.abs(zones[:, None] - zones) <= 1
    known = ~np.isnan(zones)[:, None] & ~np.isnan(zones)
    for threshold in THRESHOLDS:
        name = f"reach_{round(100 * threshold)}"
        reached = scores >= threshold
        count = reached.sum(axis=1)
        yield Figure(f"{name}_roles_mean", float(count.mean()))
        yield Figure(f"{name}_none", float((count == 0).mean()))
        yield Figure(f"{name}_same_family", float(related_families[reached].mean()))
        if known.any():
            yield Figure(f"{name}_within_one_zone", float(near[reached & known].mean()))
        else:
            yield from skipped([f"{name}_within_one_zone"], "no job zones loaded")


def _each_others(market: Market) -> np.ndarray:
    """Scores of every role for who has all that one requires; a role's own is none."""
    graph = market.graph
    scores = np.array(
        [score_all(graph, _wallet(market.reckoned(position))) for position in range(len(market.roles))]
    )
    np.fill_diagonal(scores, -1.0)
    return scores


def _zone(preparation: Preparation | None) -> float:
    return float(preparation.job_zone) if preparation and preparation.job_zone else np.nan


# Stability


def stability(market: Market) -> Iterator[Figure]:
    """What is left of the ten best roles when a credential is dropped, or a weight is changed by a tenth."""
    people = invented(market)
    dropped = [
        _kept(market.graph, market.graph, whole, without)
        for whole in people
        for without in credentials_dropped(whole)
    ]
    yield from _steady("credential_dropped", dropped)
    for name, changed in weights_changed(market):
        yield from _steady(
            f"weight_changed_{name}", [_kept(market.graph, changed, whole, whole) for whole in people]
        )


def steady_demo(folder: Path) -> Iterator[Figure]:
    """The same for the records of the demo learners, who have to be in ``folder`` already."""
    services = Services.open(Settings.from_environment({"DEMO": "1", "DATA_DIR": str(folder)}))
    try:
        actors = [services.people.sign_in(f"{who}@demo.example", DEMO_PASSWORD) for who in LEARNERS]
        wallets = [services.wallet_for(actor).wallet() for actor in actors]
        graph = services.graph
    finally:
        services.close()
    kept = [
        _kept(graph, graph, whole, without) for whole in wallets for without in credentials_dropped(whole)
    ]
    yield from _steady("credential_dropped_demo", kept)


def invented(market: Market) -> list[Wallet]:
    """People with several credentials: four from their own role, and two from roles alike."""
    lot = random.Random(5)  # noqa: S311 - no secret
    index = market.graph.role_index
    people = []
    for position in sorted(lot.sample(range(len(market.roles)), min(PEOPLE, len(market.roles)))):
        required = market.reckoned(position)
        had = lot.sample(required, max(CREDENTIALS, round(KNOWN * len(required))))
        parts = [had[n::CREDENTIALS] for n in range(CREDENTIALS)]
        neighbours = [
            code for code, _ in market.similar.get(market.roles[position].code, ()) if code in index
        ]
        for code in neighbours[:FOREIGN]:
            others = market.reckoned(index[code])
            parts.append(lot.sample(others, min(len(others), len(had) // CREDENTIALS)))
        holdings = tuple(
            Holding(one.skill, Standing.VERIFIED, one.level, (Evidence(f"record-{n}", "", "Institute"),))
            for n, part in enumerate(parts)
            for one in part
        )
        people.append(Wallet("", holdings))
    return people


def credentials_dropped(whole: Wallet) -> Iterator[Wallet]:
    """The wallet without each of its records: what rests on no other is gone."""
    records = sorted({evidence.record_id for holding in whole.holdings for evidence in holding.evidence})
    for record in records:
        left = (
            replace(holding, evidence=tuple(e for e in holding.evidence if e.record_id != record))
            for holding in whole.holdings
        )
        yield replace(whole, holdings=tuple(holding for holding in left if holding.evidence))


def weights_changed(market: Market) -> Iterator[tuple[str, SkillRoleGraph]]:
    """The same market with one weight a tenth higher and a tenth lower, each in turn."""
    up_and_down = (("up", 1 + CHANGE), ("down", 1 - CHANGE))
    present = set(market.graph.facets)
    for facet in Facet:
        if facet in present and len(present) > 1:
            for way, by in up_and_down:
                weights = {**FACET_WEIGHTS, facet: FACET_WEIGHTS[facet] * by}
                yield f"{facet}_{way}", build(market.roles, market.kinships, facet_weights=weights)
    for way, by in up_and_down:
        kin = [replace(one, strength=min(1.0, one.strength * by)) for one in market.kinships]
        yield f"kin_{way}", build(market.roles, kin)
        shifted = _weighed(market, _raised_by(market, by - 1))
        yield f"distinctiveness_{way}", build(shifted, market.kinships)
    lot = random.Random(3)  # noqa: S311 - no secret
    shaken = _weighed(market, lambda one: one.importance * lot.choice((1 - CHANGE, 1 + CHANGE)))
    yield "every_importance_by_lot", build(shaken, market.kinships)


def _raised_by(market: Market, power: float) -> Callable[[Requirement], float]:
    """Importance, as if distinctiveness were raised to so much more than its first power."""
    return lambda one: one.importance * market.raised[one.skill.id] ** power


def _kept(before: SkillRoleGraph, after: SkillRoleGraph, whole: Wallet, other: Wallet) -> float:
    first, second = _top(before, whole), _top(after, other)
    return float(len(first & second)) + (TOP - len(first))


def _top(graph: SkillRoleGraph, wallet: Wallet) -> set[str]:
    scores = score_all(graph, wallet)
    order = np.lexsort((graph.alphabet, -scores))[:TOP]
    return {graph.roles[n].code for n in order if scores[n] > 0}


def _steady(name: str, kept: Sequence[float]) -> Iterator[Figure]:
    if not kept:
        yield from skipped([f"{name}_keeps_eight"], "no wallet of records")
        return
    yield Figure(f"{name}_keeps_eight", sum(one >= KEEPS for one in kept) / len(kept))
    yield Figure(f"{name}_kept_mean", sum(kept) / len(kept))
    yield Figure(f"{name}_kept_worst", min(kept))


# Ablations


def ablations(market: Market, listed: Path) -> Iterator[Figure]:
    """Every part of the model left out in turn: recall, the own role found, reach, and steadiness."""
    published = related(listed) if listed.is_file() else []
    for name, graph in variants(market):
        if published:
            yield Figure(f"recall_at_10_{name}", evaluate(reached(market, graph), published).recall_at_10)
        else:
            yield from skipped([f"recall_at_10_{name}"], "no list of related occupations")
        places = own_places(market, 0.7, 1.0, seed=1, graph=graph)
        yield Figure(f"left_out_70_noise_first_{name}", _share(places, 1))
        yield Figure(f"left_out_70_noise_in_first_three_{name}", _share(places, 3))
        kept = [
            _kept(graph, graph, whole, without)
            for whole in invented(market)[::3]
            for without in credentials_dropped(whole)
        ]
        yield Figure(f"credential_dropped_keeps_eight_{name}", sum(one >= KEEPS for one in kept) / len(kept))


def variants(market: Market) -> Iterator[tuple[str, SkillRoleGraph]]:
    """The whole model, and what is left of it without each part."""
    kin = market.kinships
    yield "whole", market.graph
    yield (
        "without_distinctiveness",
        build(_weighed(market, _raised_by(market, -1.0)), kin),
    )
    yield "without_importance", build(_weighed(market, lambda one: 1.0), kin)
    yield "without_kin", build(market.roles)
    present = set(market.graph.facets)
    if len(present) == 1:
        return
    levelless = [
        replace(role, requirements=tuple(replace(one, level=None) for one in role.requirements))
        for role in market.roles
    ]
    yield "without_levels", build(levelless, kin)
    for facet in Facet:
        if facet in present and facet is not Facet.OCCUPATIONAL:
            yield f"without_{facet}", build(market.roles, kin, facet_weights={**FACET_WEIGHTS, facet: 0.0})
    yield "without_rated_facets", build(market.roles, kin, facet_weights={Facet.OCCUPATIONAL: 1.0})


def reached(market: Market, graph: SkillRoleGraph) -> dict[str, list[tuple[str, float]]]:
    """For each role, the roles that its own requirements reach best."""
    table = {}
    for position, role in enumerate(market.roles):
        scores = score_all(graph, _wallet(market.reckoned(position)))
        order = np.lexsort((graph.alphabet, -scores))[: KEPT + 1].tolist()
        table[role.code] = [(graph.roles[n].code, float(scores[n])) for n in order if n != position]
    return table


def _weighed(market: Market, weigh: Callable[[Requirement], float]) -> list[Role]:
    """Roles whose requirements, of those that are reckoned, weigh something else; none is lost by it."""
    roles = []
    for position, role in enumerate(market.roles):
        found: dict[str, list[Requirement]] = {}
        for one in market.reckoned(position):
            found.setdefault(one.facet, []).append(replace(one, importance=weigh(one)))
        roles.append(
            replace(role, requirements=tuple(one for facet in found.values() for one in _above(facet)))
        )
    return roles


def _above(facet: list[Requirement]) -> list[Requirement]:
    """The same proportions, none so low that it would not be reckoned."""
    least = min(one.importance for one in facet)
    return [replace(one, importance=one.importance / least) for one in facet]


def _wallet(had: Sequence[Requirement]) -> Wallet:
    return Wallet("", tuple(Holding(one.skill, Standing.VERIFIED, one.level, ()) for one in had))


def _share(places: Sequence[int], within: int) -> float:
    return sum(place <= within for place in places) / len(places)

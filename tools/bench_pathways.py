"""How long a whole pathway query takes, and how often there are ways that differ."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from accounts.actor import Actor
from accounts.roles import PersonRole
from graph.model import Wallet
from services.container import Services
from services.pathways import PathwayView
from tools.bench_figures import Figure, spread

AREA = "53063"
EVERY = 23
"""The first wallet asks for every goal, each of the others for every so many-th."""


def measure(services: Services, wallets: Sequence[Wallet]) -> Iterator[Figure]:
    """Every goal for the first wallet, a sample of them for the others: service and search together.

    Steps between roles are reckoned once for a build, and the figures of a place once for a place; both
    are told by themselves and are not in the query.
    """
    began = time.perf_counter()
    service = services.pathways
    yield Figure("pathway_steps_build_seconds", time.perf_counter() - began)
    goals = [role.code for role in services.graph.roles if role.requirements]
    view = PathwayView(area=AREA)
    began = time.perf_counter()
    service.pathways(wallets[0], goals[0], view, _owner(wallets[0]))
    yield Figure("pathway_first_in_place_ms", (time.perf_counter() - began) * 1000)
    found, shares = [], []
    for place, wallet in enumerate(wallets):
        counts = []
        for goal in goals if not place else goals[place % EVERY :: EVERY]:
            began = time.perf_counter()
            answer = service.pathways(wallet, goal, view, _owner(wallet))
            found.append((time.perf_counter() - began) * 1000)
            counts.append(len(answer.ways))
        shares.append(sum(count >= 3 for count in counts) / len(counts))
    yield Figure("pathway_queries", float(len(found)))
    yield from spread("pathway_query", "ms", found)
    yield Figure("pathway_three_ways_share", sum(shares) / len(shares))


def _owner(wallet: Wallet) -> Actor:
    """Whoever the wallet is of."""
    return Actor(wallet.owner, "", frozenset({PersonRole.LEARNER}))

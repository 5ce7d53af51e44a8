"""How long a match, a gap and a network take, and how well roles alike agree with a published list."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np

from accounts.actor import VISITOR, Actor
from accounts.passwords import DEMO_PASSWORD
from config import ROOT, Settings
from data.likeness import read_weights
from graph.__main__ import related
from graph.build import SkillRoleGraph
from graph.gap import gap
from graph.match import match, match_all
from graph.model import Evidence, Holding, Standing, Wallet
from graph.next_skill import next_skills
from services.container import Services
from services.network import NetworkView
from tools import bench_pathways, fit_likeness
from tools.bench_figures import Figure, skipped, spread
from tools.bench_server import environment

SIZES = (0, 1, 5, 20, 60, 150, 500)
EACH = 20
STAND_INS = 20
"""Every so many-th role's stand-in is a wallet too."""
LEARNERS = ("pete", "maya")

Subject = TypeVar("Subject")


def measure(folder: Path) -> Iterator[Figure]:
    """Match, gap and network over all roles and many wallets, in this process.

    The demo people have to be in ``folder`` already: a server that was started there made them.
    """
    settings = Settings.from_environment({"DEMO": "1", "DATA_DIR": str(folder)})
    services = Services.open(settings)
    try:
        graph = services.graph
        actors = [services.people.sign_in(f"{who}@demo.example", DEMO_PASSWORD) for who in LEARNERS]
        pete, *_others = own = [services.wallet_for(actor).wallet() for actor in actors]
        wallets = [*own, *invented(graph), *stand_ins(services)]
        roles = [role.code for role in graph.roles]

        yield Figure("roles", float(len(roles)))
        yield Figure("wallets", float(len(wallets)))
        match_all(graph, pete)
        yield from spread("match_all", "ms", timed(lambda wallet: match_all(graph, wallet), wallets))
        yield from spread("match_one", "ms", timed(lambda code: match(graph, pete, code), roles))
        yield from spread("gap", "ms", timed(lambda code: gap(match(graph, pete, code)), roles))
        yield from spread(
            "network_service", "ms", timed(lambda code: _network(services, pete, actors[0], code), roles)
        )
        yield from spread("next_skills", "ms", timed(lambda wallet: next_skills(graph, wallet), wallets))
        yield from spread(
            "compare_service",
            "ms",
            timed(lambda code: services.compare.compare(pete, [code, roles[0]], actor=actors[0]), roles),
        )
        yield from bench_pathways.measure(services, [*own, *stand_ins(services)[::5]])
        yield from spread(
            "network_service_wallets",
            "ms",
            timed(lambda wallet: _network(services, wallet, VISITOR), [w for w in wallets if w not in own]),
        )
    finally:
        services.close()


def recall(folder: Path, listed: Path, suffix: str = "") -> Iterator[Figure]:
    """Agreement with a list of related occupations, where there is one: by all, and by squares alone."""
    names: dict[str, list[str]] = {f"similar_recall_at_10{suffix}": []}
    if not suffix:
        names["similar_by_squares_recall_at_10"] = ["--squares"]
    if not listed.is_file():
        yield from skipped(list(names), "no list of related occupations; RELATED=FILE.csv names one")
        return
    for name, options in names.items():
        done = subprocess.run(
            [sys.executable, "-m", "graph", "similar-eval", str(listed), *options],
            cwd=ROOT,
            env=environment(folder),
            capture_output=True,
            text=True,
            timeout=60,
        )
        if done.returncode != 0:
            yield from skipped([name], done.stderr.strip())
            continue
        told = json.loads(done.stdout)
        yield Figure(f"{name}_roles", float(told["roles"]))
        yield Figure(name, told["recall_at_10"])


def recall_without(folder: Path, release: Path, listed: Path) -> Iterator[Figure]:
    """The same on a full release where one part of likeness counts nothing, the others as before."""
    if not listed.is_file():
        return
    codes, parts = fit_likeness.official(release, folder / fit_likeness.FILE)
    cases = fit_likeness.collect(codes, parts, related(listed))
    shipped = read_weights("official").of
    weights = np.array([shipped[name] for name in cases.names])
    for at, name in enumerate(cases.names):
        less = fit_likeness.recall(cases, np.where(np.arange(len(weights)) == at, 0, weights)).mean()
        plain = name.replace("'", "").replace(" ", "_")
        yield Figure(f"similar_recall_at_10_official_without_{plain}", float(less))


def invented(graph: SkillRoleGraph) -> list[Wallet]:
    """Wallets of skills drawn by lot, the same at every run: proven and said by oneself."""
    skills = sorted(
        {required.skill for role in graph.roles for required in role.requirements}, key=lambda skill: skill.id
    )
    lot = random.Random(7)  # noqa: S311 - no secret
    evidence = (Evidence(record_id="record", title="A record", issuer="", kind="credential"),)
    standings = (Standing.VERIFIED, Standing.CONFIRMED, Standing.SELF_ASSERTED)
    return [
        Wallet(
            owner="",
            holdings=tuple(
                Holding(skill, lot.choice(standings), None, evidence) for skill in lot.sample(skills, size)
            ),
        )
        for size in SIZES
        for _ in range(EACH)
    ]


def stand_ins(services: Services) -> list[Wallet]:
    """What somebody has who does a job, for jobs all over the list."""
    codes = [role.code for role in services.graph.roles if role.requirements]
    return [services.network.wallet_of_role(code) for code in codes[::STAND_INS]]


def timed(verb: Callable[[Subject], object], subjects: Iterable[Subject]) -> list[float]:
    """Milliseconds of each call."""
    found = []
    for subject in subjects:
        began = time.perf_counter()
        verb(subject)
        found.append((time.perf_counter() - began) * 1000)
    return found


def _network(services: Services, wallet: Wallet, actor: Actor, opened: str | None = None) -> object:
    return services.network.network(wallet, NetworkView(area="53063", opened=opened), actor)

"""The same on a full O*NET release, where a machine has one: guidance, times, and a worker's memory."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from config import ROOT
from tools import bench_guidance, bench_model
from tools.bench_figures import Figure, skipped
from tools.bench_server import Reader, environment, serving

LONGEST_BUILD = 400
OPENED = 40
"""Gap pages that are asked for before memory is read."""


def measure(folder: Path, release: Path, listed: Path) -> Iterator[Figure]:
    """All figures of the release, each with ``full_`` before its name.

    Parameters
    ----------
    folder : Path
        Where its database is built.
    release : Path
        An official O*NET text release.
    listed : Path
        A list of related occupations.
    """
    if not release.is_file():
        yield from skipped(["full_release"], "no O*NET text release; ONET=FILE.zip names one")
        return
    folder.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "data", "build", "--onet", str(release)],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=LONGEST_BUILD,
    )
    if done.returncode != 0:
        yield from skipped(["full_release"], done.stderr.strip())
        return
    yield Figure("full_build_seconds", time.perf_counter() - began)
    market = bench_guidance.Market.read(folder / "labor.duckdb")
    yield from bench_guidance.times(market, "full_")
    yield from bench_guidance.measure(market, listed, "full_")
    yield from bench_model.recall(folder, listed, "_official")
    yield from bench_model.recall_without(folder, release, listed)
    with serving(folder) as served:
        at_start = served.memory_mb()
        reader = Reader(served, "pete")
        for role in market.roles[:: max(1, len(market.roles) // OPENED)]:
            reader.get(f"/gap/{role.code}")
            reader.get(f"/api/v1/wallet/gap/{role.code}")
        at_end = served.memory_mb()
    if at_start is None or at_end is None:
        yield from skipped(["full_worker_memory_mb"], "this system does not tell")
        return
    yield Figure("full_worker_memory_at_start_mb", at_start)
    yield Figure("full_worker_memory_mb", at_end)

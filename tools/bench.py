"""``make bench``: the performance and guidance figures, one ``name: value`` a line.

Everything runs on a server and data of its own, in a temporary folder. What this machine
cannot measure is said to be skipped, and why. How to read the figures: docs/performance.md.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from config import ROOT, data_directory
from data.store import LaborStore
from tools import (
    bench_browser,
    bench_callbacks,
    bench_caseload,
    bench_county,
    bench_full,
    bench_guidance,
    bench_lighthouse,
    bench_link,
    bench_model,
    bench_moves,
    bench_wallet,
)
from tools.bench_figures import Figure
from tools.bench_server import environment, serving

LONGEST_BUILD = 120
ONET = ROOT.parent / "shared" / "data" / "db_29_3_text.zip"
RELATED = ROOT.parent / "shared" / "data" / "related_occupations_dev.csv"
MOVES = ROOT.parent / "shared" / "data" / "moves_dev.csv"


def main() -> int:
    """Print every figure as soon as it is there; returns 1 when something broke."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
        try:
            tell(figures(Path(folder)))
        except (RuntimeError, OSError, subprocess.SubprocessError) as error:
            print(f"The bench broke off: {error}", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            return 130
    tell([Figure("bench_seconds", time.monotonic() - began)])
    return 0


def figures(folder: Path) -> Iterator[Figure]:
    """All of them, in an order in which nothing waits for what is not there yet."""
    yield Figure("cores", float(os.cpu_count() or 1))
    yield Figure("build_seconds", build(folder))
    with serving(folder) as served:
        yield Figure("first_start_seconds", served.start_seconds)
    yield from bench_wallet.measure()
    yield from bench_caseload.measure(folder)
    yield from bench_model.measure(folder)
    listed = Path(os.environ.get("RELATED") or RELATED)
    yield from bench_model.recall(folder, listed)
    yield from bench_link.measure(folder, Path(os.environ.get("LABELS") or bench_link.LABELS))
    with serving(folder) as served:
        yield Figure("start_seconds", served.start_seconds)
        at_start = served.memory_mb()
        yield from bench_callbacks.measure(served, codes(folder))
        yield from bench_browser.measure(served.address)
        yield from bench_lighthouse.measure(served.address, data_directory() / "tools")
        at_end = served.memory_mb()
    if at_start is None or at_end is None:
        yield Figure("worker_memory_mb", "skipped (this system does not tell)")
    else:
        yield Figure("worker_memory_at_start_mb", at_start)
        yield Figure("worker_memory_mb", at_end)
    yield from bench_county.measure(folder / "labor.duckdb", folder / "county")
    yield from guidance(folder, listed)


def guidance(folder: Path, listed: Path) -> Iterator[Figure]:
    """How good the match is, on the default data and on a full release."""
    market = bench_guidance.Market.read(folder / "labor.duckdb")
    yield from bench_guidance.times(market)
    yield from bench_guidance.measure(market, listed)
    yield from bench_guidance.steady_demo(folder)
    yield from bench_moves.measure(folder / "labor.duckdb", Path(os.environ.get("MOVES") or MOVES))
    yield from bench_full.measure(folder / "full", Path(os.environ.get("ONET") or ONET), listed)


def build(folder: Path) -> float:
    """Seconds to build the labour-market database from the bundled data."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "data", "build"],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=LONGEST_BUILD,
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    return time.perf_counter() - began


def codes(folder: Path) -> list[str]:
    """The codes of all roles."""
    store = LaborStore.open(folder / "labor.duckdb")
    try:
        return [role.code for role in store.roles()]
    finally:
        store.close()


def tell(found: Iterable[Figure]) -> None:
    """Print figures as they come."""
    for figure in found:
        print(figure, flush=True)


if __name__ == "__main__":
    sys.exit(main())

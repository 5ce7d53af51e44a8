"""How well the ranking of where to go next agrees with moves that were counted: docs/guidance.md."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from data.store import LaborStore
from graph.__main__ import counted_moves
from graph.moves import by_code, evaluate
from tools.bench_figures import Figure, skipped
from tools.fit_moves import LIKENESSES, agreement, collect, fit, read, set_aside

FOLDS = 5
SEED = 1


def measure(file: Path, counted: Path) -> Iterator[Figure]:
    """Recall@10 and flow@10, on origins set aside and as shipped, and without parts of the model.

    Parameters
    ----------
    file : Path
        The built labour-market database.
    counted : Path
        A table of moves; without it all is skipped. The coefficients that are shipped were learned from
        one such table: on it, the figures as shipped flatter.
    """
    names: tuple[str, ...] = ("moves", "moves_as_shipped", "moves_without_ways", "moves_without_pulls")
    names += ("moves_without_likeness", "moves_by_size")
    told = [f"{name}_{what}" for name in names for what in ("recall_at_10", "flow_at_10")]
    if not counted.is_file():
        yield from skipped(told, "no table of counted moves; MOVES=FILE.csv names one")
        return
    moves = counted_moves(counted)
    cases = collect(read(file), moves)
    plain = cases.without(*LIKENESSES)
    size = cases.without(*set(cases.names) - {"size"})
    bare = partial(fit, minor=False, own=False, ways=0)
    tried = (
        ("moves", cases, fit),
        ("moves_without_ways", cases, partial(fit, ways=0)),
        ("moves_without_pulls", cases, bare),
        ("moves_without_likeness", plain, fit),
        ("moves_by_size", size, bare),
    )
    yield Figure("moves_origins", float(len(moves)))
    for name, some, learn in tried:
        scores = set_aside(some, learn, SEED, FOLDS)
        yield from _told(name, agreement(some, scores))
    store = LaborStore.open(file)
    try:
        yield from _told("moves_as_shipped", evaluate(by_code(store.occupation_moves(), moves), moves))
    finally:
        store.close()


def _told(name: str, found: object) -> Iterator[Figure]:
    for what in ("recall_at_10", "flow_at_10"):
        yield Figure(f"{name}_{what}", float(getattr(found, what)))

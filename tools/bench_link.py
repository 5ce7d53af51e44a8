"""How long a sentence takes to be linked to skills, and how often the right one is found."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from pathlib import Path

from config import ROOT
from tools.bench_figures import Figure, skipped, spread
from wallet.link import Linker
from wallet.link_evaluation import EvaluationFault, read_queries, recall
from wallet.link_index import FOLDER, current

LABELS = ROOT.parent / "shared" / "data" / "skill_link_dev.csv"
SENTENCES = ("everyday_sentences.csv", "everyday_sentences_aside.csv")
FIRST = 5


def measure(folder: Path, labels: Path) -> Iterator[Figure]:
    """Everyday sentences, written for this product, and the labels of a list where there is one."""
    linker = Linker.open(current(folder / FOLDER))
    taken: list[float] = []
    for name in SENTENCES:
        path = ROOT / "tests" / "wallet" / name
        figure = f"link_{path.stem}_found"
        if path.is_file():
            yield Figure(figure, _found(linker, path, taken))
        else:
            yield from skipped([figure], "there are no sentences")
    if taken:
        yield from spread("link", "ms", taken)
    names = ("link_recall_at_1", "link_recall_at_5")
    try:
        measured = recall(linker, read_queries(labels))
    except EvaluationFault:
        yield from skipped(names, f"no list of labels at {labels.name}: LABELS=FILE.csv names one")
        return
    for figure, value in zip(names, (measured.recall_at_1, measured.recall_at_5), strict=True):
        yield Figure(figure, value)


def _found(linker: Linker, path: Path, taken: list[float]) -> float:
    """Share of sentences with a right skill among the first five; how long each took goes to ``taken``."""
    right = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            began = time.perf_counter()
            found = linker.link(row["text"], FIRST)
            taken.append((time.perf_counter() - began) * 1000)
            right.append(not {each.uri for each in found}.isdisjoint(row["skill_uris"].split()))
    return sum(right) / len(right)

from __future__ import annotations

from collections import defaultdict

import numpy as np

from data.linking.importance import LEAST, LEAST_CORE, UNREAD, importance
from data.linking.labels import named_share
from data.review import read_decisions
from tests.linking.conftest import STARTER

Rows = list[dict[str, str]]
NONE = np.zeros(2, dtype=bool)
NOBODY = np.full(2, UNREAD)
EVEN = np.zeros(2)


def test_what_the_first_task_calls_for_matters_more_than_what_the_last_does() -> None:
    likeness = np.array([[0.8, 0.3], [0.3, 0.3], [0.3, 0.8]])
    first, last = importance(likeness, EVEN, EVEN, NOBODY, NONE)
    assert first > last


def test_what_the_title_names_matters_more() -> None:
    likeness = np.full((3, 2), 0.7)
    named, other = importance(likeness, np.array([1.0, 0.0]), EVEN, NOBODY, NONE)
    assert named > other


def test_a_weak_paraphrase_of_a_task_matters_less() -> None:
    likeness = np.array([[0.70, 0.56], [0.3, 0.56], [0.3, 0.56]])
    close, weak = importance(likeness, EVEN, EVEN, NOBODY, NONE)
    assert close > weak == LEAST


def test_what_reading_calls_core_is_important_whatever_the_words() -> None:
    likeness = np.array([[0.9, 0.9, 0.4, 0.4], [0.9, 0.3, 0.3, 0.3]])
    task = np.array([0, 0, 0, 1])
    core = np.array([False, False, False, True])
    named = np.array([1.0, 0.0, 0.0, 0.0])
    found = importance(likeness, named, named, task, core)
    assert found[3] >= LEAST_CORE
    assert found.max() <= 1


def test_the_task_that_reading_names_counts_however_it_is_worded() -> None:
    likeness = np.array([[0.5, 0.5], [0.3, 0.3], [0.3, 0.3]])
    first, last = importance(likeness, EVEN, EVEN, np.array([0, 2]), NONE)
    assert first > last


def test_rare_words_of_a_label_count_more_than_common_ones() -> None:
    rarity = {"us": 0.2, "forklift": 0.8}
    assert named_share("use forklift", {"forklift"}, rarity) > named_share("use forklift", {"us"}, rarity)


def test_what_the_review_calls_core_is_important(links: Rows) -> None:
    found = {(link["role_code"], link["skill_uri"]): float(link["importance"]) for link in links}
    core = [each for each in read_decisions(STARTER / "review") if each.core]
    assert core
    for each in core:
        assert found[each.role_code, each.required] >= LEAST_CORE


def test_the_work_of_the_title_stands_at_the_top(links: Rows, published_labels: dict[str, str]) -> None:
    own: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for link in links:
        own[link["role_code"]].append((float(link["importance"]), published_labels[link["skill_uri"]]))
    top = {code: [label for _, label in sorted(each, reverse=True)[:5]] for code, each in own.items()}
    assert "manoeuvre heavy trucks" in top["53-3032.00"]
    assert "administer prescribed medication" in top["29-1141.00"]
    assert {"stock shelves", "receive goods"} <= set(top["53-7065.00"])
    assert "operate welding equipment" in top["51-4121.00"]
    assert "utilise machine learning" in top["15-2051.00"]
    assert "debug software" in top["15-1252.00"]
    assert "operate forklift" in top["53-7051.00"]

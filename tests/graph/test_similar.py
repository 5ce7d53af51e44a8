from __future__ import annotations

import csv
import doctest
from collections.abc import Mapping
from pathlib import Path

import pytest

from graph import similar as module
from graph.similar import FLOOR, evaluate, recall_at, similar

ROOT = Path(__file__).resolve().parents[2]
RELATED = ROOT.parent / "shared" / "data" / "related_occupations_dev.csv"


@pytest.fixture(scope="module")
def shipped() -> Mapping[str, list[tuple[str, float]]]:
    table: dict[str, list[tuple[str, float]]] = {}
    for path in sorted((ROOT / "data" / "starter" / "similar").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                table.setdefault(row["role_code"], []).append((row["other_code"], float(row["score"])))
    return table


def test_the_examples_hold() -> None:
    assert doctest.testmod(module).failed == 0


def test_every_role_has_forty_others_best_first(shipped: Mapping[str, list[tuple[str, float]]]) -> None:
    assert len(shipped) == 1016
    for code, others in shipped.items():
        assert len(others) == len({other for other, _ in others}) == 40
        assert code not in {other for other, _ in others}
        scores = [score for _, score in others]
        assert scores == sorted(scores, reverse=True)
        assert scores[-1] >= 0
        assert scores[0] <= 1


def test_licensed_practical_nurses_stand_near_registered_nurses(
    shipped: Mapping[str, list[tuple[str, float]]],
) -> None:
    titles = {code: code for code in shipped}
    assert "29-2061.00" in {found.code for found in similar(shipped, titles, "29-1141.00")}


def test_a_role_is_never_like_itself() -> None:
    assert similar({"a": [("a", 1.0), ("b", 0.5)]}, {"a": "A", "b": "B"}, "a")[0].code == "b"


def test_what_is_hardly_like_it_is_left_out_even_where_more_were_asked_for() -> None:
    table = {"a": [("b", 1.0), ("c", FLOOR), ("d", 0.049), ("e", 0.0)]}
    titles = {code: code.upper() for code in "abcde"}
    assert [found.code for found in similar(table, titles, "a", limit=10)] == ["b", "c"]


def test_a_role_without_tasks_is_like_no_role_at_nought(
    shipped: Mapping[str, list[tuple[str, float]]],
) -> None:
    titles = {code: code for code in shipped}
    assert [found.code for found in similar(shipped, titles, "15-1299.00")] == ["15-2099.00"]


def test_a_negative_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="limit"):
        similar({}, {}, "a", limit=-1)


def test_an_unknown_role_counts_as_not_found() -> None:
    assert evaluate({}, [("a", "b", 1)]).recall_at_10 == 0
    assert recall_at([], ["b"]) == 0


def test_only_primary_related_occupations_count() -> None:
    assert evaluate({"a": [("b", 1.0)]}, [("a", "b", 1), ("a", "c", 11)]).recall_at_10 == 1


@pytest.mark.skipif(not RELATED.exists(), reason="the published related occupations are not at hand")
def test_half_of_the_published_related_occupations_are_found(
    shipped: Mapping[str, list[tuple[str, float]]],
) -> None:
    with RELATED.open(encoding="utf-8", newline="") as file:
        truth = [
            (row["O*NET-SOC Code"], row["Related O*NET-SOC Code"], int(row["Index"]))
            for row in csv.DictReader(file)
        ]
    assert evaluate(shipped, truth).recall_at_10 >= 0.55

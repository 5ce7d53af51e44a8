from __future__ import annotations

import csv

from data.linking.kin import REVIEWED, Kin, strength, with_reviewed
from tests.linking.conftest import STARTER

Rows = list[dict[str, str]]


def test_kinship_is_partial_and_never_with_itself(kin: Rows, published_labels: dict[str, str]) -> None:
    for row in kin:
        assert 0 < float(row["strength"]) <= 0.8
        assert row["relation"] in {"broader", "narrower", "near"}
        assert row["skill_uri"] != row["other_uri"]
        assert {row["skill_uri"], row["other_uri"]} <= set(published_labels)


def test_a_pair_stands_once(kin: Rows) -> None:
    pairs = [frozenset((row["skill_uri"], row["other_uri"])) for row in kin]
    assert len(pairs) == len(set(pairs))


def test_one_side_is_required_by_some_role(kin: Rows, links: Rows) -> None:
    required = {link["skill_uri"] for link in links}
    assert all(row["skill_uri"] in required or row["other_uri"] in required for row in kin)


def test_opposites_and_twins_of_another_domain_are_not_akin(
    kin: Rows, published_labels: dict[str, str]
) -> None:
    pairs = {
        frozenset((published_labels[row["skill_uri"]], published_labels[row["other_uri"]])) for row in kin
    }
    assert not any({"load cargo", "unload cargo"} <= pair for pair in pairs)
    for pair in pairs:
        first, second = sorted(pair)[0], sorted(pair)[-1]
        assert not ("patient" in first and "animal" in second), pair
        assert not ("animal" in first and "patient" in second), pair


def test_the_file_stays_small() -> None:
    assert (STARTER / "kin.csv").stat().st_size < 2_000_000


def test_strength_grows_with_likeness() -> None:
    assert strength(0.61) < strength(0.7) < strength(0.9) <= 0.8


def test_what_reading_says_of_a_pair_outweighs_its_likeness() -> None:
    found = with_reviewed([Kin(1, 2, "near", 0.4), Kin(1, 3, "near", 0.5)], [Kin(2, 1, "broader", 0.8)])
    assert found == [Kin(1, 3, "near", 0.5), Kin(2, 1, "broader", 0.8)]


def test_reviewed_pairs_stand_as_they_were_decided(kin: Rows, links: Rows) -> None:
    strengths = {(row["skill_uri"], row["other_uri"]): (row["relation"], row["strength"]) for row in kin}
    required = {link["skill_uri"] for link in links}
    with REVIEWED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["reason"]
            assert row["relation"] in {"broader", "narrower", "near"}
            pair = row["skill_uri"], row["other_uri"]
            if required.intersection(pair):
                assert strengths[pair] == (row["relation"], row["strength"])

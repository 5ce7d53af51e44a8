"""Learning what each likeness counts for, on likenesses whose part in the truth is known."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from tools import fit_likeness
from tools.fit_likeness import Cases, calibrated, collect, fit, recall, set_aside, write

ROLES, TOP = 150, 10


@pytest.fixture(scope="module")
def cases() -> Cases:
    """Three likenesses: one tells twice as much of what is published as another, the third nothing."""
    chance = np.random.default_rng(5)
    codes = [f"{at:03}" for at in range(ROLES)]
    likenesses = {name: chance.normal(size=(ROLES, ROLES)) for name in ("strong", "weak", "idle")}
    truth = 4 * likenesses["strong"] + 2 * likenesses["weak"] + chance.logistic(size=(ROLES, ROLES))
    np.fill_diagonal(truth, -np.inf)
    listed = [
        (codes[row], codes[other], index + 1)
        for row in range(ROLES)
        for index, other in enumerate(np.argsort(-truth[row])[:TOP])
    ]
    return collect(codes, likenesses, listed)


def test_weights_are_found_again(cases: Cases) -> None:
    strong, weak, idle = fit(cases)
    assert strong / weak == pytest.approx(2, rel=0.25)
    assert abs(idle) < 0.15 * weak


def test_a_likeness_that_tells_nothing_can_be_left_out_and_one_that_tells_much_cannot(
    cases: Cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fit_likeness, "REPEATS", 1)
    few = cases.of(np.arange(40))
    whole = set_aside(few).mean()
    assert whole - set_aside(few.without(0)).mean() > 0.2
    assert abs(whole - set_aside(few.without(2)).mean()) < 0.03


def test_a_role_is_no_candidate_of_its_own(cases: Cases) -> None:
    assert np.isfinite(cases.known).all()


def test_what_is_published_beyond_the_candidates_counts_as_missed(cases: Cases) -> None:
    beyond = Cases(cases.names, cases.known, cases.published, cases.beyond + TOP)
    weights = fit(cases)
    assert recall(beyond, weights) == pytest.approx(
        recall(cases, weights) * (cases.published.sum(axis=1) + cases.beyond)
        / (cases.published.sum(axis=1) + cases.beyond + TOP)
    )  # fmt: skip


def test_half_of_the_pairs_at_the_midpoint_are_published(cases: Cases) -> None:
    weights = fit(cases)
    midpoint, spread = calibrated(cases, weights)
    near = np.abs(cases.known @ weights - midpoint) < spread / 2
    assert cases.published[near].mean() == pytest.approx(0.5, abs=0.06)


def test_writing_one_table_leaves_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "weights.csv"
    header, other = ["table", "likeness", "weight", "standard_error"], ["starter", "words", "0.1", "0.0"]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, ["official", "old", "1", ""], other])
    monkeypatch.setattr(fit_likeness, "WEIGHTS", path)
    write("official", [("official", "new", "0.50", "0.10")])
    with path.open(newline="") as file:
        assert list(csv.reader(file)) == [header, ["official", "new", "0.50", "0.10"], other]

"""No count that is told, and no difference of two, is a count of one to ten people."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.model import FEWEST_TOLD, MOST_WITHHELD
from graph.suppress import STEP, rounded, threshold, told

COUNTS = st.integers(0, 120)


@st.composite
def counted(draw: st.DrawFn) -> tuple[int, int, int, int, int]:
    wallets = draw(COUNTS)
    holders = draw(st.integers(0, wallets))
    proven = draw(st.integers(0, holders))
    return wallets, holders, proven, draw(st.integers(15, 24)), draw(st.integers(15, 24))


def one_cell(wallets: int, holders: int, proven: int, of_all: int, least: int) -> tuple:
    cells = told(wallets, np.array([holders]), np.array([proven]), of_all, np.array([least]))
    return cells.wallets, cells.holders[0], cells.proven[0], bool(cells.few[0])


@given(counted())
def test_every_part_of_what_is_told_stands_for_eleven_or_more(case: tuple[int, int, int, int, int]) -> None:
    wallets, holders, proven, _of_all, _least = case
    all_told, held, stood_by, _few = one_cell(*case)
    if all_told is not None:
        assert wallets >= FEWEST_TOLD
    if not np.isnan(held):
        assert holders >= FEWEST_TOLD and wallets - holders >= FEWEST_TOLD
    if not np.isnan(stood_by):
        assert proven >= FEWEST_TOLD and holders - proven >= FEWEST_TOLD


@example((15, 5, 0, 15, 15))
@example((22, 12, 0, 15, 15))
@example((24, 10, 0, 15, 24))
@given(counted())
def test_a_small_part_cannot_be_told_from_none_at_all(case: tuple[int, int, int, int, int]) -> None:
    """Whatever part of a cell has one to ten people, all that is told is the same with nobody in it."""
    wallets, holders, proven, of_all, least = case
    found = one_cell(*case)
    worlds = []
    if 0 < holders < FEWEST_TOLD:
        worlds.append((wallets, 0, 0))
    if 0 < wallets - holders < FEWEST_TOLD:
        worlds.append((wallets, wallets, proven))
    if 0 < proven < FEWEST_TOLD:
        worlds.append((wallets, holders, 0))
    if 0 < holders - proven < FEWEST_TOLD:
        worlds.append((wallets, holders, holders))
    for world in worlds:
        np.testing.assert_equal(one_cell(*world, of_all, least), found)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 200), st.integers(0, 200), st.integers(15, 24))
def test_no_two_dates_prove_that_one_to_ten_people_came(before: int, after: int, least: int) -> None:
    """Every pair of counts told on two dates is also told for a change of none, or of eleven or more."""

    def count(holders: int, drawn: int) -> tuple:
        return one_cell(1000, holders, 0, 15, drawn)[1:2]

    seen = (count(before, least), count(after, least))
    others = (
        (one, other)
        for drawn in range(15, 25)
        for one in (*range(before - STEP, before + STEP), 0)
        for other in (*range(after - STEP, after + STEP), 0, MOST_WITHHELD)
        if one >= 0 and other >= 0 and not 1 <= abs(other - one) < FEWEST_TOLD
        if str((count(one, drawn), count(other, drawn))) == str(seen)
    )
    assert next(others, None) is not None


def test_a_threshold_is_secret_and_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = {threshold(secret, "53063", "esco:x") for secret in (b"a", b"b", b"c", b"d", b"e", b"f", b"g")}
    assert len(drawn) > 1 and min(drawn) >= FEWEST_TOLD + 4
    assert threshold(b"a", "53063", "esco:x") == threshold(b"a", "53063", "esco:x")
    assert rounded(FEWEST_TOLD + 4) >= 2 * STEP


def test_parts_that_are_no_parts_are_refused() -> None:
    with pytest.raises(ValueError, match="part of"):
        told(10, np.array([11]), np.array([0]), 15, np.array([15]))

"""No count that is told, and no difference of two, is a count of one to ten people."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.model import FEWEST_TOLD, MOST_WITHHELD
from graph.suppress import STEP, marks, rounded, threshold, thresholds, told, told_of_group

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


Parts = tuple[int, int, int, int]
"""People in the group who hold the skill and who do not, and the same of those not in the group."""


def observed(parts: Parts, least: int) -> tuple[object, ...]:
    """All that is told of a county, a skill and a group, with one threshold for everything."""
    inside, lacking, outside, _neither = parts
    everybody, none = np.array([least]), np.zeros(1, dtype=int)
    every = sum(parts), np.array([inside + outside]), none
    group = inside + lacking, np.array([inside]), none
    cells = told(*every, least, everybody)
    mine = told_of_group(every, group, cells, least, everybody)
    return tuple(
        str(part)
        for one in (cells, mine)
        for part in (one.wallets, one.holders[0], bool(one.few[0]) if one.wallets is not None else None)
    )


@settings(max_examples=300, deadline=None)
@given(st.tuples(*[st.one_of(st.integers(0, 30), st.integers(0, 70))] * 4), st.integers(15, 24))
def test_no_part_of_a_group_and_a_skill_is_ever_proven_to_be_of_one_to_ten(parts: Parts, least: int) -> None:
    """Small counties too, of 15 to 40 people: whatever is told is also told where a part has none, or eleven
    or more; with the numbers of the county, the group and the holders as they are.
    """
    seen = observed(parts, least)
    if seen[4] != "nan":
        assert min(parts) >= FEWEST_TOLD
    inside, lacking, outside, neither = parts
    for place, part in enumerate(parts):
        if not 0 < part < FEWEST_TOLD or seen[3] == "None":
            continue
        assert any(
            observed(other, drawn) == seen
            for move in range(-70, 71)
            for other in [(inside + move, lacking - move, outside - move, neither + move)]
            if min(other) >= 0 and not 0 < other[place] < FEWEST_TOLD
            for drawn in range(15, 25)
        ), (parts, place, seen)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(15, 24))
def test_a_group_is_told_only_where_those_who_are_not_in_it_are_many_too(
    group: int, others: int, least: int
) -> None:
    found = observed((0, group, 0, others), least)
    assert (found[3] != "None") == (group >= least and others >= least)


@given(counted(), st.data())
def test_proven_holders_of_a_group_leave_no_small_part(
    case: tuple[int, int, int, int, int], data: st.DataObject
) -> None:
    wallets, holders, proven, of_all, least = case
    stood_by = data.draw(st.integers(0, proven))
    held = stood_by + data.draw(st.integers(0, holders - proven))
    group = held + data.draw(st.integers(0, wallets - holders))
    every = wallets, np.array([holders]), np.array([proven])
    mine = group, np.array([held]), np.array([stood_by])
    cells = told_of_group(every, mine, told(*every, of_all, np.array([least])), of_all, np.array([least]))
    if not np.isnan(cells.proven[0]):
        assert min(stood_by, held - stood_by, proven - stood_by) >= FEWEST_TOLD
        assert (holders - proven) - (held - stood_by) >= FEWEST_TOLD


@settings(max_examples=200, deadline=None)
@given(st.tuples(*[st.integers(0, 60)] * 4), st.tuples(*[st.integers(0, 20)] * 4))
def test_two_overlapping_groups_never_prove_that_few_are_in_both(both: Parts, hold: Parts) -> None:
    """What is told of two groups and a skill bounds who is in both; the most it allows is eleven or more."""
    # People in both groups, in the first alone, in the second alone, in neither; and holders of the skill.
    holding = tuple(min(h, n) for h, n in zip(hold, both, strict=True))
    lacking = tuple(n - h for h, n in zip(holding, both, strict=True))
    least = 15
    first = observed(
        (holding[0] + holding[1], lacking[0] + lacking[1], holding[2] + holding[3], lacking[2] + lacking[3]),
        least,
    )
    second = observed(
        (holding[0] + holding[2], lacking[0] + lacking[2], holding[1] + holding[3], lacking[1] + lacking[3]),
        least,
    )
    if "None" in (first[3], second[3]):
        return
    # The most of each stratum that can be in both, where both cells are told; else of all people.
    strata = (holding, lacking) if "nan" not in (first[4], second[4]) else (both,)
    most = sum(min(one[0] + one[1], one[0] + one[2]) for one in strata)
    least_both = sum(max(0, one[0] - one[3]) for one in strata)
    assert least_both <= both[0] <= most and most >= FEWEST_TOLD
    # In the first alone, likewise: the second group's others take the place of the second group.
    assert sum(min(one[0] + one[1], one[1] + one[3]) for one in strata) >= FEWEST_TOLD


def test_a_threshold_is_secret_and_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = {threshold(secret, "53063") for secret in (b"a", b"b", b"c", b"d", b"e", b"f", b"g")}
    assert len(drawn) > 1 and min(drawn) >= FEWEST_TOLD + 4
    assert threshold(b"a", "53063") == threshold(b"a", "53063")
    cells = marks(b"a", ("esco:x", "esco:y", "esco:z"))
    assert (
        thresholds(b"a", "53063", cells)
        == thresholds(b"a", "53063", marks(b"a", ["esco:x", "esco:y", "esco:z"]))
    ).all()
    elsewhere = [thresholds(b"a", f"530{county}", cells).tolist() for county in range(10, 40)]
    assert len({tuple(each) for each in elsewhere}) > 25
    assert min(map(min, elsewhere)) >= FEWEST_TOLD + 4
    assert rounded(FEWEST_TOLD + 4) >= 2 * STEP


def test_parts_that_are_no_parts_are_refused() -> None:
    with pytest.raises(ValueError, match="part of"):
        told(10, np.array([11]), np.array([0]), 15, np.array([15]))

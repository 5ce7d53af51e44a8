"""Where people who leave a job go: shared out over roles, counted where a table is, and measured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import JobFamily, ModelledMove, ObservedMove, Role
from graph.moves import (
    Agreement,
    by_code,
    counted_out,
    destinations,
    evaluate,
    leads,
    shared_out,
    with_counted,
)

FAMILY = JobFamily("53", "Transportation and Material Moving")
MEMBERS = (
    ("53-3030", "53-3032.00", 0.75),
    ("53-3030", "53-3033.00", 0.25),
    ("53-7060", "53-7062.00", 1.0),
)
CODES = ("29-1141.00", "29-1141.01", "29-2061.00", "53-3032.00", "53-3033.00", "53-7062.00")
ROLES = {code: Role(code, f"Role {code}", FAMILY) for code in CODES}
COUNTED = (
    ObservedMove("29-1140", "29-2061", 0.07, "2024"),
    ObservedMove("29-1140", "53-3030", 0.02, "2024"),
    ObservedMove("29-1141.01", "53-7062.00", 0.5, "2024"),
)


def test_recall_is_of_the_ten_most_usual_and_flow_of_all_who_left():
    counted = {"a": {f"d{n:02}": float(20 - n) for n in range(20)}}
    ranked = {"a": [f"d{n:02}" for n in (0, 1, 2, 3, 4, 19, 18, 17, 16, 15, 5, 6, 7)]}
    found = evaluate(ranked, counted)
    assert found.recall_at_10 == pytest.approx(5 / 10)
    assert found.flow_at_10 == pytest.approx((20 + 19 + 18 + 17 + 16 + 1 + 2 + 3 + 4 + 5) / 210)


def test_who_stays_is_not_counted_and_an_origin_that_is_not_ranked_counts_as_nothing():
    counted = {"a": {"a": 0.9, "b": 0.1}, "z": {"b": 1.0}}
    assert evaluate({"a": ["a", "b"]}, counted) == Agreement(2, 0.5, 0.5)


def test_an_origin_that_nobody_left_is_not_asked():
    assert evaluate({}, {"a": {"a": 1.0}, "b": {"c": 0.0}}) == Agreement(0, 0.0, 0.0)


@given(st.dictionaries(st.sampled_from("bcdefgh"), st.floats(0.001, 1), min_size=1))
def test_the_true_order_is_found_whole(flows):
    order = sorted(flows, key=lambda code: (-flows[code], code))
    found = evaluate({"a": order}, {"a": flows})
    assert found.recall_at_10 == 1
    assert found.flow_at_10 == pytest.approx(1)


def test_an_occupation_of_other_detail_is_answered_by_its_neighbour_and_a_foreign_one_not_at_all():
    moves = {"29-1140": [("29-2060", 0.3)], "29-2060": [("31-1010", 0.2)]}
    ranked = by_code(moves, ["29-2061", "29-2099", "41-2030"])
    assert ranked == {"29-2061": ("31-1010",), "29-2099": ("31-1010",)}


def test_a_share_is_divided_over_the_roles_of_an_occupation_as_its_jobs_are():
    moves = {"53-7060": [("53-3030", 0.2)]}
    assert shared_out(moves, MEMBERS)["53-7062.00"] == (("53-3032.00", 0.15), ("53-3033.00", 0.05))


def test_roles_of_one_occupation_go_to_the_same_places_and_never_to_themselves():
    moves = {"53-3030": [("53-3030", 0.5), ("53-7060", 0.1)]}
    found = shared_out(moves, MEMBERS)
    assert "53-3032.00" not in dict(found["53-3032.00"])
    assert dict(found["53-3032.00"])["53-7062.00"] == dict(found["53-3033.00"])["53-7062.00"] == 0.1


def test_what_the_survey_counts_as_one_has_no_share():
    assert shared_out({"53-7060": [("53-3030", None)]}, MEMBERS) == {"53-7062.00": ()}


@given(st.lists(st.floats(0.001, 0.3), min_size=1, max_size=3))
def test_shares_never_come_to_more_than_they_were(shares):
    moves = {"53-7060": [("53-3030", share / len(shares)) for share in shares]}
    assert sum(share for _, share in shared_out(moves, MEMBERS)["53-7062.00"]) <= sum(shares) + 1e-6


def test_a_role_belongs_to_the_longest_code_of_a_counted_table():
    found = counted_out(COUNTED, CODES)
    assert [move.share for move, _ in found["29-1141.00"]] == [0.07, 0.02]
    assert [move.share for move, _ in found["29-1141.01"]] == [0.5]
    assert "53-3032.00" not in found


def test_only_the_roles_that_were_asked_for_are_answered():
    assert set(counted_out(COUNTED, CODES, ["29-1141.00"])) == {"29-1141.00"}


def test_counted_moves_take_the_place_of_modelled_ones_where_there_are_any():
    modelled = {"29-1141.00": (("53-7062.00", 0.9),), "53-3032.00": (("53-7062.00", 0.4),)}
    found = with_counted(modelled, counted_out(COUNTED, CODES))
    assert found["29-1141.00"] == (("29-2061.00", 0.07), ("53-3032.00", 0.01), ("53-3033.00", 0.01))
    assert found["53-3032.00"] == modelled["53-3032.00"]


def test_a_modelled_destination_says_its_range_and_what_it_is_counted_with():
    move = ModelledMove("53-3030", ("53-3032.00", "53-3033.00", "99-9999.00"), 0.1, 0.04, 0.2)
    (found,) = destinations(ROLES, (), [move])
    assert (found.role.code, found.share, found.low, found.high) == ("53-3032.00", 0.1, 0.04, 0.2)
    assert found.counted_with == 1
    assert found.modelled


def test_a_counted_destination_has_its_year_and_no_range_and_the_model_is_silent():
    counted = counted_out(COUNTED, CODES)["29-1141.00"]
    found = destinations(ROLES, counted, [ModelledMove("53-7060", ("53-7062.00",), 0.9, 0.5, 1.0)])
    assert [(each.role.code, each.share, each.year) for each in found] == [
        ("29-2061.00", 0.07, "2024"),
        ("53-3032.00", 0.02, "2024"),
    ]
    assert all(each.low is None and each.high is None and not each.modelled for each in found)


def test_every_role_of_a_kind_leads_there_with_the_share_of_all_of_them():
    move = ModelledMove("53-3030", ("53-3032.00", "53-3033.00"), 0.1, 0.04, 0.2)
    assert {code: each.share for code, each in leads(ROLES, (), [move]).items()} == {
        "53-3032.00": 0.1,
        "53-3033.00": 0.1,
    }

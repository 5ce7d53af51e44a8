"""Careers that share somebody's interests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.interests import ORDER, alike, profile
from graph.model import Interest, InterestActivity, Interests

SIX = st.lists(st.floats(1, 7), min_size=6, max_size=6)


def interests(code: str, scores: list[float]) -> Interests:
    return Interests(code, dict(zip(ORDER, scores, strict=True)))


@given(SIX, SIX)
def test_likeness_lies_between_minus_one_and_one_and_knows_no_generosity(person, role):
    mine = dict(zip(ORDER, person, strict=True))
    for code, found in alike(mine, {"a": interests("a", role)}):
        assert code == "a" and -1.000001 <= found <= 1.000001


def test_a_profile_of_the_same_shape_comes_first():
    person = dict(zip(ORDER, (5, 1, 1, 1, 1, 3), strict=True))
    roles = {
        "same": interests("same", [7, 1, 1, 1, 1, 4]),
        "other": interests("other", [1, 6, 7, 1, 1, 1]),
        "flat": interests("flat", [3, 3, 3, 3, 3, 3]),
    }
    found = alike(person, roles)
    assert found[0][0] == "same" and found[0][1] > 0.9
    assert {code: round(r, 3) for code, r in found}["flat"] == -1.0
    assert len(alike(person, roles, 1)) == 1


def test_nothing_is_told_of_half_a_profile_or_one_without_shape():
    roles = {"a": interests("a", [1, 2, 3, 4, 5, 6])}
    assert alike({Interest.SOCIAL: 5.0}, roles) == ()
    assert alike(dict.fromkeys(ORDER, 3.0), roles) == ()
    assert alike(dict(zip(ORDER, (1, 2, 3, 4, 5, 5), strict=True)), {"b": Interests("b")}) == ()


def test_a_rating_that_is_none_is_refused():
    rated = [InterestActivity(Interest.SOCIAL, "Teach")]
    for wrong in (0, 6, -1):
        with pytest.raises(ValueError, match="1 to 5"):
            profile(rated, {0: wrong})
    assert profile(rated, {7: 3}) == {}

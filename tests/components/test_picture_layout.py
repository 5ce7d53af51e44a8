"""Where things stand on the picture: distance is distance, and nothing lies on anything else."""

from __future__ import annotations

import math
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from components.picture_layout import (
    FAN,
    INNER,
    OUTER,
    RINGS,
    SQUARE_STEP,
    Point,
    around,
    fan,
    fan_radius,
    places,
    radius,
)
from graph.model import Career, CareerLink, JobFamily, Match, Role

FAMILY = JobFamily("29", "Healthcare Practitioners and Technical")
SQUARE = 14.0
scores = st.lists(st.floats(0, 1), min_size=0, max_size=12)


def career(number: int, score: float) -> Career:
    code = f"29-{number:04d}.00"
    return Career(Match(Role(code, f"Role {number}", FAMILY), score, score, score, 1, 0, 1), chosen=False)


def careers(shares: list[float]) -> list[Career]:
    return [career(number, share) for number, share in enumerate(shares)]


def distance(point: Point) -> float:
    return math.hypot(point.x, point.y)


@st.composite
def linked(draw: st.DrawFn) -> tuple[list[Career], list[CareerLink]]:
    found = careers(draw(scores))
    pairs = list(combinations([one.role.code for one in found], 2))
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return found, [CareerLink(a, b, draw(st.floats(0.3, 1))) for a, b in chosen]


@given(scores, st.integers(0, 11))
def test_a_career_with_a_higher_match_is_never_farther_from_the_person(shares, nth):
    found = careers(shares)
    opened = found[nth].role.code if nth < len(found) else None
    at = places(found, opened)
    for one, other in combinations(found, 2):
        near, far = sorted((one, other), key=lambda c: -c.match.score)
        assert distance(at[near.role.code]) <= distance(at[far.role.code]) + 1e-9


@given(scores, st.booleans())
def test_every_career_stands_between_the_inner_and_the_outer_ring(shares, is_open):
    found = careers(shares)
    opened = found[0].role.code if found and is_open else None
    at = places(found, opened)
    assert set(at) == {one.role.code for one in found}
    assert all(INNER - 1e-6 <= distance(point) <= OUTER + 1e-6 for point in at.values())


@given(scores)
def test_no_two_careers_stand_in_the_same_direction(shares):
    found = careers(shares)
    angles = [math.atan2(point.y, point.x) for point in places(found, None).values()]
    for one, other in combinations(angles, 2):
        apart = abs(one - other) % (2 * math.pi)
        assert min(apart, 2 * math.pi - apart) >= 2 * math.pi / 12 - 1e-6


@given(linked())
def test_the_order_around_the_person_has_every_career_once(given_careers):
    found, links = given_careers
    order = around(found, links)
    assert sorted(one.role.code for one in order) == [one.role.code for one in found]
    if order:
        assert order[0].match.score == max(one.match.score for one in found)
    assert around(list(reversed(found)), list(reversed(links))) == order


@given(st.integers(0, 80), st.floats(0, 2 * math.pi), st.floats(INNER, OUTER))
@settings(max_examples=60)
def test_squares_of_an_open_career_never_lie_on_each_other_or_on_it(count, angle, away):
    centre = Point(away * math.cos(angle), away * math.sin(angle))
    spots = fan(centre, count)
    assert len(spots) == count
    for one, other in combinations(spots, 2):
        assert max(abs(one.x - other.x), abs(one.y - other.y)) >= SQUARE * 0.85
        assert math.hypot(one.x - other.x, one.y - other.y) >= SQUARE
    for spot in spots:
        assert math.hypot(spot.x - centre.x, spot.y - centre.y) >= FAN - 1e-6
    assert fan_radius(count) == 0 or fan_radius(count) >= FAN - 1e-6


@given(st.integers(1, 40))
def test_the_way_to_the_person_stays_free_of_squares(count):
    centre = Point(0.0, -OUTER)
    for spot in fan(centre, count):
        towards = math.atan2(spot.y - centre.y, spot.x - centre.x)  # The person is at +90 degrees.
        assert abs(towards - math.pi / 2) > math.pi / 8 or spot.y < centre.y


def test_the_same_match_stands_at_the_same_distance_for_everybody():
    assert radius(1) == INNER
    assert radius(0) == OUTER
    for number in (1, 5, 12):
        found = careers([0.4] * number)
        at = places(found, None)
        assert all(math.isclose(distance(point), radius(0.4)) for point in at.values())
    assert list(RINGS) == sorted(RINGS, reverse=True)


def test_squares_keep_their_step_along_a_ring():
    one, other, *_rest = fan(Point(0.0, -OUTER), 10)
    assert math.hypot(one.x - other.x, one.y - other.y) >= SQUARE_STEP * 0.95


@given(st.integers(1, 28))
def test_the_squares_of_a_usual_role_stand_in_one_ring(count):
    centre = Point(0.0, -OUTER)
    away = {round(math.hypot(spot.x - centre.x, spot.y - centre.y), 6) for spot in fan(centre, count)}
    assert len(away) == 1


def test_several_rings_are_as_full_as_each_other():
    centre = Point(0.0, -OUTER)
    away = [round(math.hypot(spot.x - centre.x, spot.y - centre.y), 6) for spot in fan(centre, 36)]
    inner, outer = sorted(set(away))
    assert abs(away.count(inner) / inner - away.count(outer) / outer) < 2 / inner

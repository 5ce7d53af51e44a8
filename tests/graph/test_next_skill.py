"""What gaining one skill would do, over the whole network."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.match import match, match_all
from graph.model import Standing
from graph.next_skill import next_skills, put_on
from tests.careers import ROLES, holding, skill, small_graph, wallet

GRAPH = small_graph()
NAMES = sorted({r.skill.name for role in ROLES for r in role.requirements})
wallets = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(list(Standing))), max_size=5, unique_by=lambda p: p[0]
).map(lambda pairs: wallet(*(holding(name, standing) for name, standing in pairs)))


@given(wallets, st.sampled_from([0.2, 0.3, 0.5, 0.8]))
@settings(deadline=None, max_examples=60)
def test_what_is_told_is_what_the_match_says_once_the_skill_is_there(mine, reach):
    before = {found.role.code: found.score for found in match_all(GRAPH, mine)}
    for gain in next_skills(GRAPH, mine, reach=reach):
        after = {f.role.code: f.score for f in match_all(GRAPH, put_on(mine, [gain.skill]))}
        crossing = {code for code in after if before[code] < reach <= after[code] + 1e-12}
        assert {found.role.code for found, _ in gain.reached} == crossing
        for found, score in gain.reached:
            assert score == pytest.approx(after[found.role.code])
        assert gain.nearer == sum(after[code] > before[code] + 1e-9 for code in after)


@given(wallets)
@settings(deadline=None, max_examples=40)
def test_what_is_held_or_set_aside_is_never_next(mine):
    held = {h.skill.id for h in mine.holdings if h.standing.counts}
    assert not held & {gain.skill.id for gain in next_skills(GRAPH, mine)}


def test_a_skill_that_is_set_aside_is_not_next():
    mine = wallet(hidden=["lift patients"])
    assert "lift patients" not in {gain.skill.name for gain in next_skills(GRAPH, mine)}


def test_an_expired_skill_is_one_to_gain_again():
    mine = wallet(holding("fill orders", Standing.EXPIRED))
    assert "fill orders" in {gain.skill.name for gain in next_skills(GRAPH, mine)}


def test_what_brings_most_roles_within_reach_comes_first():
    gains = next_skills(GRAPH, wallet(), reach=0.3)
    counts = [len(gain.reached) for gain in gains]
    assert counts == sorted(counts, reverse=True) and counts[0] > 1


def test_kin_counts_as_far_as_it_covers():
    gains = {gain.skill.name: gain for gain in next_skills(GRAPH, wallet(), reach=0.3)}
    reached = {found.role.title: score for found, score in gains["drive trucks"].reached}
    assert set(reached) == {"Heavy and Tractor-Trailer Truck Drivers", "Light Truck Drivers"}
    assert reached["Light Truck Drivers"] < reached["Heavy and Tractor-Trailer Truck Drivers"]


def test_a_limit_is_kept_and_none_below_zero_taken():
    assert len(next_skills(GRAPH, wallet(), 2)) == 2
    assert next_skills(GRAPH, wallet(), 0) == ()
    with pytest.raises(ValueError, match="limit"):
        next_skills(GRAPH, wallet(), -1)


def test_a_skill_tried_on_is_marked_and_what_is_held_stays_as_it_is():
    mine = wallet(holding("monitor patients"))
    tried = put_on(mine, [skill("monitor patients"), skill("give medicines")])
    assert tried.holdings[0] == mine.holdings[0] and len(tried.holdings) == 2
    squares = {s.requirement.skill.name: s for s in match(GRAPH, tried, "29-1141.00").squares}
    assert squares["give medicines"].tried and not squares["monitor patients"].tried
    assert not squares["write reports"].tried

"""How far a wallet reaches a role: promises kept for every wallet, and sums done by hand."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.build import build
from graph.gap import gap, why
from graph.match import FAINT, MATCHED, match, match_all, score_all
from graph.model import (
    Evidence,
    Facet,
    Holding,
    Kinship,
    Match,
    Relation,
    Requirement,
    Role,
    Skill,
    SquareState,
    Standing,
    Wallet,
)
from tests.careers import (
    DRIVER,
    LIGHT,
    MOVING,
    NURSE,
    UNKNOWN,
    holding,
    needs,
    role,
    skill,
    small_graph,
    wallet,
)

SKILLS = tuple(skill(f"skill {n}") for n in range(12))
ROUNDING = 1e-9

unhurried = settings(deadline=None, max_examples=60)

shares = st.integers(0, 20).map(lambda n: n / 20)
maybe_shares = st.none() | shares
skills = st.sampled_from(SKILLS)
requirements = st.builds(
    Requirement,
    skill=skills,
    importance=shares,
    level=maybe_shares,
    stderr=st.none() | st.integers(0, 6).map(lambda n: n / 20),
    facet=st.sampled_from([str(facet) for facet in Facet]),
)
holdings = st.builds(Holding, skill=skills, standing=st.sampled_from(Standing), level=maybe_shares)
kinships = st.builds(
    Kinship,
    skill_id=skills.map(lambda s: s.id),
    other_id=skills.map(lambda s: s.id),
    relation=st.sampled_from((Relation.BROADER, Relation.NARROWER, Relation.NEAR)),
    strength=shares,
)


@st.composite
def graphs(draw: st.DrawFn):
    required = draw(st.lists(st.lists(requirements, max_size=6), min_size=1, max_size=4))
    roles = [
        Role(f"11-{n:04d}.00", f"Role {n}", MOVING, requirements=tuple(each))
        for n, each in enumerate(required)
    ]
    return build(roles, draw(st.lists(kinships, max_size=12)))


wallets = st.builds(
    Wallet,
    owner=st.just("w"),
    holdings=st.lists(holdings, max_size=8).map(tuple),
    hidden=st.frozensets(skills.map(lambda s: s.id), max_size=3),
)


def by_code(matches: tuple[Match, ...]) -> dict[str, Match]:
    return {found.role.code: found for found in matches}


def with_more(before: Wallet, *more: Holding) -> Wallet:
    return Wallet(before.owner, before.holdings + more, before.hidden)


@unhurried
@given(graphs(), wallets, holdings)
def test_a_skill_more_never_lowers_a_match(graph, before, more):
    after = by_code(match_all(graph, with_more(before, more)))
    for code, found in by_code(match_all(graph, before)).items():
        assert after[code].score >= found.score - ROUNDING
        assert after[code].low >= found.low - ROUNDING
        assert after[code].high >= found.high - ROUNDING


WEAKER = {
    Standing.VERIFIED: (Standing.CONFIRMED, Standing.SELF_ASSERTED, Standing.EXPIRED, Standing.REVOKED),
    Standing.CONFIRMED: (Standing.SELF_ASSERTED, Standing.EXPIRED, Standing.REVOKED),
    Standing.SELF_ASSERTED: (Standing.EXPIRED, Standing.REVOKED),
    Standing.EXPIRED: (Standing.REVOKED,),
    Standing.REVOKED: (),
}


@st.composite
def less_evidence(draw: st.DrawFn) -> tuple[Wallet, Wallet]:
    """A wallet, and one with a part of its evidence: holdings gone, less proven, lower, or without papers."""
    before = draw(wallets)
    evidence = (Evidence("record", "Certificate", "Institute"),)
    left = []
    for held in before.holdings:
        what = draw(st.sampled_from(("kept", "gone", "less proven", "lower", "without papers")))
        if what == "less proven" and WEAKER[held.standing]:
            held = replace(held, standing=draw(st.sampled_from(WEAKER[held.standing])))
        elif what == "lower" and held.level is not None:
            held = replace(held, level=held.level * draw(shares))
        elif what == "without papers":
            held = replace(held, evidence=())
        if what != "gone":
            left.append(held)
    whole = tuple(replace(held, evidence=evidence) for held in before.holdings)
    return replace(before, holdings=whole), replace(before, holdings=tuple(left))


@unhurried
@given(graphs(), less_evidence(), st.booleans())
def test_a_match_is_never_higher_on_a_subset_of_the_evidence(graph, both, verified_only):
    whole, part = both
    more = by_code(match_all(graph, whole, verified_only))
    for code, found in by_code(match_all(graph, part, verified_only)).items():
        assert found.score <= more[code].score + ROUNDING
        assert found.proven <= more[code].proven + ROUNDING
        assert found.low <= more[code].low + ROUNDING
        assert found.high <= more[code].high + ROUNDING
        assert found.matched <= more[code].matched


@unhurried
@given(graphs(), wallets)
def test_the_facets_of_a_match_sum_to_it(graph, held):
    for code in graph.role_index:
        found = match(graph, held, code)
        assert math.isclose(sum(facet.term for facet in found.facets), found.score, abs_tol=ROUNDING)
        assert sum(facet.weight for facet in found.facets) == pytest.approx(1.0 if found.facets else 0.0)
        for end in ("low", "high"):
            whole = sum(facet.weight * getattr(facet, end) for facet in found.facets)
            assert math.isclose(whole, getattr(found, end), abs_tol=ROUNDING)
        for facet in found.facets:
            squares = [s for s in found.squares if s.requirement.facet == facet.facet and not s.hidden]
            assert len(squares) == facet.required
            assert math.isclose(sum(s.term for s in squares), facet.term, abs_tol=ROUNDING)
            assert 0 <= facet.low <= facet.score <= facet.high <= 1
        for count in ("matched", "partial", "missing"):
            assert sum(getattr(facet, count) for facet in found.facets) == getattr(found, count)


@unhurried
@given(graphs(), wallets, skills, st.sampled_from((Standing.EXPIRED, Standing.REVOKED)), maybe_shares)
def test_an_expired_or_revoked_holding_never_raises_a_match(graph, before, lost, standing, level):
    after = with_more(before, Holding(lost, standing, level))
    assert match_all(graph, after) == match_all(graph, before)
    for code in graph.role_index:
        assert match(graph, after, code) == match(graph, before, code)


@unhurried
@given(graphs(), wallets, st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_never_matters(graph, before, chance: random.Random):
    shuffled = list(before.holdings)
    chance.shuffle(shuffled)
    after = Wallet(before.owner, tuple(shuffled), before.hidden)
    assert match_all(graph, after) == match_all(graph, before)
    for code in graph.role_index:
        assert match(graph, after, code) == match(graph, before, code)


@unhurried
@given(st.permutations(range(3)), st.permutations(range(3)), wallets)
def test_the_order_in_which_a_graph_is_built_never_matters(role_order, need_order, held):
    needed = [Requirement(SKILLS[n], 0.3 + n / 10) for n in range(4)]
    each = [needed[:3], needed[1:], needed[:2]]
    kin = [Kinship(SKILLS[n].id, SKILLS[n + 1].id, Relation.BROADER, 0.3 + n / 10) for n in range(3)]

    def made(roles, order, kinships):
        return build(
            [
                Role(
                    f"11-{n:04d}.00",
                    f"Role {n}",
                    MOVING,
                    requirements=tuple(each[n][i] for i in order if i < len(each[n])),
                )
                for n in roles
            ],
            kinships,
        )

    one, other = made(range(3), range(3), kin), made(role_order, need_order, [kin[n] for n in need_order])
    for a, b in zip(match_all(one, held), match_all(other, held), strict=True):
        assert (a.role.code, a.score, a.low, a.high) == (b.role.code, b.score, b.low, b.high)


@unhurried
@given(graphs(), wallets)
def test_the_terms_of_a_match_sum_to_its_score(graph, held):
    for code in graph.role_index:
        found = match(graph, held, code)
        assert math.isclose(sum(square.term for square in found.squares), found.score, abs_tol=ROUNDING)
        weights = sum(square.weight for square in found.squares)
        assert math.isclose(weights, 1.0, abs_tol=ROUNDING) or (weights == 0 and found.score == 0)


@unhurried
@given(graphs(), wallets, st.booleans())
def test_a_range_lies_around_its_score(graph, held, verified_only):
    for found in match_all(graph, held, verified_only):
        assert 0 <= found.low <= found.proven <= found.score <= found.high <= 1
        if verified_only:
            assert found.proven == found.score


@unhurried
@given(graphs(), wallets, st.booleans())
def test_one_match_agrees_with_the_match_of_all(graph, held, verified_only):
    matches = by_code(match_all(graph, held, verified_only))
    assert len(matches) == len(graph.roles)
    for code, listed in matches.items():
        found = match(graph, held, code, verified_only=verified_only)
        assert found.score == pytest.approx(listed.score, abs=ROUNDING)
        assert found.low == pytest.approx(listed.low, abs=ROUNDING)
        assert found.high == pytest.approx(listed.high, abs=ROUNDING)
        assert (found.matched, found.partial, found.missing) == (
            listed.matched,
            listed.partial,
            listed.missing,
        )


@unhurried
@given(graphs(), wallets)
def test_the_scores_alone_are_those_of_the_match_of_all(graph, held):
    scores = score_all(graph, held)
    for code, listed in by_code(match_all(graph, held)).items():
        assert scores[graph.role_index[code]] == pytest.approx(listed.score, abs=ROUNDING)


@unhurried
@given(graphs(), wallets)
def test_a_square_reads_what_it_adds(graph, held):
    for code in graph.role_index:
        for square in match(graph, held, code).squares:
            assert (square.state is SquareState.MISSING) == (square.coverage == 0) == (not square.by)
            assert (square.state is SquareState.MATCHED) == (square.coverage >= MATCHED)
            assert square.coverage == 0 or square.coverage >= FAINT
            assert 0 <= square.verified_coverage <= square.coverage
            assert all(proof.standing.counts for proof in square.by)
            if square.relation is not Relation.SAME:
                assert square.coverage <= 0.8


@unhurried
@given(graphs(), wallets)
def test_the_gap_holds_what_would_help_most_first(graph, held):
    for code in graph.role_index:
        found = match(graph, held, code)
        missing = gap(found)
        lacks = [why(square).lacks for square in missing]
        assert lacks == sorted(lacks, reverse=True)
        assert len(missing) == found.partial + found.missing
        assert math.isclose(sum(lacks), 1 - found.score, abs_tol=ROUNDING) or not found.required


@unhurried
@given(graphs(), wallets)
def test_a_match_with_its_highest_weights_is_the_greatest_there_is(graph, held):
    for code in graph.role_index:
        found = match(graph, held, code)
        span = graph.span(graph.role_index[code])
        errors = dict(
            zip(
                (id(r) for r in graph.requirements[span]),
                zip(graph.weights.data[span], graph.errors[span], strict=True),
                strict=True,
            )
        )
        for facet in found.facets:
            squares = [s for s in found.squares if s.requirement.facet == facet.facet and not s.hidden]
            pairs = [(*errors[id(s.requirement)], s.coverage, s.verified_coverage) for s in squares]
            # The greatest mean is at a threshold: everything covered better weighs its most; so is the least.
            best = _outermost([(w, e, c) for w, e, c, _ in pairs], facet.score, max)
            assert facet.high == pytest.approx(best, abs=1e-6)
            sure = sum(s.weight * s.verified_coverage for s in squares) / facet.weight if facet.weight else 0
            worst = _outermost([(w, -e, c) for w, e, _, c in pairs], sure, min)
            assert facet.low == pytest.approx(worst, abs=1e-6)


def _outermost(pairs, mean, choose):
    for least in {c for _, _, c in pairs}:
        weights = [max(w - e, 0) if c < least else max(w + e, 0) for w, e, c in pairs]
        if sum(weights) > 0:
            found = sum(w * c for w, (_, _, c) in zip(weights, pairs, strict=True)) / sum(weights)
            mean = choose(mean, found)
    return min(max(mean, 0.0), 1.0)


def test_importance_counts_more_where_a_skill_tells_roles_apart():
    graph = small_graph()
    squares = {s.requirement.skill.name: s for s in match(graph, wallet(), DRIVER.code).squares}
    driving, writing = math.log1p(6 / 1), math.log1p(6 / 4)
    assert squares["drive trucks"].weight == pytest.approx(0.9 * driving / (0.9 * driving + 0.2 * writing))


TWO_FACETS = role(
    "11-0001.00",
    "One",
    MOVING,
    needs("a", 0.5),
    needs("b", 0.5),
    needs("c", 0.75, facet="knowledge"),
    needs("d", 0.75, facet="knowledge"),
)


def test_a_role_divides_its_weight_over_its_facets():
    graph = build([TWO_FACETS], facet_weights={Facet.OCCUPATIONAL: 0.6, Facet.KNOWLEDGE: 0.2})
    found = match(graph, wallet(holding("a"), holding("c"), holding("d")), "11-0001.00")
    assert [(f.facet, f.weight, f.score) for f in found.facets] == [
        ("occupational", pytest.approx(0.75), 0.5),
        ("knowledge", pytest.approx(0.25), 1.0),
    ]
    assert found.score == pytest.approx(0.75 * 0.5 + 0.25)
    assert [(f.matched, f.partial, f.missing) for f in found.facets] == [(1, 0, 1), (2, 0, 0)]


def test_a_facet_that_a_role_lacks_gives_its_share_to_the_others():
    plain = role("11-0002.00", "Two", MOVING, needs("a", 0.5), needs("b", 0.5))
    [facet] = match(build([TWO_FACETS, plain]), wallet(holding("a")), "11-0002.00").facets
    assert (facet.facet, facet.weight, facet.score) == ("occupational", 1.0, 0.5)


def test_a_facet_that_is_all_set_aside_gives_its_share_to_the_others():
    found = match(build([TWO_FACETS]), wallet(holding("a"), hidden=["c", "d"]), "11-0001.00")
    assert [(f.facet, f.weight) for f in found.facets] == [("occupational", 1.0)]
    assert found.score == pytest.approx(0.5) and found.required == 2


def test_what_a_release_rates_as_hardly_important_is_not_required():
    low = role("11-0001.00", "One", MOVING, needs("a"), needs("b", 0.4, facet="essential"))
    found = match(build([low]), wallet(), "11-0001.00")
    assert [square.requirement.skill.name for square in found.squares] == ["a"]


def test_a_facet_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="juggling"):
        build([role("11-0001.00", "One", MOVING, needs("a", facet="juggling"))])


def test_published_errors_widen_both_ends_of_a_range():
    sure = build([role("11-0001.00", "One", MOVING, needs("a"), needs("b"))])
    unsure = build([role("11-0001.00", "One", MOVING, needs("a", stderr=0.1), needs("b", stderr=0.1))])
    held = wallet(holding("a"))
    found = match(sure, held, "11-0001.00")
    assert (found.low, found.proven, found.score, found.high) == (0.5, 0.5, 0.5, 0.5)
    found = match(unsure, held, "11-0001.00")
    assert (found.low, found.proven, found.score, found.high) == pytest.approx((0.4, 0.5, 0.5, 0.6))


def test_a_kindred_skill_covers_in_part_and_says_how():
    [square, _] = match(small_graph(), wallet(holding("drive trucks")), LIGHT.code).squares
    assert (square.state, square.coverage, square.relation) == (SquareState.PARTIAL, 0.6, Relation.BROADER)
    [square, _] = match(small_graph(), wallet(holding("drive vans")), DRIVER.code).squares
    assert (square.coverage, square.relation) == (0.6, Relation.NARROWER)


def test_kin_never_covers_more_than_four_fifths():
    graph = build(
        [role("11-0001.00", "One", MOVING, needs("a"))],
        [Kinship(skill("a").id, skill("b").id, Relation.NEAR, 1.0)],
    )
    assert match(graph, wallet(holding("b")), "11-0001.00").score == 0.8


def test_a_level_held_counts_in_proportion_to_the_one_required():
    graph = build([role("11-0001.00", "One", MOVING, needs("a", level=0.8))])

    def score(level: float | None) -> float:
        return match(graph, wallet(holding("a", level=level)), "11-0001.00").score

    assert score(0.4) == pytest.approx(0.5)
    assert score(0.9) == score(None) == 1.0
    assert score(0.1) == 0.0, "less than a fifth counts as nothing"


def test_what_only_the_person_says_counts_in_the_score_and_not_in_its_lower_end():
    claimed = wallet(holding("monitor patients", Standing.SELF_ASSERTED), holding("give medicines"))
    found = match(small_graph(), claimed, NURSE.code)
    assert found.low < found.score == found.high
    assert found.low == pytest.approx(
        sum(s.term for s in found.squares if s.requirement.skill.name == "give medicines")
    )


def test_a_hidden_skill_is_left_out_and_the_others_weigh_more():
    seen = match(small_graph(), wallet(holding("give medicines")), NURSE.code)
    found = match(small_graph(), wallet(holding("give medicines"), hidden=["monitor patients"]), NURSE.code)
    assert found.score > seen.score
    assert (found.matched, found.missing) == (1, 1)
    last = found.squares[-1]
    assert last.hidden and last.weight == 0 and last.requirement.skill.name == "monitor patients"


def test_a_role_whose_every_skill_is_hidden_is_not_reckoned():
    found = match(small_graph(), wallet(holding("fill orders"), hidden=["fill orders"]), "53-7065.00")
    assert (found.score, found.low, found.high, found.required) == (0, 0, 0, 0)


def test_a_role_without_requirements_matches_nothing():
    found = match(small_graph(), wallet(holding("drive trucks")), UNKNOWN.code)
    assert (found.score, found.required, found.squares) == (0, 0, ())


def test_equal_matches_come_by_title():
    titles = [found.role.title for found in match_all(small_graph(), wallet())]
    assert titles == sorted(titles)


def test_a_match_from_a_list_has_no_gap_to_show():
    with pytest.raises(ValueError, match="no squares"):
        gap(match_all(small_graph(), wallet())[0])


def test_a_role_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        match(small_graph(), wallet(), "99-9999.00")


def test_a_skill_nobody_requires_does_nothing():
    other = Skill("osn:x", "juggle", "https://example.org/x", "osn", "skill")
    held = Wallet("w", (Holding(other, Standing.VERIFIED),))
    assert match_all(small_graph(), held) == match_all(small_graph(), Wallet("w"))

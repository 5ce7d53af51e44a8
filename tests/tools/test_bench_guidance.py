"""What the guidance bench measures is what its names say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.build import build
from graph.match import match_all
from graph.model import Evidence, Facet, Preparation, Wallet
from tests.careers import ACUTE, AIDE, CLERK, DRIVER, KIN, LIGHT, MOVING, NURSE, SIMILAR, holding, needs, role
from tools import bench_full, bench_guidance
from tools.bench_guidance import Market

ROLES = tuple(sorted((NURSE, ACUTE, AIDE, DRIVER, LIGHT, CLERK), key=lambda one: one.code))
ZONES = {one.code: Preparation(one.code, zone) for one, zone in zip(ROLES, (3, 4, 2, 2, 2, 1), strict=True)}


@pytest.fixture
def market() -> Market:
    return Market(ROLES, KIN, ZONES, SIMILAR)


def figures(found) -> dict[str, float | str]:
    return {figure.name: figure.value for figure in found}


def test_a_role_comes_first_for_all_that_it_requires(market):
    assert bench_guidance.own_places(market, hidden=0.0) == [1] * len(ROLES)


def test_hiding_more_and_adding_noise_never_gives_a_place_that_is_none(market):
    for place in bench_guidance.own_places(market, hidden=0.7, noise=1.0, seed=4):
        assert 1 <= place <= len(ROLES)


def test_the_same_seed_draws_the_same_records(market):
    drawn = [bench_guidance.own_places(market, 0.5, 1.0, seed) for seed in (1, 1)]
    assert drawn[0] == drawn[1]


def test_calibration_counts_only_roles_within_reach(market):
    # Nurses and acute care nurses reach each other, and nobody reaches the clerk.
    market = replace(market, roles=(NURSE, ACUTE, CLERK))
    found = figures(bench_guidance.calibration(market))
    assert found["reach_30_same_family"] == found["reach_30_within_one_zone"] == 1.0
    assert found["reach_30_roles_mean"] == pytest.approx(2 / 3)
    assert found["reach_30_none"] == pytest.approx(1 / 3)
    bare = figures(bench_guidance.calibration(replace(market, preparations={})))
    assert bare["reach_40_within_one_zone"] == "skipped (no job zones loaded)"


def test_a_dropped_credential_takes_what_rests_on_no_other():
    one, other = Evidence("record-1", "", ""), Evidence("record-2", "", "")
    both = replace(holding("give medicines"), evidence=(one, other))
    only = replace(holding("write reports"), evidence=(other,))
    first, second = bench_guidance.credentials_dropped(Wallet("", (both, only)))
    assert [h.skill.name for h in first.holdings] == ["give medicines", "write reports"]
    assert [h.skill.name for h in second.holdings] == ["give medicines"]


def test_every_weight_is_changed_and_none_makes_a_role_lose_a_requirement(market):
    faceted = role("11-0001.00", "One", MOVING, needs("a"), needs("b", 0.6, facet="knowledge"))
    market = replace(market, roles=(faceted, *ROLES))
    changed = dict(bench_guidance.weights_changed(market))
    assert {f"{facet}_{way}" for facet in ("occupational", "knowledge") for way in ("up", "down")} <= set(
        changed
    )
    for graph in (*changed.values(), *dict(bench_guidance.variants(market)).values()):
        assert graph.role_index == market.graph.role_index
    for name, graph in changed.items():
        assert len(graph.requirements) == len(market.graph.requirements), name


def test_an_ablation_leaves_out_what_it_says(market):
    faceted = role("11-0001.00", "One", MOVING, needs("a"), needs("b", 0.6, level=0.5, facet="knowledge"))
    found = dict(bench_guidance.variants(replace(market, roles=(faceted, *ROLES))))
    assert set(found["without_knowledge"].facets) == {Facet.OCCUPATIONAL}
    assert found["without_kin"].kin.nnz == len(found["without_kin"].skill_index)
    assert all(level != level for level in found["without_levels"].levels)


def test_the_weights_of_the_whole_are_those_of_the_product(market):
    whole = dict(bench_guidance.variants(market))["whole"]
    own = build(ROLES, KIN)
    held = Wallet("", (holding("give medicines"), holding("drive trucks")))
    assert match_all(whole, held) == match_all(own, held)


def test_without_a_full_release_its_figures_are_skipped_with_a_word(tmp_path: Path):
    [figure] = bench_full.measure(tmp_path, tmp_path / "none.zip", tmp_path / "none.csv")
    assert str(figure).startswith("full_release: skipped (no O*NET text release")

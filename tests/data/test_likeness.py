"""Likenesses between roles: ranked, weighed, added up; and what a full release adds to them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from data.build import build
from data.distil import Words
from data.errors import InputFault
from data.likeness import (
    WEIGHTS,
    Weights,
    best,
    blended,
    centred_cosine,
    correlation,
    letters,
    listed_ranks,
    log_ranks,
    read_weights,
    shared_pieces,
)
from data.official import TextRelease
from data.role_likeness import Rated, ranked, similarity, zone_distance
from data.sources import onet_likeness
from data.sources.onet_likeness import Described

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"
COOK, CHEF, BAKER, WELDER, OTHER = "35-2014.00", "35-1011.00", "51-3011.00", "51-4121.00", "51-9199.00"
CODES = [CHEF, COOK, BAKER, WELDER]
TITLES = {CHEF: "Chefs", COOK: "Cooks", BAKER: "Bakers", WELDER: "Welders"}
PARTS = ("starter", "titles' letters", "titles' meaning", "activities' meaning", "knowledge")
ALIKE = Weights(dict.fromkeys((*PARTS, "job zone"), 1.0), midpoint=3.0, spread=1.0)
WORDS = Words(["cook", "bake", "weld"], np.ones(3, np.float32), np.eye(3, dtype=np.float32))
NOTHING = Rated(
    pd.DataFrame(columns=["role_code", "skill_id", "importance"]),
    pd.DataFrame(columns=["role_code", "job_zone"]),
)


def starter_table(*pairs: tuple[str, str, int]) -> pd.DataFrame:
    frame = pd.DataFrame(pairs, columns=["role_code", "other_code", "rank"])
    return frame.assign(score=1 / (1 + frame["rank"]))


STARTER = starter_table(
    (CHEF, COOK, 1), (COOK, CHEF, 1), (BAKER, COOK, 1), (WELDER, BAKER, 1), (OTHER, WELDER, 1)
)
ROLES = pd.DataFrame(
    {"code": [*CODES, OTHER], "title": [*TITLES.values(), "Others"], "task_count": [3, 3, 3, 3, 0]}
)


def rated(**knowledge: tuple[float, ...]) -> Rated:
    rows = [
        (TITLE_CODES[title], f"k{at}", value)
        for title, own in knowledge.items()
        for at, value in enumerate(own)
    ]
    frame = pd.DataFrame(rows, columns=["role_code", "skill_id", "importance"])
    return Rated(frame, NOTHING.zone)


TITLE_CODES = {title.lower(): code for code, title in TITLES.items()}


# Ranks, weights and the sum


@given(arrays(float, (6, 6), elements=st.floats(-1, 1)), st.floats(0.1, 10), st.floats(-5, 5))
def test_only_the_order_of_a_likeness_counts(likeness: np.ndarray, times: float, more: float) -> None:
    rounded = np.round(likeness, 2)
    np.testing.assert_allclose(log_ranks(rounded), log_ranks(rounded * times + more))


@given(arrays(float, (5, 5), elements=st.floats(-1, 1) | st.just(np.nan)))
def test_ranks_say_nothing_where_nothing_can_be_compared(likeness: np.ndarray) -> None:
    found = log_ranks(likeness)
    unknown = np.isnan(likeness) | np.eye(5, dtype=bool)
    assert (np.isnan(found) == unknown).all()
    assert np.nanmin(np.append(found, 0)) >= 0


def test_equals_share_their_mean_rank() -> None:
    found = log_ranks(np.array([[0, 0.5, 0.5, 0.1]] * 4))[0]
    assert found[1] == found[2] == pytest.approx(np.log(3 / 1.5))
    assert found[3] == 0


def test_what_is_not_listed_stands_behind_what_is() -> None:
    found = listed_ranks(
        starter_table(
            (CHEF, COOK, 1), (CHEF, BAKER, 2), (COOK, CHEF, 1), (BAKER, COOK, 1), (WELDER, BAKER, 1)
        ),
        CODES,
        beyond=60,
    )
    assert found[0, 1] > found[0, 2] > found[0, 3] == 0


def test_a_role_that_the_starter_table_does_not_know_is_neither_like_nor_unlike() -> None:
    found = listed_ranks(starter_table((CHEF, COOK, 1), (COOK, CHEF, 1)), [CHEF, COOK, WELDER], beyond=60)
    assert np.isnan(found[2]).all()
    assert np.isnan(found[:, 2]).all()


def test_where_one_likeness_is_silent_the_others_speak_for_it() -> None:
    weights = Weights({"a": 1.0, "b": 3.0}, 0, 1)
    told, silent = np.full((2, 2), 2.0), np.full((2, 2), np.nan)
    assert (blended({"a": told, "b": told}, {}, weights) == 8).all()
    assert (blended({"a": told, "b": silent}, {}, weights) == 8).all()
    assert (blended({"a": silent, "b": silent}, {}, weights) == 0).all()


def test_the_best_come_first_with_scores_between_nothing_and_one() -> None:
    total = np.array([[99.0, 4, 2], [5, 99, 1], [0, 3, 99]])
    found = best(total, ["a", "b", "c"], ALIKE, kept=2)
    assert found[found.role_code == "a"].other_code.tolist() == ["b", "c"]
    assert found["rank"].tolist() == [1, 2] * 3
    assert found.score.between(0, 1).all()
    assert found.score.iloc[0] == pytest.approx(1 / (1 + np.exp(-1)))


# The likenesses


def test_profiles_are_alike_by_their_shape() -> None:
    found = correlation(np.array([[0.1, 0.2, 0.3], [0.4, 0.6, 0.8], [0.3, 0.2, 0.1], [np.nan] * 3]))
    assert found[0, 1] == pytest.approx(1)
    assert found[0, 2] == pytest.approx(-1)
    assert np.isnan(found[3]).all()


def test_a_flat_profile_is_like_none() -> None:
    assert np.isnan(correlation(np.array([[0.5, 0.5], [0.1, 0.9]]))[0]).all()


def test_titles_that_share_rare_letters_are_more_alike() -> None:
    found = shared_pieces(
        letters([each]) for each in ("pastry baker", "bakery baker", "pipe welder", "welder")
    )
    assert found[0, 1] > found[0, 2]
    assert found[2, 3] > found[2, 0]


def test_a_role_without_pieces_cannot_be_compared() -> None:
    found = shared_pieces([["a", "b"], [], ["a"]])
    assert np.isnan(found[1]).all()
    assert found[0, 2] == pytest.approx(1)


def test_what_every_role_has_says_nothing() -> None:
    found = centred_cosine(np.array([[1.0, 1, 0], [1, 0, 1], [np.nan] * 3]))
    assert found[0, 1] == pytest.approx(-1)
    assert np.isnan(found[2]).all()


def test_a_zone_further_away_costs_more_and_a_missing_one_what_is_usual() -> None:
    zones = pd.DataFrame({"role_code": [CHEF, COOK, BAKER], "job_zone": [4, 2, 3]})
    found = zone_distance(CODES, zones)
    assert found[0].tolist()[:3] == [0, -2, -1]
    assert found[3, 0] == pytest.approx(found[:3, :3].mean())
    assert (zone_distance(CODES, NOTHING.zone) == 0).all()


# A release


def test_each_facet_of_a_release_is_a_likeness_of_its_own() -> None:
    described = Described(
        {COOK: ("Line Cook",), CHEF: ("Head Cook",)},
        {
            CHEF: ("Cook food.",),
            COOK: ("Cook food.", "Bake bread."),
            BAKER: ("Bake bread.",),
            WELDER: ("Weld.",),
        },
    )
    known = rated(
        chefs=(0.9, 0.1, 0.2), cooks=(0.8, 0.2, 0.2), bakers=(0.2, 0.9, 0.2), welders=(0.1, 0.2, 0.9)
    )
    found = ranked(CODES, TITLES, described, known, STARTER, WORDS)
    assert set(found) == set(PARTS)
    for name in ("titles' letters", "activities' meaning", "knowledge"):
        assert np.nanargmax(found[name][0]) == 1, name


def test_knowledge_moves_who_comes_first() -> None:
    alike = similarity(
        ROLES,
        Described({}, {}),
        rated(chefs=(0.9, 0.1, 0.2), bakers=(0.8, 0.2, 0.2), cooks=(0.1, 0.9, 0.2), welders=(0, 0.2, 0.9)),
        STARTER,
        None,
        Weights({**dict.fromkeys(PARTS, 0.0), "knowledge": 1.0, "job zone": 0.0}, 1, 1),
    )
    assert alike[(alike.role_code == CHEF)].other_code.iloc[0] == BAKER


def test_a_role_without_tasks_keeps_what_the_starter_table_says() -> None:
    alike = similarity(ROLES, Described({}, {}), rated(chefs=(0.1, 0.9)), STARTER, None, ALIKE)
    own = alike[alike.role_code == OTHER]
    assert own[["other_code", "rank"]].to_numpy().tolist() == [[WELDER, 1]]
    assert OTHER not in set(alike[alike.role_code != OTHER].other_code)


def test_roles_that_nothing_is_rated_of_are_still_ranked() -> None:
    alike = similarity(
        ROLES, Described({}, {}), rated(chefs=(0.1, 0.9), cooks=(0.2, 0.8)), STARTER, None, ALIKE
    )
    assert alike[alike.role_code == BAKER].other_code.iloc[0] == COOK
    assert alike.score.between(0, 1).all()


def written(folder: Path, **files: str) -> TextRelease:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name.replace('_', ' ')}.txt").write_text(text, encoding="utf-8")
    return TextRelease(folder)


NAMES = "DWA ID\tDWA Title\n4.A.1\tBake bread.\n4.A.2\tCook food.\n"


def test_titles_and_activities_are_read_by_role(tmp_path: Path) -> None:
    release = written(
        tmp_path / "release",
        Alternate_Titles=f"O*NET-SOC Code\tAlternate Title\tShort Title\n{COOK}\tLine Cook\tn/a\n",
        Tasks_to_DWAs=f"O*NET-SOC Code\tTask ID\tDWA ID\n{COOK}\t1\t4.A.2\n{COOK}\t2\t4.A.2\n",
        DWA_Reference=NAMES,
    )
    found = onet_likeness.load(release, frozenset({COOK}))
    assert found.titles == {COOK: ("Line Cook",)}
    assert found.activities == {COOK: ("Cook food.", "Cook food.")}


def test_a_release_without_titles_and_activities_has_none(tmp_path: Path) -> None:
    found = onet_likeness.load(written(tmp_path / "release"), frozenset({COOK}))
    assert (found.titles, found.activities) == ({}, {})


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"Alternate_Titles": "O*NET-SOC Code\tAlternate Title\n99-9999.00\tX\n"}, "unknown occupation"),
        ({"Alternate_Titles": f"O*NET-SOC Code\tTitle\n{COOK}\tX\n"}, "no column Alternate Title"),
        ({"Alternate_Titles": f"O*NET-SOC Code\tAlternate Title\n{COOK}\tX"}, "middle of a row"),
        ({"Tasks_to_DWAs": f"O*NET-SOC Code\tDWA ID\n{COOK}\t4.A.2\n"}, "has no DWA Reference.txt"),
        (
            {"Tasks_to_DWAs": f"O*NET-SOC Code\tDWA ID\n{COOK}\t4.A.9\n", "DWA_Reference": NAMES},
            "activity '4.A.9', which has no name",
        ),
    ],
)
def test_a_damaged_file_is_refused_with_its_name(tmp_path: Path, files: dict[str, str], said: str) -> None:
    with pytest.raises(InputFault, match=said):
        onet_likeness.load(written(tmp_path / "release", **files), frozenset({COOK}))


# The weights


@pytest.mark.parametrize("table", ["starter", "official"])
def test_every_weight_stands_at_least_two_standard_errors_from_nothing(table: str) -> None:
    rows = pd.read_csv(WEIGHTS)
    rows = rows[(rows.table == table) & ~rows.likeness.str.startswith("(")]
    assert set(rows.likeness) == set(read_weights(table).of)
    assert (rows.weight > 2 * rows.standard_error).all()


def test_weights_without_their_midpoint_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.csv"
    path.write_text("table,likeness,weight,standard_error\nofficial,knowledge,0.5,0.1\n", encoding="utf-8")
    with pytest.raises(InputFault, match="no whole set of weights for official"):
        read_weights("official", path)


# Against published truth


@pytest.mark.slow
@pytest.mark.parametrize(("release", "least"), [(None, 0.57), ("db_29_3_text.zip", 0.65)])
def test_roles_alike_agree_with_published_related_occupations(
    release: str | None, least: float, labor_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    truth = SHARED / "related_occupations_dev.csv"
    if not truth.is_file() or (release and not (SHARED / release).is_file()):
        pytest.skip("no list of related occupations, or no full release, beside the project")
    if release:
        build(tmp_path / "labor.duckdb", onet=SHARED / release)
    else:
        (tmp_path / "labor.duckdb").symlink_to(labor_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-m", "graph", "similar-eval", str(truth)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["recall_at_10"] >= least

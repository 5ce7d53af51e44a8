"""The model of moves: coefficients, features of both occupations, and the crosswalk of the survey."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.errors import InputFault
from data.moves import COEFFICIENTS, HIGH, INTO, LOW, MINOR, Model, Occupations, features, read_model, way
from data.occupations import CROSSWALK, crosswalk
from tools.fit_moves import WAYS

NOT_KNOWN = np.nan


def three(**changes: object) -> Occupations:
    """Two occupations of one minor group, and a large one of another; nothing tells likenesses apart."""
    plain = np.ones((3, 3))
    known = Occupations(
        codes=("29-1140", "29-1170", "41-2030"),
        counted_as=("29-1140", "29-1170", "41-2030"),
        jobs=np.array([1e6, 1e5, 4e6]),
        pay=np.log([90_000, 120_000, 30_000]),
        spread=np.array([0.9, 1.0, 0.8]),
        catch_all=np.array([False, False, True]),
        tasks=plain,
        titles=plain,
        alike=plain,
        covered=plain,
        areas=plain,
    )
    return replace(known, **changes)


def order(model: Model, known: Occupations, origin: str) -> list[str]:
    moves = model.moves(known)
    return moves[moves.from_code == origin].sort_values("rank").to_code.tolist()


def test_size_alone_sends_people_to_the_largest():
    assert order(Model({"size": 1.0}, 0.5, 2.0), three(), "29-1140") == ["41-2030", "29-1170"]


def test_what_draws_people_into_a_minor_group_can_outweigh_size():
    model = Model({"size": 1.0, INTO + "29-1": 5.0}, 0.5, 2.0)
    assert order(model, three(), "29-1140") == ["29-1170", "41-2030"]


def test_an_occupation_draws_people_beside_its_group_and_a_way_only_those_who_take_it():
    size = {"size": 1.0}
    assert order(Model({**size, INTO + "29-1170": 5.0}, 0.5, 2.0), three(), "29-1140")[0] == "29-1170"
    taken = Model({**size, way("29-1", "29-1"): 5.0}, 0.5, 2.0)
    assert order(taken, three(), "29-1140") == ["29-1170", "41-2030"]
    assert order(taken, three(), "41-2030") == ["29-1140", "29-1170"]
    assert order(Model({**size, way("41-2", "29-1"): 5.0}, 0.5, 2.0), three(), "29-1140")[0] == "41-2030"


def test_shares_are_of_those_who_leave_and_come_to_one():
    moves = Model({"size": 1.0}, 0.5, 2.0).moves(three())
    assert moves.groupby("from_code").share.sum().tolist() == pytest.approx([1, 1, 1])
    assert (moves.from_code != moves.to_code).all()


def test_a_range_lies_around_its_share_and_never_above_everybody():
    moves = Model({"size": 1.0}, 0.5, 2.0).moves(three())
    assert (moves.low <= moves.share).all()
    assert (moves.share <= moves.high).all()
    assert (moves.high <= 1).all()


def test_what_the_survey_counts_as_one_comes_first_and_has_no_share():
    moves = Model({"size": 1.0}, 0.5, 2.0).moves(three(counted_as=("29-1140", "29-1140", "41-2030")))
    nurses = moves[moves.from_code == "29-1140"].sort_values("rank")
    assert nurses.to_code.tolist() == ["29-1170", "41-2030"]
    assert nurses.share.isna().tolist() == [True, False]
    assert nurses.share.iloc[1] == pytest.approx(1)


def test_a_rise_in_pay_is_not_a_fall():
    found = features(three())
    up, down = found["pay up"], found["pay down"]
    assert up[0, 1] > 0 == down[0, 1]
    assert np.allclose(up, down.T)


def test_what_is_not_known_says_nothing_and_is_never_zero_jobs():
    unknown = np.full((3, 3), NOT_KNOWN)
    known = three(jobs=np.array([1e6, NOT_KNOWN, 4e6]), pay=np.array([NOT_KNOWN, 11.0, 10.0]), tasks=unknown)
    found = features(known)
    assert all(np.isfinite(each).all() for each in found.values())
    assert not found["tasks"].any()


def test_the_coefficients_kept_are_whole_and_have_their_errors():
    rows = list(csv.DictReader(COEFFICIENTS.open(encoding="utf-8")))
    drawn = {row["feature"] for row in rows if INTO in row["feature"]}
    assert {row["feature"] for row in rows} - drawn == {*features(three()), LOW, HIGH}
    assert all(float(row["standard_error"]) > 0 for row in rows if row["feature"] not in (LOW, HIGH))
    assert read_model().of["size"] > 0


def test_of_the_table_that_was_learned_from_no_pair_of_occupations_is_kept():
    names = [row["feature"] for row in csv.DictReader(COEFFICIENTS.open(encoding="utf-8"))]
    pairs = [name.split(f" {INTO}") for name in names if f" {INTO}" in name]
    assert 0 < len(pairs) <= WAYS
    assert {len(code) for pair in pairs for code in pair} == {MINOR}


@pytest.mark.parametrize("text", ["feature,coefficient,standard_error\nsize,many,0.1\n", "feature\nsize\n"])
def test_a_damaged_file_of_coefficients_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "moves_model.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputFault):
        read_model(path)


def test_the_longest_beginning_places_a_role_and_jobs_divide_it(tmp_path: Path):
    path = tmp_path / "survey_occupations.csv"
    path.write_text("code,soc_2018,counted_as\n53-3030,53-303,\n53-3031,53-3031,53-3030\n", encoding="utf-8")
    roles = pd.DataFrame(
        {"code": ["53-3031.00", "53-3032.00", "53-3033.00", "55-1011.00"], "jobs": [10.0, 30.0, 10.0, None]}
    )
    placed = crosswalk(roles, path)
    assert placed.counted_as == ("53-3030", "53-3030")
    assert [tuple(row) for row in placed.members[["code", "role_code", "weight"]].to_numpy()] == [
        ("53-3031", "53-3031.00", 1.0),
        ("53-3030", "53-3032.00", 0.75),
        ("53-3030", "53-3033.00", 0.25),
    ]


def test_the_crosswalk_names_every_code_once_and_counts_as_codes_it_has():
    rows = list(csv.DictReader(CROSSWALK.open(encoding="utf-8")))
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes))
    assert {row["counted_as"] for row in rows} - {""} <= set(codes)

"""Reads of what projections and local tables add: where from, and in which order."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from data.store import LaborStore

SPOKANE, WASHINGTON, NATION = "0044060", "5300000", "0000000"
NURSE, AIDE, MEDIC = "29-1141.00", "31-1122.00", "29-1141.01"


@pytest.fixture
def filled(labor_path: Path, tmp_path: Path):
    """A copy of the database with a few rows in each local table."""
    path = tmp_path / "labor.duckdb"
    shutil.copyfile(labor_path, path)
    with duckdb.connect(str(path)) as connection:
        entry = ("Bachelor's degree", "None", "None")
        connection.executemany(
            "INSERT INTO projection VALUES (?, ?, ?, 2024, 2034, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (NATION, "29-1141", "Nurses", 3391000, 3557100, 4.9, 189100, *entry, "projections"),
                (NATION, "31-1120", "Aides of two kinds", None, None, 17, None, "", "", "", "projections"),
                (WASHINGTON, "29-1141", "Nurses", 65000, 72000, 10.8, 4400, "", "", "", "state_projections"),
            ],
        )
        connection.executemany(
            "INSERT INTO price_parity VALUES (?, 2024, ?)",
            [(SPOKANE, 99.5), (WASHINGTON, 108.0)],
        )
        skills = connection.execute(
            "SELECT skill_id FROM requirement WHERE role_code = ? ORDER BY importance DESC LIMIT 3", [NURSE]
        ).fetchall()
        one, two, three = (skill for (skill,) in skills)
        connection.executemany(
            "INSERT INTO program VALUES (?, ?, 'A college', '', '', '', ?, NULL, NULL, NULL, NULL)",
            [("dear", "Both, dear", 9000), ("cheap", "One, cheap", 100), ("open", "One, unpriced", None)],
        )
        connection.executemany(
            "INSERT INTO program_skill VALUES (?, ?)",
            [("dear", one), ("dear", two), ("cheap", one), ("open", one), ("cheap", three)],
        )
        connection.executemany(
            "INSERT INTO program_role VALUES (?, ?)", [("open", NURSE), ("cheap", NURSE), ("dear", AIDE)]
        )
        connection.executemany(
            "INSERT INTO observed_move VALUES (?, ?, ?, '2023')",
            [("31-1120", "29-1141", 0.05), ("31-1120", "29-2061", 0.07)],
        )
    store = LaborStore.open(path)
    yield store, (one, two, three)
    store.close()


def test_nothing_is_read_where_nothing_is_loaded(labor_store):
    assert labor_store.outlooks([NURSE], SPOKANE) == {}
    assert labor_store.price_parity(SPOKANE) is None
    assert labor_store.programs(["esco:anything"]) == labor_store.programs_for(NURSE) == ()
    assert labor_store.observed_moves() == ()


@pytest.mark.parametrize("area", ["53063", SPOKANE, WASHINGTON, "5300007"])
def test_an_outlook_is_of_the_state_that_a_place_lies_in(filled, area):
    outlook = filled[0].outlooks([NURSE], area)[NURSE]
    assert (outlook.area.code, outlook.employment_target.value) == (WASHINGTON, 72000)
    assert outlook.source_id == "state_projections"


def test_what_is_typical_to_enter_is_the_nations_where_the_state_does_not_say(filled):
    outlook = filled[0].outlooks([NURSE], SPOKANE)[NURSE]
    assert (outlook.entry_education, outlook.experience) == ("Bachelor's degree", "None")


@pytest.mark.parametrize("area", [NATION, "4100000", "36061"])
def test_an_outlook_is_of_the_nation_where_the_state_has_none(filled, area):
    assert filled[0].outlooks([NURSE], area)[NURSE].area.code == NATION


def test_a_role_projected_with_others_has_their_outlook_and_title(filled):
    outlook = filled[0].outlooks([AIDE, MEDIC, "55-1011.00"], SPOKANE)
    assert set(outlook) == {AIDE, MEDIC}
    assert outlook[AIDE].occupation_title == "Aides of two kinds"
    assert (outlook[AIDE].employment_base.value, outlook[AIDE].employment_base.note) == (
        None,
        "not_published",
    )
    assert outlook[MEDIC].occupation_code == "29-1141"


def test_a_price_level_is_the_areas_own_else_its_metropolitan_areas_else_its_states(filled):
    store, _ = filled
    assert (store.price_parity(SPOKANE).index, store.price_parity("53063").area.code) == (99.5, SPOKANE)
    assert store.price_parity("0042660").area.code == WASHINGTON
    assert store.price_parity("4100000") is None and store.price_parity("nowhere") is None


def test_programmes_that_teach_most_come_first_and_unpriced_ones_last(filled):
    store, (one, two, _) = filled
    found = store.programs([one, two])
    assert [program.id for program in found] == ["dear", "cheap", "open"]
    assert {skill.id for skill in found[0].skills} == {one, two}
    assert found[0].cost.value == 9000 and found[2].cost.note == "not_published"
    assert [program.id for program in store.programs([one, two], limit=1)] == ["dear"]


def test_programmes_of_a_role_are_those_that_the_list_names_it_for(filled):
    assert [program.id for program in filled[0].programs_for(NURSE)] == ["cheap", "open"]


def test_moves_come_with_the_most_usual_first(filled):
    assert [move.to_code for move in filled[0].observed_moves()] == ["29-2061", "29-1141"]

"""A build with projections, price levels and local tables: all of it loaded, or nothing touched."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from data.__main__ import main
from data.store import LaborStore
from tests.data.test_local_tables import AIDES, ALL, ENTRY, MOVES, NEW, NONE, NURSES, OWN, PROGRAMS, matrix
from tests.data.workbooks import workbook

NURSE, ACTOR = "29-1141.00", "27-2011.00"
SPOKANE = "0044060"


@pytest.fixture
def tables(tmp_path: Path) -> dict[str, Path]:
    """A small one of each, by the option it is given with."""
    matrix(tmp_path, [*ALL, *NONE], [*NURSES, *ENTRY], [*AIDES, *NONE])
    texts = {
        "state-projections": f"{OWN}WA,29-1141,Nurses,2024,2034,65000,72000,4400\n",
        "price-parities": f"area_code,year,index\n{SPOKANE},2024,99.6\n",
        "programs": PROGRAMS + "a,Care,A college,Spokane,,,,29-1141,1200,12,,,\n",
        "moves": MOVES + "27-2011,29-1141,0.01,2023\n",
    }
    for option, text in texts.items():
        (tmp_path / f"{option}.csv").write_text(text)
    counties = [["53", "Washington", "WA", "44060", "Spokane, WA", "063", "Spokane County"]]
    workbook(tmp_path / "area_definitions_m2031.xlsx", {"Sheet": [NEW, *counties]})
    return {
        "projections": tmp_path / "occupation.xlsx",
        **{option: tmp_path / f"{option}.csv" for option in texts},
        "areas": tmp_path / "area_definitions_m2031.xlsx",
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "var"
    path.mkdir()
    (path / "labor.duckdb").write_bytes(b"the old database")
    monkeypatch.setenv("DATA_DIR", str(path))
    return path


def asked(tables: dict[str, Path], *more: object) -> list[str]:
    return [
        "build",
        *map(str, more),
        *(word for key, path in tables.items() for word in (f"--{key}", str(path))),
    ]


def test_everything_given_is_loaded_and_status_tells_it(tables, small_oews, small_onet, folder, capsys):
    assert main(asked(tables, "--oews", small_oews, "--onet", small_onet)) == 0
    assert "projection: 3 rows" in capsys.readouterr().out
    assert main(["status"]) == 0
    listed = {source["id"]: source for source in json.loads(capsys.readouterr().out)}
    told = {
        "projections": ("2024-34", 2),
        "state_projections": ("2024-34", 1),
        "price_parities": ("2024", 1),
        "programs": ("programs.csv", 1),
        "moves": ("2023", 1),
    }
    assert {key: (listed[key]["release"], listed[key]["rows"]) for key in told} == told
    assert all(listed[key]["retrieved"] and listed[key]["sha256"] for key in told)
    assert listed["areas"]["release"] == "May 2025 area definitions"
    assert "2024-34" in listed["projections"]["attribution"]
    store = LaborStore.open(folder / "labor.duckdb")
    try:
        assert store.outlooks([NURSE], SPOKANE)[NURSE].employment_target.value == 72_000
        assert store.outlooks([NURSE], "0000000")[NURSE].openings.value == 189_100
        assert store.price_parity("53063").index == 99.6
        assert [program.name for program in store.programs_for(NURSE)] == ["Care"]
        assert [(move.from_code, move.share) for move in store.observed_moves()] == [("27-2011", 0.01)]
        assert store.area("53063").oews_code == SPOKANE
    finally:
        store.close()


def test_without_any_of_them_their_sources_are_not_listed(labor_store):
    listed = {source.id for source in labor_store.sources()}
    assert not listed & {"projections", "state_projections", "price_parities", "programs", "moves"}


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("projections", "occupation,employment\n29-1141,3391\n"),
        ("state-projections", OWN + "WA,99-9999,Nobody,2024,2034,1,2,3\n"),
        ("price-parities", "area_code,year,index\n0099999,2024,99.6\n"),
        ("programs", PROGRAMS + "a,Care,A college,,,,esco:nothing,,,,,,\n"),
        ("moves", MOVES + "27-2011,29-1141,7,2023\n"),
        ("areas", "county_fips\n53063\n"),
    ],
)
def test_one_bad_table_leaves_the_old_database_as_it_is(
    option, text, tables, small_oews, small_onet, folder, tmp_path, capsys
):
    bad = tmp_path / f"bad.{option}.csv"
    bad.write_text(text)
    tables[option] = bad
    assert main(asked(tables, "--oews", small_oews, "--onet", small_onet)) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and bad.name in err
    assert (folder / "labor.duckdb").read_bytes() == b"the old database"
    assert [path.name for path in folder.iterdir()] == ["labor.duckdb"]


@pytest.mark.parametrize(
    "option", ["projections", "state-projections", "price-parities", "programs", "moves"]
)
def test_a_table_that_is_not_there_is_named(option, tables, small_oews, small_onet, folder, tmp_path, capsys):
    tables[option] = tmp_path / "nowhere.csv"
    assert main(asked(tables, "--oews", small_oews, "--onet", small_onet)) == 1
    assert "nowhere.csv" in capsys.readouterr().err


def test_a_county_listed_by_townships_has_its_name_from_its_shape(tables, small_oews, small_onet, folder):
    old = ["FIPS code", "State", "State abbreviation", "May 2021 MSA code", "May 2021 MSA name"]
    old += ["County code", "Township code", "County name (or Township name for the New England states)"]
    towns = [["53", "Washington", "WA", "44060", "Spokane, WA", "063", town, f"Town {town}"] for town in "12"]
    given = workbook(folder.parent / "towns.xlsx", {"Sheet": [old, *towns]})
    assert main(["build", "--oews", str(small_oews), "--onet", str(small_onet), "--areas", str(given)]) == 0
    store = LaborStore.open(folder / "labor.duckdb")
    try:
        assert store.area("53063").name == "Spokane County, WA"
    finally:
        store.close()


def test_a_folder_of_price_tables_counts_as_one_release(tables, small_oews, small_onet, folder, tmp_path):
    both = tmp_path / "both"
    both.mkdir()
    shutil.copyfile(tables["price-parities"], both / "metro.csv")
    (both / "state.csv").write_text("area_code,year,index\n5300000,2024,108\n")
    tables["price-parities"] = both
    assert main(asked(tables, "--oews", small_oews, "--onet", small_onet)) == 0
    store = LaborStore.open(folder / "labor.duckdb")
    try:
        assert store.price_parity("5300000").index == 108
    finally:
        store.close()

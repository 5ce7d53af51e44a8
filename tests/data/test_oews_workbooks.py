"""OEWS as BLS publishes it: the same figures as the packaged release, and nothing of a damaged workbook."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data import oews_sheets
from data.__main__ import main
from data.build import build
from data.errors import InputFault
from data.inputs import STARTER, manifest
from data.sources import starter
from data.store import LaborStore
from tests.data.oews_workbooks import HEADER, packaged, rows_of, written
from tests.data.workbooks import workbook, zipped

SPOKANE = "0044060"
# Of each kind: nation, states, a territory, metropolitan areas in one state and in two, nonmetropolitan.
STATES = ("5300000", "6600000")
AREAS = ("0000000", *STATES, SPOKANE, "0030300", "5300007", "0100001")


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = manifest()["oews"].files()[0]
    connection = packaged(path, tmp_path_factory.mktemp("packaged"))
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def postal() -> dict[str, str]:
    states = starter.states(STARTER)
    return dict(zip(states.fips, states.postal, strict=True))


@pytest.fixture(scope="module")
def rows(cells, postal) -> list[list[object]]:
    return rows_of(cells, AREAS, postal)


def row(**other: object) -> list[object]:
    """A row of Spokane's nurses, with other cells where they are named."""
    one = dict(zip(HEADER, [None] * len(HEADER), strict=True))
    one |= {"AREA": "44060", "AREA_TITLE": "Spokane, WA", "AREA_TYPE": "4", "PRIM_STATE": "WA"}
    one |= {"NAICS": "000000", "OWN_CODE": "1235", "OCC_CODE": "29-1141", "OCC_TITLE": "Nurses"}
    one |= {"O_GROUP": "detailed", "TOT_EMP": 6850.0, "EMP_PRSE": 1.4, "H_MEAN": 54.46, "A_MEAN": 113280.0}
    return list((one | other).values())


def four(year: int, **other: object) -> list[list[object]]:
    """A row of each kind of area."""
    return [
        row(AREA="99", AREA_TITLE="U.S.", AREA_TYPE="1", PRIM_STATE="US", **other),
        row(AREA="53", AREA_TITLE="Washington", AREA_TYPE="2", **other),
        row(**other),
        row(AREA="5300007", AREA_TITLE="Eastern Washington nonmetropolitan area", AREA_TYPE="6", **other),
    ]


def one(tmp_path: Path, *rows: list[object], name: str = "MSA_M2031_dl.xlsx", described: bool = True) -> Path:
    return written(tmp_path / name, list(rows), described=described)


def figures(path: Path, scratch: Path) -> pd.DataFrame:
    return oews_sheets.load(path, scratch).figures.set_index("occupation_code")


def same(labor_path: Path, frame: pd.DataFrame, table: str, where: str) -> None:
    """Neither has a row that the other has not."""
    with duckdb.connect(str(labor_path), read_only=True) as connection:
        connection.register("published", frame)
        told = f"SELECT * FROM {table} WHERE {where}"  # noqa: S608 - the test's own words
        columns = ", ".join(row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall())
        read = f"SELECT {columns} FROM published"  # noqa: S608
        assert connection.execute(f"({told}) EXCEPT ({read})").fetchall() == []
        assert connection.execute(f"({read}) EXCEPT ({told})").fetchall() == []
        assert connection.execute(f"SELECT count(*) FROM ({told})").fetchone()[0] == len(frame) > 0  # noqa: S608


# The same figures


def test_workbooks_give_the_figures_of_the_packaged_release(rows, labor_path, tmp_path):
    found = oews_sheets.load(one(tmp_path, *rows, name="all_data_M_2025.xlsx"), tmp_path)
    assert (found.release, found.bounds) == ("May 2025", (115, 239_200))
    assert found.whole and found.capped
    listed = ", ".join(f"'{area}'" for area in AREAS)
    same(labor_path, found.bounded(*found.bounds), "oews", f"area_code IN ({listed})")
    same(labor_path, found.areas, "area", f"code IN ({listed})")


def test_a_workbook_a_zip_and_a_folder_of_zips_hold_the_same(rows, tmp_path):
    folder = tmp_path / "zips"
    folder.mkdir()
    plain = one(tmp_path, *rows, name="all_data_M_2025.xlsx")
    nation = [each for each in rows if each[2] == "1"]
    states = [each for each in rows if each[2] in "23"]
    others = [each for each in rows if each[2] in "46"]
    for name, part in (("national_M2025_dl", nation), ("state_M2025_dl", states), ("MSA_M2025_dl", others)):
        zipped(folder / f"oesm25{name[:2]}.zip", one(tmp_path, *part, name=f"{name}.xlsx"))
    packed = zipped(tmp_path / "oesm25all.zip", plain)
    read = [oews_sheets.load(each, tmp_path / str(at)) for at, each in enumerate((plain, packed, folder))]
    for other in read[1:]:
        assert other.release == read[0].release and other.bounds == read[0].bounds
        pd.testing.assert_frame_equal(*(each.figures.reset_index(drop=True) for each in (read[0], other)))
        pd.testing.assert_frame_equal(*(each.areas.reset_index(drop=True) for each in (read[0], other)))


def test_what_a_workbook_lacks_stays_as_packaged_where_that_is_the_same_release(
    cells, postal, labor_path, tmp_path, monkeypatch, capsys
):
    given = one(tmp_path, *rows_of(cells, STATES, postal), name="state_M2025_dl.xlsx")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    assert main(["build", "--oews", str(given)]) == 0
    assert (
        "581 areas that state_M2025_dl.xlsx lacks are as packaged, of May 2025 too" in capsys.readouterr().out
    )
    with duckdb.connect(str(tmp_path / "var" / "labor.duckdb"), read_only=True) as connection:
        built = connection.execute("SELECT * FROM oews").df()
        source = connection.execute("SELECT release, rows FROM source WHERE id = 'oews'").fetchone()
    assert source == ("May 2025", 223_757)
    same(labor_path, built, "oews", "true")


def test_a_whole_release_of_another_may_takes_the_place_of_the_packaged_one(tmp_path):
    given = one(tmp_path, *four(2031, TOT_EMP=7000.0), name="all_data_M_2031.xlsx")
    store = LaborStore.open(build(tmp_path / "labor.duckdb", oews_release=given).path)
    try:
        assert {source.id: source.release for source in store.sources()}["oews"] == "May 2031"
        assert store.market("29-1141.00", SPOKANE).employment.value == 7000
        assert store.market("29-1141.00", "0010180") is None
        assert store.area("0000000").name == "United States"
    finally:
        store.close()


def test_other_industries_owners_and_groups_of_occupations_are_not_read(tmp_path):
    beside = [
        row(NAICS="622000", TOT_EMP=1.0),
        row(NAICS="000001", OWN_CODE="5", TOT_EMP=2.0),
        row(OWN_CODE="5", TOT_EMP=2.0),
        row(OCC_CODE="29-1000", O_GROUP="minor", TOT_EMP=3.0),
        row(OCC_CODE="29-1140", O_GROUP="broad", TOT_EMP=3.0),
        row(OCC_CODE="00-0000", O_GROUP="total", TOT_EMP=4.0),
    ]
    found = figures(one(tmp_path, row(), *beside), tmp_path)
    assert dict(found.employment) == {"00-0000": 4, "29-1141": 6850}


# The marks


@pytest.mark.parametrize(
    ("cells", "column", "note"),
    [
        ({"TOT_EMP": "**"}, "employment", "suppressed"),
        ({"EMP_PRSE": "**"}, "employment_rse", "suppressed"),
        ({"H_MEAN": "*"}, "hourly_mean", "suppressed"),
        ({"H_MEAN": "#"}, "hourly_mean", "top_coded"),
        ({"A_PCT90": "#"}, "annual_p90", "top_coded"),
        ({"H_MEDIAN": "*", "ANNUAL": True}, "hourly_p50", "annual_only"),
        ({"A_MEDIAN": "*", "HOURLY": True}, "annual_p50", "hourly_only"),
        ({"H_MEAN": "*", "A_MEAN": "*", "ANNUAL": True}, "hourly_mean", "suppressed"),
        ({"JOBS_1000": "**"}, "jobs_per_1000", "suppressed"),
        ({"LOC_QUOTIENT": None}, "location_quotient", "not_published"),
        ({"A_PCT10": "~"}, "annual_p10", "suppressed"),
    ],
)
def test_each_mark_has_its_meaning(cells, column, note, tmp_path):
    nurses = figures(one(tmp_path, row(**cells)), tmp_path).loc["29-1141"]
    assert nurses[f"{column}_note"] == note
    assert pd.isna(nurses[column])


def test_a_number_written_as_text_is_a_number(tmp_path):
    assert figures(one(tmp_path, row(TOT_EMP="6,850")), tmp_path).employment["29-1141"] == 6850


# Damage, one way at a time


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "var"
    path.mkdir()
    (path / "labor.duckdb").write_bytes(b"the old database")
    monkeypatch.setenv("DATA_DIR", str(path))
    return path


def refused(capsys: pytest.CaptureFixture[str], folder: Path, given: Path) -> str:
    assert main(["build", "--oews", str(given)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert (folder / "labor.duckdb").read_bytes() == b"the old database"
    assert [path.name for path in folder.iterdir()] == ["labor.duckdb"]
    return err


def test_a_part_of_another_release_is_refused_with_what_it_lacks(folder, tmp_path, capsys):
    said = refused(capsys, folder, one(tmp_path, row()))
    assert "May 2031" in said and "May 2025" in said and "lacks the nation, states, nonmetropolitan" in said


def test_workbooks_of_several_releases_are_refused(folder, tmp_path, capsys):
    both = tmp_path / "both"
    both.mkdir()
    one(both, row(), name="MSA_M2031_dl.xlsx")
    one(both, row(AREA="10180"), name="MSA_M2030_dl.xlsx")
    assert "May 2030, May 2031" in refused(capsys, folder, both)


def test_a_workbook_that_does_not_say_its_year_is_refused(folder, tmp_path, capsys):
    assert "of which May" in refused(capsys, folder, one(tmp_path, row(), name="wages.xlsx"))


def test_a_mark_whose_bound_nobody_says_is_refused(folder, tmp_path, capsys):
    given = one(tmp_path, *four(2031, H_PCT90="#"), name="all_data_M_2031.xlsx", described=False)
    assert "from which wage on" in refused(capsys, folder, given)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"TOT_EMP": "many"}, "row 2: TOT_EMP 'many' is no figure"),
        ({"H_MEAN": "inf"}, "H_MEAN 'inf' is no figure"),
        ({"H_MEAN": -1.0}, "H_MEAN -1.0 is no figure"),
        ({"AREA_TYPE": "9"}, "AREA_TYPE '9' is no kind of area"),
        ({"AREA": "Spokane"}, "'Spokane' is no area code"),
        ({"OCC_CODE": "nurse"}, "'nurse' is no occupation code"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_pointed_at(cells, words, folder, tmp_path, capsys):
    said = refused(capsys, folder, one(tmp_path, row(**cells)))
    assert "MSA_M2031_dl.xlsx" in said and words in said


def test_two_rows_of_one_occupation_and_area_are_refused(folder, tmp_path, capsys):
    assert "twice" in refused(capsys, folder, one(tmp_path, row(), row(TOT_EMP=1.0)))


@pytest.mark.parametrize("missing", ["A_MEAN", "O_GROUP", "AREA_TYPE"])
def test_a_workbook_that_lacks_a_column_is_refused(missing, folder, tmp_path, capsys):
    kept = [place for place, name in enumerate(HEADER) if name != missing]
    table = [[line[place] for place in kept] for line in (HEADER, row())]
    given = workbook(tmp_path / "MSA_M2031_dl.xlsx", {"Sheet1": table})
    assert f"has no column {missing}" in refused(capsys, folder, given)


def test_a_workbook_with_nothing_of_oews_is_refused(folder, tmp_path, capsys):
    given = workbook(
        tmp_path / "MSA_M2031_dl.xlsx", {"Sheet1": [["Field", "Description"], ["area", "a code"]]}
    )
    assert "no worksheet with the columns AREA" in refused(capsys, folder, given)


def test_a_workbook_without_rows_is_refused(folder, tmp_path, capsys):
    assert "no estimates" in refused(capsys, folder, one(tmp_path))


@pytest.mark.parametrize("kept", [0.2, 0.9, 0.999])
def test_a_zip_cut_short_is_refused(kept, folder, tmp_path, capsys):
    given = zipped(tmp_path / "oesm31ma.zip", one(tmp_path, *[row()] * 200))
    given.write_bytes(given.read_bytes()[: int(kept * given.stat().st_size)])
    assert "oesm31ma.zip" in refused(capsys, folder, given)


@pytest.mark.parametrize("packed", [False, True])
def test_a_workbook_with_bytes_overwritten_is_refused(packed, folder, tmp_path, capsys):
    given = one(tmp_path, *[row()] * 200)
    content = bytearray(given.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 60] = b"\x00" * 60
    given.write_bytes(content)
    said = refused(capsys, folder, zipped(tmp_path / "oesm31ma.zip", given) if packed else given)
    assert "damaged" in said or "workbook" in said


def test_an_empty_folder_and_a_zip_of_something_else_are_refused(folder, tmp_path, capsys):
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "has no workbook" in refused(capsys, folder, empty)
    (tmp_path / "note.txt").write_text("nothing")
    assert "has no workbook" in refused(capsys, folder, zipped(tmp_path / "other.zip", tmp_path / "note.txt"))


def test_a_release_is_known_by_its_sheet_where_the_file_was_renamed(tmp_path):
    given = written(tmp_path / "wages.xlsx", [row()], sheet="All May 2031 data")
    assert oews_sheets.load(given, tmp_path).release == "May 2031"


def test_a_file_that_excel_left_behind_is_passed_over(tmp_path):
    folder = tmp_path / "given"
    folder.mkdir()
    shutil.copyfile(one(tmp_path, row()), folder / "MSA_M2031_dl.xlsx")
    (folder / "~$MSA_M2031_dl.xlsx").write_bytes(b"lock")
    assert len(oews_sheets.load(folder, tmp_path / "scratch").figures) == 1


def test_a_broken_workbook_is_never_taken_for_a_release(tmp_path):
    good = one(tmp_path, row()).read_bytes()
    broken = tmp_path / "broken_M2031_dl.xlsx"
    for at in range(0, len(good), 97):
        broken.write_bytes(good[:at])
        with pytest.raises(InputFault):
            oews_sheets.load(broken, tmp_path)

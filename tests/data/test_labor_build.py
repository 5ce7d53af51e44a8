"""The build: what it loads, and what it does with files that are not what they say."""

from __future__ import annotations

import gzip
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import duckdb
import pytest

from data.__main__ import main
from data.build import build
from data.errors import InputFault
from data.inputs import PackagedFile, manifest
from data.sources import onet_tasks
from data.store import LaborStore

ROOT = Path(__file__).resolve().parents[2]
OFFICIAL = ROOT.parent / "shared" / "data" / "db_29_3_text.zip"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with an old database in it, which nothing here may touch."""
    path = tmp_path / "var"
    path.mkdir()
    (path / "labor.duckdb").write_bytes(b"the old database")
    monkeypatch.setenv("DATA_DIR", str(path))
    return path


def refused(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: object) -> str:
    """The one line that a refused build says, once all else about it is as it should be."""
    assert main(["build", *map(str, arguments)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert (folder / "labor.duckdb").read_bytes() == b"the old database"
    assert [path.name for path in folder.iterdir()] == ["labor.duckdb"]
    return err


def edited(path: Path, statement: str) -> Path:
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    return path


# What is loaded


def test_every_source_gives_the_rows_its_manifest_promises(labor_store):
    described = manifest()
    for source in labor_store.sources():
        assert source.rows == (described[source.id].rows or source.rows), source.id
        assert source.sha256 and len(source.sha256) == 64
        assert source.title and source.publisher and source.release and source.licence and source.url
        assert source.attribution
    assert {source.id for source in labor_store.sources()} == {
        release.id for release in described.values() if not release.fuller
    }


def test_spokane_has_the_figures_that_bls_published(labor_store):
    nurses = labor_store.market("29-1141.00", "0044060")
    assert nurses.area.name == "Spokane-Spokane Valley, WA"
    assert (nurses.employment.value, nurses.annual["mean"].value) == (6850, 113280)
    assert nurses.location_quotient.value == 1.23
    assert labor_store.jobs("0044060").value == 255_820


def test_there_is_every_area_and_every_detailed_occupation(labor_path):
    with duckdb.connect(str(labor_path), read_only=True) as connection:
        kinds = dict(connection.execute("SELECT kind, count(*) FROM area GROUP BY kind").fetchall())
        occupations = connection.execute("SELECT count(DISTINCT occupation_code) FROM oews").fetchone()[0]
        roles, with_tasks = connection.execute(
            "SELECT count(*), count_if(task_count > 0) FROM role"
        ).fetchone()
    assert (kinds["nation"], kinds["state"], kinds["metro"] + kinds["nonmetro"]) == (1, 54, 528)
    assert occupations == 831
    assert (roles, with_tasks) == (1016, 923)


def test_a_value_is_missing_exactly_when_a_reason_is_given(labor_path):
    with duckdb.connect(str(labor_path), read_only=True) as connection:
        columns = [row[0] for row in connection.execute("DESCRIBE oews").fetchall()]
        for note in (column for column in columns if column.endswith("_note")):
            found = connection.table("oews").aggregate(
                f"{note}, count({note[:-5]}) AS told, count(*) AS rows"
            )
            for reason, told, rows in found.fetchall():
                assert reason in {
                    None,
                    "suppressed",
                    "not_published",
                    "top_coded",
                    "annual_only",
                    "hourly_only",
                }
                assert told == (rows if reason in (None, "top_coded") else 0), (note, reason)


def test_only_military_roles_and_two_others_are_uncounted_by_oews(labor_path):
    with duckdb.connect(str(labor_path), read_only=True) as connection:
        missing = connection.table("role").filter("oews_code IS NULL").project("code").fetchall()
        uncounted = {code for (code,) in missing}
        shared = connection.execute("SELECT oews_code FROM role WHERE code = '31-1122.00'").fetchone()[0]
    assert {code for code in uncounted if not code.startswith("55")} == {"11-1031.00", "45-3031.00"}
    assert shared == "31-1120"


def test_every_county_of_washington_has_its_area(labor_path):
    with duckdb.connect(str(labor_path), read_only=True) as connection:
        counties = connection.execute(
            "SELECT name, oews_code FROM area WHERE kind = 'county' AND state = 'WA'"
        ).fetchall()
        known = {
            row[0]
            for row in connection.execute("SELECT oews_code FROM area WHERE kind <> 'county'").fetchall()
        }
    assert len(counties) == 39
    assert all(code in known for _, code in counties)


def test_every_requirement_rests_on_tasks_of_its_role(labor_path):
    with duckdb.connect(str(labor_path), read_only=True) as connection:
        unfounded = connection.execute(
            "SELECT count(*) FROM requirement LEFT JOIN requirement_task USING (role_code, skill_id)"
            " LEFT JOIN task ON task.role_code = requirement.role_code AND task.id = task_id"
            " WHERE task.id IS NULL"
        ).fetchone()[0]
        foreign = connection.execute(
            "SELECT count(*) FROM requirement ANTI JOIN skill ON skill.id = skill_id"
        ).fetchone()[0]
    assert (unfounded, foreign) == (0, 0)


def test_the_united_kingdoms_list_and_technology_examples_stay_out(labor_path):
    with duckdb.connect(str(labor_path), read_only=True) as connection:
        counted = connection.table("skill").aggregate("vocabulary, kind, count(*)").fetchall()
    assert sorted(counted) == [
        ("esco", "knowledge", 3219),
        ("esco", "skill", 10715),
        ("onet", "technology", 8775),
        ("osn", "skill", 931),
    ]


# Reasons, on a release of every kind of gap


def test_each_gap_has_its_own_reason(small_oews, tmp_path):
    built = build(tmp_path / "labor.duckdb", oews_release=small_oews)
    store = LaborStore.open(built.path)
    try:
        actors = store.market("27-2011.00", "0044060")
        assert (actors.annual["mean"].value, actors.annual["mean"].note) == (None, "hourly_only")
        assert actors.employment.note == "suppressed"
        assert actors.hourly["mean"].value == 54.46
        doctors = store.market("29-1211.00", "0044060")
        assert (doctors.hourly["p90"].value, doctors.hourly["p90"].note) == (115, "top_coded")
        assert (doctors.annual["p90"].value, doctors.annual["p90"].note) == (239200, "top_coded")
        teachers = store.market("25-2031.00", "0044060")
        assert (teachers.hourly["p50"].value, teachers.hourly["p50"].note) == (None, "annual_only")
        assert store.market("29-1141.00", "0000000").location_quotient.note == "not_published"
        assert store.market("29-1141.00", "5300000").employment.note == "not_published"
        assert store.market("11-1011.00", "0044060") is None
        release = next(source for source in store.sources() if source.id == "oews")
        assert release.release == "May 2031"
    finally:
        store.close()


def test_a_gzipped_release_is_the_same_as_a_plain_one(small_oews, tmp_path):
    packed = tmp_path / "oews.sqlite.gz"
    packed.write_bytes(gzip.compress(small_oews.read_bytes()))
    assert dict(build(tmp_path / "labor.duckdb", oews_release=packed).rows)["oews"] == 5


# Damage, one way at a time


def test_a_gzipped_release_cut_short_is_refused(small_oews, folder, capsys, tmp_path):
    packed = tmp_path / "oews.sqlite.gz"
    packed.write_bytes(gzip.compress(small_oews.read_bytes())[:-900])
    said = refused(capsys, folder, "--oews", packed)
    assert "oews.sqlite.gz" in said and "cut short" in said


def test_a_plain_release_cut_short_is_refused(small_oews, folder, capsys):
    small_oews.write_bytes(small_oews.read_bytes()[:-4096])
    assert "cut short" in refused(capsys, folder, "--oews", small_oews)


def test_a_release_with_pages_overwritten_is_refused(small_oews, folder, capsys):
    content = bytearray(small_oews.read_bytes())
    content[4096:] = b"\xff" * len(content[4096:])
    small_oews.write_bytes(content)
    assert "small-oews.sqlite" in refused(capsys, folder, "--oews", small_oews)


def test_a_release_that_lacks_a_column_is_refused(small_oews, folder, capsys):
    edited(small_oews, "ALTER TABLE cell DROP COLUMN v04")
    assert "has no column v04" in refused(capsys, folder, "--oews", small_oews)


def test_a_release_that_lacks_a_table_is_refused(small_oews, folder, capsys):
    edited(small_oews, "DROP TABLE footnote")
    assert "has no table footnote" in refused(capsys, folder, "--oews", small_oews)


def test_a_release_without_estimates_is_refused(small_oews, folder, capsys):
    edited(small_oews, "DELETE FROM cell")
    assert "no estimates" in refused(capsys, folder, "--oews", small_oews)


def test_a_release_with_words_where_figures_belong_is_refused(small_oews, folder, capsys):
    edited(small_oews, "UPDATE cell SET v01 = 'many'")
    assert "no number" in refused(capsys, folder, "--oews", small_oews)


def test_a_release_whose_footnotes_say_nothing_known_is_refused(small_oews, folder, capsys):
    edited(small_oews, "UPDATE footnote SET footnote_text = 'See website.'")
    assert "footnote" in refused(capsys, folder, "--oews", small_oews)


@pytest.mark.parametrize("option", ["--oews", "--onet", "--areas"])
def test_a_file_that_is_not_there_is_refused(option, folder, capsys, tmp_path, small_oews):
    plain = [] if option == "--oews" else ["--oews", small_oews]
    said = refused(capsys, folder, option, tmp_path / "nowhere.file", *plain)
    assert "nowhere.file" in said


@pytest.mark.parametrize("option", ["--oews", "--onet", "--areas"])
def test_a_file_of_another_kind_is_refused(option, folder, capsys, tmp_path, small_oews):
    other = tmp_path / "report.pdf"
    other.write_bytes(b"%PDF-1.7\n\xe2\xe3\xcf\xd3 nothing of the kind")
    plain = [] if option == "--oews" else ["--oews", small_oews]
    assert "report.pdf" in refused(capsys, folder, option, other, *plain)


def test_a_text_release_that_lacks_a_column_is_refused(small_onet, small_oews, folder, capsys):
    tasks = small_onet / "Task Statements.txt"
    tasks.write_text(tasks.read_text().replace("\tTask\t", "\tStatement\t"))
    said = refused(capsys, folder, "--onet", small_onet, "--oews", small_oews)
    assert "Task Statements.txt" in said and "has no column Task" in said


@pytest.mark.parametrize("missing", [3, 40, 110])
def test_a_text_release_cut_short_is_refused(missing, small_onet, small_oews, folder, capsys):
    tasks = small_onet / "Task Statements.txt"
    tasks.write_bytes(tasks.read_bytes()[:-missing])
    assert "middle of a row" in refused(capsys, folder, "--onet", small_onet, "--oews", small_oews)


def test_a_text_release_without_its_tasks_is_refused(small_onet, small_oews, folder, capsys):
    (small_onet / "Task Statements.txt").unlink()
    said = refused(capsys, folder, "--onet", small_onet, "--oews", small_oews)
    assert "has no Task Statements.txt" in said


def test_a_zipped_text_release_cut_short_is_refused(small_onet, small_oews, folder, capsys, tmp_path):
    packed = zipped(small_onet, tmp_path)
    packed.write_bytes(packed.read_bytes()[:-60])
    assert "not a whole zip" in refused(capsys, folder, "--onet", packed, "--oews", small_oews)


def test_tasks_of_an_unknown_occupation_are_refused(small_onet, small_oews, folder, capsys):
    tasks = small_onet / "Task Statements.txt"
    tasks.write_text(tasks.read_text().replace("29-1141.00", "29-9999.00"))
    assert "29-9999.00" in refused(capsys, folder, "--onet", small_onet, "--oews", small_oews)


def test_a_listing_that_names_an_unknown_area_is_refused(small_oews, folder, capsys, tmp_path):
    listing = tmp_path / "areas.csv"
    listing.write_text(
        "county_fips,county_name,state,area_code,area_name\n53063,Spokane County,WA,0099999,Nowhere\n"
    )
    assert "0099999" in refused(capsys, folder, "--areas", listing, "--oews", small_oews)


def test_a_listing_that_lacks_a_column_is_refused(small_oews, folder, capsys, tmp_path):
    listing = tmp_path / "areas.csv"
    listing.write_text("county_fips,county_name\n53063,Spokane County\n")
    assert "has no column" in refused(capsys, folder, "--areas", listing, "--oews", small_oews)


def test_a_packaged_file_other_than_the_manifest_names_is_refused():
    named = manifest()["onet_roles"].inputs[0]
    other = PackagedFile(named.package, named.distribution, named.file, "0" * 64)
    with pytest.raises(InputFault, match="not the file"):
        other.verified()


def test_a_package_that_is_not_installed_says_how_to_install_it():
    with pytest.raises(InputFault, match=r"requirements-data\.txt"):
        PackagedFile("no_such_package", "no-such-package 1.0", "data.csv", "0" * 64).path()


@pytest.mark.parametrize("megabytes", [1, 6])
def test_a_full_disk_is_said_in_one_line_and_the_old_database_stays(megabytes, folder, small_oews):
    # A limit on the size of files stops the same writes that a full disk does.
    limit = megabytes * 2**20
    ran = subprocess.run(
        [sys.executable, "-m", "data", "build", "--oews", str(small_oews)],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(folder)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1 and "No room left" in ran.stderr
    assert (folder / "labor.duckdb").read_bytes() == b"the old database"
    assert [path.name for path in folder.iterdir()] == ["labor.duckdb"]


# Other releases


def test_an_official_text_release_takes_the_place_of_the_bundled_one(small_onet, small_oews, tmp_path):
    for given in (small_onet, zipped(small_onet, tmp_path)):
        built = build(tmp_path / "labor.duckdb", onet=given, oews_release=small_oews)
        rows = dict(built.rows)
        assert (rows["role"], rows["task"]) == (2, 3)
        store = LaborStore.open(built.path)
        try:
            releases = {source.id: source.release for source in store.sources()}
            assert (releases["onet_roles"], releases["onet_tasks"]) == ("31.0", "31.0")
            assert store.tasks("27-2011.00")[0].text == "Study and rehearse roles from scripts."
            required = store.requirements()
            # Links hold where the new release still has their task, and only there.
            assert set(required) <= {"27-2011.00", "29-1141.00"}
            assert all(each.evidence for role in required.values() for each in role)
        finally:
            store.close()


def test_a_quotation_mark_in_official_text_is_a_quotation_mark(small_onet):
    roles, _, _ = onet_tasks.load_official(small_onet)
    assert '"stage"' in roles.description.iloc[0]


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official release is not here")
def test_the_official_release_of_may_2025_can_be_loaded():
    roles, tasks, number = onet_tasks.load_official(OFFICIAL)
    assert (len(roles), number) == (1016, "29.3")
    assert tasks.role_code.nunique() == 923


def test_a_listing_of_other_counties_takes_the_place_of_washingtons(small_oews, tmp_path):
    listing = tmp_path / "areas.csv"
    listing.write_text(
        "county_fips,county_name,state,area_code,area_name\n53063,Spokane County,WA,0044060,Spokane\n"
    )
    built = build(tmp_path / "labor.duckdb", oews_release=small_oews, area_listing=listing)
    store = LaborStore.open(built.path)
    try:
        assert store.area("53063").oews_code == "0044060"
        assert store.area("53033").oews_code is None
    finally:
        store.close()


def test_what_a_killed_build_left_behind_is_cleared(small_oews, tmp_path):
    left = tmp_path / ".labor-killed"
    left.mkdir()
    (left / "oews.sqlite").write_bytes(b"half")
    long_ago = time.time() - 7200
    os.utime(left, (long_ago, long_ago))
    build(tmp_path / "labor.duckdb", oews_release=small_oews)
    assert not left.exists()


# Command line


def test_status_lists_each_source_with_its_release(labor_path, tmp_path, monkeypatch, capsys):
    shutil.copyfile(labor_path, tmp_path / "labor.duckdb")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert main(["status"]) == 0
    listed = json.loads(capsys.readouterr().out)
    oews = next(source for source in listed if source["id"] == "oews")
    assert oews["release"] == "May 2025" and oews["retrieved"] == "2026-09-26"
    assert oews["rows"] == 223_757 and oews["licence"] == "Public domain"
    assert all({"id", "title", "publisher", "url", "sha256"} <= set(source) for source in listed)


def test_status_without_a_database_says_how_to_build_one(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert main(["status"]) == 1
    assert "python -m data build" in capsys.readouterr().err


def zipped(folder: Path, where: Path) -> Path:
    packed = where / f"{folder.name}.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"{folder.name}/{path.name}")
    return packed

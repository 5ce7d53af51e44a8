"""The store: what a page may ask of the labour-market database, and how fast it answers."""

from __future__ import annotations

import json
import shutil
import sqlite3
import statistics
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data import store as store_module
from data.errors import LaborDataUnavailable
from data.store import LaborStore
from tests.pace import seconds

SPOKANE = "0044060"
NURSE = "29-1141.00"


def milliseconds(call, times: int = 15) -> float:
    call()
    return 1000 * statistics.median(seconds(call, tries=1) for _ in range(times))


# Roles and requirements


def test_all_roles_come_with_their_job_family(labor_store):
    roles = {role.code: role for role in labor_store.roles()}
    assert len(roles) == 1016
    assert roles[NURSE].title == "Registered Nurses"
    assert roles[NURSE].job_family.name == "Healthcare Practitioners and Technical"
    assert roles[NURSE].description and not roles[NURSE].requirements
    assert len(labor_store.job_families()) == 23


def test_requirements_come_most_important_first_with_their_tasks(labor_store):
    required = labor_store.requirements()
    assert len(required) > 900
    nurse = required[NURSE]
    assert [each.importance for each in nurse] == sorted((each.importance for each in nurse), reverse=True)
    own = {task.id for task in labor_store.tasks(NURSE)}
    for each in nurse:
        assert each.evidence and {task.id for task in each.evidence} <= own
        assert 0 <= each.importance <= 1 and 0 <= each.score <= 1
        assert each.facet == "occupational" and each.level is None
        assert each.skill.uri.startswith("http")


def test_like_roles_come_closest_first(labor_store):
    similar = labor_store.similar()
    assert similar
    for others in similar.values():
        scores = [score for _, score in others]
        assert scores == sorted(scores, reverse=True)


def test_kinship_goes_both_ways(labor_store):
    kin = {(each.skill_id, each.other_id): each for each in labor_store.kinships()}
    for (one, other), each in kin.items():
        assert kin[other, one].strength == each.strength <= 0.8


# Skills


def test_a_skill_is_found_by_its_id_and_by_its_address(labor_store):
    forklift = labor_store.search_skills("operate forklift")[0]
    assert forklift.name == "Operate forklift"
    assert labor_store.skill(forklift.id) == labor_store.skill(forklift.uri) == forklift
    assert labor_store.skill("esco:nothing") is None
    assert labor_store.skills([forklift.uri, "esco:nothing"]) == {forklift.uri: forklift}
    assert labor_store.skills([]) == {}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("forklift", "Operate forklift"),
        ("Forklifts!", "Operate forklift"),
        ("OPERATE FORKLIFT", "Operate forklift"),
        ("nursing care", "Plan nursing care"),
        ("Java", "Java (computer programming)"),
        ("spanish", "Spanish"),
        ("sort waste", "Sort waste"),
    ],
)
def test_searching_skills_puts_whole_words_first(labor_store, typed, first):
    assert labor_store.search_skills(typed)[0].name == first


def test_a_skill_is_found_by_the_beginning_of_a_word(labor_store):
    assert any("Weld" in skill.name for skill in labor_store.search_skills("weldi"))


def test_weak_likenesses_are_left_out_where_a_label_has_the_word(labor_store):
    found = [skill.name for skill in labor_store.search_skills("excel")]
    assert found[:2] == ["Microsoft Excel", "Use spreadsheets software"]
    assert "Strive for excellence in musical performance" not in found
    assert "Operate forklift" in {skill.name for skill in labor_store.search_skills("forkl")}


def test_a_search_without_words_finds_nothing(labor_store):
    for typed in ("", "  ", "!?", "qzxv"):
        assert labor_store.search_skills(typed) == ()


def test_what_is_typed_is_never_run(labor_store):
    for typed in ("'; DROP TABLE skill; --", "%", "_", '"', "\\", "a" * 5000, "\x00"):
        labor_store.search_skills(typed)
        labor_store.areas(typed)
    assert len(labor_store.roles()) == 1016


# Areas and figures


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("spok", SPOKANE),
        ("Washington", "5300000"),
        ("spokane county", "53063"),
        ("king county wa", "53033"),
        ("53063", "53063"),
        ("united", "0000000"),
        ("", "0000000"),
        ("doña ana", "35013"),
    ],
)
def test_areas_are_found_by_what_people_type(labor_store, typed, first):
    assert labor_store.areas(typed)[0].code == first


def test_what_is_no_word_is_no_areas_name(labor_store):
    for typed in ("';--", "%", "\x00", "🙂"):
        assert labor_store.areas(typed) == ()


def test_a_county_has_the_figures_of_its_oews_area(labor_store):
    assert labor_store.market(NURSE, "53063") == labor_store.market(NURSE, SPOKANE)
    assert labor_store.jobs("53063") == labor_store.jobs(SPOKANE)


def test_a_county_of_unknown_area_says_that_nothing_is_published(labor_store):
    market = labor_store.market(NURSE, "36061")
    assert market.area.code == "36061"
    assert {market.employment.note, *(each.note for each in market.annual.values())} == {"not_published"}


def test_there_is_no_market_for_what_oews_does_not_count(labor_store):
    assert labor_store.market("55-1011.00", SPOKANE) is None
    assert labor_store.market("99-9999.00", SPOKANE) is None
    assert labor_store.market(NURSE, "0000001") is None


def test_many_markets_are_each_the_same_as_one(labor_store):
    codes = [NURSE, "53-7051.00", "31-1122.00", "55-1011.00"]
    assert labor_store.markets(codes, SPOKANE) == {
        code: labor_store.market(code, SPOKANE) for code in codes if not code.startswith("55")
    }
    assert labor_store.markets([], SPOKANE) == {}


def test_the_countrys_counties_are_light_enough_to_draw(labor_store):
    shapes = labor_store.county_shapes()
    assert len(shapes) == 3224
    assert sum(len(geometry) for *_, geometry in shapes) < 600_000
    washington = labor_store.county_shapes("WA")
    assert len(washington) == 39
    assert {name for _, name, _, _ in washington} >= {"Spokane County, WA"}
    for *_, geometry in (*shapes[::50], *washington):
        assert json.loads(geometry)["type"] in {"Polygon", "MultiPolygon"}


def test_neighbouring_counties_stay_joined(labor_store):
    points = {}
    for fips, _, _, geometry in labor_store.county_shapes("WA"):
        shape = json.loads(geometry)
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        points[fips] = {tuple(point) for polygon in polygons for point in polygon[0]}
    # Spokane County and Lincoln County share their border point by point.
    assert len(points["53063"] & points["53043"]) >= 2


# Speed, with room to spare for a busy machine


@pytest.mark.parametrize(
    ("limit", "ask"),
    [
        (5, lambda store: store.market(NURSE, SPOKANE)),
        (20, lambda store: store.search_skills("operate forklift")),
        (20, lambda store: store.search_skills("nursing care")),
        (20, lambda store: store.areas("spokane")),
    ],
)
def test_answers_come_in_time(labor_store, limit, ask):
    assert milliseconds(lambda: ask(labor_store)) < 3 * limit


def test_the_figures_of_all_roles_in_an_area_come_in_time(labor_store):
    codes = [role.code for role in labor_store.roles()]
    assert milliseconds(lambda: labor_store.markets(codes, SPOKANE)) < 3 * 30


# Threads, new builds, broken files


def test_eight_threads_get_the_same_answers_as_one(labor_store):
    codes = [role.code for role in labor_store.roles()][:200]
    alone = [labor_store.market(code, SPOKANE) for code in codes]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda code: labor_store.market(code, SPOKANE), codes)) == alone


def test_the_store_goes_over_to_a_new_build(labor_path, tmp_path, monkeypatch):
    monkeypatch.setattr(store_module, "LOOK_AGAIN_SECONDS", 0)
    path = tmp_path / "labor.duckdb"
    shutil.copyfile(labor_path, path)
    store = LaborStore.open(path)
    try:
        before = store.build_id
        fresh = tmp_path / "fresh.duckdb"
        shutil.copyfile(labor_path, fresh)
        with duckdb.connect(str(fresh)) as connection:
            connection.execute("UPDATE build SET build_id = 'the next one'")
            connection.execute("DELETE FROM role_title")
        fresh.replace(path)
        assert store.build_id == "the next one" != before
        assert store.market(NURSE, SPOKANE).employment.value == 6850
    finally:
        store.close()


@pytest.mark.parametrize("broken", [b"", b"not a database", None])
def test_the_store_stays_with_what_it_has_when_the_new_file_is_broken(
    labor_path, tmp_path, monkeypatch, broken
):
    monkeypatch.setattr(store_module, "LOOK_AGAIN_SECONDS", 0)
    path = tmp_path / "labor.duckdb"
    shutil.copyfile(labor_path, path)
    store = LaborStore.open(path)
    try:
        before = store.build_id
        if broken is None:
            path.unlink()
        else:
            (tmp_path / "broken").write_bytes(broken)
            (tmp_path / "broken").replace(path)
        assert store.build_id == before
        assert len(store.roles()) == 1016
    finally:
        store.close()


def test_without_a_database_it_says_how_to_build_one(tmp_path):
    with pytest.raises(LaborDataUnavailable, match="python -m data build"):
        LaborStore.open(tmp_path / "labor.duckdb")


def test_a_file_that_is_no_database_is_refused(tmp_path, labor_path):
    for content in (b"", b"nothing of the kind", labor_path.read_bytes()[:100_000]):
        (tmp_path / "labor.duckdb").write_bytes(content)
        with pytest.raises(LaborDataUnavailable):
            LaborStore.open(tmp_path / "labor.duckdb")


def test_a_database_of_another_version_is_refused(tmp_path):
    path = tmp_path / "labor.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE build AS SELECT 999 AS schema_version, 'x' AS build_id")
    with pytest.raises(LaborDataUnavailable, match="another version"):
        LaborStore.open(path)


def test_a_closed_store_says_so(labor_path):
    store = LaborStore.open(labor_path)
    store.close()
    with pytest.raises(LaborDataUnavailable, match="closed"):
        store.roles()


# Skills of consenting people


@pytest.fixture
def system_of_record(tmp_path: Path) -> Path:
    """Tables as `accounts` and `wallet` have them, with five people in them."""
    path = tmp_path / "waymark.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(
            """
            CREATE TABLE person (id VARCHAR(32), name VARCHAR, area_code VARCHAR(7), active BOOLEAN);
            CREATE TABLE consent (person_id VARCHAR(32), kind VARCHAR(32), withdrawn_at DATETIME);
            CREATE TABLE record (id VARCHAR(32), person_id VARCHAR(32), standing VARCHAR, expires_on DATE,
                hidden BOOLEAN DEFAULT 0, declined BOOLEAN DEFAULT 0, replaced_by VARCHAR(32) DEFAULT '');
            CREATE TABLE record_skill (record_id VARCHAR(32), skill_uri VARCHAR(255), level FLOAT);
            CREATE TABLE population_groups (person_id VARCHAR(32), veterans BOOLEAN, first_generation BOOLEAN,
                english_learners BOOLEAN);
            INSERT INTO population_groups VALUES ('yes', 1, 0, 1), ('no', 1, 1, 1);
            INSERT INTO person VALUES
                ('yes', 'Ann', '53063', 1), ('no', 'Ben', '53063', 1), ('withdrawn', 'Cy', '53063', 1),
                ('other', 'Di', '53063', 1), ('gone', 'Ed', '53063', 0);
            INSERT INTO consent VALUES
                ('yes', 'regional', NULL), ('withdrawn', 'regional', '2030-02-01'),
                ('other', 'research', NULL), ('gone', 'regional', NULL);
            INSERT INTO record (id, person_id, standing, expires_on) VALUES
                ('a', 'yes', 'self_asserted', NULL), ('b', 'yes', 'verified', '2031-01-01'),
                ('c', 'yes', 'verified', '2030-01-01'), ('d', 'yes', 'revoked', NULL),
                ('e', 'no', 'verified', NULL), ('f', 'withdrawn', 'verified', NULL),
                ('g', 'other', 'verified', NULL), ('h', 'gone', 'verified', NULL);
            INSERT INTO record VALUES
                ('i', 'yes', 'verified', NULL, 1, 0, ''), ('j', 'yes', 'verified', NULL, 0, 1, ''),
                ('k', 'yes', 'verified', NULL, 0, 0, 'b');
            INSERT INTO record_skill VALUES
                ('i', 'urn:hidden', NULL), ('j', 'urn:declined', NULL), ('k', 'urn:replaced', NULL),
                ('a', 'urn:drive', NULL), ('b', 'urn:drive', 0.5), ('c', 'urn:expired', NULL),
                ('d', 'urn:revoked', NULL), ('e', 'urn:drive', NULL), ('f', 'urn:drive', NULL),
                ('g', 'urn:drive', NULL), ('h', 'urn:drive', NULL);
            """
        )
    connection.close()
    return path


def test_only_people_who_consented_are_counted(labor_path, system_of_record):
    store = LaborStore.open(labor_path)
    try:
        assert store.wallet_skill_counts() == ()
        assert store.load_wallets(f"sqlite:///{system_of_record}", date(2030, 6, 1)) == 1
        assert store.wallet_skill_counts() == (("53063", "urn:drive", 1),)
        owner, standing = store._rows("SELECT owner, standing FROM memory.wallet_skill")[0]
        assert standing == "verified"
        assert "yes" not in owner and "Ann" not in owner and len(owner) == 64
    finally:
        store.close()


def test_consenting_people_stay_counted_after_a_new_build(
    labor_path, system_of_record, tmp_path, monkeypatch
):
    monkeypatch.setattr(store_module, "LOOK_AGAIN_SECONDS", 0)
    path = tmp_path / "labor.duckdb"
    shutil.copyfile(labor_path, path)
    store = LaborStore.open(path)
    try:
        store.load_wallets(f"sqlite:///{system_of_record}", date(2030, 6, 1))
        shutil.copyfile(labor_path, tmp_path / "fresh")
        (tmp_path / "fresh").replace(path)
        assert store.wallet_skill_counts() == (("53063", "urn:drive", 1),)
    finally:
        store.close()


@pytest.mark.parametrize("url", ["sqlite:////nowhere/waymark.sqlite", "postgresql://host/db", "sqlite://"])
def test_a_system_of_record_that_cannot_be_read_is_said_kindly(labor_path, url):
    store = LaborStore.open(labor_path)
    try:
        with pytest.raises(LaborDataUnavailable, match="consenting residents"):
            store.load_wallets(url, date(2030, 6, 1))
        assert len(store.roles()) == 1016
    finally:
        store.close()

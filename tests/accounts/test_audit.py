"""The chain of accesses: nothing is changed in it without being found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from accounts.__main__ import main
from tests.people import SystemOfRecord


@pytest.fixture
def system(tmp_path: Path) -> SystemOfRecord:
    return SystemOfRecord.in_folder(tmp_path)


@pytest.fixture
def rosa(system: SystemOfRecord) -> str:
    return str(system.person("Rosa").person_id)


def looks(system: SystemOfRecord, person: str, times: int = 5) -> None:
    for number in range(times):
        system.audit.note(
            person, "wallet.read", actor_id="d", actor_name="Dana", consent_id="c", role=f"role {number}"
        )


def change(system: SystemOfRecord, statement: str) -> None:
    with system.database.session() as session:
        session.execute(text(statement))


def test_what_was_done_is_told_latest_first(system, rosa):
    looks(system, rosa, 3)
    told = system.audit.of(rosa)
    assert [access.what["role"] for access in told] == ["role 2", "role 1", "role 0"]
    assert (told[0].actor_name, told[0].action, told[0].consent_id) == ("Dana", "wallet.read", "c")
    assert [a.place for a in system.audit.of(rosa, limit=1, before=told[0].place)] == [told[1].place]


def test_an_untouched_chain_holds(system, rosa):
    assert system.audit.check().holds
    looks(system, rosa)
    found = system.audit.check()
    assert (found.holds, found.links, found.erased) == (True, 5, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_content SET actor_name = 'Eve' WHERE place = 3",
        "UPDATE audit_content SET what = '{}' WHERE place = 3",
        "UPDATE audit_content SET happened_at = '2020-01-01 00:00:00' WHERE place = 3",
        "UPDATE audit_link SET digest = substr(digest, 2) || 'a' WHERE place = 3",
        "UPDATE audit_link SET hash = substr(hash, 2) || 'a' WHERE place = 5",
        "UPDATE audit_content SET place = CASE place WHEN 2 THEN 103 ELSE 2 END WHERE place IN (2)",
    ],
)
def test_a_changed_entry_is_found(system, rosa, statement):
    looks(system, rosa)
    with system.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql(statement)
        connection.commit()
    assert not system.audit.check().holds


def test_a_removed_link_is_found(system, rosa):
    looks(system, rosa)
    change(system, "DELETE FROM audit_content WHERE place = 3")
    change(system, "DELETE FROM audit_link WHERE place = 3")
    assert not system.audit.check().holds


def test_who_leaves_takes_what_was_noted_with_them_and_the_chain_still_holds(system, rosa):
    other = str(system.person("Omar").person_id)
    looks(system, rosa, 2)
    looks(system, other, 2)
    system.people.delete(rosa)
    looks(system, other, 1)
    found = system.audit.check()
    assert (found.holds, found.links, found.erased) == (True, 5, 2)
    assert system.audit.of(rosa) == ()


def test_accesses_at_the_same_moment_all_stand_in_the_chain(system, rosa):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: looks(system, rosa, 5), range(4)))
    found = system.audit.check()
    assert (found.holds, found.links) == (True, 20)


def test_the_command_tells_a_whole_chain_from_a_broken_one(system, rosa, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", system.url)
    looks(system, rosa)
    assert main(["check-audit"]) == 0
    assert "5 accesses" in capsys.readouterr().out
    change(system, "UPDATE audit_content SET actor_name = 'Eve' WHERE place = 3")
    assert main(["check-audit"]) == 1
    assert "link 3" in capsys.readouterr().err

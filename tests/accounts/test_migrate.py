"""Migrations, and that they say what the models say."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from accounts.migrate import current, downgrade, upgrade
from database import Base, Database
from tests.people import SystemOfRecord, differences
from wallet.store import WalletStore


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'new' / 'folder' / 'waymark.sqlite'}"


def test_the_first_migration_makes_the_folder_and_every_table(url: str):
    assert upgrade(url)
    engine = create_engine(url)
    assert set(Base.metadata.tables) <= set(inspect(engine).get_table_names())
    engine.dispose()


def test_only_the_user_it_runs_as_can_read_the_file(tmp_path: Path):
    path = tmp_path / "waymark.sqlite"
    upgrade(f"sqlite:///{path}")
    assert path.stat().st_mode & 0o077 == 0


def test_migrations_and_models_say_the_same(url: str):
    upgrade(url)
    assert differences(url) == []


def test_migrating_twice_does_nothing_the_second_time(url: str):
    assert upgrade(url)
    assert not upgrade(url)


def test_migrations_can_be_undone_and_done_again(url: str):
    upgrade(url)
    downgrade(url, "base")
    engine = create_engine(url)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
    assert current(url) is None
    assert upgrade(url)
    assert differences(url) == []


def test_a_folder_with_a_percent_sign_is_a_folder(tmp_path: Path):
    assert upgrade(f"sqlite:///{tmp_path / '100%' / 'waymark.sqlite'}")


def test_sqlite_writes_ahead_and_keeps_its_references(system: SystemOfRecord):
    with system.database.session() as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
    insert = text("INSERT INTO hidden_skill (person_id, skill_uri) VALUES (:person, 'https://x.example')")
    with pytest.raises(IntegrityError) as refused, system.database.session() as session:
        session.execute(insert, {"person": "nobody-by-name"})
    assert "nobody-by-name" not in str(refused.value)


def test_records_of_before_keep_their_skills(url: str):
    upgrade(url, "0003")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("PRAGMA foreign_keys=ON"))
        connection.execute(
            text(
                "INSERT INTO person (id, email, name, password_hash, created_at)"
                " VALUES ('p', 'p@example.org', 'P', 'x', '2026-01-01')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO record (id, person_id, kind, title, standing, digest, created_at)"
                " VALUES ('r', 'p', 'credential', 'Badge', 'verified', 'd', '2026-01-01')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO record_skill (record_id, skill_uri, label)"
                " VALUES ('r', 'https://s.example', 'Weld')"
            )
        )
    upgrade(url)
    database = Database(url)
    (record,) = WalletStore(database).records("p")
    assert [skill.label for skill in record.skills] == ["Weld"]
    assert (record.form, record.checks, record.hidden, record.proposals) == ("", (), False, ())
    database.close()
    downgrade(url, "0003")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM record_skill")) == 1
    engine.dispose()


def test_a_key_that_a_counselor_made_before_may_what_it_did(url: str):
    upgrade(url, "0019")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO person (id, email, name, password_hash, created_at)"
                " VALUES ('p', 'p@example.org', 'P', 'x', '2026-01-01')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO api_token"
                " (id, person_id, name, digest, hint, scopes, session_version, made_at, ends_at)"
                """ VALUES ('t', 'p', 'Key', 'd', 'abcd', '["wallet:read", "advising"]', 1,"""
                " '2026-01-01', '2026-02-01')"
            )
        )

    def scopes() -> str:
        with engine.connect() as connection:
            return str(connection.scalar(text("SELECT scopes FROM api_token")))

    upgrade(url)
    assert scopes() == '["wallet:read", "advising:read", "advising:write"]'
    downgrade(url, "0019")
    assert scopes() == '["wallet:read", "advising"]'
    engine.dispose()

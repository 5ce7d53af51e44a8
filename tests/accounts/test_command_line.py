"""`python -m accounts`."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from accounts.__main__ import main
from accounts.roles import PersonRole
from tests.people import SystemOfRecord


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    address = f"sqlite:///{tmp_path / 'waymark.sqlite'}"
    monkeypatch.setenv("DATABASE_URL", address)
    for name in ("DEMO", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    return address


def test_migrate_says_whether_there_was_anything_to_do(url: str, capsys: pytest.CaptureFixture):
    assert main(["migrate"]) == 0
    assert main(["migrate"]) == 0
    assert capsys.readouterr().out.splitlines() == ["Tables brought up to date.", "Tables are up to date."]


def test_demo_people_are_made_only_where_demo_is_on(
    url: str, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    assert main(["demo"]) == 1
    assert "DEMO=1" in capsys.readouterr().err
    monkeypatch.setenv("DEMO", "1")
    monkeypatch.setenv("SECRET_KEY", "a key of production, long enough")
    assert main(["demo"]) == 1
    monkeypatch.delenv("SECRET_KEY")
    assert main(["demo"]) == 0
    told = capsys.readouterr().out
    for name in ("pete", "maya", "counselor", "official", "employer", "issuer", "admin"):
        assert f"{name}@demo.example" in told
    assert "waymark-demo" in told


def test_the_first_admin_is_added_with_a_password_from_standard_input(
    url: str, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    ask = ["add", "--email", "Ada@example.org", "--name", "Ada", "--role", "admin"]
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert main(ask) == 1
    assert "at least 12 characters" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("three quiet herons\n"))
    assert main(ask) == 0
    assert "Ada can sign in with ada@example.org: admin." in capsys.readouterr().out
    system = SystemOfRecord(url)
    assert system.people.credentials("ada@example.org").actor.roles == {PersonRole.ADMIN}
    system.close()


def test_an_address_that_has_an_account_is_told_so(
    url: str, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    ask = ["add", "--email", "ada@example.org", "--name", "Ada", "--role", "admin"]
    for expected in (0, 1):
        monkeypatch.setattr("sys.stdin", io.StringIO("three quiet herons\n"))
        assert main(ask) == expected
    assert "already" in capsys.readouterr().err

"""What ``make run`` says when it cannot."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bootstrap, links

ROOT = bootstrap.ROOT


def run(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "tools/setup.py", "run"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def words_of(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert 1 <= len(done.stderr.splitlines()) <= 2
    return done.stderr


def test_an_old_python_is_told_what_is_needed() -> None:
    said = words_of(run(WAYMARK_PYTHON_VERSION="3.9"))
    assert "Python 3.11 or newer" in said and "3.9" in said


def test_a_taken_port_is_told_before_anything_slow(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = words_of(run(PORT=str(port), DATA_DIR=str(tmp_path)))
    assert f"Port {port} is taken" in said


def test_a_port_that_is_none_is_told() -> None:
    assert "PORT is 'many'" in words_of(run(PORT="many"))


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert "cannot be written" in words_of(run(DATA_DIR=str(tmp_path / "file" / "var")))


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    def full(_arguments: list[str]) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(bootstrap, "run", full)
    assert bootstrap.main(["run"]) == 1
    assert "The disk is full" in capsys.readouterr().err
    with pytest.raises(bootstrap.Stop, match="nearly full"):
        bootstrap.room(tmp_path, 10**15, "the installation")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Failed to establish a new connection: [Errno -3] Temporary failure in name resolution", "network"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: something else", "something else"),
    ],
)
def test_a_failed_installation_is_told_in_a_line_or_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, told: str
) -> None:
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "INSTALL_LOG", tmp_path / "install.log")

    def fails(_command, stdout, **_options) -> int:
        stdout.write(said)
        return 1

    monkeypatch.setattr(bootstrap, "child", fails)
    with pytest.raises(bootstrap.Stop, match=told) as stop:
        bootstrap.pip("-r", "requirements.txt")
    assert len(str(stop.value).splitlines()) <= 2


def test_what_was_installed_is_installed_again_only_when_a_listing_changed(
    tmp_path: Path, monkeypatch
) -> None:
    listing, inner, data = (tmp_path / name for name in ("r.txt", "c.txt", "d.txt"))
    listing.write_text("-c c.txt\n")
    inner.write_text("a==1\n")
    data.write_text("b==1\n")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    done: list[tuple[str, ...]] = []
    monkeypatch.setattr(bootstrap, "pip", lambda *arguments: done.append(arguments))
    bootstrap.install(listing, data)
    assert len(done) == 2
    bootstrap.install(listing, data)
    assert len(done) == 2
    inner.write_text("a==2\n")
    bootstrap.install(listing, data)
    assert len(done) == 3


def test_data_are_built_again_when_a_correction_changed_and_only_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    environment = {"DATA_DIR": str(tmp_path)}
    built: list[object] = []

    def child(command, **_options: object) -> int:
        built.append(command)
        (tmp_path / "labor.duckdb").write_text("built")
        return 0

    monkeypatch.setattr(bootstrap, "child", child)
    monkeypatch.setattr(bootstrap, "data_key", lambda: "the same inputs")
    monkeypatch.setattr(bootstrap, "room", lambda *_: None)

    def builds() -> int:
        before = len(built)
        bootstrap.build_data(environment)
        return len(built) - before

    assert (builds(), builds()) == (1, 0)
    review = tmp_path / "review"
    review.mkdir()
    assert builds() == 0
    (review / "corrections.csv").write_text("one")
    assert (builds(), builds()) == (1, 0)
    (review / "corrections.csv").write_text("another")
    assert (builds(), builds()) == (1, 0)
    (review / "corrections.csv").unlink()
    assert (builds(), builds()) == (1, 0)
    # What make data loaded is not put back to the bundled releases by a correction.
    onet, moves = tmp_path / "db.zip", tmp_path / "moves.csv"
    onet.write_text("a release")
    moves.write_text("a table")
    bootstrap.remember_data(environment, {"onet": str(onet), "moves": str(moves)})
    assert builds() == 0
    (review / "corrections.csv").write_text("a third")
    assert (builds(), builds()) == (1, 0)
    assert built[-1][-4:] == ["--onet", str(onet), "--moves", str(moves)]
    # Nor by another version of the product; but what is gone cannot be loaded, and that is said.
    moves.unlink()
    capsys.readouterr()
    monkeypatch.setattr(bootstrap, "data_key", lambda: "other inputs")
    assert (builds(), builds()) == (1, 0)
    assert built[-1][-2:] == ["--onet", str(onet)]
    assert f"{moves} is gone" in capsys.readouterr().out


@pytest.mark.parametrize("note", ["", "{", "[1]", '{"onet": 3}', "null"])
def test_a_note_of_releases_that_cannot_be_read_is_none(tmp_path: Path, note: str) -> None:
    (tmp_path / "releases.json").write_text(note)
    assert bootstrap.remembered({"DATA_DIR": str(tmp_path)}) == {}


def test_a_demonstration_is_served_unless_there_is_a_key() -> None:
    assert bootstrap.demo_environment({})["DEMO"] == "1"
    assert "DEMO" not in bootstrap.demo_environment({"SECRET_KEY": "x" * 20})
    assert bootstrap.demo_environment({"DEMO": "0"})["DEMO"] == "0"


def test_a_dead_link_in_a_document_is_found(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# A heading, here\n")
    document = tmp_path / "doc.md"
    document.write_text(
        "[a](there.md) [b](there.md#a-heading-here) [c](gone.md) [d](there.md#gone) [e](https://x.example)\n"
        "```\n[f](also-gone.md)\n```\n"
    )
    assert links.dead(document) == ["gone.md", "there.md#gone"]

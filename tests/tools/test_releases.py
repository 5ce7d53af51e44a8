"""Where ``make data`` takes releases from."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tools import releases


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A host that serves a folder."""
    folder = tmp_path / "published"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", folder
    server.shutdown()
    server.server_close()


def test_the_newest_release_is_the_one_with_the_highest_number() -> None:
    page = "".join(f'<a href="/dl_files/database/db_{n}_text.zip">' for n in ("30_2", "9_9", "31_0", "30_10"))
    assert releases.newest(page) == "/dl_files/database/db_31_0_text.zip"
    assert releases.newest("<p>nothing here</p>") is None


def test_a_release_is_fetched_from_an_address_or_taken_where_it_lies(publisher, tmp_path: Path) -> None:
    address, folder = publisher
    (folder / "db.zip").write_bytes(b"a release" * 1000)
    fetched = releases.local(f"{address}/db.zip", tmp_path / "onet")
    assert fetched.name == "db.zip"
    assert fetched.read_bytes() == (folder / "db.zip").read_bytes()
    assert releases.local(str(folder / "db.zip"), tmp_path / "other") == folder / "db.zip"


@pytest.mark.parametrize("place", ["gone.zip", "/nowhere/db.zip", "file:///etc/hostname", "ADDRESS/gone.zip"])
def test_what_cannot_be_had_is_told_in_a_line(publisher, tmp_path: Path, place: str, capsys) -> None:
    address, _folder = publisher
    assert releases.main(["--onet", place.replace("ADDRESS", address)]) == 1
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert len(said.err.splitlines()) == 1


def test_no_network_is_told_with_what_to_do_instead(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(releases, "ONET_PAGE", "http://127.0.0.1:9/database.html")
    assert releases.main([]) == 1
    assert "make data ONET=" in capsys.readouterr().err


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The options of each build that was begun; none is."""
    begun: list[list[str]] = []
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(releases.subprocess, "call", lambda command, **_: begun.append(command[4:]) or 0)
    return begun


def test_naming_one_release_keeps_the_others_and_none_gives_one_up(built, tmp_path: Path) -> None:
    onet, programs, moves = (tmp_path / name for name in ("db.zip", "programs.csv", "moves.csv"))
    for path in (onet, programs, moves):
        path.write_text("a release")
    assert releases.main(["--onet", str(onet), "--programs", str(programs)]) == 0
    assert releases.main(["--moves", str(moves)]) == 0
    assert built[-1] == ["--onet", str(onet), "--programs", str(programs), "--moves", str(moves)]
    assert releases.main(["--programs", "none"]) == 0
    assert built[-1] == ["--onet", str(onet), "--moves", str(moves)]
    # Earlier releases of OEWS are several, and those named take the place of those before.
    first, second = (tmp_path / name for name in ("m2024.zip", "m2023.zip"))
    first.write_text("a release")
    second.write_text("a release")
    assert releases.main(["--earlier-oews", str(second), "--earlier-oews", str(first)]) == 0
    assert built[-1][4:] == ["--earlier-oews", str(second), "--earlier-oews", str(first)]
    assert releases.main(["--earlier-oews", str(first)]) == 0
    assert built[-1][4:] == ["--earlier-oews", str(first)]
    assert releases.main(["--earlier-oews", "none"]) == 0 and len(built[-1]) == 4
    moves.unlink()
    assert releases.main(["--onet", str(onet)]) == 1


def test_without_a_name_each_publishers_newest_is_taken_and_local_tables_stay(
    built, publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    address, folder = publisher
    year = date.today().year - 1
    for name in ("nat", "st", "ma"):
        (folder / f"oesm{year % 100}{name}.zip").write_bytes(b"a zip")
    for name in (f"areas_{year}.xlsx", f"areas_{year - 1}.xlsx", "occupation.xlsx", "SARPP.zip", "MARPP.zip"):
        (folder / name).write_bytes(b"a release")
    (folder / "dl_files" / "database").mkdir(parents=True)
    (folder / "dl_files" / "database" / "db_31_0_text.zip").write_bytes(b"a release")
    (folder / "database.html").write_text('<a href="/dl_files/database/db_31_0_text.zip">')
    monkeypatch.setattr(releases, "ONET_PAGE", f"{address}/database.html")
    monkeypatch.setattr(
        releases, "OEWS_ZIPS", tuple(f"{address}/oesm{{yy}}{n}.zip" for n in ("nat", "st", "ma"))
    )
    monkeypatch.setattr(releases, "AREA_DEFINITIONS", f"{address}/areas_{{year}}.xlsx")
    monkeypatch.setattr(releases, "PROJECTIONS", f"{address}/occupation.xlsx")
    monkeypatch.setattr(releases, "PRICE_PARITIES", (f"{address}/SARPP.zip", f"{address}/MARPP.zip"))
    moves = tmp_path / "moves.csv"
    moves.write_text("a table")
    assert releases.main(["--moves", str(moves)]) == 0
    assert releases.main([]) == 0
    options = dict(zip(built[-1][::2], map(Path, built[-1][1::2]), strict=True))
    assert [*options] == ["--moves", "--onet", "--oews", "--areas", "--projections", "--price-parities"]
    assert options["--areas"].name == f"areas_{year}.xlsx"
    assert len([*options["--oews"].rglob("*.zip")]) == 3 and str(year % 100) in options["--oews"].name
    assert {path.name for path in options["--price-parities"].rglob("*.zip")} == {"SARPP.zip", "MARPP.zip"}
    # One publisher that refuses does not keep the others' away; its last release stays.
    (folder / "SARPP.zip").unlink()
    (folder / f"oesm{year % 100}nat.zip").unlink()
    assert releases.main([]) == 0
    assert built[-1] == built[-2]
    said = capsys.readouterr().err
    assert "SARPP.zip could not be fetched" in said and said.count("What was loaded before stays.") == 2

"""Where ``make data`` takes releases from."""

from __future__ import annotations

import threading
from collections.abc import Iterator
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

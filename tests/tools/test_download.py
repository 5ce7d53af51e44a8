"""Downloads go on where they stopped, and what is wrong or partial never counts."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tools.download import TRIES, NotFetched, fetch

CONTENT = bytes(range(256)) * 4000


@dataclass
class Publisher:
    """A host with one file: what it does next, and what it was asked."""

    address: str = ""
    content: bytes = CONTENT
    etag: str = '"one"'
    drops: list[int] = field(default_factory=list)
    refuses: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[str | None] = field(default_factory=list)
    ranges: bool = True


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """Serves ranges, and hangs up after as many bytes as it is told."""
    told = Publisher()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers["Range"] if told.ranges else None
            told.asked.append(self.headers["Range"])
            if told.refuses:
                self.send_error(told.refuses.pop(0))
                return
            if told.etag and self.headers["If-None-Match"] == told.etag:
                self.send_response(304)
                self.end_headers()
                return
            begin = 0
            if asked and self.headers["If-Range"] == told.etag:
                begin = int(asked.removeprefix("bytes=").rstrip("-"))
            if begin >= len(told.content) > 0:
                self.send_error(416)
                return
            body = told.content[begin:]
            self.send_response(206 if begin else 200)
            if begin:
                self.send_header(
                    "Content-Range", f"bytes {begin}-{len(told.content) - 1}/{len(told.content)}"
                )
            self.send_header("Content-Length", str(len(body)))
            if told.etag:
                self.send_header("ETag", told.etag)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[: told.drops.pop(0)] if told.drops else body)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.address = f"http://127.0.0.1:{server.server_port}/files/db_31_0_text.zip"
    yield told
    server.shutdown()
    server.server_close()


def get(publisher: Publisher, folder: Path, fragment: str = "") -> tuple[Path, str]:
    out = io.StringIO()
    found = fetch(publisher.address + fragment, folder, out=out, wait=lambda _seconds: None)
    return found, out.getvalue()


def test_a_dropped_connection_goes_on_where_it_stopped(publisher, tmp_path):
    publisher.drops = [300_000, 500_000]
    found, said = get(publisher, tmp_path)
    assert found.read_bytes() == CONTENT and found.name == "db_31_0_text.zip"
    assert publisher.asked == [None, "bytes=300000-", "bytes=800000-"]
    assert "100% of 1.0 MB" in said and hashlib.sha256(CONTENT).hexdigest() in said
    assert not list(tmp_path.rglob("*.part"))


def test_a_later_call_goes_on_with_what_an_earlier_one_left(publisher, tmp_path):
    publisher.drops = [100_000] + [0] * TRIES
    with pytest.raises(NotFetched, match=r"ended after 100,000 of 1,024,000 bytes"):
        get(publisher, tmp_path)
    [part] = tmp_path.rglob("*.part")
    assert part.read_bytes() == CONTENT[:100_000]
    assert not list(tmp_path.rglob("*.zip"))
    publisher.asked.clear()
    assert get(publisher, tmp_path)[0].read_bytes() == CONTENT
    assert publisher.asked == ["bytes=100000-"]


def test_a_file_that_changed_in_between_is_begun_again(publisher, tmp_path):
    publisher.drops = [100_000] + [0] * TRIES
    with pytest.raises(NotFetched):
        get(publisher, tmp_path)
    publisher.content, publisher.etag = CONTENT[::-1], '"two"'
    assert get(publisher, tmp_path)[0].read_bytes() == CONTENT[::-1]


def test_a_publisher_without_ranges_is_asked_for_all_of_it_again(publisher, tmp_path):
    publisher.ranges, publisher.drops = False, [100_000]
    assert get(publisher, tmp_path)[0].read_bytes() == CONTENT


def test_a_part_longer_than_the_file_is_begun_again(publisher, tmp_path):
    publisher.drops = [100_000] + [0] * TRIES
    with pytest.raises(NotFetched):
        get(publisher, tmp_path)
    [part] = tmp_path.rglob("*.part")
    part.write_bytes(CONTENT + b"more")
    assert get(publisher, tmp_path)[0].read_bytes() == CONTENT


def test_a_publisher_that_is_busy_is_asked_again_and_one_that_has_it_not_is_not(publisher, tmp_path):
    publisher.refuses = [503, 429]
    assert get(publisher, tmp_path)[0].read_bytes() == CONTENT
    publisher.refuses = [404, 404]
    publisher.etag = '"two"'
    with pytest.raises(NotFetched, match="Not Found"):
        get(publisher, tmp_path)
    assert publisher.refuses == [404]


def test_a_checksum_that_is_given_is_held_to(publisher, tmp_path):
    right = hashlib.sha256(CONTENT).hexdigest()
    assert "as expected" in get(publisher, tmp_path, f"#sha256={right}")[1]
    publisher.etag = '"two"'
    with pytest.raises(NotFetched, match="not the one that was asked for"):
        get(publisher, tmp_path / "other", f"#sha256={'0' * 64}")
    assert not list((tmp_path / "other").rglob("*.*"))


def test_a_checksum_that_the_publisher_names_is_held_to(publisher, tmp_path):
    digest = base64.b64encode(hashlib.sha256(CONTENT).digest()).decode()
    publisher.headers = {"Repr-Digest": f"sha-256=:{digest}:"}
    assert "as expected" in get(publisher, tmp_path)[1]
    publisher.content, publisher.etag = CONTENT[:-1] + b"!", '"two"'
    with pytest.raises(NotFetched, match="its publisher names"):
        get(publisher, tmp_path)


@pytest.mark.parametrize("fragment", ["#sha256=12", "#md5=" + "0" * 32, "#chapter"])
def test_a_fragment_that_is_no_checksum_is_told(publisher, tmp_path, fragment):
    with pytest.raises(NotFetched, match="64 hexadecimal digits"):
        get(publisher, tmp_path, fragment)
    assert publisher.asked == []


def test_a_file_that_is_here_is_fetched_again_only_if_there_is_a_newer_one(publisher, tmp_path):
    found, _ = get(publisher, tmp_path)
    _, said = get(publisher, tmp_path)
    assert "no newer one" in said
    publisher.content, publisher.etag = CONTENT[::-1], '"two"'
    assert get(publisher, tmp_path)[0].read_bytes() == CONTENT[::-1]
    # One that was changed here is not the publisher's.
    found.write_bytes(b"changed")
    assert get(publisher, tmp_path)[0].read_bytes() == CONTENT[::-1]


def test_a_note_that_is_damaged_costs_a_download_and_nothing_else(publisher, tmp_path):
    get(publisher, tmp_path)
    [note] = tmp_path.rglob("*.json")
    for content in ("{", "[]", json.dumps({"unknown": 1})):
        note.write_text(content)
        assert get(publisher, tmp_path)[0].read_bytes() == CONTENT


def test_two_addresses_with_one_name_do_not_meet(publisher, tmp_path):
    one, _ = get(publisher, tmp_path)
    publisher.address += "?year=2"
    assert get(publisher, tmp_path)[0] != one

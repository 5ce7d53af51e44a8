"""Files and answers on the wire."""

from __future__ import annotations

import gzip
import json
import re

import brotli
import pytest
from flask.testing import FlaskClient

from tests.product import sign_in
from web import delivery
from web.delivery import CompressedFiles

FIRST_VISIT = 700_000
SLACK_FOR_THE_PICTURE = 200_000
LOADED = 20
"""Files of a page's head and body; a browser asks for six at a time."""


@pytest.mark.slow
def test_the_frame_leaves_room_for_the_picture_in_a_first_visit(shell, client: FlaskClient) -> None:
    shell.prepare()
    files = shell.server.extensions["compressed_files"]
    files.prepare(delivery.static_files(shell))
    page = client.get("/open", headers={"Accept-Encoding": "br"})
    text = brotli.decompress(page.data).decode()
    loaded = re.findall(r'<(?:script|link)[^>]+(?:src|href)="([^"]+)"', text)
    assert not any("plotly" in address for address in loaded)
    weight = len(page.data)
    for address in loaded:
        answer = client.get(address, headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200
        if not address.startswith("/_dash-layout") and address != "/_dash-dependencies":
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        weight += len(answer.data)
    assert len(loaded) < LOADED
    assert weight < FIRST_VISIT - SLACK_FOR_THE_PICTURE
    assert files.prepare(delivery.static_files(shell)) == 0


@pytest.mark.parametrize(
    ("accepted", "coding"), [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None), ("", None)]
)
def test_an_answer_is_compressed_as_the_browser_takes_it(
    client: FlaskClient, accepted: str, coding: str
) -> None:
    answer = client.get("/", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == coding
    assert "Accept-Encoding" in answer.headers["Vary"]
    undone = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    assert b"<!doctype html>" in undone(answer.data)


def test_a_prepared_file_is_the_file(tmp_path) -> None:
    plain = json.dumps(list(range(2000))).encode()
    files = CompressedFiles(tmp_path / "compressed")
    assert brotli.decompress(files.compressed(plain, "br")) == plain
    assert files.prepare(iter([plain])) == 2
    assert brotli.decompress(files.compressed(plain, "br")) == plain
    assert gzip.decompress(files.compressed(plain, "gzip")) == plain
    assert files.prepare(iter([plain])) == 0


def test_a_file_brings_no_cookie(client: FlaskClient) -> None:
    sign_in(client)
    answer = client.get("/assets/shell.css?v=1")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")

"""What is written down about requests, and what is not."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask.testing import FlaskClient

from tests.product import SECRET_WORD, ask, sign_in
from web import logs


@contextmanager
def recorded() -> Iterator[Callable[[], list[dict]]]:
    """Reads the log lines written inside the block."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure("INFO", stream)
    try:
        yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    finally:
        root.handlers[:] = before
        root.setLevel(level)


def test_a_request_is_one_line_with_its_id_and_without_what_points_at_anybody(client: FlaskClient) -> None:
    with recorded() as lines:
        answer = client.get("/thing/29-1141.00?now=35-2014.00")
        (line,) = lines()
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/thing/<code>", 200)
    assert line["ms"] > 0
    assert "29-1141" not in json.dumps(line) and "35-2014" not in json.dumps(line)


def test_no_line_holds_an_address_a_password_or_a_name(client: FlaskClient) -> None:
    with recorded() as lines:
        sign_in(client, password="a password mistyped")
        sign_in(client)
        client.get("/own?email=pete@demo.example")
        client.get("/pete@demo.example")
        written = json.dumps(lines())
    assert "/login" in written
    assert "@" not in written and "mistyped" not in written and "Pete" not in written


def test_what_breaks_is_told_by_its_kind_and_place_not_by_its_words(client: FlaskClient) -> None:
    with recorded() as lines:
        ask(client, "broken", SECRET_WORD)
        logging.getLogger("a.library").error("it failed", exc_info=ValueError(SECRET_WORD))
        written = lines()
    told = next(line for line in written if line["event"] == "exception")
    assert told["type"] == "builtins.ValueError"
    assert any("tests/product.py" in place for place in told["where"])
    assert SECRET_WORD not in json.dumps(written)

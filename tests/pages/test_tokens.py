"""The page of keys for programs, and what a program gets with one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pages.test_shares import Sharing


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Sharing]:
    made = Sharing(tmp_path)
    made.as_person("Pete")
    yield made
    made.close()


def make(product: Sharing, *scopes: str) -> tuple[str, Any]:
    """Make a token on the page; its secret and a program that sends it."""
    answer = product.post("/account/tokens", name="My tool", scope=list(scopes), days="30")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    found = re.search(r'id="secret"[^>]*value="([^"]+)"', answer.text)
    assert found, answer.text
    program = product.shell.server.test_client()
    return found[1], lambda path, method="GET", **more: program.open(
        path, method=method, headers={"Authorization": f"Bearer {found[1]}"}, **more
    )


def test_a_token_is_shown_once_and_opens_what_was_ticked(product):
    secret, ask = make(product, "wallet:read")
    assert secret not in product.browser.get("/account/tokens").text
    assert "Care certificate of Pete" in ask("/api/v1/wallet").text
    refused = ask("/api/v1/shares")
    assert refused.status_code == 403
    assert 'error="insufficient_scope"' in refused.headers["WWW-Authenticate"]
    assert ask("/api/v1/roles").status_code == 200


def test_a_revoked_token_opens_nothing_at_the_next_request(product):
    _secret, ask = make(product, "wallet:read")
    assert ask("/api/v1/wallet").status_code == 200
    found = re.search(r'action="(/account/tokens/\w+/revoke)"', product.browser.get("/account/tokens").text)
    assert product.post(found[1]).status_code == 303
    answer = ask("/api/v1/wallet")
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    # Also where anybody may ask, so that a program hears of it.
    assert ask("/api/v1/roles").status_code == 401


def test_a_token_opens_no_page_and_a_bad_one_is_not_helped_by_a_cookie(product):
    _secret, ask = make(product, "wallet:read")
    assert ask("/account").status_code == 303
    answer = product.browser.get("/api/v1/wallet", headers={"Authorization": "Bearer waymark_wrong"})
    assert answer.status_code == 401


def test_the_page_says_what_to_change_and_keeps_what_was_typed(product):
    answer = product.post("/account/tokens", name="My tool", days="30")
    assert answer.status_code == 422
    assert 'value="My tool"' in answer.text
    assert "at least one thing" in answer.text
    for days in ("", "x", "٣", "9" * 9):
        assert product.post("/account/tokens", name="T", scope=["wallet:read"], days=days).status_code == 422

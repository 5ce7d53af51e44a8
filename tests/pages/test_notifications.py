"""The bell, what is under it, what one chooses, and the link that stops mails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.model import NewsKind
from services.news import stop_token
from tests.pages.small_product import SmallProduct


@pytest.fixture
def here(tmp_path: Path) -> Iterator[SmallProduct]:
    product = SmallProduct(tmp_path)
    yield product
    product.close()


def post(product: SmallProduct, path: str, **fields: object) -> object:
    token = re.search(r'name="csrf_token" value="([^"]+)"', product.browser.get("/account").text)
    assert token
    return product.browser.post(path, data={**fields, "csrf_token": token[1]})


def test_the_bell_counts_what_is_new_and_the_page_tells_it_until_it_is_put_away(here: SmallProduct):
    rosa = here.sign_in("Rosa")
    empty = here.browser.get("/notifications").text
    assert "looking good: no new notifications" in empty and "bell-count" not in empty
    here.services._news.tell(
        rosa.person_id, "a", "“%(title)s” ends on %(until)s.", title="<b>", until="2026-12-24"
    )
    assert 'class="bell-count" aria-hidden="true">1<' in here.browser.get("/account").text
    page = here.browser.get("/notifications").text
    assert "“&lt;b&gt;” ends on Dec 24, 2026." in page and "told-new" in page
    again = here.browser.get("/notifications").text
    assert "told-new" not in again and "bell-count" not in again
    (one,) = here.browser.get("/api/v1/notifications").json
    assert (one["kind"], one["new"]) == ("request", False) and "<b>" in one["text"]
    assert post(here, f"/notifications/{one['id']}/dismiss").status_code == 303
    assert here.browser.get("/api/v1/notifications").json == []


def test_what_one_chooses_is_kept_and_taken_out_with_the_rest(here: SmallProduct):
    rosa = here.sign_in("Rosa")
    post(here, "/notifications/choices", here=["share", "plan", "nonsense"])
    assert here.services.news.choices(rosa).not_here == frozenset(NewsKind) - {"share", "plan"}
    # Without mail nothing was chosen about it.
    assert here.services.news.choices(rosa).not_by_mail == frozenset()
    sent = {"here": [], "by_mail": ["request"]}
    assert here.browser.put("/api/v1/notifications/choices", json=sent).json == sent
    held = here.browser.get("/account/export").json
    assert "request" not in held["notification_choices"]["not_by_mail"] and held["notifications"] == []


def test_the_link_in_a_mail_stops_them_by_one_request_and_by_no_look(here: SmallProduct):
    rosa = here.record.person("Rosa")
    path = f"/notifications/stop/{stop_token(here.services._link_key, rosa.person_id)}"
    looked = here.browser.get(path)
    assert looked.status_code == 200 and looked.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Rosa" not in looked.text and "rosa@" not in looked.text
    assert here.services.news.choices(rosa).not_by_mail == frozenset()
    assert here.browser.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert here.services.news.choices(rosa).not_by_mail == frozenset(NewsKind)
    assert here.browser.post(path + "x").status_code == here.browser.get(path + "x").status_code == 404


def test_nobody_else_is_told(here: SmallProduct):
    assert here.browser.get("/notifications").status_code in (302, 303, 401)
    assert here.browser.get("/api/v1/notifications").status_code == 401
    rosa = here.record.person("Rosa")
    here.services._news.tell(rosa.person_id, "a", "Only for Rosa.")
    (one,) = here.services.news.mine(rosa)
    here.sign_in("Maya")
    assert "Only for Rosa" not in here.browser.get("/notifications").text
    assert here.browser.delete(f"/api/v1/notifications/{one.id}").status_code == 404
    assert len(here.services.news.mine(rosa)) == 1

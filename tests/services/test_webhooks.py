"""Addresses that are told what happens: signed, sent again, never inside, with a log."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.webhooks import DELIVERED, FAILED, WAITING
from services.container import Services
from services.webhooks import ACCESS, AGAIN_AFTER, MOST, RECORD, NoSuchWebhook, WebhookRefused
from tests.pages.small_product import Labor
from tests.people import SystemOfRecord
from wallet.errors import Unavailable
from wallet.web_documents import WebDocuments

URL = "https://tool.example.org/hook"


class Post:
    """What is sent, and the answers to it."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes, dict[str, str]]] = []
        self.answers: list[int | None] = []

    def check(self, address: str) -> None:
        WebDocuments(resolver=lambda host: ["93.184.215.14"]).check(address)

    def post(self, address: str, body: bytes, headers: Any) -> int:
        self.sent.append((address, body, dict(headers)))
        answer = self.answers.pop(0) if self.answers else 204
        if answer is None:
            raise Unavailable("%(address)s could not be reached.", address=address)
        return answer


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Any]:
    record = SystemOfRecord.in_folder(tmp_path)
    services = Services(
        record.database, Labor, people=record.service, now=record.clock, secret_key="a key of sixteen letters"
    )
    services._sender = Post()
    yield SimpleNamespace(
        record=record,
        services=services,
        pete=record.person("Pete"),
        post=services._sender,
        clock=record.clock,
    )
    record.close()


def test_a_message_is_signed_as_standard_webhooks_asks_and_holds_ids_only(here):
    made = here.services.webhooks.make(here.pete, URL, [ACCESS])
    here.services.audit.note(
        here.pete.person_id, "applications.read", actor_id="x" * 32, actor_name="Company B", consent_id="c1"
    )
    assert here.services.webhooks.deliver() == (1, 1)
    [(address, body, headers)] = here.post.sent
    assert address == URL
    assert json.loads(body)["type"] == "access.logged"
    assert json.loads(body)["data"] == {"action": "applications.read", "consent_id": "c1"}
    assert b"Company" not in body and here.pete.person_id.encode() not in body
    key = base64.b64decode(made.secret.removeprefix("whsec_"))
    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    signature = base64.b64encode(hmac.digest(key, told, "sha256")).decode()
    assert headers["webhook-signature"] == f"v1,{signature}"
    assert int(headers["webhook-timestamp"]) == int(here.clock().timestamp())
    [(_webhook, [log])] = here.services.webhooks.mine(here.pete)
    assert (log.state, log.status, log.tries) == (DELIVERED, 204, 1)
    assert here.services.webhooks.deliver() == (0, 0)


def test_what_is_not_taken_is_sent_again_later_and_later_until_it_is_given_up(here):
    here.services.webhooks.make(here.pete, URL, [ACCESS])
    here.services.audit.note(here.pete.person_id, "shares.open", consent_id="c1")
    here.post.answers = [500, None, 302, *[503] * 20]
    waits = []
    for _ in range(len(AGAIN_AFTER) + 1):
        assert here.services.webhooks.deliver() == (1, 0)
        assert here.services.webhooks.deliver() == (0, 0)
        [(webhook, [log])] = here.services.webhooks.mine(here.pete)
        if log.state != WAITING:
            break
        waits.append(log.next_at - here.clock())
        here.clock.now = log.next_at
    assert waits == list(AGAIN_AFTER) and waits == sorted(waits)
    assert log.state == FAILED and webhook.stopped_at is not None
    # One message, by its id; a new time and signature at each try.
    assert len({headers["webhook-id"] for _a, _b, headers in here.post.sent}) == 1
    assert len({headers["webhook-signature"] for _a, _b, headers in here.post.sent}) > 5
    here.services.audit.note(here.pete.person_id, "shares.open", consent_id="c1")
    assert here.services.webhooks.deliver() == (0, 0)


def test_an_address_that_says_it_is_gone_is_told_nothing_more(here):
    here.services.webhooks.make(here.pete, URL, [ACCESS])
    here.post.answers = [410]
    here.services.audit.note(here.pete.person_id, "shares.open")
    here.services.webhooks.deliver()
    [(webhook, _log)] = here.services.webhooks.mine(here.pete)
    assert webhook.stopped_at is not None


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00:ec2::254"])
def test_an_address_that_points_inside_is_refused_and_one_that_turns_inside_is_not_sent_to(here, inside):
    sender = WebDocuments(resolver=lambda host: [inside])
    here.services._sender = sender
    with pytest.raises(WebhookRefused, match="not a public address"):
        here.services.webhooks.make(here.pete, URL, [ACCESS])
    with pytest.raises(Unavailable):
        sender.post(URL, b"{}", {})
    # Entered while it was public, inside by the time of sending.
    here.services._sender = here.post
    here.services.webhooks.make(here.pete, URL, [ACCESS])
    here.services._sender = sender
    here.services.audit.note(here.pete.person_id, "shares.open")
    assert here.services.webhooks.deliver() == (1, 0)
    [(_webhook, [log])] = here.services.webhooks.mine(here.pete)
    assert (log.state, log.status) == (WAITING, None)


@pytest.mark.parametrize(
    "url", ["http://tool.example.org/", "https://127.0.0.1/", "https://a@b.example/", "", "x"]
)
def test_only_plain_https_addresses_are_told_anything(here, url):
    with pytest.raises(WebhookRefused):
        here.services.webhooks.make(here.pete, url, [ACCESS])


def test_nobody_hears_of_another_s_record_or_touches_another_s_address(here):
    made = here.services.webhooks.make(here.pete, URL, [RECORD])
    maya = here.record.person("Maya")
    here.services.audit.note(maya.person_id, "shares.open")
    here.services.audit.note(here.pete.person_id, "shares.open")  # Not among what was ticked.
    assert here.services.webhooks.deliver() == (0, 0)
    for verb in (here.services.webhooks.remove, here.services.webhooks.test):
        with pytest.raises(NoSuchWebhook):
            verb(maya, made.webhook.id)
    assert here.services.webhooks.mine(maya) == ()
    here.services.webhooks.test(here.pete, made.webhook.id)
    assert here.services.webhooks.deliver() == (1, 1)
    here.services.webhooks.remove(here.pete, made.webhook.id)
    assert here.services.webhooks.mine(here.pete) == ()


def test_one_s_own_acts_are_no_news_and_there_is_an_end_to_addresses(here):
    for n in range(MOST):
        here.services.webhooks.make(here.pete, f"{URL}/{n}", [ACCESS])
    with pytest.raises(WebhookRefused):
        here.services.webhooks.make(here.pete, URL, [ACCESS])
    here.services.audit.note(here.pete.person_id, "shares.change", actor_id=str(here.pete.person_id))
    assert here.services.webhooks.deliver() == (0, 0)

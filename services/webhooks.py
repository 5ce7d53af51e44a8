"""Addresses that a person lets be told what happens to their record: signed, sent again, with a log.

Messages are laid out and signed as Standard Webhooks 1.0 asks: ``webhook-id``, ``webhook-timestamp`` and
``webhook-signature``, the latter HMAC-SHA256 over id, timestamp and body, joined by dots.
"""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

import structlog
from sqlalchemy.exc import SQLAlchemyError

from accounts.actor import Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from accounts.webhooks import DELIVERED, FAILED, WAITING, Delivery, Webhook, WebhookStore
from wallet.errors import Unavailable

ACCESS, RECORD, TEST = "access.logged", "record.changed", "test"
EVENTS = (ACCESS, RECORD)
MOST = 5
AGAIN_AFTER = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
)
"""Between one try and the next, as Standard Webhooks suggests; after the last it is given up."""
AT_ONCE = 50

log = structlog.get_logger()


class Sender(Protocol):
    """What sends: `Unavailable` where something may not or cannot be sent."""

    def check(self, address: str) -> None: ...
    def post(self, address: str, body: bytes, headers: dict[str, str]) -> int: ...


class WebhookRefused(PersonError):  # noqa: N818 - named as it is shown
    """An address that is not told anything; the message says why."""

    status = 422


class NoSuchWebhook(PersonError):  # noqa: N818 - named as it is shown
    """There is no such address, or it is somebody else's: which of the two is not said."""

    status = 404


@dataclass(frozen=True, slots=True)
class WebhookMade:
    """An address with the secret that its messages are signed with."""

    webhook: Webhook
    secret: str = field(repr=False)


class WebhookService:
    """The verbs about one's own webhooks, each asking permission first; and sending what is due.

    Parameters
    ----------
    store : WebhookStore
    sender : Sender or None
        ``None`` where no other host is asked.
    key : bytes
        Makes each address's secret, so that none is kept.
    now : callable
        The clock.
    """

    def __init__(
        self, store: WebhookStore, sender: Sender | None, key: bytes, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._sender = sender
        self._key = key
        self._now = now

    def mine(self, actor: Actor) -> tuple[tuple[Webhook, tuple[Delivery, ...]], ...]:
        """Return the person's addresses, each with what it was told of late."""
        require(actor, Action.WEBHOOKS_READ, actor.person_id)
        return tuple((one, self._store.log(one.id)) for one in self._store.of(str(actor.person_id)))

    def make(self, actor: Actor, url: str, events: Iterable[str]) -> WebhookMade:
        """Let an address be told what happens.

        Raises
        ------
        WebhookRefused
        """
        require(actor, Action.WEBHOOKS_CHANGE, actor.person_id)
        address, chosen = url.strip(), set(events)
        if not chosen or chosen - set(EVENTS):
            raise WebhookRefused(_("Choose at least one thing that the address is told."))
        if self._sender is None:
            raise WebhookRefused(_("This installation asks no other host, so nothing can be sent from it."))
        try:
            self._sender.check(address)
        except Unavailable as problem:
            raise WebhookRefused(problem.sentence.message, **problem.sentence.values) from None
        made = self._store.add(
            str(actor.person_id), address, tuple(one for one in EVENTS if one in chosen), MOST
        )
        if made is None:
            raise WebhookRefused(
                _("You have %(most)d addresses already. Take one away that is not needed any more."),
                most=MOST,
            )
        return WebhookMade(made, self._secret(made.id))

    def remove(self, actor: Actor, webhook_id: str) -> None:
        """Tell an address nothing more, and forget it.

        Raises
        ------
        NoSuchWebhook
        """
        require(actor, Action.WEBHOOKS_CHANGE, actor.person_id)
        if not self._store.remove(str(actor.person_id), webhook_id):
            log.warning("asked for a webhook that is not theirs", kind="webhook")
            raise NoSuchWebhook(_("There is no such address among yours."))

    def test(self, actor: Actor, webhook_id: str) -> None:
        """Send something of no meaning, to see that it arrives."""
        require(actor, Action.WEBHOOKS_CHANGE, actor.person_id)
        if all(one.id != webhook_id for one in self._store.of(str(actor.person_id))):
            log.warning("asked for a webhook that is not theirs", kind="webhook")
            raise NoSuchWebhook(_("There is no such address among yours."))
        self._queue(webhook_id, TEST, {})

    # Verbs of the product itself.

    def happened(self, person_id: str, event: str, **told: str) -> None:
        """Let every address of a person that wants to hear of such an event be told; ids only, no content."""
        self.happened_to(event, {person_id: told})

    def happened_to(self, event: str, told: Mapping[str, dict[str, str]]) -> None:
        """The same to many people at once, each with what they are told."""
        try:
            for one in self._store.of_all(told):
                if event in one.events and one.stopped_at is None:
                    self._queue(one.id, event, told[one.person_id])
        except SQLAlchemyError as error:
            # What happened is kept; that somebody hears of it is not worth undoing it.
            log.warning("webhook not queued", failed=type(error).__name__)

    def deliver(self) -> tuple[int, int]:
        """Send what is due; how many were tried, and how many arrived."""
        arrived, due = 0, self._store.due(AT_ONCE) if self._sender is not None else ()
        for delivery in due:
            arrived += self._send(delivery)
        return len(due), arrived

    def _queue(self, webhook_id: str, event: str, told: dict[str, str]) -> None:
        body = {"type": event, "timestamp": self._now().isoformat(), "data": told}
        self._store.queue(webhook_id, event, json.dumps(body, separators=(",", ":")), uuid4().hex)

    def _send(self, delivery: Delivery) -> bool:
        webhook = self._store.get(delivery.webhook_id)
        if webhook is None or self._sender is None:
            return False
        body, now = delivery.body.encode(), self._now()
        headers = {
            "Content-Type": "application/json",
            "webhook-id": f"msg_{delivery.id}",
            "webhook-timestamp": str(int(now.timestamp())),
        }
        signature = sign(self._secret(webhook.id), headers["webhook-id"], headers["webhook-timestamp"], body)
        status: int | None = None
        try:
            status = self._sender.post(webhook.url, body, {**headers, "webhook-signature": signature})
        except Unavailable:
            log.info("webhook not reached", tries=delivery.tries + 1)
        if status is not None and 200 <= status < 300:
            self._store.tried(delivery, status, DELIVERED, now)
            return True
        if status == 410 or delivery.tries >= len(AGAIN_AFTER):
            # The address says that it is gone, or never took it: nothing more is sent there.
            self._store.tried(delivery, status, FAILED, now)
            self._store.stop(webhook.id)
            return False
        self._store.tried(delivery, status, WAITING, now + AGAIN_AFTER[delivery.tries])
        return False

    def _secret(self, webhook_id: str) -> str:
        made = hmac.digest(self._key, f"webhook\0{webhook_id}".encode(), "sha256")
        return "whsec_" + base64.b64encode(made).decode()


def sign(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """Return the signature of a message (Standard Webhooks 1.0, ``v1``)."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    told = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, told, "sha256")).decode()

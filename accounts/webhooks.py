"""Addresses that are told what happens, and what they are told: every reading and writing of both tables."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from accounts.models import DeliveryRow, WebhookRow
from database import Store

KEPT = timedelta(days=30)
WAITING, DELIVERED, FAILED = "waiting", "delivered", "failed"


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address with the kinds of event it is told; ``stopped_at`` once it failed too often."""

    id: str
    person_id: str
    url: str
    events: tuple[str, ...]
    made_at: datetime
    stopped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one address.

    Attributes
    ----------
    state : str
        ``waiting``, ``delivered`` or ``failed``.
    status : int or None
        What the address answered last; ``None`` where it could not be reached.
    next_at : datetime
        When it is sent again, while it waits.
    """

    id: str
    webhook_id: str
    event: str
    body: str
    made_at: datetime
    next_at: datetime
    tries: int
    state: str
    status: int | None
    tried_at: datetime | None


class WebhookStore(Store):
    """Webhooks by person, deliveries by webhook.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    def add(self, person_id: str, url: str, events: tuple[str, ...], most: int) -> Webhook | None:
        """Keep an address; ``None`` when the person has ``most``."""
        with self._database.session() as session:
            count = select(func.count()).where(WebhookRow.person_id == person_id)
            if (session.scalar(count) or 0) >= most:
                return None
            row = WebhookRow(person_id=person_id, url=url, events=list(events), made_at=self._now())
            session.add(row)
            session.flush()
            return _webhook(row)

    def of(self, person_id: str) -> tuple[Webhook, ...]:
        """Return a person's addresses, the newest first."""
        query = select(WebhookRow).where(WebhookRow.person_id == person_id)
        with self._database.session() as session:
            return tuple(_webhook(row) for row in session.scalars(query.order_by(WebhookRow.made_at.desc())))

    def of_all(self, person_ids: Collection[str]) -> tuple[Webhook, ...]:
        """Return the addresses of many people."""
        query = select(WebhookRow).where(WebhookRow.person_id.in_(person_ids))
        with self._database.session() as session:
            return tuple(_webhook(row) for row in session.scalars(query.order_by(WebhookRow.made_at.desc())))

    def get(self, webhook_id: str) -> Webhook | None:
        """Return one address."""
        with self._database.session() as session:
            row = session.get(WebhookRow, webhook_id)
            return None if row is None else _webhook(row)

    def remove(self, person_id: str, webhook_id: str) -> bool:
        """Take an address away, with what waits for it; ``False`` when the person has none of this id."""
        with self._database.session() as session:
            done = session.execute(
                delete(WebhookRow).where(WebhookRow.person_id == person_id, WebhookRow.id == webhook_id)
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]

    def stop(self, webhook_id: str) -> None:
        """Tell an address nothing more."""
        with self._database.session() as session:
            session.execute(
                update(WebhookRow).where(WebhookRow.id == webhook_id).values(stopped_at=self._now())
            )

    def queue(self, webhook_id: str, event: str, body: str, message_id: str) -> None:
        """Let something be sent as soon as can be; what is older than a month is forgotten on the way."""
        now = self._now()
        with self._database.session() as session:
            session.execute(
                delete(DeliveryRow).where(
                    DeliveryRow.webhook_id == webhook_id, DeliveryRow.made_at < now - KEPT
                )
            )
            session.add(
                DeliveryRow(
                    id=message_id, webhook_id=webhook_id, event=event, body=body, made_at=now, next_at=now
                )
            )

    def due(self, most: int) -> tuple[Delivery, ...]:
        """Return what is to be sent now, the longest waiting first."""
        query = (
            select(DeliveryRow)
            .where(DeliveryRow.state == WAITING, DeliveryRow.next_at <= self._now())
            .order_by(DeliveryRow.next_at)
            .limit(most)
        )
        with self._database.session() as session:
            return tuple(_delivery(row) for row in session.scalars(query))

    def tried(self, delivery: Delivery, status: int | None, state: str, next_at: datetime) -> None:
        """Keep what came of sending."""
        with self._database.session() as session:
            session.execute(
                update(DeliveryRow)
                .where(DeliveryRow.id == delivery.id)
                .values(
                    tries=delivery.tries + 1,
                    status=status,
                    state=state,
                    next_at=next_at,
                    tried_at=self._now(),
                )
            )

    def log(self, webhook_id: str, limit: int = 50) -> tuple[Delivery, ...]:
        """Return what an address was told, the latest first."""
        query = select(DeliveryRow).where(DeliveryRow.webhook_id == webhook_id)
        with self._database.session() as session:
            rows = session.scalars(query.order_by(DeliveryRow.made_at.desc(), DeliveryRow.id).limit(limit))
            return tuple(_delivery(row) for row in rows)


def _webhook(row: WebhookRow) -> Webhook:
    return Webhook(row.id, row.person_id, row.url, tuple(row.events), row.made_at, row.stopped_at)


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery(
        row.id,
        row.webhook_id,
        row.event,
        row.body,
        row.made_at,
        row.next_at,
        row.tries,
        row.state,
        row.status,
        row.tried_at,
    )

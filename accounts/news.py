"""What others did, told to whom it concerns: every reading and writing of its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select

from accounts.models import NewsRow
from accounts.store import utc_now
from database import Database


@dataclass(frozen=True, slots=True)
class News:
    """A sentence for a person.

    Attributes
    ----------
    message, values : str, mapping
        The sentence in English with its places; it is put together in the reader's language. It has
        a place ``%(day)s`` of its own for ``made_at``.
    path : str
        The page that it is about.
    """

    id: str
    message: str
    made_at: datetime
    values: Mapping[str, str] = field(default_factory=dict)
    path: str = ""


class NewsStore:
    """News by person.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    def tell(self, person_id: str, about: str, message: str, path: str = "", **values: str) -> None:
        """Keep a sentence; what was told about the same before is replaced by it."""
        with self._database.session() as session:
            session.execute(delete(NewsRow).where(NewsRow.person_id == person_id, NewsRow.about == about))
            session.add(
                NewsRow(
                    person_id=person_id,
                    about=about,
                    message=message,
                    values=values,
                    path=path,
                    made_at=self._now(),
                )
            )

    def of(self, person_id: str) -> tuple[News, ...]:
        """Return what a person has not put away, the newest first."""
        query = select(NewsRow).where(NewsRow.person_id == person_id)
        with self._database.session() as session:
            rows = session.scalars(query.order_by(NewsRow.made_at.desc(), NewsRow.id))
            return tuple(News(row.id, row.message, row.made_at, dict(row.values), row.path) for row in rows)

    def dismiss(self, person_id: str, news_id: str) -> None:
        """Put a sentence away; nothing happens when the person has no such one."""
        with self._database.session() as session:
            session.execute(delete(NewsRow).where(NewsRow.person_id == person_id, NewsRow.id == news_id))

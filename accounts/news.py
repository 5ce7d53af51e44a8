"""What happened, told to whom it concerns, and what they want to be told: every reading and writing of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from accounts.models import NewsChoiceRow, NewsRow, Person
from database import Store
from graph.model import NewsKind

ONE_MAIL = timedelta(days=1)
"""How long what was mailed about something keeps the next of the same from being mailed too."""


@dataclass(frozen=True, slots=True)
class News:
    """A sentence for a person.

    Attributes
    ----------
    message, values : str, mapping
        The sentence in English with its places; it is put together in the reader's language. It has
        a place ``%(day)s`` of its own for ``made_at``, and ``%(until)s``, where there is one, is a
        day in ISO form.
    path : str
        The page that it is about.
    new : bool
        Whether the person has not looked at their news since.
    """

    id: str
    message: str
    made_at: datetime
    values: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    kind: NewsKind = NewsKind.REQUEST
    new: bool = False


@dataclass(frozen=True, slots=True)
class NewsChoices:
    """What a person does not want to be told: on the page, by e-mail; and when they last looked."""

    not_here: frozenset[NewsKind] = frozenset()
    not_by_mail: frozenset[NewsKind] = frozenset()
    looked_at: datetime | None = None


class NewsStore(Store):
    """News by person.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    def tell(
        self,
        person_id: str,
        about: str,
        message: str,
        path: str = "",
        *,
        kind: NewsKind = NewsKind.REQUEST,
        once: bool = False,
        **values: str,
    ) -> None:
        """Keep a sentence; what was told about the same before is replaced by it.

        With ``once`` what was told about the same before stays as it is, also where it was put away.
        """
        row = NewsRow(
            person_id=person_id,
            about=about,
            kind=kind.value,
            message=message,
            values=values,
            path=path,
            made_at=self._now(),
        )
        try:
            with self._database.session() as session:
                if session.get(Person, person_id) is None:
                    return
                before = session.scalar(
                    select(NewsRow).where(NewsRow.person_id == person_id, NewsRow.about == about)
                )
                if before is not None:
                    if once:
                        return
                    if before.mailed_at is not None and self._now() - before.mailed_at < ONE_MAIL:
                        row.mailed_at = before.mailed_at
                    session.execute(delete(NewsRow).where(NewsRow.id == before.id))
                session.add(row)
        except IntegrityError:
            return  # In the same moment the same was told by another request.

    def of(self, person_id: str) -> tuple[News, ...]:
        """Return what a person has not put away, the newest first."""
        query = select(NewsRow).where(NewsRow.person_id == person_id, NewsRow.away_at.is_(None))
        with self._database.session() as session:
            rows = session.scalars(query.order_by(NewsRow.made_at.desc(), NewsRow.id))
            return tuple(
                News(row.id, row.message, row.made_at, dict(row.values), row.path, NewsKind(row.kind))
                for row in rows
            )

    def dismiss(self, person_id: str, news_id: str | None = None) -> bool:
        """Put a sentence away, or all of them; ``False`` when the person has no such one. Twice is once."""
        one = () if news_id is None else (NewsRow.id == news_id,)
        with self._database.session() as session:
            done = session.execute(
                update(NewsRow).where(NewsRow.person_id == person_id, *one).values(away_at=self._now())
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]

    def forget(self, *about: str) -> None:
        """Take out what was told about something, as if it had not been."""
        with self._database.session() as session:
            session.execute(delete(NewsRow).where(NewsRow.about.in_(about)))

    def forget_put_away(self, before: datetime) -> None:
        """Take out what was put away before a moment."""
        with self._database.session() as session:
            session.execute(delete(NewsRow).where(NewsRow.away_at < before))

    # Mail

    def unmailed(self, since: datetime) -> tuple[tuple[str, str, NewsKind], ...]:
        """Return (person id, id, kind) of what was told since a moment and not mailed, the oldest first."""
        query = select(NewsRow.person_id, NewsRow.id, NewsRow.kind).where(
            NewsRow.mailed_at.is_(None), NewsRow.away_at.is_(None), NewsRow.made_at >= since
        )
        with self._database.session() as session:
            found = session.execute(query.order_by(NewsRow.made_at, NewsRow.id))
            return tuple((person, one, NewsKind(kind)) for person, one, kind in found)

    def mailed(self, ids: Iterable[str]) -> None:
        """Note that these were mailed, or are not to be."""
        with self._database.session() as session:
            session.execute(update(NewsRow).where(NewsRow.id.in_(tuple(ids))).values(mailed_at=self._now()))

    def begin_mail(self, person_id: str, pause: timedelta) -> bool:
        """Note that a person is written to now; ``False`` when they were less than ``pause`` ago.

        Of two that begin at once, one may go on.
        """
        self._choices_row(person_id)
        with self._database.session() as session:
            done = session.execute(
                update(NewsChoiceRow)
                .where(
                    NewsChoiceRow.person_id == person_id,
                    or_(NewsChoiceRow.mailed_at.is_(None), NewsChoiceRow.mailed_at <= self._now() - pause),
                )
                .values(mailed_at=self._now())
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]

    # Choices

    def choices(self, person_id: str) -> NewsChoices:
        """Return what a person chose; everybody is told everything until they choose."""
        with self._database.session() as session:
            row = session.get(NewsChoiceRow, person_id)
            if row is None:
                return NewsChoices()
            return NewsChoices(_kinds(row.not_here), _kinds(row.not_by_mail), row.looked_at)

    def choose(
        self,
        person_id: str,
        *,
        not_here: Iterable[NewsKind] | None = None,
        not_by_mail: Iterable[NewsKind] | None = None,
    ) -> None:
        """Keep what a person does not want to be told; what is not named stays as it is."""
        values = {
            name: sorted(kind.value for kind in kinds)
            for name, kinds in (("not_here", not_here), ("not_by_mail", not_by_mail))
            if kinds is not None
        }
        self._set(person_id, **values)

    def looked(self, person_id: str) -> None:
        """Note that a person looked at their news."""
        self._set(person_id, looked_at=self._now())

    def _set(self, person_id: str, **values: object) -> None:
        self._choices_row(person_id)
        with self._database.session() as session:
            session.execute(
                update(NewsChoiceRow).where(NewsChoiceRow.person_id == person_id).values(**values)
            )

    def _choices_row(self, person_id: str) -> None:
        try:
            with self._database.session() as session:
                known = session.get(Person, person_id) is not None
                if known and session.get(NewsChoiceRow, person_id) is None:
                    session.add(NewsChoiceRow(person_id=person_id, not_here=[], not_by_mail=[]))
        except IntegrityError:
            return  # Another request made it in the same moment.


def _kinds(kept: Iterable[str]) -> frozenset[NewsKind]:
    return frozenset(NewsKind(one) for one in kept)

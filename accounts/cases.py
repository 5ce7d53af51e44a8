"""What counselors write down of their clients: meetings and notes, every reading and writing of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from accounts.consents import advised_by
from accounts.counsel_models import CaseListingRow, CaseNoteRow, MeetingRow
from accounts.models import ChosenCareer, ConsentRow, Person
from database import Store
from graph.model import Activity, CaseNote, Meeting

AGAIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody whom a counselor may advise, by which consent, since when and until when.

    ``listed_on`` is the last day on which it was noted that they are in the list.
    """

    person_id: str
    consent_id: str
    name: str
    demo: bool
    since: datetime
    ends_at: datetime | None
    listed_on: date | None
    last_met: datetime | None


class CaseStore(Store):
    """Meetings and notes by the person they are about.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    # Who is listed

    def listed(self, counselor_id: str) -> tuple[Listed, ...]:
        """Return everybody who lets a counselor advise them now, each by the newest of their yeses."""
        met = select(func.max(MeetingRow.began_at)).where(MeetingRow.person_id == ConsentRow.person_id)
        query = (
            select(
                ConsentRow.person_id,
                ConsentRow.id,
                Person.name,
                Person.demo,
                ConsentRow.granted_at,
                ConsentRow.ends_at,
                CaseListingRow.listed_on,
                met.scalar_subquery(),
            )
            .join(Person, Person.id == ConsentRow.person_id)
            .outerjoin(CaseListingRow, CaseListingRow.consent_id == ConsentRow.id)
            .where(Person.active, *advised_by(counselor_id, self._now()))
            .order_by(ConsentRow.granted_at, ConsentRow.id.desc())
        )
        with self._database.session() as session:
            found = {row.person_id: row for row in session.execute(query)}
        return tuple(Listed(*row) for row in found.values())

    def first_careers(self, person_ids: Collection[str]) -> dict[str, str]:
        """Return the code of the career that each chose first."""
        query = (
            select(ChosenCareer.person_id, ChosenCareer.role_code)
            .where(ChosenCareer.person_id.in_(person_ids))
            .order_by(ChosenCareer.added_at.desc(), ChosenCareer.role_code.desc())
        )
        with self._database.session() as session:
            return {row.person_id: row.role_code for row in session.execute(query)}

    def note_listed(self, consents: Iterable[Listed], day: date) -> None:
        """Keep that these are listed on this day."""
        ids = [one.consent_id for one in consents]
        try:
            self._note_listed(ids, day)
        except IntegrityError:
            # Another look at the same moment came first.
            self._note_listed(ids, day)

    def _note_listed(self, consent_ids: Collection[str], day: date) -> None:
        listed = CaseListingRow.consent_id.in_(consent_ids)
        with self._database.session() as session:
            known = set(session.scalars(select(CaseListingRow.consent_id).where(listed)))
            session.execute(update(CaseListingRow).where(listed).values(listed_on=day))
            new = [{"consent_id": one, "listed_on": day} for one in consent_ids if one not in known]
            if new:
                session.execute(insert(CaseListingRow), new)

    # Meetings

    def begin(self, person_id: str, counselor_id: str, counselor_name: str, activity: Activity) -> Meeting:
        """Begin a meeting, or go on with the one that this counselor began with this person."""
        with self._database.session() as session:
            row = session.scalar(_open(person_id, counselor_id))
            if row is None:
                row = MeetingRow(
                    person_id=person_id,
                    counselor_id=counselor_id,
                    counselor_name=counselor_name,
                    activity=activity.value,
                    began_at=self._now(),
                )
                session.add(row)
                session.flush()
            return _meeting(row)

    def end(self, person_id: str, counselor_id: str, activity: Activity, minutes: int) -> Meeting | None:
        """End the meeting that goes on; ``None`` when there is none."""
        with self._database.session() as session:
            row = session.scalar(_open(person_id, counselor_id))
            if row is None:
                return None
            row.ended_at, row.activity, row.minutes = self._now(), activity.value, minutes
            session.flush()
            return _meeting(row)

    def under_way(self, person_id: str, counselor_id: str) -> Meeting | None:
        """Return the meeting that goes on between the two."""
        with self._database.session() as session:
            row = session.scalar(_open(person_id, counselor_id))
            return None if row is None else _meeting(row)

    def held(
        self,
        person_ids: Iterable[str],
        counselor: tuple[str, str],
        activity: Activity,
        day: date,
        minutes: int,
        group_id: str,
    ) -> int:
        """Keep one meeting a person, of a workshop on ``day``; once a group and day."""
        began = datetime.combine(day, datetime.min.time(), tzinfo=self._now().tzinfo)
        same = [MeetingRow.group_id == group_id, MeetingRow.began_at == began]
        with self._database.session() as session:
            there = set(session.scalars(select(MeetingRow.person_id).where(*same)))
            new = [one for one in person_ids if one not in there]
            session.add_all(
                MeetingRow(
                    person_id=one,
                    counselor_id=counselor[0],
                    counselor_name=counselor[1],
                    activity=activity.value,
                    began_at=began,
                    ended_at=began,
                    minutes=minutes,
                    group_id=group_id,
                )
                for one in new
            )
            return len(new)

    def meetings(self, person_id: str) -> tuple[Meeting, ...]:
        """Return everybody's meetings with a person, the latest first."""
        query = select(MeetingRow).where(MeetingRow.person_id == person_id)
        with self._database.session() as session:
            rows = session.scalars(query.order_by(MeetingRow.began_at.desc(), MeetingRow.id))
            return tuple(_meeting(row) for row in rows)

    def time_spent(
        self, counselor_id: str, person_ids: Collection[str]
    ) -> Mapping[str, tuple[tuple[Activity, int, int], ...]]:
        """Return activity, meetings and minutes of this counselor, by person."""
        query = (
            select(MeetingRow.person_id, MeetingRow.activity, func.count(), func.sum(MeetingRow.minutes))
            .where(
                MeetingRow.counselor_id == counselor_id,
                MeetingRow.person_id.in_(person_ids),
                MeetingRow.ended_at.is_not(None),
            )
            .group_by(MeetingRow.person_id, MeetingRow.activity)
        )
        found: dict[str, tuple[tuple[Activity, int, int], ...]] = {}
        with self._database.session() as session:
            for person, activity, times, minutes in session.execute(query):
                found[person] = (*found.get(person, ()), (Activity(activity), times, minutes or 0))
        return found

    # Notes

    def add_note(self, person_id: str, author: tuple[str, str], text: str, *, shared: bool) -> CaseNote:
        """Keep a note of ``author``, an id and a name; the same again within a minute is a second click."""
        same = select(CaseNoteRow).where(
            CaseNoteRow.person_id == person_id,
            CaseNoteRow.author_id == author[0],
            CaseNoteRow.shared == shared,
            CaseNoteRow.made_at >= self._now() - AGAIN,
        )
        with self._database.session() as session:
            for before in session.scalars(same):
                if before.text == text:
                    return _note(before)
            row = CaseNoteRow(
                person_id=person_id,
                author_id=author[0],
                author_name=author[1],
                text=text,
                shared=shared,
                made_at=self._now(),
            )
            session.add(row)
            session.flush()
            return _note(row)

    def notes(self, person_id: str, *, shared_only: bool) -> tuple[CaseNote, ...]:
        """Return the notes about a person, the newest first."""
        query = select(CaseNoteRow).where(CaseNoteRow.person_id == person_id)
        if shared_only:
            query = query.where(CaseNoteRow.shared)
        with self._database.session() as session:
            rows = session.scalars(query.order_by(CaseNoteRow.made_at.desc(), CaseNoteRow.id))
            return tuple(_note(row) for row in rows)

    def private_notes(self, person_id: str) -> int:
        """Return how many notes there are that the person does not see."""
        query = select(func.count()).select_from(CaseNoteRow)
        with self._database.session() as session:
            return session.scalar(query.where(CaseNoteRow.person_id == person_id, ~CaseNoteRow.shared)) or 0

    def remove_note(self, person_id: str, note_id: str, author_id: str) -> bool:
        """Take a note of one's own away; ``False`` when there is no such one."""
        with self._database.session() as session:
            done = session.execute(
                delete(CaseNoteRow).where(
                    CaseNoteRow.id == note_id,
                    CaseNoteRow.person_id == person_id,
                    CaseNoteRow.author_id == author_id,
                )
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]


def _open(person_id: str, counselor_id: str):  # type: ignore[no-untyped-def]
    return select(MeetingRow).where(
        MeetingRow.person_id == person_id,
        MeetingRow.counselor_id == counselor_id,
        MeetingRow.ended_at.is_(None),
    )


def _meeting(row: MeetingRow) -> Meeting:
    return Meeting(
        row.id,
        row.person_id,
        row.counselor_id or "",
        row.counselor_name,
        Activity(row.activity),
        row.began_at,
        row.ended_at,
        row.minutes,
        row.group_id,
    )


def _note(row: CaseNoteRow) -> CaseNote:
    return CaseNote(row.id, row.author_id or "", row.author_name, row.text, row.shared, row.made_at)

"""Reports and corrections in the system of record: every reading and writing of their tables.

A report is its person's: they alone are given it back, and it goes with their account. Who
decides sees what is said, never who says it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from accounts.models import Correction, Report
from database import Store
from graph import model

OPEN, ACCEPTED, DISMISSED = "open", "accepted", "dismissed"
WRONG, MISSING = "wrong", "missing"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewReport:
    """What a person says; see ``graph.model.Report`` for the fields."""

    role_code: str
    kind: str
    skill_uri: str = ""
    chosen_uri: str = ""
    words: str = ""

    @property
    def about(self) -> str:
        """What a report has to share with this one to be the same: the square, or what is missing."""
        what = self.skill_uri or self.chosen_uri or self.words
        return f"{self.kind}:" + hashlib.sha256(what.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Said:
    """A report without its person, for who decides; ``decided_at`` is ``None`` while it is open."""

    id: str
    role_code: str
    kind: str
    skill_uri: str
    chosen_uri: str
    words: str
    made_at: datetime
    state: str
    reason: str
    decided_at: datetime | None

    @property
    def subject(self) -> tuple[str, str, str]:
        """What is decided at once: all who report a square, or miss the same statement, together."""
        about = self.skill_uri or self.chosen_uri or self.id
        return self.role_code, self.kind, about


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision on one statement of a role, with the columns of the editorial review."""

    role_code: str
    skill_uri: str
    decision: str
    task: str
    core: bool = False
    other_uri: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A decision that stands, its id, and since when."""

    id: str
    ruling: Ruling
    decided_at: datetime


class ReportStore(Store):
    """Reports by person, and decisions by role and statement.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    # The person's own

    def make(self, person_id: str, new: NewReport, most_a_day: int) -> model.Report | None:
        """Keep a report; the same again brings its words up to date and opens it again.

        ``None`` when the person made ``most_a_day`` within a day that nobody has decided yet.
        """
        try:
            return self._make(person_id, new, most_a_day)
        except IntegrityError:
            # The other half of a double click came first: its row is there now.
            return self._make(person_id, new, most_a_day)

    def _make(self, person_id: str, new: NewReport, most_a_day: int) -> model.Report | None:
        same = (Report.person_id == person_id, Report.role_code == new.role_code, Report.about == new.about)
        with self._database.session() as session:
            kept = session.scalar(select(Report).where(*same))
            if kept is None:
                if self._fresh(session, person_id) >= most_a_day:
                    return None
                kept = Report(
                    person_id=person_id,
                    role_code=new.role_code,
                    kind=new.kind,
                    skill_uri=new.skill_uri,
                    chosen_uri=new.chosen_uri,
                    about=new.about,
                    made_at=self._now(),
                )
                session.add(kept)
            elif kept.state != OPEN:
                kept.made_at = self._now()
            kept.words = new.words
            kept.state, kept.decision, kept.answer_uri, kept.reason = OPEN, "", "", ""
            kept.decided_at = kept.decided_by = None
            session.flush()
            return _own(kept)

    def _fresh(self, session, person_id: str) -> int:  # type: ignore[no-untyped-def]
        query = select(func.count()).where(
            Report.person_id == person_id, Report.state == OPEN, Report.made_at > self._now() - DAY
        )
        return int(session.scalar(query) or 0)

    def of(self, person_id: str, role_code: str | None = None) -> tuple[model.Report, ...]:
        """Return the person's reports, newest first; those on one role when it is named."""
        query = select(Report).where(Report.person_id == person_id)
        if role_code is not None:
            query = query.where(Report.role_code == role_code)
        with self._database.session() as session:
            rows = session.scalars(query.order_by(Report.made_at.desc(), Report.id))
            return tuple(_own(row) for row in rows)

    def withdraw(self, person_id: str, report_id: str) -> bool:
        """Take a report back; ``False`` when the person has none with this id."""
        with self._database.session() as session:
            found = session.scalar(
                select(Report).where(Report.id == report_id, Report.person_id == person_id)
            )
            if found is None:
                return False
            # A double click is two of these at once: the second finds nothing left to delete.
            session.execute(delete(Report).where(Report.id == found.id))
            return True

    # For who decides

    def in_state(self, state: str) -> tuple[Said, ...]:
        """Return the reports in a state, in the order of roles, the oldest first."""
        query = (
            select(Report).where(Report.state == state).order_by(Report.role_code, Report.made_at, Report.id)
        )
        with self._database.session() as session:
            return tuple(_said(row) for row in session.scalars(query))

    def report(self, report_id: str) -> Said | None:
        """Return one report, or ``None``."""
        with self._database.session() as session:
            row = session.get(Report, report_id)
            return None if row is None else _said(row)

    def together(self, said: Said) -> tuple[Said, ...]:
        """Return the open reports that are decided together with this one, the oldest first."""
        return tuple(one for one in self.in_state(OPEN) if one.subject == said.subject)

    def accept(self, said: Said, ruling: Ruling, decided_by: str) -> Ruled:
        """Keep a decision in place of an earlier one on the same statement, and close what it answers."""
        try:
            return self._accept(said, ruling, decided_by)
        except IntegrityError:
            # The other half of a double click came first: its row is there now.
            return self._accept(said, ruling, decided_by)

    def _accept(self, said: Said, ruling: Ruling, decided_by: str) -> Ruled:
        now = self._now()
        with self._database.session() as session:
            row = session.scalar(
                select(Correction).where(
                    Correction.role_code == ruling.role_code, Correction.skill_uri == ruling.skill_uri
                )
            )
            if row is None:
                row = Correction(role_code=ruling.role_code, skill_uri=ruling.skill_uri)
                session.add(row)
            row.decision, row.other_uri, row.task = ruling.decision, ruling.other_uri, ruling.task
            row.core, row.reason = ruling.core, ruling.reason
            row.decided_by, row.decided_at = decided_by, now
            session.flush()
            session.execute(
                update(Report)
                .where(_like(said), Report.state == OPEN)
                .values(
                    state=ACCEPTED,
                    decision=ruling.decision,
                    answer_uri=ruling.skill_uri,
                    reason=ruling.reason,
                    decided_by=decided_by,
                    decided_at=now,
                )
            )
            return _ruled(row)

    def dismiss(self, said: Said, reason: str, decided_by: str) -> None:
        """Close a report, and those like it, without a correction."""
        with self._database.session() as session:
            session.execute(
                update(Report)
                .where(_like(said), Report.state == OPEN)
                .values(state=DISMISSED, reason=reason, decided_by=decided_by, decided_at=self._now())
            )

    def rulings(self) -> tuple[Ruled, ...]:
        """Return every decision that stands, in the order of roles and statements."""
        query = select(Correction).order_by(Correction.role_code, Correction.skill_uri)
        with self._database.session() as session:
            return tuple(_ruled(row) for row in session.scalars(query))

    def undo(self, decided_id: str) -> bool:
        """Open again what a decision, or a dismissed report, had closed; ``False`` when there is none."""
        with self._database.session() as session:
            row = session.get(Correction, decided_id)
            if row is not None:
                answered = (
                    (Report.role_code == row.role_code)
                    & (Report.answer_uri == row.skill_uri)
                    & (Report.state == ACCEPTED)
                )
                session.execute(delete(Correction).where(Correction.id == decided_id))
            else:
                report = session.get(Report, decided_id)
                if report is None or report.state != DISMISSED:
                    return False
                answered = _like(_said(report)) & (Report.state == DISMISSED)
            session.execute(
                update(Report)
                .where(answered)
                .values(state=OPEN, decision="", answer_uri="", reason="", decided_by=None, decided_at=None)
            )
            return True


def _like(said: Said) -> ColumnElement[bool]:
    """The rows of reports that are decided together with this one."""
    alike = (Report.role_code == said.role_code) & (Report.kind == said.kind)
    if said.skill_uri:
        return alike & (Report.skill_uri == said.skill_uri)
    if said.chosen_uri:
        return alike & (Report.chosen_uri == said.chosen_uri)
    return alike & (Report.id == said.id)


def _own(row: Report) -> model.Report:
    return model.Report(
        id=row.id,
        role_code=row.role_code,
        kind=row.kind,
        skill_uri=row.skill_uri,
        chosen_uri=row.chosen_uri,
        words=row.words,
        made_at=row.made_at,
        state=row.state,
        decision=row.decision,
        reason=row.reason,
    )


def _said(row: Report) -> Said:
    return Said(
        row.id,
        row.role_code,
        row.kind,
        row.skill_uri,
        row.chosen_uri,
        row.words,
        row.made_at,
        row.state,
        row.reason,
        row.decided_at,
    )


def _ruled(row: Correction) -> Ruled:
    ruling = Ruling(row.role_code, row.skill_uri, row.decision, row.task, row.core, row.other_uri, row.reason)
    return Ruled(row.id, ruling, row.decided_at)

"""Plans in the system of record: every reading and writing of their table."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from accounts.models import PlanRow
from database import Store


@dataclass(frozen=True, slots=True)
class Plan:
    """Skills that somebody means to gain.

    Attributes
    ----------
    skills : tuple of (str, str)
        Address and label of each, in their order.
    role_code : str
        The career it is for; empty where it is for none in particular.
    due_on : date or None
        The day by which they mean to have them.
    """

    id: str
    name: str
    skills: tuple[tuple[str, str], ...]
    made_at: datetime
    role_code: str = ""
    due_on: date | None = None


class PlanStore(Store):
    """Plans by person.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    def keep(
        self,
        person_id: str,
        name: str,
        skills: tuple[tuple[str, str], ...],
        role_code: str,
        most: int,
        due_on: date | None = None,
    ) -> Plan | None:
        """Keep a plan; the same skills for the same career are one plan, under its newest name and day.

        ``None`` when the person has ``most`` plans already.
        """
        try:
            return self._keep(person_id, name, skills, role_code, most, due_on)
        except IntegrityError:
            # The other half of a double click came first.
            return self._keep(person_id, name, skills, role_code, most, due_on)

    def _keep(
        self,
        person_id: str,
        name: str,
        skills: tuple[tuple[str, str], ...],
        role_code: str,
        most: int,
        due_on: date | None,
    ) -> Plan | None:
        told = json.dumps([sorted(uri for uri, _ in skills), role_code])
        digest = hashlib.sha256(told.encode()).hexdigest()
        mine = PlanRow.person_id == person_id
        with self._database.session() as session:
            row = session.scalar(select(PlanRow).where(mine, PlanRow.digest == digest))
            if row is None:
                if (session.scalar(select(func.count()).select_from(PlanRow).where(mine)) or 0) >= most:
                    return None
                row = PlanRow(
                    person_id=person_id,
                    role_code=role_code,
                    skills=[{"uri": uri, "label": label} for uri, label in skills],
                    digest=digest,
                    made_at=self._now(),
                    name=name,
                )
                session.add(row)
            row.name, row.due_on = name, due_on
            session.flush()
            return _plan(row)

    def of(self, person_id: str) -> tuple[Plan, ...]:
        """Return a person's plans, the newest first."""
        query = select(PlanRow).where(PlanRow.person_id == person_id)
        with self._database.session() as session:
            rows = session.scalars(query.order_by(PlanRow.made_at.desc(), PlanRow.id))
            return tuple(_plan(row) for row in rows)

    def due(self, first: date, last: date) -> tuple[tuple[str, Plan], ...]:
        """Return (person id, plan) of what is meant to be done between two days."""
        query = select(PlanRow).where(PlanRow.due_on >= first, PlanRow.due_on <= last)
        with self._database.session() as session:
            rows = session.scalars(query.order_by(PlanRow.due_on, PlanRow.id))
            return tuple((row.person_id, _plan(row)) for row in rows)

    def remove(self, person_id: str, plan_id: str) -> bool:
        """Take a plan away; ``False`` when the person has no such plan."""
        with self._database.session() as session:
            done = session.execute(
                delete(PlanRow).where(PlanRow.person_id == person_id, PlanRow.id == plan_id)
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]


def _plan(row: PlanRow) -> Plan:
    return Plan(
        row.id,
        row.name,
        tuple((one["uri"], one["label"]) for one in row.skills),
        row.made_at,
        row.role_code,
        row.due_on,
    )

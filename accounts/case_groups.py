"""Groups of clients: every reading and writing of their tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, func, select

from accounts.counsel_models import CaseGroupMemberRow, CaseGroupRow
from database import Store
from graph.model import CaseGroup


class CaseGroupStore(Store):
    """Groups by the counselor who made them.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    def make(self, counselor_id: str, name: str, day: date | None, most: int) -> CaseGroup | None:
        """Make a group; ``None`` when the counselor has ``most`` already."""
        mine = select(func.count()).select_from(CaseGroupRow).where(CaseGroupRow.counselor_id == counselor_id)
        with self._database.session() as session:
            if (session.scalar(mine) or 0) >= most:
                return None
            row = CaseGroupRow(counselor_id=counselor_id, name=name, day=day, made_at=self._now())
            session.add(row)
            session.flush()
            return CaseGroup(row.id, row.name, row.day)

    def of(self, counselor_id: str) -> tuple[CaseGroup, ...]:
        """Return a counselor's groups with their members, the newest first."""
        groups = (
            select(CaseGroupRow)
            .where(CaseGroupRow.counselor_id == counselor_id)
            .order_by(CaseGroupRow.made_at.desc(), CaseGroupRow.id)
        )
        members = (
            select(CaseGroupMemberRow.group_id, CaseGroupMemberRow.person_id)
            .join(CaseGroupRow, CaseGroupRow.id == CaseGroupMemberRow.group_id)
            .where(CaseGroupRow.counselor_id == counselor_id)
        )
        with self._database.session() as session:
            inside: dict[str, set[str]] = {}
            for group, person in session.execute(members):
                inside.setdefault(group, set()).add(person)
            return tuple(
                CaseGroup(row.id, row.name, row.day, frozenset(inside.get(row.id, ())))
                for row in session.scalars(groups)
            )

    def put(self, group_id: str, person_ids: Iterable[str]) -> None:
        """Put people into a group; who is in it already stays."""
        with self._database.session() as session:
            there = set(
                session.scalars(
                    select(CaseGroupMemberRow.person_id).where(CaseGroupMemberRow.group_id == group_id)
                )
            )
            new = dict.fromkeys(one for one in person_ids if one not in there)
            session.add_all(CaseGroupMemberRow(group_id=group_id, person_id=one) for one in new)

    def take(self, group_id: str, person_id: str) -> None:
        """Take somebody out of a group."""
        with self._database.session() as session:
            session.execute(
                delete(CaseGroupMemberRow).where(
                    CaseGroupMemberRow.group_id == group_id, CaseGroupMemberRow.person_id == person_id
                )
            )

    def remove(self, counselor_id: str, group_id: str) -> bool:
        """Take a group away; ``False`` when the counselor has no such one."""
        with self._database.session() as session:
            done = session.execute(
                delete(CaseGroupRow).where(
                    CaseGroupRow.id == group_id, CaseGroupRow.counselor_id == counselor_id
                )
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]

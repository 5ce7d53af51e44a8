"""Which groups people told, for regional figures alone, that they belong to: every reading and writing of
their table.

A group is told or it is not: nobody is ever asked to say no. What is taken back is not kept; that something
was changed, and when, is, so that figures follow at the next request.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from accounts.models import PopulationGroupsRow
from database import Store, batched

WORDING_VERSION = 1
NAMES = ("veterans", "first_generation", "english_learners")
"""The columns of the groups, in the order of their marks."""


@dataclass(frozen=True, slots=True)
class GroupsTold:
    """What a person told.

    Attributes
    ----------
    groups : tuple of str
        Those of ``NAMES`` they belong to by their own word; none where everything is taken back.
    words, locale, wording : str, str, int
        The sentence they said yes to, its language and version.
    changed_at : datetime
    """

    groups: tuple[str, ...]
    words: str
    locale: str
    wording: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class GroupsState:
    """How many people answered, and when one last changed their answer."""

    count: int
    changed_at: datetime | None


class GroupStore(Store):
    """What people told of their groups, by person.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    def of(self, person_id: str) -> GroupsTold | None:
        """Return what a person told; ``None`` where they were never asked."""
        with self._database.session() as session:
            row = session.get(PopulationGroupsRow, person_id)
            return None if row is None else _told(row)

    def tell(self, person_id: str, groups: Iterable[str], words: str = "", locale: str = "en") -> bool:
        """Keep which groups a person belongs to, in place of what they told before; whether that changed."""
        chosen = frozenset(groups)
        if chosen - frozenset(NAMES):
            raise ValueError("There is no such group.")
        with self._database.session() as session:
            row = session.get(PopulationGroupsRow, person_id, with_for_update=True)
            if row is None:
                if not chosen:
                    return False
                row = PopulationGroupsRow(person_id=person_id)
                session.add(row)
            elif frozenset(_told(row).groups) == chosen:
                return False
            for name in NAMES:
                setattr(row, name, name in chosen)
            row.words, row.locale, row.wording = (words, locale, WORDING_VERSION) if chosen else ("", "en", 0)
            row.changed_at = self._now()
            return True

    def of_each(self, person_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the groups of those of some people who told any."""
        found: dict[str, tuple[str, ...]] = {}
        with self._database.session() as session:
            for some in batched(person_ids):
                query = select(PopulationGroupsRow).where(PopulationGroupsRow.person_id.in_(some))
                found |= {row.person_id: _told(row).groups for row in session.scalars(query)}
        return {person: groups for person, groups in found.items() if groups}

    def state(self) -> GroupsState:
        """What changes whenever somebody tells of a group, or takes it back."""
        query = select(func.count(), func.max(PopulationGroupsRow.changed_at))
        with self._database.session() as session:
            return GroupsState(*session.execute(query).one())

    def changed_since(self, before: GroupsState) -> frozenset[str]:
        """Who told of a group or took it back since then, or in that same moment."""
        query = select(PopulationGroupsRow.person_id)
        if before.changed_at is not None:
            query = query.where(PopulationGroupsRow.changed_at >= before.changed_at)
        with self._database.session() as session:
            return frozenset(session.scalars(query))


def _told(row: PopulationGroupsRow) -> GroupsTold:
    groups = tuple(name for name in NAMES if getattr(row, name))
    return GroupsTold(groups, row.words, row.locale, row.wording, row.changed_at)

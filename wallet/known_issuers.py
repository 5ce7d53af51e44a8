"""The issuers that a county knows, and everything that was ever done to the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from database import Store
from wallet.confirmation_models import KnownIssuerRow, RegistryActRow

ADDED, CHANGED, REMOVED = "added", "changed", "removed"


@dataclass(frozen=True, slots=True)
class Named:
    """An issuer's address, the name it is known by, and why it is known."""

    address: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class KnownIssuer:
    """An issuer on the list, and since when."""

    id: str
    named: Named
    added_at: datetime


@dataclass(frozen=True, slots=True)
class RegistryAct:
    """What somebody did to the list, and when."""

    act: str
    named: Named
    by: str
    done_at: datetime


class KnownIssuerStore(Store):
    """The list, one entry an address, and its history.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    def all(self) -> tuple[KnownIssuer, ...]:
        """Return the list, by name."""
        query = select(KnownIssuerRow).order_by(func.lower(KnownIssuerRow.name), KnownIssuerRow.address)
        with self._database.session() as session:
            return tuple(_value(row) for row in session.scalars(query))

    def name_of(self, address: str) -> str | None:
        """Return the name under which an address is known, or ``None``."""
        with self._database.session() as session:
            return session.scalar(select(KnownIssuerRow.name).where(KnownIssuerRow.address == address))

    def acts(self, most: int) -> tuple[RegistryAct, ...]:
        """Return what was done, the latest first."""
        query = select(RegistryActRow).order_by(RegistryActRow.done_at.desc(), RegistryActRow.id).limit(most)
        with self._database.session() as session:
            return tuple(
                RegistryAct(row.act, Named(row.address, row.name, row.note), row.person_name, row.done_at)
                for row in session.scalars(query)
            )

    def put(self, given: Iterable[Named], person_id: str, person_name: str) -> tuple[str, ...]:
        """Keep issuers, all or none; gives what was done about each: added, changed, or nothing ("")."""
        issuers = tuple(given)
        try:
            with self._database.session() as session:
                return tuple(self._put(session, issuers, person_id, person_name))
        except IntegrityError:
            # The other half of a double click came first: its rows are there now.
            with self._database.session() as session:
                return tuple(self._put(session, issuers, person_id, person_name))

    def _put(
        self, session: Session, issuers: Iterable[Named], person_id: str, person_name: str
    ) -> Iterator[str]:
        for named in issuers:
            row = session.scalar(select(KnownIssuerRow).where(KnownIssuerRow.address == named.address))
            if row is None:
                act = ADDED
                session.add(
                    KnownIssuerRow(
                        address=named.address, name=named.name, note=named.note, added_at=self._now()
                    )
                )
                session.flush()
            elif (row.name, row.note) != (named.name, named.note):
                act = CHANGED
                row.name, row.note = named.name, named.note
            else:
                act = ""
            if act:
                session.add(self._act(act, named, person_id, person_name))
            yield act

    def remove(self, issuer_id: str, person_id: str, person_name: str) -> bool:
        """Take an issuer off the list; ``False`` when it is not on it."""
        with self._database.session() as session:
            row = session.get(KnownIssuerRow, issuer_id)
            if row is None:
                return False
            named = Named(row.address, row.name, row.note)
            done = session.execute(delete(KnownIssuerRow).where(KnownIssuerRow.id == issuer_id))
            if done.rowcount:  # type: ignore[attr-defined]
                session.add(self._act(REMOVED, named, person_id, person_name))
            return bool(done.rowcount)  # type: ignore[attr-defined]

    def _act(self, act: str, named: Named, person_id: str, person_name: str) -> RegistryActRow:
        return RegistryActRow(
            done_at=self._now(),
            person_id=person_id,
            person_name=person_name,
            act=act,
            address=named.address,
            name=named.name,
            note=named.note,
        )


def _value(row: KnownIssuerRow) -> KnownIssuer:
    return KnownIssuer(row.id, Named(row.address, row.name, row.note), row.added_at)

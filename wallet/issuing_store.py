"""Issuers, keys, offers and what was issued, in the system of record.

Every verb of an issuer takes the issuer's id, and every query asks for it: another organization's row
can never come back.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from database import Store
from wallet.issuing import FULL, PLACES, AlignedSkill, Issuer, IssuerKey, Offer, Place, Recipient
from wallet.issuing_models import (
    IssueDraftRow,
    IssuedRow,
    IssuerKeyRow,
    IssuerPictureRow,
    IssuerRow,
    OfferRow,
    StatusListRow,
    StatusPlaceRow,
)

DRAFTS_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SealedKey:
    """The key that signs now, as it is kept."""

    number: int
    owner: str
    sealed: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to be issued, and to whom; empty of people once ``issued_at``."""

    id: str
    offer: Offer
    recipients: tuple[Recipient, ...]
    expires_on: date | None
    issued_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """A credential that was issued, without the document itself."""

    id: str
    name: str
    email: str
    title: str
    issued_at: datetime
    expires_on: date | None
    revoked_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class NewIssued:
    """A credential that was just signed."""

    batch: str
    recipient: Recipient
    title: str
    content: str
    place: Place
    expires_on: date | None


class IssuingStore(Store):
    """Everything that is issued here.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    # Issuers and their keys

    def of_person(self, person_id: str, name: str) -> Issuer:
        """Return the organization of an account, made the first time; its name is the account's."""
        try:
            return self._of_person(person_id, name)
        except IntegrityError:
            # The other half of a double click came first.
            return self._of_person(person_id, name)

    def _of_person(self, person_id: str, name: str) -> Issuer:
        with self._database.session() as session:
            row = session.scalar(select(IssuerRow).where(IssuerRow.person_id == person_id))
            if row is None:
                row = IssuerRow(person_id=person_id, name=name, made_at=self._now())
                session.add(row)
            row.name = name
            session.flush()
            return _issuer(session, row)

    def issuer(self, issuer_id: str) -> Issuer | None:
        """Return an organization, or None."""
        with self._database.session() as session:
            row = session.get(IssuerRow, issuer_id)
            return None if row is None else _issuer(session, row)

    def signing_key(self, issuer_id: str) -> SealedKey | None:
        """Return the key that signs now, or None when there is none yet."""
        query = (
            select(IssuerKeyRow)
            .where(IssuerKeyRow.issuer_id == issuer_id, IssuerKeyRow.retired_at.is_(None))
            .order_by(IssuerKeyRow.number.desc())
            .limit(1)
        )
        with self._database.session() as session:
            row = session.scalar(query)
            return None if row is None else SealedKey(row.number, _owner(issuer_id, row.number), row.sealed)

    def add_key(self, issuer_id: str, public: str, seal: Callable[[str], str]) -> int:
        """Keep a new key in place of the one that signs now, whose private half goes; gives its number.

        Parameters
        ----------
        seal : callable
            From the name it is kept under to the sealed private half.

        Raises
        ------
        IntegrityError
            When another key came in between.
        """
        with self._database.session() as session:
            last = session.scalar(
                select(func.max(IssuerKeyRow.number)).where(IssuerKeyRow.issuer_id == issuer_id)
            )
            number = (last or 0) + 1
            session.add(
                IssuerKeyRow(
                    issuer_id=issuer_id,
                    number=number,
                    public=public,
                    sealed=seal(_owner(issuer_id, number)),
                    made_at=self._now(),
                )
            )
            session.flush()
            session.execute(
                update(IssuerKeyRow)
                .where(
                    IssuerKeyRow.issuer_id == issuer_id,
                    IssuerKeyRow.number < number,
                    IssuerKeyRow.retired_at.is_(None),
                )
                .values(retired_at=self._now(), sealed="")
            )
            return number

    # Status lists

    def take_place(self, issuer_id: str, address: str) -> Place:
        """Give away a place that is drawn at random, in the list that is being filled.

        A list that is half full, or that was begun under another address, is followed by a new one.
        """
        for _ in range(200):
            try:
                return self._take_place(issuer_id, address)
            except IntegrityError:
                continue  # The place, or the number of the new list, is somebody's: draw again.
        raise RuntimeError("no free place in 200 draws")

    def _take_place(self, issuer_id: str, address: str) -> Place:
        with self._database.session() as session:
            row = session.scalar(
                select(StatusListRow)
                .where(StatusListRow.issuer_id == issuer_id)
                .order_by(StatusListRow.number.desc())
                .limit(1)
            )
            taken = 0
            if row is not None:
                taken = session.scalar(select(func.count()).where(StatusPlaceRow.list_id == row.id)) or 0
            if row is None or row.address != address or taken >= FULL:
                row = StatusListRow(
                    issuer_id=issuer_id,
                    number=row.number + 1 if row is not None else 1,
                    address=address,
                    begun_at=self._now(),
                )
                session.add(row)
                session.flush()
            place = secrets.randbelow(PLACES)
            session.add(StatusPlaceRow(list_id=row.id, place=place))
            session.flush()
            return Place(row.id, row.address, row.number, place)

    def status_list(self, issuer_id: str, number: int) -> tuple[str, frozenset[int]] | None:
        """Return the address under which a list was begun, and the places that were taken back."""
        with self._database.session() as session:
            row = session.scalar(
                select(StatusListRow).where(
                    StatusListRow.issuer_id == issuer_id, StatusListRow.number == number
                )
            )
            if row is None:
                return None
            revoked = session.scalars(
                select(StatusPlaceRow.place).where(
                    StatusPlaceRow.list_id == row.id, StatusPlaceRow.revoked_at.is_not(None)
                )
            )
            return row.address, frozenset(revoked)

    def addresses(self, issuer_id: str) -> frozenset[str]:
        """Return every address under which an issuer has issued."""
        query = select(StatusListRow.address).where(StatusListRow.issuer_id == issuer_id).distinct()
        with self._database.session() as session:
            return frozenset(session.scalars(query))

    # What is offered

    def offers(self, issuer_id: str) -> tuple[Offer, ...]:
        """Return the achievements of an issuer by name."""
        query = select(OfferRow).where(OfferRow.issuer_id == issuer_id).order_by(OfferRow.name, OfferRow.id)
        with self._database.session() as session:
            return tuple(_offer(row) for row in session.scalars(query))

    def offer(self, issuer_id: str, offer_id: str) -> Offer | None:
        """Return one achievement of the issuer's, or None."""
        with self._database.session() as session:
            row = session.get(OfferRow, offer_id)
            return _offer(row) if row is not None and row.issuer_id == issuer_id else None

    def keep_offer(self, issuer_id: str, offer: Offer, most: int) -> Offer | None:
        """Keep an achievement, new or changed; None when it is not there, or ``most`` are kept already."""
        with self._database.session() as session:
            if offer.id:
                row = session.get(OfferRow, offer.id)
                if row is None or row.issuer_id != issuer_id:
                    return None
            else:
                count = session.scalar(select(func.count()).where(OfferRow.issuer_id == issuer_id)) or 0
                if count >= most:
                    return None
                row = OfferRow(issuer_id=issuer_id)
                session.add(row)
            row.name, row.description, row.criteria = offer.name, offer.description, offer.criteria
            row.kind, row.picture = offer.kind, offer.picture
            row.skills = json.dumps([asdict(skill) for skill in offer.skills], ensure_ascii=False)
            row.changed_at = self._now()
            session.flush()
            return _offer(row)

    def keep_picture(self, issuer_id: str, digest: str, kind: str, content: bytes) -> None:
        """Keep a picture; the same again is kept once."""
        try:
            with self._database.session() as session:
                if session.get(IssuerPictureRow, (issuer_id, digest)) is None:
                    session.add(
                        IssuerPictureRow(issuer_id=issuer_id, digest=digest, kind=kind, content=content)
                    )
        except IntegrityError:
            return  # The other half of a double click came first.

    def pictures(self, issuer_id: str) -> int:
        """Return how many pictures an issuer keeps."""
        with self._database.session() as session:
            return session.scalar(select(func.count()).where(IssuerPictureRow.issuer_id == issuer_id)) or 0

    def picture(self, issuer_id: str, digest: str) -> tuple[str, bytes] | None:
        """Return a picture and its kind, or None."""
        with self._database.session() as session:
            row = session.get(IssuerPictureRow, (issuer_id, digest))
            return None if row is None else (row.kind, row.content)

    # Drafts

    def keep_draft(
        self,
        issuer_id: str,
        person_id: str,
        offer: Offer,
        recipients: Iterable[Recipient],
        expires_on: date | None,
        draft_id: str | None = None,
    ) -> str:
        """Keep what is about to be issued, and forget what nobody went on with; gives its id."""
        content = {
            "offer": asdict(offer),
            "recipients": [asdict(one) for one in recipients],
            "expires_on": expires_on.isoformat() if expires_on else None,
        }
        with self._database.session() as session:
            session.execute(
                delete(IssueDraftRow).where(
                    IssueDraftRow.made_at < self._now() - DRAFTS_KEPT, IssueDraftRow.issued_at.is_(None)
                )
            )
            row = IssueDraftRow(
                issuer_id=issuer_id,
                person_id=person_id,
                content=json.dumps(content, ensure_ascii=False),
                made_at=self._now(),
            )
            if draft_id is not None:
                row.id = draft_id
            session.add(row)
            session.flush()
            return row.id

    def draft(self, issuer_id: str, draft_id: str) -> Draft | None:
        """Return a draft of the issuer's, or None."""
        with self._database.session() as session:
            row = session.get(IssueDraftRow, draft_id)
            if row is None or row.issuer_id != issuer_id:
                return None
            told = json.loads(row.content)
            expires = told["expires_on"]
            return Draft(
                row.id,
                _told(told["offer"]),
                tuple(Recipient(**one) for one in told["recipients"]),
                date.fromisoformat(expires) if expires else None,
                row.issued_at,
            )

    def close_draft(self, draft: Draft) -> None:
        """Note that it is issued; whom it named stands in what was issued alone."""
        content: dict[str, Any] = {"offer": asdict(draft.offer), "recipients": [], "expires_on": None}
        with self._database.session() as session:
            session.execute(
                update(IssueDraftRow)
                .where(IssueDraftRow.id == draft.id)
                .values(issued_at=self._now(), content=json.dumps(content, ensure_ascii=False))
            )

    # What was issued

    def lines(self, issuer_id: str, batch: str) -> frozenset[int]:
        """Return the lines of a batch that are issued and given to whom they are for."""
        query = select(IssuedRow.line).where(
            IssuedRow.issuer_id == issuer_id, IssuedRow.batch == batch, IssuedRow.received_at.is_not(None)
        )
        with self._database.session() as session:
            return frozenset(session.scalars(query))

    def add_issued(self, issuer_id: str, person_id: str, new: NewIssued) -> str | None:
        """Keep a credential; None when this line of this batch is issued already."""
        who = new.recipient
        try:
            with self._database.session() as session:
                row = IssuedRow(
                    issuer_id=issuer_id,
                    person_id=person_id,
                    batch=new.batch,
                    line=who.line,
                    name=who.name,
                    email=who.email,
                    title=new.title,
                    folded=_folded(f"{who.name} {who.email} {new.title}"),
                    content=new.content,
                    list_id=new.place.list_id,
                    place=new.place.place,
                    issued_at=self._now(),
                    expires_on=new.expires_on,
                )
                session.add(row)
                session.flush()
                return row.id
        except IntegrityError:
            return None

    def in_batch(self, issuer_id: str, batch: str, line: int) -> str | None:
        """Return the id of what was issued for a line of a batch."""
        query = select(IssuedRow.id).where(
            IssuedRow.issuer_id == issuer_id, IssuedRow.batch == batch, IssuedRow.line == line
        )
        with self._database.session() as session:
            return session.scalar(query)

    def note_received(self, issued_id: str) -> None:
        """Note that it was given to whom it is for, as far as they have a wallet here."""
        with self._database.session() as session:
            session.execute(
                update(IssuedRow).where(IssuedRow.id == issued_id).values(received_at=self._now())
            )

    def issued(
        self, issuer_id: str, words: str = "", limit: int = 50, offset: int = 0
    ) -> tuple[tuple[Issued, ...], int]:
        """Return what was issued, newest first, that has all the words in it; and how many there are."""
        asked = [IssuedRow.issuer_id == issuer_id]
        asked += [IssuedRow.folded.contains(word, autoescape=True) for word in _folded(words).split()]
        columns = [getattr(IssuedRow, name) for name in Issued.__dataclass_fields__]
        query = (
            select(*columns)
            .where(*asked)
            .order_by(IssuedRow.issued_at.desc(), IssuedRow.line, IssuedRow.id)
            .limit(limit)
            .offset(offset)
        )
        with self._database.session() as session:
            total = session.scalar(select(func.count()).select_from(IssuedRow).where(*asked)) or 0
            return tuple(Issued(*row) for row in session.execute(query)), total

    def one_issued(self, issuer_id: str, issued_id: str) -> tuple[Issued, str] | None:
        """Return one credential that the issuer issued, and the document."""
        with self._database.session() as session:
            row = session.get(IssuedRow, issued_id)
            if row is None or row.issuer_id != issuer_id:
                return None
            return Issued(*(getattr(row, name) for name in Issued.__dataclass_fields__)), row.content

    def revoke(self, issuer_id: str, issued_id: str, reason: str) -> bool:
        """Take a credential back; False when it was already, or is not there."""
        now = self._now()
        with self._database.session() as session:
            done: Any = session.execute(
                update(IssuedRow)
                .where(
                    IssuedRow.id == issued_id,
                    IssuedRow.issuer_id == issuer_id,
                    IssuedRow.revoked_at.is_(None),
                )
                .values(revoked_at=now, reason=reason)
            )
            if not done.rowcount:
                return False
            row = session.get_one(IssuedRow, issued_id)
            session.execute(
                update(StatusPlaceRow)
                .where(StatusPlaceRow.list_id == row.list_id, StatusPlaceRow.place == row.place)
                .values(revoked_at=now)
            )
            return True


def _issuer(session: Session, row: IssuerRow) -> Issuer:
    keys = session.scalars(
        select(IssuerKeyRow).where(IssuerKeyRow.issuer_id == row.id).order_by(IssuerKeyRow.number)
    )
    return Issuer(
        row.id,
        row.name,
        tuple(IssuerKey(key.number, key.public, key.made_at, key.retired_at) for key in keys),
    )


def _owner(issuer_id: str, number: int) -> str:
    """What a key is sealed for: a sealed key that is moved to another row does not open."""
    return f"{issuer_id}#{number}"


def _offer(row: OfferRow) -> Offer:
    return Offer(
        name=row.name,
        description=row.description,
        criteria=row.criteria,
        kind=row.kind,
        skills=tuple(AlignedSkill(**skill) for skill in json.loads(row.skills)),
        picture=row.picture,
        id=row.id,
    )


def _told(offer: dict[str, Any]) -> Offer:
    return Offer(**{**offer, "skills": tuple(AlignedSkill(**skill) for skill in offer["skills"])})


def _folded(text: str) -> str:
    return text.casefold()[:600]

"""A person's yes to one use of their record: to whom, of what, for what, from when until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

WORDING_VERSION = 1
"""Raised whenever a sentence that people say yes to is changed; the sentence itself is kept with each yes."""


class ConsentKind(StrEnum):
    """What a yes is to.

    ``regional``: being counted, among at least eleven, in the figures of the region. ``counselor``: one
    counselor advises, and sees and does what the scope says. ``employer``: one employer reads the
    record for one posting, without the name until they move the person forward. ``link``: whoever has
    the link or the code sees what was chosen. ``system``: a program of somebody else, by OAuth; ``about``
    is its client id.
    """

    REGIONAL = "regional"
    COUNSELOR = "counselor"
    EMPLOYER = "employer"
    LINK = "link"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a consent covers.

    Attributes
    ----------
    skills : tuple of str or None
        Addresses of skills that may be seen; ``None`` for all of them.
    records : tuple of str or None
        Ids of records that may be seen whole; ``None`` for all, empty for none.
    fields : frozenset of str
        What of the account may be seen: ``name``, ``email``, ``area``.
    actions : frozenset of str
        Values of ``Action`` that the other side may do beside looking.
    """

    skills: tuple[str, ...] | None = ()
    records: tuple[str, ...] | None = ()
    fields: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()

    def sees_skill(self, uri: str) -> bool:
        """Whether a skill is covered."""
        return self.skills is None or uri in self.skills

    def sees_record(self, record_id: str) -> bool:
        """Whether a whole record is covered."""
        return self.records is None or record_id in self.records

    def told(self) -> dict[str, Any]:
        """As it is kept and exported."""
        return {
            "skills": "all" if self.skills is None else list(self.skills),
            "records": "all" if self.records is None else list(self.records),
            "fields": sorted(self.fields),
            "actions": sorted(self.actions),
        }

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Scope:
        """The scope that ``told`` wrote down; what it does not name is not covered."""
        skills, records = told.get("skills", ()), told.get("records", ())
        return cls(
            skills=None if skills == "all" else tuple(skills),
            records=None if records == "all" else tuple(records),
            fields=frozenset(told.get("fields", ())),
            actions=frozenset(told.get("actions", ())),
        )


EVERYTHING = Scope(skills=None, records=None, fields=frozenset({"name", "email", "area"}))


@dataclass(frozen=True, slots=True)
class Consent:
    """One yes, as it was given.

    Attributes
    ----------
    person_id : str
        Whose yes it is.
    grantee_id : str or None
        The account it is given to; ``None`` where it is to no account (regional figures, a link).
    grantee_name : str
        What the person knew them by.
    about : str
        What it is for beside the grantee: the id of a posting or of a share; empty otherwise.
    purpose : str
        In the person's or the other side's own words; may be empty.
    words, locale, wording : str, str, int
        The sentence they said yes to, in the language and the version in which it stood there.
    ends_at : datetime or None
        The first moment at which it no longer holds.
    """

    id: str
    person_id: str
    kind: ConsentKind
    scope: Scope
    granted_at: datetime
    starts_at: datetime
    grantee_id: str | None = None
    grantee_name: str = ""
    about: str = ""
    purpose: str = ""
    words: str = field(default="", repr=False)
    locale: str = "en"
    wording: int = WORDING_VERSION
    ends_at: datetime | None = None
    withdrawn_at: datetime | None = None

    def live_at(self, now: datetime) -> bool:
        """Whether it holds at this moment."""
        return (
            self.withdrawn_at is None
            and self.starts_at <= now
            and (self.ends_at is None or now < self.ends_at)
        )

    def lets(self, person_id: str, owner: str, kind: ConsentKind) -> bool:
        """Whether it is this owner's yes of this kind to this person."""
        return self.kind is kind and self.person_id == owner and self.grantee_id == person_id

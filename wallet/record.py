"""One entry of a wallet, as a value."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from graph.model import Standing


class RecordKind(StrEnum):
    """What a record is of. ``claim`` is a single skill the person says they have."""

    CREDENTIAL = "credential"
    EMPLOYMENT = "employment"
    EDUCATION = "education"
    LICENCE = "licence"
    MILITARY = "military"
    VOLUNTEER = "volunteer"
    GIG = "gig"
    CARING = "caring"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class RecordedSkill:
    """A skill that a record is evidence of.

    The label stands beside the URI, so that a wallet reads the same while the labour-market
    data are away. ``level`` is 0-1, or ``None`` when the record does not say.
    """

    uri: str
    label: str
    level: float | None = None


@dataclass(frozen=True, slots=True)
class WalletRecord:
    """A credential, a job, a course, a licence, or anything else one learned from.

    Attributes
    ----------
    issuer : str
        Who stands behind it; empty where only the person does.
    standing : Standing
        As it was when last checked; ``standing_on`` says what it is on a day.
    issued_on, ended_on, expires_on : date or None
        First day, last day of an activity, last day it is valid.
    hours : float or None
        Time spent, where that is what is recorded.
    document : dict or None
        The original credential, untouched.
    """

    kind: RecordKind
    title: str
    standing: Standing
    issuer: str = ""
    description: str = ""
    issued_on: date | None = None
    ended_on: date | None = None
    expires_on: date | None = None
    hours: float | None = None
    document: dict[str, Any] | None = None
    skills: tuple[RecordedSkill, ...] = ()
    demo: bool = False
    id: str = field(default_factory=lambda: uuid4().hex)
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC), compare=False)

    def standing_on(self, today: date) -> Standing:
        """Return the standing on a day: past its last valid day, a good record is expired."""
        if self.standing.counts and self.expires_on is not None and self.expires_on < today:
            return Standing.EXPIRED
        return self.standing

    @property
    def digest(self) -> str:
        """SHA-256 of what makes two entries the same entry.

        A credential is its document, a claim is its skill, and anything else what was typed in;
        what was found out later (standing, skills) does not make another one.
        """
        if self.document is not None:
            told: object = self.document
        elif self.kind is RecordKind.CLAIM:
            told = sorted(skill.uri for skill in self.skills)
        else:
            hours = None if self.hours is None else float(self.hours)
            told = [self.title, self.issuer, self.description, hours] + [
                day and day.isoformat() for day in (self.issued_on, self.ended_on, self.expires_on)
            ]
        text = json.dumps([self.kind.value, told], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def claim_of(uri: str, label: str) -> WalletRecord:
    """Return the record of someone saying "I have this"."""
    return WalletRecord(
        kind=RecordKind.CLAIM,
        title=label,
        standing=Standing.SELF_ASSERTED,
        skills=(RecordedSkill(uri, label),),
    )

"""One entry of a wallet, as a value."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import uuid4

from graph.model import Standing
from wallet.proposal import Proposal
from wallet.report import Check, Verdict
from wallet.sentence import Sentence

BY_HAND = "hand"
"""The form of what a person typed in; the others are those of ``wallet.document.Form``."""


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
class Told:
    """Words of a record beside title and description: a tag, its criteria, the name of an alignment.

    ``uri`` is of the statement that the words name, where it has an address.
    """

    words: str
    uri: str = ""


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
    number : str
        Of a licence, as its authority writes it.
    skills : tuple of RecordedSkill
        What counts; whatever a record only might be evidence of is in ``proposals``.
    proposals : tuple of Proposal
        Skills that were read out of it, with what the person decided about each.
    told : tuple of Told
        What else it says of skills; stands in its file only.
    form : str
        ``hand``, or what kind of file it came from (``wallet.document.Form``).
    original_name : str
        Name of the file it came in; its bytes are kept beside it (``WalletStore.original``).
    place : int
        Which of the entries of that file it is.
    credential_id, achievement_id, issuer_id : str
        Addresses that the credential gives; empty where it gives none.
    fingerprint : str
        SHA-256 of the credential and which of its achievements this is; empty for what was typed in.
    verdict : Verdict or None
        On the credential, when it was last checked (``checked_at``), with every check.
    replaced_by : str
        Id of the record that is its newer self.
    hidden, declined : bool
        Set aside by the person, or not accepted from whoever sent it: counts for nothing.
    dispute : str
        What the person says is wrong with it; stands beside it wherever it is shown.
    sender : str
        Who put it here when that was not the person.
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
    number: str = ""
    skills: tuple[RecordedSkill, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    told: tuple[Told, ...] = field(default=(), compare=False)
    form: str = ""
    original_name: str = ""
    place: int = 0
    credential_id: str = ""
    achievement_id: str = ""
    issuer_id: str = ""
    fingerprint: str = ""
    checks: tuple[Check, ...] = ()
    verdict: Verdict | None = None
    checked_at: datetime | None = None
    replaced_by: str = ""
    hidden: bool = False
    declined: bool = False
    dispute: str = ""
    sender: str = ""
    demo: bool = False
    id: str = field(default_factory=lambda: uuid4().hex)
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC), compare=False)

    def standing_on(self, today: date) -> Standing:
        """Return the standing on a day: past its last valid day, a good record is expired."""
        if self.standing.counts and self.expires_on is not None and self.expires_on < today:
            return Standing.EXPIRED
        return self.standing

    @property
    def why(self) -> Sentence | None:
        """The sentence behind the verdict, where it is not that everything is good."""
        found = (check.explanation for check in self.checks if check.verdict is self.verdict is not None)
        return next(found, None)

    @property
    def set_aside(self) -> bool:
        """Whether it is left out of the reckoning, whatever its standing is."""
        return self.hidden or self.declined or bool(self.replaced_by)

    @property
    def digest(self) -> str:
        """SHA-256 of what makes two entries the same entry.

        A credential is what was signed, a claim is its skill, and anything else what was typed in;
        what was found out later (standing, skills) does not make another one.
        """
        if self.fingerprint:
            told: object = self.fingerprint
        elif self.kind is RecordKind.CLAIM:
            told = sorted(skill.uri for skill in self.skills)
        else:
            hours = None if self.hours is None else float(self.hours)
            told = (
                [self.number] * bool(self.number)
                + [self.title, self.issuer, self.description, hours]
                + [day and day.isoformat() for day in (self.issued_on, self.ended_on, self.expires_on)]
            )
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

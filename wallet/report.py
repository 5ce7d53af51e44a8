"""What came out of looking at a document: one outcome a step, and the verdict over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wallet.document import Achievement, Document
from wallet.sentence import Sentence


class Verdict(StrEnum):
    """What a document is worth, worst first; the words are the contract of the command line."""

    INVALID = "invalid"
    REVOKED = "revoked"
    EXPIRED = "expired"
    UNVERIFIED = "unverified"
    UNSIGNED = "unsigned"
    VERIFIED = "verified"


class Result(StrEnum):
    """The outcome of a step.

    ``passed``; ``failed`` (something is wrong); ``unknown`` (it could not be completed);
    ``skipped`` (there was nothing to look at).
    """

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


class Step(StrEnum):
    """The steps, in the order in which they are told."""

    FORM = "form"
    CONTEXT = "context"
    PROOF = "proof"
    ISSUER = "issuer"
    DATES = "dates"
    STATUS = "status"
    SCHEMA = "schema"
    SUBJECT = "subject"
    ISSUER_KNOWN = "issuer_known"


@dataclass(frozen=True, slots=True)
class Check:
    """One step's outcome.

    Attributes
    ----------
    verdict : Verdict or None
        What this outcome alone makes of the document; None changes nothing.
    part : str
        Which of several documents in one file it is about; empty for the only or outer one.
    """

    name: Step
    result: Result
    explanation: Sentence
    verdict: Verdict | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An achievement and the verdict on the credential that says it."""

    achievement: Achievement
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is known of a document after looking at it.

    Attributes
    ----------
    document : Document
    verdict : Verdict
        Over the whole file: the worst of its parts.
    checks : tuple of Check
    entries : tuple of Entry
        Every achievement in it, with the verdict on it alone.
    checked_at : datetime
        The moment that dates were compared with.
    parts : tuple of Report
        The reports on credentials inside (presentation, record, zip).
    """

    document: Document
    verdict: Verdict
    checks: tuple[Check, ...]
    entries: tuple[Entry, ...]
    checked_at: datetime
    parts: tuple[Report, ...] = ()


def worst(verdicts: list[Verdict]) -> Verdict:
    """Return the worst of some verdicts; without any, ``unverified``.

    >>> worst([Verdict.VERIFIED, Verdict.EXPIRED, Verdict.REVOKED])
    <Verdict.REVOKED: 'revoked'>
    """
    order = list(Verdict)
    return min(verdicts, key=order.index, default=Verdict.UNVERIFIED)

"""What a document is worth: every step looked at, each with its own outcome, and the verdict.

A step that finds something wrong does not end the others, so that a person sees all there is
to see; the verdict is the worst that any step makes of it. Whether its issuer is known here,
whom it is about and what shape it has are told beside it and never change it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from wallet.authenticity import Asked, authenticate, owner_of
from wallet.document import Achievement, Document, Form
from wallet.documents import Documents, LimitedDocuments
from wallet.report import Check, Entry, Report, Result, Step, Verdict, worst
from wallet.schema import schema
from wallet.sentence import N_, sentence
from wallet.status import status
from wallet.subject import Person, about
from wallet.verify_badge_2 import verify_badge_2


class Issuers(Protocol):
    """Issuers that are known here."""

    def name_of(self, issuer: str) -> str | None:
        """Return the name under which an issuer's address is known, or None."""
        ...


def verify(
    document: Document,
    documents: Documents,
    at: datetime,
    *,
    issuers: Issuers | None = None,
    person: Person | None = None,
    asked: Asked | None = None,
) -> Report:
    """Return everything that can be told of a document.

    Parameters
    ----------
    document : Document
        As ``wallet.parse.read`` gives it.
    documents : Documents
        Where issuers' keys and status lists come from.
    at : datetime
        The moment to compare dates with, with a time zone.
    issuers : Issuers or None
        Where given, a step ISSUER_KNOWN is added.
    person : Person or None
        Where given, a step SUBJECT is added.
    asked : Asked or None
        What a presentation has to answer.
    """
    return _verify(document, LimitedDocuments(documents), at, issuers, person, asked)


def _verify(
    document: Document,
    documents: Documents,
    at: datetime,
    issuers: Issuers | None,
    person: Person | None,
    asked: Asked | None = None,
) -> Report:
    achievements = document.achievements
    if document.form is Form.BUNDLE:
        checks: tuple[Check, ...] = ()
    elif document.form is Form.JSON_RESUME:
        said = sentence(N_("It is not signed, so nobody but its holder stands behind it."))
        checks = (Check(Step.PROOF, Result.SKIPPED, said, Verdict.UNSIGNED),)
    elif document.form is Form.OPEN_BADGE_2:
        checks, told = verify_badge_2(document, documents, at)
        achievements = (told,)
    else:
        checks = _credential(document, documents, at, asked)
    if document.form is not Form.BUNDLE:
        checks += tuple(_beside(document, achievements, issuers, person))
    parts = tuple(_verify(part, documents, at, issuers, person) for part in document.parts)
    own = _own_verdict(document, checks)
    if document.form is Form.CLR_2:
        parts = tuple(_inside(part, own, owner_of(document)) for part in parts)
    verdicts = [own] if own is not None else []
    verdicts += [part.verdict for part in parts]
    entries = [Entry(one, own or Verdict.UNVERIFIED) for one in achievements]
    return Report(
        document=document,
        verdict=worst(verdicts),
        checks=checks + tuple(_from_parts(parts)),
        entries=(*entries, *_entries(parts, own)),
        checked_at=at,
        parts=parts,
    )


def _credential(
    document: Document, documents: Documents, at: datetime, asked: Asked | None
) -> tuple[Check, ...]:
    checks = authenticate(document, documents, at, asked)
    if document.form is Form.PRESENTATION:
        return checks
    if any(check.verdict in (Verdict.INVALID, Verdict.UNSIGNED) for check in checks):
        # Where it leads is for its issuer to say, and this is not known to be its issuer's: ask nobody.
        return checks
    return (*checks, *status(document.value, documents, at), *schema(document.value, documents))


def _own_verdict(document: Document, checks: Iterable[Check]) -> Verdict | None:
    """The verdict on a document without its parts; None when only its parts have one."""
    found = [check.verdict for check in checks if check.verdict is not None]
    if Verdict.UNSIGNED in found:
        return Verdict.INVALID if Verdict.INVALID in found else Verdict.UNSIGNED
    if found:
        return worst(found)
    good = any(check.name is Step.PROOF and check.result is Result.PASSED for check in checks)
    return Verdict.VERIFIED if good else None


def _inside(part: Report, around: Verdict | None, publisher: str) -> Report:
    """A credential without a proof of its own inside a signed record: the record's proof covers it.

    It counts as its issuer's only when that is who signed the record.
    """
    if part.verdict is not Verdict.UNSIGNED or around in (None, Verdict.UNSIGNED):
        return part
    own = owner_of(part.document) == publisher
    said = (
        sentence(N_("The signature of the record around it covers it."))
        if own
        else sentence(N_("The record around it is signed, but not by the issuer of this part."))
    )
    verdict = around if own and around is not None else Verdict.UNVERIFIED
    checks = tuple(
        replace(check, result=Result.PASSED if own else Result.UNKNOWN, explanation=said, verdict=verdict)
        if check.name is Step.PROOF
        else check
        for check in part.checks
    )
    entries = tuple(Entry(entry.achievement, verdict) for entry in part.entries)
    return replace(part, verdict=verdict, checks=checks, entries=entries)


def _entries(parts: tuple[Report, ...], around: Verdict | None) -> tuple[Entry, ...]:
    """The entries of parts; what is inside something forged is not better than that."""
    found = [entry for part in parts for entry in part.entries]
    if around is Verdict.INVALID:
        found = [Entry(entry.achievement, Verdict.INVALID) for entry in found]
    return tuple(found)


def _from_parts(parts: tuple[Report, ...]) -> Iterable[Check]:
    for number, part in enumerate(parts, 1):
        first = next(iter(part.document.all_achievements()), None)
        name = part.document.name or (first.title if first else "") or str(number)
        for check in part.checks:
            yield replace(check, part=f"{name} / {check.part}" if check.part else name)


def _beside(
    document: Document,
    achievements: tuple[Achievement, ...],
    issuers: Issuers | None,
    person: Person | None,
) -> Iterable[Check]:
    if person is not None and document.form is not Form.PRESENTATION:
        yield about(document, person)
    if issuers is not None and document.form not in (Form.PRESENTATION, Form.JSON_RESUME):
        address = owner_of(document) or next((one.issuer.id for one in achievements), "")
        name = issuers.name_of(address) if address else None
        if name is not None:
            yield Check(
                Step.ISSUER_KNOWN,
                Result.PASSED,
                sentence(N_("The issuer is known here as %(name)s."), name=name),
            )
        else:
            yield Check(
                Step.ISSUER_KNOWN,
                Result.UNKNOWN,
                sentence(N_("The issuer is not known here. Anybody can sign a credential in any name.")),
            )

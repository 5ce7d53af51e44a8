"""From the report on a file to the entries that it is in a wallet, one an achievement."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace

from graph.model import Standing
from wallet.alignment_skills import aligned_skills
from wallet.authenticity import owner_of
from wallet.document import Achievement, Document, Form, Packing
from wallet.parse.values import identifier
from wallet.proposal import Proposal, ProposalSource
from wallet.record import RecordKind, Told, WalletRecord
from wallet.report import Check, Report, Verdict

LONGEST_URI = 255
LONGEST_ADDRESS = 2000
OCCUPATION = re.compile(r"(?:^|[/=])\d{2}-\d{4}(?:\.\d{2})?/?$")
"""The code of an occupation (O*NET-SOC), alone or at the end of an address."""

STANDING = {
    Verdict.VERIFIED: Standing.VERIFIED,
    Verdict.UNSIGNED: Standing.SELF_ASSERTED,
    Verdict.UNVERIFIED: Standing.SELF_ASSERTED,
    Verdict.EXPIRED: Standing.EXPIRED,
    Verdict.REVOKED: Standing.REVOKED,
}
"""What a verdict makes of a record; ``invalid`` is none, it is not kept."""


def files_in(report: Report) -> tuple[Report, ...]:
    """Return the reports on the files that a person could hand in alone: of a zip, those inside."""
    return report.parts if report.document.packing is Packing.ZIP else (report,)


def records_of(report: Report, place: int = 0) -> tuple[WalletRecord, ...]:
    """Return the entries of a file, in its order, with what was found out about each.

    An entry has the checks of the credential that says it, and of what is around that one. The
    standing of one that is ``invalid`` means nothing: it is only to be told about.

    Parameters
    ----------
    place : int
        Number of the first entry.
    """
    walked = list(_walk(report))
    return tuple(
        _record(entry.achievement, document, checks, entry.verdict, report, place + number)
        for number, (entry, (document, checks)) in enumerate(zip(report.entries, walked, strict=True))
    )


def _walk(report: Report, around: tuple[Check, ...] = ()) -> Iterator[tuple[Document, tuple[Check, ...]]]:
    """The document and the checks of each entry, in the order of ``Report.entries``."""
    own = tuple(check for check in report.checks if not check.part)
    inside = sum(len(part.entries) for part in report.parts)
    for _ in range(len(report.entries) - inside):
        yield report.document, own + around
    what = report.document.form.value
    outer = tuple(replace(check, part=what) for check in own) + around
    for part in report.parts:
        yield from _walk(part, outer)


def _record(
    achievement: Achievement,
    document: Document,
    checks: tuple[Check, ...],
    verdict: Verdict,
    report: Report,
    place: int,
) -> WalletRecord:
    resume = document.form is Form.JSON_RESUME
    began = achievement.issued_on
    if achievement.kind in ("employment", "volunteer", "education") and achievement.started_on:
        began = achievement.started_on
    return WalletRecord(
        kind=RecordKind(achievement.kind),
        title=achievement.title or achievement.issuer.name or "Credential",
        issuer=(achievement.issuer.name or achievement.issuer.id)[:300],
        description=achievement.description or achievement.criteria,
        issued_on=began,
        ended_on=achievement.ended_on,
        expires_on=achievement.expires_on,
        standing=STANDING.get(verdict, Standing.SELF_ASSERTED),
        proposals=_proposals(achievement),
        told=tuple(_told(achievement)),
        form=document.form.value,
        original_name=report.document.name[:200],
        place=place,
        credential_id=identifier(document.value)[:LONGEST_ADDRESS],
        achievement_id=achievement.id[:LONGEST_ADDRESS],
        issuer_id=(owner_of(document) or achievement.issuer.id)[:LONGEST_ADDRESS],
        # What a person says of themselves is the same in every file that says it.
        fingerprint="" if resume else _fingerprint(document, achievement),
        checks=checks,
        verdict=verdict,
        checked_at=report.checked_at,
    )


def _proposals(achievement: Achievement) -> tuple[Proposal, ...]:
    return tuple(
        Proposal(
            uri=skill.uri,
            label=(skill.name or skill.uri)[:500],
            source=ProposalSource.ALIGNMENT,
            score=1.0,
            words=skill.framework,
            level=skill.level,
        )
        for skill in aligned_skills([achievement])
        if len(skill.uri) <= LONGEST_URI
    )


def _told(achievement: Achievement) -> Iterator[Told]:
    """What is said of skills beside title and description, the shortest first."""
    for alignment in achievement.alignments:
        # An occupation is what it prepares for, not what one can do.
        if OCCUPATION.search(alignment.code) or OCCUPATION.search(alignment.uri):
            continue
        for words in (alignment.name, alignment.description):
            if words:
                yield Told(words, alignment.uri)
    for tag in achievement.tags:
        yield Told(tag)
    if achievement.description and achievement.criteria and "://" not in achievement.criteria[:8]:
        yield Told(achievement.criteria)


def _fingerprint(document: Document, achievement: Achievement) -> str:
    told = [document.value, achievement.id, achievement.title]
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()

"""Verifiable credentials and presentations, Open Badges 3.0 and CLR 2.0 among them.

W3C Verifiable Credentials Data Model 1.1 and 2.0, 1EdTech Open Badges 3.0 and Comprehensive
Learner Record 2.0.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from wallet.document import Achievement, Alignment, Document, Form, Issuer
from wallet.errors import Unreadable
from wallet.jsonld import CREDENTIALS_V1, CREDENTIALS_V2
from wallet.moments import day
from wallet.parse.levels import reached
from wallet.parse.values import identifier, line, objects, several, text, types
from wallet.proofs import jws
from wallet.sentence import N_

MOST_PARTS = 200
MOST_NESTED = 3
PRESENTATION = "VerifiablePresentation"
CREDENTIAL = "VerifiableCredential"
ENVELOPES = {
    "EnvelopedVerifiableCredential": "data:application/vc+jwt,",
    "EnvelopedVerifiablePresentation": "data:application/vp+jwt,",
}


def is_one(value: dict[str, Any]) -> bool:
    """Whether a JSON object is meant as a verifiable credential or presentation."""
    contexts = [one for one in several(value.get("@context")) if isinstance(one, str)]
    kinds = types(value)
    return (
        CREDENTIALS_V1 in contexts
        or CREDENTIALS_V2 in contexts
        or bool(kinds & {CREDENTIAL, PRESENTATION, *ENVELOPES})
    )


Opened = Callable[[str, int], Document]
"""Reads a signed token that stands inside of others, by how many it is in."""


def parse(
    value: dict[str, Any], content: bytes, opened: Opened, depth: int = 0, signed: str = ""
) -> Document:
    """Return the document of a credential or presentation.

    Parameters
    ----------
    opened : callable
        Reads the signed tokens in it.
    depth : int
        How many others it is in.
    signed : str
        The compact JWS around it; empty when there is none.
    """
    kinds = types(value)
    for kind, prefix in ENVELOPES.items():
        if kind in kinds:
            return _enveloped(identifier(value), prefix, opened, depth)
    if PRESENTATION in kinds:
        return Document(
            Form.PRESENTATION,
            content,
            value,
            signed,
            parts=tuple(_parts(value.get("verifiableCredential"), opened, depth)),
        )
    form = Form.CREDENTIAL
    if "ClrCredential" in kinds:
        form = Form.CLR_2
    elif kinds & {"OpenBadgeCredential", "AchievementCredential"}:
        form = Form.OPEN_BADGE_3
    parts: list[Document] = []
    for subject in objects(value.get("credentialSubject")):
        parts += _parts(subject.get("verifiableCredential"), opened, depth)
    found = tuple(_achievements(value, form))
    return Document(form, content, value, signed, found, tuple(parts))


def issuer_of(value: Any) -> Issuer:
    """Return who a credential names as its issuer."""
    known = value if isinstance(value, dict) else {}
    return Issuer(id=identifier(value), name=line(known.get("name")), url=line(known.get("url")))


def alignment_of(value: dict[str, Any]) -> Alignment:
    """Return one alignment of an achievement (Open Badges 2 and 3 write it alike)."""
    return Alignment(
        name=line(value.get("targetName")),
        uri=line(value.get("targetUrl", value.get("targetURL")), 2000),
        framework=line(value.get("targetFramework")),
        code=line(value.get("targetCode")),
        description=text(value.get("targetDescription")),
        kind=line(value.get("targetType")),
    )


def _parts(value: Any, opened: Opened, depth: int) -> Iterator[Document]:
    found = several(value)
    if found and depth >= MOST_NESTED:
        raise Unreadable(N_("This file is nested too deeply to be a credential."))
    if len(found) > MOST_PARTS:
        raise Unreadable(N_("This file holds too many credentials at once."))
    for one in found:
        if isinstance(one, str) and jws.looks_like_token(one):
            yield opened(one, depth + 1)
        elif isinstance(one, dict):
            yield parse(one, json.dumps(one, ensure_ascii=False).encode(), opened, depth + 1)
        else:
            raise Unreadable(N_("One of the credentials inside this file is none."))


def _enveloped(address: str, prefix: str, opened: Opened, depth: int) -> Document:
    if not address.startswith(prefix):
        raise Unreadable(N_("This is not a complete signed token."))
    return opened(address.removeprefix(prefix), depth)


def _achievements(value: dict[str, Any], form: Form) -> Iterator[Achievement]:
    subjects = objects(value.get("credentialSubject"))
    issued = _first_day(value, "awardedDate", "validFrom", "issuanceDate", "issued")
    expires = _first_day(value, "validUntil", "expirationDate")
    issuer = issuer_of(value.get("issuer"))
    for subject in subjects:
        who = line(subject.get("name")) or identifier(subject)
        for one in objects(subject.get("achievement"))[:MOST_PARTS]:
            creator = issuer_of(one.get("creator"))
            yield Achievement(
                title=line(one.get("name")) or line(value.get("name")),
                issuer=issuer if issuer.id or issuer.name else creator,
                description=text(one.get("description")),
                criteria=_narrative(one.get("criteria")),
                id=identifier(one),
                kind=_kind(line(one.get("achievementType"))),
                achievement_type=line(one.get("achievementType")),
                issued_on=issued,
                started_on=day(subject.get("activityStartDate")),
                ended_on=day(subject.get("activityEndDate")),
                expires_on=expires,
                alignments=tuple(_alignments(subject, one)),
                tags=tuple(filter(None, (line(tag) for tag in several(one.get("tag"))[:50]))),
                subject=who,
            )
    if form is Form.CREDENTIAL and not any("achievement" in subject for subject in subjects):
        kinds = [one for one in several(value.get("type")) if isinstance(one, str) and one != CREDENTIAL]
        first = subjects[0] if subjects else {}
        yield Achievement(
            title=line(value.get("name")) or line(first.get("title")) or line(kinds[-1:]),
            issuer=issuer,
            description=text(value.get("description")),
            id=identifier(value),
            issued_on=issued,
            expires_on=expires,
            subject=line(first.get("name")) or identifier(first),
        )


def _alignments(subject: dict[str, Any], achievement: dict[str, Any]) -> Iterator[Alignment]:
    """What an achievement is aligned with, and what its results are, with the level where one is stated."""
    results = list(reached(subject, achievement))
    of_all = [result.level for result in results if not result.alignments]
    level = of_all[0] if len(of_all) == 1 else None
    for one in objects(achievement.get("alignment", achievement.get("alignments")))[:MOST_PARTS]:
        yield replace(alignment_of(one), level=level)
    for result in results:
        for one in result.alignments:
            yield replace(alignment_of(one), level=result.level)


def _narrative(value: Any) -> str:
    for one in several(value):
        if isinstance(one, dict):
            return text(one.get("narrative")) or identifier(one)
        if isinstance(one, str):
            return text(one)
    return ""


def _first_day(value: dict[str, Any], *names: str) -> date | None:
    return next((found for name in names if (found := day(value.get(name)))), None)


def _kind(achievement_type: str) -> str:
    """The kind of record that an achievement type is closest to (Open Badges 3.0, appendix)."""
    if "Degree" in achievement_type or achievement_type in {
        "Diploma",
        "GeneralEducationDevelopment",
        "SecondarySchoolDiploma",
        "Course",
        "AcademicTerm",
    }:
        return "education"
    if achievement_type in {"License", "LicenseToPractice"}:
        return "licence"
    if achievement_type == "CommunityService":
        return "volunteer"
    return "credential"

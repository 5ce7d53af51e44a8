"""Open Badges 2.0 and 2.1: an assertion, its badge class and its issuer, each perhaps elsewhere."""

from __future__ import annotations

from typing import Any

from wallet.document import Achievement, Document, Form, Issuer
from wallet.moments import day
from wallet.parse.values import identifier, line, objects, several, text, types
from wallet.parse.verifiable import alignment_of, issuer_of

CONTEXTS = ("https://w3id.org/openbadges/v2", "https://w3id.org/openbadges/v1")


def is_one(value: dict[str, Any]) -> bool:
    """Whether a JSON object is meant as an Open Badges 2 assertion."""
    contexts = several(value.get("@context"))
    return "Assertion" in types(value) or (any(one in contexts for one in CONTEXTS) and "badge" in value)


def parse(value: dict[str, Any], content: bytes, signed: str = "") -> Document:
    """Return the document of an assertion; ``signed`` is the JWS around it."""
    return Document(Form.OPEN_BADGE_2, content, value, signed, (achievement(value),))


def at_address(address: str) -> Document:
    """Return the document of a badge of which only the address is known, as old baked badges have it."""
    value = {"type": "Assertion", "id": address, "verification": {"type": "HostedBadge"}}
    return Document(Form.OPEN_BADGE_2, address.encode(), value, "", (achievement(value),))


def achievement(
    assertion: dict[str, Any],
    badge: dict[str, Any] | None = None,
    issuer: dict[str, Any] | None = None,
) -> Achievement:
    """Return the achievement of an assertion.

    Parameters
    ----------
    badge, issuer : dict or None
        Badge class and issuer profile, where they were looked up; else what is inside counts.
    """
    inside = assertion.get("badge")
    badge = badge if badge is not None else inside if isinstance(inside, dict) else {}
    profile: Any = issuer if issuer is not None else badge.get("issuer")
    criteria = badge.get("criteria")
    recipient = assertion.get("recipient")
    return Achievement(
        title=line(badge.get("name")) or identifier(inside) or identifier(assertion),
        issuer=issuer_of(profile) if profile is not None else Issuer(),
        description=text(badge.get("description")),
        criteria=text(criteria.get("narrative")) if isinstance(criteria, dict) else text(criteria),
        id=identifier(badge) or identifier(inside),
        issued_on=day(assertion.get("issuedOn")),
        expires_on=day(assertion.get("expires")),
        alignments=tuple(alignment_of(one) for one in objects(badge.get("alignment"))[:200]),
        tags=tuple(filter(None, (line(tag) for tag in several(badge.get("tags"))[:50]))),
        subject=line(recipient.get("identity")) if isinstance(recipient, dict) else "",
    )

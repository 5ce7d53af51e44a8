"""What an organization publishes and issues: its keys, its profile, its lists and its credentials.

Open Badges 3.0, W3C Verifiable Credentials 2.0, Bitstring Status List 1.0, did:web. Everything here is a
function of its arguments; what is signed is signed by ``wallet.sign``.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

from wallet import multibase
from wallet.jsonld import CREDENTIALS_V2
from wallet.keys import from_multikey

OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
SUITE = "eddsa-rdfc-2022"
PLACES = 131_072
"""Places in a list: the least that Bitstring Status List 1.0 allows, so that one says little."""
FULL = PLACES // 2
"""Places given away before a new list is begun: a free one is found at random in two tries."""
LIST_LASTS = timedelta(days=1)
LIST_MAY_BE_KEPT = timedelta(minutes=5)
FRAMEWORKS = {"esco": "ESCO", "osn": "Open Skills Network", "onet": "O*NET"}
# Open Badges 3.0, AchievementType; those that an institute or an employer gives.
KINDS = (
    "Certificate",
    "CertificateOfCompletion",
    "Certification",
    "MicroCredential",
    "Badge",
    "Course",
    "Competency",
    "License",
    "Diploma",
    "ApprenticeshipCertificate",
    "Achievement",
)


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """A key of an organization; ``retired_at`` is when another one took its place."""

    number: int
    public: str
    made_at: datetime
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Issuer:
    """An organization that issues, with all keys it ever had, oldest first."""

    id: str
    name: str
    keys: tuple[IssuerKey, ...] = ()


@dataclass(frozen=True, slots=True)
class AlignedSkill:
    """A published statement that an achievement meets."""

    uri: str
    name: str
    vocabulary: str


@dataclass(frozen=True, slots=True)
class Offer:
    """An achievement that is issued.

    Attributes
    ----------
    id : str
        Empty for one that is not kept yet.
    picture : str
        File name of a kept picture, ``<sha256>.<png or svg>``; empty for none.
    """

    name: str
    description: str
    criteria: str
    kind: str = KINDS[0]
    skills: tuple[AlignedSkill, ...] = ()
    picture: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a credential is for; ``line`` is that of a class list, 0 for one person."""

    name: str
    email: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A place in one of an issuer's lists; ``address`` is the issuer's own when the list was begun."""

    list_id: str
    address: str
    number: int
    place: int

    @property
    def list_address(self) -> str:
        return list_address(self.address, self.number)


def did_of(address: str) -> str:
    """Return the did:web of an issuer's public address.

    >>> did_of("http://127.0.0.1:8050/issuers/1f"), did_of("https://example.org/issuers/1f")
    ('did:web:127.0.0.1%3A8050:issuers:1f', 'did:web:example.org:issuers:1f')
    """
    parts = urlsplit(address)
    return ":".join(("did:web", quote(parts.netloc, safe=""), *parts.path.strip("/").split("/")))


def method_of(address: str, number: int) -> str:
    """Return the address of a key."""
    return f"{did_of(address)}#key-{number}"


def list_address(address: str, number: int) -> str:
    """Return where a status list is."""
    return f"{address}/status/{number}"


def did_document(issuer: Issuer, address: str) -> dict[str, Any]:
    """Return the DID document: every key, also those that sign no more."""
    did = did_of(address)
    methods = [
        {
            "id": method_of(address, key.number),
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": key.public,
        }
        for key in issuer.keys
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def jwk_set(issuer: Issuer, address: str) -> dict[str, Any]:
    """Return the same keys as a JWK set (RFC 7517)."""
    return {
        "keys": [
            {
                **{
                    name: value
                    for name, value in from_multikey(key.public).jwk().items()
                    if name in ("kty", "crv", "x")
                },
                "kid": method_of(address, key.number),
                "use": "sig",
                "alg": "EdDSA",
            }
            for key in issuer.keys
        ]
    }


def profile(issuer: Issuer, address: str) -> dict[str, Any]:
    """Return the issuer's profile (Open Badges 3.0)."""
    return {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "id": did_of(address),
        "type": ["Profile"],
        "name": issuer.name,
    }


def credential(
    issuer: Issuer,
    offer: Offer,
    email: str,
    place: Place,
    *,
    id: str,
    salt: str,
    at: datetime,
    expires_on: date | None = None,
) -> dict[str, Any]:
    """Return an Open Badge 3.0, unsigned.

    Whom it is for stands in it as a salted hash of the e-mail address (IdentityObject) and in no
    other way: who finds the file learns nothing about the person, who knows the address can compare.

    Parameters
    ----------
    at : datetime
        From when it is valid.
    expires_on : date or None
        The last day on which it is (UTC).
    """
    achievement: dict[str, Any] = {
        "id": UUID(offer.id).urn,
        "type": ["Achievement"],
        "achievementType": offer.kind,
        "name": offer.name,
        "description": offer.description,
        "criteria": {"narrative": offer.criteria},
    }
    if offer.picture:
        picture = f"{place.address}/pictures/{offer.picture}"
        achievement["image"] = {"id": picture, "type": "Image"}
    if offer.skills:
        achievement["alignment"] = [
            {
                "type": ["Alignment"],
                "targetName": skill.name,
                "targetUrl": skill.uri,
                "targetFramework": FRAMEWORKS.get(skill.vocabulary, skill.vocabulary),
            }
            for skill in offer.skills
        ]
    whole: dict[str, Any] = {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": offer.name,
        "issuer": {"id": did_of(place.address), "type": ["Profile"], "name": issuer.name},
        "validFrom": _written(at),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "emailAddress",
                    "hashed": True,
                    "identityHash": identity_hash(email, salt),
                    "salt": salt,
                }
            ],
            "achievement": achievement,
        },
        "credentialStatus": {
            "id": f"{place.list_address}#{place.place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(place.place),
            "statusListCredential": place.list_address,
        },
    }
    if expires_on is not None:
        whole["validUntil"] = f"{expires_on.isoformat()}T23:59:59Z"
    return whole


def identity_hash(email: str, salt: str) -> str:
    """Return the hash of an e-mail address (Open Badges 3.0, IdentityHash), in lower case.

    >>> identity_hash("Pete@Example.org", "s") == identity_hash("pete@example.org", "s")
    True
    """
    return "sha256$" + hashlib.sha256((email.strip().lower() + salt).encode()).hexdigest()


def status_list(address: str, number: int, revoked: Iterable[int], at: datetime) -> dict[str, Any]:
    """Return a list of what was taken back (Bitstring Status List 1.0), unsigned."""
    where = list_address(address, number)
    return {
        "@context": [CREDENTIALS_V2],
        "id": where,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did_of(address),
        "validFrom": _written(at),
        "validUntil": _written(at + LIST_LASTS),
        "credentialSubject": {
            "id": f"{where}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": _packed(revoked),
        },
    }


def _packed(revoked: Iterable[int]) -> str:
    bits = bytearray(PLACES // 8)
    for place in revoked:
        bits[place // 8] |= 0x80 >> (place % 8)
    return "u" + multibase.base64url_encode(gzip.compress(bytes(bits), 9, mtime=0))


def _written(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")

"""Credentials of the tests' own: issued by keys that were made a moment ago."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from wallet.documents import Documents, Gone, NoDocuments
from wallet.errors import Unavailable
from wallet.jsonld import CREDENTIALS_V1, CREDENTIALS_V2
from wallet.parse import read
from wallet.report import Check, Report, Step
from wallet.sentence import N_
from wallet.sign import SigningKey, sign
from wallet.verify import verify

AT = datetime(2026, 6, 1, tzinfo=UTC)
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context.json"
CLR_2_0_1 = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
ESCO = "http://data.europa.eu/esco/skill/fdd01cfd-8484-42a9-b16a-0ae2d2d6ac30"
KEY = SigningKey.from_multikey("z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq")
"""A key of the W3C's published test vectors; nothing is kept safe by it."""


class Given:
    """Documents that a test gives; what was asked for is remembered."""

    def __init__(self, **_none: Any) -> None:
        self.held: dict[str, bytes] = {}
        self.gone: set[str] = set()
        self.asked: list[str] = []

    def put(self, address: str, content: Mapping[str, Any] | str | bytes) -> None:
        """Let an address have a document."""
        if isinstance(content, Mapping):
            content = json.dumps(content)
        self.held[address] = content.encode() if isinstance(content, str) else content

    def fetch(self, address: str) -> bytes:
        self.asked.append(address)
        if address in self.gone:
            raise Gone(N_("%(address)s says that this was taken away."), address=address)
        if address not in self.held:
            raise Unavailable(N_("%(address)s could not be reached."), address=address)
        return self.held[address]

    def context(self, url: str) -> dict[str, Any] | None:
        found: dict[str, Any] | None = json.loads(self.held[url]) if url in self.held else None
        return found


def badge(key: SigningKey = KEY, **more: Any) -> dict[str, Any]:
    """An Open Badge 3.0 of a welding course, unsigned."""
    return {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "id": "urn:uuid:3f1c8f0e-6f0a-4a4e-8a0e-1d3a5b7c9e01",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {
            "id": key.did if key.kind != "RSA" else "",
            "type": ["Profile"],
            "name": "Technical Institute",
        },
        "validFrom": "2025-05-01T00:00:00Z",
        "name": "Welding",
        "credentialSubject": {
            "id": "did:example:pete",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:uuid:9a1c8f0e-6f0a-4a4e-8a0e-1d3a5b7c9e02",
                "type": ["Achievement"],
                "achievementType": "Certificate",
                "name": "Gas metal arc welding",
                "description": "Joins steel parts.",
                "criteria": {"narrative": "A weld that holds."},
                "alignment": [
                    {
                        "type": ["Alignment"],
                        "targetName": "operate welding equipment",
                        "targetUrl": ESCO,
                        "targetFramework": "ESCO",
                    }
                ],
            },
        },
        **more,
    }


def old_credential(key: SigningKey = KEY, **more: Any) -> dict[str, Any]:
    """A credential of the data model 1.1, unsigned."""
    return {
        "@context": [CREDENTIALS_V1, "https://w3id.org/security/data-integrity/v2"],
        "type": ["VerifiableCredential"],
        "issuer": key.did,
        "issuanceDate": "2025-05-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:pete"},
        **more,
    }


def signed_badge(key: SigningKey = KEY, suite: str = "eddsa-rdfc-2022", **more: Any) -> dict[str, Any]:
    """The same badge, signed."""
    return sign(badge(key, **more), key, suite, created=datetime(2025, 5, 1, tzinfo=UTC))


def looked_at(
    content: Mapping[str, Any] | str | bytes,
    documents: Documents | None = None,
    at: datetime = AT,
    **more: Any,
) -> Report:
    """The report on a document."""
    if isinstance(content, Mapping):
        content = json.dumps(content)
    content = content.encode() if isinstance(content, str) else content
    return verify(read(content), documents or NoDocuments(), at, **more)


def check_of(report: Report, step: Step) -> Check:
    """The one outcome of a step."""
    (found,) = [check for check in report.checks if check.name is step]
    return found


def changed(document: Mapping[str, Any], *path: str | int, to: Any) -> dict[str, Any]:
    """A copy of a document with one place in it changed."""
    copy: Any = deepcopy(dict(document))
    place = copy
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = to
    return copy

"""How many credentials can be verified in a second."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from tools.bench_figures import Figure, spread
from wallet.documents import NoDocuments
from wallet.jsonld import CREDENTIALS_V2
from wallet.parse import read
from wallet.report import Verdict
from wallet.sign import SigningKey, sign
from wallet.verify import verify

ROUNDS = 200
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def measure() -> Iterator[Figure]:
    """Read and verify one Open Badge 3.0 (eddsa-rdfc-2022) again and again, in one thread."""
    content = json.dumps(sign(_badge(key := SigningKey.generate()), key)).encode()
    at = datetime.now(UTC)
    # The first one prepares the vocabularies.
    if verify(read(content), NoDocuments(), at).verdict is not Verdict.VERIFIED:
        raise RuntimeError("a credential that was just signed does not verify")
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        verify(read(content), NoDocuments(), at)
        found.append((time.perf_counter() - began) * 1000)
    yield Figure("verifications_per_second", 1000 * len(found) / sum(found))
    yield from spread("verification", "ms", found)


def _badge(key: SigningKey) -> dict[str, object]:
    return {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "id": "urn:uuid:5b0f6a4c-1f5e-4c39-9a55-0c1d2e3f4a5b",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": key.did, "type": ["Profile"], "name": "Technical Institute"},
        "validFrom": "2025-05-01T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:uuid:5b0f6a4c-1f5e-4c39-9a55-0c1d2e3f4a5c",
                "type": ["Achievement"],
                "name": "Welding",
                "description": "Joins steel parts.",
                "criteria": {"narrative": "A weld that holds."},
            },
        },
    }

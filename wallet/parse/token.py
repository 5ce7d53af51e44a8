"""Credentials and presentations inside a compact JWS, and signed Open Badges 2.

VC 1.1 puts the credential into a ``vc`` claim and repeats parts of it as registered claims
(section 6.3.1); VC 2.0 and Open Badges 3.0 make it the payload itself.
"""

from __future__ import annotations

from typing import Any

from wallet.document import Document
from wallet.errors import Unreadable
from wallet.moments import from_seconds
from wallet.parse import open_badge_2, verifiable
from wallet.proofs import jws
from wallet.sentence import N_


def parse(compact: str, depth: int = 0) -> Document:
    """Return what a compact JWS holds."""
    if depth > verifiable.MOST_NESTED:
        raise Unreadable(N_("This file is nested too deeply to be a credential."))
    payload = jws.take_apart(compact).payload
    content = compact.encode()
    for claim in ("vc", "vp"):
        inside = payload.get(claim)
        if isinstance(inside, dict):
            return verifiable.parse(_joined(inside, payload, claim), content, parse, depth, compact)
    if verifiable.is_one(payload):
        return verifiable.parse(payload, content, parse, depth, compact)
    if open_badge_2.is_one(payload):
        return open_badge_2.parse(payload, content, compact)
    raise Unreadable(N_("This signed token holds no credential."))


def _joined(inside: dict[str, Any], payload: dict[str, Any], claim: str) -> dict[str, Any]:
    """What the token says, as one credential: registered claims fill what ``vc`` leaves out."""
    joined = dict(inside)
    if isinstance(payload.get("jti"), str):
        joined.setdefault("id", payload["jti"])
    if isinstance(payload.get("iss"), str):
        joined.setdefault("issuer" if claim == "vc" else "holder", payload["iss"])
    if claim == "vc":
        for name, date in (("nbf", "issuanceDate"), ("exp", "expirationDate")):
            moment = from_seconds(payload.get(name))
            if moment is not None:
                joined.setdefault(date, moment.isoformat().replace("+00:00", "Z"))
        subject = joined.get("credentialSubject")
        if isinstance(payload.get("sub"), str) and isinstance(subject, dict):
            joined["credentialSubject"] = {"id": payload["sub"], **subject}
    return joined

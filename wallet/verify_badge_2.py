"""Open Badges 2: an assertion counts because of where it is (hosted) or who signed it (JWS).

Open Badges 2.0, sections "Verification" and "Revocation". Either way the badge class and the
issuer's profile may be elsewhere; what they say is looked up, and with it the achievement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from wallet.authenticity import CREDENTIAL_PURPOSES, check_with_any, dates, failed, passed, skipped, unknown
from wallet.controllers import method, same_site
from wallet.document import Achievement, Document
from wallet.documents import Documents, Gone
from wallet.errors import Broken, Unavailable, Unreadable
from wallet.parse.open_badge_2 import achievement
from wallet.parse.values import identifier, several, text
from wallet.proofs import jws
from wallet.report import Check, Step, Verdict
from wallet.sentence import N_
from wallet.strict_json import parse_object

COMPARED = ("recipient", "issuedOn", "expires", "evidence", "narrative", "revoked")
"""What the copy that somebody has must say just as the issuer's own does."""


@dataclass(frozen=True, slots=True)
class Looked:
    """An assertion with what it points to, as far as that could be had."""

    assertion: dict[str, Any]
    badge: dict[str, Any]
    issuer: dict[str, Any]

    @property
    def issuer_id(self) -> str:
        """The issuer's address."""
        return identifier(self.issuer)


def verify_badge_2(
    document: Document, documents: Documents, at: datetime
) -> tuple[tuple[Check, ...], Achievement]:
    """Return the outcomes of all steps, and the achievement with what was looked up."""
    try:
        looked, checks = (_signed if document.token else _hosted)(document, documents, at)
    except Gone:
        problem = Broken(N_("Its issuer has taken it back."))
        return (failed(Step.STATUS, problem, Verdict.REVOKED),), achievement(document.value)
    except Unavailable as problem:
        return (unknown(Step.PROOF, problem), *dates(document.value, at)), achievement(document.value)
    except Broken as problem:
        return (failed(Step.PROOF, problem), *dates(document.value, at)), achievement(document.value)
    told = achievement(looked.assertion, looked.badge, looked.issuer)
    return (*checks, *dates(looked.assertion, at)), told


# -- Hosted --------------------------------------------------------------------------------------


def _hosted(document: Document, documents: Documents, at: datetime) -> tuple[Looked, tuple[Check, ...]]:
    value = document.value
    address = identifier(value)
    verification = value.get("verification", value.get("verify"))
    kind = verification.get("type") if isinstance(verification, dict) else None
    if not any(one in ("HostedBadge", "hosted") for one in several(kind)):
        check = skipped(Step.PROOF, N_("It is not signed, so nobody but its holder stands behind it."))
        unsigned = Check(check.name, check.result, check.explanation, Verdict.UNSIGNED)
        return Looked(value, _object(value.get("badge")), {}), (unsigned,)
    if not address.startswith("https://"):
        raise Unavailable(
            N_("%(address)s is not an https address that can be asked."), address=address or "-"
        )
    hosted = _json(documents, address)
    if identifier(hosted) != address:
        raise Broken(N_("What its issuer has at %(address)s is another badge."), address=address)
    looked = _look_up(hosted, documents)
    if hosted.get("revoked") is True:
        return looked, (failed(Step.STATUS, Broken(N_("Its issuer has taken it back.")), Verdict.REVOKED),)
    _compare(value, looked)
    checks = (
        passed(Step.PROOF, N_("Its issuer has the same badge at %(address)s."), address=address),
        _host(address, looked, documents),
        passed(Step.STATUS, N_("Its issuer has not taken it back.")),
    )
    return looked, checks


def _compare(ours: dict[str, Any], looked: Looked) -> None:
    """Refuse a copy that says something else than the issuer's own."""
    if "badge" not in ours:
        return  # Only the address was known: all that is told comes from the issuer.
    other = Broken(N_("Its issuer says something else about it than this copy."))
    if any(ours.get(name) != looked.assertion.get(name) for name in COMPARED):
        raise other
    if identifier(ours["badge"]) != identifier(looked.badge):
        raise other
    copied = _object(ours["badge"])
    if any(copied[name] != looked.badge.get(name) for name in copied if name not in ("issuer", "@context")):
        raise other
    profile = copied.get("issuer")
    if profile is not None and identifier(profile) != looked.issuer_id:
        raise other
    if isinstance(profile, dict) and any(
        profile[name] != looked.issuer.get(name) for name in ("name", "url", "email") if name in profile
    ):
        raise other


def _host(address: str, looked: Looked, documents: Documents) -> Check:
    """Whether the issuer's profile lets badges be hosted there: on its own site unless it says so."""
    owner = looked.issuer_id
    policy = _object(looked.issuer.get("verification"))
    starts = [one for one in several(policy.get("startsWith")) if isinstance(one, str)]
    sites = [one for one in several(policy.get("allowedOrigins")) if isinstance(one, str)]
    here = urlsplit(address)
    if starts:
        fits = any(address.startswith(one) and same_site(address, one) for one in starts)
    elif sites:
        fits = here.netloc in sites or f"https://{here.netloc}" in sites
    else:
        fits = same_site(address, owner)
    if fits and (not looked.badge.get("id") or _belongs(identifier(looked.badge), owner, starts)):
        return passed(Step.ISSUER, N_("It is where its issuer %(owner)s has its badges."), owner=owner)
    problem = Broken(N_("It is not where its issuer %(owner)s has its badges."), owner=owner)
    return failed(Step.ISSUER, problem)


def _belongs(badge: str, owner: str, starts: list[str]) -> bool:
    if not badge.startswith("https://"):
        return True
    return same_site(badge, owner) or any(badge.startswith(one) and same_site(badge, one) for one in starts)


# -- Signed ---------------------------------------------------------------------------------------


def _signed(document: Document, documents: Documents, at: datetime) -> tuple[Looked, tuple[Check, ...]]:
    token = jws.take_apart(document.token)
    jws.check_header(token)
    verification = _object(token.payload.get("verification", token.payload.get("verify")))
    named = verification.get("creator", verification.get("url", verification.get("publicKey")))
    address = identifier(named) or token.key_id
    if not address.startswith("https://"):
        raise Broken(N_("It does not say with which key it was signed."))
    found = method(address, documents)
    check_with_any(token, (found,), CREDENTIAL_PURPOSES, at)
    looked = _look_up(token.payload, documents, found.controller)
    signed = passed(Step.PROOF, N_("The signature is good: nothing was changed since it was signed."))
    if looked.issuer_id != found.controller:
        problem = Broken(
            N_("It was signed by %(signer)s, who is not the issuer named in it."), signer=found.controller
        )
        return looked, (signed, failed(Step.ISSUER, problem))
    issuer = passed(
        Step.ISSUER, N_("It was signed by %(owner)s, who is named in it."), owner=found.controller
    )
    return looked, (signed, issuer, _revoked(looked, documents))


def _revoked(looked: Looked, documents: Documents) -> Check:
    address = looked.issuer.get("revocationList")
    if not isinstance(address, str):
        return skipped(Step.STATUS, N_("Its issuer keeps no list of what was taken back."))
    try:
        held = _json(documents, address)
    except Unavailable as problem:
        return unknown(Step.STATUS, problem)
    if held.get("issuer") is not None and identifier(held["issuer"]) != looked.issuer_id:
        other = Unavailable(N_("The status list at %(address)s is another issuer's."), address=address)
        return unknown(Step.STATUS, other)
    names = {identifier(looked.assertion), text(looked.assertion.get("uid"))} - {""}
    for one in several(held.get("revokedAssertions")):
        taken_back = {identifier(one), text(one.get("uid")) if isinstance(one, dict) else ""}
        if names & taken_back:
            return failed(Step.STATUS, Broken(N_("Its issuer has taken it back.")), Verdict.REVOKED)
    return passed(Step.STATUS, N_("Its issuer has not taken it back."))


# -- What it points to ----------------------------------------------------------------------------


def _look_up(assertion: dict[str, Any], documents: Documents, signer: str = "") -> Looked:
    """Return an assertion with its badge class and its issuer's own profile.

    A profile inside an assertion is only a copy: what an issuer allows, it says at its address.
    A profile that is part of what is on the issuer's own site needs no second look.
    """
    badge = assertion.get("badge")
    badge = badge if isinstance(badge, dict) else _json(documents, identifier(badge))
    profile = badge.get("issuer")
    address = identifier(profile)
    if isinstance(profile, dict) and not signer and same_site(identifier(assertion), address):
        return Looked(assertion, badge, profile)
    return Looked(assertion, badge, _json(documents, address))


def _json(documents: Documents, address: str) -> dict[str, Any]:
    if not address.startswith("https://"):
        raise Unavailable(N_("%(address)s could not be reached."), address=address or "-")
    try:
        return parse_object(documents.fetch(address))
    except Unreadable:
        raise Unavailable(N_("What is at %(address)s cannot be read."), address=address) from None


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}

"""Open Badges 2: hosted ones count because of where they are, signed ones because of their key."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from tests.wallet.issuing import ESCO, Given, changed, check_of, looked_at
from wallet.report import Step, Verdict
from wallet.sign import SigningKey, sign_token

SITE = "https://badges.example"
OTHER = "https://thief.example"
RSA = SigningKey.generate("RSA")


def badge_class(site: str = SITE) -> dict[str, Any]:
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "id": f"{site}/class/1",
        "type": "BadgeClass",
        "name": "Forklift operation",
        "description": "Moves pallets.",
        "criteria": {"narrative": "Two hours of practice."},
        "issuer": f"{site}/issuer",
        "alignment": [{"targetName": "drive a forklift", "targetUrl": ESCO, "targetFramework": "ESCO"}],
    }


def assertion(site: str = SITE, **more: Any) -> dict[str, Any]:
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "id": f"{site}/assertion/1",
        "type": "Assertion",
        "recipient": {"type": "email", "hashed": False, "identity": "pete@example.org"},
        "issuedOn": "2025-05-01T00:00:00Z",
        "badge": f"{site}/class/1",
        "verification": {"type": "HostedBadge"},
        **more,
    }


def profile(site: str = SITE, **more: Any) -> dict[str, Any]:
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "id": f"{site}/issuer",
        "type": "Issuer",
        "name": "Company A",
        **more,
    }


def site_of(**documents: dict[str, Any]) -> Given:
    given = Given()
    standing = {"assertion/1": assertion(), "class/1": badge_class(), "issuer": profile()}
    for path, document in {**standing, **documents}.items():
        given.put(f"{SITE}/{path}", document)
    return given


def test_a_hosted_badge_is_verified_by_its_own_site_and_told_in_full() -> None:
    report = looked_at(assertion(), site_of())
    assert report.verdict is Verdict.VERIFIED
    achievement = report.entries[0].achievement
    assert (achievement.title, achievement.issuer.name) == ("Forklift operation", "Company A")
    assert achievement.alignments[0].uri == ESCO


def test_of_a_badge_that_is_only_an_address_everything_is_looked_up() -> None:
    report = looked_at(f"{SITE}/assertion/1\n", site_of())
    assert (report.verdict, report.entries[0].achievement.title) == (Verdict.VERIFIED, "Forklift operation")


def test_a_hosted_badge_whose_site_cannot_be_reached_is_unverified() -> None:
    assert looked_at(assertion(), Given()).verdict is Verdict.UNVERIFIED


def test_a_badge_that_its_issuer_took_away_is_revoked() -> None:
    documents = site_of()
    documents.gone.add(f"{SITE}/assertion/1")
    assert looked_at(assertion(), documents).verdict is Verdict.REVOKED
    taken = {"assertion/1": {**assertion(), "revoked": True, "revocationReason": "error"}}
    assert looked_at(assertion(), site_of(**taken)).verdict is Verdict.REVOKED


EMBEDDED = {**assertion(), "badge": {**badge_class(), "issuer": profile()}}


@pytest.mark.parametrize(
    "path,value",
    [
        (("issuedOn",), "2020-01-01T00:00:00Z"),
        (("recipient", "identity"), "thief@example.org"),
        (("expires",), "2030-01-01T00:00:00Z"),
        (("badge", "name"), "Brain surgery"),
        (("badge", "alignment"), []),
        (("badge", "id"), f"{SITE}/class/2"),
        (("badge", "issuer", "name"), "Company B"),
        (("badge", "issuer", "id"), f"{OTHER}/issuer"),
    ],
)
def test_a_copy_that_says_something_else_is_invalid(path: tuple[str, ...], value: Any) -> None:
    assert looked_at(EMBEDDED, site_of()).verdict is Verdict.VERIFIED
    assert looked_at(changed(EMBEDDED, *path, to=value), site_of()).verdict is Verdict.INVALID


def test_a_badge_on_somebody_elses_site_is_not_the_issuers() -> None:
    documents = site_of()
    documents.put(f"{OTHER}/assertion/1", {**assertion(OTHER), "badge": f"{SITE}/class/1"})
    report = looked_at({**assertion(OTHER), "badge": f"{SITE}/class/1"}, documents)
    assert report.verdict is Verdict.INVALID
    allowed = site_of(issuer=profile(verification={"allowedOrigins": ["badges.example", "thief.example"]}))
    allowed.put(f"{OTHER}/assertion/1", {**assertion(OTHER), "badge": f"{SITE}/class/1"})
    assert looked_at({**assertion(OTHER), "badge": f"{SITE}/class/1"}, allowed).verdict is Verdict.VERIFIED


def test_a_thiefs_copy_of_a_profile_does_not_speak_for_the_issuer() -> None:
    copied = profile(verification={"startsWith": f"{OTHER}/"})
    forged = {**assertion(OTHER), "badge": {**badge_class(), "issuer": copied}}
    documents = site_of()
    documents.put(f"{OTHER}/assertion/1", forged)
    assert looked_at(forged, documents).verdict is Verdict.INVALID


def test_a_badge_past_its_end_is_expired() -> None:
    ended = assertion(expires="2026-01-01")
    assert looked_at(ended, site_of(**{"assertion/1": ended})).verdict is Verdict.EXPIRED


def signed(key: SigningKey = RSA, **more: Any) -> str:
    verification = {"type": "SignedBadge", "creator": f"{SITE}/key"}
    payload = assertion(id="urn:uuid:1", verification=verification, badge=badge_class(), **more)
    return sign_token(payload, key, kind="JWT", key_id="")


def pem(key: SigningKey = RSA) -> str:
    found = key.public.raw.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return found.decode()


def signing_site(**more: Any) -> Given:
    key = {"id": f"{SITE}/key", "type": "CryptographicKey", "owner": f"{SITE}/issuer", "publicKeyPem": pem()}
    return site_of(**{"key": key, "issuer": profile(publicKey=f"{SITE}/key"), **more})


def test_a_signed_badge_is_verified_by_the_key_its_issuer_publishes() -> None:
    report = looked_at(signed(), signing_site())
    assert report.verdict is Verdict.VERIFIED
    assert report.entries[0].achievement.title == "Forklift operation"
    assert looked_at(signed(), Given()).verdict is Verdict.UNVERIFIED


def test_a_signed_badge_by_another_key_or_one_its_issuer_does_not_name_is_invalid() -> None:
    assert looked_at(signed(SigningKey.generate("RSA")), signing_site()).verdict is Verdict.INVALID
    assert looked_at(signed(), signing_site(issuer=profile())).verdict is Verdict.INVALID
    stolen = {"id": f"{SITE}/key", "owner": f"{OTHER}/issuer", "publicKeyPem": pem()}
    documents = signing_site(key=stolen)
    documents.put(f"{OTHER}/issuer", profile(OTHER, publicKey=f"{SITE}/key"))
    assert looked_at(signed(), documents).verdict is Verdict.INVALID


@pytest.mark.parametrize("revoked", ["urn:uuid:1", {"id": "urn:uuid:1", "revocationReason": "error"}])
def test_a_signed_badge_on_its_issuers_list_is_revoked(revoked: Any) -> None:
    listing = profile(publicKey=f"{SITE}/key", revocationList=f"{SITE}/revoked")
    held = {"id": f"{SITE}/revoked", "type": "RevocationList", "issuer": f"{SITE}/issuer"}
    documents = signing_site(issuer=listing, revoked={**held, "revokedAssertions": [revoked]})
    assert looked_at(signed(), documents).verdict is Verdict.REVOKED
    others = signing_site(issuer=listing, revoked={**held, "revokedAssertions": ["urn:uuid:2"]})
    assert looked_at(signed(), others).verdict is Verdict.VERIFIED
    assert looked_at(signed(), signing_site(issuer=listing)).verdict is Verdict.UNVERIFIED


def test_a_badge_hosted_without_https_cannot_be_asked_for() -> None:
    plain = assertion("http://badges.example")
    assert looked_at(plain, site_of()).verdict is Verdict.UNVERIFIED


def test_a_badge_without_any_way_to_verify_it_is_unsigned() -> None:
    bare = {name: part for name, part in EMBEDDED.items() if name != "verification"}
    report = looked_at(bare, Given())
    assert report.verdict is Verdict.UNSIGNED
    assert check_of(report, Step.PROOF).explanation

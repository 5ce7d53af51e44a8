"""What is signed here verifies here, and nothing that only looks signed does."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.wallet.issuing import (
    AT,
    CLR,
    CLR_2_0_1,
    EXTENSIONS,
    KEY,
    Given,
    badge,
    changed,
    check_of,
    looked_at,
    old_credential,
    signed_badge,
)
from wallet.authenticity import Asked
from wallet.errors import Broken, WalletProblem
from wallet.report import Result, Step, Verdict
from wallet.sign import SigningKey, sign, sign_token

SUITES = [
    ("Ed25519", "eddsa-rdfc-2022"),
    ("Ed25519", "eddsa-jcs-2022"),
    ("P-256", "ecdsa-rdfc-2019"),
    ("P-256", "ecdsa-jcs-2019"),
    ("P-384", "ecdsa-rdfc-2019"),
    ("P-384", "ecdsa-jcs-2019"),
]


@pytest.mark.parametrize("kind,suite", SUITES)
def test_what_is_signed_here_verifies(kind: str, suite: str) -> None:
    key = SigningKey.generate(kind)
    assert looked_at(signed_badge(key, suite)).verdict is Verdict.VERIFIED


@pytest.mark.parametrize("kind,suite", SUITES)
def test_a_signature_of_one_kind_is_not_good_under_the_name_of_another(kind: str, suite: str) -> None:
    signed = signed_badge(SigningKey.generate(kind), suite)
    for _, other in SUITES:
        if other != suite:
            assert looked_at(changed(signed, "proof", "cryptosuite", to=other)).verdict is Verdict.INVALID


def test_the_suite_before_data_integrity_verifies() -> None:
    context = ["https://www.w3.org/2018/credentials/v1", "https://w3id.org/security/suites/ed25519-2020/v1"]
    credential = {**old_credential(), "@context": context}
    signed = sign(credential, KEY, "Ed25519Signature2020")
    assert looked_at(signed).verdict is Verdict.VERIFIED


def test_a_key_can_be_kept_and_taken_up_again() -> None:
    for kind in ("Ed25519", "P-256", "P-384"):
        key = SigningKey.generate(kind)
        assert SigningKey.from_multikey(key.to_multikey()).did == key.did
        assert key.to_multikey() not in repr(key)


def test_nothing_is_signed_that_the_signature_would_not_cover() -> None:
    with pytest.raises(Broken):
        sign(badge(unheard="of"), KEY)


def test_two_good_proofs_are_good_and_one_broken_of_two_is_not() -> None:
    once = signed_badge()
    twice = sign(once, SigningKey.generate())
    assert looked_at(twice).verdict is Verdict.VERIFIED
    other = sign(badge(name="Surgery"), KEY)["proof"]["proofValue"]
    assert looked_at(changed(twice, "proof", 1, "proofValue", to=other)).verdict is Verdict.INVALID


def test_a_chain_holds_and_a_chain_without_its_first_link_does_not() -> None:
    first = sign(badge(), KEY, id="urn:uuid:11111111-6f0a-4a4e-8a0e-1d3a5b7c9e01")
    chain = sign(first, KEY, previousProof=first["proof"]["id"])
    assert looked_at(chain).verdict is Verdict.VERIFIED
    assert looked_at({**chain, "proof": chain["proof"][1]}).verdict is Verdict.INVALID


def test_a_proof_of_somebody_else_is_not_the_issuers() -> None:
    report = looked_at(sign(badge(KEY), SigningKey.generate()))
    assert report.verdict is Verdict.INVALID
    assert check_of(report, Step.PROOF).result is Result.PASSED
    assert check_of(report, Step.ISSUER).result is Result.FAILED


@pytest.mark.parametrize("purpose", ["authentication", "keyAgreement", "capabilityInvocation", "assertion"])
def test_a_proof_for_another_purpose_is_no_proof(purpose: str) -> None:
    signed = sign(badge(), KEY, "eddsa-jcs-2022", purpose=purpose)
    assert looked_at(signed).verdict is Verdict.INVALID


def test_a_kind_of_proof_that_exists_but_is_not_checked_leaves_it_unverified() -> None:
    signed = changed(signed_badge(), "proof", "cryptosuite", to="bbs-2023")
    assert looked_at(signed).verdict is Verdict.UNVERIFIED


@pytest.mark.parametrize(
    "proof",
    [
        "x",
        [],
        {},
        [[]],
        {"type": "DataIntegrityProof"},
        {"type": 7},
        {"type": []},
        [None],
        {"type": "eddsa-rdfc-2022"},
    ],
)
def test_a_malformed_proof_is_never_a_traceback(proof: Any) -> None:
    report = looked_at({**badge(), "proof": proof})
    assert report.verdict in (Verdict.INVALID, Verdict.UNSIGNED)
    assert (report.verdict is Verdict.UNSIGNED) == (proof == [])


@pytest.mark.parametrize(
    "name", ["proofValue", "verificationMethod", "created", "proofPurpose", "cryptosuite"]
)
@pytest.mark.parametrize("value", [None, 5, "", "z", "zzz", "u1234", [], {}, "z" + "1" * 5000])
def test_a_proof_with_a_strange_part_is_invalid(name: str, value: Any) -> None:
    assert looked_at(changed(signed_badge(), "proof", name, to=value)).verdict is Verdict.INVALID


def test_a_credential_past_its_end_is_expired_and_a_clock_may_be_a_little_off() -> None:
    signed = signed_badge(validUntil="2026-05-31T23:58:00Z")
    assert looked_at(signed).verdict is Verdict.VERIFIED
    assert looked_at(signed, at=datetime(2026, 6, 2, tzinfo=UTC)).verdict is Verdict.EXPIRED


def test_a_credential_before_its_first_day_is_not_in_date() -> None:
    report = looked_at(signed_badge(validFrom="2027-01-01T00:00:00Z"))
    assert report.verdict is Verdict.EXPIRED
    assert "2027-01-01" in str(check_of(report, Step.DATES).explanation)


def test_a_date_that_is_none_leaves_it_unverified() -> None:
    assert looked_at(sign(badge(validUntil="soon"), KEY, "eddsa-jcs-2022")).verdict is Verdict.UNVERIFIED


def test_a_signature_can_run_out_before_the_credential() -> None:
    signed = sign(badge(), KEY, expires="2026-01-01T00:00:00Z")
    assert looked_at(signed).verdict is Verdict.EXPIRED


# -- Tokens -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384"])
def test_a_credential_in_a_token_verifies(kind: str) -> None:
    key = SigningKey.generate(kind)
    report = looked_at(sign_token({**badge(key), "iss": key.did}, key))
    assert report.verdict is Verdict.VERIFIED
    assert report.entries[0].achievement.title == "Gas metal arc welding"


def test_a_token_of_the_older_data_model_verifies_and_its_claims_fill_the_credential() -> None:
    inside = {name: part for name, part in old_credential().items() if name not in ("issuer", "issuanceDate")}
    payload = {"iss": KEY.did, "nbf": 1_746_057_600, "exp": 1_777_593_600, "jti": "urn:x:1", "vc": inside}
    report = looked_at(sign_token(payload, KEY, kind="JWT"), at=datetime(2026, 1, 1, tzinfo=UTC))
    assert report.verdict is Verdict.VERIFIED
    assert report.document.value["expirationDate"] == "2026-05-01T00:00:00Z"
    assert looked_at(sign_token(payload, KEY, kind="JWT"), at=AT).verdict is Verdict.EXPIRED


def with_header(token: str, **header: Any) -> str:
    _, payload, signature = token.split(".")
    return f"{encoded(header)}.{payload}.{signature}"


def encoded(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"},
        {"alg": "None"},
        {"alg": ""},
        {},
        {"alg": ["EdDSA"]},
        {"alg": "HS256", "kid": KEY.method},
        {"alg": "ES256", "kid": KEY.method},
        {"alg": "RS256", "kid": KEY.method},
        {"alg": "EdDSA", "kid": KEY.method, "crit": ["b64"], "b64": False},
        {"alg": "EdDSA", "kid": KEY.method, "b64": False},
    ],
)
def test_a_token_header_cannot_talk_its_way_past_the_signature(header: dict[str, Any]) -> None:
    token = sign_token({**badge(), "iss": KEY.did}, KEY)
    assert looked_at(with_header(token, **header)).verdict is Verdict.INVALID
    unsigned = with_header(token, **header).rpartition(".")[0] + "."
    assert looked_at(unsigned).verdict is Verdict.INVALID


def test_a_key_that_comes_in_the_header_is_not_believed() -> None:
    thief = SigningKey.generate()
    jwk = thief.public.jwk()
    for named in ({}, {"kid": KEY.method}, {"kid": thief.method}, {"kid": "#0"}):
        header = encoded({"alg": "EdDSA", "jwk": jwk, **named})
        message = f"{header}.{encoded({**badge(KEY), 'iss': KEY.did})}"
        signature = base64.urlsafe_b64encode(thief.signature(message.encode())).rstrip(b"=").decode()
        assert looked_at(f"{message}.{signature}").verdict is Verdict.INVALID


def test_the_public_key_is_no_shared_secret() -> None:
    import hashlib
    import hmac

    secret = KEY.public.raw.public_bytes_raw()  # type: ignore[union-attr]
    message = f"{encoded({'alg': 'HS256', 'kid': KEY.method})}.{encoded({**badge(), 'iss': KEY.did})}"
    signature = base64.urlsafe_b64encode(hmac.new(secret, message.encode(), hashlib.sha256).digest())
    assert looked_at(f"{message}.{signature.rstrip(b'=').decode()}").verdict is Verdict.INVALID


@pytest.mark.parametrize("claim", ["iss", "jti", "sub"])
def test_a_token_that_contradicts_its_credential_is_invalid(claim: str) -> None:
    token = sign_token({**badge(), claim: "did:example:other"}, KEY)
    assert looked_at(token).verdict is Verdict.INVALID


def test_the_earlier_of_two_ends_counts() -> None:
    token = sign_token({**badge(validUntil="2030-01-01T00:00:00Z"), "exp": 1_767_225_600}, KEY)
    assert looked_at(token).verdict is Verdict.EXPIRED


# -- Presentations and records ----------------------------------------------------------------------


def presentation(*credentials: Any, **more: Any) -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": list(credentials),
        **more,
    }


def test_a_presentation_is_as_good_as_the_worst_in_it() -> None:
    good, forged = signed_badge(), changed(signed_badge(), "name", to="Surgery")
    assert looked_at(presentation(good)).verdict is Verdict.VERIFIED
    report = looked_at(presentation(good, forged))
    assert report.verdict is Verdict.INVALID
    assert [entry.verdict for entry in report.entries] == [Verdict.VERIFIED, Verdict.INVALID]


def test_a_presentation_is_signed_by_its_holder_for_whoever_asked() -> None:
    holder = SigningKey.generate()
    unsigned = presentation(signed_badge(), holder=holder.did)
    signed = sign(unsigned, holder, purpose="authentication", challenge="abc", domain="waymark.example")
    assert looked_at(signed).verdict is Verdict.VERIFIED
    asked = Asked(challenge="abc", domain="waymark.example")
    assert looked_at(signed, asked=asked).verdict is Verdict.VERIFIED
    assert looked_at(signed, asked=Asked(challenge="abd")).verdict is Verdict.INVALID
    stolen = sign(unsigned, SigningKey.generate(), purpose="authentication")
    assert looked_at(stolen).verdict is Verdict.INVALID


def test_a_presentation_in_a_token_and_enveloped_credentials_are_read() -> None:
    inside = sign_token({**badge(), "iss": KEY.did}, KEY)
    envelope = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{inside}",
    }
    token = sign_token({**presentation(envelope), "holder": KEY.did}, KEY, kind="vp+jwt")
    assert looked_at(token).verdict is Verdict.VERIFIED
    older = sign_token({"iss": KEY.did, "vp": presentation(inside)}, KEY, kind="JWT")
    report = looked_at(older)
    assert report.verdict is Verdict.VERIFIED
    assert len(report.entries) == 1


def record(*parts: dict[str, Any], achievements: int = 0) -> dict[str, Any]:
    achievement = badge()["credentialSubject"]["achievement"]
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            CLR,
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:44444444-6f0a-4a4e-8a0e-1d3a5b7c9e01",
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": {"id": KEY.did, "type": ["Profile"], "name": "Publisher"},
        "validFrom": "2025-05-01T00:00:00Z",
        "name": "Transcript",
        "credentialSubject": {
            "type": ["ClrSubject"],
            "id": "did:example:pete",
            "verifiableCredential": list(parts),
            **(
                {
                    "achievement": [
                        {**achievement, "id": f"urn:x:{number}", "name": f"Course {number}"}
                        for number in range(achievements)
                    ]
                }
                if achievements
                else {}
            ),
        },
    }


def test_each_achievement_of_a_record_is_an_entry_of_its_own() -> None:
    other = SigningKey.generate()
    report = looked_at(sign(record(signed_badge(other), achievements=2), KEY))
    assert report.verdict is Verdict.VERIFIED, [str(check.explanation) for check in report.checks]
    titles = [entry.achievement.title for entry in report.entries]
    assert titles == ["Course 0", "Course 1", "Gas metal arc welding"]


def test_a_record_in_the_words_of_clr_2_0_1_verifies_with_whom_it_names_and_what_is_left_out() -> None:
    given = changed(record(signed_badge(SigningKey.generate())), "@context", 1, to=CLR_2_0_1)
    named = {"type": "IdentityObject", "hashed": False, "identityHash": "pete", "identityType": "name"}
    given["partial"] = True
    given["credentialSubject"]["identifier"] = [named]
    assert looked_at(sign(given, KEY)).verdict is Verdict.VERIFIED
    # The older vocabulary knows neither word: nothing that it does not cover is signed.
    older = changed(given, "@context", 1, to=CLR)
    with pytest.raises(WalletProblem):
        sign(older, KEY)
    forged = changed(sign(given, KEY), "credentialSubject", "identifier", 0, "identityHash", to="maya")
    assert looked_at(forged).verdict is Verdict.INVALID


def test_an_unsigned_part_of_a_signed_record_counts_only_as_its_publishers() -> None:
    own, others = badge(KEY), badge(SigningKey.generate())
    report = looked_at(sign(record(own, others), KEY))
    assert [entry.verdict for entry in report.entries] == [Verdict.VERIFIED, Verdict.UNVERIFIED]


def test_what_is_inside_a_forged_record_counts_for_nothing() -> None:
    forged = changed(sign(record(signed_badge(), achievements=1), KEY), "name", to="Diploma")
    report = looked_at(forged)
    assert {entry.verdict for entry in report.entries} == {Verdict.INVALID}


def test_a_credential_about_nothing_or_from_nobody_is_invalid() -> None:
    for part in ("issuer", "credentialSubject"):
        credential = {name: value for name, value in badge().items() if name != part}
        assert looked_at(sign(credential, KEY)).verdict is Verdict.INVALID


def test_nobody_is_asked_about_a_credential_that_is_forged_or_unsigned() -> None:
    entry = {"id": "https://a.example/list", "type": "1EdTechRevocationList"}
    documents = Given()
    context = [*badge()["@context"], EXTENSIONS]
    signed = signed_badge(credentialStatus=entry, **{"@context": context})
    forged = changed(signed, "name", to="Surgery")
    looked_at(forged, documents)
    looked_at(badge(credentialStatus=entry), documents)
    assert documents.asked == []

"""Keys are their owner's only when the owner's own document says so."""

from __future__ import annotations

import base64
import json
from typing import Any

import hypothesis.strategies as st
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings

from tests.wallet.issuing import KEY, Given, badge, changed, looked_at, signed_badge
from tests.wallet.test_tampering import STRANGE, places
from wallet.controllers import method, web_address
from wallet.errors import Broken, Unavailable
from wallet.report import Verdict
from wallet.sign import SigningKey, sign, sign_token

WEB = "did:web:institute.example"
AT_WEB = "https://institute.example/.well-known/did.json"


def multikey(address: str, controller: str, key: SigningKey = KEY, **more: Any) -> dict[str, Any]:
    return {
        "id": address,
        "type": "Multikey",
        "controller": controller,
        "publicKeyMultibase": key.public.multikey(),
        **more,
    }


def did_document(did: str = WEB, **more: Any) -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/did/v1"],
        "id": did,
        "verificationMethod": [multikey(f"{did}#key-1", did)],
        "assertionMethod": [f"{did}#key-1"],
        **more,
    }


def web_badge(did: str = WEB, method: str = "", **more: Any) -> dict[str, Any]:
    issuer = {"id": did, "type": ["Profile"], "name": "Institute"}
    return sign(badge(issuer=issuer), KEY, method=method or f"{did}#key-1", **more)


def held(document: dict[str, Any], address: str = AT_WEB) -> Given:
    documents = Given()
    documents.put(address, document)
    return documents


def test_a_did_web_is_looked_up_at_its_site_or_under_its_own_name() -> None:
    assert looked_at(web_badge(), held(did_document())).verdict is Verdict.VERIFIED
    assert looked_at(web_badge(), held(did_document(), WEB)).verdict is Verdict.VERIFIED
    assert looked_at(web_badge(), Given()).verdict is Verdict.UNVERIFIED


def test_a_did_with_a_path_is_looked_up_there() -> None:
    did = f"{WEB}:welding"
    documents = held(did_document(did), "https://institute.example/welding/did.json")
    assert looked_at(web_badge(did), documents).verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    "did", ["did:web:a.example:..:b", "did:web:localhost", "did:web:a.example%2Fb", "did:web:"]
)
def test_a_did_web_leads_nowhere_but_to_its_site(did: str) -> None:
    with pytest.raises(Broken):
        web_address(did)


def test_a_did_web_may_name_a_port() -> None:
    did = "did:web:institute.example%3A8443"
    documents = held(did_document(did), "https://institute.example:8443/.well-known/did.json")
    assert looked_at(web_badge(did), documents).verdict is Verdict.VERIFIED
    assert looked_at(web_badge(did), Given()).verdict is Verdict.UNVERIFIED
    with pytest.raises(Broken):
        web_address("did:web:institute.example%3Ainside")


def with_method(**changes: Any) -> dict[str, Any]:
    return {**did_document(), "verificationMethod": [{**multikey(f"{WEB}#key-1", WEB), **changes}]}


@pytest.mark.parametrize(
    "document",
    [
        did_document("did:web:other.example"),
        did_document(assertionMethod=[]),
        did_document(assertionMethod=[f"{WEB}#key-2"]),
        did_document(verificationMethod=[]),
        with_method(controller="did:web:other.example"),
        with_method(publicKeyMultibase=SigningKey.generate().public.multikey()),
        with_method(publicKeyMultibase="z6Mk"),
        with_method(revoked="2025-01-01T00:00:00Z"),
        with_method(expires="2025-01-01T00:00:00Z"),
    ],
    ids=[
        "another's document",
        "for no purpose",
        "for another key",
        "no key",
        "another's key",
        "a new key",
        "half a key",
        "taken back",
        "past its last day",
    ],
)
def test_a_key_that_its_owner_does_not_stand_by_is_not_the_issuers(document: dict[str, Any]) -> None:
    assert looked_at(web_badge(), held(document)).verdict is Verdict.INVALID


def test_a_key_of_somebody_elses_did_is_not_the_issuers_even_when_nobody_can_be_asked() -> None:
    stolen = sign(badge(KEY), SigningKey.generate(), method="did:web:thief.example#key-1")
    assert looked_at(stolen, Given()).verdict is Verdict.INVALID


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384"])
def test_a_did_jwk_is_its_own_document(kind: str) -> None:
    key = SigningKey.generate(kind)
    did = "did:jwk:" + base64.urlsafe_b64encode(json.dumps(key.public.jwk()).encode()).rstrip(b"=").decode()
    suite = "eddsa-rdfc-2022" if kind == "Ed25519" else "ecdsa-rdfc-2019"
    issuer = {"id": did, "type": ["Profile"]}
    signed = sign(badge(issuer=issuer), key, suite, method=f"{did}#0")
    assert looked_at(signed).verdict is Verdict.VERIFIED
    assert looked_at(sign(badge(issuer=issuer), key, suite, method=f"{did}#1")).verdict is Verdict.INVALID


@pytest.mark.parametrize(
    "address", ["did:key:z6Mk#z6Mk", "did:key:#", "did:key", "did:", "urn:x", "http://a.example/k"]
)
def test_an_address_that_is_no_keys_is_refused(address: str) -> None:
    with pytest.raises(Broken):
        method(address, Given())


def test_a_method_of_dids_that_is_not_known_is_looked_up_in_what_is_given_only() -> None:
    with pytest.raises(Unavailable):
        method("did:ion:abc#key-1", Given())
    documents = held(did_document("did:ion:abc"), "did:ion:abc")
    assert looked_at(web_badge("did:ion:abc"), documents).verdict is Verdict.VERIFIED


PROFILE = "https://institute.example/issuer"


def test_an_issuer_at_an_https_address_names_its_keys_there() -> None:
    issuer = did_document(PROFILE)
    assert looked_at(web_badge(PROFILE), held(issuer, PROFILE)).verdict is Verdict.VERIFIED
    assert looked_at(web_badge(PROFILE), Given()).verdict is Verdict.UNVERIFIED
    silent = {"id": PROFILE, "type": "Profile"}
    assert looked_at(web_badge(PROFILE), held(silent, PROFILE)).verdict is Verdict.INVALID


def test_a_key_in_a_document_of_its_own_needs_its_owners_word() -> None:
    address = "https://institute.example/keys/1"
    documents = held(multikey(address, PROFILE), address)
    documents.put(PROFILE, {"id": PROFILE, "type": "Profile", "assertionMethod": [address]})
    assert looked_at(web_badge(PROFILE, address), documents).verdict is Verdict.VERIFIED
    documents.put(PROFILE, {"id": PROFILE, "type": "Profile"})
    assert looked_at(web_badge(PROFILE, address), documents).verdict is Verdict.INVALID


def rsa_token(key: SigningKey, key_id: str | None, issuer: str = PROFILE) -> str:
    return sign_token(badge(issuer={"id": issuer, "type": ["Profile"]}, iss=issuer), key, key_id=key_id)


KEYS = "https://institute.example/jwks"
RSA = SigningKey.generate("RSA")
JWKS = {"keys": [{"kty": "oct", "k": "AA"}, {**RSA.public.jwk(), "kid": "2025"}]}


@pytest.mark.parametrize(
    "sets",
    [
        {PROFILE: {"id": PROFILE, "jwks": JWKS}},
        {PROFILE: JWKS},
        {PROFILE: {"id": PROFILE, "jwks_uri": KEYS}, KEYS: JWKS},
    ],
    ids=["in its profile", "at its address", "on its site"],
)
@pytest.mark.parametrize("key_id", ["2025", "", f"{PROFILE}#2025"])
def test_a_token_is_checked_with_a_key_of_its_issuers_set(sets: dict[str, Any], key_id: str) -> None:
    documents = Given()
    for address, document in sets.items():
        documents.put(address, document)
    assert looked_at(rsa_token(RSA, key_id), documents).verdict is Verdict.VERIFIED
    assert looked_at(rsa_token(SigningKey.generate("RSA"), key_id), documents).verdict is Verdict.INVALID


def test_a_key_of_a_set_may_have_its_full_address_for_a_name() -> None:
    named = {"keys": [{**RSA.public.jwk(), "kid": f"{PROFILE}#2025"}]}
    for sets in ({PROFILE: {"id": PROFILE, "jwks": named}}, {PROFILE: named}):
        documents = held(sets[PROFILE], PROFILE)
        assert looked_at(rsa_token(RSA, f"{PROFILE}#2025"), documents).verdict is Verdict.VERIFIED


def test_a_key_named_in_a_set_on_its_issuers_site_is_the_issuers() -> None:
    ours = {"keys": [*JWKS["keys"], {**KEY.public.jwk(), "kid": "2026"}]}
    issuer = {"id": PROFILE, "type": ["Profile"]}
    for site, verdict in (("institute", Verdict.VERIFIED), ("thief", Verdict.INVALID)):
        address = f"https://{site}.example/jwks"
        documents = held(ours, address)
        assert looked_at(rsa_token(RSA, f"{address}#2025"), documents).verdict is verdict
        signed = sign(badge(issuer=issuer), KEY, method=f"{address}#2026")
        assert looked_at(signed, documents).verdict is verdict


SITE = "https://institute.example/.well-known"


@pytest.mark.parametrize(
    "profile", [{}, {PROFILE: {"id": PROFILE, "type": "Profile"}}], ids=["away", "silent"]
)
@pytest.mark.parametrize(
    "sets",
    [
        {f"{SITE}/jwt-vc-issuer/issuer": {"issuer": PROFILE, "jwks": JWKS}},
        {f"{SITE}/jwt-vc-issuer/issuer": {"issuer": PROFILE, "jwks_uri": KEYS}, KEYS: JWKS},
        {f"{SITE}/jwks.json": JWKS},
    ],
    ids=["told in its name", "told where", "the site's"],
)
def test_an_issuer_that_names_no_keys_has_those_of_its_site(profile: dict, sets: dict[str, Any]) -> None:
    documents = Given()
    for address, document in {**profile, **sets}.items():
        documents.put(address, document)
    assert looked_at(rsa_token(RSA, "2025"), documents).verdict is Verdict.VERIFIED
    assert looked_at(rsa_token(SigningKey.generate("RSA"), "2025"), documents).verdict is Verdict.INVALID
    # A profile that names keys is asked nothing else.
    documents.put(PROFILE, did_document(PROFILE))
    assert looked_at(rsa_token(RSA, "2025"), documents).verdict is Verdict.INVALID


@pytest.mark.parametrize(
    "sets,key_id",
    [
        (
            {f"{SITE}/jwt-vc-issuer/issuer": {"issuer": "https://institute.example/other", "jwks": JWKS}},
            "2025",
        ),
        ({f"{SITE}/jwt-vc-issuer/issuer": {"jwks": JWKS}}, "2025"),
        ({f"{SITE}/jwks.json": JWKS}, "2024"),
        ({f"{SITE}/jwks.json": JWKS}, ""),
    ],
    ids=["in another's name", "in nobody's name", "another key", "no key named"],
)
def test_keys_of_a_site_that_are_not_for_this_issuer_do_not_count(sets: dict[str, Any], key_id: str) -> None:
    documents = Given()
    for address, document in sets.items():
        documents.put(address, document)
    assert looked_at(rsa_token(RSA, key_id), documents).verdict is Verdict.UNVERIFIED
    documents.put(PROFILE, {"id": PROFILE, "type": "Profile"})
    assert looked_at(rsa_token(RSA, key_id), documents).verdict is Verdict.INVALID


def test_a_key_set_on_another_site_is_not_the_issuers() -> None:
    documents = held({"id": PROFILE, "jwks_uri": "https://thief.example/jwks"}, PROFILE)
    documents.put("https://thief.example/jwks", JWKS)
    assert looked_at(rsa_token(RSA, "2025"), documents).verdict is Verdict.INVALID


def test_a_key_that_a_token_names_by_address_has_to_be_on_the_issuers_site() -> None:
    for site, verdict in (("institute", Verdict.VERIFIED), ("thief", Verdict.INVALID)):
        address = f"https://{site}.example/keys/1"
        documents = held(RSA.public.jwk(), address)
        assert looked_at(rsa_token(RSA, address), documents).verdict is verdict


def test_a_short_rsa_key_is_none() -> None:
    weak = SigningKey("RSA", rsa.generate_private_key(public_exponent=65537, key_size=1024))  # noqa: S505
    with pytest.warns(Warning):
        token = rsa_token(weak, "")
        documents = held({"keys": [weak.public.jwk()]}, PROFILE)
    assert looked_at(token, documents).verdict is Verdict.INVALID


ELSEWHERE = {
    "did": (web_badge(), AT_WEB, did_document()),
    "profile": (web_badge(PROFILE), PROFILE, did_document(PROFILE)),
    "keys": (rsa_token(RSA, "2025"), PROFILE, {"id": PROFILE, "jwks": JWKS}),
}


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(sorted(ELSEWHERE)), st.sampled_from(STRANGE))
def test_a_strange_document_of_an_issuer_ends_in_a_verdict(
    choose: st.DataObject, name: str, value: Any
) -> None:
    signed, address, document = ELSEWHERE[name]
    path = choose.draw(st.sampled_from(places(document)))
    report = looked_at(signed, held(changed(document, *path, to=value), address))
    assert report.verdict in (Verdict.VERIFIED, Verdict.INVALID, Verdict.UNVERIFIED)


def test_a_did_key_names_its_one_key_in_full() -> None:
    signed = signed_badge()
    signed["proof"]["verificationMethod"] = f"{KEY.did}#other"
    assert looked_at(signed).verdict is Verdict.INVALID

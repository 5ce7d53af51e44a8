"""What an issuer takes back is taken back, and only its own list can say so."""

from __future__ import annotations

import base64
import gzip
from typing import Any

import pytest

from tests.wallet.issuing import AT, EXTENSIONS, KEY, Given, badge, changed, check_of, looked_at, signed_badge
from wallet.errors import Unavailable
from wallet.report import Result, Step, Verdict
from wallet.sign import SigningKey, sign, sign_token
from wallet.status import LARGEST_LIST, unpack

LIST = "https://institute.example/status/1"
V2 = "https://www.w3.org/ns/credentials/v2"


def packed(*places: int, size: int = 16_384) -> str:
    bits = bytearray(size)
    for place in places:
        bits[place // 8] |= 0x80 >> place % 8
    return base64.urlsafe_b64encode(gzip.compress(bytes(bits))).rstrip(b"=").decode()


def status_list(
    encoded: str, key: SigningKey = KEY, purpose: str = "revocation", **more: Any
) -> dict[str, Any]:
    return {
        "@context": [V2],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": key.did,
        "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {
            "id": f"{LIST}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded,
        },
        **more,
    }


def entry(place: Any = "7", purpose: str = "revocation", **more: Any) -> dict[str, Any]:
    return {
        "id": f"{LIST}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": place,
        "statusListCredential": LIST,
        **more,
    }


def given(content: Any) -> Given:
    documents = Given()
    documents.put(LIST, content)
    return documents


@pytest.mark.parametrize(
    "place,verdict", [("7", "revoked"), ("6", "verified"), ("8", "verified"), ("0", "verified")]
)
def test_the_bit_of_a_credential_decides_and_the_first_bit_is_the_left_most(place: str, verdict: str) -> None:
    signed = signed_badge(credentialStatus=entry(place))
    for encoded in ("u" + packed(7), packed(7)):
        assert looked_at(signed, given(sign(status_list(encoded), KEY))).verdict == verdict


def test_a_list_in_a_token_counts_as_much() -> None:
    token = sign_token(status_list("u" + packed(7)), KEY)
    assert looked_at(signed_badge(credentialStatus=entry()), given(token)).verdict is Verdict.REVOKED


def test_the_older_status_list_is_read_too() -> None:
    context = ["https://www.w3.org/2018/credentials/v1", "https://w3id.org/vc/status-list/2021/v1"]
    older = {
        "@context": [*context, "https://w3id.org/security/data-integrity/v2"],
        "id": LIST,
        "type": ["VerifiableCredential", "StatusList2021Credential"],
        "issuer": KEY.did,
        "issuanceDate": "2025-01-01T00:00:00Z",
        "credentialSubject": {
            "id": f"{LIST}#list",
            "type": "StatusList2021",
            "statusPurpose": "revocation",
            "encodedList": packed(7),
        },
    }
    named = entry(type="StatusList2021Entry")
    credential = badge(credentialStatus=named)
    credential["@context"].append("https://w3id.org/vc/status-list/2021/v1")
    assert looked_at(sign(credential, KEY), given(sign(older, KEY))).verdict is Verdict.REVOKED


def test_a_suspended_credential_counts_for_nothing_while_it_is() -> None:
    documents = given(sign(status_list("u" + packed(7), purpose="suspension"), KEY))
    report = looked_at(signed_badge(credentialStatus=entry(purpose="suspension")), documents)
    assert report.verdict is Verdict.REVOKED
    assert "suspended" in str(check_of(report, Step.STATUS).explanation)


def test_revoked_is_worse_than_expired_and_invalid_worse_than_revoked() -> None:
    documents = given(sign(status_list("u" + packed(7)), KEY))
    signed = signed_badge(credentialStatus=entry(), validUntil="2026-01-01T00:00:00Z")
    assert looked_at(signed, documents).verdict is Verdict.REVOKED
    assert looked_at(changed(signed, "name", to="Surgery"), documents).verdict is Verdict.INVALID


STOLEN = SigningKey.generate()


@pytest.mark.parametrize(
    "content",
    [
        status_list("u" + packed(7)),
        sign(status_list("u" + packed(7), STOLEN), STOLEN),
        sign(status_list("u" + packed(7)), STOLEN),
        changed(
            sign(status_list("u" + packed(7)), KEY), "credentialSubject", "encodedList", to="u" + packed(8)
        ),
        sign(status_list("u" + packed(7), validUntil="2026-01-01T00:00:00Z"), KEY),
        sign(status_list("u" + packed(7), purpose="suspension"), KEY),
        sign(status_list("u" + packed(7), type=["VerifiableCredential"]), KEY),
        sign(status_list("not a list"), KEY),
        signed_badge(),
        b"{",
        b"",
        {"a": 1},
    ],
    ids=[
        "unsigned",
        "another issuer's",
        "signed by another",
        "changed",
        "out of date",
        "of another purpose",
        "no list",
        "unreadable",
        "a badge",
        "broken",
        "empty",
        "something else",
    ],
)
def test_a_list_that_cannot_be_relied_on_says_nothing(content: Any) -> None:
    report = looked_at(signed_badge(credentialStatus=entry()), given(content))
    assert report.verdict is Verdict.UNVERIFIED
    assert check_of(report, Step.STATUS).result is Result.UNKNOWN


@pytest.mark.parametrize("place", ["-1", "131072", "1e3", "", None, "9" * 30, [7]])
def test_a_place_that_is_none_is_malformed(place: Any) -> None:
    credential = badge(credentialStatus=entry(place))
    signed = sign(credential, KEY, "eddsa-jcs-2022")
    report = looked_at(signed, given(sign(status_list("u" + packed(7)), KEY)))
    assert report.verdict is Verdict.INVALID


def test_a_list_that_swells_is_given_up() -> None:
    bomb = base64.urlsafe_b64encode(gzip.compress(bytes(LARGEST_LIST + 1))).decode()
    assert len(bomb) < 30_000
    with pytest.raises(Unavailable):
        unpack(bomb)


def test_lists_do_not_lead_round_in_circles() -> None:
    documents = given(sign(status_list("u" + packed(8), credentialStatus=entry("9")), KEY))
    assert looked_at(signed_badge(credentialStatus=entry()), documents).verdict is Verdict.VERIFIED
    assert documents.asked == [LIST]


def test_every_list_that_is_named_is_looked_at() -> None:
    documents = given(sign(status_list("u" + packed(7)), KEY))
    signed = signed_badge(credentialStatus=[entry("3"), entry("7")])
    assert looked_at(signed, documents).verdict is Verdict.REVOKED


def test_a_way_of_keeping_status_that_is_not_known_leaves_it_unverified() -> None:
    odd = badge(credentialStatus={"id": "urn:x:1", "type": "Oracle"})
    assert looked_at(sign(odd, KEY, "eddsa-jcs-2022"), Given()).verdict is Verdict.UNVERIFIED


REVOKED = "https://institute.example/revoked"


def listed(*revoked: Any, issuer: str = KEY.did) -> Given:
    documents = Given()
    documents.put(REVOKED, {"id": REVOKED, "issuer": issuer, "revokedCredential": list(revoked)})
    return documents


def test_the_list_of_1edtech_is_read() -> None:
    context = [*badge()["@context"], EXTENSIONS]
    named = {"id": REVOKED, "type": "1EdTechRevocationList"}
    signed = signed_badge(credentialStatus=named, **{"@context": context})
    mine = {"id": signed["id"], "revoked": True, "revocationReason": "error"}
    assert looked_at(signed, listed(mine)).verdict is Verdict.REVOKED
    assert looked_at(signed, listed({**mine, "id": "urn:x:other"})).verdict is Verdict.VERIFIED
    assert looked_at(signed, listed(mine, issuer="did:example:other")).verdict is Verdict.UNVERIFIED
    assert looked_at(signed, Given(), at=AT).verdict is Verdict.UNVERIFIED

"""Whatever is changed in a signed credential, it is not verified any more.

Some of these changes leave every statement that the signature covers as it is: they change
what our reader takes the document to say. They are the ones to be afraid of.
"""

from __future__ import annotations

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wallet.issuing import (
    AT,
    KEY,
    OPEN_BADGES,
    Given,
    badge,
    changed,
    check_of,
    looked_at,
    old_credential,
    signed_badge,
)
from wallet.documents import NoDocuments
from wallet.errors import Unreadable
from wallet.jsonld import CREDENTIALS_V1, CREDENTIALS_V2, bundled
from wallet.parse import read
from wallet.report import Result, Step, Verdict
from wallet.sign import SigningKey, sign, sign_token
from wallet.verify import verify

P256 = SigningKey.generate("P-256")
SIGNED = {
    "eddsa-rdfc-2022": json.dumps(signed_badge(), separators=(",", ":")).encode(),
    "eddsa-jcs-2022": json.dumps(signed_badge(suite="eddsa-jcs-2022"), separators=(",", ":")).encode(),
    "ecdsa-rdfc-2019": json.dumps(signed_badge(P256, "ecdsa-rdfc-2019"), separators=(",", ":")).encode(),
    "token": sign_token({**badge(), "iss": KEY.did}, KEY).encode(),
}
OTHER_VERSION = re.compile(rb"/ob/v3p0/context-3\.0\.[04-9]\.json")
STEP = 11
"""Every so many-th bit is flipped; with bits and bytes out of step, all kinds of places come up."""


def verdict_of(content: bytes) -> Verdict | None:
    """The verdict on a file; None when it cannot be read."""
    try:
        return verify(read(content), NoDocuments(), AT).verdict
    except Unreadable:
        return None


@pytest.mark.parametrize("name", sorted(SIGNED))
def test_a_bit_flipped_anywhere_is_found(name: str) -> None:
    content = SIGNED[name]
    assert verdict_of(content) is Verdict.VERIFIED
    for bit in range(0, len(content) * 8, STEP):
        flipped = bytearray(content)
        flipped[bit // 8] ^= 1 << bit % 8
        verdict = verdict_of(bytes(flipped))
        allowed = {None, Verdict.INVALID}
        # Under the vocabulary of a version that is not here nobody can tell what was signed.
        if OTHER_VERSION.search(flipped) and "rdfc" in name:
            allowed.add(Verdict.UNVERIFIED)
        assert verdict in allowed, (bit, bytes(flipped[max(0, bit // 8 - 30) : bit // 8 + 30]))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(SIGNED)), st.integers(0, 5000), st.binary(min_size=0, max_size=3))
def test_bytes_put_anywhere_are_found(name: str, place: int, put: bytes) -> None:
    content = SIGNED[name]
    place %= len(content)
    altered = content[:place] + put + content[place + 1 :]
    verdict = verdict_of(altered)
    try:
        same = json.loads(altered) == json.loads(content)
    except (ValueError, RecursionError):
        same = altered.strip() == content
    assert (verdict is not Verdict.VERIFIED) or same, altered


STRANGE: list[Any] = [
    None,
    True,
    0,
    -1,
    1e300,
    "",
    "x",
    "https://",
    "did:",
    "did:key:z",
    "\u202e",
    "2025-13-01",
]
STRANGE += [[], {}, [[]], [None], {"@value": 5}, {"id": None}, {"id": []}, {"type": {}}, ["a", {}]]


def strange() -> st.SearchStrategy[Any]:
    return st.sampled_from(STRANGE)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        found += places(part, (*path, name))
    return found


FULL = badge(
    credentialStatus={
        "id": "urn:x:1",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://issuer.example/list",
    },
    credentialSchema=[{"id": "https://issuer.example/schema", "type": "1EdTechJsonSchemaValidator2019"}],
    validUntil="2027-01-01T00:00:00Z",
)


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(places(FULL)), strange())
def test_a_strange_value_anywhere_ends_in_a_verdict(path: tuple[Any, ...], value: Any) -> None:
    odd = changed(FULL, *path, to=value)
    for content in (json.dumps(odd), sign_token(odd, KEY, key_id=KEY.method)):
        try:
            report = looked_at(content, Given())
        except Unreadable as problem:
            assert str(problem)
            continue
        assert all(str(check.explanation) for check in report.checks)


# -- Words that the signature does not cover ---------------------------------------------------------


def test_a_word_that_no_vocabulary_defines_is_found() -> None:
    for path in (("level",), ("credentialSubject", "grade"), ("credentialSubject", "achievement", "rank")):
        forged = changed(signed_badge(), *path, to="Excellent")
        report = looked_at(forged)
        assert report.verdict is Verdict.INVALID
        assert check_of(report, Step.CONTEXT).result is Result.FAILED


def test_words_in_a_proof_that_no_vocabulary_defines_are_found() -> None:
    assert looked_at(changed(signed_badge(), "proof", "by", to="the President")).verdict is Verdict.INVALID


@pytest.mark.parametrize("address", ["achievement-1", "/a", "", "a b:c", "urn:x> <urn:p> <urn:o", "urn:\nx"])
def test_a_name_that_is_no_full_address_is_found(address: str) -> None:
    credential = badge()
    credential["credentialSubject"]["achievement"]["id"] = address
    report = looked_at({**credential, "proof": signed_badge()["proof"]})
    assert report.verdict is Verdict.INVALID
    assert check_of(report, Step.CONTEXT).result is Result.FAILED


def test_a_type_that_no_vocabulary_defines_is_found() -> None:
    forged = changed(
        signed_badge(), "type", to=["VerifiableCredential", "OpenBadgeCredential", "MedicalLicense"]
    )
    assert looked_at(forged).verdict is Verdict.INVALID


@pytest.mark.parametrize("keyword", ["@index", "@nest", "@included", "@reverse", "@graph", "@set", "@list"])
def test_keywords_that_hide_content_are_refused(keyword: str) -> None:
    for value in ("text", {"name": "Surgery"}, [{"name": "Surgery"}]):
        forged = changed(signed_badge(), "credentialSubject", keyword, to=value)
        assert looked_at(forged).verdict is Verdict.INVALID


# -- Other words for the same statements ---------------------------------------------------------------


EXPIRED = signed_badge(validUntil="2026-01-01T00:00:00Z")
UNTIL = "https://www.w3.org/2018/credentials#validUntil"
MOMENT = "http://www.w3.org/2001/XMLSchema#dateTime"


def renamed(name: str, value: Any, *contexts: Any) -> dict[str, Any]:
    hidden = {key: part for key, part in EXPIRED.items() if key != "validUntil"}
    return {**hidden, "@context": [CREDENTIALS_V2, OPEN_BADGES, *contexts], name: value}


@pytest.mark.parametrize(
    "forged",
    [
        renamed(UNTIL, {"@type": MOMENT, "@value": "2026-01-01T00:00:00Z"}),
        renamed("until", "2026-01-01T00:00:00Z", {"until": {"@id": UNTIL, "@type": MOMENT}}),
        renamed(
            "c:validUntil",
            {"@type": MOMENT, "@value": "2026-01-01T00:00:00Z"},
            {"c": "https://www.w3.org/2018/credentials#"},
        ),
        renamed(
            "v:Until",
            {"@type": MOMENT, "@value": "2026-01-01T00:00:00Z"},
            {"v": "https://www.w3.org/2018/credentials#valid"},
        ),
        renamed(
            "Until",
            {"@type": MOMENT, "@value": "2026-01-01T00:00:00Z"},
            {"@vocab": "https://www.w3.org/2018/credentials#valid"},
        ),
        renamed("validUntil", "2026-01-01T00:00:00Z", {"validUntil": {"@id": UNTIL, "@type": MOMENT}}),
    ],
    ids=["address", "alias", "prefix", "cut prefix", "vocabulary", "again"],
)
def test_the_end_of_validity_cannot_be_hidden_under_another_name(forged: dict[str, Any]) -> None:
    assert looked_at(EXPIRED).verdict is Verdict.EXPIRED
    assert looked_at(forged).verdict is Verdict.INVALID


ENTRY = {
    "id": "https://institute.example/status/1#7",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "7",
    "statusListCredential": "https://institute.example/status/1",
}
WITH_STATUS = signed_badge(credentialStatus=ENTRY)


@pytest.mark.parametrize(
    "status",
    [
        {**ENTRY, "statusPurpose": ["revocation"]},
        {**ENTRY, "statusPurpose": {"@value": "revocation"}},
        {**ENTRY, "statusListIndex": {"@value": "7"}},
        {**ENTRY, "statusListCredential": {"id": ENTRY["statusListCredential"]}},
        {
            **{name: part for name, part in ENTRY.items() if name != "type"},
            "@type": ENTRY["type"],
            "type": [],
        },
        [ENTRY["id"], ENTRY],
        [[ENTRY]],
        [ENTRY, ENTRY],
        {**ENTRY, "@id": ENTRY["id"]},
    ],
)
def test_a_status_written_in_another_way_is_looked_up_all_the_same_or_refused(status: Any) -> None:
    """All of these are the same statements to a signature."""
    report = looked_at({**WITH_STATUS, "credentialStatus": status}, Given())
    assert report.verdict in (Verdict.INVALID, Verdict.UNVERIFIED)


def test_an_end_written_in_another_way_is_an_end() -> None:
    for written in (["2026-01-01T00:00:00Z"], {"@type": MOMENT, "@value": "2026-01-01T00:00:00Z"}):
        assert looked_at({**EXPIRED, "validUntil": written}).verdict is Verdict.EXPIRED


def test_an_end_written_somewhere_else_is_found() -> None:
    """A credential that names itself lets its parts be written where its address stands."""
    own = badge(validUntil="2026-01-01T00:00:00Z", seeAlso={"id": badge()["id"]})
    own["@context"] = [*own["@context"], {"seeAlso": {"@id": "https://x.example/#seeAlso", "@type": "@id"}}]
    signed = sign(own, KEY)
    assert looked_at(signed).verdict is Verdict.EXPIRED
    hidden = {name: part for name, part in signed.items() if name != "validUntil"}
    inner = {"id": own["id"], "type": "VerifiableCredential", "validUntil": "2026-01-01T00:00:00Z"}
    assert looked_at({**hidden, "seeAlso": inner}).verdict is Verdict.INVALID


def test_two_words_cannot_change_places() -> None:
    achievement = signed_badge()["credentialSubject"]["achievement"]
    forged = changed(
        signed_badge(), "credentialSubject", "achievement", "name", to=achievement["description"]
    )
    forged = changed(forged, "credentialSubject", "achievement", "description", to=achievement["name"])
    for swap in (
        {"name": "https://schema.org/description", "description": "https://schema.org/name"},
        {
            "Achievement": {
                "@id": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement",
                "@context": {},
            }
        },
    ):
        own = changed(forged, "@context", to=[CREDENTIALS_V2, OPEN_BADGES, swap])
        assert looked_at(own).verdict is Verdict.INVALID
        deeper = changed(forged, "credentialSubject", "achievement", "@context", to=swap)
        assert looked_at(deeper).verdict is Verdict.INVALID


def test_a_class_cannot_stand_in_for_a_property() -> None:
    forged = signed_badge()
    achievement = forged["credentialSubject"]["achievement"]
    achievement["Criteria"] = achievement.pop("criteria")
    assert looked_at(forged).verdict is Verdict.INVALID


def test_published_vocabularies_have_one_usual_word_for_a_meaning() -> None:
    """A new vocabulary with a second word for something has to be thought about here."""
    words: dict[str, set[str]] = {}
    from wallet.jsonld import UNUSUAL_WORDS, _definitions

    for context in bundled().values():
        for term, meaning in _definitions(context.document["@context"]):
            if (
                meaning
                and term[:1].islower()
                and term not in UNUSUAL_WORDS
                and "openbadges" not in context.url
            ):
                words.setdefault(meaning, set()).add(term)
    assert {meaning: found for meaning, found in words.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    "own", [None, {"@base": "https://a.example/"}, {"@import": CREDENTIALS_V1}, {"id": "@id"}, 7]
)
def test_contexts_that_take_the_ground_away_are_refused(own: Any) -> None:
    forged = changed(signed_badge(), "@context", to=[CREDENTIALS_V2, OPEN_BADGES, own])
    assert looked_at(forged).verdict is Verdict.INVALID


def test_words_of_an_issuers_own_are_good_when_they_are_new() -> None:
    more = {"welds": {"@id": "https://institute.example/terms#welds"}}
    credential = badge(welds="12")
    credential["@context"] = [CREDENTIALS_V2, OPEN_BADGES, more]
    assert looked_at(sign(credential, KEY)).verdict is Verdict.VERIFIED


def test_an_unknown_vocabulary_is_never_fetched_and_leaves_it_unverified() -> None:
    documents = Given()
    url = "https://institute.example/terms"
    credential = old_credential(welds="12")
    credential["@context"] = [*credential["@context"], url]
    known = Given()
    known.put(url, {"@context": {"welds": "https://institute.example/terms#welds"}})
    signed = sign(credential, KEY, documents=known)
    assert looked_at(signed, known).verdict is Verdict.VERIFIED
    report = looked_at(signed, documents)
    assert report.verdict is Verdict.UNVERIFIED
    assert check_of(report, Step.CONTEXT).result is Result.UNKNOWN
    assert documents.asked == []


@pytest.mark.parametrize(
    ("vocabulary", "verdict"),
    [
        ("https://purl.imsglobal.org/spec/ob/v3p0/kontext-3.0.3.json", Verdict.INVALID),
        ("https://purl.imsglobal.org/spec/ob/v3p1/context-3.0.3.json", Verdict.INVALID),
        ("https://institute.example/spec/ob/v3p0/context-3.0.3.json", Verdict.INVALID),
        ("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.12.json", Verdict.UNVERIFIED),
        ("https://purl.imsglobal.org/spec/ob/v3p1/context-3.1.0.json", Verdict.UNVERIFIED),
    ],
)
def test_an_open_badge_names_a_vocabulary_of_open_badges(vocabulary: str, verdict: Verdict) -> None:
    forged = changed(signed_badge(), "@context", 1, to=vocabulary)
    assert looked_at(forged).verdict is verdict


def test_where_the_whole_text_is_signed_the_vocabulary_need_not_be_known() -> None:
    credential = badge(welds="12")
    credential["@context"] = [CREDENTIALS_V2, OPEN_BADGES, "https://institute.example/terms"]
    assert looked_at(sign(credential, KEY, "eddsa-jcs-2022")).verdict is Verdict.VERIFIED


def test_a_graph_made_to_be_slow_is_given_up() -> None:
    ring = [{"id": f"_:b{n}", "type": ["Achievement"], "name": "x"} for n in range(12)]
    for node in ring:
        node["mate"] = [{"id": other["id"]} for other in ring if other is not node]  # type: ignore[assignment]
    credential = badge(mate=ring)
    credential["@context"] = [
        CREDENTIALS_V2,
        OPEN_BADGES,
        {"mate": "https://x.example/#mate"},
    ]
    began = time.monotonic()
    report = looked_at({**credential, "proof": signed_badge()["proof"]})
    assert report.verdict is Verdict.INVALID
    assert "would not end" in str(check_of(report, Step.CONTEXT).explanation)
    assert time.monotonic() - began < 10


def test_several_at_once_do_not_get_into_each_others_way() -> None:
    content = SIGNED["eddsa-rdfc-2022"]
    forged = content.replace(b"Joins", b"Parts")
    with ThreadPoolExecutor(8) as pool:
        verdicts = list(pool.map(verdict_of, [forged if n % 3 == 0 else content for n in range(120)]))
    expected = [Verdict.INVALID if n % 3 == 0 else Verdict.VERIFIED for n in range(120)]
    assert verdicts == expected


def test_bundled_contexts_are_the_ones_the_manifest_names() -> None:
    assert {CREDENTIALS_V1, CREDENTIALS_V2, OPEN_BADGES} <= set(bundled())

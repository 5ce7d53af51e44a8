"""Whom a credential is about, what shape it has and who knows its issuer never change the verdict."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from i18n import use_locale
from tests.wallet.issuing import ESCO, EXTENSIONS, KEY, Given, badge, check_of, looked_at, signed_badge
from wallet.__main__ import main
from wallet.report import Result, Step, Verdict
from wallet.sign import sign
from wallet.subject import Person

EMAIL = "pete@example.org"


def hashed(email: str = EMAIL, salt: str = "") -> str:
    return "sha256$" + hashlib.sha256((email + salt).encode()).hexdigest()


def identified(**identity: Any) -> dict[str, Any]:
    credential = badge()
    subject = {name: part for name, part in credential["credentialSubject"].items() if name != "id"}
    if "identityHash" in identity:
        subject["identifier"] = [{"type": "IdentityObject", "identityType": "emailAddress", **identity}]
    else:
        subject.update(identity)
    return {**credential, "credentialSubject": subject}


@pytest.mark.parametrize(
    "identity,result",
    [
        ({"identityHash": hashed(), "hashed": True}, Result.PASSED),
        ({"identityHash": hashed(salt="salt"), "hashed": True, "salt": "salt"}, Result.PASSED),
        ({"identityHash": hashed(salt="salt"), "hashed": True, "salt": "other"}, Result.FAILED),
        ({"identityHash": hashed(salt="salt"), "hashed": True}, Result.FAILED),
        ({"identityHash": "sha256$ünfug", "hashed": True}, Result.FAILED),
        ({"identityHash": EMAIL.upper(), "hashed": False}, Result.PASSED),
        ({"id": "mailto:pete@example.org"}, Result.PASSED),
        ({"id": "did:example:pete"}, Result.PASSED),
        ({"id": "did:example:other"}, Result.FAILED),
        ({"name": "Núñez, Pete"}, Result.PASSED),
        ({"name": "Maya"}, Result.FAILED),
        ({}, Result.SKIPPED),
    ],
)
def test_whom_it_is_about_is_compared_with_a_person(identity: dict[str, Any], result: Result) -> None:
    pete = Person("Nunez Pete", (EMAIL,), ("did:example:pete",))
    report = looked_at(sign(identified(**identity), KEY), person=pete)
    assert check_of(report, Step.SUBJECT).result is result
    assert report.verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    "identity,result", [(hashed(salt="s"), "passed"), (hashed("maya@example.org", "s"), "failed")]
)
def test_the_recipient_of_an_older_badge_is_compared_too(identity: str, result: str) -> None:
    older = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": "https://badges.example/1",
        "recipient": {"type": "email", "hashed": True, "salt": "s", "identity": identity},
        "badge": "https://badges.example/class",
    }
    report = looked_at(older, person=Person(emails=(EMAIL,)))
    assert check_of(report, Step.SUBJECT).result == result


def test_without_a_person_nobody_is_compared() -> None:
    assert Step.SUBJECT not in {check.name for check in looked_at(signed_badge()).checks}


class Known:
    def name_of(self, issuer: str) -> str | None:
        return "Technical Institute" if issuer == KEY.did else None


def test_whether_the_issuer_is_known_is_told_and_changes_nothing() -> None:
    known = looked_at(signed_badge(), issuers=Known())
    assert check_of(known, Step.ISSUER_KNOWN).result is Result.PASSED
    from wallet.sign import SigningKey

    stranger = looked_at(signed_badge(SigningKey.generate()), issuers=Known())
    assert check_of(stranger, Step.ISSUER_KNOWN).result is Result.UNKNOWN
    assert known.verdict is stranger.verdict is Verdict.VERIFIED


SCHEMA = "https://institute.example/schema"


def promised(schema: Any) -> tuple[dict[str, Any], Given]:
    named = [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}]
    documents = Given()
    documents.put(SCHEMA, schema)
    context = [*badge()["@context"], EXTENSIONS]
    return signed_badge(credentialSchema=named, **{"@context": context}), documents


DEEP: dict[str, Any] = {"$ref": "#/$defs/d0", "$defs": {}}
for level in range(40):
    DEEP["$defs"][f"d{level}"] = {"allOf": [{"$ref": f"#/$defs/d{level + 1}"}] * 2}
DEEP["$defs"]["d40"] = {}


@pytest.mark.parametrize(
    "schema,result",
    [
        ({"type": "object", "required": ["issuer"]}, Result.PASSED),
        ({"type": "object", "required": ["grade"]}, Result.FAILED),
        ({"properties": {"name": {"type": "integer"}}}, Result.FAILED),
        ({"properties": {"name": {"pattern": "^(a+)+$"}}}, Result.PASSED),
        ({"$ref": "https://thief.example/schema"}, Result.UNKNOWN),
        ({"$ref": "#"}, Result.UNKNOWN),
        (DEEP, Result.UNKNOWN),
        ({"type": 7}, Result.UNKNOWN),
        ({"$schema": []}, Result.UNKNOWN),
        ({"$schema": 7}, Result.UNKNOWN),
        ("no schema", Result.UNKNOWN),
    ],
)
def test_the_shape_an_issuer_promised_is_compared_on_a_short_lead(schema: Any, result: Result) -> None:
    signed, documents = promised(schema)
    report = looked_at(signed, documents)
    assert check_of(report, Step.SCHEMA).result is result
    assert report.verdict is Verdict.VERIFIED
    assert documents.asked == [SCHEMA]


# -- The command ----------------------------------------------------------------------------------------


def told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> Any:
    assert main(["verify", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_command_tells_verdict_checks_and_aligned_skills(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "badge.json"
    path.write_text(json.dumps(signed_badge(validUntil="2026-01-01T00:00:00Z")))
    (tmp_path / "index.json").write_text("{}")
    answer = told([str(path), "--documents", str(tmp_path), "--at", "2025-12-01"], capsys)
    assert answer["verdict"] == "verified"
    assert answer["skills"] == [{"name": "operate welding equipment", "uri": ESCO, "framework": "ESCO"}]
    assert all(set(check) == {"name", "result", "explanation"} for check in answer["checks"])
    later = told([str(path), "--documents", str(tmp_path), "--at", "2026-02-01T00:00:00Z"], capsys)
    assert later["verdict"] == "expired"


@pytest.mark.parametrize("content", [None, b"", b"{", b"\x89PNG\r\n\x1a\n", b"<svg"])
def test_a_file_that_cannot_be_read_is_one_line_and_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    path = tmp_path / "file"
    if content is not None:
        path.write_bytes(content)
    assert main(["verify", str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1


def test_a_report_reads_in_the_language_of_whoever_reads_it() -> None:
    report = looked_at(signed_badge())
    english = str(check_of(report, Step.PROOF).explanation)
    with use_locale("es"):
        assert str(check_of(report, Step.PROOF).explanation) != english

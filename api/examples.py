"""A body for each operation that takes one, as it could be sent: shown in the description, tried in tests."""

from __future__ import annotations

from typing import Any

SKILL = "http://data.europa.eu/esco/skill/fdd01cfd-8484-42a9-b16a-0ae2d2d6ac30"
ID = "0f8fad5bd9cb469fa16570867728950e"

CREDENTIAL = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential"],
    "issuer": "did:web:wallet.example.org:issuers:1f",
    "credentialSubject": {"id": "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e"},
}
PRESENTATION = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiablePresentation"],
    "verifiableCredential": [CREDENTIAL],
}

BODIES: dict[str, dict[str, Any]] = {
    "session": {"email": "pete@example.org", "password": "three quiet herons"},
    "report": {"role_code": "29-1141.00", "kind": "missing", "words": "reading a chart"},
    "decide_report": {"decision": "dismiss", "reason": "It is in the list under another name."},
    "choose_notifications": {"here": ["arrived", "request"], "by_mail": ["request"]},
    "decide_proposal": {"uri": SKILL, "state": "accepted"},
    "issue": {
        "achievement": {
            "name": "Forklift operator",
            "description": "Drives a counterbalanced forklift safely.",
            "criteria": "Passed the written and the practical test.",
            "kind": "Certificate",
            "skills": [SKILL],
        },
        "name": "Pete",
        "email": "pete@example.org",
        "expires_on": "2029-05-31",
        "reference": "course-7-pete",
    },
    "revoke": {"reason": "Issued to the wrong person."},
    "share": {"skills": "all", "purpose": "For Company B", "expires": "2026-12-31", "openings": 5},
    "apply": {"skills": "all", "records": [], "fields": ["name", "email"], "until": "2026-12-31"},
    "answer_reading": {"answer": "I drove reach trucks for two years; the certificate is on its way."},
    "post": {
        "title": "Stock clerk",
        "last_day": "2026-12-31",
        "skills": [{"uri": SKILL, "must": True}],
        "wage_low": 21.5,
        "wage_per": "hour",
        "publish": False,
    },
    "verify_credential": {"verifiableCredential": CREDENTIAL},
    "verify_presentation": {"verifiablePresentation": PRESENTATION, "options": {"challenge": "c82f7883"}},
    "change_account": {"area_code": "53063", "locale": "en"},
    "choose_career": {"area_code": "0044060"},
    "keep_plan": {"name": "This winter", "skills": [SKILL], "role_code": "29-1141.00"},
    "keep_pathway": {"goal_code": "29-1141.00", "stones": ["31-1131.00"], "area_code": "0044060"},
    "interests": {"ratings": [5, 1, 3, 4, 2, 0]},
    "enter": {
        "kind": "employment",
        "title": "Forklift operator",
        "issuer": "Company A",
        "issued_on": "2020-02-01",
        "ended_on": "2022-03-31",
    },
    "change_entry": {"kind": "employment", "title": "Forklift driver", "issuer": "Company A"},
    "change_record": {"hidden": True},
    "decide_skill": {"uri": SKILL, "act": "claim"},
    "set_regional": {"granted": True},
    "write_note": {"text": "We look at the postings together next week.", "shared": True},
    "let_counselor": {"counselor_id": ID, "until": "2026-12-31", "actions": ["plans.change"]},
    "ask_confirmation": {
        "record_id": ID,
        "organization": "Company A",
        "contact": "office@company-a.example",
        "parts": ["title", "dates"],
    },
}

BY_NAME: dict[str, Any] = {
    "id": ID,
    "record_id": ID,
    "code": "29-1141.00",
    "role_code": "29-1141.00",
    "goal_code": "29-1141.00",
    "title": "Registered Nurses",
    "job_family": "Healthcare Practitioners and Technical Occupations",
    "skill": "monitor patients",
    "name": "monitor patients",
    "uri": SKILL,
    "skill_uri": SKILL,
    "area_code": "0044060",
    "elsewhere_code": "99",
    "email": "pete@example.org",
    "locale": "en",
    "link": "https://wallet.example.org/s/AAAAAAAAAAAAAAAAAAAAAA",
    "url": "https://wallet.example.org/s/AAAAAAAAAAAAAAAAAAAAAA",
}
"""What stands in an answer's example under a name; anything else is made up by its kind."""
BY_FORMAT = {"date": "2026-11-28", "date-time": "2026-11-28T19:40:00Z"}
BY_TYPE: dict[str, Any] = {"string": "text", "integer": 1, "number": 0.5, "boolean": True, "null": None}


def answer(schema: dict[str, Any], shapes: dict[str, Any], name: str = "") -> Any:
    """Return something that has the shape of an answer.

    Parameters
    ----------
    schema, shapes : dict
        JSON Schema of it, and those that it points at by their last name.
    """
    if "$ref" in schema:
        return answer(shapes[schema["$ref"].rpartition("/")[2]], shapes, name)
    if "anyOf" in schema:
        told = next((one for one in schema["anyOf"] if one.get("type") != "null"), schema["anyOf"][0])
        return answer(told, shapes, name)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if "properties" in schema:
        return {key: answer(one, shapes, key) for key, one in schema["properties"].items()}
    kind = schema.get("type")
    if kind == "array":
        return [answer(schema["items"], shapes, name)] if "items" in schema else []
    if kind == "object":
        return {}
    if kind == "string" and name in BY_NAME and "format" not in schema:
        return BY_NAME[name]
    return BY_FORMAT.get(schema.get("format", ""), BY_TYPE.get(str(kind)))

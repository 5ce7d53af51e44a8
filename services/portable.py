"""Everything a person has, taken out in one file: complete as JSON, and in the formats of others.

The complete file carries a seal: a keyed hash over all of it and the account's e-mail address. By it this
installation knows its own file again, and takes over what it found out before; a file without a good
seal is somebody's word, and whatever in it is signed is verified anew.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import hmac
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from accounts.actor import Actor
from accounts.permissions import Action, require
from services.wallet_export import CREDENTIALS
from wallet.confirmations import ConfirmationStore
from wallet.document import Document, Form
from wallet.errors import Unreadable
from wallet.jsonld import CREDENTIALS_V2
from wallet.parse import read
from wallet.portable import told
from wallet.record import RecordKind, WalletRecord
from wallet.store import WalletStore

FORMAT = "waymark-export/1"
FORMATS = {"json": "waymark.json", "csv": "waymark-csv.zip", "json-resume": "resume.json", "clr": "clr.json"}
CLR_CONTEXTS = (
    CREDENTIALS_V2,
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
ENTRY = "urn:waymark:entry"
"""Names the member in which an entry stands with nothing left out, as JSON of its own (``@json``)."""
OWN_MEMBER = "x-waymark"
COLUMNS = (
    *("record", "kind", "title", "issuer", "description", "issued_on", "ended_on", "expires_on", "hours"),
    *("number", "standing", "form", "original_name", "place", "hidden", "declined", "dispute", "file"),
)
SKILL_COLUMNS = ("record", "uri", "label", "level", "state", "source", "score", "words")
# What a spreadsheet would take for a formula gets an apostrophe before it, and one more where it had one.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


class ExportService:
    """The verb of taking everything out.

    Parameters
    ----------
    wallets : WalletStore
    confirmations : ConfirmationStore
    account : callable
        Gives, for an actor, what is kept beside the wallet, each part asked for with permission.
    key : bytes
        Makes the seal.
    now : callable
        The clock.
    """

    def __init__(
        self,
        wallets: WalletStore,
        confirmations: ConfirmationStore,
        account: Callable[[Actor], Mapping[str, Any]],
        key: bytes,
        now: Callable[[], datetime],
    ) -> None:
        self._wallets = wallets
        self._confirmations = confirmations
        self._account = account
        self._key = key
        self._now = now

    def export(self, actor: Actor, form: str = "json") -> bytes:
        """Return the file in one of ``FORMATS``."""
        require(actor, Action.WALLET_READ, actor.person_id)
        require(actor, Action.ACCOUNT_READ, actor.person_id)
        make = {"json": self._json, "csv": self._csv, "json-resume": self._resume, "clr": self._clr}[form]
        return make(actor)

    def _json(self, actor: Actor) -> bytes:
        held = json.loads(_text(self._everything(actor)))
        held["seal"] = seal(self._key, held["account"]["email"], held)
        return _text(held)

    def _everything(self, actor: Actor) -> dict[str, Any]:
        person = str(actor.person_id)
        files: dict[str, str] = {}
        records = []
        for record, content in self._records(person):
            name = ""
            if content is not None:
                name = hashlib.sha256(content).hexdigest()
                files[name] = base64.b64encode(content).decode()
            records.append({**told(record), "why": str(record.why or ""), "file": name})
        return {
            "format": FORMAT,
            "made_at": self._now().isoformat(),
            **self._account(actor),
            "records": records,
            "files": files,
            "confirmations": self._confirmations.rows(person),
            "set_aside_skills": sorted(self._wallets.hidden(person)),
            "first_skills": list(self._wallets.showcase(person)),
            "notices": [asdict(one) for one in self._wallets.notices(person)],
        }

    def _records(self, person: str) -> list[tuple[WalletRecord, bytes | None]]:
        """The records with their files, in the order they came."""
        records = sorted(self._wallets.records(person), key=lambda one: (one.created_at, one.id))
        return [(record, self._wallets.original(person, record.id)) for record in records]

    def _csv(self, actor: Actor) -> bytes:
        held = self._account(actor)
        kept, names = io.BytesIO(), {}
        records = self._records(str(actor.person_id))
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
            for _record, content in records:
                if content is not None and content not in names:
                    names[content] = f"originals/{hashlib.sha256(content).hexdigest()[:16]}"
                    archive.writestr(names[content], content)
            rows, skills = [], []
            for record, content in records:
                said = {
                    **told(record),
                    "record": record.id,
                    "file": names.get(content, "") if content else "",
                }
                rows.append([said[name] for name in COLUMNS])
                listed = {one.uri: {**asdict(one), "state": "accepted"} for one in record.skills}
                listed |= {one.uri: asdict(one) for one in record.proposals}
                skills += [
                    [record.id, *(one.get(name) for name in SKILL_COLUMNS[1:])] for one in listed.values()
                ]
            archive.writestr("records.csv", table(COLUMNS, rows))
            archive.writestr("skills.csv", table(SKILL_COLUMNS, skills))
            archive.writestr("careers.csv", table(("role_code", "area_code"), held["careers"]))
            archive.writestr(
                "plans.csv",
                table(
                    ("plan", "name", "role_code", "uri", "label"),
                    (
                        [one["id"], one["name"], one["role_code"], *skill]
                        for one in held["plans"]
                        for skill in one["skills"]
                    ),
                ),
            )
            archive.writestr(
                "pathways.csv",
                table(
                    ("goal_code", "stones", "area_code"),
                    (
                        [one["goal_code"], " ".join(one["stones"]), one["area_code"]]
                        for one in held["pathways"]
                    ),
                ),
            )
        return kept.getvalue()

    def _resume(self, actor: Actor) -> bytes:
        account = self._account(actor)["account"]
        resume: dict[str, Any] = {
            "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
            "basics": {"name": account["name"], "email": account["email"]},
            **{name: [] for name in ("work", "volunteer", "education", "certificates", "skills", "projects")},
            "meta": {"version": "v1.0.0", "lastModified": self._now().strftime("%Y-%m-%dT%H:%M:%S")},
        }
        for record, content in self._records(str(actor.person_id)):
            if record.replaced_by or record.declined or record.hidden:
                continue
            section, entry = _resume_entry(record)
            entry = {name: value for name, value in entry.items() if value not in (None, "", [])}
            entry[OWN_MEMBER] = told(record) if content is None else {"file": record.original_name or "file"}
            resume[section].append(entry)
        return _text(resume)

    def _clr(self, actor: Actor) -> bytes:
        account = self._account(actor)["account"]
        parts: list[Any] = []
        for record, content in self._records(str(actor.person_id)):
            if content is None:
                parts.append(_own_credential(record, account["name"]))
                continue
            for one in _credentials(content):
                if one not in parts:
                    parts.append(one)
        now = self._now().strftime("%Y-%m-%dT%H:%M:%SZ")
        return _text(
            {
                "@context": [*CLR_CONTEXTS, {"entry": {"@id": ENTRY, "@type": "@json"}}],
                "id": f"urn:uuid:{_uuid(account['email'] + now)}",
                "type": ["VerifiableCredential", "ClrCredential"],
                "name": account["name"],
                "issuer": {
                    "id": f"urn:uuid:{_uuid(account['email'])}",
                    "type": ["Profile"],
                    "name": account["name"],
                },
                "validFrom": now,
                "credentialSubject": {
                    "type": ["ClrSubject"],
                    "identifier": [
                        {
                            "type": "IdentityObject",
                            "hashed": False,
                            "identityHash": account["email"],
                            "identityType": "emailAddress",
                        }
                    ],
                    "verifiableCredential": parts,
                },
            }
        )


def seal(key: bytes, email: str, held: Mapping[str, Any]) -> str:
    """Return the keyed hash by which an installation knows its own file of one account again."""
    said = {name: value for name, value in held.items() if name != "seal"}
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    told_of = b"export\0" + email.casefold().encode() + b"\0" + hashlib.sha256(canonical.encode()).digest()
    return hmac.digest(key, told_of, "sha256").hex()


def table(columns: tuple[str, ...], rows: Any) -> str:
    """Return rows as CSV (RFC 4180) that a spreadsheet runs no formula of; ``cells`` reads it back."""
    written = io.StringIO()
    to = csv.writer(written)
    to.writerow(columns)
    for row in rows:
        to.writerow([_cell(value) for value in row])
    return written.getvalue()


def cells(text: str) -> list[dict[str, str]]:
    """Return the rows of a table that ``table`` wrote."""
    return [
        {name: _plain_cell(value or "") for name, value in row.items() if name is not None}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    said = "" if value is None else str(getattr(value, "value", value))
    return f"'{said}" if said.startswith(FORMULA) and not isinstance(value, int | float) else said


def _plain_cell(said: str) -> str:
    return said[1:] if said.startswith("'") else said


def _resume_entry(record: WalletRecord) -> tuple[str, dict[str, Any]]:
    began, ended = _day(record.issued_on), _day(record.ended_on)
    skills = [one.label for one in record.skills]
    if record.kind in (RecordKind.EMPLOYMENT, RecordKind.MILITARY):
        return "work", {
            "name": record.issuer,
            "position": record.title,
            "startDate": began,
            "endDate": ended,
            "summary": record.description,
        }
    if record.kind is RecordKind.VOLUNTEER:
        return "volunteer", {
            "organization": record.issuer,
            "position": record.title,
            "startDate": began,
            "endDate": ended,
            "summary": record.description,
        }
    if record.kind is RecordKind.EDUCATION:
        return "education", {
            "institution": record.issuer,
            "area": record.title,
            "startDate": began,
            "endDate": ended,
            "courses": [record.description] if record.description else [],
        }
    if record.kind in (RecordKind.GIG, RecordKind.CARING):
        return "projects", {
            "name": record.title,
            "entity": record.issuer,
            "description": record.description,
            "startDate": began,
            "endDate": ended,
            "keywords": skills,
        }
    if record.kind is RecordKind.CLAIM:
        return "skills", {"name": record.title}
    return "certificates", {
        "name": record.title,
        "issuer": record.issuer,
        "date": began,
        "summary": record.description,
    }


def _own_credential(record: WalletRecord, name: str) -> dict[str, Any]:
    """An entry without a file, as an unsigned credential: nobody's word but the person's."""
    achievement: dict[str, Any] = {
        "id": f"urn:uuid:{_uuid('achievement' + record.id)}",
        "type": ["Achievement"],
        "achievementType": _ACHIEVEMENT_TYPES.get(record.kind, f"ext:{record.kind.value.title()}"),
        "name": record.title,
        "description": record.description or record.title,
        "criteria": {"narrative": record.description or record.title},
    }
    if record.skills:
        achievement["alignment"] = [
            {"type": ["Alignment"], "targetName": one.label, "targetUrl": one.uri} for one in record.skills
        ]
    if record.issuer:
        achievement["creator"] = {
            "id": f"urn:uuid:{_uuid(record.issuer)}",
            "type": ["Profile"],
            "name": record.issuer,
        }
    subject: dict[str, Any] = {"type": ["AchievementSubject"], "name": name, "achievement": achievement}
    for member, day in (("activityStartDate", record.issued_on), ("activityEndDate", record.ended_on)):
        if day is not None:
            subject[member] = f"{day.isoformat()}T00:00:00Z"
    if record.number:
        subject["licenseNumber"] = record.number
    credential: dict[str, Any] = {
        "@context": [CREDENTIALS_V2, CLR_CONTEXTS[2], {"entry": {"@id": ENTRY, "@type": "@json"}}],
        "id": f"urn:uuid:{_uuid(record.id)}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": record.title,
        "issuer": {"id": f"urn:uuid:{_uuid(name)}", "type": ["Profile"], "name": name},
        "validFrom": record.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "credentialSubject": subject,
        "entry": told(record),
    }
    if record.expires_on is not None:
        credential["validUntil"] = f"{record.expires_on.isoformat()}T23:59:59Z"
    return credential


_ACHIEVEMENT_TYPES = {
    RecordKind.CREDENTIAL: "Certificate",
    RecordKind.EDUCATION: "LearningProgram",
    RecordKind.LICENCE: "License",
    RecordKind.VOLUNTEER: "CommunityService",
    RecordKind.CLAIM: "Competency",
}
"""Of Open Badges 3.0; what has none there is an extension of it (``ext:``)."""


def _credentials(content: bytes) -> list[Any]:
    try:
        return list(_inside(read(content)))
    except Unreadable:
        return []


def _inside(document: Document) -> Any:
    """Each verifiable credential as it was signed: JSON, or its token."""
    if document.form in CREDENTIALS and document.form is not Form.BUNDLE:
        yield document.token or document.value
        return
    for part in document.parts:
        yield from _inside(part)


def _uuid(text: str) -> str:
    made = hashlib.sha256(text.encode()).hexdigest()
    return f"{made[:8]}-{made[8:12]}-8{made[13:16]}-8{made[17:20]}-{made[20:32]}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _text(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain).encode(errors="surrogatepass")


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset | set) else str(value)

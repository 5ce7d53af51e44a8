"""What somebody took out once comes in again: records, decisions, own entries, careers, plans.

Nothing that a file says of itself is believed: what is signed is verified anew, and the rest is the word
of whoever brings it. Only a file with this installation's own seal for this account's address is taken
over as it was. What was a yes to somebody (links, applications, counselors) is not said again by a file.
"""

from __future__ import annotations

import base64
import binascii
import csv
import hmac
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Literal
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from accounts.actor import Account, Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.kept_pathways import KeptPathwayStore
from accounts.permissions import Action, require
from accounts.plans import PlanStore
from graph.model import Standing
from services.pathways import MOST_KEPT
from services.people import PeopleService
from services.plans import MOST_PLANS, MOST_SKILLS
from services.portable import FORMAT, OWN_MEMBER, cells, seal
from services.records import (
    LARGEST_WALLET,
    MOST_RECORDS,
    BroughtIn,
    Checking,
    FileRefused,
    FileTooLarge,
    RecordService,
)
from wallet.confirmations import ConfirmationStore
from wallet.errors import Unreadable
from wallet.parse import bundle, read
from wallet.portable import proposal_of, record_of
from wallet.proposal import Proposal, ProposalSource
from wallet.record import RecordedSkill, RecordKind, WalletRecord
from wallet.store import WalletStore
from wallet.succession import with_proposals

LARGEST = 64 * 1024 * 1024

Uri = Annotated[str, Field(min_length=1, max_length=255)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None
Share = Annotated[float, Field(ge=0, le=1)] | None
Code = Annotated[str, Field(pattern=r"^\d{2}-\d{4}\.\d{2}$")]
Area = Annotated[str, Field(pattern=r"^(\d{5}|\d{7})$")] | None


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class TakenSkill(_Part):
    """A skill of a record."""

    uri: Uri
    label: Annotated[str, Field(max_length=500)]
    level: Share = None


class TakenProposal(TakenSkill):
    """A skill that was read out of a record, with what was decided."""

    source: Literal["alignment", "text", "person"] = "person"
    score: Share = None
    words: Annotated[str, Field(max_length=5000)] = ""
    state: Literal["proposed", "accepted", "rejected"] = "proposed"


class TakenRecord(_Part):
    """A record, as far as a stranger's word about it goes."""

    id: Annotated[str, Field(max_length=64)] = ""
    kind: RecordKind
    title: Annotated[str, Field(min_length=1, max_length=500)]
    issuer: Annotated[str, Field(max_length=300)] = ""
    description: Annotated[str, Field(max_length=20_000)] = ""
    issued_on: Day = None
    ended_on: Day = None
    expires_on: Day = None
    hours: Annotated[float, Field(gt=0, le=200_000)] | None = None
    number: Annotated[str, Field(max_length=200)] = ""
    form: Annotated[str, Field(max_length=16)] = ""
    original_name: Annotated[str, Field(max_length=200)] = ""
    place: Annotated[int, Field(ge=0, le=10_000)] = 0
    hidden: bool = False
    declined: bool = False
    dispute: Annotated[str, Field(max_length=1000)] = ""
    replaced_by: Annotated[str, Field(max_length=64)] = ""
    created_at: Annotated[str, Field(max_length=40)] = ""
    skills: Annotated[list[TakenSkill], Field(max_length=500)] = []
    proposals: Annotated[list[TakenProposal], Field(max_length=500)] = []
    file: Annotated[str, Field(max_length=100)] = ""


class TakenPlan(_Part):
    """Skills that somebody means to gain."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    role_code: Code | Literal[""] = ""
    skills: Annotated[
        list[tuple[Uri, Annotated[str, Field(max_length=500)]]], Field(min_length=1, max_length=MOST_SKILLS)
    ]


class TakenPathway(_Part):
    """A way to a role that somebody chose."""

    goal_code: Code
    stones: Annotated[list[Code], Field(max_length=5)] = []
    area_code: Area = None


class TakenReport(_Part):
    """What somebody said is wrong with a role."""

    role_code: Code
    kind: Literal["wrong", "missing"]
    skill_uri: Annotated[str, Field(max_length=255)] = ""
    chosen_uri: Annotated[str, Field(max_length=255)] = ""
    words: Annotated[str, Field(max_length=500)] = ""
    state: Annotated[str, Field(max_length=20)] = ""


class TakenAccount(_Part):
    """What of an account is taken over where the new one has none."""

    area_code: Area = None


class Taken(_Part):
    """A file that was taken out."""

    account: TakenAccount = TakenAccount()
    reports: Annotated[list[TakenReport], Field(max_length=1000)] = []
    records: Annotated[list[TakenRecord], Field(max_length=MOST_RECORDS)] = []
    files: dict[str, str] = {}
    careers: Annotated[list[tuple[Code, Area]], Field(max_length=12)] = []
    plans: Annotated[list[TakenPlan], Field(max_length=MOST_PLANS)] = []
    pathways: Annotated[list[TakenPathway], Field(max_length=MOST_KEPT)] = []
    set_aside_skills: Annotated[list[Uri], Field(max_length=5000)] = []
    first_skills: Annotated[list[Uri], Field(max_length=10)] = []


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What came of a file.

    Attributes
    ----------
    records, there, refused : int
        New here, here already, and not kept because they are not as they were signed.
    careers, plans, pathways, confirmations : int
        How many of each were taken over.
    sealed : bool
        Whether it was this installation's own file of this account, so that standings were taken over.
    """

    records: int = 0
    there: int = 0
    refused: int = 0
    careers: int = 0
    plans: int = 0
    pathways: int = 0
    confirmations: int = 0
    sealed: bool = False


class ImportService:
    """The verb of bringing back.

    Parameters
    ----------
    wallets : WalletStore
    confirmations : ConfirmationStore
    people : PeopleService
    plans : PlanStore
    pathways : KeptPathwayStore
    records_for : callable
        Gives the way in for ordinary files, for an actor.
    checking : callable
        Gives what records are checked with.
    reports : callable
        Gives the verbs about reports.
    key : bytes
        Makes the seal.
    """

    def __init__(
        self,
        wallets: WalletStore,
        confirmations: ConfirmationStore,
        people: PeopleService,
        plans: PlanStore,
        pathways: KeptPathwayStore,
        records_for: Callable[[Actor], RecordService],
        checking: Callable[[], Checking],
        reports: Callable[[], Any],
        key: bytes,
    ) -> None:
        self._wallets = wallets
        self._confirmations = confirmations
        self._people = people
        self._plans = plans
        self._pathways = pathways
        self._records_for = records_for
        self._checking = checking
        self._reports = reports
        self._key = key

    def bring_back(self, actor: Actor, content: bytes, name: str = "") -> BroughtBack:
        """Take over what a file holds, in any format that was given out, or any that a wallet reads.

        Raises
        ------
        FileRefused, FileTooLarge, Busy
            Then nothing was kept.
        """
        for action in (
            Action.WALLET_READ,
            Action.WALLET_CHANGE,
            Action.CAREERS_CHANGE,
            Action.PLANS_CHANGE,
            Action.ACCOUNT_READ,
            Action.ACCOUNT_CHANGE,
        ):
            require(actor, action, actor.person_id)
        if len(content) > LARGEST:
            raise FileTooLarge(_("This file is too large. Up to 64 MB can be brought back at once."))
        held = _held(content)
        if held is None:
            return _counted(self._records_for(actor).bring_in(content, name))
        account = self._people.account(actor)
        taken = _checked(held)
        if self._own_file(held, account):
            return self._take_over(actor, account, taken, held)
        return self._take_word(actor, account, taken)

    def _own_file(self, held: dict[str, Any], account: Account) -> bool:
        said = held.get("seal")
        return isinstance(said, str) and hmac.compare_digest(
            said.encode(errors="replace"), seal(self._key, account.email, held).encode()
        )

    def _take_over(self, actor: Actor, account: Account, taken: Taken, held: dict[str, Any]) -> BroughtBack:
        """Our own file: every record as it was, with what was found out about it."""
        person, now_here, ids = str(actor.person_id), 0, {}
        files = {name: _bytes(said) for name, said in taken.files.items()}
        self._room(person, len(taken.records), files.values())
        for said in held["records"]:
            record = replace(record_of(said), id=uuid4().hex)
            kept = self._wallets.add(person, record, files.get(said["file"]))
            ids[said["id"]] = kept.id
            now_here += kept.id == record.id
        for said in held["records"]:
            if said["replaced_by"] in ids:
                older = self._wallets.record(person, ids[said["id"]])
                if older is not None:
                    self._wallets.change(person, replace(older, replaced_by=ids[said["replaced_by"]]))
        confirmed = sum(
            self._confirmations.restore(person, one, ids) for one in held.get("confirmations", ())
        )
        return replace(
            self._beside(actor, account, taken),
            records=now_here,
            there=len(ids) - now_here,
            confirmations=confirmed,
            sealed=True,
        )

    def _take_word(self, actor: Actor, account: Account, taken: Taken) -> BroughtBack:
        """Somebody's file: what is signed is verified anew, the rest is the person's own word."""
        person = str(actor.person_id)
        came: list[BroughtIn] = []
        self._room(person, len(taken.records), ())
        service, checking = self._records_for(actor), self._checking()
        by_file: dict[str, list[TakenRecord]] = {}
        for one in taken.records:
            if one.file:
                by_file.setdefault(one.file, []).append(one)
        # Each file before any is kept, so that a broken one leaves nothing behind.
        files = {name: _bytes(taken.files.get(name, "")) for name in by_file}
        for content in files.values():
            _readable(content)
        new = there = 0
        for one in taken.records:
            if one.file:
                if one.file in files:
                    found = service.bring_in(files.pop(one.file), one.original_name)
                    came += found
                    for said in by_file[one.file]:
                        self._decide_again(person, checking, said, found)
                continue
            record = _own_word(one)
            kept = self._wallets.add(person, record)
            new, there = new + (kept.id == record.id), there + (kept.id != record.id)
        counted = _counted(came)
        return replace(
            self._beside(actor, account, taken),
            records=counted.records + new,
            there=counted.there + there,
            refused=counted.refused,
        )

    def _decide_again(
        self, person: str, checking: Checking, said: TakenRecord, found: Iterable[BroughtIn]
    ) -> None:
        """What the person decided about a record that is new here, once more."""
        record = next(
            (
                one.record
                for one in found
                if one.outcome in ("new", "newer") and one.record.place == said.place
            ),
            None,
        )
        if record is None:
            return
        decided = {one.uri: one for one in map(_proposal, said.proposals)}
        proposals = [
            replace(one, state=decided[one.uri].state) if one.uri in decided else one
            for one in record.proposals
        ]
        had = {one.uri for one in proposals}
        missing = [one for one in decided.values() if one.uri not in had]
        published = checking.published(one.uri for one in missing) if checking.labor is not None else None
        for one in missing:
            # That a credential names a statement is what the credential says, not what a file says of it.
            if published is None or one.uri in published:
                source = ProposalSource.PERSON if one.source is ProposalSource.ALIGNMENT else one.source
                proposals.append(replace(one, source=source))
        changed = replace(
            with_proposals(record, proposals),
            hidden=said.hidden,
            declined=said.declined and bool(record.sender),
            dispute=said.dispute,
        )
        self._wallets.change(person, changed)

    def _beside(self, actor: Actor, account: Account, taken: Taken) -> BroughtBack:
        """What stands beside the records."""
        person = str(actor.person_id)
        if account.area_code is None and taken.account.area_code is not None:
            self._people.set_area(actor, taken.account.area_code)
        for one in taken.reports:
            # What was decided meanwhile, or is about what no role requires any more, is not said again.
            if one.state == "open" and Action.REPORTS_MAKE.value in (
                actor.limited_to or {Action.REPORTS_MAKE}
            ):
                with suppress(PersonError):
                    self._reports().make(
                        actor,
                        one.role_code,
                        one.kind,
                        skill=one.skill_uri,
                        words=one.words,
                        chosen=one.chosen_uri,
                    )
        for uri in taken.set_aside_skills:
            self._wallets.hide_skill(person, uri)
        if taken.first_skills:
            first = dict.fromkeys((*self._wallets.showcase(person), *taken.first_skills))
            self._wallets.put_showcase(person, list(first)[:10])
        chosen = {code for code, _area in self._people.chosen_careers(actor)}
        careers = plans = pathways = 0
        for code, area in taken.careers:
            if code not in chosen and len(chosen) < 12:
                self._people.choose_career(actor, code, area)
                chosen.add(code)
                careers += 1
        planned = {(frozenset(one.skills), one.role_code) for one in self._plans.of(person)}
        for plan in reversed(taken.plans):
            if (frozenset(plan.skills), plan.role_code) not in planned:
                kept = self._plans.keep(person, plan.name, tuple(plan.skills), plan.role_code, MOST_PLANS)
                plans += kept is not None
        known = {(one.goal_code, one.stones) for one in self._pathways.of(person)}
        for way in reversed(taken.pathways):
            stones = tuple(way.stones)
            if (way.goal_code, stones) not in known:
                new = self._pathways.keep(person, way.goal_code, stones, way.area_code, MOST_KEPT)
                pathways += new is not None
        return BroughtBack(careers=careers, plans=plans, pathways=pathways)

    def _room(self, person: str, records: int, files: Iterable[bytes]) -> None:
        count, size = self._wallets.size(person)
        if count + records > MOST_RECORDS:
            raise FileTooLarge(
                _("Your wallet is full: it holds %(most)d records. Remove some first."), most=MOST_RECORDS
            )
        if size + sum(map(len, files)) > LARGEST_WALLET:
            raise FileTooLarge(_("Your wallet is full: it holds 200 MB of files. Remove some first."))


def _held(content: bytes) -> dict[str, Any] | None:
    """What a file of ours says, or ``None`` for any other."""
    if b"\\u0000" in content:
        raise FileRefused(_("There is nothing in this file that a wallet could keep."))
    if bundle.is_bundle(content):
        return _from_tables(content)
    try:
        value = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    if value.get("format") == FORMAT:
        return value
    return _from_resume(value) or _from_clr(value, content)


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _from_resume(value: dict[str, Any]) -> dict[str, Any] | None:
    """The entries of a résumé that we wrote. What came from a file is only named in it, and left out."""
    entries = [
        one[OWN_MEMBER]
        for section in value.values()
        if isinstance(section, list)
        for one in section
        if isinstance(one, dict) and isinstance(one.get(OWN_MEMBER), dict)
    ]
    if not entries:
        return None
    return {"records": [one for one in entries if "kind" in one]}


def _from_clr(value: dict[str, Any], content: bytes) -> dict[str, Any] | None:
    """The entries of a CLR that we wrote, and each credential in it as a file of its own."""
    subject = value.get("credentialSubject")
    parts = subject.get("verifiableCredential") if isinstance(subject, dict) else None
    if "proof" in value or not isinstance(parts, list):
        return None
    if not any(isinstance(one, dict) and "proof" not in one and "entry" in one for one in parts):
        return None
    records: list[dict[str, Any]] = []
    files: dict[str, str] = {}
    for place, one in enumerate(parts):
        if isinstance(one, dict) and "proof" not in one and isinstance(one.get("entry"), dict):
            records.append({**one["entry"], "file": ""})
            continue
        text = one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)
        files[str(place)] = base64.b64encode(text.encode(errors="replace")).decode()
        records.append({"kind": "credential", "title": "-", "file": str(place)})
    return {"records": records, "files": files}


def _from_tables(content: bytes) -> dict[str, Any] | None:
    """The tables of a zip that we wrote, or ``None`` for a zip of anything else."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {one.filename: one.file_size for one in archive.infolist()}
            if "records.csv" not in names:
                return None
            if len(names) > MOST_RECORDS + 10 or sum(names.values()) > LARGEST_WALLET:
                raise FileTooLarge(_("This file is too large. Up to 64 MB can be brought back at once."))
            parts = {name: archive.read(name) for name in names}
        tables = {
            name: cells(parts[f"{name}.csv"].decode("utf-8-sig").replace("\0", ""))
            if f"{name}.csv" in parts
            else []
            for name in ("records", "skills", "careers", "plans", "pathways")
        }
    except (
        zipfile.BadZipFile,
        RuntimeError,
        NotImplementedError,
        UnicodeDecodeError,
        EOFError,
        OSError,
        csv.Error,
        zlib.error,
    ):
        raise _not_ours("records.csv") from None
    skills: dict[str, list[dict[str, Any]]] = {}
    for row in tables["skills"]:
        said = {name: value or None for name, value in row.items() if name in ("level", "score")}
        skills.setdefault(row.get("record", ""), []).append({**row, **said})
    records = []
    for row in tables["records"]:
        own = skills.get(row.get("record", ""), [])
        empty = {name: row.get(name) or None for name in ("issued_on", "ended_on", "expires_on", "hours")}
        records.append(
            {
                **row,
                **empty,
                "id": row.get("record", ""),
                "place": row.get("place") or 0,
                "hidden": row.get("hidden") == "true",
                "declined": row.get("declined") == "true",
                "skills": [one for one in own if one.get("state") == "accepted"],
                "proposals": [one for one in own if one.get("source")],
            }
        )
    plans: dict[str, dict[str, Any]] = {}
    for row in tables["plans"]:
        plan = plans.setdefault(row.get("plan", ""), {**row, "skills": []})
        plan["skills"].append((row.get("uri"), row.get("label")))
    return {
        "records": records,
        "files": {
            name: base64.b64encode(part).decode()
            for name, part in parts.items()
            if name.startswith("originals/")
        },
        "careers": [(row.get("role_code"), row.get("area_code") or None) for row in tables["careers"]],
        "plans": list(plans.values()),
        "pathways": [
            {**row, "stones": row.get("stones", "").split(), "area_code": row.get("area_code") or None}
            for row in tables["pathways"]
        ],
    }


def _checked(held: dict[str, Any]) -> Taken:
    try:
        return Taken.model_validate(held)
    except ValidationError as error:
        where = error.errors(include_input=False, include_context=False, include_url=False)[0]["loc"]
        raise _not_ours(".".join(str(part) for part in where)[:80]) from None


def _not_ours(where: str) -> FileRefused:
    return FileRefused(
        _("This looks like a file that was taken out here, but cannot be read at “%(where)s”."), where=where
    )


def _bytes(said: str) -> bytes:
    try:
        return base64.b64decode(said, validate=True)
    except (binascii.Error, ValueError):
        raise _not_ours("files") from None


def _readable(content: bytes) -> None:
    try:
        read(content)
    except Unreadable as problem:
        raise FileRefused(problem.sentence.message, **problem.sentence.values) from None


def _proposal(said: TakenProposal) -> Proposal:
    return proposal_of(said.model_dump())


def _own_word(said: TakenRecord) -> WalletRecord:
    """A record without a file: nobody's word but the person's, whatever the file says of its standing."""

    def day(text: str | None) -> date | None:
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise _not_ours(text or "") from None

    plain = {
        name: getattr(said, name)
        for name in ("kind", "title", "issuer", "description", "hours", "number", "hidden", "dispute")
    }
    record = WalletRecord(
        **plain,
        standing=Standing.SELF_ASSERTED,
        issued_on=day(said.issued_on),
        ended_on=day(said.ended_on),
        expires_on=day(said.expires_on),
        form="" if said.kind is RecordKind.CLAIM else "hand",
    )
    return replace(
        record,
        skills=tuple({one.uri: RecordedSkill(one.uri, one.label, one.level) for one in said.skills}.values()),
        proposals=tuple({one.uri: _proposal(one) for one in said.proposals}.values()),
    )


def _counted(came: Iterable[BroughtIn]) -> BroughtBack:
    outcomes = [one.outcome for one in came]
    new = sum(one in ("new", "newer") for one in outcomes)
    refused = outcomes.count("refused")
    return BroughtBack(records=new, refused=refused, there=len(outcomes) - new - refused)

"""The invented people of ``demo/*.toml``: made once, and brought back to what their file says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from accounts.consent import ConsentKind
from accounts.consents import ConsentStore
from accounts.passwords import DEMO_PASSWORD, Passwords
from accounts.postings import NewPosting, PostingStore
from accounts.roles import PersonRole
from accounts.store import NewPerson, PersonStore
from database import utc_now
from graph.model import Standing, Wanted
from services.consents import COUNSELOR_MAY, counselor_consent, regional
from wallet.record import RecordedSkill, RecordKind, WalletRecord
from wallet.store import WalletStore

# The same person and the same record have the same id on every machine.
NAMESPACE = UUID("5a1c3a0e-6d0b-5c7e-9d38-6f2c1f6b7a11")

COUNSELOR_ACTIONS = frozenset(action.value for action in COUNSELOR_MAY)
ORDER = ("pete", "maya", "counselor", "official", "employer", "companya", "issuer", "admin")


class DemoUnreadable(ValueError):  # noqa: N818 - named as it is shown
    """A file of an invented person says something that cannot be kept; the message says what."""


@dataclass(frozen=True, slots=True)
class DemoPosting:
    """A posting of an invented employer; its last day is ``days`` from when it is made or refreshed."""

    id: str
    title: str
    wanted: tuple[Wanted, ...]
    days: int
    description: str = ""
    role_code: str = ""
    wage: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class DemoFile:
    """What one file says of one invented person."""

    person_id: str
    email: str
    name: str
    roles: frozenset[PersonRole]
    area_code: str | None
    careers: tuple[str, ...]
    consents: tuple[str, ...]
    records: tuple[WalletRecord, ...]
    postings: tuple[DemoPosting, ...] = ()
    advised_by: str = ""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What was done about one invented person.

    ``state`` is ``made``, ``refreshed``, ``unchanged``, or ``taken`` (a real account has the
    address, and was left alone).
    """

    email: str
    name: str
    roles: frozenset[PersonRole]
    state: str


def read(folder: Path) -> tuple[DemoFile, ...]:
    """Read every file of ``folder``, in the order in which the people are shown.

    Raises
    ------
    DemoUnreadable
        Naming the file and what is wrong in it.
    """
    order = {name: place for place, name in enumerate(ORDER)}
    paths = sorted(folder.glob("*.toml"), key=lambda path: (order.get(path.stem, len(order)), path.stem))
    return tuple(_read(path) for path in paths)


def refresh(
    people: PersonStore,
    wallets: WalletStore,
    consents: ConsentStore,
    passwords: Passwords,
    files: tuple[DemoFile, ...],
    postings: PostingStore | None = None,
) -> tuple[Refreshed, ...]:
    """Make the people that are missing, and bring password and records of the others back.

    ``postings`` are made open again where they are about to end or are missing.

    What someone who tried them out added (claims, records, careers) stays. Twice is once.
    """
    done = tuple(_refresh(people, wallets, consents, passwords, file, postings) for file in files)
    for file in files:
        if file.advised_by:
            _let_advise(people, consents, file)
    return done


def _refresh(
    people: PersonStore,
    wallets: WalletStore,
    consents: ConsentStore,
    passwords: Passwords,
    file: DemoFile,
    postings: PostingStore | None,
) -> Refreshed:
    known = people.credentials(file.email)
    if known is not None and not known.actor.demo:
        return Refreshed(file.email, file.name, file.roles, "taken")
    if known is None:
        person = _make(people, consents, passwords, file)
        changed = True
    else:
        person = str(known.actor.person_id)
        changed = not passwords.verify(known.password_hash, DEMO_PASSWORD)
        if changed:
            people.set_password_hash(person, passwords.hash(DEMO_PASSWORD), end_sessions=True)
        people.grant_roles(person, file.roles)
    kept = {record.id for record in file.records}
    for record in wallets.records(person):
        if record.demo and record.id not in kept:
            wallets.remove(person, record.id)
            changed = True
    for record in file.records:
        changed = wallets.put(person, record) or changed
    if postings is not None:
        for posting in file.postings:
            changed = _post(postings, person, file.area_code, posting) or changed
    state = "made" if known is None else "refreshed" if changed else "unchanged"
    return Refreshed(file.email, file.name, file.roles, state)


def _make(people: PersonStore, consents: ConsentStore, passwords: Passwords, file: DemoFile) -> str:
    people.add(
        NewPerson(
            id=file.person_id,
            email=file.email,
            name=file.name,
            password_hash=passwords.hash(DEMO_PASSWORD),
            roles=file.roles,
            area_code=file.area_code,
            demo=True,
        )
    )
    for code in file.careers:
        people.choose_career(file.person_id, code, file.area_code, most=len(file.careers))
    if ConsentKind.REGIONAL in file.consents:
        consents.grant(file.person_id, regional("en"))
    return file.person_id


def _let_advise(people: PersonStore, consents: ConsentStore, file: DemoFile) -> None:
    """Let the counselor of the file advise its person, once: what somebody took back stays taken back."""
    person, counselor = people.credentials(file.email), people.credentials(file.advised_by)
    if person is None or counselor is None or not (person.actor.demo and counselor.actor.demo):
        return
    own, other = str(person.actor.person_id), str(counselor.actor.person_id)
    if any(one.kind is ConsentKind.COUNSELOR and one.grantee_id == other for one in consents.of(own)):
        return
    consents.grant(own, counselor_consent(other, counselor.actor.name, "en", COUNSELOR_ACTIONS))


def _post(postings: PostingStore, person: str, area: str | None, told: DemoPosting) -> bool:
    """Make a posting, or move its last day on; what somebody who tried it out changed of it stays."""
    kept, today = postings.get(told.id), utc_now().date()
    if kept is not None and kept.last_day >= today + timedelta(days=told.days // 2):
        return False
    last_day = today + timedelta(days=told.days)
    if kept is not None:
        return postings.extend(person, told.id, last_day)
    low, high = told.wage or (None, None)
    new = NewPosting(
        told.title,
        last_day,
        told.wanted,
        told.description,
        "role" if told.role_code else "skills",
        told.role_code,
        area,
        low,
        high,
    )
    postings.add(person, new, id=told.id, demo=True)
    return postings.publish(person, told.id, warned=False)


def _read(path: Path) -> DemoFile:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        return DemoFile(
            person_id=uuid5(NAMESPACE, told["email"]).hex,
            email=told["email"],
            name=told["name"],
            roles=frozenset(PersonRole(role) for role in told["roles"]),
            area_code=told.get("area"),
            careers=tuple(told.get("careers", ())),
            consents=tuple(told.get("consents", ())),
            records=tuple(_records(told["email"], told.get("records", ()))),
            postings=tuple(_postings(told["email"], told.get("postings", ()))),
            advised_by=told.get("advised_by", ""),
        )
    except KeyError as error:
        raise DemoUnreadable(f"{path.name}: {error.args[0]!r} is missing.") from error
    except (ValueError, TypeError) as error:
        raise DemoUnreadable(f"{path.name}: {error}") from error


def _records(email: str, told: list[dict[str, Any]]) -> Iterator[WalletRecord]:
    for entry in told:
        fields = dict(entry)
        key, skills = fields.pop("key"), fields.pop("skills", {})
        yield WalletRecord(
            id=uuid5(NAMESPACE, f"{email}/{key}").hex,
            kind=RecordKind(fields.pop("kind")),
            standing=Standing(fields.pop("standing")),
            skills=tuple(RecordedSkill(uri, label) for label, uri in skills.items()),
            demo=True,
            **fields,
        )


def _postings(email: str, told: list[dict[str, Any]]) -> Iterator[DemoPosting]:
    for entry in told:
        wanted = [
            Wanted(uri, label, must=kind == "must", preferred=kind == "preferred")
            for kind in ("must", "required", "preferred")
            for label, uri in entry.get(kind, {}).items()
        ]
        yield DemoPosting(
            id=uuid5(NAMESPACE, f"{email}/{entry['key']}").hex,
            title=entry["title"],
            wanted=tuple(wanted),
            days=entry["days"],
            description=entry.get("description", "").strip(),
            role_code=entry.get("role", ""),
            wage=tuple(entry["wage"]) if "wage" in entry else None,
        )

"""What an organization issues is verified here and elsewhere, until it takes it back."""

from __future__ import annotations

import base64
import json
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from accounts.actor import VISITOR, Actor
from accounts.errors import PermissionDenied, SignInNeeded
from accounts.passwords import DEMO_PASSWORD
from accounts.roles import PersonRole
from app import prepare_stores
from config import Settings
from database import Base, Database
from graph.model import Standing
from services.container import Services
from services.issuing import ListRefused, NoSuchThing, OfferRefused, RevokedAlready
from services.publishing import KeysAway, NotPublished
from services.wallet import SkillUnknown
from tests.careers import SmallLabor, skill
from tests.people import Clock, SystemOfRecord
from wallet.__main__ import main as command
from wallet.documents import NoDocuments
from wallet.errors import Unreadable
from wallet.issuing import PLACES, identity_hash
from wallet.issuing_store import IssuingStore, NewIssued
from wallet.key_case import KeyCase
from wallet.own_documents import OwnDocuments
from wallet.parse import read
from wallet.record import WalletRecord
from wallet.report import Report, Step, Verdict
from wallet.status import bit, unpack
from wallet.store import WalletStore
from wallet.verify import verify
from web.demo_key import with_demo_key

URL = "http://127.0.0.1:8050"
SECRET = "a secret of this very test"
LIFT = skill("lift patients").uri
PETE = "pete@example.org"
OTHER_VERSION = re.compile(rb"/ob/v3p0/context-3\.0\.[04-9]\.json")
STEP = 7
"""Every so many-th bit is flipped: at least one of every byte, and all eight in turn."""


class House:
    """One installation with an institute, an employer and a learner."""

    def __init__(self, folder: Path, secret: str = SECRET, url: str = URL) -> None:
        self.record = SystemOfRecord.in_folder(folder)
        self.clock: Clock = self.record.clock
        self.services = self.open(secret, url)
        self.pete = self.record.person("Pete")
        self.institute = self.with_role("Institute", PersonRole.ISSUER)
        self.employer = self.with_role("Employer", PersonRole.EMPLOYER)

    def open(self, secret: str = SECRET, url: str = URL) -> Services:
        """The services anew, as after a restart with these settings."""
        return Services(
            self.record.database,
            SmallLabor,
            today=lambda: self.clock().date(),
            people=self.record.service,
            now=self.clock,
            key_case=KeyCase(secret),
            public_url=url,
        )

    def with_role(self, name: str, role: PersonRole) -> Actor:
        actor = self.record.person(name)
        self.record.people.grant_roles(str(actor.person_id), {role})
        return replace(actor, roles=frozenset({role}))

    def offer(self, actor: Actor | None = None, **more: Any) -> str:
        asked = {
            "name": "Patient care",
            "description": "A course of two days.",
            "criteria": "Lift somebody safely.",
            "kind": "Certificate",
            "skills": [LIFT],
            **more,
        }
        return self.services.issuing.keep_offer(actor or self.institute, **asked).id

    def issue(self, email: str = PETE, actor: Actor | None = None, expires: str = "") -> tuple[str, dict]:
        """Issue to one person; gives the id of what was issued, and the credential."""
        self.clock.advance(seconds=1)
        who, issuing = actor or self.institute, self.services.issuing
        draft = issuing.prepare(who, self.offer(who), name="Pete", email=email, expires=expires)
        assert issuing.issue(who, draft).count == 1
        (newest, *_others), _total = issuing.issued(who)
        return newest.id, json.loads(issuing.one(who, newest.id)[1])

    def look(self, credential: Any, services: Services | None = None) -> Report:
        content = credential if isinstance(credential, bytes) else json.dumps(credential).encode()
        return verify(read(content), (services or self.services).documents, self.clock())

    def rows(self) -> str:
        """Everything in the database, as text."""
        found = []
        with self.record.database.session() as session:
            for table in Base.metadata.sorted_tables:
                found += [str(tuple(row)) for row in session.execute(select(table))]
        return "\n".join(found)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.record.close()


# What is issued


def test_what_is_issued_stands_verified_in_the_wallet_with_who_sent_it_and_its_skills(house: House):
    house.issue(expires="2027-01-01")
    (record,) = house.services.wallet_for(house.pete).records()
    assert (record.title, record.standing) == ("Patient care", Standing.VERIFIED)
    assert (record.sender, record.issuer) == ("Institute", "Institute")
    assert record.expires_on == date(2027, 1, 1)
    assert [one.name for one in record.skills] == ["lift patients"]
    (holding,) = house.services.wallet_for(house.pete).wallet().holdings
    assert (holding.skill.name, holding.standing) == ("lift patients", Standing.VERIFIED)


def test_it_is_an_open_badge_that_says_whom_it_is_for_as_a_salted_hash_only(house: House):
    _id, credential = house.issue()
    assert credential["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert credential["proof"]["cryptosuite"] == "eddsa-rdfc-2022"
    (identity,) = credential["credentialSubject"]["identifier"]
    assert identity["hashed"] is True and len(identity["salt"]) >= 16
    assert identity["identityHash"] == identity_hash(PETE, identity["salt"])
    written = json.dumps(credential)
    assert "pete" not in written.lower()
    assert identity["salt"] != house.issue()[1]["credentialSubject"]["identifier"][0]["salt"]
    (alignment,) = credential["credentialSubject"]["achievement"]["alignment"]
    assert alignment["targetUrl"] == LIFT


def test_it_verifies_on_another_machine_by_the_published_documents_alone(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    issued_id, credential = house.issue()
    did, listed = credential["issuer"]["id"], credential["credentialStatus"]["statusListCredential"]
    folder = tmp_path / "elsewhere"
    folder.mkdir()

    def verdict() -> str:
        for name, address in (("did.json", did), ("list.json", listed)):
            content = house.services.publisher.own(address)
            assert content is not None
            (folder / name).write_bytes(content)
        (folder / "index.json").write_text(json.dumps({did: "did.json", listed: "list.json"}))
        (folder / "credential.json").write_text(json.dumps(credential))
        moment = house.clock().date().isoformat() + "T12:00:00Z"
        arguments = ["verify", str(folder / "credential.json"), "--documents", str(folder), "--at", moment]
        assert command(arguments) == 0
        return str(json.loads(capsys.readouterr().out)["verdict"])

    assert verdict() == "verified"
    house.services.issuing.revoke(house.institute, issued_id, "Issued by mistake")
    assert verdict() == "revoked"


def test_a_bit_flipped_anywhere_is_invalid_or_cannot_be_read(house: House):
    _id, credential = house.issue(expires="2027-01-01")
    content = json.dumps(credential).encode()
    assert house.look(content).verdict is Verdict.VERIFIED
    for place in range(0, len(content) * 8, STEP):
        flipped = bytearray(content)
        flipped[place // 8] ^= 1 << place % 8
        try:
            verdict = house.look(bytes(flipped)).verdict
        except Unreadable:
            continue
        # Under the vocabulary of a version that is not here nobody can tell what was signed.
        later = OTHER_VERSION.search(bytes(flipped))
        allowed = {Verdict.INVALID, Verdict.UNVERIFIED} if later else {Verdict.INVALID}
        assert verdict in allowed, (place, bytes(flipped[max(0, place // 8 - 30) : place // 8 + 30]))


@pytest.mark.parametrize("word", ["lift patients", "Patient care", "Institute", "Lift somebody"])
def test_a_word_changed_is_invalid(house: House, word: str):
    _id, credential = house.issue()
    assert (
        house.look(json.dumps(credential).replace(word, "Brain surgery").encode()).verdict is Verdict.INVALID
    )


def test_an_expired_one_is_expired_after_its_last_day_and_not_on_it(house: House):
    _id, credential = house.issue(expires=house.clock().date().isoformat())
    house.clock.now = house.clock().replace(hour=23, minute=30)
    assert house.look(credential).verdict is Verdict.VERIFIED
    house.clock.advance(hours=2)
    assert house.look(credential).verdict is Verdict.EXPIRED


def test_it_names_the_person_it_is_for_and_nobody_else(house: House):
    from wallet.subject import Person

    _id, credential = house.issue()
    document = read(json.dumps(credential).encode())
    for email, passes in (("Pete@Example.org", True), ("maya@example.org", False)):
        report = verify(document, house.services.documents, house.clock(), person=Person(emails=(email,)))
        (check,) = [one for one in report.checks if one.name is Step.SUBJECT]
        assert (check.result == "passed") is passes


# Taking back


def test_a_revoked_one_is_revoked_at_once_and_its_holder_is_told(house: House):
    issued_id, credential = house.issue()
    assert house.look(credential).verdict is Verdict.VERIFIED
    house.services.issuing.revoke(house.institute, issued_id, "Issued by mistake")
    assert house.look(credential).verdict is Verdict.REVOKED
    (record,) = house.services.wallet_for(house.pete).records()
    assert record.standing is Standing.REVOKED
    wallet = house.services.wallet_for(house.pete).wallet()
    assert not [one for one in wallet.holdings if one.standing is Standing.VERIFIED]
    one, _content = house.services.issuing.one(house.institute, issued_id)
    assert one.reason == "Issued by mistake" and one.revoked_at is not None
    assert "Issued by mistake" not in json.dumps(credential)


def test_revoking_one_leaves_the_others_as_they_are(house: House):
    first, one = house.issue()
    _second, other = house.issue("maya@example.org")
    house.services.issuing.revoke(house.institute, first, "No")
    assert house.look(one).verdict is Verdict.REVOKED
    assert house.look(other).verdict is Verdict.VERIFIED


def test_it_is_revoked_once_with_a_reason(house: House):
    issued_id, _credential = house.issue()
    for reason in ("", "  \u202e ", "x" * 301):
        with pytest.raises(OfferRefused):
            house.services.issuing.revoke(house.institute, issued_id, reason)
    house.services.issuing.revoke(house.institute, issued_id, "Yes")
    with pytest.raises(RevokedAlready):
        house.services.issuing.revoke(house.institute, issued_id, "Again")


def test_the_list_has_places_enough_and_tells_nothing_by_them(house: House):
    places = [
        int(house.issue(f"p{n}@example.org")[1]["credentialStatus"]["statusListIndex"]) for n in range(30)
    ]
    assert len(set(places)) == 30 and places != sorted(places)
    assert max(places) > PLACES // 4
    _id, credential = house.issue()
    signed = json.loads(
        house.services.publisher.own(credential["credentialStatus"]["statusListCredential"]) or b""
    )
    bits = unpack(signed["credentialSubject"]["encodedList"])
    assert len(bits) * 8 >= 131_072
    # Who holds a place stands nowhere in it: a list without a revoked one is all zeros.
    assert not any(bits) and not any(bit(bits, place) for place in places)
    assert house.look(signed).verdict is Verdict.VERIFIED


def test_another_issuer_s_list_is_not_published_under_one_s_name(house: House):
    house.issue()
    mine = house.services.issuing.issuer(house.institute).id
    other = house.services.issuing.issuer(house.employer).id
    assert house.services.publisher.status_list(mine, 1)
    for issuer, number in ((other, 1), (mine, 2), ("0" * 32, 1)):
        with pytest.raises(NotPublished):
            house.services.publisher.status_list(issuer, number)


# Keys


def test_a_new_key_signs_and_what_the_old_one_signed_stays_valid(house: House):
    first_id, first = house.issue()
    house.services.issuing.make_key(house.institute)
    _second_id, second = house.issue("maya@example.org")
    methods = [one["proof"]["verificationMethod"] for one in (first, second)]
    assert methods[0].endswith("#key-1") and methods[1].endswith("#key-2")
    assert [house.look(one).verdict for one in (first, second)] == [Verdict.VERIFIED] * 2
    house.services.issuing.revoke(house.institute, first_id, "No")
    assert house.look(first).verdict is Verdict.REVOKED
    document = json.loads(
        house.services.publisher.did_document(house.services.issuing.issuer(house.institute).id)
    )
    assert [one["id"] for one in document["verificationMethod"]] == methods
    keys = json.loads(house.services.publisher.jwk_set(house.services.issuing.issuer(house.institute).id))[
        "keys"
    ]
    assert [key["kid"] for key in keys] == methods and not any("d" in key for key in keys)


def test_keys_are_in_the_database_sealed_only_and_gone_when_retired(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    made: list[Any] = []
    seal = KeyCase.seal
    monkeypatch.setattr(KeyCase, "seal", lambda self, key, owner: made.append(key) or seal(self, key, owner))
    house.issue()
    house.services.issuing.make_key(house.institute)
    assert len(made) == 2
    held = house.rows()
    for key in made:
        raw = key.raw.private_bytes_raw()
        spellings = {
            key.to_multikey(),
            raw.hex(),
            repr(raw)[2:-1],
            *(coded(raw).decode().rstrip("=") for coded in (base64.b64encode, base64.urlsafe_b64encode)),
        }
        assert not [one for one in spellings if one in held]
        assert raw.hex() not in repr(key) and key.to_multikey() not in repr(key)
    with house.record.database.session() as session:
        sealed = session.scalars(text("SELECT sealed FROM issuer_key ORDER BY number")).all()
    assert sealed[0] == "" and sealed[1]


def test_a_sealed_key_opens_for_its_own_row_and_secret_alone(house: House):
    house.issue()
    with house.record.database.session() as session:
        issuer, sealed = session.execute(text("SELECT issuer_id, sealed FROM issuer_key")).one()
    from wallet.key_case import KeySealed

    assert KeyCase(SECRET).open(sealed, f"{issuer}#1")
    for case, owner in ((KeyCase(SECRET), f"{issuer}#2"), (KeyCase("another"), f"{issuer}#1")):
        with pytest.raises(KeySealed):
            case.open(sealed, owner)


def test_with_another_secret_the_issuer_is_told_to_make_a_new_key_and_goes_on(house: House):
    _id, credential = house.issue()
    house.services = house.open("quite another secret")
    issuing = house.services.issuing
    draft = issuing.prepare(house.institute, house.offer(), name="Maya", email="maya@example.org")
    with pytest.raises(KeysAway):
        issuing.issue(house.institute, draft)
    assert issuing.issued(house.institute)[1] == 1
    issuing.make_key(house.institute)
    assert issuing.issue(house.institute, draft).count == 1
    assert house.look(credential).verdict is Verdict.VERIFIED


def test_what_was_issued_under_an_earlier_address_is_verified_still(house: House):
    first_id, first = house.issue()
    house.services = house.open(url="https://wallet.example.org")
    _second_id, second = house.issue("maya@example.org")
    assert second["issuer"]["id"].startswith("did:web:wallet.example.org:issuers:")
    assert [house.look(one).verdict for one in (first, second)] == [Verdict.VERIFIED] * 2
    house.services.issuing.revoke(house.institute, first_id, "No")
    assert [house.look(one).verdict for one in (first, second)] == [Verdict.REVOKED, Verdict.VERIFIED]


def test_a_stranger_s_address_with_our_issuer_s_id_in_it_is_not_ours(house: House):
    house.issue()
    issuer = house.services.issuing.issuer(house.institute).id
    own = house.services.publisher.own
    assert own(f"did:web:127.0.0.1%3A8050:issuers:{issuer}")
    for address in (
        f"did:web:evil.example:issuers:{issuer}",
        f"https://evil.example/issuers/{issuer}/did.json",
        f"{URL}/issuers/{issuer}/status/99",
        f"{URL}/issuers/{issuer}/../{issuer}/did.json",
        f"{URL}/issuers/{'0' * 32}/did.json",
        "did:web:127.0.0.1%3A8050",
        "",
    ):
        assert own(address) is None, address


def test_the_account_may_go_and_what_it_signed_stays_verified_and_revoked(house: House):
    first_id, first = house.issue()
    _second_id, second = house.issue("maya@example.org")
    house.services.issuing.revoke(house.institute, first_id, "No")
    house.record.people.delete(str(house.institute.person_id))
    assert [house.look(one).verdict for one in (first, second)] == [Verdict.REVOKED, Verdict.VERIFIED]
    held = house.rows()
    assert "maya@example.org" not in held


# Once, and to nobody before it is confirmed


def test_nothing_is_issued_before_it_is_confirmed_and_then_once(house: House):
    issuing = house.services.issuing
    draft = issuing.prepare_class(
        house.institute, house.offer(), b"name,email\nPete,pete@example.org\nM,m@example.org\n"
    )
    assert issuing.issued(house.institute)[1] == 0
    assert house.services.wallet_for(house.pete).records() == ()
    counts: list[int] = []
    clicks = [
        threading.Thread(target=lambda: counts.append(issuing.issue(house.institute, draft).count))
        for _ in range(3)
    ]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()
    assert sum(counts) == 2
    assert issuing.issue(house.institute, draft).count == 0
    assert issuing.issued(house.institute)[1] == 2
    assert len(house.services.wallet_for(house.pete).records()) == 1
    assert issuing.draft(house.institute, draft).recipients == ()


def test_what_broke_off_goes_on_where_it_was(house: House, monkeypatch: pytest.MonkeyPatch):
    issuing = house.services.issuing
    draft = issuing.prepare_class(
        house.institute,
        house.offer(),
        b"name,email\nA,a@example.org\nPete,pete@example.org\nC,c@example.org\n",
    )
    sign, calls = house.services.publisher.sign, []

    def breaking(*given: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError("the machine stops")
        return sign(*given)

    monkeypatch.setattr(house.services.publisher, "sign", breaking)
    with pytest.raises(RuntimeError):
        issuing.issue(house.institute, draft)
    monkeypatch.undo()
    issuing.issue(house.institute, draft)
    issued, total = issuing.issued(house.institute)
    assert total == 3 and sorted(one.name for one in issued) == ["A", "C", "Pete"]
    assert len(house.services.wallet_for(house.pete).records()) == 1


def test_the_same_is_answered_whether_or_not_the_address_has_an_account(house: House):
    for email in (PETE, "nobody@example.org"):
        house.issue(email)
    issued, _total = house.services.issuing.issued(house.institute)
    seen = [replace(one, id="", email="", issued_at=house.clock()) for one in issued]
    assert seen[0] == seen[1]


def test_a_draft_that_nobody_confirms_is_forgotten_after_a_day(house: House):
    issuing, offer = house.services.issuing, house.offer()
    draft = issuing.prepare(house.institute, offer, name="Maya", email="maya@example.org")
    house.clock.now += timedelta(days=2)
    issuing.prepare(house.institute, offer, name="Pete", email=PETE)
    with pytest.raises(NoSuchThing):
        issuing.draft(house.institute, draft)
    assert "maya@example.org" not in house.rows()


# Whose it is


def test_learners_and_visitors_issue_nothing(house: House):
    offer = house.offer()
    issued_id, _credential = house.issue()
    issuing = house.services.issuing
    for actor, refusal in ((house.pete, PermissionDenied), (VISITOR, SignInNeeded)):
        asked: list[Any] = [
            lambda who: issuing.issuer(who),
            lambda who: issuing.make_key(who),
            lambda who: issuing.offers(who),
            lambda who: issuing.offer(who, offer),
            lambda who: house.offer(who),
            lambda who: issuing.keep_picture(who, b""),
            lambda who: issuing.prepare(who, offer, name="x", email=PETE),
            lambda who: issuing.prepare_class(who, offer, b""),
            lambda who: issuing.draft(who, "0" * 32),
            lambda who: issuing.issue(who, "0" * 32),
            lambda who: issuing.issue_one(who, {}, name="x", email=PETE),
            lambda who: issuing.issued(who),
            lambda who: issuing.one(who, issued_id),
            lambda who: issuing.revoke(who, issued_id, "x"),
            lambda who: issuing.find_skills(who, "x"),
        ]
        for ask in asked:
            with pytest.raises(refusal):
                ask(actor)
        assert issuing.everything(actor) == ()


def test_an_employer_issues_in_their_own_name_and_reaches_nothing_of_the_institute_s(house: House):
    offer = house.offer()
    issued_id, theirs = house.issue()
    draft = house.services.issuing.prepare(house.institute, offer, name="M", email="m@example.org")
    issuing = house.services.issuing
    _own, credential = house.issue("sam@example.org", house.employer)
    assert credential["issuer"]["name"] == "Employer"
    assert credential["issuer"]["id"] != theirs["issuer"]["id"]
    for ask in (
        lambda: issuing.offer(house.employer, offer),
        lambda: issuing.one(house.employer, issued_id),
        lambda: issuing.revoke(house.employer, issued_id, "x"),
        lambda: issuing.issue(house.employer, draft),
        lambda: issuing.prepare(house.employer, offer, name="x", email=PETE),
        lambda: house.offer(house.employer, offer_id=offer),
        lambda: issuing.one(house.institute, "' OR 1=1"),
    ):
        with pytest.raises(NoSuchThing):
            ask()
    assert house.look(theirs).verdict is Verdict.VERIFIED


# What can be asked for


@pytest.mark.parametrize(
    "change",
    [
        {"name": " "},
        {"name": "x" * 121},
        {"description": "\u202e"},
        {"criteria": ""},
        {"criteria": "x" * 2001},
        {"kind": "Throne"},
        {"skills": [f"http://data.europa.eu/esco/skill/{n}" for n in range(31)]},
        {"picture": "../secret.png"},
        {"picture": "0" * 64 + ".png"},
    ],
)
def test_an_achievement_that_says_too_little_or_too_much_is_refused(house: House, change: dict[str, Any]):
    with pytest.raises(OfferRefused):
        house.offer(**change)


def test_a_skill_has_to_be_a_published_one(house: House):
    with pytest.raises(SkillUnknown):
        house.offer(skills=["https://example.org/my-own-skill"])


@pytest.mark.parametrize("day", ["2020-01-01", "9999-12-31", "tomorrow", "2026-13-01"])
def test_a_last_day_that_makes_no_sense_is_refused(house: House, day: str):
    with pytest.raises(OfferRefused):
        house.services.issuing.prepare(house.institute, house.offer(), name="P", email=PETE, expires=day)


def test_a_class_list_with_one_bad_line_prepares_nothing_and_says_which(house: House):
    with pytest.raises(ListRefused) as refused:
        house.services.issuing.prepare_class(
            house.institute, house.offer(), b"name,email\nPete,pete@example.org\n=cmd(),x@example.org\n"
        )
    assert [one.line for one in refused.value.problems] == [3]


def test_what_is_issued_is_found_by_words_and_five_hundred_stay_quick(house: House):
    import time

    rows = "".join(f"Person {n},p{n}@example.org\n" for n in range(500))
    issuing, store = house.services.issuing, IssuingStore(house.record.database, house.clock)
    draft = issuing.draft(
        house.institute, issuing.prepare_class(house.institute, house.offer(), f"name,email\n{rows}".encode())
    )
    mine = issuing.issuer(house.institute).id
    # Kept without being signed, which is most of the time that issuing takes.
    for who in draft.recipients:
        new = NewIssued(draft.id, who, draft.offer.name, "{}", store.take_place(mine, URL), None)
        assert store.add_issued(mine, str(house.institute.person_id), new)
    began = time.perf_counter()
    found, total = issuing.issued(house.institute, "PERSON 499")
    _all, every = issuing.issued(house.institute)
    assert time.perf_counter() - began < 0.5
    assert (total, every, found[0].email) == (1, 500, "p499@example.org")
    assert issuing.issued(house.institute, "100%")[1] == 0


def test_records_of_a_demonstration_are_checked_with_the_keys_that_its_server_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name, value in (("DEMO", "1"), ("DATA_DIR", str(tmp_path)), ("OFFLINE", "1")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("SECRET_KEY", raising=False)
    settings = Settings.from_environment(with_demo_key(os.environ))
    prepare_stores(settings)
    served = Services.open(settings)
    institute, pete = (
        served.people.sign_in(f"{who}@demo.example", DEMO_PASSWORD) for who in ("issuer", "pete")
    )
    words = {"name": "Yard work", "description": "A day.", "criteria": "Clean a yard.", "kind": "Badge"}
    offer = served.issuing.keep_offer(institute, **words).id
    draft = served.issuing.prepare(institute, offer, name="Pete", email="pete@demo.example")
    served.issuing.issue(institute, draft)
    served.close()

    database = Database(settings.database_url)

    def record() -> WalletRecord:
        held = WalletStore(database).records(str(pete.person_id))
        return next(one for one in held if one.title == "Yard work")

    before = record().checked_at
    assert command(["recheck", "--all"]) == 0
    # While a list cannot be had, the last good look is what is kept.
    assert before is not None and (record().checked_at or before) > before
    assert record().verdict is Verdict.VERIFIED
    database.close()


def test_the_chain_of_documents_asks_others_only_for_what_is_not_ours():
    asked: list[str] = []

    class Others(NoDocuments):
        def fetch(self, address: str) -> bytes:
            asked.append(address)
            return b"theirs"

    chain = OwnDocuments(lambda address: b"ours" if address == "mine" else None, Others())
    assert (chain.fetch("mine"), chain.fetch("other"), asked) == (b"ours", b"theirs", ["other"])

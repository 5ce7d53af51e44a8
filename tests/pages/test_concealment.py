"""Two hundred people apply with records full of who they are; before reveal the employer reads none of it."""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from accounts.roles import PersonRole
from graph.model import Standing
from services.applying import ApplicationRefused, Sending
from services.postings import Asked, Terms
from tests.careers import skill
from tests.pages.small_product import SmallProduct
from tests.people import PASSWORD
from wallet.record import RecordedSkill, RecordKind, WalletRecord
from wallet.report import Verdict

PEOPLE = 200
SKILLS = [skill(name) for name in ("lift patients", "write reports", "monitor patients", "drive trucks")]
FIRST = (
    "Ximena",
    "Thaddeus",
    "Oluwaseun",
    "Svetlana",
    "Zebediah",
    "Itzel",
    "Björn",
    "Nguyễn",
    "Aoife",
    "Mbali",
)
LAST = ("Quartermain", "Villaseñor", "O'Shaughnessy", "Szymański", "Abdulrahman", "Featherstone", "Kowalczyk")


class Applicant:
    """One of them, with every string that says who it is."""

    def __init__(self, number: int, chance: random.Random) -> None:
        first, last = chance.choice(FIRST), chance.choice(LAST)
        self.name = f"{first}{number} {last}{number}"
        self.email = f"{first.encode('ascii', 'ignore').decode().lower()}{number}@mail{number}.example.org"
        self.school = f"Zorblatt{number} High School"
        self.company = f"Quibbleworks{number} LLC"
        self.street = f"{1000 + number} Fiddlestick{number} Avenue"
        self.phone = f"509-555-{1000 + number}"
        self.year = str(1951 + number % 40)
        self.number = f"LIC-{number:06d}-WA"
        self.born = date(1951 + number % 40, 1 + number % 12, 1 + number % 28)
        self.file = f"diploma-of-{last}{number}.json"
        self.own_skill = f"Secret handshake of {self.school}"

    @property
    def telling(self) -> tuple[str, ...]:
        """What must not be seen. A year alone is not looked for: a last day may be in it."""
        return (
            self.name,
            *self.name.split(),
            self.email,
            self.school,
            self.school.split()[0],
            self.company,
            self.company.split()[0],
            self.street,
            self.street.split()[1],
            self.phone,
            self.number,
            self.born.isoformat(),
            self.file,
            self.own_skill,
        )

    def records(self) -> tuple[WalletRecord, ...]:
        said = f"{self.name}, born {self.born}, {self.street}, {self.phone}, of {self.school}, {self.year}."
        shared = {"number": self.number, "description": said, "demo": False, "original_name": self.file}
        recorded = tuple(RecordedSkill(one.uri, one.name) for one in SKILLS[: 1 + len(self.name) % 4])
        return (
            WalletRecord(
                kind=RecordKind.CREDENTIAL,
                title=f"Diploma of {self.school} for {self.name}",
                standing=Standing.VERIFIED,
                issuer=self.school,
                issuer_id=f"https://{self.school.split()[0].lower()}.example.org",
                credential_id=f"urn:{self.email}",
                verdict=Verdict.VERIFIED,
                issued_on=self.born.replace(year=self.born.year + 18),
                sender=self.school,
                skills=(*recorded, RecordedSkill(f"https://example.org/{self.own_skill}", self.own_skill)),
                **shared,
            ),
            WalletRecord(
                kind=RecordKind.EMPLOYMENT,
                title=f"Assistant at {self.company}",
                standing=Standing.SELF_ASSERTED,
                issuer=self.company,
                issued_on=self.born.replace(year=self.born.year + 20),
                dispute=f"{self.name} says so",
                skills=recorded[:1],
                **shared,
            ),
        )


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    product = SmallProduct(tmp_path_factory.mktemp("concealed"))
    company = product.record.person("Company-B")
    product.record.people.grant_roles(company.person_id, {PersonRole.EMPLOYER})
    company = product.record.people.actor(company.person_id)
    postings, applying = product.services.postings, product.services.applying
    today = datetime.now(UTC).date()
    posting = postings.make(
        company,
        Terms("Ward assistant", today + timedelta(days=30)),
        [Asked(SKILLS[0].uri, must=True), Asked(SKILLS[1].uri), Asked(SKILLS[3].uri, preferred=True)],
        publish=True,
    )
    chance, applicants, sent = random.Random(7), [], {}  # noqa: S311 - the same people every time
    for number in range(PEOPLE):
        one = Applicant(number, chance)
        actor = product.record.service.register(one.email, one.name, PASSWORD)
        kept = [product.record.wallets.add(actor.person_id, record) for record in one.records()]
        fields = frozenset({"name", "email", "area"})
        wish = Sending(None, tuple(record.id for record in kept), fields, today + timedelta(days=9))
        sent[one] = applying.send(actor, posting.id, wish)
        for words in one.telling if number < 20 else ():
            if words != one.street.split()[1]:  # A word of a street alone is known to nobody.
                with pytest.raises(ApplicationRefused):
                    applying.answer(actor, posting.id, f"I am from {words}.")
        applying.answer(actor, posting.id, "I like to work with people, early in the morning.")
        # As if it had been written before the record was there.
        product.services.applying._applications.set_answer(
            str(actor.person_id),
            posting.id,
            f"{one.name} of {one.school}, {one.company}: {one.phone}, {one.email}",
        )
        applicants.append((one, actor, kept))
    product.company, product.posting, product.applicants, product.sent = company, posting, applicants, sent
    answer = product.browser.post(
        "/api/v1/session", json={"email": "company-b@example.org", "password": PASSWORD}
    )
    assert answer.status_code == 204
    yield product
    product.close()


def answers(here: Any, whose: Any, *, compared: bool = True) -> Iterator[tuple[str, str]]:
    """All that the employer can be answered about an application."""
    posting, application = here.posting.id, here.sent[whose].id
    for path in (
        f"/employer/applications/{application}",
        f"/api/v1/employer/applications/{application}",
    ):
        answer = here.browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        yield path, answer.text
    if not compared:
        return
    other = next(one for one in here.sent.values() if one.id != application)
    path = f"/employer/postings/{posting}/compare?a={application}&a={other.id}"
    yield path, here.browser.get(path).text


def plain(text: str) -> str:
    """A text as it is read: JSON and HTML without their escapes."""
    unescaped = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    return html.unescape(unescaped).casefold()


class Seen:
    """A text as it is read, in which words are looked for by the thousand.

    Words stand in a text only where their first letters do, so most are not there at a glance.
    """

    LETTERS = 4

    def __init__(self, text: str) -> None:
        self._text = plain(text)
        self._beginnings = {self._text[at : at + self.LETTERS] for at in range(len(self._text))}

    def __contains__(self, words: str) -> bool:
        folded = words.casefold()
        beginning = folded[: self.LETTERS]
        if len(beginning) == self.LETTERS and beginning not in self._beginnings:
            return False
        return folded in self._text


def found_in(text: str | Seen, one: Applicant, actor: Any, kept: Any) -> list[str]:
    seen = text if isinstance(text, Seen) else Seen(text)
    secret = [*one.telling, actor.person_id, *(record.id for record in kept)]
    return [words for words in secret if words in seen]


def test_the_strings_would_be_found_if_they_were_there(here: Any):
    one, actor, kept = here.applicants[0]
    text = json.dumps([record.title + record.description for record in kept])
    assert len(found_in(text, one, actor, kept)) >= 8


def test_lists_tables_and_the_api_name_nobody(here: Any):
    posting = here.posting.id
    for path in (
        "/employer",
        "/postings",
        f"/postings/{posting}",
        f"/employer/postings/{posting}",
        f"/employer/postings/{posting}?sort=label",
        f"/employer/postings/{posting}/applications.csv",
        "/api/v1/employer/postings",
        f"/api/v1/employer/postings/{posting}/applications",
        f"/api/v1/employer/postings/{posting}/applications.csv",
        "/api/v1/openapi.json",
    ):
        answer = here.browser.get(path)
        assert answer.status_code == 200, path
        text = Seen(answer.text)
        for one, actor, kept in here.applicants:
            assert not found_in(text, one, actor, kept), path
    listed = here.browser.get(f"/api/v1/employer/postings/{posting}/applications").json
    assert len(listed) == PEOPLE and len({one["label"] for one in listed}) == PEOPLE


def test_each_of_two_hundred_applications_conceals_whose_it_is(here: Any):
    for number, (one, actor, kept) in enumerate(here.applicants):
        for path, text in answers(here, one, compared=number % 10 == 0):
            assert not found_in(text, one, actor, kept), path


def test_headers_and_errors_name_nobody_either(here: Any):
    for one, actor, kept in here.applicants[:5]:
        application = here.sent[one].id
        for method, path in (
            ("GET", f"/employer/applications/{actor.person_id}"),
            ("GET", f"/api/v1/employer/applications/{kept[0].id}"),
            ("DELETE", f"/api/v1/employer/applications/{application}"),
            ("GET", f"/api/v1/wallet/records/{kept[0].id}"),
        ):
            answer = here.browser.open(path, method=method)
            assert answer.status_code in (404, 405)
            said = plain(
                answer.text.replace(actor.person_id, "").replace(kept[0].id, "") + str(answer.headers)
            )
            assert not [words for words in one.telling if words.casefold() in said]


def test_moving_one_forward_reveals_them_and_nobody_else(here: Any):
    (first, *_), (second, actor, kept) = here.applicants[0], here.applicants[1]
    path = f"/api/v1/employer/applications/{here.sent[first].id}"
    moved = here.browser.post(path + "/forward")
    assert moved.status_code == 200 and moved.json["name"] == first.name
    assert first.school in here.browser.get(f"/employer/applications/{here.sent[first].id}").text
    for path, text in answers(here, second):
        assert not found_in(text, second, actor, kept), path

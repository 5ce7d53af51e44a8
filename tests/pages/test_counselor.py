"""Pages of a counselor and a client: by consent alone, noted down, from the caseload to the signed plan."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import event
from structlog.testing import capture_logs

from accounts.roles import PersonRole
from components import picture
from graph.model import Standing
from services.errors import RolesAway
from tests.careers import AIDE, NURSE, skill
from tests.pages.small_product import SmallProduct
from tests.people import PASSWORD
from tools.bootstrap import compile_translations
from wallet.record import RecordedSkill, RecordKind, WalletRecord

WRITE = skill("write reports")
MONITOR = skill("monitor patients")
LATER = (date.today() + timedelta(days=40)).isoformat()


class Browser:
    """Somebody's browser: gets, and posts with the secret of its forms."""

    def __init__(self, product: SmallProduct, actor: Any, email: str) -> None:
        self.client = product.shell.server.test_client()
        self.actor, self.id = actor, str(actor.person_id)
        answer = self.client.post("/api/v1/session", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 204
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get("/account").text)
        assert found
        self._token = found[1]

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def post(self, path: str, **fields: Any) -> Any:
        return self.client.post(path, data={**fields, "csrf_token": self._token})


class Office(SmallProduct):
    """The product, with as many people in it as a test asks for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._names = count(1)

    def somebody(self, name: str, *roles: PersonRole) -> Browser:
        address = f"person{next(self._names)}@example.org"
        actor = self.record.service.register(address, name, PASSWORD)
        self.record.people.grant_roles(actor.person_id, roles)
        return Browser(self, actor, address)

    def counselor(self, name: str = "Dana") -> Browser:
        return self.somebody(name, PersonRole.COUNSELOR)

    def client_of(
        self, dana: Browser, name: str = "Rosa", actions: tuple[str, ...] = ("plans.change",)
    ) -> Browser:
        rosa = self.somebody(name)
        self.hold(rosa)
        answer = rosa.post("/shares/consents/counselor", counselor=dana.id, action=list(actions))
        assert answer.status_code == 303
        return rosa

    def hold(self, who: Browser, **more: Any) -> None:
        record = {"kind": RecordKind.CREDENTIAL, "title": "Reports course", "standing": Standing.VERIFIED}
        self.record.wallets.add(
            who.id,
            WalletRecord(
                **{**record, "skills": (RecordedSkill(WRITE.uri, WRITE.name),), "issuer": "College", **more}
            ),
        )

    def planned(self, dana: Browser, rosa: Browser) -> str:
        """Make a version to sign; returns its hash."""
        at = f"/counselor/{rosa.id}"
        assert dana.post(f"{at}/goal", code=NURSE.code).status_code == 303
        answer = dana.post(f"{at}/plan", **plan_form())
        assert answer.status_code == 303, answer.text
        return str(re.search(r'name="digest" value="([0-9a-f]{64})"', rosa.get("/plan").text)[1])  # type: ignore[index]


def plan_form(**more: Any) -> dict[str, Any]:
    return {
        "why": "Steady hours.\nNear home.",
        "strength": ["write reports"],
        "gap": ["monitor patients"],
        "step-id": [""],
        "step-what": ["Enrol at the college"],
        "step-who": ["Rosa"],
        "step-due": [LATER],
        "step-cost": ["$1,450"],
        "step-funding": ["WIOA"],
        "services": "Bus pass",
        "review": [LATER],
        "step": "version",
        **more,
    }


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    compile_translations()
    product = Office(tmp_path_factory.mktemp("office"))
    yield product
    product.close()


def addresses(rosa: Browser) -> list[str]:
    at = f"/counselor/{rosa.id}"
    return [
        at,
        f"{at}?part=pathways&career={NURSE.code}",
        f"{at}?present=1",
        f"{at}/plan",
        f"{at}/plan/1.pdf",
    ]


def test_who_did_not_consent_is_not_there_and_asking_leaves_a_line(here: Office):
    dana, rosa = here.counselor(), here.somebody("Rosa")
    unknown = dana.get("/counselor/" + "0" * 32)
    with capture_logs() as logs:
        for path in addresses(rosa):
            answer = dana.get(path)
            assert answer.status_code == 404 and "Rosa" not in answer.text
            assert answer.text.replace(rosa.id, "0" * 32).split("<main")[1] == unknown.text.split("<main")[1]
        for act in ("meeting", "notes", "goal", "steps", "careers", "transfer", "plan", "plan/sign"):
            sent = dana.post(f"/counselor/{rosa.id}/{act}", text="x", code=NURSE.code, what="x", step="begin")
            assert sent.status_code == 404
    lines = [one for one in logs if one["event"] == "asked for somebody else's"]
    assert len(lines) == 13 and {one["kind"] for one in lines} == {"client"}
    assert rosa.id not in str(lines)
    assert rosa.get("/plan").status_code == 200 and "Nobody but you has looked" in rosa.get("/shares").text


def test_the_caseload_is_for_counselors_and_each_has_their_own(here: Office):
    dana, other = here.counselor(), here.counselor("Olga")
    rosa = here.client_of(dana)
    assert "/login" in here.browser.get("/counselor").location
    assert rosa.get("/counselor").status_code == 403
    assert rosa.get(f"/counselor/{rosa.id}").status_code == 403
    assert "Rosa" in dana.get("/counselor").text
    assert "Rosa" not in other.get("/counselor").text
    assert other.get(f"/counselor/{rosa.id}").status_code == 404
    assert "Caseload" not in rosa.get("/account").text and "/counselor" in dana.get("/account").text


def test_a_withdrawal_takes_effect_at_the_next_request_everywhere(here: Office):
    dana = here.counselor()
    rosa = here.client_of(dana)
    here.planned(dana, rosa)
    for path in addresses(rosa):
        assert dana.get(path).status_code == 200
    consent = re.search(r"/shares/consents/([0-9a-f]{32})/withdraw", rosa.get("/shares").text)
    assert consent
    assert rosa.post(f"/shares/consents/{consent[1]}/withdraw").status_code == 303
    for path in addresses(rosa):
        assert dana.get(path).status_code == 404
    for path in ("/counselor", "/counselor/figures", "/counselor/report.csv"):
        assert "Rosa" not in dana.get(path).text
    assert dana.post(f"/counselor/{rosa.id}/notes", text="late").status_code == 404
    assert "Steady hours." in rosa.get("/plan").text


def test_every_access_stands_in_the_clients_log_and_a_listing_once_a_day(here: Office):
    dana = here.counselor()
    rosa = here.client_of(dana)
    for _again in range(3):
        dana.get("/counselor")
    dana.get(f"/counselor/{rosa.id}")
    dana.post(f"/counselor/{rosa.id}/meeting", step="begin", activity="career")
    dana.post(f"/counselor/{rosa.id}/notes", text="A thing", **{"for": "private"})
    log = rosa.get("/shares").text
    assert log.count("Listed you in their caseload") == 1
    for words in ("Looked at the wallet", "Began a meeting", "Wrote a note for counseling staff"):
        assert log.count(words) == 1
    assert "A thing" not in log
    assert here.record.audit.check().holds


def test_a_first_look_of_a_day_asks_as_often_for_many_clients_as_for_few(here: Office):
    def first_look(clients: int) -> int:
        dana = here.counselor()
        for at in range(clients):
            here.client_of(dana, f"Client {at}")
        asked: list[str] = []

        def count(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            asked.append(statement)

        event.listen(here.record.database.engine, "before_cursor_execute", count)
        try:
            assert dana.get("/counselor").text.count("case-choose") == clients
        finally:
            event.remove(here.record.database.engine, "before_cursor_execute", count)
        return len(asked)

    assert first_look(2) == first_look(5) > 5
    assert here.record.audit.check().holds


def test_a_counselor_does_no_more_than_the_consent_says(here: Office):
    dana = here.counselor()
    rosa = here.client_of(dana, actions=())
    at = f"/counselor/{rosa.id}"
    assert "Make it the goal" not in dana.get(f"{at}?part=gap&career={NURSE.code}").text
    for path, fields in (
        ("goal", {"code": NURSE.code}),
        ("steps", {"what": "Enrol"}),
        ("plan", plan_form()),
        ("careers", {"code": NURSE.code}),
    ):
        answer = dana.post(f"{at}/{path}", **fields)
        assert answer.status_code == 403 and "lets you look" in answer.text
    assert "There is no plan yet" in rosa.get("/plan").text
    assert here.record.people.chosen_careers(rosa.id) == ()
    rosa.post("/shares/consents/counselor", counselor=dana.id, action=["careers.change"])
    assert dana.post(f"{at}/careers", code=NURSE.code).status_code == 303
    assert [code for code, _area in here.record.people.chosen_careers(rosa.id)] == [NURSE.code]
    assert f"Added a career: {NURSE.code}" in rosa.get("/shares").text


def test_the_session_shows_that_persons_careers_gap_and_ways(here: Office):
    dana = here.counselor()
    rosa = here.client_of(dana)
    at = f"/counselor/{rosa.id}"
    page = dana.get(f"{at}?part=gap&career={NURSE.code}").text
    assert page.count("<h1") == 1 and "Rosa</h1>" in page
    assert "Reports course · College" in page and "monitor patients" in page
    for part in ("network", "pathways", "compare"):
        assert AIDE.title in dana.get(f"{at}?part={part}").text
    assert "Registered Nurses" in dana.get(f"{at}?q=enfermera").text


def test_the_network_of_a_session_is_the_clients_own_picture_and_has_a_table(here: Office):
    dana = here.counselor()
    rosa = here.client_of(dana)
    here.hold(rosa, title="Care", skills=(RecordedSkill(MONITOR.uri, MONITOR.name),))
    at = f"/counselor/{rosa.id}"
    page = dana.get(f"{at}?career={NURSE.code}").text
    elements = picture.elements(
        here.services.clients.open(here.record.people.actor(dana.id), rosa.id, career=NURSE.code).network,
        "Rosa",
    )
    squares = [one for one in elements if one["classes"].startswith("square")]
    assert squares and page.count('class="net-square') == len(squares)
    assert page.count('class="net-career') == sum(one["classes"].startswith("career") for one in elements)
    assert f"{MONITOR.name} (Matched)" in page and "aria-hidden" in page.split('class="net"')[0][-60:]
    table = dana.get(f"{at}?table=1").text
    assert "Careers around Rosa" in table and '<svg class="net"' not in table
    assert f"part=gap&amp;career={NURSE.code}" in table
    stranger = here.somebody("Sam")
    assert dana.get(f"/counselor/{stranger.id}?career={NURSE.code}&table=1").status_code == 404


def test_a_career_beyond_those_on_the_picture_is_looked_at_all_the_same(here: Office):
    dana = here.counselor()
    rosa = here.client_of(dana, actions=("careers.change",))
    page = dana.get(f"/counselor/{rosa.id}?career={AIDE.code}")
    assert page.status_code == 200 and f'id="part-head" class="opened-title"><span>{AIDE.title}' in page.text
    nothing = here.somebody("Ned")
    nothing.post("/shares/consents/counselor", counselor=dana.id)
    for part in ("network", "gap", "pathways", "compare"):
        empty = dana.get(f"/counselor/{nothing.id}?part={part}")
        assert empty.status_code == 200 and "No skill is in this wallet yet" in empty.text


def test_a_private_note_is_seen_by_staff_alone_and_not_while_presenting(here: Office):
    dana = here.counselor()
    rosa = here.client_of(dana)
    at = f"/counselor/{rosa.id}"
    dana.post(f"{at}/notes", text="Only for us", **{"for": "private"})
    dana.post(f"{at}/notes", text="Good talk\ntoday", **{"for": "shared"})
    page, presented = dana.get(at).text, dana.get(f"{at}?present=1").text
    assert "Only for us" in page and "note-private" in page and "Good talk\ntoday" in page
    assert "Only for us" not in presented and "note-private" not in presented and "Good talk" in presented
    along = dana.get(f"{at}/plan?present=1").text
    assert f'href="{at}?present=1"' in along and f'href="{at}"' not in along
    assert 'href="/counselor"' not in presented.split("<main")[1]
    for path in ("/plan", "/account/export", "/shares"):
        assert "Only for us" not in rosa.get(path).text
    assert "Good talk" in rosa.get("/plan").text and "1 note about you beside these" in rosa.get("/plan").text
    other = here.counselor("Olga")
    rosa.post("/shares/consents/counselor", counselor=other.id)
    note = re.search(r"/notes/([0-9a-f]{32})/remove", page)
    assert note and "Only for us" in other.get(at).text
    assert other.post(f"{at}/notes/{note[1]}/remove").status_code == 404
    assert dana.post(f"{at}/notes", text=" ").status_code == 422
    assert dana.post(f"{at}/notes", text="x" * 4001).status_code == 422


def test_time_is_kept_by_activity(here: Office):
    dana = here.counselor()
    rosa = here.client_of(dana)
    at = f"/counselor/{rosa.id}/meeting"
    assert dana.post(at, step="end", activity="career").status_code == 422
    assert dana.post(at, step="begin", activity="dancing").status_code == 422
    dana.post(at, step="begin", activity="career")
    dana.post(at, step="begin", activity="career")
    assert dana.post(at, step="end", activity="planning", minutes="0").status_code == 422
    assert dana.post(at, step="end", activity="planning", minutes="45").status_code == 303
    report = list(csv.DictReader(StringIO(dana.get("/counselor/report.csv").text)))
    assert [(row["meetings"], row["minutes"], row["minutes_planning"]) for row in report] == [
        ("1", "45", "45")
    ]
    assert "45 min" in dana.get("/counselor/figures").text and "45 min" in rosa.get("/plan").text


def test_from_the_goal_to_a_plan_that_both_signed(here: Office):
    dana = here.counselor()
    rosa = here.client_of(dana)
    at = f"/counselor/{rosa.id}/plan"
    digest = here.planned(dana, rosa)
    signing = {"number": "1", "name": "Rosa", "digest": digest}
    assert rosa.post("/plan/sign", **{**signing, "digest": "0" * 64}).status_code == 422
    assert rosa.post("/plan/sign", **{**signing, "name": " "}).status_code == 422
    assert rosa.post("/plan/sign", **{**signing, "drawn": 'M1 1"/><script>'}).status_code == 422
    assert rosa.post("/plan/sign", **{**signing, "drawn": "M1 1L200 90"}).status_code == 303
    assert rosa.post("/plan/sign", **signing).status_code == 422
    assert (
        dana.post(f"{at}/sign", part="counselor", number="1", name="Dana", digest=digest).status_code == 303
    )
    page = rosa.get("/plan").text
    assert "M1 1L200 90" in page and "Dana" in page and digest in page and "$1,450" in page
    for days in (30, 60, 90):
        assert f"{days} days after" in page
    assert dana.post(f"{at}/follow-up", days="30", outcome="training").status_code == 303
    assert dana.post(f"{at}/follow-up", days="31", outcome="training").status_code == 404
    report = next(csv.DictReader(StringIO(dana.get("/counselor/report.csv").text)))
    assert report["follow_up_30_outcome"] == "training" and report["plan_signed_on"]
    rosa.post("/plan/strike", number="1")
    assert "Sign version 1" in rosa.get("/plan").text


def test_a_signature_on_the_counselors_screen_is_told_and_can_be_taken_back(here: Office):
    dana = here.counselor()
    rosa = here.client_of(dana)
    digest = here.planned(dana, rosa)
    dana.post(f"/counselor/{rosa.id}/plan/sign", part="client", number="1", name="Rosa", digest=digest)
    page = rosa.get("/plan").text
    assert "on the screen of Dana" in page and "account holds your signature" in page
    assert "account holds your signature" in rosa.get("/notifications").text
    away = re.search(r"/plan/news/\w+/dismiss", page)[0]
    assert rosa.post(away).status_code == rosa.post(away).status_code == 303
    assert "account holds your signature" not in rosa.get("/plan").text
    assert "Took down your signature on their screen" in rosa.get("/shares").text
    assert rosa.post("/plan/strike", number="1").status_code == 303
    assert "not signed yet" in rosa.get("/plan").text


def test_versions_say_what_changed_and_only_the_newest_is_signed(here: Office):
    dana = here.counselor()
    rosa = here.client_of(dana)
    at = f"/counselor/{rosa.id}/plan"
    first = here.planned(dana, rosa)
    assert dana.post(at, **plan_form(gap=["monitor patients", "give medicines"])).status_code == 303
    page = dana.get(at).text
    assert "Version 2" in page and "new: give medicines" in page
    refused = rosa.post("/plan/sign", number="1", name="Rosa", digest=first)
    assert refused.status_code == 422 and "newer version" in refused.text
    again = here.planned(dana, rosa)
    assert again != first


def test_what_cannot_stand_in_a_plan_is_said_and_nothing_changes(here: Office):
    dana = here.counselor()
    rosa = here.client_of(dana)
    at = f"/counselor/{rosa.id}"
    assert "Choose the goal first" in dana.post(f"{at}/plan", **plan_form()).text
    dana.post(f"{at}/goal", code=NURSE.code)
    for more, words in (
        ({"step-cost": ["a lot"]}, "Give a cost in dollars"),
        ({"step-due": ["9999-01-01"]}, "within five years"),
        ({"step-what": ["x" * 201]}, "Say what a step is"),
        ({"why": "x" * 2001}, "at most 2000 characters"),
        ({"review": []}, "look at the plan again"),
    ):
        answer = dana.post(f"{at}/plan", **plan_form(**more))
        assert answer.status_code == 422 and words in answer.text
    assert dana.post(f"{at}/goal", code="99-9999.99").status_code == 404
    assert dana.post(f"{at}/plan", **plan_form(gap=["<b>not of the role</b>"])).status_code == 303
    assert "not of the role" not in rosa.get("/plan").text


def test_a_plan_open_in_two_windows_loses_nothing(here: Office):
    dana = here.counselor()
    rosa = here.client_of(dana)
    at = f"/counselor/{rosa.id}"
    dana.post(f"{at}/goal", code=NURSE.code)

    def base() -> str:
        return str(re.search(r'name="base" value="([0-9a-f]*)"', dana.get(f"{at}/plan").text)[1])  # type: ignore[index]

    opened, form = base(), plan_form(step="keep")
    assert dana.post(f"{at}/steps", what="Call the bus company", who="Rosa").status_code == 303
    refused = dana.post(f"{at}/plan", **form, base=opened)
    assert refused.status_code == 409 and "changed since you opened" in refused.text
    assert "Registered Nurses</span></b>" in refused.text and "gone: Registered" not in refused.text
    assert "gone: Call the bus company" in refused.text and "Enrol at the college" in refused.text
    assert "Call the bus company" in rosa.get("/plan").text
    wrong = dana.post(f"{at}/plan", **{**form, "step-cost": ["much"]}, base=opened)
    assert wrong.status_code == 422 and f'name="base" value="{opened}"' in wrong.text
    kept = re.search(r'name="base" value="([0-9a-f]*)"', refused.text)
    assert kept and dana.post(f"{at}/plan", **form, base=kept[1]).status_code == 303
    assert dana.post(f"{at}/plan", **form, base=kept[1]).status_code == 303  # a second click
    assert "Call the bus company" not in rosa.get("/plan").text


def test_a_second_click_does_nothing_twice(here: Office):
    dana = here.counselor()
    rosa = here.client_of(dana)
    at = f"/counselor/{rosa.id}"
    for _twice in range(2):
        assert dana.post(f"{at}/notes", text="Once", **{"for": "shared"}).status_code == 303
        assert dana.post(f"{at}/steps", what="Enrol", who="Rosa", due=LATER).status_code == 303
        assert dana.post("/counselor/groups", name="Mondays", client=[rosa.id]).status_code == 303
        assert dana.post("/counselor/invitations", name="Ana", email="ana@example.org").status_code == 303
    page = dana.get(at).text
    assert page.count('<p class="note-text">Once</p>') == 1 and page.count("/tick") == 1
    assert dana.get("/counselor").text.count(">Mondays</option>") == 1
    assert dana.get("/counselor/invitations").text.count("/withdraw") == 1
    dana.post(f"{at}/notes", text="Twice", **{"for": "shared"})
    assert dana.get(at).text.count('class="note note-shared"') == 2


def test_what_was_typed_about_somebody_who_left_is_given_back_and_not_kept(here: Office):
    dana = here.counselor()
    rosa = here.client_of(dana)
    consent = re.search(r"/shares/consents/([0-9a-f]{32})/withdraw", rosa.get("/shares").text)
    assert consent
    rosa.post(f"/shares/consents/{consent[1]}/withdraw")
    at = f"/counselor/{rosa.id}"
    for path, fields, typed in (
        ("notes", {"text": "Half an hour of <b>typing</b>"}, "Half an hour of &lt;b&gt;typing"),
        ("plan", plan_form(), "Enrol at the college"),
    ):
        answer = dana.post(f"{at}/{path}", **fields)
        assert answer.status_code == 404 and typed in answer.text and "was not kept" in answer.text
        assert "Rosa</" not in answer.text
    assert "typing" not in rosa.get("/plan").text


def test_while_roles_are_away_a_session_goes_on(here: Office, monkeypatch: pytest.MonkeyPatch):
    dana = here.counselor()
    rosa = here.client_of(dana)
    here.planned(dana, rosa)
    at = f"/counselor/{rosa.id}"

    def away(*_asked: Any) -> Any:
        raise RolesAway("There is no labour-market database yet.")

    monkeypatch.setattr(type(here.services), "_load", away)
    monkeypatch.setattr(type(here.services), "labor", property(away))
    for part in ("network", "gap", "pathways", "compare"):
        page = dana.get(f"{at}?part={part}&q=nurse")
        assert page.status_code == 200 and "Careers cannot be read just now." in page.text
    assert dana.post(f"{at}/notes", text="Kept all the same", **{"for": "shared"}).status_code == 303
    assert "Kept all the same" in dana.get(at).text
    kept = dana.post(f"{at}/plan", **plan_form(why="Typed meanwhile"))
    assert kept.status_code == 303
    page = dana.get(f"{at}/plan").text
    assert "Typed meanwhile" in page and "Registered Nurses" in page and "monitor patients" in page
    figures = dana.get("/counselor/figures")
    assert figures.status_code == 200 and "cannot be read just now" in figures.text
    assert dana.get("/counselor").status_code == dana.get(f"{at}/plan/1.pdf").status_code == 200


def test_the_client_ticks_steps_off_and_the_counselor_sees_it(here: Office):
    dana = here.counselor()
    rosa = here.client_of(dana)
    here.planned(dana, rosa)
    step = re.search(r"/plan/steps/([0-9a-f]{32})", rosa.get("/plan").text)
    assert step
    assert rosa.post(f"/plan/steps/{step[1]}", done="1").status_code == 303
    assert "1 of 1 done" in rosa.get("/plan").text and "1 of 1 steps" in dana.get("/counselor").text
    stranger = here.somebody("Sam")
    assert stranger.post(f"/plan/steps/{step[1]}", done="").status_code == 404
    assert "1 of 1 done" in rosa.get("/plan").text


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Individual Employment Plan"), ("es", "Plan individual de empleo")]
)
def test_the_plan_is_a_tagged_pdf_in_both_languages(here: Office, language: str, title: str):
    dana = here.counselor()
    rosa = here.client_of(dana)
    digest = here.planned(dana, rosa)
    answer = rosa.get(f"/plan/1.pdf?language={language}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    read = PdfReader(BytesIO(answer.data))
    text = "\n".join(page.extract_text() for page in read.pages)
    assert read.metadata.title == title and read.root_object["/Lang"] == language
    assert read.root_object["/MarkInfo"]["/Marked"]
    for words in (
        "Registered Nurses",
        "Steady hours.",
        "Enrol at the college",
        "$1,450",
        "WIOA",
        digest[:16],
    ):
        assert words in text
    assert rosa.get("/plan/2.pdf").status_code == 404


def test_invitations_lead_to_a_consent_once(here: Office):
    dana, rosa = here.counselor(), here.somebody("Rosa")
    sent = dana.post("/counselor/invitations", name="Rosa", email="")
    assert sent.status_code == 303
    page = dana.get("/counselor/invitations").text
    path = "/invitation/" + re.search(r"/invitation/([\w-]+)", page)[1]  # type: ignore[index]
    visitor = here.browser.get(path)
    assert visitor.status_code == 200 and "Make an account" in visitor.text and "Dana" in visitor.text
    assert visitor.headers["Referrer-Policy"] == "no-referrer"
    assert "Rosa" not in dana.get("/counselor").text
    assert rosa.post(path, action=["wallet.change"]).status_code == 400
    assert rosa.post(path, action=["plans.change"]).status_code == 303
    assert "Rosa" in dana.get("/counselor").text
    assert here.somebody("Sam").post(path).status_code == 410
    assert rosa.get("/invitation/nothing-of-the-kind").status_code == 404


def test_a_list_invites_everybody_on_it_or_nobody(here: Office):
    dana, other = here.counselor(), here.counselor("Olga")

    def sent(text: str, **more: str) -> Any:
        return dana.post("/counselor/invitations/list", file=(BytesIO(text.encode()), "names.csv"), **more)

    assert sent("").status_code == 422
    refused = sent("name,email\nAna,ana@example.org\n=2+2,b@example.org\n")
    assert refused.status_code == 422 and "Line 3" in refused.text
    assert "Ana" not in dana.get("/counselor/invitations").text
    assert sent("name\nAna\nBen\n", counselor=other.id).status_code == 303
    page = dana.get("/counselor/invitations").text
    assert page.count("/invitation/") == 2 and "For Olga" in page
    assert sent("name\nCy\n", counselor="0" * 32).status_code == 422
    taken = re.search(r"/invitations/([0-9a-f]{32})/withdraw", page)
    assert taken and other.post(taken[0].replace("/invitations", "/counselor/invitations")).status_code == 404
    dana.post("/counselor" + taken[0])
    assert dana.get("/counselor/invitations").text.count("/invitation/") == 1


def test_a_transfer_waits_for_the_clients_yes(here: Office):
    dana, other = here.counselor(), here.counselor("Olga")
    rosa = here.client_of(dana)
    here.planned(dana, rosa)
    at = f"/counselor/{rosa.id}"
    assert dana.post(f"{at}/transfer", counselor=rosa.id).status_code == 422
    assert dana.post(f"{at}/transfer", counselor=other.id).status_code == 303
    assert other.get(at).status_code == 404
    asked = re.search(r"/shares/transfers/[0-9a-f]{32}", rosa.get("/shares").text)
    assert asked and here.somebody("Sam").post(asked[0], answer="yes").status_code == 404
    assert rosa.post(asked[0], answer="yes").status_code == 303
    assert (dana.get(at).status_code, other.get(at).status_code) == (404, 200)
    assert "with Olga" in rosa.get("/plan").text
    assert other.post(f"{at}/steps", what="Next").status_code == 303
    assert rosa.post(asked[0], answer="yes").status_code == 404


def test_groups_hold_clients_and_a_workshop_is_kept_for_each(here: Office):
    dana, other = here.counselor(), here.counselor("Olga")
    rosa, ben = here.client_of(dana), here.client_of(dana, "Ben")
    stranger = here.somebody("Sam")
    assert dana.post("/counselor/groups", name="Résumés", client=[stranger.id]).status_code == 422
    made = dana.post("/counselor/groups", name="Résumés", client=[rosa.id, ben.id])
    group = made.location.rpartition("group=")[2]
    shown = dana.get(f"/counselor?group={group}").text
    assert "Rosa" in shown and "Ben" in shown
    held = f"/counselor/groups/{group}/held"
    today = datetime.now(UTC).date().isoformat()
    assert dana.post(held, day="2999-01-01", minutes="60").status_code == 422
    for _twice in range(2):
        assert dana.post(held, day=today, minutes="90").status_code == 303
    report = list(csv.DictReader(StringIO(dana.get("/counselor/report.csv").text)))
    assert [row["minutes_workshop"] for row in report] == ["90", "90"]
    dana.post(f"/counselor/groups/{group}/take", client=ben.id)
    assert (
        "Ben"
        not in dana.get(f"/counselor?group={group}&q=ben").text.split("case-table")[-1].split("</table")[0]
    )
    assert other.post(held, day=today, minutes="90").status_code == 404
    assert other.post(f"/counselor/groups/{group}/remove").status_code == 404


def test_the_caseload_says_who_needs_a_person_and_finds_and_sorts(here: Office):
    dana = here.counselor()
    fine, ending = here.client_of(dana, "Amy"), here.client_of(dana, "Bea")
    bad = here.client_of(dana, "Cora")
    soon = datetime.now(UTC).date() + timedelta(days=20)
    here.hold(ending, title="Driving licence", kind=RecordKind.LICENCE, expires_on=soon)
    here.hold(bad, title="Welding badge", standing=Standing.REVOKED)

    def listed(query: str = "") -> list[str]:
        return re.findall(r'<a href="/counselor/[0-9a-f]{32}">(\w+)</a>', dana.get(f"/counselor{query}").text)

    assert listed() == ["Bea", "Cora", "Amy"] and listed("?sort=name") == ["Amy", "Bea", "Cora"]
    assert listed("?flag=ending") == ["Bea"] and listed("?flag=failed") == ["Cora"]
    assert listed("?q=AMY") == ["Amy"] and listed("?flag=quiet") == []
    assert "Driving licence, until" in dana.get("/counselor").text
    dana.post(f"/counselor/{fine.id}/goal", code=NURSE.code)
    assert listed(f"?goal={NURSE.code}") == ["Amy"]


def test_the_figures_are_those_of_the_own_clients(here: Office):
    dana, other = here.counselor(), here.counselor("Olga")
    clients = [here.client_of(dana, name) for name in ("Amy", "Bea", "=Cora")]
    elsewhere = here.client_of(other, "Zoe")
    for one in clients:
        dana.post(f"/counselor/{one.id}/goal", code=NURSE.code)
    other.post(f"/counselor/{elsewhere.id}/goal", code=NURSE.code)
    here.hold(
        clients[0], title="Care", skills=(RecordedSkill(skill("monitor patients").uri, "monitor patients"),)
    )
    page = dana.get("/counselor/figures").text
    rows = dict(
        re.findall(
            r'<tr><th scope="row"><span>([^<]+)</span></th><td><span.*?</span>(\d+)</td><td>3</td>', page
        )
    )
    assert rows == {"give medicines": "3", "monitor patients": "2"}
    report = list(csv.DictReader(StringIO(dana.get("/counselor/report.csv").text)))
    assert [row["name"] for row in report] == ["'=Cora", "Amy", "Bea"]


def test_who_has_an_address_gets_the_link_by_mail_in_both_languages(here: Office):
    class Post:
        configured = True

        def __init__(self) -> None:
            self.sent: list[tuple[str, str]] = []

        def send(self, to: str, _subject: str, text: str) -> bool:
            self.sent.append((to, text))
            return to != "full@example.org"

    dana = here.counselor("www.buy.example Dana")
    inviting = here.services.inviting
    post = Post()
    inviting._mail, inviting._later = post, lambda act: act()
    names = "name,email\nAna,ana@example.org\nBen,\nCy,full@example.org\n"
    assert inviting.invite_list(here.record.people.actor(dana.id), names.encode()).invited == 3
    assert [to for to, _text in post.sent] == ["ana@example.org", "full@example.org"]
    text = post.sent[0][1]
    assert "invites you" in text and "le invita" in text and "buy.example" not in text
    path = re.search(r"/invitation/[\w-]{22}", text)
    assert path and here.browser.get(path[0]).status_code == 200
    assert dana.get("/counselor/invitations").text.count("Sent by mail.") == 1

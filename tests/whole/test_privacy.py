"""One person tries for another's data, everywhere there is anything to ask."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import Any

import pytest

from config import ROOT
from services.demo import read
from tests.whole.asking import UPDATE, Asker, callback_body, inputs_of

PETE = next(file for file in read(ROOT / "demo") if file.email == "pete@demo.example")
OTHERS = [file for file in read(ROOT / "demo") if file.email != PETE.email]
TITLES = {record.title for record in PETE.records} - {r.title for one in OTHERS for r in one.records}
RECORDS = {record.id for record in PETE.records}
VERBS = (
    *("claim", "unclaim", "hide", "show", "choose", "drop", "read", "delete", "share"),
    *("report", "unreport", "missing", "unmissing", "pick", "unpick"),
    *("dismiss", "first", "not_first", "earlier"),
)
NAMES = (
    "owner",
    "person",
    "person_id",
    "user",
    "user_id",
    "id",
    "record",
    "record_id",
    "wallet",
    "learner",
    "as",
)
WHO = ("a visitor", "maya", "counselor", "official", "employer", "issuer")


def leaks(text: str, sent: set[str]) -> set[str]:
    """What of Pete's stands in an answer, without what the question itself contained."""
    return {secret for secret in {*TITLES, *RECORDS, PETE.person_id} - sent if secret in text}


def state_of_pete(product: SimpleNamespace) -> tuple[Any, ...]:
    person = PETE.person_id
    return (
        product.people.account(person),
        product.people.chosen_careers(person),
        product.services.consents.mine(product.people.actor(person)),
        product.wallets.records(person),
        product.wallets.hidden(person),
        product.wallets.notices(person),
        product.wallets.showcase(person),
        product.wallets.size(person),
        product.services.reports.mine(product.people.actor(person)),
    )


@pytest.fixture(scope="module", autouse=True)
def words_of_pete(product: SimpleNamespace) -> str:
    """What Pete said about a role, which is his as well."""
    pete = product.people.actor(PETE.person_id)
    required = product.services.graph.role("13-1081.00").requirements
    made = product.services.reports.make(
        pete, "13-1081.00", "wrong", skill=required[0].skill.uri, words="Pete's very own words"
    )
    product.services.reports.make(pete, "13-1081.00", "missing", words="More of Pete's words")
    # The counselor is a stranger here; what a counselor sees by consent: tests/pages/test_counselor.py.
    for consent in product.services.consents.mine(pete):
        if consent.kind == "counselor":
            product.services.consents.withdraw(pete, consent.id)
    RECORDS.add(made.id)
    TITLES.update({"Pete's very own words", "More of Pete's words"})
    return made.id


def test_pete_himself_sees_what_the_others_must_not(product: SimpleNamespace, words_of_pete: str) -> None:
    pete = Asker(product.shell, PETE.email, "waymark-demo")
    text = "".join(
        json.dumps(pete.ask("GET", path).get_json(), ensure_ascii=False)
        for path in ("/api/v1/wallet", "/api/v1/reports")
    )
    assert all(title in text for title in TITLES)
    assert len(TITLES) >= 5
    layouts = [
        pete.call("page.children", {"pathname": path, "search": ""}).text
        for path in ("/wallet", "/gap/13-1081.00")
    ]
    assert all(any(record in layout for layout in layouts) for record in RECORDS - {words_of_pete})


@pytest.mark.parametrize("who", WHO)
def test_no_address_gives_another_s_data(
    product: SimpleNamespace, askers: dict[str, Asker], who: str
) -> None:
    before, wrong, asked = state_of_pete(product), set(), 0
    for wanted in (PETE.person_id, sorted(RECORDS)[0], PETE.email):
        given = dict.fromkeys(NAMES, wanted)
        for rule in product.shell.server.url_map.iter_rules():
            for path in _paths(rule, wanted):
                for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                    # Whatever a body is read as, what stands in the address is asked for as well.
                    bodies: list[dict[str, Any]] = (
                        [{}] if method == "GET" else [{"json": given}, {"data": given}]
                    )
                    for body in bodies:
                        answer = askers[who].ask(method, path, query_string=given, **body)
                        asked += 1
                        if answer.status_code >= 500:
                            wrong.add(f"{answer.status_code} {method} {rule.rule}")
                        if found := leaks(answer.get_data().decode(errors="replace"), {wanted}):
                            wrong.add(f"{found} by {method} {rule.rule}")
    assert not wrong
    assert asked > 100
    assert state_of_pete(product) == before


def _paths(rule: Any, wanted: str) -> list[str]:
    """The rule with what is wanted in its places; the pages of the dashboard where it catches all."""
    if rule.rule == "/<path:path>":
        return ["/network", "/gap/13-1081.00", f"/gap/{wanted}", "/wallet", f"/wallet/{wanted}"]
    return [re.sub(r"<[^>]+>", wanted, rule.rule)]


@pytest.mark.parametrize("who", WHO)
def test_no_callback_gives_another_s_data_or_changes_it(
    product: SimpleNamespace, askers: dict[str, Asker], who: str
) -> None:
    before, sent = state_of_pete(product), set[str]()
    skill = sorted(s.uri for record in PETE.records for s in record.skills)[0]
    for wanted in (PETE.person_id, sorted(RECORDS)[0]):
        given = dict.fromkeys(NAMES, wanted)
        query = "?" + "&".join(f"{name}={wanted}" for name in NAMES)
        wishes = [{**given, "act": verb, "on": on} for verb in VERBS for on in (wanted, skill)]
        for output, changed in inputs_of(product.shell):
            paths = ("/network", "/wallet", "/gap/13-1081.00", f"/gap/{wanted}", f"/wallet/{wanted}")
            for nth, wish in enumerate(wishes if changed.endswith("act.data") else wishes[:1]):
                # The first wish at every address; each other one where a role is open, and at one more.
                for path in {paths[2], paths[nth % len(paths)]} if nth else paths:
                    values = {"pathname": path, "search": query, "data": wish, "value": wanted}
                    body = json.dumps(callback_body(product.shell, output, values, changed))
                    if body in sent:  # what does not ask for the address is the same at each
                        continue
                    sent.add(body)
                    answer = askers[who].call(output, values, changed)
                    assert answer.status_code < 500, (output, values, answer.text[:300])
                    assert not leaks(answer.get_data().decode(errors="replace"), {wanted}), (output, values)
        take_back(product, who)
    assert state_of_pete(product) == before


@pytest.mark.parametrize("who", WHO)
def test_the_page_in_the_first_answer_is_that_of_who_asks(
    product: SimpleNamespace, askers: dict[str, Asker], who: str
) -> None:
    for path in ("/wallet", "/network", "/gap/13-1081.00", f"/wallet/{PETE.person_id}"):
        first = {"at": path}
        shown = Asker(product.shell, PETE.email, "waymark-demo").ask(
            "GET", "/_dash-layout", query_string=first
        )
        assert path != "/wallet" or leaks(shown.text, set())
        answer = askers[who].ask("GET", "/_dash-layout", query_string=first)
        assert answer.status_code == 200
        # Nobody else is ever given it, and the one who asked not without asking again.
        kept = "private, no-cache" if who == "a visitor" else "no-store"
        assert answer.headers["Cache-Control"] == kept
        assert not leaks(answer.text, {PETE.person_id})


def take_back(product: SimpleNamespace, who: str) -> None:
    """Forget what somebody reported here: it holds what they were made to type, and is theirs to see."""
    known = product.people.credentials(f"{who}@demo.example")
    for report in product.services.reports.mine(known.actor) if known else ():
        product.services.reports.withdraw(known.actor, report.id)


@pytest.mark.parametrize("who", ("a visitor", *WHO[1:]))
def test_nobody_but_an_administrator_sees_or_decides_what_people_report(
    askers: dict[str, Asker], who: str, words_of_pete: str
) -> None:
    refused = 401 if who == "a visitor" else 403
    decision = {"decision": "drop", "task": "0123456789", "reason": "x"}
    for method, path, body in (
        ("GET", "/api/v1/reports/open", None),
        ("GET", "/api/v1/reports/decisions.csv", None),
        ("POST", f"/api/v1/reports/{words_of_pete}/decision", decision),
        ("POST", f"/api/v1/reports/{words_of_pete}/decision", {"decision": "dismiss"}),
    ):
        assert askers[who].ask(method, path, json=body).status_code == refused, path
    assert askers[who].ask("GET", "/reports").status_code == (303 if who == "a visitor" else 403)
    taken_back = askers[who].ask("DELETE", f"/api/v1/reports/{words_of_pete}")
    assert taken_back.status_code == (401 if who == "a visitor" else 404)


def test_who_decides_reads_the_words_and_not_whose_they_are(
    product: SimpleNamespace, words_of_pete: str
) -> None:
    admin = Asker(product.shell, "admin@demo.example", "waymark-demo")
    for path in ("/reports", f"/reports?case={words_of_pete}", "/api/v1/reports/open"):
        text = admin.ask("GET", path).text
        assert "very own words" in text
        assert PETE.person_id not in text and PETE.email not in text and ">Pete<" not in text
    assert admin.ask("DELETE", f"/api/v1/reports/{words_of_pete}").status_code == 404


@pytest.mark.parametrize("page", ["/wallet"])
def test_a_page_of_one_s_own_is_nobody_s_without_signing_in(askers: dict[str, Asker], page: str) -> None:
    visitor = askers["a visitor"]
    assert visitor.ask("GET", page).status_code == 303
    assert visitor.call("page.children", {"pathname": page, "search": ""}).status_code == 401


def test_a_wish_of_a_visitor_changes_nothing(product: SimpleNamespace, askers: dict[str, Asker]) -> None:
    for output, changed in inputs_of(product.shell):
        if changed in ("act.data", "missing-act.data"):
            verbs = ("claim", "unclaim", "hide", "show")
            if "gap-content" in output:
                verbs += ("report", "unreport")
            elif changed == "missing-act.data":
                verbs = ("missing", "unmissing")
            for verb in verbs:
                skill = PETE.records[0].skills[0].uri
                values = {"pathname": "/gap/13-1081.00", "search": "", "data": {"act": verb, "on": skill}}
                assert askers["a visitor"].call(output, values, changed).status_code == 401


HOSTILE: list[Any] = [
    None,
    7,
    -1.5,
    True,
    "",
    "\x00",
    "\ud800",
    "x" * 100_000,
    [],
    {},
    [[[]]],
    {"act": None},
    {"act": ["claim"], "on": {"a": 1}},
    {"act": "claim", "on": "\ud800"},
    {"act": "claim", "on": "x" * 50_000},
    {"act": "claim", "on": "'; DROP TABLE record; --"},
    {"act": "choose", "on": "99-9999.99"},
    {"act": "report", "on": "\ud800"},
    {"act": "report", "on": "http://nowhere.example", "fields": {"words": {"a": 1}}},
    {"act": "report", "on": "http://nowhere.example", "fields": [[]]},
    {"act": "unreport", "on": 7},
    {"act": "pick", "on": "'; DROP TABLE report; --"},
    {"act": "unmissing", "on": "\ud800"},
    {"act": "choose", "on": 13},
    {"act": "drop", "on": "\ud800"},
    "?open=\ud800&now=%00&area=%ff&careers=" + ",".join(["13-1081.00"] * 500),
    "?area=ZZZZZZZ&open=99-9999.99&now=99-9999.99&family=00&careers=99-9999.99,x",
    "?" + "&".join(f"a{n}=1" for n in range(5000)),
    "/gap/%00",
    "/gap/\ud800",
    "/gap/" + "9" * 5000,
    "/../../etc/passwd",
    "/network/\x00",
]


def test_no_callback_breaks_or_changes_anything_whatever_it_is_sent(
    product: SimpleNamespace, askers: dict[str, Asker]
) -> None:
    maya = next(file for file in OTHERS if file.email == "maya@demo.example").person_id

    def state() -> tuple[Any, ...]:
        return (
            state_of_pete(product),
            product.wallets.records(maya),
            product.wallets.hidden(maya),
            product.people.chosen_careers(maya),
            product.services.reports.mine(product.people.actor(maya)),
        )

    before, broken = state(), []
    sound = {"pathname": "/network", "search": "", "data": None, "value": ""}
    for output, changed in inputs_of(product.shell):
        known = product.shell.callback_map[output]
        slots = [f"{slot['id']}.{slot['property']}" for slot in (*known["inputs"], *known["state"])]
        page = "/gap/13-1081.00" if "gap-" in output or "missing-" in output else "/network"
        for nth, value in enumerate(HOSTILE):
            # What sets the callback off is sent every value, and of the rest of its properties one in turn.
            for slot in {changed, slots[nth % len(slots)]}:
                values = {**sound, "pathname": page, slot: value}
                answer = askers["maya"].call(output, values, changed)
                if answer.status_code >= 500:
                    broken.append(f"{output[:60]} {slot} {value!r:.60}")
    assert not broken, "\n".join(broken)
    assert state() == before


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"7",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"output": "' + b"x" * 1_000_000 + b'"}',
        b'{"output": ["page.children"]}',
        b'{"output": {"a": 1}}',
        b'{"output": "page.children"}',
        b'{"output": "page.children", "inputs": 3, "changedPropIds": {}}',
        b'{"output": "page.children", "outputs": [], "inputs": [[]], "state": [7], "changedPropIds": [1]}',
        b'{"output": "page.children", "outputs": {"id": "a", "property": "b"}, "inputs": []}',
        b'{"output": "nothing.children", "outputs": {"id": "nothing", "property": "children"}, "inputs": []}',
    ],
    ids=range(15),
)
def test_a_request_that_is_no_callback_is_refused(askers: dict[str, Asker], body: bytes) -> None:
    for who in ("a visitor", "maya"):
        answer = askers[who].ask("POST", UPDATE, data=body, content_type="application/json")
        assert 400 <= answer.status_code < 500, answer.text[:300]
        assert json.loads(answer.text)["title"]


def test_a_callback_asked_with_too_much_is_refused(askers: dict[str, Asker]) -> None:
    body = json.dumps({"output": "page.children", "inputs": ["x" * 3_000_000]}).encode()
    answer = askers["maya"].ask("POST", UPDATE, data=body, content_type="application/json")
    assert answer.status_code == 413


def test_a_made_up_session_is_nobody_s(product: SimpleNamespace) -> None:
    client = product.shell.server.test_client()
    for value in ("", "x", f'{{"_user_id":"{PETE.person_id}"}}', "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb"):
        client.set_cookie("session", value)
        answer = client.get("/api/v1/wallet")
        assert answer.status_code == 401

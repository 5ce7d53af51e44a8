"""Every address, callback and operation, asked by everybody: in where the permission table says so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

import api
from accounts import permissions
from accounts.actor import VISITOR, Actor
from accounts.permissions import PERMISSIONS, Action
from accounts.postings import NewPosting
from accounts.roles import PersonRole
from accounts.scopes import NEVER
from api.examples import BODIES
from api.routes import ROUTES
from graph.model import PlanStep, Wanted
from services.sharing import Wish
from tests.careers import skill
from tests.pages.small_product import SmallProduct
from tests.people import PASSWORD
from tests.regions import RegionLabor
from tests.whole.asking import callback_body
from tests.whole.doors import ACTS, ADDRESSES, CALLBACKS, OPEN
from wallet.record import claim_of
from web import errors

UPDATE = "/_dash-update-component"
NOBODY = "a visitor"
NOTHING_THERE = "0" * 32


class Town:
    """The product with somebody of each kind, and with things that are Pete's and Company B's."""

    def __init__(self, folder: Path) -> None:
        self.product = SmallProduct(folder, RegionLabor)
        self.shell, services, record = self.product.shell, self.product.services, self.product.record
        self.services = services
        self.shell.server.config["WTF_CSRF_ENABLED"] = False
        self.people: dict[str, Actor] = {NOBODY: VISITOR}
        for role in PersonRole:
            self.people[role.value] = record.person(role.value.title())
            record.people.grant_roles(str(self.people[role.value].person_id), {role})
        self.pete = record.person("Pete")
        # Everybody registers as a learner; here each is one thing only.
        roles = {name: frozenset({PersonRole(name)}) for name in self.people if name != NOBODY}
        self.people |= {
            name: replace(actor, roles=roles[name]) for name, actor in self.people.items() if name != NOBODY
        }
        with record.database.engine.begin() as connection:
            for name, actor in self.people.items():
                if name not in (NOBODY, "learner"):
                    connection.exec_driver_sql(
                        f"DELETE FROM person_role WHERE person_id = '{actor.person_id}' AND role = 'learner'"  # noqa: S608
                    )
        self.ids = self._belongings(str(self.pete.person_id))
        self.sessions = {name: self._session(name) for name in self.people}
        self.sessions["Pete"] = self._session("Pete")

    def _belongings(self, pete: str) -> dict[str, str]:
        services, record = self.services, self.product.record
        lift = skill("lift patients")
        held = record.wallets.add(pete, claim_of(lift.uri, lift.name))
        made = services.sharing.make(self.pete, Wish(None, (), "For Company B", date(2027, 1, 1), 5))
        employer = services.people.actor(str(self.people["employer"].person_id), 1)
        posting = services._postings.add(
            str(employer.person_id),
            NewPosting("Ward assistant", date(2099, 1, 1), (Wanted(lift.uri, lift.name),)),
        )
        services._postings.publish(str(employer.person_id), posting.id, warned=False)
        reports = services.reports.make(self.pete, "29-1141.00", "missing", words="Pete's own words")
        asked = services.confirmations.ask(
            self.pete, held.id, organization="Company A", parts=["skills"]
        ).confirmation
        return self._advised(pete) | {
            "record_id": held.id,
            "share_id": made.share.id,
            "consent_id": made.share.id,
            "posting_id": posting.id,
            "plan_id": services._plans.keep(pete, "Pete's plan", ((lift.uri, lift.name),), "", 20).id,
            "pathway_id": services._kept_pathways.keep(pete, "29-1141.00", (), None, 12).id,
            "report_id": reports.id,
            "settled_id": reports.id,
            "token_id": services.tokens.make(self.pete, "Pete's tool", ["wallet:read"], 30).token.id,
            "request_id": asked.id,
            "kind": "employment",
            "number": "1",
            "name": "light",
            "code": "en",
            "package_name": "dash",
        }

    def _advised(self, pete: str) -> dict[str, str]:
        """What Cora, another counselor, keeps about Pete and others, and what another official opened."""
        services, record = self.services, self.product.record
        cora, olga = record.person("Cora"), record.person("Olga")
        record.people.grant_roles(str(cora.person_id), {PersonRole.COUNSELOR})
        record.people.grant_roles(str(olga.person_id), {PersonRole.OFFICIAL})
        cora, olga = (services.people.actor(str(one.person_id), 1) for one in (cora, olga))
        services.consents.let_counselor(
            self.pete, str(cora.person_id), ends_at=None, actions=frozenset({"plans.change"})
        )
        note = services.case_work.write(cora, pete, "Cora's own words", shared=True)
        step = services.employment_plans.add_step(cora, pete, PlanStep("", "See Company B", "Pete", None))
        moved = services.transfers.propose(cora, pete, str(self.people["counselor"].person_id))
        invited = services.inviting.invite(cora, "Rosa", "").id
        return {
            "person_id": pete,
            "note_id": note.id,
            "step_id": step.draft.steps[0].id,
            "transfer_id": moved.id,
            "news_id": services.news.mine(self.pete)[0].id,
            "group_id": services.caseload.make_group(cora, "Monday", None, [pete]).id,
            "invitation_id": invited,
            "view_id": services.region_publishing.publish(olga, "view=gap").id,
        }

    def _session(self, name: str) -> dict[str, str]:
        if name == NOBODY:
            return {}
        client = self.shell.server.test_client()
        sent = {"email": f"{name.lower()}@example.org", "password": PASSWORD}
        assert client.post("/api/v1/session", json=sent).status_code == 204
        return {cookie.key: cookie.value for cookie in client._cookies.values()}

    def ask(self, name: str, method: str, path: str, **more: Any) -> Any:
        client = self.shell.server.test_client()
        for key, value in self.sessions[name].items():
            client.set_cookie(key, value)
        return client.open(path, method=method, **more)

    def of_pete(self) -> Any:
        """All that is his, without the log of who looked."""
        said = json.loads(self.services.taking_out.export(self.pete))
        return {name: value for name, value in said.items() if name not in ("made_at", "seal", "accesses")}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    made = Town(tmp_path_factory.mktemp("doors"))
    yield made
    made.product.close()


def let_in(action: str, actor: Actor) -> bool:
    """What the table says, of what is the actor's own."""
    return action == OPEN or permissions.may(actor, Action(action))


ELSEWHERE = ("login.logout", "account.delete", "oauth.token", "oauth.revoke")
"""Tried below, and in tests/pages/test_systems.py: what lets a system in is its own secret."""

EVERYWHERE = (NOBODY, "learner")
"""Who is asked everywhere; what asks for no part is the same to the others as to a learner."""


def asks_for_a_part(action: str) -> bool:
    return action != OPEN and bool(PERMISSIONS[Action(action)].roles)


def addresses(town: Town) -> list[tuple[str, str, str]]:
    """Each endpoint with a method and a path; ids are those of Pete's and of Company B's things."""
    found = []
    for rule in town.shell.server.url_map.iter_rules():
        path = re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda m: town.ids.get(m[1], NOTHING_THERE), rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            found.append((rule.endpoint, method, path))
    return found


def operation(endpoint: str) -> bool:
    return endpoint.startswith("api.") and endpoint.removeprefix("api.") in {one.handler for one in ROUTES}


def test_every_address_callback_and_operation_has_an_entry(town):
    endpoints = {endpoint for endpoint, _method, _path in addresses(town) if not operation(endpoint)}
    assert endpoints - set(ADDRESSES) == set(), "say which action these ask for, in tests/whole/doors.py"
    assert set(ADDRESSES) - endpoints == set(), "these are gone"
    callbacks = {first_output(output) for output in town.shell.callback_map}
    assert callbacks == set(CALLBACKS)
    for route in ROUTES:
        assert bool(route.needs) == route.own, route.handler
        assert {Action(need) for need in route.needs} <= set(Action)


@pytest.mark.parametrize("who", [NOBODY, *(role.value for role in PersonRole)])
def test_each_address_lets_in_whom_the_table_says_and_nobody_else(town, who):
    actor, before, wrong = town.people[who], town.of_pete(), []
    for endpoint, method, path in addresses(town):
        if operation(endpoint) or endpoint in ELSEWHERE:
            continue
        if who not in EVERYWHERE and not asks_for_a_part(ADDRESSES[endpoint]):
            continue
        allowed = let_in(ADDRESSES[endpoint], actor)
        answer = town.ask(who, method, path)
        to_sign_in = answer.status_code == 303 and answer.headers["Location"].startswith("/login?")
        refused = answer.status_code in (401, 403) or to_sign_in
        if (answer.status_code >= 500 and answer.status_code != 503) or refused == allowed:
            wrong.append(f"{endpoint} {method}: {answer.status_code}, should be let in: {allowed}")
        if who == NOBODY and refused and not (to_sign_in or answer.status_code == 401):
            wrong.append(f"{endpoint} {method}: {answer.status_code} before signing in")
    assert not wrong, "\n".join(wrong)
    assert town.of_pete() == before


def test_leaving_is_for_oneself(town):
    assert town.ask(NOBODY, "POST", "/account/delete").status_code == 401
    assert town.ask(NOBODY, "POST", "/logout").status_code == 303


FORMS = {"shares.change": {"expires": (date.today() + timedelta(days=30)).isoformat(), "openings": "5"}}
"""What has to be filled in before it is looked up whose it is."""

FORGIVING = ("notifications.dismiss", "employment_plan.dismiss")
"""A double click is no mistake: whatever it names, the answer is the same."""


def test_another_s_id_is_answered_as_one_that_there_is_not(town):
    """What holds somebody's own, asked with Pete's ids by Maya, and with one that nobody has."""
    wrong = []
    for endpoint, method, path in addresses(town):
        rule = next(one for one in town.shell.server.url_map.iter_rules() if one.endpoint == endpoint)
        own = ADDRESSES.get(endpoint, OPEN) != OPEN and PERMISSIONS[Action(ADDRESSES[endpoint])].own
        named = [name for name in rule.arguments if name.endswith("_id") and name in town.ids]
        if not own or not named or endpoint.startswith("postings."):
            continue
        nobodys = path.replace(town.ids[named[0]], NOTHING_THERE)
        sound = FORMS.get(endpoint)
        theirs, none = (town.ask("learner", method, one, data=sound) for one in (path, nobodys))
        expected = 303 if endpoint in FORGIVING else 404
        if theirs.status_code != expected or none.status_code != expected:
            wrong.append(f"{endpoint} {method}: {theirs.status_code}, and of nobody's {none.status_code}")
    assert not wrong, "\n".join(wrong)
    assert town.ids["news_id"] in {one.id for one in town.services.news.mine(town.pete)}


@pytest.mark.parametrize("who", ["counselor", "official"])
def test_what_another_counselor_or_official_keeps_is_answered_as_what_there_is_not(town, who):
    before, wrong, asked = town.of_pete(), [], 0
    parts = {"counselor": ("caseload.read", "caseload.change"), "official": ("county.publish",)}[who]
    for endpoint, method, path in addresses(town):
        named = [one for one in town.ids.values() if len(one) == 32 and f"/{one}" in path]
        if ADDRESSES.get(endpoint) not in parts or not named:
            continue
        asked += 1
        theirs = town.ask(who, method, path)
        none = town.ask(who, method, path.replace(named[0], NOTHING_THERE))
        if theirs.status_code != 404 or none.status_code != 404:
            wrong.append(f"{endpoint} {method}: {theirs.status_code}, and of nobody's {none.status_code}")
    assert not wrong, "\n".join(wrong)
    assert asked >= {"counselor": 18, "official": 1}[who]
    assert town.of_pete() == before


def first_output(output: str) -> str:
    return re.sub(r"@[0-9a-f]+", "", output).strip(".").split("...")[0]


@pytest.mark.parametrize("who", [*EVERYWHERE, "employer"])
def test_each_callback_lets_in_whom_the_table_says_and_nobody_else(town, who):
    before, wrong = town.of_pete(), []
    for output in town.shell.callback_map:
        name = first_output(output)
        action = CALLBACKS[name]
        values = {
            "pathname": "/gap/29-1141.00" if "gap" in name or "missing" in name else "/network",
            "search": "",
        }
        values |= {"data": ACTS.get(name), "value": "care", "n_clicks": None}
        inputs = town.shell.callback_map[output]["inputs"]
        acting = next((f"{one['id']}.data" for one in inputs if one["property"] == "data"), None)
        body = callback_body(town.shell, output, values, acting if name in ACTS else None)
        client = town.shell.server.test_client()
        for key, value in town.sessions[who].items():
            client.set_cookie(key, value)
        answer = client.post(UPDATE, json=body)
        refused = answer.status_code in (401, 403)
        if (answer.status_code >= 500 and answer.status_code != 503) or refused == let_in(
            action, town.people[who]
        ):
            wrong.append(f"{name}: {answer.status_code} for {action}")
    assert not wrong, "\n".join(wrong)
    assert town.of_pete() == before


# The interface for programs.


class Asked(dict[Action, Any]):
    """The table, and what was looked up in it."""

    def __init__(self) -> None:
        super().__init__(PERMISSIONS)
        self.looked: set[str] = set()

    def get(self, action: Any, default: Any = None) -> Any:
        self.looked.add(str(action))
        return super().get(action, default)


@pytest.fixture
def interface(town: Town, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The API alone, asked as whoever stands in ``actor``."""
    here = SimpleNamespace(actor=VISITOR, table=Asked())
    server = Flask("waymark")
    errors.init_app(server)

    def sign_in(email: str, password: str) -> None:
        return None

    server.register_blueprint(api.create_blueprint(town.services, lambda: here.actor, sign_in))
    monkeypatch.setattr(permissions, "PERMISSIONS", here.table)

    def ask(route: Any, actor: Actor, ids: dict[str, str]) -> Any:
        here.actor, here.table.looked = actor, set()
        path = "/api/v1" + re.sub(r"{(\w+)}", lambda m: ids.get(m[1], NOTHING_THERE), route.path)
        query = {"q": "x", "text": "x", "roles": "29-1141.00", "skills": "k1"}
        more: dict[str, Any] = {"json": BODIES[route.handler]} if route.body is not None else {}
        if route.takes_file:
            more = {"data": b"{}"}
        return server.test_client().open(path, method=route.method, query_string=query, **more)

    here.ask = ask
    return here


def ids_of(town: Town, route: Any) -> dict[str, str]:
    """The id that belongs into a route's path, of something of Pete's or Company B's."""
    kind = {
        "records": "record_id",
        "entries": "record_id",
        "shares": "share_id",
        "consents": "consent_id",
        "plans": "plan_id",
        "pathways": "pathway_id",
        "reports": "report_id",
        "postings": "posting_id",
        "confirmations": "request_id",
        "notifications": "news_id",
    }
    parts = route.path.split("/")
    before = parts[parts.index("{id}") - 1] if "{id}" in parts else ""
    if "reports.decide" in route.needs:
        before = ""  # Deciding is for everybody's.
    return {"code": "29-1141.00", "id": town.ids.get(kind.get(before, ""), NOTHING_THERE)}


@pytest.mark.parametrize("who", [NOBODY, *(role.value for role in PersonRole)])
def test_each_operation_lets_in_whom_the_table_says_and_nobody_else(town, interface, who):
    actor, before, wrong = town.people[who], town.of_pete(), []
    for route in ROUTES:
        if who not in EVERYWHERE and not any(asks_for_a_part(need) for need in route.needs):
            continue
        answer = interface.ask(route, actor, ids_of(town, route))
        allowed = all(may_own(need, actor) for need in route.needs)
        expected = {401} if who == NOBODY and route.own else {403}
        if (answer.status_code >= 500 and answer.status_code != 503) or (
            answer.status_code in (401, 403)
        ) == allowed:
            wrong.append(f"{route.handler}: {answer.status_code}, should be let in: {allowed}")
        elif not allowed and answer.status_code not in expected:
            wrong.append(f"{route.handler}: {answer.status_code} in place of {expected}")
    assert not wrong, "\n".join(wrong)
    assert town.of_pete() == before


def may_own(need: str, actor: Actor) -> bool:
    """Whether the actor may do it on what is theirs; the list of an employer's own is empty of others'."""
    rule = PERMISSIONS[Action(need)]
    return actor.signed_in and (not rule.roles or bool(rule.roles & actor.roles))


TAKES_EVERYTHING = {"everything", "everything_as_tables", "resume", "learner_record"}


def test_an_operation_asks_for_what_it_says_and_for_nothing_else(town, interface):
    everything = replace(town.pete, roles=frozenset(PersonRole))
    everybodys = {action.value for action, rule in PERMISSIONS.items() if rule.anyone}
    # What a program is given all of but for these, which no scope names: it is asked, and left out.
    left_out = {Action.GROUPS_READ.value}
    assert left_out <= {action.value for action in NEVER}
    wrong = []
    for route in ROUTES:
        answer = interface.ask(route, everything, ids_of(town, route))
        taken = left_out if route.handler in TAKES_EVERYTHING else set()
        more = interface.table.looked - everybodys - set(route.needs) - taken
        if more or answer.status_code == 500:
            wrong.append(f"{route.handler}: asks for {sorted(more)} too ({answer.status_code})")
    assert not wrong, "\n".join(wrong)


def test_a_token_does_what_its_scopes_say_and_nothing_without_them(town, interface):
    every = frozenset(action.value for action in Action)
    everything = replace(town.people["learner"], roles=frozenset(PersonRole))
    wrong = []
    for route in ROUTES:
        exact = replace(everything, limited_to=frozenset(route.needs))
        if interface.ask(route, exact, ids_of(town, route)).status_code in (401, 403):
            wrong.append(f"{route.handler}: refused with all that it says it needs")
        if route.needs:
            less = replace(everything, limited_to=every - set(route.needs))
            answer = interface.ask(route, less, ids_of(town, route))
            if answer.status_code != 403:
                wrong.append(f"{route.handler}: {answer.status_code} without {route.needs}")
            elif "insufficient_scope" not in answer.headers["WWW-Authenticate"]:
                wrong.append(f"{route.handler}: does not say that it is the scope")
    assert not wrong, "\n".join(wrong)


def test_another_s_id_in_an_operation_is_answered_as_one_that_there_is_not(town, interface):
    wrong = []
    for route in ROUTES:
        if "{id}" not in route.path or not route.own:
            continue
        maya = replace(town.people["learner"], roles=frozenset(PersonRole) - {PersonRole.ADMIN})
        ids = ids_of(town, route)
        theirs = interface.ask(route, maya, ids)
        none = interface.ask(route, maya, {**ids, "id": NOTHING_THERE})
        seen = (
            route.path.startswith("/postings/") and route.method == "GET" and "application" not in route.path
        )
        if "reports.decide" in route.needs or seen or route.handler == "apply":
            continue
        if (theirs.status_code, theirs.data) != (none.status_code, none.data) or theirs.status_code not in (
            404,
            204,
        ):
            wrong.append(f"{route.handler}: {theirs.status_code}, and of nobody's {none.status_code}")
    assert not wrong, "\n".join(wrong)

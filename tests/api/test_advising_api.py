"""What a counselor's programs may ask about those they advise, by the same consent as the pages."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from accounts.roles import PersonRole
from graph.model import PlanContent, PlanStep, Signature
from tests.api.test_roles_api import assert_problem
from tests.careers import NURSE

NOBODY = "0" * 32


@pytest.fixture
def here(record, services, client, pete) -> SimpleNamespace:
    """Dana advises Pete; Olga nobody. Their plan is written, and signed by Pete alone."""
    made = {}
    for name in ("Dana", "Olga"):
        person = record.person(name)
        record.people.grant_roles(person.person_id, {PersonRole.COUNSELOR})
        made[name] = record.people.actor(person.person_id)
    dana, olga = made["Dana"], made["Olga"]
    given = services.consents.let_counselor(
        pete, dana.person_id, ends_at=None, actions=frozenset({"plans.change"})
    )
    today = services.caseload.today()
    said = PlanContent(
        NURSE.code, NURSE.title, steps=(PlanStep("", "Enrol", "Pete", today - timedelta(days=2)),)
    )
    store = services._employment_plans
    plan = store.keep(pete.person_id, (dana.person_id, "Dana"), said)
    number = store.freeze(pete.person_id, plan.draft, "Dana")
    store.sign(
        pete.person_id,
        number,
        Signature("", "client", "Pete", services._now(), plan.draft.digest, "", "Dana"),
    )

    def ask(who, path, **body):
        headers = {"Person": who.person_id}
        if body:
            return client.post(f"/api/v1{path}", json=body, headers=headers)
        return client.get(f"/api/v1{path}", headers=headers)

    return SimpleNamespace(
        services=services, record=record, ask=ask, dana=dana, olga=olga, pete=pete, given=given,
        at=f"/caseload/{pete.person_id}",
    )  # fmt: skip


def test_a_caseload_says_goal_progress_flags_and_what_is_due(here):
    [pete] = here.ask(here.dana, "/caseload").json["clients"]
    assert (pete["name"], pete["goal_code"], pete["goal_planned"]) == ("Pete", NURSE.code, True)
    assert (pete["steps"], pete["steps_done"], pete["flags"]) == (1, 0, ["overdue"])
    assert pete["next_what"] == "Enrol" and pete["plan_signed_on"] is None
    assert pete["records_verified"] == 1
    assert here.ask(here.dana, "/caseload?flag=ending").json["clients"] == []
    assert here.ask(here.dana, here.at).json == pete
    assert here.ask(here.olga, "/caseload").json["all"] == 0
    assert_problem(here.ask(here.dana, "/caseload?goal=nurse"), 400)


def test_a_plan_says_its_versions_and_who_signed_each(here):
    plan = here.ask(here.dana, f"{here.at}/plan").json
    assert plan == here.ask(here.pete, "/employment-plan").json
    [version] = plan["versions"]
    assert version["number"] == 1 and len(version["digest"]) == 64 and version["signed_on"] is None
    [signature] = version["signatures"]
    assert (signature["part"], signature["name"], signature["on_screen_of"]) == ("client", "Pete", "Dana")
    assert [step["what"] for step in plan["steps"]] == ["Enrol"] and not plan["changed"]
    assert_problem(here.ask(here.dana, "/employment-plan"), 404)


def test_notes_are_the_shared_ones_and_ones_own(here):
    for who in (here.dana, here.olga):
        here.services.consents.let_counselor(
            here.pete, who.person_id, ends_at=None, actions=frozenset({"plans.change"})
        )
    kept = here.ask(here.dana, f"{here.at}/notes", text="Only for us")
    assert kept.status_code == 201 and not kept.json["shared"]
    here.ask(here.dana, f"{here.at}/notes", text="Well done", shared=True)
    own = [one["text"] for one in here.ask(here.dana, f"{here.at}/notes").json]
    theirs = [one["text"] for one in here.ask(here.olga, f"{here.at}/notes").json]
    assert (sorted(own), theirs) == (["Only for us", "Well done"], ["Well done"])
    assert_problem(here.ask(here.dana, f"{here.at}/notes", text=" \n "), 422)


def test_who_lets_nobody_advise_them_is_not_there_for_a_program_either(here):
    asked = (here.at, f"{here.at}/plan", f"{here.at}/notes")
    unknown = [here.ask(here.olga, path.replace(here.pete.person_id, NOBODY)).json for path in asked]
    assert [here.ask(here.olga, path).json for path in asked] == unknown
    assert_problem(here.ask(here.olga, f"{here.at}/notes", text="x"), 404)
    assert_problem(here.ask(here.pete, here.at), 403)
    before = len(here.record.audit.of(here.pete.person_id))
    for path in asked:
        assert here.ask(here.dana, path).status_code == 200
    log = here.record.audit.of(here.pete.person_id)
    assert [one.action for one in log[: len(log) - before]] == ["cases.read", "plans.read", "cases.read"]
    here.services.consents.withdraw(here.pete, here.given.id)
    for path in asked:
        assert_problem(here.ask(here.dana, path), 404)


def test_a_token_reads_clients_only_with_the_scope_for_it_and_is_told_so(here):
    def asked(*scopes):
        made = here.services.tokens.make(here.dana, "Case system", scopes, 30)
        actor = here.services.bearer.actor(made.secret, "192.0.2.7")
        found = {}
        for name, verb in (
            ("list", lambda: here.services.caseload.mine(actor)),
            ("plan", lambda: here.services.employment_plans.read(actor, here.pete.person_id)),
            ("note", lambda: here.services.case_work.write(actor, here.pete.person_id, "x", shared=False)),
            ("wallet", lambda: here.services.clients.open(actor, here.pete.person_id)),
        ):
            try:
                verb()
                found[name] = ""
            except Exception as refused:
                found[name] = type(refused).__name__
        return found

    none = dict.fromkeys(("list", "plan", "note", "wallet"), "OutOfScope")
    assert asked("careers:read") == none
    assert asked("advising:read") == {**none, "list": "", "plan": ""}
    assert asked("advising:read", "advising:write") == {**none, "list": "", "plan": "", "note": ""}

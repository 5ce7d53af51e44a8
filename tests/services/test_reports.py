"""What people report about squares, what an administrator decides, and what comes out as a review."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from accounts.actor import VISITOR, Actor
from accounts.errors import PermissionDenied, PersonError, SignInNeeded
from accounts.roles import PersonRole
from data.errors import LaborDataUnavailable
from data.review import Decision, read_decisions
from services.container import Services
from services.corrections import DecidedAlready, DecisionRefused
from services.errors import RoleNotFound, RolesAway
from services.reports import NoSuchReport, NoSuchSquare, ReportRefused, TooManyReports
from services.wallet import SkillUnknown
from tests.careers import AIDE, DRIVER, NURSE, UNKNOWN, SmallLabor, skill
from tests.people import SystemOfRecord

MEDICINES, REPORTS, LIFT = (skill(name) for name in ("give medicines", "write reports", "lift patients"))
TASK = NURSE.requirements[1].evidence[0]
FIRST = NURSE.requirements[0].evidence[0]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[SimpleNamespace]:
    """The services, two learners and an administrator."""
    record = SystemOfRecord.in_folder(tmp_path)
    services = Services(record.database, SmallLabor, people=record.service)
    admin = record.person("Kim")
    record.people.grant_roles(admin.person_id, {PersonRole.ADMIN})
    yield SimpleNamespace(
        record=record,
        reports=services.reports,
        corrections=services.corrections,
        pete=record.person("Pete"),
        maya=record.person("Maya"),
        admin=record.people.actor(admin.person_id),
        folder=tmp_path,
    )
    services.close()
    record.close()


def wrong(here: SimpleNamespace, who: Actor | None = None, words: str = "") -> str:
    made = here.reports.make(who or here.pete, NURSE.code, "wrong", skill=MEDICINES.uri, words=words)
    return made.id


def missing(here: SimpleNamespace, words: str = "lifting people", chosen: str = "") -> str:
    return here.reports.make(here.pete, NURSE.code, "missing", words=words, chosen=chosen).id


def read_back(here: SimpleNamespace) -> tuple[Decision, ...]:
    path = here.folder / "corrections.csv"
    path.write_text(here.corrections.export(here.admin), encoding="utf-8")
    return read_decisions(path)


# Saying it


def test_anybody_signed_in_can_say_that_a_square_is_wrong_once(here):
    first = wrong(here, words="  Nurses\n do not.\x00 ")
    assert wrong(here, words="Other words") == first
    assert [(r.state, r.words) for r in here.reports.mine(here.pete)] == [("open", "Other words")]
    assert here.reports.mine(here.maya) == ()
    by_id = here.reports.make(here.maya, NURSE.code, "wrong", skill=MEDICINES.id)
    assert by_id.skill_uri == MEDICINES.uri


def test_a_double_click_says_it_once(here):
    with ThreadPoolExecutor(6) as clicks:
        ids = set(clicks.map(lambda _: wrong(here), range(6)))
    assert len(ids) == len(here.reports.mine(here.pete)) == 1


@pytest.mark.parametrize(
    ("role", "kind", "more", "error"),
    [
        ("99-9999.99", "wrong", {"skill": MEDICINES.uri}, RoleNotFound),
        (NURSE.code, "wrong", {"skill": LIFT.uri}, NoSuchSquare),
        (NURSE.code, "wrong", {}, NoSuchSquare),
        (NURSE.code, "wrong", {"skill": MEDICINES.uri, "words": "x" * 501}, ReportRefused),
        (NURSE.code, "missing", {}, ReportRefused),
        (NURSE.code, "missing", {"words": " \x00\ud800\u202e "}, ReportRefused),
        (NURSE.code, "missing", {"words": "x", "chosen": "http://nowhere.example"}, SkillUnknown),
        (NURSE.code, "missing", {"words": "x", "chosen": MEDICINES.uri}, ReportRefused),
        (NURSE.code, "perhaps", {"words": "x"}, ReportRefused),
        (UNKNOWN.code, "missing", {"words": "x"}, ReportRefused),
    ],
)
def test_what_cannot_be_meant_is_refused_and_not_kept(here, role, kind, more, error):
    with pytest.raises(error):
        here.reports.make(here.pete, role, kind, **more)
    assert here.reports.mine(here.pete) == ()


def test_words_are_kept_as_words_whatever_they_look_like(here):
    script = "<script>alert('x')</script> 👩‍🚒 =1+1"
    wrong(here, words=script)
    assert here.corrections.cases(here.admin)[0].words == (script,)


def test_more_than_fifty_in_a_day_wait_for_tomorrow(here):
    for number in range(50):
        missing(here, f"thing {number}")
    with pytest.raises(TooManyReports, match="50 things") as refused:
        missing(here, "one more")
    assert refused.value.status == 429
    assert len(here.reports.mine(here.pete)) == 50


def test_one_takes_back_what_one_said_and_nobody_else_does(here):
    made = wrong(here)
    for who in (here.maya, here.admin):
        with pytest.raises(NoSuchReport) as refused:
            here.reports.withdraw(who, made)
        assert refused.value.status == 404
    here.reports.withdraw(here.pete, made)
    assert here.reports.mine(here.pete) == here.corrections.cases(here.admin) == ()
    with pytest.raises(NoSuchReport):
        here.reports.withdraw(here.pete, made)


def test_a_visitor_says_and_decides_nothing_and_a_learner_decides_nothing(here):
    made = wrong(here)
    own = (
        lambda who: here.reports.make(who, NURSE.code, "wrong", skill=MEDICINES.uri),
        lambda who: here.reports.mine(who),
        lambda who: here.reports.withdraw(who, made),
    )
    deciding = (
        lambda who: here.corrections.cases(who),
        lambda who: here.corrections.tasks(who, NURSE.code),
        lambda who: here.corrections.settled(who),
        lambda who: here.corrections.decide(who, made, "drop", task=TASK.id, reason="x"),
        lambda who: here.corrections.dismiss(who, made),
        lambda who: here.corrections.undo(who, made),
        lambda who: here.corrections.export(who),
    )
    for ask in (*own, *deciding):
        with pytest.raises(SignInNeeded):
            ask(VISITOR)
    for role in set(PersonRole) - {PersonRole.ADMIN}:
        for ask in deciding:
            with pytest.raises(PermissionDenied):
                ask(Actor("someone", "Someone", frozenset({role})))
    assert [case.id for case in here.corrections.cases(here.admin)] == [made]


def test_what_is_looked_for_leaves_out_what_the_role_requires_already(here):
    assert here.reports.not_required(NURSE.code, "lift patients") == (LIFT,)
    assert here.reports.not_required(NURSE.code, "give medicines") == ()
    with pytest.raises(RoleNotFound):
        here.reports.not_required("99-9999.99", "lift patients")


# Deciding


def test_who_decides_sees_what_is_said_about_a_square_together_and_not_who(here):
    wrong(here, words="Nurses prescribe nothing.")
    wrong(here, here.maya)
    missing(here)
    cases = here.corrections.cases(here.admin)
    assert [(case.kind, case.count) for case in cases] == [("wrong", 2), ("missing", 1)]
    first = cases[0]
    assert (first.title, first.skill, first.words) == (NURSE.title, MEDICINES, ("Nurses prescribe nothing.",))
    assert first.behind == {TASK.id}
    said = repr(cases)
    assert not any(part in said for who in (here.pete, here.maya) for part in (who.person_id, who.name))


def test_every_kind_of_decision_comes_out_as_a_review_that_can_be_read(here):
    here.corrections.decide(here.admin, wrong(here), "drop", task=TASK.id, reason="=2+2, another\ntrade")
    swapped = here.reports.make(here.pete, NURSE.code, "wrong", skill=REPORTS.uri).id
    here.corrections.decide(
        here.admin, swapped, "swap", task=TASK.id, reason="better", statement=LIFT.uri, core=True
    )
    kept = here.reports.make(here.pete, AIDE.code, "wrong", skill=LIFT.uri).id
    lifts = AIDE.requirements[1].evidence[0].id
    here.corrections.decide(here.admin, kept, "keep", task=lifts)
    added = here.reports.make(here.pete, DRIVER.code, "missing", words="x", chosen=LIFT.uri).id
    drives = DRIVER.requirements[0].evidence[0].id
    here.corrections.decide(here.admin, added, "add", task=drives, reason="loads")
    assert read_back(here) == (
        Decision(NURSE.code, MEDICINES.uri, "drop", TASK.id, False, "", "=2+2, another trade"),
        Decision(NURSE.code, REPORTS.uri, "swap", TASK.id, True, LIFT.uri, "better"),
        Decision(AIDE.code, LIFT.uri, "keep", lifts, False, "", ""),
        Decision(DRIVER.code, LIFT.uri, "add", drives, False, "", "loads"),
    )
    assert here.corrections.cases(here.admin) == ()
    assert {(r.state, r.decision) for r in here.reports.mine(here.pete)} == {
        ("accepted", each) for each in ("drop", "swap", "keep", "add")
    }
    assert {one.decision for one in here.corrections.settled(here.admin)} == {"drop", "swap", "keep", "add"}


@pytest.mark.parametrize(
    ("decision", "more", "words"),
    [
        ("drop", {"reason": ""}, "Give the reason"),
        ("drop", {"reason": " \n\x00"}, "Give the reason"),
        ("drop", {"reason": "x" * 301}, "300 characters"),
        ("drop", {"task": ""}, "Choose the task"),
        ("drop", {"task": DRIVER.requirements[0].evidence[0].id}, "Choose the task"),
        ("drop", {"core": True}, "taken out"),
        ("swap", {}, "Look for the published statement"),
        ("swap", {"statement": REPORTS.uri}, "Take this one out instead"),
        ("swap", {"statement": MEDICINES.uri}, "a skill of this role already"),
        ("swap", {"statement": "http://nowhere.example"}, "not a skill we know"),
        ("add", {"statement": LIFT.uri}, "Choose what to decide"),
        ("", {}, "Choose what to decide"),
        ("\ud800", {}, "Choose what to decide"),
    ],
)
def test_a_decision_that_the_review_could_not_hold_is_refused(here, decision, more, words):
    made = wrong(here)
    with pytest.raises(PersonError, match=words):
        here.corrections.decide(
            here.admin, made, decision, **{"task": TASK.id, "reason": "another trade", **more}
        )
    assert len(here.corrections.cases(here.admin)) == 1 and read_back(here) == ()


def test_what_is_missing_needs_a_statement_that_is_not_there_yet(here):
    made = missing(here)
    for statement, words in (("", "Look for"), (MEDICINES.uri, "already")):
        with pytest.raises(DecisionRefused, match=words):
            here.corrections.decide(here.admin, made, "add", task=TASK.id, reason="x", statement=statement)
    here.corrections.decide(here.admin, made, "add", task=FIRST.id, reason="x", statement=LIFT.id)
    assert [one.skill_uri for one in read_back(here)] == [LIFT.uri]


def test_a_statement_that_was_taken_out_is_not_swapped_in(here):
    out = here.reports.make(here.pete, AIDE.code, "wrong", skill=LIFT.uri).id
    task = AIDE.requirements[0].evidence[0].id
    here.corrections.decide(here.admin, out, "drop", task=task, reason="x")
    other = here.reports.make(here.pete, AIDE.code, "wrong", skill=REPORTS.uri).id
    # The square goes with the next build only: until then it is still one of the role.
    with pytest.raises(DecisionRefused, match="already"):
        here.corrections.decide(here.admin, other, "swap", task=task, reason="x", statement=LIFT.uri)


def test_the_same_decision_twice_is_once_and_another_one_comes_too_late(here):
    made = wrong(here)
    for _click in range(2):
        here.corrections.decide(here.admin, made, "drop", task=TASK.id, reason="x")
    with pytest.raises(DecidedAlready):
        here.corrections.decide(here.admin, made, "keep", task=TASK.id)
    with pytest.raises(DecidedAlready):
        here.corrections.dismiss(here.admin, made)
    assert [one.decision for one in read_back(here)] == ["drop"]


def test_what_is_dismissed_is_closed_for_everybody_and_not_in_the_review(here):
    made = wrong(here)
    wrong(here, here.maya)
    for _click in range(2):
        here.corrections.dismiss(here.admin, made, "It is right.")
    assert here.corrections.cases(here.admin) == () and read_back(here) == ()
    assert [r.state for r in here.reports.mine(here.maya)] == ["dismissed"]
    assert [(one.decision, one.reason) for one in here.corrections.settled(here.admin)] == [
        ("", "It is right.")
    ]


def test_what_was_decided_is_opened_again(here):
    here.corrections.decide(here.admin, wrong(here), "drop", task=TASK.id, reason="x")
    here.corrections.undo(here.admin, here.corrections.settled(here.admin)[0].id)
    assert len(here.corrections.cases(here.admin)) == 1 and read_back(here) == ()
    with pytest.raises(NoSuchReport):
        here.corrections.undo(here.admin, "nothing")


def test_a_report_that_was_taken_back_can_not_be_decided(here):
    made = wrong(here)
    here.reports.withdraw(here.pete, made)
    with pytest.raises(NoSuchReport):
        here.corrections.decide(here.admin, made, "drop", task=TASK.id, reason="x")
    with pytest.raises(NoSuchReport):
        here.corrections.dismiss(here.admin, made)


@pytest.mark.parametrize("given", ["", "\x00", "\ud800", "x" * 5000, "0" * 32, "'; DROP TABLE report; --"])
def test_an_id_that_is_none_is_not_found_by_any_verb(here, given):
    for ask in (
        lambda: here.reports.withdraw(here.pete, given),
        lambda: here.corrections.decide(here.admin, given, "drop", task=TASK.id, reason="x"),
        lambda: here.corrections.dismiss(here.admin, given),
        lambda: here.corrections.undo(here.admin, given),
    ):
        with pytest.raises(NoSuchReport):
            ask()


def test_while_roles_are_away_one_s_own_can_be_seen_and_taken_back_and_decisions_taken_out(here):
    here.corrections.decide(here.admin, wrong(here), "drop", task=TASK.id, reason="x")
    made = missing(here)

    def away() -> SmallLabor:
        raise LaborDataUnavailable("being rebuilt")

    services = Services(here.record.database, away, people=here.record.service)
    assert len(services.reports.mine(here.pete)) == 2
    services.reports.withdraw(here.pete, made)
    assert MEDICINES.uri in services.corrections.export(here.admin)
    with pytest.raises(RolesAway):
        services.reports.make(here.pete, NURSE.code, "wrong", skill=MEDICINES.uri)

"""Reports and corrections in the system of record."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from accounts.reports import DISMISSED, OPEN, NewReport, ReportStore, Ruling
from tests.people import PASSWORD, SystemOfRecord

NURSE, WELDER = "29-1141.00", "51-4121.00"
DENTAL = "http://data.europa.eu/esco/skill/dental"
WOUNDS = "http://data.europa.eu/esco/skill/wounds"
WRONG = NewReport(NURSE, "wrong", DENTAL, words="That is a dentist's work.")
DROP = Ruling(NURSE, DENTAL, "drop", "0123456789", reason="another trade")


@pytest.fixture
def reports(system: SystemOfRecord) -> ReportStore:
    return ReportStore(system.database, system.clock)


def test_the_same_square_twice_is_one_report_with_the_later_words(system, reports):
    pete = system.person("Pete")
    first = reports.make(pete.person_id, WRONG, 50)
    again = reports.make(pete.person_id, NewReport(NURSE, "wrong", DENTAL, words="Dentists do it."), 50)
    assert again.id == first.id
    assert [report.words for report in reports.of(pete.person_id)] == ["Dentists do it."]


def test_a_double_click_is_one_report(system, reports):
    pete = system.person("Pete")
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: reports.make(pete.person_id, WRONG, 50), range(6)))
    assert len({report.id for report in made}) == len(reports.of(pete.person_id)) == 1


def test_what_is_missing_can_be_several_things_each_said_once(system, reports):
    pete = system.person("Pete")
    for new in (
        NewReport(NURSE, "missing", words="dressing wounds"),
        NewReport(NURSE, "missing", words="dressing wounds"),
        NewReport(NURSE, "missing", words="taking blood"),
        NewReport(NURSE, "missing", chosen_uri=WOUNDS, words="every day"),
        NewReport(NURSE, "missing", chosen_uri=WOUNDS, words="every single day"),
    ):
        reports.make(pete.person_id, new, 50)
    said = {report.words for report in reports.of(pete.person_id)}
    assert said == {"dressing wounds", "taking blood", "every single day"}


def test_more_than_a_day_s_worth_is_not_kept_until_the_day_is_over(system, reports):
    pete, maya = system.person("Pete"), system.person("Maya")
    for number in range(3):
        assert reports.make(pete.person_id, NewReport(NURSE, "missing", words=f"number {number}"), 3)
    over = NewReport(NURSE, "missing", words="one too many")
    assert reports.make(pete.person_id, over, 3) is None
    assert reports.make(pete.person_id, NewReport(NURSE, "missing", words="number 1"), 3)
    assert reports.make(maya.person_id, over, 3)
    system.clock.advance(hours=25)
    assert reports.make(pete.person_id, over, 3)


def test_nobody_takes_back_or_is_shown_another_s_report(system, reports):
    pete, maya = system.person("Pete"), system.person("Maya")
    made = reports.make(pete.person_id, WRONG, 50)
    assert reports.of(maya.person_id) == ()
    assert not reports.withdraw(maya.person_id, made.id)
    assert reports.of(pete.person_id, NURSE) and not reports.of(pete.person_id, WELDER)
    assert reports.withdraw(pete.person_id, made.id)
    assert not reports.withdraw(pete.person_id, made.id)


def test_a_decision_answers_everybody_who_reported_the_square_and_no_other(system, reports):
    pete, maya, admin = (system.person(name) for name in ("Pete", "Maya", "Kim"))
    said = []
    for who in (pete, maya):
        said.append(reports.make(who.person_id, WRONG, 50))
        system.clock.advance(minutes=1)
    other = reports.make(pete.person_id, NewReport(WELDER, "wrong", DENTAL), 50)
    group = reports.together(reports.report(said[0].id))
    assert [one.id for one in group] == [one.id for one in said]
    reports.accept(group[0], DROP, admin.person_id)
    assert [one.id for one in reports.in_state(OPEN)] == [other.id]
    assert [(r.state, r.decision) for r in reports.of(maya.person_id)] == [("accepted", "drop")]
    assert [ruled.ruling for ruled in reports.rulings()] == [DROP]


def test_a_later_decision_takes_the_place_of_an_earlier_one(system, reports):
    pete, admin = system.person("Pete"), system.person("Kim")
    for ruling in (DROP, Ruling(NURSE, DENTAL, "keep", "0123456789")):
        made = reports.make(pete.person_id, WRONG, 50)
        reports.accept(reports.report(made.id), ruling, admin.person_id)
    assert [ruled.ruling.decision for ruled in reports.rulings()] == ["keep"]


def test_what_was_decided_can_be_opened_again(system, reports):
    pete, admin = system.person("Pete"), system.person("Kim")
    made = reports.make(pete.person_id, WRONG, 50)
    ruled = reports.accept(reports.report(made.id), DROP, admin.person_id)
    assert reports.undo(ruled.id)
    assert reports.rulings() == () and len(reports.in_state(OPEN)) == 1
    reports.dismiss(reports.report(made.id), "It is right.", admin.person_id)
    assert [one.reason for one in reports.in_state(DISMISSED)] == ["It is right."]
    assert reports.undo(made.id) and len(reports.in_state(OPEN)) == 1
    assert not reports.undo(made.id) and not reports.undo("nothing")


def test_words_go_with_their_person_and_the_correction_stays(system, reports):
    pete, admin = system.person("Pete"), system.person("Kim")
    made = reports.make(pete.person_id, WRONG, 50)
    reports.make(pete.person_id, NewReport(NURSE, "missing", words="dressing wounds"), 50)
    reports.accept(reports.report(made.id), DROP, admin.person_id)
    for who in (pete, admin):
        system.service.delete_account(who, PASSWORD)
    assert reports.in_state(OPEN) == () and reports.report(made.id) is None
    assert [ruled.ruling for ruled in reports.rulings()] == [DROP]


def test_who_decides_is_given_no_person(system, reports):
    pete = system.person("Pete")
    reports.make(pete.person_id, WRONG, 50)
    assert pete.person_id not in repr(reports.in_state(OPEN))
    assert "Pete" not in repr(reports.in_state(OPEN))

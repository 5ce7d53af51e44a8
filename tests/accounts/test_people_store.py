"""People in the system of record."""

from __future__ import annotations

import traceback
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta

import pytest
from sqlalchemy import func, select

from accounts.consent import ConsentKind
from accounts.consents import NewConsent
from accounts.errors import EmailTaken
from accounts.models import EndedSession, SignInAttempt
from accounts.roles import PersonRole
from accounts.store import FREE_ATTEMPTS, NewPerson
from tests.people import SystemOfRecord


def new(email: str) -> NewPerson:
    return NewPerson(email, "Someone", "hash", frozenset({PersonRole.LEARNER}))


def test_an_address_is_one_account_however_it_is_written(system: SystemOfRecord):
    system.people.add(new("Rosa@Example.org"))
    with pytest.raises(EmailTaken):
        system.people.add(new(" rosa@example.ORG "))
    assert system.people.credentials("ROSA@example.org").email == "rosa@example.org"


def test_a_refused_address_and_a_hash_stand_in_no_message(system: SystemOfRecord):
    rosa = new("rosa@example.org")
    system.people.add(rosa)
    with pytest.raises(EmailTaken) as taken:
        system.people.add(rosa)
    assert rosa.email not in "".join(traceback.format_exception(taken.value))
    assert "'hash'" not in repr(rosa) + repr(system.people.credentials(rosa.email))


def test_moments_come_back_in_utc(system: SystemOfRecord):
    person = system.people.add(new("rosa@example.org"))
    created = system.people.account(person.person_id).created_at
    assert created == system.clock.now
    assert created.tzinfo == UTC


def test_roles_are_granted_once(system: SystemOfRecord):
    person = system.people.add(new("rosa@example.org")).person_id
    for _ in range(2):
        system.people.grant_roles(person, [PersonRole.LEARNER, PersonRole.COUNSELOR])
    assert system.people.actor(person).roles == {PersonRole.LEARNER, PersonRole.COUNSELOR}


def test_a_double_click_chooses_a_career_once(system: SystemOfRecord):
    person = system.people.add(new("rosa@example.org")).person_id
    with ThreadPoolExecutor(4) as clicks:
        done = list(
            clicks.map(lambda _: system.people.choose_career(person, "43-5061.00", "53063", 12), range(8))
        )
    assert all(done)
    assert system.people.chosen_careers(person) == (("43-5061.00", "53063"),)


def test_careers_stand_in_the_order_they_were_chosen(system: SystemOfRecord):
    person = system.people.add(new("rosa@example.org")).person_id
    for code in ("53-7065.00", "13-1081.00", "43-5061.00"):
        system.people.choose_career(person, code, None, 12)
        system.clock.advance(minutes=1)
    system.people.drop_career(person, "13-1081.00")
    system.people.drop_career(person, "13-1081.00")
    assert [code for code, _ in system.people.chosen_careers(person)] == ["53-7065.00", "43-5061.00"]


def test_choosing_again_moves_the_area_and_not_the_place(system: SystemOfRecord):
    person = system.people.add(new("rosa@example.org")).person_id
    system.people.choose_career(person, "53-7065.00", "53063", 1)
    assert system.people.choose_career(person, "53-7065.00", "0044060", 1)
    assert system.people.choose_career(person, "53-7065.00", None, 1)
    assert system.people.chosen_careers(person) == (("53-7065.00", "0044060"),)


def test_wrong_passwords_in_a_row_make_a_pause_that_grows_and_ends(system: SystemOfRecord):
    for _ in range(FREE_ATTEMPTS - 1):
        system.people.note_wrong_password("rosa@example.org")
    assert system.people.pause_left("rosa@example.org") == 0
    system.people.note_wrong_password("rosa@example.org")
    first = system.people.pause_left("Rosa@example.org")
    assert first == 30
    system.clock.advance(seconds=31)
    assert system.people.pause_left("rosa@example.org") == 0
    system.people.note_wrong_password("rosa@example.org")
    assert system.people.pause_left("rosa@example.org") == 60
    for _ in range(20):
        system.people.note_wrong_password("rosa@example.org")
    assert system.people.pause_left("rosa@example.org") == 15 * 60


def test_counting_wrong_passwords_keeps_no_address_and_forgets_yesterday(system: SystemOfRecord):
    system.people.note_wrong_password("rosa@example.org")
    with system.database.session() as session:
        assert "rosa" not in session.scalar(select(SignInAttempt.email_digest))
    system.clock.advance(days=2)
    system.people.note_wrong_password("someone@example.org")
    with system.database.session() as session:
        assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 1


def test_an_ended_session_lets_nobody_in_and_others_go_on(system: SystemOfRecord):
    rosa = system.person("Rosa").person_id
    system.people.end_session("first", system.clock.now + timedelta(days=7))
    system.people.end_session("first", system.clock.now + timedelta(days=7))
    assert system.people.actor(rosa, "first") is None
    assert system.people.actor(rosa, "second").person_id == rosa


def test_ended_sessions_are_kept_by_hash_and_no_longer_than_they_would_have_lasted(system: SystemOfRecord):
    system.people.end_session("first", system.clock.now + timedelta(days=7))
    system.clock.advance(days=8)
    system.people.end_session("second", system.clock.now + timedelta(days=7))
    with system.database.session() as session:
        [kept] = session.scalars(select(EndedSession.session_digest))
    assert len(kept) == 64 and "second" not in kept


def test_nothing_is_left_of_a_deleted_person(system: SystemOfRecord):
    rosa = system.person("Rosa").person_id
    other = system.person("Other").person_id
    for person in (rosa, other):
        system.people.choose_career(person, "43-5061.00", None, 12)
        system.consents.grant(person, NewConsent(ConsentKind.REGIONAL))
        system.wallets.claim_skill(person, "https://skills.example/1", "Read maps")
        system.wallets.hide_skill(person, "https://skills.example/2")
    system.people.delete(rosa)
    assert system.people.actor(rosa) is None
    assert system.people.chosen_careers(rosa) == ()
    assert system.consents.of(rosa) == ()
    assert system.wallets.records(rosa) == ()
    assert system.wallets.hidden(rosa) == frozenset()
    assert len(system.wallets.records(other)) == 1

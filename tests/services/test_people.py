"""What a person does with their account."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts.actor import VISITOR, Actor
from accounts.errors import (
    ChangeRefused,
    EmailTaken,
    PasswordRefused,
    PermissionDenied,
    RegistrationRefused,
    SignInFailed,
    SignInNeeded,
    SignInPaused,
)
from accounts.passwords import Passwords
from accounts.roles import PersonRole
from accounts.store import FREE_ATTEMPTS
from services.people import MOST_CAREERS, PeopleService
from tests.people import PASSWORD, QUICK, SystemOfRecord


@pytest.fixture
def system(tmp_path: Path) -> Iterator[SystemOfRecord]:
    system = SystemOfRecord.in_folder(tmp_path)
    yield system
    system.close()


@pytest.fixture
def rosa(system: SystemOfRecord) -> Actor:
    return system.person("Rosa")


def test_whoever_registers_is_a_learner_and_can_sign_in(system: SystemOfRecord):
    made = system.service.register(" Rosa@Example.org ", "  Rosa  Martínez ", PASSWORD, "es", "53063")
    assert made == system.service.sign_in("rosa@example.ORG", PASSWORD)
    assert (made.name, made.roles, made.locale) == ("Rosa Martínez", {PersonRole.LEARNER}, "es")
    assert (made.area_code, made.demo) == ("53063", False)


@pytest.mark.parametrize(
    "email", ["", "rosa", "rosa@", "@example.org", "a b@example.org", "rosa@example", "r@e..org"]
)
def test_what_is_no_address_is_refused(system: SystemOfRecord, email: str):
    with pytest.raises(RegistrationRefused):
        system.service.register(email, "Rosa", PASSWORD)


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_name_is_needed_and_has_an_end(system: SystemOfRecord, name: str):
    with pytest.raises(RegistrationRefused):
        system.service.register("rosa@example.org", name, PASSWORD)


def test_a_weak_password_makes_no_account(system: SystemOfRecord):
    with pytest.raises(PasswordRefused):
        system.service.register("rosa@example.org", "Rosa", "password1234")
    with pytest.raises(SignInFailed):
        system.service.sign_in("rosa@example.org", "password1234")


def test_an_address_registers_once(system: SystemOfRecord, rosa: Actor):
    with pytest.raises(EmailTaken):
        system.service.register("ROSA@example.org", "Another", PASSWORD)


def test_a_wrong_address_and_a_wrong_password_say_the_same(system: SystemOfRecord, rosa: Actor):
    with pytest.raises(SignInFailed) as wrong_password:
        system.service.sign_in("rosa@example.org", "not her password")
    with pytest.raises(SignInFailed) as wrong_address:
        system.service.sign_in("nobody@example.org", PASSWORD)
    assert str(wrong_password.value) == str(wrong_address.value)


@pytest.mark.parametrize("email", ["rosa@example.org", "nobody@example.org"])
def test_too_many_wrong_passwords_pause_an_address_known_or_not(
    system: SystemOfRecord, rosa: Actor, email: str
):
    for _ in range(FREE_ATTEMPTS):
        with pytest.raises(SignInFailed):
            system.service.sign_in(email, "not the password")
    with pytest.raises(SignInPaused) as paused:
        system.service.sign_in(email, PASSWORD)
    assert paused.value.status == 429
    assert paused.value.retry_after == 30
    assert "30 seconds" in str(paused.value)


def test_after_the_pause_the_right_password_opens_and_the_count_starts_anew(
    system: SystemOfRecord, rosa: Actor
):
    for _ in range(FREE_ATTEMPTS):
        with pytest.raises(SignInFailed):
            system.service.sign_in("rosa@example.org", "not the password")
    system.clock.advance(seconds=31)
    assert system.service.sign_in("rosa@example.org", PASSWORD) == rosa
    with pytest.raises(SignInFailed):
        system.service.sign_in("rosa@example.org", "not the password")
    assert system.service.sign_in("rosa@example.org", PASSWORD) == rosa


def test_a_password_kept_with_old_parameters_is_kept_anew_at_sign_in(system: SystemOfRecord, rosa: Actor):
    stronger = Passwords(time_cost=2, memory_cost=16)
    before = system.people.credentials("rosa@example.org").password_hash
    assert PeopleService(system.people, stronger).sign_in("rosa@example.org", PASSWORD) == rosa
    after = system.people.credentials("rosa@example.org").password_hash
    assert after != before
    assert not stronger.outdated(after)


def test_a_new_password_ends_every_other_session(system: SystemOfRecord, rosa: Actor):
    changed = system.service.change_password(rosa, PASSWORD, "four loud geese")
    assert system.service.actor(rosa.person_id, rosa.session_version) is None
    assert system.service.actor(rosa.person_id, changed.session_version) == changed
    assert system.service.sign_in("rosa@example.org", "four loud geese") == changed
    with pytest.raises(SignInFailed):
        system.service.sign_in("rosa@example.org", PASSWORD)


def test_a_password_changes_only_with_the_present_one_and_to_a_good_one(system: SystemOfRecord, rosa: Actor):
    with pytest.raises(ChangeRefused, match="present password"):
        system.service.change_password(rosa, "not her password", "four loud geese")
    for weak in ("short", "rosa@example.org", "waymark-demo"):
        with pytest.raises(PasswordRefused):
            system.service.change_password(rosa, PASSWORD, weak)
    assert system.service.sign_in("rosa@example.org", PASSWORD) == rosa


def test_language_and_home_area_are_kept(system: SystemOfRecord, rosa: Actor):
    system.service.set_area(rosa, "53063")
    system.service.set_locale(rosa, "es")
    kept = system.service.actor(rosa.person_id, rosa.session_version)
    assert (kept.area_code, kept.locale) == ("53063", "es")
    system.service.set_area(rosa, None)
    assert system.service.account(rosa).area_code is None
    for change in (
        lambda: system.service.set_area(rosa, "Spokane"),
        lambda: system.service.set_locale(rosa, "xx"),
    ):
        with pytest.raises(ChangeRefused):
            change()


def test_twelve_careers_can_be_chosen_and_the_thirteenth_is_told_why_not(system: SystemOfRecord, rosa: Actor):
    codes = [f"11-{number:04}.00" for number in range(MOST_CAREERS)]
    for code in codes * 2:
        system.service.choose_career(rosa, code, "53063")
    with pytest.raises(ChangeRefused, match="12 careers"):
        system.service.choose_career(rosa, "53-7065.00")
    system.service.drop_career(rosa, codes[0])
    system.service.choose_career(rosa, "53-7065.00")
    assert len(system.service.chosen_careers(rosa)) == MOST_CAREERS


@pytest.mark.parametrize("code", ["", "truck driver", "53-7065", "53-7065.00; --"])
def test_what_is_no_role_is_not_chosen(system: SystemOfRecord, rosa: Actor, code: str):
    with pytest.raises(ChangeRefused):
        system.service.choose_career(rosa, code)


def test_a_person_reaches_only_their_own_careers(system: SystemOfRecord, rosa: Actor):
    system.service.choose_career(rosa, "53-7065.00")
    maya = system.person("Maya")
    for reach in (
        lambda: system.service.chosen_careers(maya, owner=rosa.person_id),
        lambda: system.service.choose_career(maya, "43-5061.00", owner=rosa.person_id),
        lambda: system.service.drop_career(maya, "53-7065.00", owner=rosa.person_id),
    ):
        with pytest.raises(PermissionDenied):
            reach()
    assert system.service.chosen_careers(maya) == ()
    assert system.service.chosen_careers(rosa) == (("53-7065.00", None),)


def test_a_visitor_is_asked_to_sign_in(system: SystemOfRecord):
    service = system.service
    for verb in (
        lambda: service.account(VISITOR),
        lambda: service.chosen_careers(VISITOR),
        lambda: service.choose_career(VISITOR, "53-7065.00"),
        lambda: service.drop_career(VISITOR, "53-7065.00"),
        lambda: service.change_password(VISITOR, PASSWORD, "four loud geese"),
        lambda: service.set_area(VISITOR, "53063"),
        lambda: service.set_locale(VISITOR, "es"),
        lambda: service.delete_account(VISITOR, PASSWORD),
        lambda: service.appoint(VISITOR, "a@b.org", "A", PASSWORD, frozenset({PersonRole.ADMIN})),
    ):
        with pytest.raises(SignInNeeded):
            verb()


def test_only_an_administrator_appoints(system: SystemOfRecord, rosa: Actor):
    roles = frozenset({PersonRole.OFFICIAL})
    with pytest.raises(PermissionDenied):
        system.service.appoint(rosa, "lee@example.org", "Lee", PASSWORD, roles)
    admin = Actor("ada", "Ada", frozenset({PersonRole.ADMIN}))
    assert system.service.appoint(admin, "lee@example.org", "Lee", PASSWORD, roles).roles == roles


def test_an_account_is_deleted_with_the_password_and_the_session_ends(system: SystemOfRecord, rosa: Actor):
    with pytest.raises(ChangeRefused):
        system.service.delete_account(rosa, "not her password")
    system.service.delete_account(rosa, PASSWORD)
    assert system.service.actor(rosa.person_id, rosa.session_version) is None
    with pytest.raises(SignInFailed):
        system.service.sign_in("rosa@example.org", PASSWORD)
    assert QUICK.verify(None, PASSWORD) is False

"""A yes: kept as it was given, replaced, ended, taken back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from accounts.consent import ConsentKind, Scope
from accounts.consents import NewConsent
from tests.people import SystemOfRecord

FORKLIFT = "http://data.europa.eu/esco/skill/28cb374e"


@pytest.fixture
def system(tmp_path: Path) -> SystemOfRecord:
    return SystemOfRecord.in_folder(tmp_path)


@pytest.fixture
def rosa(system: SystemOfRecord) -> str:
    return str(system.person("Rosa").person_id)


@pytest.fixture
def dana(system: SystemOfRecord) -> str:
    return str(system.person("Dana").person_id)


def yes(dana: str, **fields) -> NewConsent:
    return NewConsent(ConsentKind.COUNSELOR, grantee_id=dana, grantee_name="Dana", **fields)


def test_a_yes_is_kept_with_its_words_and_what_it_covers(system, rosa, dana):
    scope = Scope(
        skills=(FORKLIFT,), records=None, fields=frozenset({"name"}), actions=frozenset({"plans.change"})
    )
    given = system.consents.grant(rosa, yes(dana, scope=scope, words="Dana puede ver", locale="es"))
    assert system.consents.of(rosa) == (given,)
    assert (given.scope, given.words, given.locale) == (scope, "Dana puede ver", "es")
    assert given.scope.sees_skill(FORKLIFT) and not given.scope.sees_skill("another")
    assert given.scope.sees_record("any")


def test_the_same_yes_again_keeps_its_date(system, rosa, dana):
    first = system.consents.grant(rosa, yes(dana))
    system.clock.advance(days=3)
    assert system.consents.grant(rosa, yes(dana)) == first


def test_another_yes_to_the_same_person_takes_the_place_of_the_first(system, rosa, dana):
    first = system.consents.grant(rosa, yes(dana))
    system.clock.advance(days=1)
    second = system.consents.grant(rosa, yes(dana, scope=Scope(skills=None)))
    assert system.consents.live(rosa) == (second,)
    assert system.consents.get(first.id).withdrawn_at == system.clock.now


def test_a_yes_to_one_is_no_yes_to_another(system, rosa, dana):
    system.consents.grant(rosa, yes(dana))
    other = str(system.person("Eve").person_id)
    assert system.consents.between(rosa, dana, ConsentKind.COUNSELOR) is not None
    assert system.consents.between(rosa, other, ConsentKind.COUNSELOR) is None
    assert system.consents.between(dana, rosa, ConsentKind.COUNSELOR) is None
    assert system.consents.between(rosa, dana, ConsentKind.EMPLOYER) is None


def test_a_yes_ends_at_its_end_and_when_taken_back(system, rosa, dana):
    until = system.clock.now + timedelta(days=30)
    given = system.consents.grant(rosa, yes(dana, ends_at=until))
    system.clock.advance(days=29)
    assert system.consents.between(rosa, dana, ConsentKind.COUNSELOR) == given
    system.clock.advance(days=1)
    assert system.consents.between(rosa, dana, ConsentKind.COUNSELOR) is None
    again = system.consents.grant(rosa, yes(dana))
    assert system.consents.withdraw(rosa, again.id)
    assert system.consents.given_to(dana, ConsentKind.COUNSELOR) == ()


def test_nobody_takes_back_anothers_yes(system, rosa, dana):
    given = system.consents.grant(rosa, yes(dana))
    assert not system.consents.withdraw(dana, given.id)
    assert not system.consents.withdraw(rosa, "0" * 32)
    assert system.consents.live(rosa) == (given,)


def test_taking_back_twice_keeps_the_first_moment(system, rosa, dana):
    given = system.consents.grant(rosa, yes(dana))
    assert system.consents.withdraw(rosa, given.id)
    first = system.consents.get(given.id).withdrawn_at
    system.clock.advance(hours=1)
    assert system.consents.withdraw(rosa, given.id)
    assert system.consents.get(given.id).withdrawn_at == first


def test_a_yes_goes_with_its_person_and_lets_nobody_in_once_the_other_has_gone(system, rosa, dana):
    system.consents.grant(rosa, yes(dana))
    system.people.delete(dana)
    (kept,) = system.consents.of(rosa)
    assert (kept.grantee_id, kept.grantee_name) == (None, "Dana")
    system.people.delete(rosa)
    assert system.consents.of(rosa) == ()

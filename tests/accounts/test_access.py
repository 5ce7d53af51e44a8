"""Somebody else's record: let in by a live consent and noted, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from accounts.access import Access
from accounts.actor import VISITOR, Actor
from accounts.consent import ConsentKind, Scope
from accounts.consents import NewConsent
from accounts.errors import PermissionDenied, SignInNeeded
from accounts.permissions import PERMISSIONS, Action, require
from accounts.roles import PersonRole
from tests.people import SystemOfRecord

ADVISED = [action for action, rule in PERMISSIONS.items() if rule.consent is ConsentKind.COUNSELOR]
LOOKING = {
    Action.CAREERS_READ,
    Action.WALLET_READ,
    Action.PLANS_READ,
    # What a counselor writes down of their own work changes nothing of the owner's.
    Action.CASES_READ,
    Action.CASES_CHANGE,
}


@pytest.fixture
def system(tmp_path: Path) -> SystemOfRecord:
    return SystemOfRecord.in_folder(tmp_path)


@pytest.fixture
def access(system: SystemOfRecord) -> Access:
    return Access(system.consents, system.audit)


@pytest.fixture
def rosa(system: SystemOfRecord) -> Actor:
    return system.person("Rosa")


@pytest.fixture
def dana(system: SystemOfRecord) -> Actor:
    made = system.person("Dana")
    system.people.grant_roles(str(made.person_id), [PersonRole.COUNSELOR])
    return system.people.actor(str(made.person_id))


def let(system: SystemOfRecord, rosa: Actor, dana: Actor, *actions: Action):
    scope = Scope(None, None, actions=frozenset(action.value for action in actions))
    return system.consents.grant(
        str(rosa.person_id), NewConsent(ConsentKind.COUNSELOR, scope, grantee_id=dana.person_id)
    )


@pytest.mark.parametrize("action", ADVISED)
def test_a_counselor_is_let_in_by_consent_alone(system, access, rosa, dana, action):
    with pytest.raises(PermissionDenied):
        access.require(dana, action, rosa.person_id)
    assert system.audit.of(rosa.person_id) == ()
    given = let(system, rosa, dana, action)
    assert access.require(dana, action, rosa.person_id, role="x") == given
    (noted,) = system.audit.of(rosa.person_id)
    assert (noted.actor_id, noted.action, noted.consent_id) == (dana.person_id, action.value, given.id)
    system.consents.withdraw(rosa.person_id, given.id)
    with pytest.raises(PermissionDenied):
        access.require(dana, action, rosa.person_id)


@pytest.mark.parametrize("action", [action for action in ADVISED if action not in LOOKING])
def test_looking_is_not_changing(system, access, rosa, dana, action):
    let(system, rosa, dana)
    with pytest.raises(PermissionDenied):
        access.require(dana, action, rosa.person_id)


def test_what_no_consent_covers_stays_the_owners(system, access, rosa, dana):
    let(system, rosa, dana, *Action)
    for action, rule in PERMISSIONS.items():
        if rule.own and rule.consent is None:
            with pytest.raises(PermissionDenied):
                access.require(dana, action, rosa.person_id)


def test_a_consent_to_somebody_without_the_part_opens_nothing(system, access, rosa):
    learner = system.person("Omar")
    let(system, rosa, learner, *ADVISED)
    with pytest.raises(PermissionDenied):
        access.require(learner, Action.WALLET_READ, rosa.person_id)


def test_a_consent_of_another_person_or_kind_opens_nothing(system, rosa, dana):
    given = let(system, rosa, dana, *ADVISED)
    other = system.person("Omar")
    with pytest.raises(PermissionDenied):
        require(dana, Action.WALLET_READ, other.person_id, given)
    with pytest.raises(PermissionDenied):
        require(other, Action.WALLET_READ, rosa.person_id, given)


def test_the_owner_needs_no_consent_and_is_not_noted(system, access, rosa):
    assert access.require(rosa, Action.WALLET_READ, rosa.person_id) is None
    assert system.audit.of(rosa.person_id) == ()


def test_a_visitor_is_asked_to_sign_in(access, rosa):
    with pytest.raises(SignInNeeded):
        access.require(VISITOR, Action.WALLET_READ, rosa.person_id)

"""The table that says who may do what."""

from __future__ import annotations

import pytest

from accounts.actor import VISITOR, Actor
from accounts.errors import PermissionDenied, SignInNeeded
from accounts.permissions import PERMISSIONS, Action, Rule, may, require
from accounts.roles import PersonRole

PETE = Actor("pete", "Pete", frozenset({PersonRole.LEARNER}))
OPEN = {Action.ROLES_READ, Action.ACCOUNT_CREATE, Action.CONFIRMATIONS_ANSWER, Action.SHARES_OPEN}
OWN = {action for action, rule in PERMISSIONS.items() if rule.own}
EVERYBODY = {Action.REPORTS_MAKE, Action.POSTINGS_READ}
BY_ROLE = {
    Action.ACCOUNT_APPOINT: PersonRole.ADMIN,
    Action.CASELOAD_READ: PersonRole.COUNSELOR,
    Action.COUNTY_READ: PersonRole.OFFICIAL,
    Action.COUNTY_PUBLISH: PersonRole.OFFICIAL,
    Action.EMPLOYER_READ: PersonRole.EMPLOYER,
    Action.POSTINGS_CHANGE: PersonRole.EMPLOYER,
    Action.ADMIN_READ: PersonRole.ADMIN,
    Action.REPORTS_DECIDE: PersonRole.ADMIN,
    Action.REGISTRY_MANAGE: PersonRole.ADMIN,
}
BY_ORGANIZATIONS = {Action.ISSUER_READ, Action.CREDENTIALS_ISSUE, Action.CONFIRMATIONS_SIGN}


def test_the_table_answers_for_every_action():
    assert set(PERMISSIONS) == set(Action)
    assert set(Action) == OPEN | OWN | EVERYBODY | set(BY_ROLE) | BY_ORGANIZATIONS


@pytest.mark.parametrize("action", sorted(Action))
def test_a_visitor_is_asked_to_sign_in_for_all_but_the_open_actions(action: Action):
    if action in OPEN:
        require(VISITOR, action)
    else:
        with pytest.raises(SignInNeeded):
            require(VISITOR, action, owner="pete")
        with pytest.raises(SignInNeeded):
            require(VISITOR, action)


@pytest.mark.parametrize("action", sorted(OWN))
def test_an_own_action_is_for_the_owner_whatever_else_one_is(action: Action):
    require(PETE, action, owner="pete")
    everything = Actor("maya", "Maya", frozenset(PersonRole))
    with pytest.raises(PermissionDenied):
        require(everything, action, owner="pete")
    assert not may(everything, action, owner="pete")


@pytest.mark.parametrize("action", sorted(OWN))
def test_an_own_action_without_an_owner_named_is_refused(action: Action):
    with pytest.raises(PermissionDenied):
        require(PETE, action)
    assert may(PETE, action)


@pytest.mark.parametrize(("action", "needed"), sorted(BY_ROLE.items()))
def test_nobody_unlisted_passes(action: Action, needed: PersonRole):
    for role in PersonRole:
        actor = Actor("someone", "Someone", frozenset({role}))
        if role is needed:
            require(actor, action)
        else:
            with pytest.raises(PermissionDenied):
                require(actor, action)
    with pytest.raises(PermissionDenied):
        require(Actor("someone", "Someone"), action)


@pytest.mark.parametrize("action", sorted(BY_ORGANIZATIONS))
@pytest.mark.parametrize("role", list(PersonRole))
def test_issuers_and_employers_issue_and_nobody_else(action: Action, role: PersonRole):
    actor = Actor("someone", "Someone", frozenset({role}))
    assert may(actor, action) is (role in (PersonRole.ISSUER, PersonRole.EMPLOYER))


@pytest.mark.parametrize("action", sorted(EVERYBODY))
def test_what_everybody_signed_in_may_do_asks_for_no_part(action: Action):
    require(Actor("someone", "Someone"), action)
    with pytest.raises(SignInNeeded):
        require(VISITOR, action)


def test_an_action_that_is_not_in_the_table_is_nobodys(monkeypatch):
    monkeypatch.delitem(PERMISSIONS, Action.ADMIN_READ)
    with pytest.raises(PermissionDenied):
        require(Actor("admin", "Admin", frozenset(PersonRole)), Action.ADMIN_READ)


def test_a_rule_lets_nobody_in_from_outside_unless_it_says_so():
    assert not Rule().anyone

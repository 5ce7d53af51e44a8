"""The table that says who may do what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accounts.actor import VISITOR, Actor
from accounts.errors import OutOfScope, PermissionDenied, SignInNeeded
from accounts.permissions import PERMISSIONS, Action, Rule, may, require
from accounts.roles import PersonRole
from accounts.scopes import NEVER, SCOPES

PETE = Actor("pete", "Pete", frozenset({PersonRole.LEARNER}))
OPEN = {
    Action.ROLES_READ,
    Action.ACCOUNT_CREATE,
    Action.CONFIRMATIONS_ANSWER,
    Action.SHARES_OPEN,
    Action.INVITATIONS_OPEN,
}
OWN = {action for action, rule in PERMISSIONS.items() if rule.own}
EVERYBODY = {Action.REPORTS_MAKE, Action.POSTINGS_READ, Action.CREDENTIALS_CHECK}
BY_ROLE = {
    Action.ACCOUNT_APPOINT: PersonRole.ADMIN,
    Action.CASELOAD_READ: PersonRole.COUNSELOR,
    Action.CASELOAD_CHANGE: PersonRole.COUNSELOR,
    Action.COUNTY_READ: PersonRole.OFFICIAL,
    Action.COUNTY_PUBLISH: PersonRole.OFFICIAL,
    Action.COUNTY_RELEASE: PersonRole.OFFICIAL,
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


@pytest.mark.parametrize("action", sorted(set(Action) - OPEN))
def test_whoever_acts_for_somebody_does_what_it_was_let_and_what_they_may(action: Action):
    everything = Actor("pete", "Pete", frozenset(PersonRole))
    require(replace(everything, limited_to=frozenset({action.value})), action, owner="pete")
    others = frozenset(one.value for one in Action if one is not action)
    with pytest.raises(OutOfScope):
        require(replace(everything, limited_to=others), action, owner="pete")
    # A scope adds nothing to what the person may do.
    nothing = Actor("maya", "Maya", frozenset(), limited_to=frozenset(one.value for one in Action))
    assert may(nothing, action, owner="pete") is (action in EVERYBODY)


def test_every_action_is_in_a_scope_or_kept_from_tokens_on_purpose():
    in_scopes = frozenset().union(*SCOPES.values())
    assert in_scopes | NEVER | OPEN == set(Action)
    assert not in_scopes & (NEVER | OPEN)


def test_a_rule_lets_nobody_in_from_outside_unless_it_says_so():
    assert not Rule().anyone

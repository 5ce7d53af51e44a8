"""What a program may be let do for a person: scopes, each a set of actions.

A scope never adds anything: who has a token may do what its person may do and what a scope of it names.
What is in no scope no token can do: tokens, passwords, deletion, appointing somebody.
"""

from __future__ import annotations

from collections.abc import Iterable

from accounts.permissions import PERMISSIONS, Action
from accounts.roles import PersonRole

SCOPES: dict[str, frozenset[Action]] = {
    "account:read": frozenset({Action.ACCOUNT_READ, Action.PROFILE_READ, Action.NEWS_READ}),
    "account:write": frozenset({Action.ACCOUNT_CHANGE, Action.NEWS_CHANGE}),
    "wallet:read": frozenset({Action.WALLET_READ, Action.BADGES_READ}),
    "wallet:write": frozenset({Action.WALLET_CHANGE, Action.BADGES_PUT}),
    "careers:read": frozenset({Action.CAREERS_READ, Action.PLANS_READ, Action.CASES_READ}),
    "careers:write": frozenset({Action.CAREERS_CHANGE, Action.PLANS_CHANGE}),
    "sharing:read": frozenset({Action.SHARES_READ, Action.CONSENTS_READ}),
    "sharing:write": frozenset({Action.SHARES_CHANGE, Action.CONSENTS_CHANGE}),
    "confirmations:read": frozenset({Action.CONFIRMATIONS_READ}),
    "confirmations:write": frozenset({Action.CONFIRMATIONS_CHANGE}),
    "postings:read": frozenset({Action.POSTINGS_READ}),
    "applications:send": frozenset({Action.APPLICATIONS_SEND}),
    "verify": frozenset({Action.CREDENTIALS_CHECK}),
    "reports": frozenset({Action.REPORTS_MAKE}),
    "employer": frozenset(
        {
            Action.EMPLOYER_READ,
            Action.POSTINGS_CHANGE,
            Action.APPLICATIONS_READ,
            Action.APPLICATIONS_MOVE,
        }
    ),
    "issuer": frozenset({Action.ISSUER_READ, Action.CREDENTIALS_ISSUE, Action.CONFIRMATIONS_SIGN}),
    # What is a client's is asked for by the actions on one's own, and by the client's consent.
    "advising:read": frozenset({Action.CASELOAD_READ, Action.CASES_READ, Action.PLANS_READ}),
    "advising:write": frozenset({Action.CASELOAD_CHANGE, Action.CASES_CHANGE}),
    "county": frozenset({Action.COUNTY_READ, Action.COUNTY_PUBLISH}),
    "admin": frozenset({Action.ADMIN_READ, Action.REPORTS_DECIDE, Action.REGISTRY_MANAGE}),
}

NEVER = frozenset(
    {
        Action.ACCOUNT_APPOINT,
        Action.ACCOUNT_DELETE,
        Action.TOKENS_READ,
        Action.TOKENS_CHANGE,
        Action.WEBHOOKS_READ,
        Action.WEBHOOKS_CHANGE,
        Action.GROUPS_READ,
        Action.GROUPS_CHANGE,
        Action.COUNTY_RELEASE,
    }
)
"""What is in no scope on purpose: it could be used to get more, or to take everything away, was told for the
county's figures alone, or spends what cannot be had back."""


def actions_of(scopes: Iterable[str]) -> frozenset[str]:
    """Return the actions that some scopes let a program do; one that there is none of adds nothing."""
    return frozenset(action.value for scope in scopes for action in SCOPES.get(scope, frozenset()))


def scopes_for(roles: frozenset[PersonRole]) -> tuple[str, ...]:
    """Return the scopes that could let a program do something for a person of these parts."""
    return tuple(scope for scope, actions in SCOPES.items() if _open_to(roles, actions))


def _open_to(roles: frozenset[PersonRole], actions: frozenset[Action]) -> bool:
    """Whether one of the parts that a scope is about is among ``roles``; one about no part is everybody's."""
    asked = [PERMISSIONS[action].roles for action in actions if PERMISSIONS[action].roles]
    return not asked or any(roles & one for one in asked)


def scopes_of(action: Action) -> tuple[str, ...]:
    """Return the scopes with an action in them; none for what anyone may do."""
    if PERMISSIONS[action].anyone:
        return ()
    return tuple(scope for scope, actions in SCOPES.items() if action in actions)


OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"
OFFLINE = "offline_access"
SYSTEM_SCOPES: dict[str, Action | None] = {
    OPEN_BADGES + "credential.readonly": Action.BADGES_READ,
    OPEN_BADGES + "credential.upsert": Action.BADGES_PUT,
    OPEN_BADGES + "profile.readonly": Action.PROFILE_READ,
    OFFLINE: None,
}
"""What a system of somebody else can ask for: the scopes of Open Badges 3.0, 6.2.1, and being let in while
the person is away."""

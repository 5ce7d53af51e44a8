"""Who may do what: one table, asked at the top of every verb in ``services``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from accounts.actor import Actor
from accounts.errors import PermissionDenied, SignInNeeded
from accounts.errors import marked as _
from accounts.roles import PersonRole


class Action(StrEnum):
    """Everything that can be asked of the product."""

    ROLES_READ = "roles.read"
    ACCOUNT_CREATE = "account.create"
    ACCOUNT_APPOINT = "account.appoint"
    ACCOUNT_READ = "account.read"
    ACCOUNT_CHANGE = "account.change"
    ACCOUNT_DELETE = "account.delete"
    CAREERS_READ = "careers.read"
    CAREERS_CHANGE = "careers.change"
    CONSENTS_READ = "consents.read"
    CONSENTS_CHANGE = "consents.change"
    WALLET_READ = "wallet.read"
    WALLET_CHANGE = "wallet.change"
    CASELOAD_READ = "caseload.read"
    COUNTY_READ = "county.read"
    EMPLOYER_READ = "employer.read"
    ISSUER_READ = "issuer.read"
    CREDENTIALS_ISSUE = "credentials.issue"
    ADMIN_READ = "admin.read"
    REPORTS_MAKE = "reports.make"
    REPORTS_DECIDE = "reports.decide"
    CONFIRMATIONS_READ = "confirmations.read"
    CONFIRMATIONS_CHANGE = "confirmations.change"
    CONFIRMATIONS_ANSWER = "confirmations.answer"
    CONFIRMATIONS_SIGN = "confirmations.sign"
    REGISTRY_MANAGE = "registry.manage"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who one action is open to.

    Attributes
    ----------
    anyone : bool
        Also without signing in.
    roles : frozenset of PersonRole
        Any one of these is enough; empty means every signed-in person.
    own : bool
        Only on what is the person's own: the owner has to be named, and has to be them.
    """

    anyone: bool = False
    roles: frozenset[PersonRole] = frozenset()
    own: bool = False


ANYONE = Rule(anyone=True)
SIGNED_IN = Rule()
OWNER = Rule(own=True)


def only(*roles: PersonRole) -> Rule:
    """Open to people who are one of ``roles``."""
    return Rule(roles=frozenset(roles))


# A counselor reads a learner's wallet only with the learner's consent. Until a consent can be
# given for that, nobody but the owner does.
PERMISSIONS: dict[Action, Rule] = {
    Action.ROLES_READ: ANYONE,
    Action.ACCOUNT_CREATE: ANYONE,
    Action.ACCOUNT_APPOINT: only(PersonRole.ADMIN),
    Action.ACCOUNT_READ: OWNER,
    Action.ACCOUNT_CHANGE: OWNER,
    Action.ACCOUNT_DELETE: OWNER,
    Action.CAREERS_READ: OWNER,
    Action.CAREERS_CHANGE: OWNER,
    Action.CONSENTS_READ: OWNER,
    Action.CONSENTS_CHANGE: OWNER,
    Action.WALLET_READ: OWNER,
    Action.WALLET_CHANGE: OWNER,
    Action.CASELOAD_READ: only(PersonRole.COUNSELOR),
    Action.COUNTY_READ: only(PersonRole.OFFICIAL),
    Action.EMPLOYER_READ: only(PersonRole.EMPLOYER),
    # A former employer issues too; each sees and revokes what is their own organization's.
    Action.ISSUER_READ: only(PersonRole.ISSUER, PersonRole.EMPLOYER),
    Action.CREDENTIALS_ISSUE: only(PersonRole.ISSUER, PersonRole.EMPLOYER),
    Action.ADMIN_READ: only(PersonRole.ADMIN),
    Action.REPORTS_MAKE: SIGNED_IN,
    Action.REPORTS_DECIDE: only(PersonRole.ADMIN),
    Action.CONFIRMATIONS_READ: OWNER,
    Action.CONFIRMATIONS_CHANGE: OWNER,
    # Whoever was given the link; the link's secret is what lets them in.
    Action.CONFIRMATIONS_ANSWER: ANYONE,
    Action.CONFIRMATIONS_SIGN: only(PersonRole.ISSUER, PersonRole.EMPLOYER),
    Action.REGISTRY_MANAGE: only(PersonRole.ADMIN),
}


def require(actor: Actor, action: Action, owner: str | None = None) -> None:
    """Return if ``actor`` may do ``action``, raise if not.

    Parameters
    ----------
    owner : str or None
        Person id of whose it is. For an action on one's own, ``None`` is refused: whoever
        asks has to say whose wallet is meant.

    Raises
    ------
    SignInNeeded
        If the actor is a visitor and the action is not open to visitors (401).
    PermissionDenied
        If a signed-in actor may not do it (403), also when the action is not in the table.
    """
    rule = PERMISSIONS.get(action)
    if rule is not None and rule.anyone:
        return
    if not actor.signed_in:
        raise SignInNeeded(_("Please sign in first."))
    if rule is None or (rule.roles and not rule.roles & actor.roles):
        raise PermissionDenied(_("Your account is not set up for this page."))
    if rule.own and owner != actor.person_id:
        raise PermissionDenied(_("This belongs to someone else."))


def may(actor: Actor, action: Action, owner: str | None = None) -> bool:
    """Tell whether ``actor`` may do ``action``; without ``owner``, on what is their own.

    For navigation: it decides what is offered, ``require`` decides what is done.
    """
    try:
        require(actor, action, actor.person_id if owner is None else owner)
    except (SignInNeeded, PermissionDenied):
        return False
    return True

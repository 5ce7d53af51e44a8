"""Who may do what: one table, asked at the top of every verb in ``services``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from accounts.actor import Actor
from accounts.consent import Consent, ConsentKind
from accounts.errors import OutOfScope, PermissionDenied, SignInNeeded
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
    CASELOAD_CHANGE = "caseload.change"
    CASES_READ = "cases.read"
    CASES_CHANGE = "cases.change"
    INVITATIONS_OPEN = "invitations.open"
    GROUPS_READ = "groups.read"
    GROUPS_CHANGE = "groups.change"
    COUNTY_READ = "county.read"
    COUNTY_PUBLISH = "county.publish"
    COUNTY_RELEASE = "county.release"
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
    SHARES_READ = "shares.read"
    SHARES_CHANGE = "shares.change"
    SHARES_OPEN = "shares.open"
    PLANS_READ = "plans.read"
    PLANS_CHANGE = "plans.change"
    POSTINGS_READ = "postings.read"
    POSTINGS_CHANGE = "postings.change"
    APPLICATIONS_SEND = "applications.send"
    APPLICATIONS_READ = "applications.read"
    APPLICATIONS_MOVE = "applications.move"
    NEWS_READ = "news.read"
    NEWS_CHANGE = "news.change"
    TOKENS_READ = "tokens.read"
    TOKENS_CHANGE = "tokens.change"
    BADGES_READ = "badges.read"
    BADGES_PUT = "badges.put"
    PROFILE_READ = "profile.read"
    CREDENTIALS_CHECK = "credentials.check"
    WEBHOOKS_READ = "webhooks.read"
    WEBHOOKS_CHANGE = "webhooks.change"


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
    consent : ConsentKind or None
        The kind of consent by which an owner lets one other person do it too.
    given_to : frozenset of PersonRole
        The parts that such another person has to have one of.
    """

    anyone: bool = False
    roles: frozenset[PersonRole] = frozenset()
    own: bool = False
    consent: ConsentKind | None = None
    given_to: frozenset[PersonRole] = frozenset()


ANYONE = Rule(anyone=True)
SIGNED_IN = Rule()
OWNER = Rule(own=True)
# The owner, and the counselor they let advise them.
ADVISED = Rule(own=True, consent=ConsentKind.COUNSELOR, given_to=frozenset({PersonRole.COUNSELOR}))
# The owner, and the employer they sent it to for one posting.
APPLIED = Rule(own=True, consent=ConsentKind.EMPLOYER, given_to=frozenset({PersonRole.EMPLOYER}))


def only(*roles: PersonRole) -> Rule:
    """Open to people who are one of ``roles``."""
    return Rule(roles=frozenset(roles))


# A counselor reads a learner's wallet, careers and pathways only by the learner's consent, and changes
# only what that consent says.
PERMISSIONS: dict[Action, Rule] = {
    Action.ROLES_READ: ANYONE,
    Action.ACCOUNT_CREATE: ANYONE,
    Action.ACCOUNT_APPOINT: only(PersonRole.ADMIN),
    Action.ACCOUNT_READ: OWNER,
    Action.ACCOUNT_CHANGE: OWNER,
    Action.ACCOUNT_DELETE: OWNER,
    Action.CAREERS_READ: ADVISED,
    Action.CAREERS_CHANGE: ADVISED,
    Action.CONSENTS_READ: OWNER,
    Action.CONSENTS_CHANGE: OWNER,
    Action.WALLET_READ: ADVISED,
    Action.WALLET_CHANGE: OWNER,
    Action.CASELOAD_READ: only(PersonRole.COUNSELOR),
    # Each counselor changes groups and invitations of their own.
    Action.CASELOAD_CHANGE: only(PersonRole.COUNSELOR),
    # Notes and meetings; a note for counseling staff alone is not shown to the owner (services.case_work).
    Action.CASES_READ: ADVISED,
    Action.CASES_CHANGE: ADVISED,
    # Whoever was given the link; the link's secret is what lets them in.
    Action.INVITATIONS_OPEN: ANYONE,
    # For regional figures alone: no consent lets anybody else, and no token reads them.
    Action.GROUPS_READ: OWNER,
    Action.GROUPS_CHANGE: OWNER,
    Action.COUNTY_READ: only(PersonRole.OFFICIAL),
    Action.COUNTY_PUBLISH: only(PersonRole.OFFICIAL),
    Action.COUNTY_RELEASE: only(PersonRole.OFFICIAL),
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
    Action.SHARES_READ: OWNER,
    Action.SHARES_CHANGE: OWNER,
    # Whoever was given the link; the link's secret is what lets them in.
    Action.SHARES_OPEN: ANYONE,
    Action.PLANS_READ: ADVISED,
    Action.PLANS_CHANGE: ADVISED,
    Action.POSTINGS_READ: SIGNED_IN,
    # Each employer sees and changes what is their own.
    Action.POSTINGS_CHANGE: only(PersonRole.EMPLOYER),
    Action.APPLICATIONS_SEND: OWNER,
    Action.APPLICATIONS_READ: APPLIED,
    Action.APPLICATIONS_MOVE: APPLIED,
    Action.NEWS_READ: OWNER,
    Action.NEWS_CHANGE: OWNER,
    Action.TOKENS_READ: OWNER,
    Action.TOKENS_CHANGE: OWNER,
    # The Open Badges interface: what a system of somebody else is let do by OAuth, and nothing wider.
    Action.BADGES_READ: OWNER,
    Action.BADGES_PUT: OWNER,
    Action.PROFILE_READ: OWNER,
    Action.WEBHOOKS_READ: OWNER,
    Action.WEBHOOKS_CHANGE: OWNER,
    # Checking asks other hosts: whoever does it has an account.
    Action.CREDENTIALS_CHECK: SIGNED_IN,
}


# What somebody may do who was let in to look; anything else a consent has to name.
_LOOKING = frozenset(
    {
        Action.CAREERS_READ,
        Action.WALLET_READ,
        Action.PLANS_READ,
        Action.APPLICATIONS_READ,
        # What a counselor writes down of their own work changes nothing of the owner's.
        Action.CASES_READ,
        Action.CASES_CHANGE,
    }
)


def require(actor: Actor, action: Action, owner: str | None = None, consent: Consent | None = None) -> None:
    """Return if ``actor`` may do ``action``, raise if not.

    Parameters
    ----------
    owner : str or None
        Person id of whose it is. For an action on one's own, ``None`` is refused: whoever
        asks has to say whose wallet is meant.
    consent : Consent or None
        The owner's yes to this actor that holds now, where one is known (``accounts.access``).

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
    if actor.limited_to is not None and action.value not in actor.limited_to:
        raise OutOfScope(_("This token was not given permission to do that."))
    if rule is None or (rule.roles and not rule.roles & actor.roles):
        raise PermissionDenied(_("Your account is not set up for this page."))
    if rule.own and owner != actor.person_id and not _let(rule, actor, action, owner, consent):
        raise PermissionDenied(_("This belongs to someone else."))


def _let(rule: Rule, actor: Actor, action: Action, owner: str | None, consent: Consent | None) -> bool:
    if consent is None or rule.consent is None or owner is None or not rule.given_to & actor.roles:
        return False
    if not consent.lets(str(actor.person_id), owner, rule.consent):
        return False
    return action in _LOOKING or action.value in consent.scope.actions


def may(actor: Actor, action: Action, owner: str | None = None) -> bool:
    """Tell whether ``actor`` may do ``action``; without ``owner``, on what is their own.

    For navigation: it decides what is offered, ``require`` decides what is done.
    """
    try:
        require(actor, action, actor.person_id if owner is None else owner)
    except (SignInNeeded, PermissionDenied):
        return False
    return True

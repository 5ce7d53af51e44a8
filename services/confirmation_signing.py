"""What an organization confirms, as an achievement that it signs."""

from __future__ import annotations

from collections.abc import Callable

from accounts.actor import Actor
from graph.model import Statement
from i18n import gettext, use_locale
from services.confirmation_desk import People
from services.issuing import IssuingService
from wallet.holdings import skill_by_label
from wallet.issuing import AlignedSkill, Offer

LONGEST_TITLE = 120
LONGEST_TEXT = 2000


class Signer:
    """Has the issuing service sign a statement.

    Parameters
    ----------
    issuing : callable
        Gives the service; asked when something is to be signed.
    people : People
        Where the holder's name and e-mail address are.
    """

    def __init__(self, issuing: Callable[[], IssuingService], people: People) -> None:
        self._issuing = issuing
        self._people = people

    def __call__(self, organization: Actor, holder_id: str, stated: Statement, reference: str) -> bytes:
        """Return the credential; the same reference is signed once."""
        account = self._people.account(holder_id)
        return self._issuing().confirm(
            organization,
            offer_of(organization.name, stated),
            name=account.name if account else "",
            email=account.email if account else "",
            reference=reference,
        )


def offer_of(organization: str, stated: Statement) -> Offer:
    """A statement in the form of an achievement; its words are English, as everything that is issued."""
    with use_locale("en"):
        title = stated.title or gettext("Confirmed by %(name)s", name=organization)
        told = [gettext("%(name)s confirms what the person says about their record.", name=organization)]
        if stated.started_on:
            told.append(gettext("First day: %(day)s.", day=stated.started_on.isoformat()))
        if stated.ended_on:
            told.append(gettext("Last day: %(day)s.", day=stated.ended_on.isoformat()))
        if stated.hours:
            told.append(gettext("Hours altogether: %(hours)s.", hours=f"{stated.hours:g}"))
        if stated.duties:
            told.append(stated.duties)
        return Offer(
            name=title[:LONGEST_TITLE],
            description=" ".join(told)[:LONGEST_TEXT],
            criteria=gettext("Confirmed by the organization at the person's request."),
            kind="Achievement" if stated.title else "Competency",
            skills=tuple(
                AlignedSkill(uri, label, skill_by_label(uri, label).vocabulary)
                for uri, label in stated.skills
            ),
        )

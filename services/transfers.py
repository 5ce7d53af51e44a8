"""Another counselor instead of this one: proposed by a counselor, decided by the client."""

from __future__ import annotations

from typing import Protocol

from accounts.actor import Actor
from accounts.consent import ConsentKind
from accounts.consents import ConsentStore
from accounts.employment_plans import EmploymentPlanStore
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.invitations import TransferStore
from accounts.news import NewsStore
from accounts.permissions import Action, require
from accounts.roles import PersonRole
from graph.model import Transfer
from services.advising import Advising
from services.consents import ConsentService

PROPOSED = _("%(counselor)s proposes that %(other)s advises you from now on. You decide.")


class TransferRefused(PersonError):  # noqa: N818 - named as it is shown
    """Somebody cannot be passed on so; the message says what to change."""

    status = 422


class NoSuchTransfer(PersonError):  # noqa: N818 - named as it is shown
    """Nothing of the kind waits for the person's answer."""

    status = 404


class People(Protocol):
    """What is needed of the people store."""

    def with_role(self, role: PersonRole) -> tuple[Actor, ...]: ...


class TransferService:
    """The verbs about passing a client on, each asking permission first.

    Parameters
    ----------
    advising : Advising
    transfers : TransferStore
    people : People
    consents : ConsentStore
    giving : ConsentService
        Keeps the client's yes.
    plans : EmploymentPlanStore
    news : NewsStore
    """

    def __init__(
        self,
        advising: Advising,
        transfers: TransferStore,
        people: People,
        consents: ConsentStore,
        giving: ConsentService,
        plans: EmploymentPlanStore,
        news: NewsStore,
    ) -> None:
        self._advising = advising
        self._transfers = transfers
        self._people = people
        self._consents = consents
        self._giving = giving
        self._plans = plans
        self._news = news

    def colleagues(self, actor: Actor) -> tuple[Actor, ...]:
        """Return the other counselors, by name."""
        require(actor, Action.CASELOAD_READ)
        return tuple(
            one
            for one in self._people.with_role(PersonRole.COUNSELOR)
            if one.demo == actor.demo and one.person_id != actor.person_id
        )

    def propose(self, actor: Actor, person_id: str, to_id: str) -> Transfer:
        """Propose another counselor to a client, who is told; nothing changes until they say yes.

        Raises
        ------
        TransferRefused
        """
        client = self._advising.client(actor, person_id, Action.CASES_CHANGE, transfer="proposed")
        other = next((one for one in self.colleagues(actor) if one.person_id == to_id), None)
        if other is None or other.person_id == person_id:
            raise TransferRefused(_("Choose a counselor from the list."))
        kept = self._transfers.propose(client.id, (str(actor.person_id), actor.name), (to_id, other.name))
        self._news.tell(
            client.id,
            f"transfer:{actor.person_id}",
            PROPOSED,
            "/shares#advice",
            counselor=actor.name,
            other=other.name,
        )
        return kept

    def waiting(self, actor: Actor) -> tuple[Transfer, ...]:
        """Return what waits for the actor's own answer; what ended with its consent does not."""
        require(actor, Action.CONSENTS_READ, actor.person_id)
        own = str(actor.person_id)
        return tuple(
            one
            for one in self._transfers.of(own)
            if self._consents.between(own, one.from_id, ConsentKind.COUNSELOR) is not None
        )

    def answer(self, actor: Actor, transfer_id: str, *, yes: bool) -> None:
        """Say yes or no. With yes the other counselor may what the first one may, who no longer may.

        Raises
        ------
        NoSuchTransfer
        """
        require(actor, Action.CONSENTS_CHANGE, actor.person_id)
        own = str(actor.person_id)
        found = next((one for one in self.waiting(actor) if one.id == transfer_id), None)
        if found is None:
            raise NoSuchTransfer(_("Nothing of the kind waits for your answer."))
        given = self._consents.between(own, found.from_id, ConsentKind.COUNSELOR)
        if yes and given is not None:
            self._giving.let_counselor(actor, found.to_id, ends_at=given.ends_at, actions=given.scope.actions)
            self._giving.withdraw(actor, given.id)
            self._plans.hand_over(own, (found.to_id, found.to_name))
        self._transfers.answered(found.id)

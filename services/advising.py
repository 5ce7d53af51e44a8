"""The one way of a counselor to what is a client's: by the client's consent, and noted down for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import structlog

from accounts.access import Access
from accounts.actor import Actor
from accounts.consent import Consent
from accounts.errors import OutOfScope, PermissionDenied, PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require

log = structlog.get_logger()


class NoSuchClient(PersonError):  # noqa: N818 - named as it is shown
    """There is no such person, or they let somebody else advise them, or nobody: which is not said."""

    status = 404


class NotAllowed(PermissionDenied):
    """The client lets this counselor look, and not do this."""


class People(Protocol):
    """What is needed of the people store."""

    def actor(self, person_id: str) -> Actor | None: ...


@dataclass(frozen=True, slots=True)
class Client:
    """Somebody who is advised, for the services alone: no page is handed it.

    Attributes
    ----------
    person : Actor
        The client themself; services read as they would.
    consent : Consent
        What it stands on.
    """

    person: Actor
    consent: Consent

    @property
    def id(self) -> str:
        return str(self.person.person_id)

    def allows(self, action: Action) -> bool:
        """Whether the consent names this action."""
        return action.value in self.consent.scope.actions


class Advising:
    """Asks permission for every verb about a client.

    Parameters
    ----------
    access : Access
    people : People
    """

    def __init__(self, access: Access, people: People) -> None:
        self._access = access
        self._people = people

    def client(self, actor: Actor, person_id: str, action: Action, **what: Any) -> Client:
        """Return the client, where their consent holds now and covers ``action``.

        It is noted for them before anything is shown or done; ``what`` are particulars.

        Raises
        ------
        SignInNeeded, PermissionDenied
            If the actor is no counselor.
        NoSuchClient
            If the person did not let this counselor advise them.
        NotAllowed
            If they did, and not do this.
        """
        require(actor, Action.CASELOAD_READ)
        consent = None
        if len(person_id) <= 32:
            consent = self._access.consent(actor, Action.WALLET_READ, person_id)
        person = None if consent is None else self._people.actor(person_id)
        if person is None:
            log.warning("asked for somebody else's", kind="client")
            raise no_such_client()
        try:
            held = self._access.require(actor, action, person_id, **what)
        except OutOfScope:
            raise
        except PermissionDenied:
            raise NotAllowed(
                _("Your client lets you look, and not do this. They can change that under Sharing.")
            ) from None
        assert held is not None  # noqa: S101 - nobody is a client of their own
        return Client(person, held)


def no_such_client() -> NoSuchClient:
    """What somebody is told who asks for a person that did not let them."""
    return NoSuchClient(_("There is no such person in your caseload."))

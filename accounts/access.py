"""Another person's record: let in by a live consent, and noted down for its owner, or not at all."""

from __future__ import annotations

from typing import Any

from accounts.actor import Actor
from accounts.audit import AuditLog
from accounts.consent import Consent
from accounts.consents import ConsentStore
from accounts.permissions import PERMISSIONS, Action, require


class Access:
    """The way to what is somebody else's.

    Parameters
    ----------
    consents : ConsentStore
    log : AuditLog
    """

    def __init__(self, consents: ConsentStore, log: AuditLog) -> None:
        self._consents = consents
        self._log = log

    def consent(self, actor: Actor, action: Action, owner: str, about: str | None = None) -> Consent | None:
        """Return the owner's yes by which this person may do this now, if there is one."""
        rule = PERMISSIONS.get(action)
        if rule is None or rule.consent is None or actor.person_id in (None, owner):
            return None
        return self._consents.between(owner, str(actor.person_id), rule.consent, about)

    def require(
        self, actor: Actor, action: Action, owner: str, *, about: str | None = None, **what: Any
    ) -> Consent | None:
        """Let the owner in, and whoever their consent lets in; refuse the others.

        What somebody else does is noted for the owner before it is done; ``what`` are particulars.

        Returns
        -------
        Consent or None
            What it stands on, to show no more than its scope; ``None`` for the owner.

        Raises
        ------
        SignInNeeded, PermissionDenied
        """
        consent = self.consent(actor, action, owner, about)
        require(actor, action, owner, consent)
        if consent is not None:
            self._log.note(
                owner,
                action.value,
                actor_id=str(actor.person_id),
                actor_name=actor.name,
                consent_id=consent.id,
                **what,
            )
        return consent

"""What people tell, for regional figures alone, of groups that they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from accounts.actor import Actor
from accounts.audit import AuditLog
from accounts.consent import ConsentKind
from accounts.consents import ConsentStore
from accounts.errors import ChangeRefused
from accounts.errors import marked as _
from accounts.groups import NAMES, GroupsTold, GroupStore
from accounts.permissions import Action, require
from i18n import gettext


class GroupService:
    """The verbs about one's own groups, each asking permission first. Nobody else has a verb about them.

    Parameters
    ----------
    groups : GroupStore
    consents : ConsentStore
        Says who lets their skills be counted: a group is told for that alone.
    log : AuditLog
    changed : callable
        Called with the person after something was told or taken back.
    """

    def __init__(
        self,
        groups: GroupStore,
        consents: ConsentStore,
        log: AuditLog,
        changed: Callable[[str], object],
    ) -> None:
        self._groups = groups
        self._consents = consents
        self._log = log
        self._changed = changed

    def mine(self, actor: Actor) -> GroupsTold | None:
        """Return what the person told, ``None`` where they told nothing yet."""
        require(actor, Action.GROUPS_READ, actor.person_id)
        return self._groups.of(str(actor.person_id))

    def tell(self, actor: Actor, groups: Iterable[str]) -> None:
        """Keep which groups the person belongs to, in place of what they told before; none takes all back.

        Raises
        ------
        ChangeRefused
            If there is no such group, or the person does not let their skills be counted.
        """
        require(actor, Action.GROUPS_CHANGE, actor.person_id)
        person, chosen = str(actor.person_id), frozenset(groups)
        if chosen - frozenset(NAMES):
            raise ChangeRefused(_("There is no such group."))
        if chosen and not self._consents.live(person, ConsentKind.REGIONAL):
            raise ChangeRefused(_("Let your skills be counted first: groups are used for nothing else."))
        if self._groups.tell(person, chosen, group_words(), actor.locale):
            # Which group is not written down: the log outlives what is taken back.
            self._log.note(person, Action.GROUPS_CHANGE.value, actor_id=person, actor_name=actor.name)
            self._changed(person)

    def consent_changed(self, person_id: str) -> None:
        """Forget what somebody told who no longer lets their skills be counted: its purpose is gone."""
        if not self._consents.live(person_id, ConsentKind.REGIONAL):
            self._groups.tell(person_id, ())


def group_words() -> str:
    """The sentence by which somebody tells of a group, in the reader's language."""
    return gettext(
        "What I say here is used for figures of groups of people in my county, among at least eleven people"
        " and without my name, and for nothing else. No counselor, no employer and no program sees it."
    )

"""What a person means to gain: kept, shown, taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Protocol

from accounts.actor import Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from accounts.plans import Plan, PlanStore
from graph.model import Skill
from services.people import ROLE_CODE
from services.reports import plain
from services.wallet import SkillsAway

MOST_PLANS = 20
MOST_SKILLS = 30
LONGEST_NAME = 120


class PlanRefused(PersonError):  # noqa: N818 - named as it is shown
    """A plan that cannot be kept as it is; the message says what to change."""

    status = 422


class NoSuchPlan(PersonError):  # noqa: N818 - named as it is shown
    """There is no such plan, or it is somebody else's: which of the two is not said."""

    status = 404


class Skills(Protocol):
    """What is needed of the labour-market store: skills by id or URI."""

    def skills(self, ids: Iterable[str]) -> Mapping[str, Skill]: ...


class PlanService:
    """The verbs about one's own plans, each asking permission first.

    Parameters
    ----------
    plans : PlanStore
    labor : callable
        Gives the labour-market store, or ``None`` while it is away.
    """

    def __init__(self, plans: PlanStore, labor: Callable[[], Skills | None]) -> None:
        self._plans = plans
        self._labor = labor

    def mine(self, actor: Actor) -> tuple[Plan, ...]:
        """Return the person's plans, the newest first."""
        require(actor, Action.PLANS_READ, actor.person_id)
        return self._plans.of(str(actor.person_id))

    def keep(
        self,
        actor: Actor,
        name: str,
        skills: Iterable[str],
        role_code: str = "",
        due_on: date | None = None,
    ) -> Plan:
        """Keep skills that the person means to gain; the same again only changes the name and the day.

        Parameters
        ----------
        skills : iterable of str
            Ids or addresses of published skills.
        due_on : date or None
            The day by which they mean to have them.

        Raises
        ------
        PlanRefused, SkillsAway
        """
        require(actor, Action.PLANS_CHANGE, actor.person_id)
        called = plain(name).strip()
        wanted = list(dict.fromkeys(skills))
        if not called or len(called) > LONGEST_NAME:
            raise PlanRefused(_("Give the plan a name of at most %(most)d characters."), most=LONGEST_NAME)
        if not wanted or len(wanted) > MOST_SKILLS:
            raise PlanRefused(_("Choose between one skill and %(most)d for a plan."), most=MOST_SKILLS)
        if role_code and not ROLE_CODE.fullmatch(role_code):
            raise PlanRefused(_("Choose a role from the list."))
        if due_on is not None and not 2000 <= due_on.year <= 2100:
            raise PlanRefused(_("Choose a day such as 2027-05-31."))
        labor = self._labor()
        if labor is None:
            raise SkillsAway(_("The list of skills is being renewed. Try again in a few minutes."))
        found = labor.skills(wanted)
        if set(wanted) - set(found):
            raise PlanRefused(_("One of the chosen skills is not a published one. Choose from the list."))
        kept = self._plans.keep(
            str(actor.person_id),
            called,
            tuple((found[key].uri, found[key].name) for key in wanted),
            role_code,
            MOST_PLANS,
            due_on,
        )
        if kept is None:
            raise PlanRefused(_("You have %(most)d plans already. Take one away first."), most=MOST_PLANS)
        return kept

    def remove(self, actor: Actor, plan_id: str) -> None:
        """Take a plan away.

        Raises
        ------
        NoSuchPlan
        """
        require(actor, Action.PLANS_CHANGE, actor.person_id)
        if not self._plans.remove(str(actor.person_id), plan_id):
            raise NoSuchPlan(_("There is no such plan among yours."))

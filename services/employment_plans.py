"""The employment plan of a client: written with the counselor, signed by both, ticked off by the client."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from accounts.actor import Actor
from accounts.employment_plans import FOLLOW_UPS, EmploymentPlanStore
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.news import NewsStore
from accounts.permissions import Action, require
from graph.gap import gap
from graph.model import (
    Area,
    EmploymentPlan,
    LaborMarket,
    Match,
    Outcome,
    Outlook,
    PlanContent,
    PlanFact,
    PlanStep,
    PlanVersion,
    Signature,
    Source,
    SquareState,
)
from services.advising import Advising, Client
from services.client_view import Market
from services.errors import RolesAway
from services.network import THE_NATION
from services.reports import plain
from services.telling import follow_up_about

NAMED = 8
"""Strengths and gaps that are proposed."""
MOST_NAMED = 20
MOST_STEPS = 30
MOST_REVIEWS = 6
LONGEST_WORDS = 2000
LONGEST_STEP = 200
LONGEST_NAME = 120
HORIZON = timedelta(days=5 * 366)
COST = re.compile(r"\d{1,7}(\.\d{1,2})?")
# Lines between points of a box of 300 by 100, and nothing else: it is drawn again as it stands.
STROKES = re.compile(r"(M\d{1,3} \d{1,3}(L\d{1,3} \d{1,3})*){1,200}")
LONGEST_DRAWN = 20_000
SIGNED = _(
    "%(counselor)s's account holds your signature under version %(number)s of your plan since %(day)s."
)
READY = _("Version %(number)s of your employment plan is ready to read and to sign, since %(day)s.")


class PlanRefused(PersonError):  # noqa: N818 - named as it is shown
    """A plan that cannot be kept or signed as it is; the message says what to change."""

    status = 422


class PlanChanged(PlanRefused):
    """The plan was changed since what is to be kept was begun; the typed words are shown beside it."""

    status = 409


class NoSuchPlan(PersonError):  # noqa: N818 - named as it is shown
    """There is no plan yet, no such version or no such step of it."""

    status = 404


class Labor(Protocol):
    """What is needed of the labour-market store."""

    def area(self, code: str) -> Area | None: ...
    def market(self, role_code: str, area_code: str) -> LaborMarket | None: ...
    def outlooks(self, role_codes: Iterable[str], area_code: str) -> Mapping[str, Outlook]: ...
    def sources(self) -> tuple[Source, ...]: ...


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could stand in a plan: skills that are there and that are missing, and published figures.

    Each list has what already stands in the plan first, so that nothing of it is lost in a form.
    """

    strengths: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    facts: tuple[PlanFact, ...] = ()
    area: Area = THE_NATION


@dataclass(frozen=True, slots=True)
class OpenedPlan:
    """A client's plan as their counselor opens it; ``plan`` is ``None`` while there is none."""

    name: str
    plan: EmploymentPlan | None
    proposal: Proposal


class EmploymentPlanService:
    """The verbs about employment plans, each asking permission first.

    Parameters
    ----------
    advising : Advising
    plans : EmploymentPlanStore
    market : Market
        Gives wallets and roles; it raises `RolesAway` while roles cannot be read.
    labor : callable
        Gives the labour-market store.
    news : NewsStore
    now : callable
    """

    def __init__(
        self,
        advising: Advising,
        plans: EmploymentPlanStore,
        market: Market,
        labor: Callable[[], Labor],
        news: NewsStore,
        now: Callable[[], datetime],
    ) -> None:
        self._advising = advising
        self._plans = plans
        self._market = market
        self._labor = labor
        self._news = news
        self._now = now

    def today(self) -> date:
        """The day by which things are due."""
        return self._now().date()

    # The counselor's side

    def open(self, actor: Actor, person_id: str) -> OpenedPlan:
        """Return a client's plan, and what could stand in it by their record and published figures.

        While roles are away it is what stands in it already.
        """
        client = self._advising.client(actor, person_id, Action.PLANS_READ)
        plan = self._plans.of(client.id)
        said = plan.draft if plan else PlanContent()
        try:
            proposal = self._proposal(client, said)
        except RolesAway:
            proposal = Proposal(said.strengths, said.gaps, said.facts)
        return OpenedPlan(client.person.name, plan, proposal)

    def read(self, actor: Actor, person_id: str) -> EmploymentPlan | None:
        """Return a client's plan, without reading their record."""
        client = self._advising.client(actor, person_id, Action.PLANS_READ)
        return self._plans.of(client.id)

    def set_goal(self, actor: Actor, person_id: str, code: str) -> EmploymentPlan:
        """Make a role the goal of a client's plan, with what speaks for and against it proposed.

        Raises
        ------
        RoleNotFound, NotAllowed
        """
        client = self._advising.client(actor, person_id, Action.PLANS_CHANGE, plan="goal")
        title = self._market.roles.title(code)
        plan = self._plans.of(client.id)
        before = plan.draft if plan else PlanContent()
        if before.goal_code == code and plan is not None:
            return plan
        said = replace(before, goal_code=code, goal_title=title, strengths=(), gaps=())
        proposed = self._proposal(client, said)
        said = replace(
            said,
            strengths=proposed.strengths[:NAMED],
            gaps=proposed.gaps[:NAMED],
            area_code=proposed.area.code,
            area_name=proposed.area.name,
            facts=proposed.facts,
            facts_day=self.today(),
        )
        return self._plans.keep(client.id, _named(actor), said)

    def add_step(self, actor: Actor, person_id: str, step: PlanStep) -> EmploymentPlan:
        """Add one step to a client's plan; one that is there and open is not added again.

        Raises
        ------
        PlanRefused, NotAllowed
        """
        client = self._advising.client(actor, person_id, Action.PLANS_CHANGE, plan="step")
        plan = self._plans.of(client.id)
        said = plan.draft if plan else PlanContent()
        if plan is not None and any(_same(step, one) for one in said.steps):
            return plan
        return self._keep(client, actor, replace(said, steps=(*said.steps, step)))

    def write(
        self, actor: Actor, person_id: str, said: PlanContent, base: str | None = None
    ) -> EmploymentPlan:
        """Make a client's plan say ``said``; goal and figures stay those of the plan, read anew.

        While roles are away they stay as they are.

        Parameters
        ----------
        base : str or None
            Hash of what the plan said when ``said`` was begun, empty for no plan; ``None`` not to ask.

        Raises
        ------
        PlanChanged, PlanRefused, NotAllowed
        """
        client = self._advising.client(actor, person_id, Action.PLANS_CHANGE, plan="written")
        plan = self._plans.of(client.id)
        before = plan.draft if plan else PlanContent()
        facts_day: date | None = self.today()
        try:
            known = self._proposal(client, before)
        except RolesAway:
            there = Area(before.area_code, before.area_name, "")
            known, facts_day = Proposal(before.strengths, before.gaps, before.facts, there), before.facts_day
        wanted = _checked(
            replace(
                said,
                goal_code=before.goal_code,
                goal_title=before.goal_title,
                area_code=known.area.code,
                area_name=known.area.name,
                facts=known.facts,
                facts_day=facts_day if known.facts else None,
                strengths=tuple(one for one in known.strengths if one in said.strengths),
                gaps=tuple(one for one in known.gaps if one in said.gaps),
            ),
            self.today(),
        )
        if plan is not None and _nameless(wanted) == _nameless(before):
            return plan
        if base is not None and base != (before.digest if plan else ""):
            raise PlanChanged(
                _(
                    "The plan was changed since you opened this page, in another window or by somebody else."
                    " Nothing is kept yet: what you typed is below. Keeping it takes the place of the other."
                )
            )
        return self._plans.keep(client.id, _named(actor), wanted)

    def make_version(self, actor: Actor, person_id: str) -> PlanVersion:
        """Freeze a client's plan to be signed; the client is told.

        Raises
        ------
        PlanRefused
            If it has no goal, no step, or no day of review.
        """
        client = self._advising.client(actor, person_id, Action.PLANS_CHANGE, plan="version")
        plan = self._existing(client.id)
        said = plan.draft
        for there, message in (
            (said.goal_code, _("Choose the goal first: a career from the client's network.")),
            (said.steps, _("Add at least one step first.")),
            (said.reviews, _("Name at least one day on which you look at the plan again.")),
        ):
            if not there:
                raise PlanRefused(message)
        number = self._plans.freeze(client.id, said, actor.name)
        if plan.versions and plan.versions[0].number == number:
            return plan.versions[0]
        self._news.tell(client.id, "plan:ready", READY, "/plan", number=str(number))
        return self._version(client.id, number)

    def sign(
        self, actor: Actor, person_id: str, number: int, part: str, name: str, drawn: str, digest: str
    ) -> None:
        """Sign a version as the counselor, or take down the signature of a client who sits beside.

        A client's signature on the counselor's screen is kept as such, and they are told.

        Parameters
        ----------
        part : str
            ``counselor`` or ``client``.
        digest : str
            Of what was shown when it was signed; it has to be the version's.

        Raises
        ------
        PlanRefused, NoSuchPlan, NotAllowed
        """
        if part not in ("counselor", "client"):
            raise PlanRefused(_("Say who signs."))
        client = self._advising.client(actor, person_id, Action.PLANS_CHANGE, plan="signed", part=part)
        beside = part == "client"
        self._sign(client.id, number, part, name, drawn, digest, actor.name if beside else "")
        if beside:
            self._news.tell(
                client.id, f"plan:signed:{number}", SIGNED, "/plan", counselor=actor.name, number=str(number)
            )

    def tick_for(self, actor: Actor, person_id: str, step_id: str, *, done: bool) -> None:
        """Tick a client's step off, or not."""
        client = self._advising.client(actor, person_id, Action.PLANS_CHANGE, plan="ticked")
        self._tick(client.id, step_id, done)

    def follow_up(self, actor: Actor, person_id: str, days: int, outcome: str, words: str) -> None:
        """Keep what a follow-up found.

        Raises
        ------
        PlanRefused, NoSuchPlan
        """
        client = self._advising.client(actor, person_id, Action.CASES_CHANGE, follow_up=days)
        said = plain(words)[:500]
        try:
            found = Outcome(outcome)
        except ValueError:
            raise PlanRefused(_("Choose what the follow-up found.")) from None
        if not self._plans.followed_up(client.id, days, self.today(), found, said):
            raise NoSuchPlan(_("There is no such follow-up."))
        self._news.forget(follow_up_about(self._existing(client.id).id, days))

    # The client's own side

    def mine(self, actor: Actor) -> EmploymentPlan | None:
        """Return the actor's own plan."""
        require(actor, Action.PLANS_READ, actor.person_id)
        return self._plans.of(_id(actor))

    def sign_mine(self, actor: Actor, number: int, name: str, drawn: str, digest: str) -> None:
        """Sign a version of one's own plan.

        Raises
        ------
        PlanRefused, NoSuchPlan
        """
        require(actor, Action.PLANS_CHANGE, actor.person_id)
        self._sign(_id(actor), number, "client", name, drawn, digest, "")

    def strike_mine(self, actor: Actor, number: int) -> None:
        """Take one's own signature under a version back.

        Raises
        ------
        NoSuchPlan
        """
        require(actor, Action.PLANS_CHANGE, actor.person_id)
        if not self._plans.strike(_id(actor), number):
            raise NoSuchPlan(_("There is no such signature of yours."))
        plan = self._existing(_id(actor))
        due = {one.days for one in plan.follow_ups}
        self._news.forget(*(follow_up_about(plan.id, days) for days in FOLLOW_UPS if days not in due))

    def tick_mine(self, actor: Actor, step_id: str, *, done: bool) -> None:
        """Tick a step of one's own plan off, or not."""
        require(actor, Action.PLANS_CHANGE, actor.person_id)
        self._tick(_id(actor), step_id, done)

    def _keep(self, client: Client, actor: Actor, said: PlanContent) -> EmploymentPlan:
        return self._plans.keep(client.id, _named(actor), _checked(said, self.today()))

    def _proposal(self, client: Client, said: PlanContent) -> Proposal:
        labor = self._labor()
        code = client.person.area_code
        area = (labor.area(code) if code else None) or THE_NATION
        if not said.goal_code:
            return Proposal(said.strengths, said.gaps, (), area)
        held = self._market.wallet_for(client.person).wallet()
        match = self._market.gap.gap(held, said.goal_code, area.code, client.person).match
        return Proposal(
            _first(said.strengths, _strengths(match)),
            _first(said.gaps, (one.requirement.skill.name for one in gap(match))),
            _facts(labor, said.goal_code, area),
            area,
        )

    def _sign(
        self, person_id: str, number: int, part: str, name: str, drawn: str, digest: str, beside: str
    ) -> None:
        version = self._version(person_id, number)
        called = plain(name)
        if not called or len(called) > LONGEST_NAME:
            raise PlanRefused(_("Type your name to sign, at most %(most)d characters."), most=LONGEST_NAME)
        if drawn and (len(drawn) > LONGEST_DRAWN or not STROKES.fullmatch(drawn)):
            raise PlanRefused(_("The drawn signature could not be read. Draw it again, or type your name."))
        newest = self._existing(person_id).versions[0]
        if newest.number != number:
            raise PlanRefused(_("There is a newer version. Read that one before you sign."))
        if digest != version.digest or version.content.digest != version.digest:
            raise PlanRefused(_("The plan is not the one that was shown. Load the page again and read it."))
        signature = Signature("", part, called, self._now(), version.digest, drawn, beside)
        if not self._plans.sign(person_id, number, signature):
            raise PlanRefused(_("This version bears this signature already."))

    def _tick(self, person_id: str, step_id: str, done: bool) -> None:
        if not self._plans.tick(person_id, step_id, self.today() if done else None):
            raise NoSuchPlan(_("There is no such step in this plan."))

    def _existing(self, person_id: str) -> EmploymentPlan:
        plan = self._plans.of(person_id)
        if plan is None:
            raise no_plan()
        return plan

    def _version(self, person_id: str, number: int) -> PlanVersion:
        for version in self._existing(person_id).versions:
            if version.number == number:
                return version
        raise NoSuchPlan(_("There is no such version of this plan."))


def _nameless(said: PlanContent) -> PlanContent:
    """The same without the ids of steps, and whether they are done."""
    return replace(said, steps=tuple(replace(one, id="", done_on=None) for one in said.steps))


def _same(step: PlanStep, other: PlanStep) -> bool:
    there = plain(step.what), plain(step.who), step.due_on
    return there == (other.what, other.who, other.due_on) and other.done_on is None


def no_plan() -> NoSuchPlan:
    """What somebody is told who asks for a plan that was not begun."""
    return NoSuchPlan(_("There is no plan yet."))


def paragraphs(text: str) -> str:
    """Words as they were typed, line by line, without characters that do not show.

    Examples
    --------
    >>> paragraphs(" one\\r\\n\\n two\\x00 ")
    'one\\n\\ntwo'
    """
    return "\n".join(plain(line) for line in text.strip().splitlines())


def _checked(said: PlanContent, today: date) -> PlanContent:
    """The same in plain words, or `PlanRefused`."""
    why, services = paragraphs(said.why), paragraphs(said.services)
    if max(len(why), len(services)) > LONGEST_WORDS:
        raise PlanRefused(_("Each text may have at most %(most)d characters."), most=LONGEST_WORDS)
    if len(said.steps) > MOST_STEPS:
        raise PlanRefused(_("A plan has at most %(most)d steps."), most=MOST_STEPS)
    reviews = tuple(sorted(set(said.reviews)))
    if len(reviews) > MOST_REVIEWS:
        raise PlanRefused(_("Name at most %(most)d days of review."), most=MOST_REVIEWS)
    days = [*reviews, *(step.due_on for step in said.steps if step.due_on is not None)]
    if any(abs(day - today) > HORIZON for day in days):
        raise PlanRefused(_("Choose days within five years."))
    return replace(
        said,
        why=why,
        services=services,
        reviews=reviews,
        steps=tuple(map(_step, said.steps)),
        strengths=said.strengths[:MOST_NAMED],
        gaps=said.gaps[:MOST_NAMED],
    )


def _step(step: PlanStep) -> PlanStep:
    what, who, funding = plain(step.what), plain(step.who), plain(step.funding)
    cost = step.cost.strip().removeprefix("$").replace(",", "")
    if not what or len(what) > LONGEST_STEP:
        raise PlanRefused(_("Say what a step is, in at most %(most)d characters."), most=LONGEST_STEP)
    if max(len(who), len(funding)) > LONGEST_NAME:
        raise PlanRefused(
            _("Say who does it and who pays in at most %(most)d characters each."), most=LONGEST_NAME
        )
    if cost and not COST.fullmatch(cost):
        raise PlanRefused(_("Give a cost in dollars, such as 450 or 450.00."))
    return replace(step, what=what, who=who, funding=funding, cost=f"{float(cost):.2f}" if cost else "")


def _strengths(match: Match) -> list[str]:
    """Matched skills, what somebody else stands by first, then by what they add."""
    matched = [one for one in match.squares if one.state is SquareState.MATCHED and not one.hidden]
    matched.sort(key=lambda one: (not (one.by and one.by[0].standing.proven), -one.term))
    return [one.requirement.skill.name for one in matched]


def _first(kept: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*kept, *more]))[:MOST_NAMED]


def _facts(labor: Labor, code: str, area: Area) -> tuple[PlanFact, ...]:
    """Median wage, jobs and their share here; projected openings where a release with them is loaded."""
    releases = {source.id: f"{source.title}, {source.release}" for source in labor.sources()}
    market = labor.market(code, area.code)
    found: list[PlanFact] = []
    if market is not None:
        source = releases.get(market.source_id, "")
        wage = market.annual.get("p50")
        for kind, figure in (
            ("wage", wage),
            ("jobs", market.employment),
            ("share", market.location_quotient),
        ):
            value, note = (None, "not_published") if figure is None else (figure.value, figure.note)
            found.append(PlanFact(kind, value, note, market.area.name, source))
    outlook = labor.outlooks((code,), area.code).get(code)
    if outlook is not None:
        found.append(
            PlanFact(
                "openings",
                outlook.openings.value,
                outlook.openings.note,
                outlook.area.name,
                releases.get(outlook.source_id, ""),
            )
        )
    return tuple(found)


def _named(actor: Actor) -> tuple[str, str]:
    return _id(actor), actor.name


def _id(actor: Actor) -> str:
    return str(actor.person_id)

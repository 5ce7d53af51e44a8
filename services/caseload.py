"""A counselor's caseload: who consented, how they stand, and what needs a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from accounts.actor import Actor
from accounts.audit import AuditLog
from accounts.case_groups import CaseGroupStore
from accounts.cases import CaseStore, Listed
from accounts.employment_plans import EmploymentPlanStore, PlanSummary
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from graph.model import Activity, CaseGroup, CaseRow, Flag, RecordTally
from services.advising import Advising, no_such_client
from services.reports import plain

QUIET = timedelta(days=60)
"""Without a meeting, a new record or a consent for so long, somebody is quiet."""
PAGE = 50
MOST_GROUPS = 50
LONGEST_NAME = 120
LONGEST_MEETING = 600
"""Minutes."""
NO_PLAN = PlanSummary("", "", 0, 0, None)
NO_RECORDS = RecordTally()
SORTS = ("needs", "name", "next", "met", "progress", "goal")

Tallies = Callable[[Collection[str], date], Mapping[str, RecordTally]]


class GroupRefused(PersonError):  # noqa: N818 - named as it is shown
    """A group that cannot be made, or filled, as it was asked; the message says what to change."""

    status = 422


class NoSuchGroup(PersonError):  # noqa: N818 - named as it is shown
    """The counselor has no such group; whether somebody else has is not said."""

    status = 404


@dataclass(frozen=True, slots=True)
class CaseloadView:
    """What of a caseload is asked for: everything that stands in the page's address."""

    words: str = ""
    sort: str = SORTS[0]
    flag: Flag | None = None
    group: str = ""
    goal: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Caseload:
    """A page of a caseload.

    Attributes
    ----------
    rows : tuple of CaseRow
        Of this page.
    all, found : int
        Clients, and those that answer to what was asked.
    flags : mapping of Flag to int
        Clients by what needs a person, among all.
    goals : tuple of (str, str, int)
        Code, title and clients of each goal, the most frequent first.
    """

    rows: tuple[CaseRow, ...]
    all: int
    found: int
    page: int
    pages: int
    flags: Mapping[Flag, int]
    goals: tuple[tuple[str, str, int], ...]
    groups: tuple[CaseGroup, ...]


class CaseloadService:
    """The verbs about a counselor's own caseload, each asking permission first.

    Parameters
    ----------
    log : AuditLog
    advising : Advising
    cases : CaseStore
    groups : CaseGroupStore
    plans : EmploymentPlanStore
    tallies : callable
        How people's records stand on a day (``wallet.tally``).
    titles : callable
        Titles of roles by code; what cannot be read is left out.
    now : callable
    """

    def __init__(
        self,
        log: AuditLog,
        advising: Advising,
        cases: CaseStore,
        groups: CaseGroupStore,
        plans: EmploymentPlanStore,
        tallies: Tallies,
        titles: Callable[[Iterable[str]], Mapping[str, str]],
        now: Callable[[], datetime],
    ) -> None:
        self._log = log
        self._advising = advising
        self._cases = cases
        self._groups = groups
        self._plans = plans
        self._tallies = tallies
        self._titles = titles
        self._now = now

    def today(self) -> date:
        """The day by which things are due."""
        return self._now().date()

    def mine(self, actor: Actor, asked: CaseloadView | None = None) -> Caseload:
        """Return a page of the actor's caseload; being listed is noted for each client once a day."""
        asked = asked or CaseloadView()
        rows = self.rows(actor)
        listed = {row.person_id for row in rows}
        found = sorted((row for row in rows if _answers(row, asked)), key=_order(asked.sort))
        pages = max(1, -(-len(found) // PAGE))
        page = min(max(1, asked.page), pages)
        shown = found[(page - 1) * PAGE : page * PAGE]
        steps = self._plans.next_steps([row.person_id for row in shown if row.next_what == "step"])
        goals = Counter((row.goal_code, row.goal_title) for row in rows if row.goal_code)
        return Caseload(
            tuple(
                replace(row, next_what=steps.get(row.person_id, "")) if row.next_what == "step" else row
                for row in shown
            ),
            len(rows),
            len(found),
            page,
            pages,
            Counter(flag for row in rows for flag in row.flags),
            tuple((code, title, n) for (code, title), n in goals.most_common()),
            tuple(replace(one, members=one.members & listed) for one in self._groups.of(_id(actor))),
        )

    def rows(self, actor: Actor) -> tuple[CaseRow, ...]:
        """Return the whole caseload; noted like ``mine``."""
        require(actor, Action.CASELOAD_READ)
        listed = {one.person_id: one for one in self._cases.listed(_id(actor))}
        self._note(actor, listed.values())
        return self._rows(actor, listed)

    def one(self, actor: Actor, person_id: str) -> CaseRow:
        """Return the line of one client; it is noted for them each time.

        Raises
        ------
        NoSuchClient
        """
        client = self._advising.client(actor, person_id, Action.CASES_READ)
        listed = {one.person_id: one for one in self._cases.listed(_id(actor)) if one.person_id == client.id}
        for row in self._rows(actor, listed):
            steps = self._plans.next_steps([row.person_id]) if row.next_what == "step" else {}
            return replace(row, next_what=steps.get(row.person_id, row.next_what))
        raise no_such_client()  # Taken back in the same moment.

    def _rows(self, actor: Actor, listed: Mapping[str, Listed]) -> tuple[CaseRow, ...]:
        today = self.today()
        plans = self._plans.summaries(_id(actor), today)
        careers = self._cases.first_careers([one for one in listed if not plans.get(one, NO_PLAN).goal_code])
        titles = self._titles(set(careers.values()))
        tallies = self._tallies(listed, today)
        groups = self._groups.of(_id(actor))
        inside: dict[str, list[str]] = {}
        for group in groups:
            for person in group.members:
                inside.setdefault(person, []).append(group.id)
        return tuple(
            _row(
                given,
                plans.get(person, NO_PLAN),
                careers.get(person, ""),
                titles,
                tallies.get(person, NO_RECORDS),
                tuple(inside.get(person, ())),
                today,
            )
            for person, given in listed.items()
        )

    # Groups

    def groups(self, actor: Actor) -> tuple[CaseGroup, ...]:
        """Return the actor's groups, the newest first."""
        require(actor, Action.CASELOAD_READ)
        return self._groups.of(_id(actor))

    def make_group(self, actor: Actor, name: str, day: date | None, members: Iterable[str]) -> CaseGroup:
        """Make a group of clients; one of the same name and day is gone on with.

        Raises
        ------
        GroupRefused
        """
        require(actor, Action.CASELOAD_CHANGE)
        called = " ".join(plain(name).split())
        if not called or len(called) > LONGEST_NAME:
            raise GroupRefused(_("Give the group a name of at most %(most)d characters."), most=LONGEST_NAME)
        wanted = self._clients(actor, members)
        for there in self._groups.of(_id(actor)):
            if (there.name, there.day) == (called, day):
                self._groups.put(there.id, wanted)
                return self._group(actor, there.id)
        group = self._groups.make(_id(actor), called, day, MOST_GROUPS)
        if group is None:
            raise GroupRefused(_("You have %(most)d groups already. Take one away first."), most=MOST_GROUPS)
        self._groups.put(group.id, wanted)
        return replace(group, members=frozenset(wanted))

    def put_in_group(self, actor: Actor, group_id: str, members: Iterable[str]) -> CaseGroup:
        """Put clients into a group of the actor's.

        Raises
        ------
        NoSuchGroup, GroupRefused
        """
        require(actor, Action.CASELOAD_CHANGE)
        group = self._group(actor, group_id)
        wanted = self._clients(actor, members)
        if not wanted:
            raise GroupRefused(_("Choose at least one client from the list."))
        self._groups.put(group.id, wanted)
        return self._group(actor, group_id)

    def take_from_group(self, actor: Actor, group_id: str, person_id: str) -> None:
        """Take somebody out of a group of the actor's; nothing happens when they are not in it."""
        require(actor, Action.CASELOAD_CHANGE)
        self._groups.take(self._group(actor, group_id).id, person_id)

    def remove_group(self, actor: Actor, group_id: str) -> None:
        """Take a group away; its members stay clients.

        Raises
        ------
        NoSuchGroup
        """
        require(actor, Action.CASELOAD_CHANGE)
        if not self._groups.remove(_id(actor), group_id):
            raise _no_group()

    def workshop_held(self, actor: Actor, group_id: str, day: date, minutes: int) -> int:
        """Keep a meeting for every member who is a client now; how many were kept.

        Raises
        ------
        NoSuchGroup, GroupRefused
        """
        require(actor, Action.CASELOAD_CHANGE)
        group = self._group(actor, group_id)
        if not 0 < minutes <= LONGEST_MEETING or not day <= self.today():
            raise GroupRefused(
                _("Give a day up to today, and between 1 and %(most)d minutes."), most=LONGEST_MEETING
            )
        came = [one for one in self._cases.listed(_id(actor)) if one.person_id in group.members]
        self._log.note_each(
            [(one.person_id, one.consent_id) for one in came],
            Action.CASES_CHANGE.value,
            actor_id=_id(actor),
            actor_name=actor.name,
        )
        return self._cases.held(
            [one.person_id for one in came],
            (_id(actor), actor.name),
            Activity.WORKSHOP,
            day,
            minutes,
            group.id,
        )

    def _clients(self, actor: Actor, members: Iterable[str]) -> list[str]:
        """Those of ``members`` who are clients now, each once."""
        listed = {one.person_id for one in self._cases.listed(_id(actor))}
        wanted = list(dict.fromkeys(members))
        if set(wanted) - listed:
            raise GroupRefused(_("Choose clients from your caseload."))
        return wanted

    def _group(self, actor: Actor, group_id: str) -> CaseGroup:
        for group in self._groups.of(_id(actor)):
            if group.id == group_id:
                return group
        raise _no_group()

    def _note(self, actor: Actor, listed: Iterable[Listed]) -> None:
        """Note those who are listed, where it was not done today; in their log before it is kept here."""
        new = [one for one in listed if one.listed_on != self.today()]
        if not new:
            return
        self._log.note_each(
            [(one.person_id, one.consent_id) for one in new],
            Action.CASELOAD_READ.value,
            actor_id=_id(actor),
            actor_name=actor.name,
        )
        self._cases.note_listed(new, self.today())


def _row(
    given: Listed,
    plan: PlanSummary,
    career: str,
    titles: Mapping[str, str],
    tally: RecordTally,
    groups: tuple[str, ...],
    today: date,
) -> CaseRow:
    since, last_met = given.since.date(), given.last_met.date() if given.last_met else None
    due = [
        (day, what)
        for day, what in (
            (plan.step_due, "step"),
            (plan.review_due, "review"),
            (plan.follow_up_due, "follow_up"),
        )
        if day is not None
    ]
    next_due, next_what = min(due, default=(None, ""))
    latest = max(since, last_met or since, tally.latest.date() if tally.latest else since)
    signs = (
        (Flag.FAILED, bool(tally.failed)),
        (Flag.ENDING, bool(tally.ending)),
        (Flag.OVERDUE, plan.step_due is not None and plan.step_due < today),
        (Flag.FOLLOW_UP, plan.follow_up_due is not None and plan.follow_up_due <= today),
        (Flag.QUIET, latest < today - QUIET),
    )
    planned = bool(plan.goal_code)
    return CaseRow(
        given.person_id,
        given.name,
        since,
        None if given.ends_at is None else (given.ends_at - timedelta(days=1)).date(),
        given.demo,
        goal_code=plan.goal_code if planned else career,
        goal_title=plan.goal_title if planned else titles.get(career, career),
        goal_planned=planned,
        steps=plan.steps,
        done=plan.done,
        signed_on=plan.signed_on,
        last_met=last_met,
        next_due=next_due,
        next_what=next_what,
        records=tally,
        flags=frozenset(flag for flag, on in signs if on),
        groups=groups,
    )


def _answers(row: CaseRow, asked: CaseloadView) -> bool:
    return (
        asked.words.casefold() in row.name.casefold()
        and asked.flag in (None, *row.flags)
        and asked.group in ("", *row.groups)
        and asked.goal in ("", row.goal_code)
    )


def _order(sort: str) -> Callable[[CaseRow], tuple]:
    last, first = date.max, date.min

    def place(row: CaseRow) -> tuple:
        name = row.name.casefold()
        done = row.done / row.steps if row.steps else -1.0
        keys: dict[str, tuple] = {
            "needs": (-len(row.flags), row.next_due or last),
            "next": (row.next_due or last,),
            "met": (row.last_met or first,),
            "progress": (-done,),
            "goal": (row.goal_title.casefold() or "\uffff",),
        }
        return (*keys.get(sort, ()), name, row.person_id)

    return place


def _no_group() -> NoSuchGroup:
    return NoSuchGroup(_("There is no such group among yours."))


def _id(actor: Actor) -> str:
    return str(actor.person_id)

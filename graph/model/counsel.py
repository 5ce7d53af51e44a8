"""The nouns of advising: meetings, notes, groups, invitations, and the plan that comes of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Activity(StrEnum):
    """What a meeting was for, as it is reported."""

    INTAKE = "intake"
    ASSESSMENT = "assessment"
    CAREER = "career"
    PLANNING = "planning"
    JOB_SEARCH = "job_search"
    WORKSHOP = "workshop"
    FOLLOW_UP = "follow_up"
    OTHER = "other"


class Flag(StrEnum):
    """What of a client needs a person to look at it."""

    FAILED = "failed"
    ENDING = "ending"
    OVERDUE = "overdue"
    FOLLOW_UP = "follow_up"
    QUIET = "quiet"


class Outcome(StrEnum):
    """What a follow-up found."""

    EMPLOYED_GOAL = "employed_goal"
    EMPLOYED_OTHER = "employed_other"
    TRAINING = "training"
    SEARCHING = "searching"
    STOPPED = "stopped"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class Meeting:
    """Time that a counselor spent with or for somebody.

    ``ended_at`` is ``None`` while it goes on; ``minutes`` is what is reported. ``group_id`` is that of the
    workshop's group, empty for a meeting of two.
    """

    id: str
    person_id: str
    counselor_id: str
    counselor_name: str
    activity: Activity
    began_at: datetime
    ended_at: datetime | None = None
    minutes: int = 0
    group_id: str = ""


@dataclass(frozen=True, slots=True)
class CaseNote:
    """What a counselor wrote down; ``shared`` with the client, or for counseling staff alone."""

    id: str
    author_id: str
    author_name: str
    text: str
    shared: bool
    made_at: datetime


@dataclass(frozen=True, slots=True)
class CaseGroup:
    """Clients of one counselor who come to the same workshop; ``members`` are person ids."""

    id: str
    name: str
    day: date | None
    members: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Invitation:
    """A person who is asked to let a counselor advise them.

    ``state`` is ``waiting``, ``accepted``, ``expired`` or ``withdrawn``; ``last_day`` the last on which the
    link is good.
    """

    id: str
    sender_id: str
    counselor_id: str
    counselor_name: str
    name: str
    email: str
    made_at: datetime
    last_day: date
    state: str = "waiting"
    mailed: bool = False


@dataclass(frozen=True, slots=True)
class Transfer:
    """A counselor's proposal that another one advises a client from now on; the client decides."""

    id: str
    person_id: str
    from_id: str
    from_name: str
    to_id: str
    to_name: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One thing to be done.

    Attributes
    ----------
    what, who : str
        What is done, and by whom, in the plan's own words.
    due_on : date or None
    cost : str
        US dollars and cents, such as ``450.00``; empty where none was entered.
    funding : str
        Who pays; empty where nobody said.
    done_on : date or None
        When somebody ticked it off; no part of what is signed.
    """

    id: str
    what: str
    who: str = ""
    due_on: date | None = None
    cost: str = ""
    funding: str = ""
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlanFact:
    """One published figure that speaks of the goal.

    ``kind`` is ``wage`` (median, US dollars a year), ``jobs``, ``share`` (location quotient) or ``openings``
    (a year, as projected). Without a ``value`` none is published; ``note`` as in `Figure`. ``place`` is where
    it is of, ``source`` the release.
    """

    kind: str
    value: float | None
    note: str | None
    place: str
    source: str


@dataclass(frozen=True, slots=True)
class PlanContent:
    """What a plan says: all of what is signed.

    Attributes
    ----------
    goal_code, goal_title : str
        O*NET-SOC code and title of the goal role; empty while none is chosen.
    area_code, area_name : str
        Where its figures are of.
    why : str
        In the client's and the counselor's own words.
    facts : tuple of PlanFact
    facts_day : date or None
        When the figures were read.
    strengths, gaps : tuple of str
        Names of skills: what is there, and what is to be gained.
    services : str
        What the agency and its partners provide.
    reviews : tuple of date
        When client and counselor look at it again.
    """

    goal_code: str = ""
    goal_title: str = ""
    area_code: str = ""
    area_name: str = ""
    why: str = ""
    facts: tuple[PlanFact, ...] = ()
    facts_day: date | None = None
    strengths: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    steps: tuple[PlanStep, ...] = ()
    services: str = ""
    reviews: tuple[date, ...] = ()

    def told(self) -> dict[str, Any]:
        """As it is kept, hashed and signed; whether a step is done is left out."""
        told = asdict(self)
        for step in told["steps"]:
            del step["done_on"]
        return _plain(told)

    @property
    def digest(self) -> str:
        """SHA-256 of what it says, in hexadecimal digits.

        >>> PlanContent(why="Better hours").digest == PlanContent(why="Better hours").digest
        True
        >>> PlanContent(why="Better hours").digest == PlanContent(why="Better pay").digest
        False
        """
        text = json.dumps(self.told(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> PlanContent:
        """What ``told`` wrote down."""
        fields = dict(told)
        fields["facts"] = tuple(PlanFact(**one) for one in told["facts"])
        fields["steps"] = tuple(PlanStep(**{**one, "due_on": _day(one["due_on"])}) for one in told["steps"])
        fields["facts_day"] = _day(told["facts_day"])
        fields["reviews"] = tuple(date.fromisoformat(one) for one in told["reviews"])
        fields["strengths"], fields["gaps"] = tuple(told["strengths"]), tuple(told["gaps"])
        return cls(**fields)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature under one version of a plan.

    Attributes
    ----------
    part : str
        ``client`` or ``counselor``.
    name : str
        As it was typed.
    drawn : str
        The strokes of a drawn one as an SVG path in a box of 300 by 100; empty where it was typed only.
    digest : str
        Hash of what was signed (`PlanContent.digest`).
    on_screen_of : str
        Whose account it was signed in, where that was not the signer's own.
    """

    id: str
    part: str
    name: str
    signed_at: datetime
    digest: str
    drawn: str = ""
    on_screen_of: str = ""


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A plan as it stood when it was made ready to sign; it is never changed."""

    number: int
    content: PlanContent
    digest: str
    made_at: datetime
    made_by: str
    signatures: tuple[Signature, ...] = ()

    def signed_by(self, part: str) -> Signature | None:
        """The signature of ``client`` or ``counselor``."""
        return next((one for one in self.signatures if one.part == part), None)

    @property
    def signed_on(self) -> date | None:
        """The day of the later signature; ``None`` until both are there."""
        if not (self.signed_by("client") and self.signed_by("counselor")):
            return None
        return max(one.signed_at for one in self.signatures).date()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Looking after somebody so many days after their plan was signed; ``done_on`` when it was done."""

    days: int
    due_on: date
    done_on: date | None = None
    outcome: Outcome | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class EmploymentPlan:
    """The plan of one client.

    Attributes
    ----------
    draft : PlanContent
        What it says now, with the steps that are done.
    versions : tuple of PlanVersion
        The newest first.
    """

    id: str
    person_id: str
    counselor_id: str
    counselor_name: str
    draft: PlanContent
    made_at: datetime
    versions: tuple[PlanVersion, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()

    @property
    def done(self) -> int:
        """Steps that are done."""
        return sum(step.done_on is not None for step in self.draft.steps)

    @property
    def next_step(self) -> PlanStep | None:
        """What is due next and not done; a step without a day comes last."""
        left = [step for step in self.draft.steps if step.done_on is None]
        return min(left, key=lambda step: step.due_on or date.max, default=None)

    @property
    def changed(self) -> bool:
        """Whether it says something else than its newest version."""
        return bool(self.versions) and self.versions[0].digest != self.draft.digest


@dataclass(frozen=True, slots=True)
class RecordTally:
    """How the records of one person stand.

    Attributes
    ----------
    verified, confirmed, claimed, ended : int
        Records by standing; ``ended`` are expired or revoked.
    failed : tuple of str
        Titles of those that were revoked, or whose proof does not hold.
    ending : tuple of (str, date)
        Titles and last days of those that end within sixty days.
    latest : datetime or None
        When the newest came in.
    """

    verified: int = 0
    confirmed: int = 0
    claimed: int = 0
    ended: int = 0
    failed: tuple[str, ...] = ()
    ending: tuple[tuple[str, date], ...] = ()
    latest: datetime | None = None

    @property
    def all(self) -> int:
        return self.verified + self.confirmed + self.claimed + self.ended


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of a caseload.

    Attributes
    ----------
    goal_code, goal_title : str
        Of the plan; else of the first career the person chose (``goal_planned`` is then false).
    steps, done : int
        Of the plan.
    last_met : date or None
    next_due : date or None
        When the next step, review or follow-up is due, whichever comes first; ``next_what`` says what it is.
    until : date or None
        The last day of the consent.
    """

    person_id: str
    name: str
    since: date
    until: date | None
    demo: bool = False
    goal_code: str = ""
    goal_title: str = ""
    goal_planned: bool = False
    steps: int = 0
    done: int = 0
    signed_on: date | None = None
    last_met: date | None = None
    next_due: date | None = None
    next_what: str = ""
    records: RecordTally = field(default_factory=RecordTally)
    flags: frozenset[Flag] = frozenset()
    groups: tuple[str, ...] = ()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _day(told: str | None) -> date | None:
    return None if told is None else date.fromisoformat(told)

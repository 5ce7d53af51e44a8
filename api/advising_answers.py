"""What is answered to a counselor about those they advise, and to anybody about their own employment plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from graph.model import CaseNote, CaseRow, EmploymentPlan, Flag, Outcome, PlanVersion


@dataclass(frozen=True, slots=True)
class EndingRecord:
    """A record that ends within sixty days."""

    title: str
    last_day: date


@dataclass(frozen=True, slots=True)
class ClientAnswer:
    """Somebody who lets the counselor advise them.

    ``goal_planned`` is false where the goal is but the first career they chose. ``next_what`` is the next
    step in words, ``review`` or ``follow_up``; empty where nothing is due. ``failed`` and ``ending`` name
    records. ``since`` and ``until`` are the days of the consent.
    """

    id: str
    name: str
    since: date
    until: date | None
    goal_code: str
    goal_title: str
    goal_planned: bool
    steps: int
    steps_done: int
    plan_signed_on: date | None
    last_met_on: date | None
    next_due_on: date | None
    next_what: str
    records_verified: int
    records_confirmed: int
    records_self_asserted: int
    records_ended: int
    failed: list[str]
    ending: list[EndingRecord]
    flags: list[Flag]
    groups: list[str]

    @classmethod
    def of(cls, row: CaseRow) -> ClientAnswer:
        return cls(
            row.person_id,
            row.name,
            row.since,
            row.until,
            row.goal_code,
            row.goal_title,
            row.goal_planned,
            row.steps,
            row.done,
            row.signed_on,
            row.last_met,
            row.next_due,
            row.next_what,
            row.records.verified,
            row.records.confirmed,
            row.records.claimed,
            row.records.ended,
            list(row.records.failed),
            [EndingRecord(*one) for one in row.records.ending],
            [flag for flag in Flag if flag in row.flags],
            list(row.groups),
        )


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """Clients who come to the same workshop; ``members`` are their ids."""

    id: str
    name: str
    day: date | None
    members: list[str]


@dataclass(frozen=True, slots=True)
class CaseloadAnswer:
    """A page of a caseload: ``all`` clients, ``found`` of them answer to what was asked."""

    clients: list[ClientAnswer]
    all: int
    found: int
    page: int
    pages: int
    groups: list[GroupAnswer]

    @classmethod
    def of(cls, found: Any) -> CaseloadAnswer:
        return cls(
            [ClientAnswer.of(one) for one in found.rows],
            found.all,
            found.found,
            found.page,
            found.pages,
            [GroupAnswer(one.id, one.name, one.day, sorted(one.members)) for one in found.groups],
        )


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One thing to be done; ``cost`` in US dollars as it was entered, empty where none was."""

    id: str
    what: str
    who: str
    due_on: date | None
    cost: str
    funding: str
    done_on: date | None


@dataclass(frozen=True, slots=True)
class PlannedFigure:
    """One published figure about the goal; null where none is published, and ``note`` says why.

    ``kind`` is ``wage`` (median, US dollars a year), ``jobs``, ``share`` (location quotient) or ``openings``
    (a year, as projected).
    """

    kind: Literal["wage", "jobs", "share", "openings"]
    value: float | None
    note: str | None
    place: str
    source: str


@dataclass(frozen=True, slots=True)
class PlanSignature:
    """Who signed a version and when; ``on_screen_of`` names the counselor whose screen it was signed on."""

    part: Literal["client", "counselor"]
    name: str
    signed_at: datetime
    on_screen_of: str


@dataclass(frozen=True, slots=True)
class VersionAnswer:
    """A plan as it was made ready to sign. ``digest`` is the SHA-256 of what it says, as the PDF has it.

    ``signed_on`` is the day of the later signature, null until both have signed.
    """

    number: int
    made_at: datetime
    made_by: str
    digest: str
    goal_code: str
    goal_title: str
    signed_on: date | None
    signatures: list[PlanSignature]

    @classmethod
    def of(cls, version: PlanVersion) -> VersionAnswer:
        return cls(
            version.number,
            version.made_at,
            version.made_by,
            version.digest,
            version.content.goal_code,
            version.content.goal_title,
            version.signed_on,
            [
                PlanSignature(one.part, one.name, one.signed_at, one.on_screen_of)  # type: ignore[arg-type]
                for one in version.signatures
            ],
        )


@dataclass(frozen=True, slots=True)
class FollowUpAnswer:
    """Looking after somebody so many days after their plan was signed; null until it is done."""

    days: int
    due_on: date
    done_on: date | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class EmploymentPlanAnswer:
    """An Individual Employment Plan as it says now, and its versions, the newest first.

    ``changed``: it says something else than its newest version. Without a goal ``goal_code`` is empty.
    """

    goal_code: str
    goal_title: str
    area_code: str
    area_name: str
    why: str
    figures: list[PlannedFigure]
    figures_read_on: date | None
    strengths: list[str]
    gaps: list[str]
    steps: list[PlannedStep]
    services: str
    reviews: list[date]
    counselor: str
    made_at: datetime
    changed: bool
    versions: list[VersionAnswer]
    follow_ups: list[FollowUpAnswer]

    @classmethod
    def of(cls, plan: EmploymentPlan) -> EmploymentPlanAnswer:
        said = plan.draft
        return cls(
            said.goal_code,
            said.goal_title,
            said.area_code,
            said.area_name,
            said.why,
            [
                PlannedFigure(one.kind, one.value, one.note, one.place, one.source)  # type: ignore[arg-type]
                for one in said.facts
            ],
            said.facts_day,
            list(said.strengths),
            list(said.gaps),
            [
                PlannedStep(one.id, one.what, one.who, one.due_on, one.cost, one.funding, one.done_on)
                for one in said.steps
            ],
            said.services,
            list(said.reviews),
            plan.counselor_name,
            plan.made_at,
            plan.changed,
            [VersionAnswer.of(one) for one in plan.versions],
            [FollowUpAnswer(one.days, one.due_on, one.done_on, one.outcome) for one in plan.follow_ups],
        )


@dataclass(frozen=True, slots=True)
class CaseNoteAnswer:
    """A note about a client: ``shared`` with them, or for counseling staff alone."""

    id: str
    author: str
    text: str
    shared: bool
    made_at: datetime

    @classmethod
    def of(cls, note: CaseNote) -> CaseNoteAnswer:
        return cls(note.id, note.author_name, note.text, note.shared, note.made_at)

"""What is answered about a person's account, choices, consents and requests, and about roles side by side."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from api.answers import SquareAnswer
from graph.model import Confirmation, NextSkill, Skill
from services.compare import Column, Comparison, median
from services.exploring import SharedInterests
from services.what_next import WhatNext


@dataclass(frozen=True, slots=True)
class BroughtBackAnswer:
    """What came of a file that was taken out once.

    ``records`` are new here, ``there`` were here already, ``refused`` are not as they were signed.
    ``sealed``: it was this installation's own file of this account, so that standings were taken over.
    """

    records: int
    there: int
    refused: int
    careers: int
    plans: int
    pathways: int
    confirmations: int
    sealed: bool

    @classmethod
    def of(cls, came: Any) -> BroughtBackAnswer:
        return cls(*(getattr(came, one.name) for one in fields(cls)))


@dataclass(frozen=True, slots=True)
class AccountAnswer:
    """The signed-in person. ``area_code`` is their home county or OEWS area."""

    email: str
    name: str
    roles: list[str]
    area_code: str | None
    locale: str
    demo: bool
    created_at: datetime

    @classmethod
    def of(cls, account: Any) -> AccountAnswer:
        return cls(
            account.email,
            account.name,
            sorted(role.value for role in account.roles),
            account.area_code,
            account.locale,
            account.demo,
            account.created_at,
        )


@dataclass(frozen=True, slots=True)
class ChosenCareer:
    """A career that the person put around themself."""

    role_code: str
    area_code: str | None


@dataclass(frozen=True, slots=True)
class NamedSkill:
    """A published skill."""

    id: str
    name: str
    uri: str
    kind: str

    @classmethod
    def of(cls, skill: Skill) -> NamedSkill:
        return cls(skill.id, skill.name, skill.uri, skill.kind)


@dataclass(frozen=True, slots=True)
class PlannedSkill:
    """A skill of a plan, with the label it had then."""

    uri: str
    label: str


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """Skills that the person means to gain; ``role_code`` is empty where it is for no one career."""

    id: str
    name: str
    skills: list[PlannedSkill]
    role_code: str
    made_at: datetime

    @classmethod
    def of(cls, plan: Any) -> PlanAnswer:
        return cls(
            plan.id, plan.name, [PlannedSkill(*one) for one in plan.skills], plan.role_code, plan.made_at
        )


@dataclass(frozen=True, slots=True)
class KeptPathwayAnswer:
    """A way to a role that the person keeps."""

    id: str
    goal_code: str
    stones: list[str]
    area_code: str | None
    kept_at: datetime

    @classmethod
    def of(cls, kept: Any) -> KeptPathwayAnswer:
        return cls(kept.id, kept.goal_code, list(kept.stones), kept.area_code, kept.kept_at)


@dataclass(frozen=True, slots=True)
class NextSkillAnswer:
    """What gaining one skill alone would do.

    ``roles_reached`` come within reach by it; ``jobs`` are those of their occupations in the place, null
    where none is published; wages are the lowest and highest of their medians, US dollars a year.
    """

    skill: NamedSkill
    roles_reached: list[str]
    nearer: int
    jobs: float | None
    wage_low: float | None
    wage_high: float | None

    @classmethod
    def of(cls, one: NextSkill) -> NextSkillAnswer:
        low, high = one.wages or (None, None)
        return cls(
            NamedSkill.of(one.gain.skill),
            [match.role.code for match, _score in one.gain.reached],
            one.gain.nearer,
            one.jobs.value,
            low,
            high,
        )


@dataclass(frozen=True, slots=True)
class NextAnswer:
    """Skills that would help most next, and in which place."""

    area_code: str
    within_reach: int
    skills: list[NextSkillAnswer]

    @classmethod
    def of(cls, found: WhatNext) -> NextAnswer:
        return cls(found.area.code, found.within, [NextSkillAnswer.of(one) for one in found.skills])


@dataclass(frozen=True, slots=True)
class ColumnAnswer:
    """One role of a comparison. Wages are medians, US dollars a year; ``change`` is against the first."""

    code: str
    title: str
    score: float
    low: float
    high: float
    carried: int
    to_gain: list[SquareAnswer]
    wage: float | None
    wage_elsewhere: float | None
    jobs: float | None
    change: float | None

    @classmethod
    def of(cls, column: Column) -> ColumnAnswer:
        match = column.match
        return cls(
            match.role.code,
            match.role.title,
            match.score,
            match.low,
            match.high,
            column.carried,
            [SquareAnswer.of(square) for square in column.to_gain],
            median(column.here),
            median(column.elsewhere),
            column.here.employment.value if column.here else None,
            column.change,
        )


@dataclass(frozen=True, slots=True)
class ComparisonAnswer:
    """Roles side by side; ``shared`` names the skills that every one of them requires."""

    area_code: str
    elsewhere_code: str
    roles: list[ColumnAnswer]
    shared: list[str]

    @classmethod
    def of(cls, found: Comparison) -> ComparisonAnswer:
        return cls(
            found.area.code,
            found.elsewhere.code,
            [ColumnAnswer.of(one) for one in found.columns],
            list(found.shared),
        )


@dataclass(frozen=True, slots=True)
class ActivityAnswer:
    """Something to like or dislike."""

    text: str
    interest: str


@dataclass(frozen=True, slots=True)
class SharedRole:
    """A role that shares a profile of interests; ``correlation`` is -1 to 1."""

    code: str
    title: str
    correlation: float


@dataclass(frozen=True, slots=True)
class InterestsAnswer:
    """Mean rating 1-5 by interest, and roles that share it; none until all six are rated and differ."""

    profile: dict[str, float]
    roles: list[SharedRole]

    @classmethod
    def of(cls, found: SharedInterests) -> InterestsAnswer:
        return cls(
            {interest.value: score for interest, score in found.person.items()},
            [SharedRole(role.code, role.title, correlation) for role, correlation in found.roles],
        )


@dataclass(frozen=True, slots=True)
class ScopeAnswer:
    """What a consent covers; null where it is all of them."""

    skills: list[str] | None
    records: list[str] | None
    fields: list[str]
    actions: list[str]


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """A yes of the person's, as it was given, in the words that they said yes to."""

    id: str
    kind: str
    grantee: str
    about: str
    purpose: str
    words: str
    locale: str
    scope: ScopeAnswer
    granted_at: datetime
    ends_at: datetime | None
    withdrawn_at: datetime | None
    live: bool

    @classmethod
    def of(cls, one: Any, now: datetime) -> ConsentAnswer:
        scope = one.scope
        return cls(
            id=one.id,
            kind=one.kind.value,
            grantee=one.grantee_name,
            about=one.about,
            purpose=one.purpose,
            words=one.words,
            locale=one.locale,
            scope=ScopeAnswer(
                None if scope.skills is None else list(scope.skills),
                None if scope.records is None else list(scope.records),
                sorted(scope.fields),
                sorted(scope.actions),
            ),
            granted_at=one.granted_at,
            ends_at=one.ends_at,
            withdrawn_at=one.withdrawn_at,
            live=one.live_at(now),
        )


@dataclass(frozen=True, slots=True)
class CounselorAnswer:
    """A counselor of this installation."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class AccessAnswer:
    """One line of the log: who did what with the person's record, when, and by which consent."""

    place: int
    happened_at: datetime
    action: str
    by: str
    own: bool
    consent_id: str
    what: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ConfirmationAnswer:
    """What the person asked somebody to confirm, and what came of it.

    ``link`` is given once, when it is made.
    """

    id: str
    record_id: str
    organization: str
    contact: str
    parts: list[str]
    asked_at: datetime
    expires_at: datetime
    state: str
    outcome: str
    by_name: str
    by_organization: str
    signed: bool
    holds: bool
    link: str | None = None

    @classmethod
    def of(cls, one: Confirmation, link: str | None = None) -> ConfirmationAnswer:
        return cls(
            one.id,
            one.record_id,
            one.organization,
            one.contact,
            sorted(one.shown.parts),
            one.asked_at,
            one.expires_at,
            one.state,
            one.outcome,
            one.by_name,
            one.by_organization,
            one.signed,
            one.holds,
            link,
        )


@dataclass(frozen=True, slots=True)
class NoticeAnswer:
    """What happened to a record while its owner was away."""

    id: str
    record_id: str
    text: str
    happened_on: date

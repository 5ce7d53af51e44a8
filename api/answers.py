"""What is answered: the shapes of the JSON, and how value objects become them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from graph.model import (
    Area,
    Destination,
    FacetScore,
    Figure,
    Holding,
    LaborMarket,
    Likeness,
    Match,
    Outlook,
    Posting,
    RecordView,
    Relation,
    Report,
    Requirement,
    Role,
    Source,
    Square,
    SquareState,
    Standing,
    Wallet,
)
from match_words import explain_match
from services.applying import Sent
from services.blind import Proof, Reading, ReadSquare
from services.corrections import Case
from services.issuing import Issued
from services.linking import Linked
from services.opening import Opened
from services.record_page import RecordDetail
from services.records import BroughtIn
from services.sharing import ShownSkill
from services.why import explain


@dataclass(frozen=True, slots=True)
class Problem:
    """An error (RFC 9457); ``status`` repeats the HTTP status."""

    title: str
    detail: str
    status: int


@dataclass(frozen=True, slots=True)
class AreaAnswer:
    """A place; ``kind`` is nation, state, metro, nonmetro or county."""

    code: str
    name: str
    kind: str

    @classmethod
    def of(cls, area: Area) -> AreaAnswer:
        return cls(area.code, area.name, area.kind)


@dataclass(frozen=True, slots=True)
class RoleItem:
    """A role in a list.

    ``employment`` in jobs and ``median_wage`` in US dollars a year; null where BLS publishes nothing,
    with the reason in the note. Note ``top_coded``: at least this much.
    """

    code: str
    title: str
    job_family: str
    employment: float | None
    median_wage: float | None
    employment_note: str | None
    median_wage_note: str | None

    @classmethod
    def of(cls, role: Role, market: LaborMarket | None) -> RoleItem:
        jobs, wage = _headline(market)
        return cls(role.code, role.title, role.job_family.code, jobs.value, wage.value, jobs.note, wage.note)


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """A published number, or null with the reason in ``note``."""

    value: float | None
    note: str | None

    @classmethod
    def of(cls, figure: Figure) -> FigureAnswer:
        return cls(figure.value, figure.note)

    @classmethod
    def each(cls, figures: Mapping[str, Figure]) -> dict[str, FigureAnswer]:
        return {name: cls.of(figure) for name, figure in figures.items()}


@dataclass(frozen=True, slots=True)
class OutlookAnswer:
    """How employment in the role's occupation is projected, in the area's state or else the nation.

    Jobs with the self-employed; ``change_percent`` over the whole period; ``openings`` a year on average.
    ``entry_education``, ``experience`` and ``training`` are what BLS calls typical, or empty.
    """

    area: AreaAnswer
    occupation_code: str
    occupation_title: str
    base_year: int
    target_year: int
    employment_base: FigureAnswer
    employment_target: FigureAnswer
    change_percent: FigureAnswer
    openings: FigureAnswer
    entry_education: str
    experience: str
    training: str
    source: str

    @classmethod
    def of(cls, outlook: Outlook) -> OutlookAnswer:
        return cls(
            area=AreaAnswer.of(outlook.area),
            occupation_code=outlook.occupation_code,
            occupation_title=outlook.occupation_title,
            base_year=outlook.base_year,
            target_year=outlook.target_year,
            employment_base=FigureAnswer.of(outlook.employment_base),
            employment_target=FigureAnswer.of(outlook.employment_target),
            change_percent=FigureAnswer.of(outlook.change_percent),
            openings=FigureAnswer.of(outlook.openings),
            entry_education=outlook.entry_education,
            experience=outlook.experience,
            training=outlook.training,
            source=outlook.source_id,
        )


@dataclass(frozen=True, slots=True)
class MarketAnswer:
    """OEWS figures of the role's occupation in an area.

    Wages in US dollars; relative standard errors in percent. ``area`` is where the figures are of.
    ``outlook`` is null where no projections are loaded, or nobody projects the occupation.
    """

    area: AreaAnswer
    occupation_code: str
    occupation_title: str
    employment: FigureAnswer
    employment_rse: FigureAnswer
    hourly: dict[str, FigureAnswer]
    annual: dict[str, FigureAnswer]
    wage_rse: FigureAnswer
    jobs_per_1000: FigureAnswer
    location_quotient: FigureAnswer
    source: str
    outlook: OutlookAnswer | None

    @classmethod
    def of(cls, market: LaborMarket, outlook: Outlook | None) -> MarketAnswer:
        return cls(
            area=AreaAnswer.of(market.area),
            occupation_code=market.occupation_code,
            occupation_title=market.occupation_title,
            employment=FigureAnswer.of(market.employment),
            employment_rse=FigureAnswer.of(market.employment_rse),
            hourly=FigureAnswer.each(market.hourly),
            annual=FigureAnswer.each(market.annual),
            wage_rse=FigureAnswer.of(market.wage_rse),
            jobs_per_1000=FigureAnswer.of(market.jobs_per_1000),
            location_quotient=FigureAnswer.of(market.location_quotient),
            source=market.source_id,
            outlook=OutlookAnswer.of(outlook) if outlook else None,
        )


@dataclass(frozen=True, slots=True)
class TaskAnswer:
    """An O*NET task."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class RequirementAnswer:
    """A skill that the role requires, with the tasks that call for it.

    ``importance``, ``level`` and ``stderr`` (of the importance) 0-1; ``score`` 0-1 is the strength of the
    link between tasks and skill.
    """

    skill: str
    uri: str
    facet: str
    importance: float
    level: float | None
    stderr: float | None
    score: float | None
    evidence: list[TaskAnswer]

    @classmethod
    def of(cls, required: Requirement) -> RequirementAnswer:
        return cls(
            skill=required.skill.name,
            uri=required.skill.uri,
            facet=required.facet,
            importance=required.importance,
            level=required.level,
            stderr=required.stderr,
            score=required.score,
            evidence=[TaskAnswer(task.id, task.text) for task in required.evidence],
        )


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """A release that the answer comes from."""

    id: str
    title: str
    publisher: str
    release: str
    licence: str
    url: str
    attribution: str
    retrieved: date | None

    @classmethod
    def of(cls, source: Source) -> SourceAnswer:
        return cls(
            source.id,
            source.title,
            source.publisher,
            source.release,
            source.licence,
            source.url,
            source.attribution,
            source.retrieved,
        )


@dataclass(frozen=True, slots=True)
class RoleAnswer:
    """A role, what it requires (most important first), and its figures; null where OEWS counts none."""

    code: str
    title: str
    job_family: str
    job_family_name: str
    description: str
    requirements: list[RequirementAnswer]
    labor_market: MarketAnswer | None
    sources: list[SourceAnswer]

    @classmethod
    def of(
        cls, role: Role, market: LaborMarket | None, outlook: Outlook | None, sources: tuple[Source, ...]
    ) -> RoleAnswer:
        return cls(
            code=role.code,
            title=role.title,
            job_family=role.job_family.code,
            job_family_name=role.job_family.name,
            description=role.description,
            requirements=[RequirementAnswer.of(required) for required in role.requirements],
            labor_market=MarketAnswer.of(market, outlook) if market else None,
            sources=[SourceAnswer.of(source) for source in sources],
        )


@dataclass(frozen=True, slots=True)
class SimilarItem:
    """A role, and how like it is to the one asked about, 0-1."""

    code: str
    title: str
    score: float

    @classmethod
    def of(cls, likeness: Likeness) -> SimilarItem:
        return cls(likeness.code, likeness.title, likeness.score)


@dataclass(frozen=True, slots=True)
class MoveItem:
    """A role that people who leave the one asked about go to.

    The share, 0-1 of those who leave, is of this role and ``counted_with`` others together. Where it is
    modelled, 8 in 10 observed shares were between low and high; where it was counted, these are null and
    ``year`` says when.
    """

    code: str
    title: str
    share: float
    low: float | None
    high: float | None
    counted_with: int
    modelled: bool
    year: str
    source: str

    @classmethod
    def of(cls, move: Destination) -> MoveItem:
        return cls(
            move.role.code,
            move.role.title,
            move.share,
            move.low,
            move.high,
            move.counted_with,
            move.modelled,
            move.year,
            move.source_id,
        )


@dataclass(frozen=True, slots=True)
class SkillLink:
    """A published skill that a text may speak of, how likely (0-1), and by which of its words."""

    skill: str
    uri: str
    vocabulary: str
    score: float
    words: str

    @classmethod
    def of(cls, linked: Linked) -> SkillLink:
        return cls(linked.skill, linked.uri, linked.vocabulary, linked.score, linked.words)


@dataclass(frozen=True, slots=True)
class ProofAnswer:
    """The record behind a holding, and how far it can be relied on."""

    title: str
    issuer: str
    standing: Standing
    record_id: str

    @classmethod
    def each(cls, holdings: tuple[Holding, ...]) -> list[ProofAnswer]:
        return [
            cls(evidence.title, evidence.issuer, holding.standing, evidence.record_id)
            for holding in holdings
            for evidence in holding.evidence
        ]


@dataclass(frozen=True, slots=True)
class HoldingAnswer:
    """A skill the person has; ``level`` 0-1, null when no record says."""

    skill: str
    uri: str
    standing: Standing
    level: float | None
    by: list[ProofAnswer]

    @classmethod
    def of(cls, holding: Holding) -> HoldingAnswer:
        return cls(
            holding.skill.name,
            holding.skill.uri,
            holding.standing,
            holding.level,
            ProofAnswer.each((holding,)),
        )


@dataclass(frozen=True, slots=True)
class SkillAnswer:
    """A published skill statement."""

    skill: str
    uri: str


@dataclass(frozen=True, slots=True)
class CredentialAnswer:
    """An entry of the wallet: a credential, a job, a licence, …

    ``form`` is ``hand`` for what was typed in, or the kind of file it came from; ``verdict`` is on that
    file. What is ``hidden`` or ``declined``, or was ``replaced_by`` a newer one, counts for nothing.
    """

    id: str
    kind: str
    title: str
    issuer: str
    description: str
    standing: Standing
    issued_on: date | None
    ended_on: date | None
    expires_on: date | None
    skills: list[SkillAnswer]
    form: str
    verdict: str
    sender: str
    hidden: bool
    declined: bool
    replaced_by: str

    @classmethod
    def of(cls, record: RecordView) -> CredentialAnswer:
        return cls(
            id=record.id,
            kind=record.kind,
            title=record.title,
            issuer=record.issuer,
            description=record.description,
            standing=record.standing,
            issued_on=record.issued_on,
            ended_on=record.ended_on,
            expires_on=record.expires_on,
            skills=[SkillAnswer(skill.name, skill.uri) for skill in record.skills],
            form=record.form,
            verdict=record.verdict,
            sender=record.sender,
            hidden=record.hidden,
            declined=record.declined,
            replaced_by=record.replaced_by,
        )


@dataclass(frozen=True, slots=True)
class ShareMade:
    """A link that was just made; the address is told this once."""

    id: str
    url: str


@dataclass(frozen=True, slots=True)
class ShareAnswer:
    """A link of one's own. ``state`` is live, withdrawn, expired or used_up."""

    id: str
    state: str
    skills: Literal["all"] | list[str]
    records: list[str]
    fields: list[str]
    purpose: str
    made_at: datetime
    expires: date | None
    openings: int
    opened: int
    last_opened_at: datetime | None

    @classmethod
    def of(cls, share: Any, now: datetime) -> ShareAnswer:
        consent = share.consent
        return cls(
            id=share.id,
            state=share.state_at(now),
            skills="all" if consent.scope.skills is None else list(consent.scope.skills),
            records=list(consent.scope.records or ()),
            fields=sorted(consent.scope.fields),
            purpose=consent.purpose,
            made_at=consent.granted_at,
            expires=(consent.ends_at - timedelta(days=1)).date() if consent.ends_at else None,
            openings=share.openings,
            opened=share.opened,
            last_opened_at=share.last_opened_at,
        )


@dataclass(frozen=True, slots=True)
class SharedSkill:
    """A skill as whoever has a link sees it; ``sources`` are titles of records that are shown too."""

    name: str
    uri: str
    standing: Standing
    verified: bool
    level: float | None
    sources: list[str]

    @classmethod
    def of(cls, skill: ShownSkill) -> SharedSkill:
        return cls(
            skill.name,
            skill.uri,
            skill.standing,
            skill.standing is Standing.VERIFIED,
            skill.level,
            list(skill.sources),
        )


@dataclass(frozen=True, slots=True)
class SharedRecord:
    """A record as whoever has a link sees it, without anything that its owner did not choose."""

    kind: str
    title: str
    issuer: str
    description: str
    standing: Standing
    verdict: str
    issued_on: date | None
    ended_on: date | None
    expires_on: date | None
    skills: list[SkillAnswer]

    @classmethod
    def of(cls, record: RecordView) -> SharedRecord:
        return cls(
            kind=record.kind,
            title=record.title,
            issuer=record.issuer,
            description=record.description,
            standing=record.standing,
            verdict=record.verdict,
            issued_on=record.issued_on,
            ended_on=record.ended_on,
            expires_on=record.expires_on,
            skills=[SkillAnswer(skill.name, skill.uri) for skill in record.skills],
        )


@dataclass(frozen=True, slots=True)
class SharedAnswer:
    """What a link leads to; ``name`` and ``email`` are empty where their owner does not show them."""

    skills: list[SharedSkill]
    records: list[SharedRecord]
    verified_at: datetime
    unreached: bool
    purpose: str
    until: date
    name: str
    email: str
    demo: bool

    @classmethod
    def of(cls, opened: Opened) -> SharedAnswer:
        shown = opened.shown
        return cls(
            skills=[SharedSkill.of(skill) for skill in shown.skills],
            records=[SharedRecord.of(record) for record in shown.records],
            verified_at=opened.verified_at,
            unreached=opened.unreached,
            purpose=shown.purpose,
            until=shown.until,
            name=shown.name,
            email=shown.email,
            demo=shown.demo,
        )


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """One check of a record; ``part`` is set where it is about what is around the credential."""

    name: str
    result: str
    explanation: str
    part: str


@dataclass(frozen=True, slots=True)
class ProposalAnswer:
    """A skill that was read out of a record. ``source`` is alignment, text or person."""

    skill: str
    uri: str
    source: str
    score: float | None
    words: str
    state: str
    level: float | None


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """A record with everything that is known of it; only accepted proposals count."""

    credential: CredentialAnswer
    number: str
    hours: float | None
    credential_id: str
    issuer_id: str
    checked_at: datetime | None
    checks: list[CheckAnswer]
    proposals: list[ProposalAnswer]
    dispute: str
    older: list[str]

    @classmethod
    def of(cls, detail: RecordDetail) -> RecordAnswer:
        record = detail.record
        return cls(
            credential=CredentialAnswer.of(detail.view),
            number=record.number,
            hours=record.hours,
            credential_id=record.credential_id,
            issuer_id=record.issuer_id,
            checked_at=record.checked_at,
            checks=[
                CheckAnswer(one.name.value, one.result.value, str(one.explanation), one.part)
                for one in record.checks
            ],
            proposals=[
                ProposalAnswer(
                    one.label, one.uri, one.source.value, one.score, one.words, one.state.value, one.level
                )
                for one in detail.proposals
            ],
            dispute=record.dispute,
            older=[one.id for one in detail.older],
        )


@dataclass(frozen=True, slots=True)
class BroughtInAnswer:
    """An entry of a file that was brought in, and what became of it.

    ``outcome`` is ``new``, ``same`` (it was there), ``newer`` (took an older one's place), ``older`` (a
    newer one is there; that one is told) or ``refused`` (``why`` says so, and ``id`` is null).
    """

    outcome: str
    id: str | None
    title: str
    standing: Standing
    verdict: str
    why: str

    @classmethod
    def of(cls, came: BroughtIn) -> BroughtInAnswer:
        record = came.record
        return cls(
            outcome=came.outcome,
            id=None if came.outcome == "refused" else record.id,
            title=record.title,
            standing=record.standing,
            verdict=record.verdict.value if record.verdict else "",
            why=str(record.why or ""),
        )


@dataclass(frozen=True, slots=True)
class WalletAnswer:
    """What the signed-in person holds, and the records it comes from."""

    holdings: list[HoldingAnswer]
    credentials: list[CredentialAnswer]

    @classmethod
    def of(cls, wallet: Wallet, records: tuple[RecordView, ...]) -> WalletAnswer:
        return cls(
            [HoldingAnswer.of(holding) for holding in wallet.holdings],
            # A claim is one skill the person says they have: a holding, not a credential.
            [CredentialAnswer.of(record) for record in records if record.kind != "claim"],
        )


@dataclass(frozen=True, slots=True)
class FacetAnswer:
    """What one part of a role adds: ``weight`` times ``score``, summed, is the match's score."""

    facet: str
    weight: float
    score: float
    low: float
    high: float
    matched: int
    partial: int
    missing: int

    @classmethod
    def of(cls, facet: FacetScore) -> FacetAnswer:
        return cls(
            facet.facet,
            facet.weight,
            facet.score,
            facet.low,
            facet.high,
            facet.matched,
            facet.partial,
            facet.missing,
        )


@dataclass(frozen=True, slots=True)
class MatchItem:
    """How far the wallet reaches a role, 0-1; ``verified`` counts what others stand by, only.

    ``low`` is the least of ``verified`` and ``high`` the greatest of ``score`` within published standard
    errors of importance; where none are published they are equal to them. ``why`` says it in words.
    ``employment`` and ``median_wage`` as in a list of roles.
    """

    code: str
    title: str
    score: float
    low: float
    high: float
    matched: int
    partial: int
    missing: int
    employment: float | None
    median_wage: float | None
    verified: float
    facets: list[FacetAnswer]
    why: str

    @classmethod
    def of(cls, match: Match, market: LaborMarket | None) -> MatchItem:
        jobs, wage = _headline(market)
        return cls(
            match.role.code,
            match.role.title,
            match.score,
            match.low,
            match.high,
            match.matched,
            match.partial,
            match.missing,
            jobs.value,
            wage.value,
            match.proven,
            [FacetAnswer.of(facet) for facet in match.facets],
            explain_match(match),
        )


@dataclass(frozen=True, slots=True)
class SquareAnswer:
    """One requirement against the wallet.

    ``weight`` is its share of the role; weight times ``coverage``, summed, is the match's score.
    A ``hidden`` one was set aside by the person and weighs nothing.
    """

    skill: str
    uri: str
    facet: str
    state: SquareState
    importance: float
    coverage: float
    weight: float
    relation: Relation | None
    hidden: bool
    by: list[ProofAnswer]
    why: str

    @classmethod
    def of(cls, square: Square) -> SquareAnswer:
        return cls(
            skill=square.requirement.skill.name,
            uri=square.requirement.skill.uri,
            facet=square.requirement.facet,
            state=square.state,
            importance=square.requirement.importance,
            coverage=square.coverage,
            weight=square.weight,
            relation=square.relation,
            hidden=square.hidden,
            by=ProofAnswer.each(square.by),
            why=explain(square),
        )


@dataclass(frozen=True, slots=True)
class ReportAnswer:
    """What a person reported, and what came of it.

    ``state`` is open, accepted or dismissed; ``decision`` and ``reason`` are empty until it is decided.
    """

    id: str
    role_code: str
    kind: str
    skill_uri: str
    chosen_uri: str
    words: str
    made_at: datetime
    state: str
    decision: str
    reason: str

    @classmethod
    def of(cls, report: Report) -> ReportAnswer:
        return cls(
            report.id,
            report.role_code,
            report.kind,
            report.skill_uri,
            report.chosen_uri,
            report.words,
            report.made_at,
            report.state,
            report.decision,
            report.reason,
        )


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """What is decided at once: everything people say about one skill, or miss together.

    ``skill`` is null where no statement was found for it; ``tasks`` are those behind the square.
    """

    id: str
    kind: str
    role_code: str
    role: str
    skill: str | None
    uri: str
    count: int
    words: list[str]
    since: datetime
    choices: list[str]
    tasks: list[TaskAnswer]

    @classmethod
    def of(cls, case: Case) -> CaseAnswer:
        return cls(
            id=case.id,
            kind=case.kind,
            role_code=case.role_code,
            role=case.title,
            skill=case.skill.name if case.skill else None,
            uri=case.uri,
            count=case.count,
            words=list(case.words),
            since=case.since,
            choices=[*case.choices, "dismiss"],
            tasks=[TaskAnswer(task.id, task.text) for task in case.requirement.evidence]
            if case.requirement
            else [],
        )


@dataclass(frozen=True, slots=True)
class IssuedItem:
    """A credential that was issued; ``revoked_at`` and ``reason`` once it was taken back."""

    id: str
    name: str
    email: str
    achievement: str
    issued_at: datetime
    expires_on: date | None
    revoked_at: datetime | None
    reason: str

    @classmethod
    def of(cls, issued: Issued) -> IssuedItem:
        return cls(
            issued.id,
            issued.name,
            issued.email,
            issued.title,
            issued.issued_at,
            issued.expires_on,
            issued.revoked_at,
            issued.reason,
        )


@dataclass(frozen=True, slots=True)
class IssuedAnswer:
    """A credential that was issued, and the signed Open Badge 3.0 to hand over."""

    id: str
    name: str
    email: str
    achievement: str
    issued_at: datetime
    expires_on: date | None
    credential: dict[str, Any]

    @classmethod
    def of(cls, issued: Issued, content: str) -> IssuedAnswer:
        return cls(
            issued.id,
            issued.name,
            issued.email,
            issued.title,
            issued.issued_at,
            issued.expires_on,
            json.loads(content),
        )


@dataclass(frozen=True, slots=True)
class WantedAnswer:
    """A skill that a posting asks for; ``level`` is 0-1, or null where any level will do."""

    uri: str
    name: str
    level: float | None
    must: bool
    preferred: bool


@dataclass(frozen=True, slots=True)
class PostingAnswer:
    """A role that an employer wants to fill. ``state`` is draft, open, ended or closed; wages in dollars."""

    """A role to be filled. ``state`` is draft, open, ended or closed; wages are in US dollars."""

    id: str
    title: str
    employer: str
    state: str
    area: str | None
    wage_low: float | None
    wage_high: float | None
    wage_per: str
    last_day: date
    description: str
    skills: list[WantedAnswer]
    demo: bool

    @classmethod
    def of(cls, posting: Posting, today: date) -> PostingAnswer:
        return cls(
            id=posting.id,
            title=posting.title,
            employer=posting.owner_name,
            state=posting.state_on(today),
            area=posting.area_code,
            wage_low=posting.wage_low,
            wage_high=posting.wage_high,
            wage_per=posting.wage_per,
            last_day=posting.last_day,
            description=posting.description,
            skills=[
                WantedAnswer(one.uri, one.label, one.level, one.must, one.preferred) for one in posting.wanted
            ],
            demo=posting.demo,
        )


@dataclass(frozen=True, slots=True)
class OwnPostingAnswer:
    """An employer's own posting, with how many applications it has and what of its words may be unlawful."""

    posting: PostingAnswer
    applications: int
    concerns: list[str]


@dataclass(frozen=True, slots=True)
class ReadSquareAnswer:
    """A wanted skill against a record. ``proofs`` are numbers of records of the same reading."""

    name: str
    uri: str
    state: SquareState
    must: bool
    preferred: bool
    coverage: float
    standing: Standing | None
    proofs: list[int]

    @classmethod
    def of(cls, read: ReadSquare) -> ReadSquareAnswer:
        square = read.square
        return cls(
            name=square.requirement.skill.name,
            uri=square.requirement.skill.uri,
            state=square.state,
            must=read.must,
            preferred=read.preferred,
            coverage=square.coverage,
            standing=square.by[0].standing if square.by else None,
            proofs=list(read.proofs),
        )


@dataclass(frozen=True, slots=True)
class ProofItem:
    """A record behind a reading; what it says is null until the person is moved forward."""

    number: int
    credential: bool
    standing: Standing
    signed: bool
    skills: list[str]
    record: SharedRecord | None

    @classmethod
    def of(cls, proof: Proof) -> ProofItem:
        return cls(
            proof.number,
            proof.credential,
            proof.standing,
            proof.signed,
            list(proof.skills),
            None if proof.record is None else SharedRecord.of(proof.record),
        )


@dataclass(frozen=True, slots=True)
class ReadingAnswer:
    """A record read against a posting, the same for the employer and for the person.

    ``name``, ``email`` and ``area`` are empty until the person is moved forward, and afterwards where they
    did not send them.
    """

    id: str
    label: str
    posting_id: str
    matched: int
    partial: int
    missing: int
    squares: list[ReadSquareAnswer]
    proofs: list[ProofItem]
    more: list[str]
    answer: str
    moved_at: datetime | None
    until: date | None
    name: str
    email: str
    area: str

    @classmethod
    def of(cls, reading: Reading) -> ReadingAnswer:
        return cls(
            id=reading.id,
            label=reading.label,
            posting_id=reading.posting_id,
            matched=reading.count(SquareState.MATCHED),
            partial=reading.count(SquareState.PARTIAL),
            missing=reading.count(SquareState.MISSING),
            squares=[ReadSquareAnswer.of(one) for one in reading.squares],
            proofs=[ProofItem.of(one) for one in reading.proofs],
            more=[name for name, _standing in reading.more],
            answer=reading.answer,
            moved_at=reading.moved_at,
            until=reading.until,
            name=reading.name,
            email=reading.email,
            area=reading.area,
        )


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """An application of one's own. ``state`` is live, withdrawn or ended."""

    posting_id: str
    title: str
    employer: str
    label: str
    state: str
    sent_at: datetime
    moved_at: datetime | None

    @classmethod
    def of(cls, sent: Sent) -> SentAnswer:
        return cls(
            posting_id=sent.posting.id,
            title=sent.posting.title,
            employer=sent.posting.owner_name,
            label=sent.application.label,
            state=sent.state,
            sent_at=sent.application.made_at,
            moved_at=sent.application.moved_at,
        )


@dataclass(frozen=True, slots=True)
class HealthAnswer:
    """Whether the product can serve: ``ok`` with the release of each source, or ``unavailable``."""

    status: str
    sources: dict[str, str]


def _headline(market: LaborMarket | None) -> tuple[Figure, Figure]:
    """Jobs, and the median wage of a year."""
    nothing = Figure(None, "not_published")
    if market is None:
        return nothing, nothing
    return market.employment, market.annual.get("p50", nothing)

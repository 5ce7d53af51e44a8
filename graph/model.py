"""The nouns of the product, the same words in every room.

Frozen value objects: no behaviour beyond what follows from their own fields, no
I/O, nothing of Dash, Flask, SQLAlchemy or DuckDB. Amounts carry their unit in the
docstring. What a release does not publish is ``None`` with a reason, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Standing(StrEnum):
    """How far a claim in a record can be relied on.

    ``verified`` (signature, issuer, dates and status hold), ``confirmed`` (someone
    other than the person stands by it, unsigned), ``self_asserted`` (the person says
    so), ``expired`` and ``revoked`` (was good; counts for nothing now).
    """

    VERIFIED = "verified"
    CONFIRMED = "confirmed"
    SELF_ASSERTED = "self_asserted"
    EXPIRED = "expired"
    REVOKED = "revoked"

    @property
    def counts(self) -> bool:
        """Whether a holding of this standing covers anything at all."""
        return self not in (Standing.EXPIRED, Standing.REVOKED)

    @property
    def proven(self) -> bool:
        """Whether somebody other than the person stands by it."""
        return self in (Standing.VERIFIED, Standing.CONFIRMED)


class SquareState(StrEnum):
    """What a square shows: black, half, or blue."""

    MATCHED = "matched"
    PARTIAL = "partial"
    MISSING = "missing"


class Relation(StrEnum):
    """How a skill stands to another one (SKOS terms; ``near`` is skos:closeMatch)."""

    SAME = "same"
    BROADER = "broader"
    NARROWER = "narrower"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Source:
    """A release that numbers or words come from.

    ``retrieved`` is the day the publisher's files were fetched; ``sha256`` is of the
    input file that was read; ``rows`` is what the build loaded from it.
    """

    id: str
    title: str
    publisher: str
    release: str
    licence: str
    url: str
    attribution: str
    retrieved: date | None = None
    sha256: str | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Skill:
    """A published skill statement.

    Attributes
    ----------
    id : str
        Short stable key made from the URI, such as ``esco:5233e3f4-…`` or ``osn:de61…``.
    name : str
        Label in sentence case, for a square.
    uri : str
        The statement's own address in its vocabulary.
    vocabulary : str
        ``esco`` or ``osn``.
    kind : str
        ``skill`` or ``knowledge``.
    description : str
        The publisher's one-paragraph meaning; may be empty.
    """

    id: str
    name: str
    uri: str
    vocabulary: str
    kind: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """An O*NET task statement; ``id`` is a short hash of its text."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """A skill that a role requires.

    Attributes
    ----------
    importance : float
        0-1, raised for what tells roles apart.
    level : float or None
        0-1 when the release rates it.
    stderr : float or None
        Standard error of ``importance`` on the same 0-1 scale, when published.
    evidence : tuple of Task
        The role's tasks that call for the skill, strongest first.
    facet : str
        ``occupational``, and with the full release ``essential``, ``transferable``,
        ``knowledge``, ``software``.
    score : float or None
        0-1, strength of the link between the tasks and the statement.
    """

    skill: Skill
    importance: float
    level: float | None = None
    stderr: float | None = None
    evidence: tuple[Task, ...] = ()
    facet: str = "occupational"
    score: float | None = None


@dataclass(frozen=True, slots=True)
class JobFamily:
    """A SOC major group: two digits and its title."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Role:
    """An O*NET-SOC occupation.

    ``requirements`` is empty in lists, and for the few roles without published tasks.
    """

    code: str
    title: str
    job_family: JobFamily
    description: str = ""
    requirements: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a holding comes from: the record, its title and who stands by it."""

    record_id: str
    title: str
    issuer: str
    kind: str = "credential"


@dataclass(frozen=True, slots=True)
class Holding:
    """A skill a person has.

    ``level`` is 0-1, or ``None`` when the record does not say.
    """

    skill: Skill
    standing: Standing
    level: float | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Wallet:
    """A person's holdings, and the skills they set aside from the reckoning.

    ``owner`` is an opaque id, never a name. ``hidden`` holds skill ids: requirements
    with these skills are left out of every match until shown again.
    """

    owner: str
    holdings: tuple[Holding, ...] = ()
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Kinship:
    """``skill_id`` stands to ``other_id`` as ``relation``, with ``strength`` 0-0.8."""

    skill_id: str
    other_id: str
    relation: Relation
    strength: float


@dataclass(frozen=True, slots=True)
class Square:
    """One requirement seen against one wallet.

    Attributes
    ----------
    coverage : float
        0-1, of the best holding that covers the requirement.
    weight : float
        The requirement's share of the role's whole importance; a role's weights sum to 1.
    by : tuple of Holding
        The holding that covers it, best first; empty when missing.
    relation : Relation or None
        How the covering skill stands to the required one; ``None`` when missing.
    verified_coverage : float
        Coverage if only verified and confirmed holdings are counted.
    hidden : bool
        Set aside by the person; has no weight.
    """

    requirement: Requirement
    state: SquareState
    coverage: float
    weight: float
    by: tuple[Holding, ...] = ()
    relation: Relation | None = None
    verified_coverage: float = 0.0
    hidden: bool = False

    @property
    def term(self) -> float:
        """What this square adds to the score: the terms of a match sum to it."""
        return self.weight * self.coverage


@dataclass(frozen=True, slots=True)
class Match:
    """How far a wallet reaches a role.

    ``score``, ``low`` (verified only) and ``high`` (all claims, and the upper end of
    published standard errors) are 0-1. ``squares`` is empty in lists; counts are not.
    """

    role: Role
    score: float
    low: float
    high: float
    matched: int
    partial: int
    missing: int
    squares: tuple[Square, ...] = ()

    @property
    def required(self) -> int:
        """Requirements that were reckoned."""
        return self.matched + self.partial + self.missing


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like one role is to another, 0-1; needs no wallet."""

    code: str
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class Area:
    """A place with its own figures.

    ``code`` is the OEWS area code (``0000000`` nation, ``5300000`` a state, ``0044060`` a
    metropolitan or non-metropolitan area) or a county's five-digit FIPS code. ``kind`` is
    ``nation``, ``state``, ``metro``, ``nonmetro`` or ``county``. A county has the figures
    of ``oews_code``, the area BLS publishes it in.
    """

    code: str
    name: str
    kind: str
    state: str | None = None
    oews_code: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A published number, or the reason there is none.

    ``note`` is ``None``, or one of ``suppressed``, ``not_published``, ``top_coded`` (``value`` is
    then the bound the release gives: at least this much), ``annual_only``, ``hourly_only``.
    """

    value: float | None
    note: str | None = None


NOT_PUBLISHED = Figure(None, "not_published")


@dataclass(frozen=True, slots=True)
class LaborMarket:
    """OEWS figures of one occupation in one area.

    Attributes
    ----------
    area : Area
        Where the figures are of (the OEWS area, also when a county was asked for).
    occupation_code, occupation_title : str
        The OEWS occupation; several O*NET roles may share it.
    employment : Figure
        Jobs, rounded to ten by BLS; excludes the self-employed.
    employment_rse, wage_rse : Figure
        Relative standard errors in percent.
    hourly, annual : dict of str to Figure
        US dollars by ``mean``, ``p10``, ``p25``, ``p50`` (median), ``p75``, ``p90``.
    jobs_per_1000, location_quotient : Figure
        Jobs in a thousand of the area's, and that share over the nation's.
    source_id : str
        The release.
    """

    area: Area
    occupation_code: str
    occupation_title: str
    employment: Figure = NOT_PUBLISHED
    employment_rse: Figure = NOT_PUBLISHED
    wage_rse: Figure = NOT_PUBLISHED
    hourly: dict[str, Figure] = field(default_factory=dict)
    annual: dict[str, Figure] = field(default_factory=dict)
    jobs_per_1000: Figure = NOT_PUBLISHED
    location_quotient: Figure = NOT_PUBLISHED
    source_id: str = "oews"


@dataclass(frozen=True, slots=True)
class Career:
    """A role as it stands around a person: chosen by them, or suggested."""

    match: Match
    chosen: bool
    market: LaborMarket | None = None

    @property
    def role(self) -> Role:
        return self.match.role


@dataclass(frozen=True, slots=True)
class CareerLink:
    """Two careers on the picture of which one leads to the other; ``likeness`` 0-1."""

    source: str
    target: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Network:
    """The picture: a person, the careers around them, and the one that is open.

    ``opened`` carries its squares and labour-market figures; the others do not.
    """

    wallet: Wallet
    area: Area
    careers: tuple[Career, ...]
    links: tuple[CareerLink, ...] = ()
    opened: Career | None = None


@dataclass(frozen=True, slots=True)
class RecordView:
    """One entry of a wallet, for its owner to look at.

    ``kind`` is ``credential``, ``employment``, ``education``, ``licence``, ``military``,
    ``volunteer``, ``gig``, ``caring``, or ``claim`` (one skill the person says they have).
    ``standing`` is as of the day it is shown. ``issuer`` is empty where only the person stands
    behind it. ``hours`` is time spent; ``expires_on`` the last valid day; ``demo`` marks what is invented.

    ``form`` is ``hand`` for what was typed in, or the kind of file it came from; ``verdict`` is on that
    file, and ``str(why)`` the sentence behind it in the reader's language. ``sender`` put it here
    when that was not the person. ``proposed`` skills wait for the person's word.
    ``of_another`` where it names somebody else than them.
    """

    id: str
    kind: str
    title: str
    issuer: str
    description: str
    standing: Standing
    skills: tuple[Skill, ...] = ()
    issued_on: date | None = None
    ended_on: date | None = None
    expires_on: date | None = None
    hours: float | None = None
    demo: bool = False
    form: str = ""
    verdict: str = ""
    why: object = None
    sender: str = ""
    replaced_by: str = ""
    hidden: bool = False
    declined: bool = False
    dispute: str = ""
    proposed: int = 0
    of_another: bool = False

    @property
    def set_aside(self) -> bool:
        """Whether it is left out of the reckoning, whatever its standing is."""
        return self.hidden or self.declined or bool(self.replaced_by)


@dataclass(frozen=True, slots=True)
class Report:
    """What a person says is wrong with a role's squares, for themself to look at.

    ``kind`` is ``wrong`` (the square of ``skill_uri`` does not belong) or ``missing`` (``words`` say
    what, ``chosen_uri`` the statement they found for it, or empty). ``state`` is ``open``, ``accepted``
    or ``dismissed``; once accepted, ``decision`` is ``keep``, ``drop``, ``swap`` or ``add``. ``reason``
    is the administrator's.
    """

    id: str
    role_code: str
    kind: str
    skill_uri: str
    chosen_uri: str
    words: str
    made_at: datetime
    state: str = "open"
    decision: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What of a record is shown to who is asked to confirm it, and so what they confirm.

    ``parts`` says which of ``title``, ``dates``, ``hours``, ``duties`` and ``skills`` are shown; a part
    that is not is empty here. ``kind`` and ``issuer`` are the record's. ``hours`` is time spent.
    ``skills`` are pairs of address and label.
    """

    kind: str
    issuer: str
    parts: frozenset[str]
    title: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    hours: float | None = None
    duties: str = ""
    skills: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a person asked somebody to confirm, and what came of it, for themself to look at.

    Attributes
    ----------
    organization : str
        Who is asked, as the person calls them.
    contact : str
        E-mail address that was given for them; empty where the link is passed on by hand.
    mailed : bool
        The link was sent to ``contact`` from here.
    state : str
        ``asked``, ``opened``, ``answered``, ``expired`` or ``withdrawn``.
    outcome : str
        Once answered ``confirmed``, ``corrected`` or ``declined``.
    proposed : Statement or None
        What a correction says instead of ``shown``.
    accepted : bool or None
        What the person decided about a correction; ``None`` while they have not.
    by_organization, by_name, by_position, by_email : str
        Who answered, as they say themselves; the organization is that of the account where one signed.
    signed : bool
        An account of the organization answered.
    credential : str
        Id of the record that holds the signed credential which came of it.
    holds : bool
        What was confirmed is what the record says now.
    remind_from : datetime or None
        When a reminder can be sent; ``None`` when none can.
    """

    id: str
    record_id: str
    organization: str
    contact: str
    note: str
    shown: Statement
    asked_at: datetime
    expires_at: datetime
    state: str = "asked"
    mailed: bool = False
    outcome: str = ""
    proposed: Statement | None = None
    accepted: bool | None = None
    by_organization: str = ""
    by_name: str = ""
    by_position: str = ""
    by_email: str = ""
    signed: bool = False
    answered_at: datetime | None = None
    reason: str = ""
    credential: str = ""
    holds: bool = False
    remind_from: datetime | None = None

    @property
    def waiting(self) -> bool:
        """Whether it can still be answered."""
        return self.state in ("asked", "opened")

    @property
    def undecided(self) -> bool:
        """Whether a correction waits for the person's yes or no."""
        return self.outcome == "corrected" and self.accepted is None

    @property
    def stands(self) -> bool:
        """Whether somebody stands by what it says."""
        return self.outcome == "confirmed" or (self.outcome == "corrected" and self.accepted is True)

    @property
    def statement(self) -> Statement:
        """What somebody stands by: their own words where the person took them over."""
        return self.proposed if self.accepted and self.proposed is not None else self.shown

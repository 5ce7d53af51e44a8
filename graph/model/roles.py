"""The nouns of skills, roles, and of how far a wallet reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from graph.model.figures import Area, LaborMarket, Outlook


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
        ``esco``, ``osn`` or ``onet``.
    kind : str
        ``skill``, ``knowledge``, ``technology`` or ``activity``.
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
        ``knowledge``, ``software``, ``activity`` (`graph.model.Facet`).
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


TRIED = "tried"
"""Kind of evidence of a skill that is only tried on, to see what it would change."""


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
    def tried(self) -> bool:
        """Whether what covers it is only tried on: nobody says that the person has it."""
        return bool(self.by) and any(proof.kind == TRIED for proof in self.by[0].evidence)

    @property
    def term(self) -> float:
        """What this square adds to the score: the terms of a match sum to it."""
        return self.weight * self.coverage


@dataclass(frozen=True, slots=True)
class FacetScore:
    """What one facet of a role adds to a match: ``weight * score``; these sum to the match's score.

    Attributes
    ----------
    facet : str
        As in `Requirement.facet`.
    weight : float
        Share of the role, 0-1; the facets of a role sum to 1.
    score, low, high : float
        0-1 within the facet, as in `Match`.
    matched, partial, missing : int
        Requirements of the facet that were reckoned.
    """

    facet: str
    weight: float
    score: float
    low: float
    high: float
    matched: int
    partial: int
    missing: int

    @property
    def term(self) -> float:
        """What the facet adds to the score."""
        return self.weight * self.score

    @property
    def required(self) -> int:
        """Requirements that were reckoned."""
        return self.matched + self.partial + self.missing


@dataclass(frozen=True, slots=True)
class Match:
    """How far a wallet reaches a role.

    Attributes
    ----------
    score : float
        0-1, with everything that counts, what the person says of themself included.
    low, high : float
        From verified and confirmed holdings alone to all claims, both widened by the published standard
        errors of importance: ``low <= verified <= score <= high``.
    matched, partial, missing : int
        Requirements that were reckoned.
    squares : tuple of Square
        Empty in lists; counts are not.
    facets : tuple of FacetScore
        Each facet that was reckoned, heaviest first; empty in lists.
    verified : float or None
        The score by verified and confirmed holdings alone; ``None`` where it is ``low``.
    """

    role: Role
    score: float
    low: float
    high: float
    matched: int
    partial: int
    missing: int
    squares: tuple[Square, ...] = ()
    facets: tuple[FacetScore, ...] = ()
    verified: float | None = None

    @property
    def proven(self) -> float:
        """The score by verified and confirmed holdings alone."""
        return self.low if self.verified is None else self.verified

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
class Career:
    """A role as it stands around a person: chosen by them, or suggested.

    ``usual`` is the share 0-1 of those who leave the job that was named who go to this kind of work, by the
    model or as a loaded table counts; ``None`` where no job was named, or few go.
    """

    match: Match
    chosen: bool
    market: LaborMarket | None = None
    outlook: Outlook | None = None
    usual: float | None = None

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

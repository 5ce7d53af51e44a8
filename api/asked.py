"""What a request may ask with: every parameter, its limits and its meaning.

The same classes check a request and describe it in the OpenAPI document. Parameters
that are not named here are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from graph.model import JobLevel, Measure, NewsKind, PeopleGroup, Proof


@dataclass
class Refused(Exception):  # noqa: N818 - named by what happened to the request
    """A request that cannot be read; ``detail`` says what to change."""

    status: int
    detail: str


AREA = r"^([0-9]{5}|[0-9]{7})$"
PLACE = "OEWS area (seven digits) or county (five-digit FIPS code)"
AreaCode = Annotated[
    str | None,
    Field(pattern=AREA, description=f"{PLACE}; the nation when not given", examples=["0044060"]),
]
HomeAreaCode = Annotated[
    str | None,
    Field(
        pattern=AREA,
        description=f"{PLACE}; when not given the person's home area, or the nation where they have none",
        examples=["0044060"],
    ),
]
Limit = Annotated[int, Field(ge=1, le=100, description="How many at most")]
Words = Annotated[str, Field(max_length=100, description="Words to look for")]


class Asked(BaseModel):
    """Parameters of a request's query."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True, frozen=True)


class Nothing(Asked):
    """No parameters."""


class AreasAsked(Asked):
    """Which places."""

    q: Words = ""
    limit: Limit = 20


class RolesAsked(Asked):
    """Which roles, with figures of which place."""

    q: Words = ""
    job_family: Annotated[
        str | None,
        Field(max_length=100, description="SOC major group: its two digits or its name", examples=["29"]),
    ] = None
    area: AreaCode = None
    limit: Limit = 20


class RoleAsked(Asked):
    """With figures of which place."""

    area: AreaCode = None


class SimilarAsked(Asked):
    """How many roles."""

    limit: Limit = 10


class SkillsLinkAsked(Asked):
    """Which words, and how many skills for them."""

    text: Annotated[
        str,
        Field(
            min_length=1,
            max_length=4000,
            description="What somebody did or learned, in English or Spanish",
            examples=["changed wound dressings on a surgical ward"],
        ),
    ]
    limit: Limit = 10


class GapAsked(Asked):
    """With figures of which place."""

    area: HomeAreaCode = None


class RegionAsked(Asked):
    """Which jobs of a place, which skills of its people, and how many skills."""

    jobs: Annotated[
        JobLevel,
        Field(
            description="All jobs, or those of occupations whose median wage is above the median of all jobs"
            " there,"
            " at most that, or above one and a half times that"
        ),
    ] = JobLevel.ALL
    evidence: Annotated[
        Proof, Field(description="Against all that people hold, or what somebody else stands by")
    ] = Proof.ALL
    job_family: Annotated[
        str, Field(max_length=2, pattern=r"^([0-9]{2})?$", description="SOC major group, two digits")
    ] = ""
    people: Annotated[
        PeopleGroup,
        Field(
            description="Everybody who is counted, or those of them who told for this purpose that they are"
            " veterans, first-generation students or English learners"
        ),
    ] = PeopleGroup.ALL
    sector: Annotated[
        str,
        Field(
            max_length=5,
            pattern=r"^([0-9]{2}(-[0-9]{2})?)?$",
            description="NAICS sector, as 62 or 31-33; what comes is an estimate but for the nation",
        ),
    ] = ""
    credential: Annotated[
        str,
        Field(
            max_length=20,
            pattern=r"^((education|zone)-(at|below)-[1-9])?$",
            description="What jobs usually take to enter: education-below-6 is less than a bachelor's",
        ),
    ] = ""
    counted_by: Annotated[
        Measure,
        Field(description="Demand by the jobs there are, or by openings a year, where they are projected"),
    ] = Measure.JOBS
    limit: Annotated[int, Field(ge=1, le=10_000, description="How many skills at most")] = 100


class MatchesAsked(Asked):
    """How many matches, with figures of which place."""

    area: HomeAreaCode = None
    limit: Limit = 20


class PathwaysAsked(Asked):
    """How many pathways, in which places, and what every step has to be."""

    area: HomeAreaCode = None
    limit: Annotated[
        int, Field(ge=1, le=10, description="How many at most, the one straight there included")
    ] = 4
    also: Annotated[
        str,
        Field(
            max_length=60,
            pattern=r"^([0-9]{5}|[0-9]{7})?(,([0-9]{5}|[0-9]{7}))*$",
            description="More places within the person's distance, joined by commas",
            examples=["0028420,0049420"],
        ),
    ] = ""
    pay_may_fall: Annotated[bool, Field(description="Whether a step may lead to lower pay")] = False
    no_degree: Annotated[bool, Field(description="Leave out roles that usually take a degree")] = False
    only_local: Annotated[bool, Field(description="Leave out roles without published jobs there")] = False
    only_reach: Annotated[bool, Field(description="Leave out steps that are longer than the reach")] = False


class RecordAsked(Asked):
    """What the file is called."""

    name: Annotated[
        str, Field(max_length=200, description="Name of the file; what it is, its content says")
    ] = ""


class ProposalBody(BaseModel):
    """What is decided about a skill of a record.

    ``accepted`` and ``rejected`` are about one that was read out of the record; ``chosen`` takes any
    published skill, in the place of ``instead_of`` where that is given.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    uri: Annotated[str, Field(min_length=1, max_length=255)]
    state: Literal["accepted", "rejected", "chosen"]
    instead_of: Annotated[str, Field(max_length=255)] = ""


class Credentials(BaseModel):
    """Who signs in."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    email: Annotated[str, Field(min_length=1, max_length=254)]
    password: Annotated[str, Field(min_length=1, max_length=1024, json_schema_extra={"format": "password"})]


RoleCode = Annotated[str, Field(pattern=r"^[0-9]{2}-[0-9]{4}\.[0-9]{2}$", examples=["29-1141.00"])]
Uri = Annotated[str, Field(max_length=255)]


class ReportsAsked(Asked):
    """On which role."""

    role_code: Annotated[RoleCode | None, Field(description="O*NET-SOC code; all roles when not given")] = (
        None
    )


class ReportBody(BaseModel):
    """What looks wrong. ``skill_uri`` for a wrong skill; ``words`` are needed where one is missing."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    role_code: RoleCode
    kind: Literal["wrong", "missing"]
    skill_uri: Uri = ""
    words: Annotated[str, Field(max_length=500)] = ""
    chosen_uri: Annotated[Uri, Field(description="A published skill that is missing")] = ""


class DecisionBody(BaseModel):
    """What is decided: ``skill_uri`` is what to add, ``other_uri`` the better one of a swap.

    ``task`` is the id of a task of the role; it and ``reason`` are needed as in the editorial review.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    decision: Literal["keep", "drop", "swap", "add", "dismiss"]
    task: Annotated[str, Field(max_length=40)] = ""
    core: bool = False
    reason: Annotated[str, Field(max_length=300)] = ""
    skill_uri: Uri = ""
    other_uri: Uri = ""


class IssuedAsked(Asked):
    """Which credentials that were issued."""

    q: Annotated[str, Field(max_length=100, description="Words of a name, an address or an achievement")] = ""
    page: Annotated[int, Field(ge=1, le=100_000, description="A hundred credentials each")] = 1


class AchievementBody(BaseModel):
    """What somebody has earned; ``kind`` is an AchievementType of Open Badges 3.0."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=120)]
    description: Annotated[str, Field(min_length=1, max_length=2000)]
    criteria: Annotated[str, Field(min_length=1, max_length=2000)]
    kind: Annotated[str, Field(max_length=40)] = "Certificate"
    skills: Annotated[list[Uri], Field(max_length=30, description="URIs of published skills")] = []


class IssueBody(BaseModel):
    """A credential for one person. The same ``reference`` issues once and gives the same answer again."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    achievement: AchievementBody
    name: Annotated[str, Field(min_length=1, max_length=120)]
    email: Annotated[str, Field(min_length=3, max_length=254)]
    expires_on: Annotated[date | None, Field(description="The last day on which it is valid")] = None
    reference: Annotated[str, Field(max_length=100, description="Your own name for this credential")] = ""


class ShareBody(BaseModel):
    """What is shown by a link, for what, until when, and how often."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    skills: Annotated[
        Literal["all"] | Annotated[list[Uri], Field(max_length=500)],
        Field(description="URIs of skills in the wallet, or all that count"),
    ] = []
    records: Annotated[
        list[Annotated[str, Field(max_length=32)]],
        Field(max_length=500, description="Ids of records to show whole"),
    ] = []
    purpose: Annotated[str, Field(max_length=1000)] = ""
    expires: Annotated[date, Field(description="The last day on which the link is good")]
    openings: Annotated[int, Field(ge=1, le=100, description="How often it can be opened")] = 1
    fields: Annotated[
        list[Literal["name", "email"]], Field(max_length=2, description="What of the account is shown too")
    ] = []


class NewsChoicesBody(BaseModel):
    """Which kinds of news one wants to be told here, and which by e-mail too."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    here: Annotated[list[NewsKind], Field(max_length=20)]
    by_mail: Annotated[list[NewsKind], Field(max_length=20)]


class ApplicationBody(BaseModel):
    """What is sent to a posting, and until when the employer can look.

    ``fields`` are told once the employer moves the person forward.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    skills: Annotated[
        Literal["all"] | Annotated[list[Uri], Field(max_length=500)],
        Field(description="URIs of skills in the wallet, or all that count now"),
    ]
    records: Annotated[
        list[Annotated[str, Field(max_length=32)]],
        Field(max_length=500, description="Ids of records that stand behind them"),
    ] = []
    fields: Annotated[list[Literal["name", "email", "area"]], Field(max_length=3)] = []
    until: Annotated[date, Field(description="The last day on which the employer can look")]


class AnswerBody(BaseModel):
    """What the person says to the reading of their record; empty takes it away."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    answer: Annotated[str, Field(max_length=1000)]


class WantedBody(BaseModel):
    """A skill that a posting asks for."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    uri: Annotated[str, Field(min_length=1, max_length=255)]
    level: Annotated[float | None, Field(gt=0, le=1, description="0-1; any when not given")] = None
    must: bool = False
    preferred: bool = False


class PostingBody(BaseModel):
    """A posting; it is published where ``publish`` says so, and is a draft otherwise.

    ``read_warnings`` says that what of its words may be unlawful was read.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    title: Annotated[str, Field(min_length=1, max_length=120)]
    last_day: date
    description: Annotated[str, Field(max_length=20_000)] = ""
    skills: Annotated[list[WantedBody], Field(max_length=60)] = []
    area: AreaCode = None
    wage_low: Annotated[float | None, Field(gt=0, le=10_000_000)] = None
    wage_high: Annotated[float | None, Field(gt=0, le=10_000_000)] = None
    wage_per: Literal["hour", "year"] = "hour"
    publish: bool = False
    read_warnings: bool = False


class ReceivedAsked(Asked):
    """In which order: by counts of squares alone."""

    sort: Literal["must", "matched", "proven", "preferred", "label"] = "must"


class RevokeBody(BaseModel):
    """Why it is revoked; kept in the issuer's own list."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    reason: Annotated[str, Field(min_length=1, max_length=300)]

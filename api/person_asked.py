"""What a request about one's own may ask with, beside the wallet's own parts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.asked import AreaCode, Asked, HomeAreaCode, Limit, RoleCode, Uri

Id = Annotated[str, Field(max_length=32)]
Codes = Annotated[
    str,
    Field(
        max_length=100,
        pattern=r"^[0-9]{2}-[0-9]{4}\.[0-9]{2}(,[0-9]{2}-[0-9]{4}\.[0-9]{2}){0,3}$",
        description="Up to four O*NET-SOC codes, joined by commas",
        examples=["29-1141.00,31-1131.00"],
    ),
]
Skills = Annotated[
    str,
    Field(min_length=1, max_length=4000, description="Ids of published skills, joined by commas"),
]


class _Body(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class NextAsked(Asked):
    """How many skills, with figures of which place."""

    area: HomeAreaCode = None
    limit: Annotated[int, Field(ge=1, le=40, description="How many at most")] = 12


class CompareAsked(Asked):
    """Which roles, in which two places."""

    roles: Codes
    area: HomeAreaCode = None
    elsewhere: AreaCode = None


class ExploreAsked(Asked):
    """What somebody can do, without an account."""

    skills: Skills
    area: AreaCode = None
    limit: Limit = 20


class AccessesAsked(Asked):
    """Which part of the log."""

    limit: Limit = 50
    before: Annotated[int | None, Field(ge=1, le=2**53, description="Only what is older than this place")] = (
        None
    )


class AccountBody(_Body):
    """What is changed of an account; what is not given stays."""

    area_code: Annotated[
        str | None,
        Field(pattern=r"^([0-9]{5}|[0-9]{7})?$", description="Home county or OEWS area; empty for none"),
    ] = None
    locale: Literal["en", "es"] | None = None


class CareerBody(_Body):
    """In which place a chosen career is looked at."""

    area_code: AreaCode = None


class PlanBody(_Body):
    """Skills that the person means to gain."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    skills: Annotated[
        list[Uri], Field(min_length=1, max_length=30, description="Ids or URIs of published skills")
    ]
    role_code: RoleCode | Literal[""] = ""


class KeptPathwayBody(_Body):
    """A way to a role over others."""

    goal_code: RoleCode
    stones: Annotated[list[RoleCode], Field(max_length=5, description="Roles on the way, in order")] = []
    area_code: AreaCode = None


class EntryBody(_Body):
    """What is entered by hand. ``number`` and ``expires_on`` are of a licence."""

    kind: Literal["employment", "education", "licence", "military", "volunteer", "gig", "caring"]
    title: Annotated[str, Field(min_length=1, max_length=300)]
    issuer: Annotated[str, Field(max_length=300)] = ""
    description: Annotated[str, Field(max_length=5000)] = ""
    issued_on: Annotated[date | None, Field(description="First day")] = None
    ended_on: Annotated[date | None, Field(description="Last day")] = None
    expires_on: date | None = None
    hours: Annotated[float | None, Field(gt=0, le=200_000)] = None
    number: Annotated[str, Field(max_length=200)] = ""


class RecordBody(_Body):
    """What the person decides about a record; what is not given stays."""

    hidden: bool | None = None
    declined: Annotated[bool | None, Field(description="Of what somebody else put into the wallet")] = None
    dispute: Annotated[
        str | None, Field(max_length=1000, description="What is wrong with it, by its holder")
    ] = None


class SkillBody(_Body):
    """What is done with a skill: say that one has it, leave it out of the reckoning, put it first; or not."""

    uri: Annotated[str, Field(min_length=1, max_length=255)]
    act: Literal["claim", "unclaim", "hide", "show", "first", "not_first"]


class RegionalBody(_Body):
    """Whether one's skills are counted, among at least eleven people, in the figures of the county."""

    granted: bool


class CounselorBody(_Body):
    """Which counselor may look, until when, and what they may do beside looking."""

    counselor_id: Id
    until: Annotated[date | None, Field(description="Last day; until taken back when not given")] = None
    actions: Annotated[list[Literal["careers.change", "plans.change"]], Field(max_length=2)] = []


class ConfirmationBody(_Body):
    """Whom to ask to confirm what of a record."""

    record_id: Id
    organization: Annotated[str, Field(min_length=1, max_length=300)]
    contact: Annotated[str, Field(max_length=254, description="E-mail address to send the link to")] = ""
    parts: Annotated[
        list[Literal["title", "dates", "hours", "duties", "skills"]], Field(min_length=1, max_length=5)
    ]
    note: Annotated[str, Field(max_length=1000)] = ""


class InterestsBody(_Body):
    """Ratings of activities, 1 (dislike) to 5 (like), in the order in which they are listed; 0 for none."""

    ratings: Annotated[list[Annotated[int, Field(ge=0, le=5)]], Field(max_length=30)]

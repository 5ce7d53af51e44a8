"""The nouns of guidance: what a role takes, where it leads, what teaches what.

All of it comes from releases that are loaded or not: where none is, there is no value object,
and where a release leaves a figure out it is a `Figure` without a value, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from graph.model.figures import NOT_PUBLISHED, Figure
from graph.model.roles import Match, Role, Skill


class Facet(StrEnum):
    """Which part of what a role requires a requirement belongs to.

    ``occupational`` is linked from the role's tasks and always there; the others are O*NET's
    ratings, and come with a full O*NET release.
    """

    OCCUPATIONAL = "occupational"
    ESSENTIAL = "essential"
    TRANSFERABLE = "transferable"
    KNOWLEDGE = "knowledge"
    SOFTWARE = "software"
    ACTIVITY = "activity"


class Interest(StrEnum):
    """Holland's six types of interest (RIASEC; O*NET 1.B.1.a to 1.B.1.f)."""

    REALISTIC = "realistic"
    INVESTIGATIVE = "investigative"
    ARTISTIC = "artistic"
    SOCIAL = "social"
    ENTERPRISING = "enterprising"
    CONVENTIONAL = "conventional"


@dataclass(frozen=True, slots=True)
class Preparation:
    """What O*NET says one has to bring to a role.

    Attributes
    ----------
    role_code : str
        O*NET-SOC code.
    job_zone : int or None
        1 (little or no preparation) to 5 (extensive).
    education : tuple of (int, str, float)
        O*NET's categories of required education, 1 (less than high school) to 12 (post-doctoral),
        with their names and the share 0-1 of respondents who said so; by category.
    source_id : str
        The release.
    """

    role_code: str
    job_zone: int | None = None
    education: tuple[tuple[int, str, float], ...] = ()
    source_id: str = "onet_ratings"

    @property
    def usual_education(self) -> tuple[int, str] | None:
        """The category that the median respondent names; ``None`` where none is published."""
        passed = 0.0
        whole = sum(share for _, _, share in self.education)
        for category, name, share in self.education:
            passed += share
            if whole and passed >= whole / 2:
                return category, name
        return None


@dataclass(frozen=True, slots=True)
class InterestActivity:
    """A work activity that illustrates one interest (O*NET's illustrative activities)."""

    interest: Interest
    text: str


@dataclass(frozen=True, slots=True)
class Program:
    """Something that teaches skills, from a list that a county or state loaded.

    ``cost`` is US dollars for all of it, ``weeks`` its length, ``completion`` and ``employed`` percent
    of those who began or finished, ``earnings`` their median US dollars a quarter afterwards.
    """

    id: str
    name: str
    provider: str
    place: str = ""
    credential: str = ""
    url: str = ""
    skills: tuple[Skill, ...] = ()
    cost: Figure = NOT_PUBLISHED
    weeks: Figure = NOT_PUBLISHED
    completion: Figure = NOT_PUBLISHED
    employed: Figure = NOT_PUBLISHED
    earnings: Figure = NOT_PUBLISHED
    source_id: str = "programs"


@dataclass(frozen=True, slots=True)
class ObservedMove:
    """Of those who left one occupation, the share 0-1 that went to another, as a loaded table counts.

    Codes are SOC codes of whatever detail the table has (a role belongs to the longest code that
    its own begins with, a trailing 0 standing for any digit).
    """

    from_code: str
    to_code: str
    share: float
    year: str
    source_id: str = "moves"


@dataclass(frozen=True, slots=True)
class ModelledMove:
    """Of those who leave an occupation, the share that a model says goes to another.

    Attributes
    ----------
    to_code : str
        The occupation as the survey of moves tells it apart.
    role_codes : tuple of str
        The roles in it, the largest first: which of them people go to, the survey does not tell.
    share : float
        0-1 of those who leave.
    low, high : float
        8 in 10 observed shares were between them, for occupations that the model had not seen.
    """

    to_code: str
    role_codes: tuple[str, ...]
    share: float
    low: float
    high: float
    source_id: str = "moves_model"


@dataclass(frozen=True, slots=True)
class Destination:
    """A role that people who leave a job go to, and how many do.

    Attributes
    ----------
    role : Role
    share : float
        0-1 of those who leave, that goes to this role and those counted with it, together.
    low, high : float or None
        Around a modelled share; ``None`` where it was counted.
    counted_with : int
        Other roles that the source counts together with this one.
    year : str
        When it was counted; empty for the model.
    source_id : str
        ``moves_model``, or ``moves`` where a loaded table counts them.
    """

    role: Role
    share: float
    low: float | None = None
    high: float | None = None
    counted_with: int = 0
    year: str = ""
    source_id: str = "moves_model"

    @property
    def modelled(self) -> bool:
        """Whether a model says so, and nobody counted."""
        return self.source_id == "moves_model"


@dataclass(frozen=True, slots=True)
class Interests:
    """How far each of the six interests is met by a role, 1-7 as O*NET rates them."""

    role_code: str
    scores: Mapping[Interest, float] = field(default_factory=dict)
    source_id: str = "onet_ratings"


@dataclass(frozen=True, slots=True)
class Gain:
    """What gaining one skill alone would do to a wallet, over all roles.

    Attributes
    ----------
    skill : Skill
    reached : tuple of (Match, float)
        Roles that come within reach by it, as they are matched now, with the score they would have;
        the highest such score first.
    nearer : int
        Roles whose match rises at all.
    rise : float
        Sum of what it adds to the scores of the roles nearest to the wallet.
    """

    skill: Skill
    reached: tuple[tuple[Match, float], ...] = ()
    nearer: int = 0
    rise: float = 0.0


@dataclass(frozen=True, slots=True)
class NextSkill:
    """A gain with what the roles it brings within reach offer in one place.

    Attributes
    ----------
    gain : Gain
    jobs : Figure
        Jobs in these roles' occupations together, each occupation once; without a value when none is
        published there.
    unpublished : int
        Occupations among them of which no employment is published there.
    wages : tuple of float or None
        Lowest and highest of their median wages, US dollars a year; ``None`` when none is published.
    programs : tuple of Program
        What teaches it, from a list that is loaded; empty where none is.
    """

    gain: Gain
    jobs: Figure
    unpublished: int = 0
    wages: tuple[float, float] | None = None
    programs: tuple[Program, ...] = ()

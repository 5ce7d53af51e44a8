"""What the page of one role shows, put together by the page and drawn by ``gap_view``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.model import Area, Career, Holding, Report, Skill, Source, Standing


@dataclass(frozen=True, slots=True)
class GapLinks:
    """Where the page's controls lead: paths, or queries that start with ``?``."""

    back: str
    by_importance: str
    by_name: str
    counting: str
    sign_in: str = "/login"
    choose: str = "/network"
    wallet: str = "/wallet"
    trying: Mapping[str, str] = field(default_factory=dict)
    nothing_tried: str = "?"
    next: str = "/next"
    ways: str = "/pathways"


@dataclass(frozen=True, slots=True)
class GapShown:
    """One role against one record.

    Attributes
    ----------
    career : Career
        With its squares.
    why : mapping of str to str
        The sentences behind each square, by skill id.
    links : GapLinks
    source : Source or None
        The release of the labour-market figures.
    standings : mapping of str to Standing
        Of the person's records, by record id.
    lapsed : mapping of str to Holding
        What expired or was revoked, by skill id.
    said : frozenset of str
        Ids of the skills that the person claims one by one.
    by_name : bool
        Squares by name instead of by importance.
    verified_only : bool
        Whether what only the person says is left out.
    can_act : bool
        Whether there is a wallet of the reader's own to change.
    now : str
        Title of the job a visitor does now; empty when not said.
    asked : Area or None
        The place that figures were asked for.
    empty : bool
        Whether there is nothing to hold against the role.
    instead : tuple of (str, str)
        Title and address of the roles that may be meant, where this one has no requirements.
    reported : mapping of str to Report
        What the reader said looks wrong, by the URI of the skill.
    refused : mapping of str to str
        Why something could not be said just now, by the URI of the skill.
    sources : tuple of Source
        The releases that are loaded.
    tried : tuple of Skill
        What is tried on, and ``before`` the score 0-1 without it.
    """

    career: Career
    why: Mapping[str, str]
    links: GapLinks
    source: Source | None = None
    standings: Mapping[str, Standing] = field(default_factory=dict)
    lapsed: Mapping[str, Holding] = field(default_factory=dict)
    said: frozenset[str] = frozenset()
    by_name: bool = False
    verified_only: bool = False
    can_act: bool = False
    now: str = ""
    asked: Area | None = None
    empty: bool = False
    instead: tuple[tuple[str, str], ...] = ()
    reported: Mapping[str, Report] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    tried: tuple[Skill, ...] = ()
    before: float | None = None

    @property
    def heaviest(self) -> float:
        """The greatest weight of a square, 0-1."""
        return max((square.weight for square in self.career.match.squares), default=0.0)

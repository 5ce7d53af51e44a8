"""Exploring without a record: skills out of what somebody types, and careers that share their interests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from accounts.actor import VISITOR
from accounts.permissions import Action, require
from graph.build import SkillRoleGraph
from graph.interests import LEAST, MOST, alike, profile
from graph.model import Interest, InterestActivity, Interests, Role, Skill
from services.linking import links

LONGEST = 2000
PROPOSED = 12
SHARED = 20
OF_EACH = 5
"""Activities of each interest that are asked: thirty in all, so that they are answered."""


class Book(Protocol):
    """What is needed of the labour-market store."""

    def interests(self) -> Mapping[str, Interests]: ...
    def interest_activities(self) -> tuple[InterestActivity, ...]: ...
    def skills(self, ids: Iterable[str]) -> Mapping[str, Skill]: ...


@dataclass(frozen=True, slots=True)
class SharedInterests:
    """What ratings come to.

    Attributes
    ----------
    person : dict of Interest to float
        Mean rating 1-5 of what was rated.
    roles : tuple of (Role, float)
        Roles that share the profile, with the correlation, best first; empty until all six are rated and
        differ.
    """

    person: Mapping[Interest, float]
    roles: tuple[tuple[Role, float], ...]


class ExploringService:
    """The verbs of whoever has no record here; nothing of what they say is kept.

    Parameters
    ----------
    labor : Book
    graph : SkillRoleGraph
    linker : object or None
        Reads skills out of words; ``None`` while it is away.
    """

    def __init__(self, labor: Book, graph: SkillRoleGraph, linker: Any) -> None:
        self._labor = labor
        self._graph = graph
        self._linker = linker

    def propose(self, text: str) -> tuple[Skill, ...]:
        """Return published skills that the words speak of, best first."""
        require(VISITOR, Action.ROLES_READ)
        words = " ".join(text.split())[:LONGEST]
        if not words:
            return ()
        found = [linked.uri for linked in links(self._linker, words, PROPOSED)]
        known = self._labor.skills(found)
        return tuple(known[uri] for uri in found if uri in known)

    def activities(self) -> tuple[InterestActivity, ...]:
        """Return the activities to rate, the interests in turn; none where no release with them is loaded."""
        require(VISITOR, Action.ROLES_READ)
        by_interest: dict[Interest, list[InterestActivity]] = {}
        for activity in self._labor.interest_activities():
            by_interest.setdefault(activity.interest, []).append(activity)
        kept = [by_interest.get(interest, [])[:OF_EACH] for interest in Interest]
        return tuple(each[turn] for turn in range(OF_EACH) for each in kept if turn < len(each))

    def shared(self, ratings: Mapping[int, int]) -> SharedInterests:
        """Return the careers that share the profile of some ratings (place of the activity to 1-5).

        Ratings that are none are passed over.
        """
        require(VISITOR, Action.ROLES_READ)
        good = {place: rating for place, rating in ratings.items() if LEAST <= rating <= MOST}
        person = profile(self.activities(), good)
        found = alike(person, self._labor.interests(), SHARED)
        listed = {role.code: role for role in self._graph.listed}
        return SharedInterests(person, tuple((listed[code], r) for code, r in found if code in listed))

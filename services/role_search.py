"""Finding a role by any title people use for it, with accents, plurals and typing slips forgiven."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from data.folding import fold, singular
from graph.model import Role

LONGEST_QUERY = 100
EXACT, KIND, PREFIX, ALL_WORDS, MISSPELT, DESCRIBED, ANY_WORD = range(7)
HEAD_FIRST = "es"  # "conductor de camión" is a conductor; English says last what somebody is.
# Of the best answer by some of the words: what says less than this share of it is left out.
LEAST_OF_THE_BEST = 0.5


@dataclass(frozen=True, slots=True)
class _Title:
    text: str
    words: tuple[str, ...]
    role: int
    own: bool
    head_first: bool

    def answers(self, text: str) -> int:
        """How well a title that has all words asked for answers them: one of the first four tiers.

        A single word is as often a subject ("police") as a kind of work ("driver"): it makes no kind.
        """
        if self.text == text:
            return EXACT
        of_the_kind = self.text.startswith(f"{text} ") if self.head_first else self.text.endswith(f" {text}")
        if of_the_kind and " " in text:
            return KIND
        return PREFIX if self.text.startswith(text) else ALL_WORDS


class RoleIndex:
    """Every title of every role, read once and asked often.

    Parameters
    ----------
    roles : iterable of Role
    titles : iterable of (str, str, str)
        Role code, everyday title, language; titles in every language are searched.
    employment : mapping of str to float
        Jobs in the nation by role code. Between roles that answer a query equally well,
        the one that more people work in comes first.
    """

    def __init__(
        self,
        roles: Iterable[Role],
        titles: Iterable[tuple[str, str, str]] = (),
        employment: Mapping[str, float] | None = None,
    ) -> None:
        self._roles = tuple(sorted(roles, key=lambda role: role.code))
        place = {role.code: position for position, role in enumerate(self._roles)}
        jobs = employment or {}
        self._jobs = [jobs.get(role.code, 0.0) for role in self._roles]
        called = {(position, role.title): (True, False) for position, role in enumerate(self._roles)}
        for code, title, language in titles:
            if code in place:
                called.setdefault((place[code], title), (False, language == HEAD_FIRST))
        self._titles = [_title(text, role, *kind) for (role, text), kind in called.items()]
        self._by_word: dict[str, set[int]] = {}
        for position, known in enumerate(self._titles):
            for word in known.words:
                self._by_word.setdefault(word, set()).add(position)
        self._described: dict[str, set[int]] = {}
        for position, role in enumerate(self._roles):
            for word in words(role.description):
                self._described.setdefault(word, set()).add(position)
        self._vocabulary = sorted(self._by_word)

    def search(self, query: str, accept: Callable[[Role], bool] = lambda role: True) -> tuple[Role, ...]:
        """Return the roles that answer ``query``, best first.

        A role's own title and its everyday titles are asked alike. In this order: a title that
        is the query; one of its kind ("light truck driver" for "truck driver"); one that begins
        with it ("truck driver recruiter"); one that has all its words, or words that begin with
        them; the same with a slip or two in a word; a description with all its words.
        Then more jobs in the nation first, then by title. Where no title has all the words,
        those follow that have some of them, the rarest word weighing most. For an empty query
        all roles by title; none where there is something in it, but no word.
        """
        asked = words(query[:LONGEST_QUERY])
        if not asked and query.strip():
            return ()
        if not asked:
            return tuple(sorted((r for r in self._roles if accept(r)), key=lambda r: (r.title, r.code)))
        best: dict[int, tuple[int, bool]] = {}

        def offer(role: int, tier: int, own: bool) -> None:
            rank = (tier, not own)
            if role not in best or rank < best[role]:
                best[role] = rank

        text = " ".join(asked)
        for position in self._with_all(asked, self._beginning):
            title = self._titles[position]
            offer(title.role, title.answers(text), title.own)
        if all(tier > PREFIX for tier, _ in best.values()):
            for position in self._with_all(asked, self._resembling(asked)):
                offer(self._titles[position].role, MISSPELT, self._titles[position].own)
        for role in self._with_all(asked, lambda word: self._described.get(word, set())):
            offer(role, DESCRIBED, True)
        # Own titles go first only where they are the query; further down a name on a payslip says as much.
        ranked = sorted(
            best,
            key=lambda role: (
                best[role][0],
                best[role][1] if best[role][0] == EXACT else False,
                -self._jobs[role],
                self._roles[role].title,
                self._roles[role].code,
            ),
        )
        if all(tier == DESCRIBED for tier, _ in best.values()):
            ranked += [role for role in self._by_any(asked) if role not in best]
        return tuple(self._roles[role] for role in ranked if accept(self._roles[role]))

    def _by_any(self, asked: tuple[str, ...]) -> list[int]:
        r"""Roles with a title that has some of the words, best first.

        A title is worth the sum of :math:`\ln(1 + N / n_w)` over the words it has, with
        :math:`N` titles in all and :math:`n_w` with the word [1]_. Between titles of one worth,
        the one that has least else to say comes first.

        References
        ----------
        .. [1] K. Spärck Jones, "A statistical interpretation of term specificity and its
           application in retrieval", Journal of Documentation 28, 1972.
        """
        worth: dict[int, float] = {}
        shared: dict[int, int] = {}
        for word in dict.fromkeys(asked):
            # Only a word that no title has may be the beginning of another.
            having = self._by_word.get(word) or self._beginning(word)
            for position in having:
                worth[position] = worth.get(position, 0.0) + math.log1p(len(self._titles) / len(having))
                shared[position] = shared.get(position, 0) + 1
        least = LEAST_OF_THE_BEST * max(worth.values(), default=0.0)
        best: dict[int, tuple[float, float]] = {}
        for position, value in worth.items():
            title = self._titles[position]
            rank = (-value, -shared[position] / len(title.words))
            if value >= least and (title.role not in best or rank < best[title.role]):
                best[title.role] = rank
        return sorted(best, key=lambda role: (best[role], -self._jobs[role], self._roles[role].title, role))

    def _with_all(self, asked: tuple[str, ...], having: Callable[[str], set[int]]) -> set[int]:
        found: set[int] | None = None
        for word in asked:
            found = having(word) if found is None else found & having(word)
            if not found:
                return set()
        return found or set()

    def _beginning(self, word: str) -> set[int]:
        found: set[int] = set()
        for known in islice(self._vocabulary, bisect_left(self._vocabulary, word), None):
            if not known.startswith(word):
                break
            found |= self._by_word[known]
        return found

    def _resembling(self, asked: tuple[str, ...]) -> Callable[[str], set[int]]:
        """Titles with a word one slip away (two from eight letters on); short words have to be right."""
        slips = cdist(asked, self._vocabulary, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
        near = {
            word: set().union(
                self._beginning(word),
                *(self._by_word[self._vocabulary[i]] for i in np.flatnonzero(row <= _slips(word))),
            )
            for word, row in zip(asked, slips, strict=True)
        }
        return near.__getitem__


def words(text: str) -> tuple[str, ...]:
    """Words of ``text`` as they are compared: no case, accents, punctuation or plural.

    Examples
    --------
    >>> words("Enfermería & Nurses' Aides")
    ('enfermeria', 'nurse', 'aide')
    """
    return tuple(singular(word) for word in fold(text).split())


def _slips(word: str) -> int:
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def _title(text: str, role: int, own: bool, head_first: bool) -> _Title:
    found = words(text)
    return _Title(" ".join(found), found, role, own, head_first)

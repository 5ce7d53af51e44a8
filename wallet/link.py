"""Free text to published skills: proposals, best first, each with the words it came from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import words
from wallet.link_index import Places, SkillIndex
from wallet.link_pieces import Everyday, Piece, pieces
from wallet.link_rank import Ranked, rank

EVERYDAY = "everyday_words.csv"
KEPT = 40
"""Candidates of a piece that go on to the whole text."""
TEMPERATURE = 2.0
"""How far two pieces that say the same add up."""
# A logistic curve over the score and how far it lies under the best one's, fitted on one half of the
# labelled sentences: docs/linking.md.
CHANCE, BY_SCORE, BY_DISTANCE = -3.17, 0.186, -0.278
NAMED_SCORE = 0.9
"""Of a product named in the text: it is there, though perhaps not what the sentence is about."""
LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class Linked:
    """A skill that a text may speak of.

    Attributes
    ----------
    skill, uri, vocabulary, kind : str
        The published statement; ``kind`` is ``skill``, ``knowledge`` or ``technology``.
    score : float
        How likely it is meant, 0-1.
    words : str
        The words of the text it came from.
    """

    skill: str
    uri: str
    vocabulary: str
    kind: str
    score: float
    words: str


class Linker:
    """Links texts by one index; threads may share it."""

    def __init__(self, index: SkillIndex) -> None:
        self._index = index
        self._everyday = Everyday.read(index.folder / EVERYDAY)

    @classmethod
    def open(cls, folder: Path) -> Linker:
        """The linker over the index in ``folder``; ``IndexAway`` when there is none."""
        return cls(SkillIndex.open(folder))

    def link(self, text: str, limit: int = 10, *, floor: float = 0.0) -> tuple[Linked, ...]:
        """Skills that a text speaks of, best first.

        Parameters
        ----------
        text : str
            A title, a sentence or a description, in English or Spanish.
        limit : int, optional
            How many at most.
        floor : float, optional
            The least score.
        """
        asked = self._pieces(text)
        found = self._named(text)
        ranked = _together(asked, rank(self._index, [each.text for each in asked]))
        for place, score, said in ranked:
            chance = likelihood(score, ranked[0][1])
            if place not in found or found[place][0] < chance:
                found[place] = (chance, said)
        best = sorted(found.items(), key=lambda each: (-each[1][0], each[0]))
        proposals = []
        for place, (chance, said) in best[:limit]:
            if chance < floor:
                break
            each = self._index.statement(place)
            proposals.append(Linked(each.name, each.uri, each.vocabulary, each.kind, round(chance, 3), said))
        return tuple(proposals)

    def places(self, text: str, *, without: Places, limit: int = 5) -> list[int]:
        """Places of ESCO skills for a text, best first, some labels taken as not there."""
        asked = self._pieces(text)
        ranked = rank(self._index, [each.text for each in asked], esco_only=True, without=without)
        return [place for place, _, _ in _together(asked, ranked)[:limit]]

    def _pieces(self, text: str) -> list[Piece]:
        return pieces(text, self._everyday, lambda asked: (self._index.words_at(asked) >= 0).tolist())

    @property
    def index(self) -> SkillIndex:
        """The index it reads."""
        return self._index

    def _named(self, text: str) -> dict[int, tuple[float, str]]:
        """Products that the text names."""
        cut = text[:4000]
        spans = [(match.start(), match.end()) for match in words.WORD.finditer(_same_length(cut))][:400]
        tries = [
            (first, last)
            for first in range(len(spans))
            for last in range(first, min(first + LONGEST_NAME, len(spans)))
        ]
        written = [cut[spans[first][0] : spans[last][1]] for first, last in tries]
        if not written:
            return {}
        at = self._index.names_at(" ".join(words.raw_words(each)) for each in written)
        found: dict[int, tuple[float, str]] = {}
        taken: set[int] = set()
        hits = sorted(np.flatnonzero(at >= 0).tolist(), key=lambda hit: tries[hit][0] - tries[hit][1])
        for hit in hits:
            first, last = tries[hit]
            name = int(at[hit])
            exact = bool(self._index.name_exact[name])
            if exact and self._index.name_written[name].decode() not in written[hit]:
                continue
            if taken.isdisjoint(range(first, last + 1)):
                taken.update(range(first, last + 1))
                found.setdefault(int(self._index.name_statement[name]), (NAMED_SCORE, written[hit]))
        return found


def likelihood(score: float, best: float) -> float:
    """Chance that a proposal of this score is right, where the best one of the text has that score."""
    return 1 / (1 + math.exp(-(CHANCE + BY_SCORE * score + BY_DISTANCE * (best - score))))


def _together(asked: Sequence[Piece], ranked: Sequence[Ranked]) -> list[tuple[int, float, str]]:
    """Place, score and words of the candidates of all pieces, best first."""
    sums: dict[int, float] = {}
    best: dict[int, tuple[float, str]] = {}
    for piece, candidates in zip(asked, ranked, strict=True):
        scores = candidates.scores() - piece.cost
        for at in np.argsort(-scores, kind="stable")[:KEPT].tolist():
            place, score = int(candidates.places[at]), float(scores[at])
            sums[place] = sums.get(place, 0.0) + math.exp(score / TEMPERATURE)
            if place not in best or best[place][0] < score:
                best[place] = (score, piece.said)
    found = [(place, TEMPERATURE * math.log(total), best[place][1]) for place, total in sums.items()]
    return sorted(found, key=lambda each: (-each[1], each[0]))


def _same_length(text: str) -> str:
    """The text in small letters without accents, letter for letter."""
    return "".join(plain if len(plain := words.folded(letter)) == 1 else " " for letter in text)

"""Which statements are akin, so that someone with one of them has part of the other.

Likeness of two statements blends the packaged embeddings, the distilled words of the labels
and of the descriptions. A pair is left out when its labels differ in their domain (patients
and animals), when their verbs are opposites, or when what differs in the labels is unlike.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data.linking.inputs import Inputs, LinkingInputError, Statement, Vectors
from data.linking.labels import DOMAIN_STEMS, FUNCTION_WORDS, PLAIN_STEMS, stem_vectors, verb_first, words_of
from data.linking.words import DistilledWords, statement_words

REVIEWED = Path(__file__).with_name("kin_reviewed.csv")
# Two hundred computed pairs that were read, with the strength they had: holds, doubtful, no.
READ = Path(__file__).with_name("kin_read.csv")
# From reading: of near pairs under this, hardly three in four hold; one that is broader holds all the same.
NEAR_FROM = 0.40
STRONGEST = 0.8
CUT_OFF = 0.64
# Where the verbs are unlike, the rest has to be nearly the same.
CUT_OFF_OTHER_VERB = 0.70
VERBS_ALIKE = 0.45
SAME = 0.92
MOST_A_STATEMENT = 12
# Knowing about a thing is at most half of doing it, and doing it at most half of knowing about it.
KNOWING_AND_DOING = 0.5
OPPOSITES = frozenset(
    frozenset(pair)
    for pair in (
        ("buy", "sell"),
        ("purchas", "sell"),
        ("load", "unload"),
        ("lend", "borrow"),
        ("install", "remov"),
        ("install", "dismantl"),
        ("assembl", "dismantl"),
        ("assembl", "disassembl"),
        ("build", "demolish"),
        ("teach", "study"),
        ("write", "read"),
        ("hire", "discharg"),
        ("prevent", "caus"),
        ("import", "export"),
        ("receiv", "send"),
        ("prosecut", "defend"),
        ("buyer", "seller"),
        ("arriv", "depart"),
        ("inbound", "outbound"),
        ("indoor", "outdoor"),
        ("internal", "external"),
        ("supervis", "work"),
        ("supervis", "assist"),
    )
)
# Being in charge of a thing is not doing it, and looking at it is neither.
VERB_SORTS = {
    **dict.fromkeys(("supervis", "oversee", "manag", "direct", "lead", "coordinat", "plan"), "in charge"),
    **dict.fromkeys(("sell", "promot", "market", "advertis", "negotiat", "buy", "purchas", "rent"), "trade"),
    **dict.fromkeys(("teach", "train", "instruct", "educat", "coach", "tutor"), "teach"),
    **dict.fromkeys(("research", "study"), "research"),
    **dict.fromkeys(("design", "draw", "draft"), "design"),
    **dict.fromkeys(("repair", "fix", "restor"), "repair"),
    **dict.fromkeys(("clean", "wash"), "clean"),
    **dict.fromkeys(("advis", "counsel", "recommend"), "advise"),
    **dict.fromkeys(("inspect", "examin", "check", "monitor", "observ", "assess", "evaluat", "test"), "look"),
}


@dataclass(frozen=True, slots=True)
class Kin:
    """Rows of two statements; ``other`` is ``relation`` (broader, narrower or near) than ``statement``."""

    statement: int
    other: int
    relation: str
    strength: float


def meaning_likeness(inputs: Inputs, distilled: DistilledWords) -> Vectors:
    """Vectors whose dot products blend the likenesses of two statements; shape (statements, 1152)."""
    labels, meanings = statement_words(inputs, distilled)
    shares = np.sqrt(np.array([0.5, 0.35, 0.15], dtype=np.float32))
    return np.hstack([shares[0] * inputs.statement_vectors, shares[1] * labels, shares[2] * meanings])


def kin(inputs: Inputs, distilled: DistilledWords, required: Iterable[int]) -> list[Kin]:
    """Pairs with at least one side required by some role, strongest first within a statement.

    Parameters
    ----------
    required : iterable of int
        Rows of the statements that are some role's requirement.
    """
    vectors = meaning_likeness(inputs, distilled)
    words = _LabelParts(inputs, distilled)
    pairs: dict[tuple[int, int], Kin] = {}
    rows = sorted(set(required))
    for start in range(0, len(rows), 512):
        block = rows[start : start + 512]
        likeness = vectors[block] @ vectors.T
        for own, row in zip(likeness, block, strict=True):
            own[row] = 0
            close = np.flatnonzero(own >= CUT_OFF)
            best = close[np.argsort(-own[close], kind="stable")][: 3 * MOST_A_STATEMENT]
            found = 0
            for other in best:
                if found == MOST_A_STATEMENT:
                    break
                relation = words.relation(row, int(other))
                if relation is None:
                    continue
                if own[other] < CUT_OFF_OTHER_VERB and not words.same_doing(row, int(other)):
                    continue
                found += 1
                first, second = (row, int(other)) if row < other else (int(other), row)
                told = relation if row < other else _REVERSED[relation]
                part = strength(float(own[other]))
                if words.differ_in_kind(row, int(other)):
                    part, told = min(part, KNOWING_AND_DOING), "near"
                if told != "near" or part >= NEAR_FROM:
                    pairs.setdefault((first, second), Kin(first, second, told, part))
    return [pairs[key] for key in sorted(pairs)]


def reviewed(path: Path, statements: Sequence[Statement], required: Iterable[int]) -> list[Kin]:
    """Pairs that reading has added or weighed anew, of those with a side required by some role.

    Parameters
    ----------
    path : Path
        Columns: skill_uri, other_uri, relation (of the other one), strength (0-0.8), reason.

    Raises
    ------
    LinkingInputError
        If a row names a statement that is not published in the packages.
    """
    rows = {statement.uri: row for row, statement in enumerate(statements)}
    needed = set(required)
    pairs = []
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            unknown = [uri for uri in (line["skill_uri"], line["other_uri"]) if uri not in rows]
            if unknown:
                raise LinkingInputError(
                    f"{path.name} names {unknown[0]}, which is not among the published statements."
                )
            own, other = rows[line["skill_uri"]], rows[line["other_uri"]]
            if own in needed or other in needed:
                pairs.append(Kin(own, other, line["relation"], float(line["strength"])))
    return pairs


def struck(path: Path, statements: Sequence[Statement]) -> set[frozenset[int]]:
    """Pairs that reading found not to be kin at all (``READ``)."""
    rows = {statement.uri: row for row, statement in enumerate(statements)}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            frozenset((rows[line["skill_uri"]], rows[line["other_uri"]]))
            for line in csv.DictReader(file)
            if line["verdict"] == "no"
        }


def with_reviewed(
    pairs: Sequence[Kin], read: Sequence[Kin], struck: Collection[frozenset[int]] = ()
) -> list[Kin]:
    """The pairs, where reading has decided as it has decided."""
    decided = {frozenset((pair.statement, pair.other)) for pair in read} | set(struck)
    left = [pair for pair in pairs if frozenset((pair.statement, pair.other)) not in decided]
    return sorted([*left, *read], key=lambda pair: (pair.statement, pair.other))


def strength(likeness: float) -> float:
    """Part of the other statement that is had, 0.3-0.8.

    >>> strength(0.64), strength(0.92), strength(1.0)
    (0.3, 0.8, 0.8)
    """
    share = (min(likeness, SAME) - CUT_OFF) / (SAME - CUT_OFF)
    return round(0.3 + (STRONGEST - 0.3) * share, 2)


_REVERSED = {"near": "near", "broader": "narrower", "narrower": "broader"}


class _LabelParts:
    """The verb and the other words of every label, and how alike words are."""

    def __init__(self, inputs: Inputs, distilled: DistilledWords) -> None:
        self._words = [words_of(each.label) for each in inputs.statements]
        self._kinds = [each.kind for each in inputs.statements]
        self._verb_first = [verb_first(each) for each in inputs.statements]
        stems: Sequence[str] = sorted({word for words in self._words for word in words})
        self._row = {word: row for row, word in enumerate(stems)}
        self._vectors = stem_vectors(stems, distilled)

    def relation(self, row: int, other: int) -> str | None:
        """How ``other`` stands to ``row``, or ``None`` where one gives no part of the other."""
        own_verb, own = self._parts(row)
        verb, its = self._parts(other)
        if frozenset((own_verb, verb)) in OPPOSITES or VERB_SORTS.get(own_verb) != VERB_SORTS.get(verb):
            return None
        more, fewer = own - its, its - own
        if self._opposed(more, fewer):
            return None
        if (more | fewer) & DOMAIN_STEMS and not (more <= PLAIN_STEMS and fewer <= PLAIN_STEMS):
            return self._one_sided(own_verb, verb, more, fewer)
        if more and fewer and self._closeness(more - PLAIN_STEMS, fewer - PLAIN_STEMS) < 0.45:
            return None
        return self._one_sided(own_verb, verb, more, fewer) or "near"

    def differ_in_kind(self, row: int, other: int) -> bool:
        """Whether one of the two is knowledge and the other a skill."""
        return self._kinds[row] != self._kinds[other]

    def same_doing(self, row: int, other: int) -> bool:
        """Whether the verbs are one, or alike; a label without a verb has none to differ."""
        verbs = {verb for verb in (self._parts(row)[0], self._parts(other)[0]) if verb}
        if len(verbs) < 2:
            return True
        first, second = (self._vectors[self._row[verb]] for verb in sorted(verbs))
        return float(first @ second) >= VERBS_ALIKE

    def _one_sided(self, own_verb: str, verb: str, more: set[str], fewer: set[str]) -> str | None:
        if own_verb == verb and fewer and not more:
            return "narrower"
        if own_verb == verb and more and not fewer:
            return "broader"
        return None

    def _opposed(self, more: set[str], fewer: set[str]) -> bool:
        if "non" in more | fewer:
            return True
        return any(frozenset((one, another)) in OPPOSITES for one in more for another in fewer)

    def _parts(self, row: int) -> tuple[str, set[str]]:
        words = self._words[row]
        if self._verb_first[row] and len(words) > 1:
            return words[0], set(words[1:]) - FUNCTION_WORDS
        return "", set(words)

    def _closeness(self, some: set[str], others: set[str]) -> float:
        if not some or not others:
            return 1.0
        first = self._vectors[[self._row[word] for word in sorted(some)]]
        second = self._vectors[[self._row[word] for word in sorted(others)]]
        between = first @ second.T
        return float(min(between.max(axis=1).min(), between.max(axis=0).min()))

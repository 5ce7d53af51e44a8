"""What a statement's label says: its words, its verb, and whether they suit a role.

Sentence embeddings put a nurse's "prepare rooms and sterile instruments" beside "prepare
dental instruments": the verb is right and the domain is another one. The words of the
label tell them apart, because the role's own texts never mention teeth.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from pathlib import Path

import numpy as np

from data.linking.inputs import Statement, Vectors, unit
from data.linking.words import DistilledWords

WORDS = re.compile(r"[a-z][a-z0-9+#-]+")
IN_CHARGE = frozenset({"supervise", "oversee", "recruit", "hire", "discharge", "delegate"})
IN_CHARGE_OF = frozenset({"manage", "direct", "lead", "coordinate", "head", "appraise", "instruct"})


def listed(kind: str) -> frozenset[str]:
    """The words of one kind in ``label_words.csv``: domain, plain, function or people."""
    with Path(__file__).with_name("label_words.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["word"] for row in csv.DictReader(file) if row["kind"] == kind)


def _verbs() -> dict[str, tuple[str, ...]]:
    with Path(__file__).with_name("verbs.csv").open(encoding="utf-8", newline="") as file:
        return {row["verb"]: tuple(row["called_by"].split()) for row in csv.DictReader(file)}


# A label's verb, and how words of a task begin that call for it.
VERBS = _verbs()
FUNCTION_WORDS = listed("function")
PEOPLE_OR_UNIT = listed("people")


@lru_cache(maxsize=65536)
def words_of(text: str) -> tuple[str, ...]:
    """The lower-case words of a text that carry meaning, hyphens kept apart, endings cut."""
    found = (word.strip("-'") for word in re.findall(r"[a-z0-9+#]+", text.lower().replace("'s", "")))
    return tuple(stem(word) for word in found if len(word) > 1 and word not in FUNCTION_WORDS)


def stem(word: str) -> str:
    """The word without the endings that only inflect it.

    >>> [stem(word) for word in ("patients", "supplies", "welding", "processes", "stocked", "gas")]
    ['patient', 'supply', 'weld', 'process', 'stock', 'gas']
    """
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + instead
    if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) > 2 and any(letter in "aeiouy" for letter in base):
            return base[:-1] if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz" else base
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


# Words that say no domain: a label is no worse for having them where the role's texts do not.
PLAIN_STEMS = frozenset(map(stem, listed("plain")))
# Domains with twins elsewhere: patients and animals, aircraft and ships, teeth and the rest of the body.
DOMAIN_WORDS = listed("domain")
DOMAIN_STEMS = frozenset(map(stem, DOMAIN_WORDS)) - PLAIN_STEMS


@dataclass(frozen=True, slots=True)
class LabelWords:
    """The distinct words of all labels, in order, with their weights and vectors.

    ``of`` gives for each statement the rows of its words (its leading verb left out);
    ``strangeness`` is what a word costs where the role never says anything like it.
    """

    of: tuple[tuple[int, ...], ...]
    words: tuple[str, ...]
    strangeness: np.ndarray
    vectors: Vectors


def label_words(statements: Sequence[Statement], distilled: DistilledWords) -> LabelWords:
    """Read the labels of the statements."""
    kept: list[Sequence[str]] = []
    for statement in statements:
        words = words_of(statement.label)
        kept.append(words[1:] if verb_first(statement) and len(words) > 1 else words)
    counts = Counter(word for words in kept for word in set(words))
    order = sorted(counts)
    index = {word: row for row, word in enumerate(order)}
    most = log(len(statements))
    strangeness = np.array([_strangeness(word, log(len(statements) / counts[word]) / most) for word in order])
    return LabelWords(
        of=tuple(tuple(sorted({index[word] for word in words})) for words in kept),
        words=tuple(order),
        strangeness=strangeness,
        vectors=stem_vectors(order, distilled),
    )


def verb_first(statement: Statement) -> bool:
    """Whether a label starts with a verb: ESCO skills do, ESCO knowledge and Open Skills do not."""
    return statement.vocabulary == "esco" and statement.kind == "skill"


def label_rarity(statements: Sequence[Statement]) -> dict[str, float]:
    """How rare each stem is among the labels, 0 (in all) to 1 (in one)."""
    counts = Counter(word for each in statements for word in set(words_of(each.label)))
    most = log(len(statements))
    return {word: log(len(statements) / count) / most for word, count in counts.items()}


def named_share(label: str, said: Collection[str], rarity: Mapping[str, float]) -> float:
    """How much of a label stands among stems that were said, 0-1, each word weighed by its rarity.

    >>> named_share("operate forklift", {"forklift"}, {"operat": 0.25, "forklift": 0.75})
    0.75
    """
    weights = {word: rarity.get(word, 1.0) for word in words_of(label)}
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in said) / total if total else 0.0


def stem_vectors(stems: Sequence[str], distilled: DistilledWords) -> Vectors:
    """The mean distilled vector of the words that share each stem; shape (stems, 384)."""
    index = {each: row for row, each in enumerate(stems)}
    total = np.zeros((len(stems), distilled.vectors.shape[1]), dtype=np.float32)
    for word, column in distilled.tfidf.vocabulary_.items():
        row = index.get(stem(word))
        if row is not None:
            total[row] += distilled.vectors[column]
    return unit(total)


@dataclass(frozen=True, slots=True)
class StemTable:
    """Vectors of all stems that the distilled words know."""

    row: dict[str, int]
    vectors: Vectors

    def of(self, stems: Iterable[str]) -> Vectors:
        """Vectors of those stems that are known; shape (known stems, 384)."""
        return self.vectors[[self.row[each] for each in stems if each in self.row]]


def stem_table(distilled: DistilledWords) -> StemTable:
    """Every known stem with its vector."""
    stems = sorted({stem(word) for word in distilled.tfidf.vocabulary_})
    return StemTable({each: row for row, each in enumerate(stems)}, stem_vectors(stems, distilled))


def nouns_of(text: str) -> set[str]:
    """Words cut to the singular only, so that shipping by road does not make ships.

    >>> sorted(nouns_of("Shipping by ships"))
    ['by', 'ship', 'shipping']
    """
    found = re.findall(r"[a-z0-9+#]+", text.lower().replace("'s", ""))
    return {stem(word) if word.endswith("s") else word for word in found}


def called_for(verbs: Sequence[str], tasks: Sequence[str]) -> np.ndarray:
    """Whether each task has a word that calls for each label's verb; shape (verbs, tasks).

    Verbs that the table does not list are taken as called for.

    >>> called_for(("sell", "play"), ("Record sales of toys.", "Put toys away.")).tolist()
    [[True, False], [True, True]]
    """
    having: dict[str, list[int]] = {}
    for row, task in enumerate(tasks):
        for word in set(WORDS.findall(task.lower())):
            having.setdefault(word, []).append(row)
    called = np.zeros((len(verbs), len(tasks)), dtype=bool)
    for own, verb in zip(called, verbs, strict=True):
        calls = VERBS.get(verb)
        if calls is None:
            own[:] = True
            continue
        for word, rows in having.items():
            if word.startswith(calls):
                own[rows] = True
    return called


def supervises(label: str) -> bool:
    """Whether a statement is about being in charge of people or of a unit.

    >>> supervises("supervise nursing staff"), supervises("manage time"), supervises("lead a team")
    (True, False, True)
    """
    words = WORDS.findall(label.lower())
    if not words:
        return False
    return words[0] in IN_CHARGE or (
        words[0] in IN_CHARGE_OF and bool(PEOPLE_OR_UNIT.intersection(words[1:]))
    )


def role_supervises(title: str, tasks: Iterable[str]) -> bool:
    """Whether the title or several tasks put people under this role."""
    if re.search(
        r"\b(supervisor|manager|executive|director|chief|administrator|superintendent|commander|principal)s?\b",
        title.lower(),
    ):
        return True
    return sum(bool(re.match(r"(supervise|direct|manage|oversee)\b", task.lower())) for task in tasks) >= 3


def _strangeness(word: str, rarity: float) -> float:
    if word in PLAIN_STEMS:
        return 0.0
    if word in DOMAIN_STEMS:
        return 1.0
    return max(0.0, rarity)

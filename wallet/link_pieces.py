"""A text in pieces that each say one thing, in the words of the vocabulary.

"Changed oil, brakes and tires" is three things, and the verb is said once. Everyday words are put
in the vocabulary's words besides ("kids": child), Spanish ones instead: word by word, which is
all that finding needs. The list is data/starter/everyday_words.csv, carried in the index.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import words

LONGEST_TEXT = 4000
"""Letters that are read; what follows is not."""
MOST_CLAUSES = 10
FEWEST_WORDS = 2
"""That say something, in a clause that is looked up by itself."""
LONGEST_PHRASE = 4
PUT_COST, CLAUSE_COST, HEAD_COST = 1.0, 5.0, 3.0
"""Off the score of what was put otherwise, and of a part: both are less certain than the whole text."""
BREAKS = re.compile(r"[;:,.!?()\[\]\n\r\t•|/&]|\s[-–—]\s|\b(?:and|but|then|while)\b", re.IGNORECASE)
SPANISH_BREAKS = re.compile(r"[;:,.!?¿¡()\[\]\n\r\t•|/&]|\s[-–—]\s|\b(?:y|e|pero)\b", re.IGNORECASE)
# What follows says where, when, for whom: the words before it say what was done.
ASIDES = re.compile(
    r"\b(?:at|for|in|on|with|during|from|near|inside|after|before|around|every|per|to|into|through|under)\b",
    re.IGNORECASE,
)
SPANISH_ASIDES = re.compile(
    r"\b(?:en|para|por|con|durante|desde|entre|cada|hasta|sobre|a los|a las)\b", re.IGNORECASE
)
LONG, LONG_TOLD = 6, 4
"""Words of a text that is more than the name of a skill: only then what is said aside is taken away.

What is told in the past, or in Spanish, is no name of a skill anyhow."""
_UNCHANGED = frozenset({"cut", "put", "set", "shut", "split", "spread"})
# Small words of Spanish that are English words or letters too say nothing about the language.
_EITHER = frozenset({"a", "me", "no", "o", "son", "u", "he"})
_ENDINGS = """
    abamos aremos eremos iremos ariamos eriamos iriamos ieramos aramos iendo ando yendo aban abas aba amos
    emos imos iamos ieron aron aste iste ados adas idos idas ado ada ido ida ian ias ia arse erse irse arlos
    arlas arles arle arla arlo erlos erlas erle ar er ir io eis ais es as os an en a e o i
"""
_SPANISH_ENDINGS = sorted(_ENDINGS.split(), key=len, reverse=True)
_CLITIC = re.compile(r"(?<=ar|er|ir)(?:l[oae]s?|se|me)$|(?<=ndo)(?:l[oae]s?|se|me)$")


Known = Callable[[Iterable[str]], Sequence[bool]]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words to look for, what they were in the text, and what is taken off their score."""

    text: str
    said: str
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Everyday:
    """Everyday words and what they mean in the vocabulary's, English and Spanish."""

    english: Mapping[tuple[str, ...], str]
    spanish: Mapping[tuple[str, ...], str]
    spanish_nouns: Mapping[tuple[str, ...], str] = field(repr=False)
    spanish_verbs: Mapping[str, str] = field(repr=False)

    @classmethod
    def read(cls, path: Path) -> Everyday:
        """Read the list: language, words, means."""
        english: dict[tuple[str, ...], str] = {}
        spanish: dict[tuple[str, ...], str] = {}
        nouns: dict[tuple[str, ...], str] = {}
        verbs: dict[str, str] = {}
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                raw = words.raw_words(row["words"])
                if row["language"] == "es":
                    spanish[tuple(raw)] = row["means"]
                    if not row["means"]:
                        continue
                    nouns.setdefault(tuple(map(spanish_noun, raw)), row["means"])
                    # Only verbs inflect like verbs, or venda (bandage) would stand for vender (sell).
                    if len(raw) == 1 and raw[0].endswith(("ar", "er", "ir")):
                        verbs.setdefault(spanish_stem(raw[0]), row["means"])
                else:
                    english[tuple(map(words.spelled, raw))] = row["means"]
        return cls(english, spanish, nouns, verbs)

    def is_spanish(self, text: str, known: Known) -> bool:
        """Whether more of the words are Spanish than English; words of both say nothing."""
        raw = words.raw_words(text)
        spanish = english = 0.0
        for word, is_known in zip(raw, known(map(words.spelled, raw)), strict=True):
            listed = self._spanish([word]) is not None
            if word in words.STOP_WORDS and word not in _EITHER:
                english += 1
            elif self.spanish.get((word,)) == "" and word not in _EITHER:
                spanish += 1
            elif listed != is_known:
                spanish, english = spanish + listed, english + is_known
        return spanish > english

    def translated(self, text: str) -> str:
        """Spanish words in English ones, in their order; what is not in the list stays as it is."""
        raw = words.raw_words(text)
        found, at = [], 0
        while at < len(raw):
            for length in range(min(LONGEST_PHRASE, len(raw) - at), 0, -1):
                means = self._spanish(raw[at : at + length])
                if means is not None:
                    found.append(means)
                    at += length
                    break
            else:
                found.append(raw[at])
                at += 1
        return " ".join(filter(None, found))

    def _spanish(self, phrase: Sequence[str]) -> str | None:
        means = self.spanish.get(tuple(phrase))
        if means is None:
            means = self.spanish_nouns.get(tuple(map(spanish_noun, phrase)))
        if means is None and len(phrase) == 1:
            means = self.spanish_verbs.get(spanish_stem(phrase[0]))
        return means

    def put(self, text: str) -> str | None:
        """English words in the vocabulary's; ``None`` where the list has none of them."""
        spelled = words.words(text)
        found, at, any_found = [], 0, False
        while at < len(spelled):
            for length in range(min(LONGEST_PHRASE, len(spelled) - at), 0, -1):
                means = self.english.get(tuple(spelled[at : at + length]))
                if means is not None:
                    found.append(means)
                    at, any_found = at + length, True
                    break
            else:
                found.append(spelled[at])
                at += 1
        return " ".join(found) if any_found else None


def pieces(text: str, everyday: Everyday, known: Known) -> list[Piece]:
    """The whole text and its clauses, each in words of the vocabulary; the whole comes first.

    ``known`` says of words in the one spelling whether the labels of skills have them.
    """
    text = " ".join(text[:LONGEST_TEXT].split())
    if not words.raw_words(text):
        return []
    if everyday.is_spanish(text, known):
        return list(_spanish(text, everyday))
    return list(_english(text, everyday))


def _english(text: str, everyday: Everyday) -> Iterator[Piece]:
    yield Piece(text, text)
    put = everyday.put(text)
    if put:
        yield Piece(put, text, PUT_COST)
    clauses = [each.strip() for each in BREAKS.split(text)]
    clauses = [
        each for each in clauses if any(word not in words.STOP_WORDS for word in words.raw_words(each))
    ]
    if len(clauses) < 2:
        if head := _head(text, ASIDES):
            yield Piece(everyday.put(head) or head, head, HEAD_COST)
        return
    verb = ""
    for clause in clauses[:MOST_CLAUSES]:
        first = words.raw_words(clause)[0]
        if _is_past(first):
            verb, whole = first, clause
        else:
            whole = f"{verb} {clause}".strip()
        if sum(word not in words.STOP_WORDS for word in words.raw_words(whole)) < FEWEST_WORDS:
            continue
        yield Piece(everyday.put(whole) or whole, clause, CLAUSE_COST)
        if head := _head(whole, ASIDES):
            yield Piece(everyday.put(head) or head, clause, CLAUSE_COST + HEAD_COST)


def _spanish(text: str, everyday: Everyday) -> Iterator[Piece]:
    yield Piece(everyday.translated(text), text)
    clauses = [each.strip() for each in SPANISH_BREAKS.split(text) if words.raw_words(each)]
    if len(clauses) < 2:
        if head := _head(text, SPANISH_ASIDES):
            yield Piece(everyday.translated(head), head, HEAD_COST)
        return
    for clause in clauses[:MOST_CLAUSES]:
        put = everyday.translated(clause)
        if put:
            yield Piece(put, clause, CLAUSE_COST)
        if head := _head(clause, SPANISH_ASIDES):
            yield Piece(everyday.translated(head), clause, CLAUSE_COST + HEAD_COST)


def _head(text: str, asides: re.Pattern[str]) -> str:
    """What a longer text says before it says where or for whom; empty where that is everything or little."""
    raw = words.raw_words(text)
    told = asides is SPANISH_ASIDES or _is_past(raw[0])
    if len(raw) < (LONG_TOLD if told else LONG):
        return ""
    head = asides.split(text, maxsplit=1)[0].strip()
    said = [word for word in words.raw_words(head) if word not in words.STOP_WORDS]
    return head if len(said) >= FEWEST_WORDS and len(head) < len(text) else ""


def _is_past(word: str) -> bool:
    """Whether an English word looks like what somebody did."""
    return word.endswith(("ed", "ing")) or word in words.IRREGULAR or word in _UNCHANGED


def spanish_noun(word: str) -> str:
    """A Spanish noun or adjective without number and gender.

    >>> spanish_noun("platos") == spanish_noun("plato"), spanish_noun("camiones") == spanish_noun("camion")
    (True, True)
    """
    if len(word) < 4:
        return word
    if word.endswith("es") and len(word) > 5 and word[-3] in "nlrdzj":
        return word[:-2]
    word = word.removesuffix("s")
    return word[:-1] + "o" if word.endswith("a") and len(word) > 3 else word


@lru_cache(maxsize=4096)
def spanish_stem(word: str) -> str:
    """What a Spanish verb shares with its inflections.

    >>> spanish_stem("reparaba") == spanish_stem("reparar"), spanish_stem("vendia") == spanish_stem("vender")
    (True, True)
    """
    if len(word) < 4:
        return word
    if word.endswith("ciones"):
        return word[:-5] + "ion"
    word = _CLITIC.sub("", word)
    for ending in _SPANISH_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 4 and word.endswith("i"):
        word = word[:-1]
    if word.endswith("qu"):
        return word[:-2] + "c"
    if word.endswith("gu"):
        return word[:-1]
    return word[:-1] + "c" if word.endswith("z") else word

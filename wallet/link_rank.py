"""How well a piece of text names a skill: candidates by three likenesses, then a closer look.

Every weight here was chosen on labels of ESCO's own list; ``python -m tools.fit_linking`` fits them
anew and measures both. The curve, and what each part brings, is in docs/linking.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

import words
from wallet.link_index import Floats, Places, SkillIndex

LONGEST = 40
"""Words of a piece of text that are looked at."""
CANDIDATE_LABELS = 70
CANDIDATES_BY_ONE = 25
BLOCK = 4096
TOGETHER = 4
"""Pieces that are compared with all labels at once: more would need megabytes each."""
# Of meaning, letters and shared stems, when labels are looked for.
FIRST_MIX = np.array([0.5, 0.3, 0.35], dtype=np.float32)
# Of meaning, letters and agreement, for the preferred label.
LABEL_MIX = np.array([0.3, 0.2, 0.5], dtype=np.float32)
UNKNOWN_WEIGHT = 6.0
"""Of a word that no label has; about that of a word in one label of the whole index."""
FEATURES = (
    "meaning",
    "letters",
    "label_said",
    "text_said",
    "agreement",
    "same_stems",
    "preferred",
    "anywhere",
    "about",
)
WEIGHTS = np.array([4.5, 2.6, 2.8, 1.0, 18.0, -9.7, 3.7, 4.5, 4.3], dtype=np.float32)
"""Of the features; the best label of a skill counts."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates of one piece of text, by place, with their features; not ordered."""

    places: Places
    features: Floats

    def scores(self, weights: Floats = WEIGHTS) -> Floats:
        """One number a candidate; more is likelier."""
        return self.features @ weights


class Piece:
    """A piece of text, with all that is known of its words."""

    def __init__(self, index: SkillIndex, text: str) -> None:
        self.words = words.words(text)[:LONGEST]
        at = index.words_at(self.words)
        known = np.maximum(at, 0)
        self.stems = index.stems_at(words.stem(word) for word in self.words)
        self.weights = np.where(self.stems >= 0, index.stem_weight[np.maximum(self.stems, 0)], UNKNOWN_WEIGHT)
        stop = np.array([word in words.STOP_WORDS for word in self.words], dtype=bool)
        self.weights[stop & (self.stems < 0)] = 0.5
        vectors = index.vectors(at)
        self.vectors = _unit(vectors)
        self.vector = _unit((vectors * np.where(at >= 0, index.word_rarity[known], 0)[:, None]).sum(axis=0))
        slots = [words.grams(word) for word in self.words]
        ends = np.cumsum([0, *map(len, slots)])
        flat = np.array([slot for each in slots for slot in each], dtype=np.int32)
        self.grams = sparse.csr_array(
            (index.gram_rarity[flat], flat, ends), shape=(len(self.words), words.GRAM_SLOTS)
        )
        self.grams.sum_duplicates()

    @property
    def weight(self) -> float:
        """Of all its words together."""
        return max(float(self.weights.sum()), 1e-6)


def rank(
    index: SkillIndex,
    texts: Sequence[str],
    *,
    esco_only: bool = False,
    without: Places | None = None,
) -> list[Ranked]:
    """Candidates for each text.

    Parameters
    ----------
    index : SkillIndex
    texts : sequence of str
        Pieces of text; one without a word has no candidates.
    esco_only : bool, optional
        Skills of ESCO alone.
    without : array of int, optional
        Labels that are taken as not there.
    """
    pieces = [Piece(index, text) for text in texts]
    asked = [piece for piece in pieces if piece.words]
    if not asked:
        return [Ranked(np.zeros(0, np.int32), np.zeros((0, len(FEATURES)), np.float32)) for _ in pieces]
    last = int(index.statement_label[index.esco_skills]) if esco_only else len(index.label_norm)
    found: list[Ranked] = []
    for start in range(0, len(asked), TOGETHER):
        some = asked[start : start + TOGETHER]
        likeness = _likenesses(index, some)
        if without is not None:
            likeness[without] = -1
        found += [_closer(index, piece, likeness[:, at], last, without) for at, piece in enumerate(some)]
    each = iter(found)
    nobody = Ranked(np.zeros(0, np.int32), np.zeros((0, len(FEATURES)), np.float32))
    return [next(each) if piece.words else nobody for piece in pieces]


def _likenesses(index: SkillIndex, pieces: Sequence[Piece]) -> Floats:
    """Of every label with every piece by meaning, letters and stems; shape (labels, pieces, 3)."""
    by_word = np.zeros((len(index.word), len(pieces), 3), dtype=np.float32)
    vectors = np.stack([piece.vector for piece in pieces])
    for start in range(0, len(index.word), BLOCK):
        rows = slice(start, start + BLOCK)
        # Not by @: for products as small as these its threads cost more than they do, on a busy machine.
        meaning = np.einsum("wd,pd->wp", index.word_vector[rows].astype(np.float32), vectors)
        by_word[rows, :, 0] = meaning * (index.word_scale[rows] * index.word_rarity[rows])[:, None]
    grams = np.zeros((words.GRAM_SLOTS, len(pieces)), dtype=np.float32)
    for at, piece in enumerate(pieces):
        grams[:, at] = np.bincount(piece.grams.indices, piece.grams.data, words.GRAM_SLOTS)
        shared = _shared(index, piece)
        by_word[:, at, 2] = shared[index.word_stem]
    by_word[:, :, 1] = index.word_gram @ _unit(grams.T).T
    found = index.label_word @ by_word.reshape(len(index.word), -1)
    found = np.asarray(found).reshape(-1, len(pieces), 3)
    found /= index.label_norm[:, None, :]
    return found


def _shared(index: SkillIndex, piece: Piece) -> Floats:
    """What a label gains by each stem: those of the piece, and less by those that stand for one."""
    gains = np.zeros(len(index.stem), dtype=np.float32)
    distinct, first = np.unique(piece.stems, return_index=True)
    length = 0.0
    for stem, at in zip(distinct.tolist(), first.tolist(), strict=True):
        length += float(piece.weights[at]) ** 2
        if stem < 0:
            continue
        weight = index.stem_weight[stem]
        gains[stem] = max(gains[stem], weight**2)
        near = slice(index.near.indptr[stem], index.near.indptr[stem + 1])
        others = index.near.indices[near]
        gains[others] = np.maximum(
            gains[others], 0.8 * weight * index.stem_weight[others] * index.near.data[near]
        )
    return gains / max(length**0.5, 1e-6)


def _closer(index: SkillIndex, piece: Piece, likeness: Floats, last: int, without: Places | None) -> Ranked:
    mixed = np.einsum("lk,k->l", likeness[:last], FIRST_MIX)
    best = [_largest(mixed, CANDIDATE_LABELS)]
    best += [_largest(likeness[:last, by], CANDIDATES_BY_ONE) for by in range(3)]
    places = np.unique(index.label_owner[np.concatenate(best)])
    labels = _ranges(index.statement_label[places], index.statement_label[places + 1])
    if without is not None:
        labels = labels[~np.isin(labels, without)]
    owner = index.label_owner[labels]
    places, begin = np.unique(owner, return_index=True)

    ends = index.label_word.indptr
    at = _ranges(ends[labels], ends[labels + 1])
    begins = np.cumsum(ends[labels + 1] - ends[labels]) - (ends[labels + 1] - ends[labels])
    label_words = index.label_word.indices[at]
    distinct, back = np.unique(label_words, return_inverse=True)
    alike, same = _word_likeness(index, piece, distinct)
    weights = index.stem_weight[index.word_stem[distinct]][back]
    total = np.maximum(np.add.reduceat(weights, begins), 1e-6)

    by_token = alike[:, back]
    label_said = np.add.reduceat(by_token.max(axis=0) * weights, begins) / total
    by_label = np.maximum.reduceat(by_token, begins, axis=1)
    text_said = piece.weights @ by_label / piece.weight
    same_token = same[:, back]
    label_same = np.add.reduceat(same_token.max(axis=0) * weights, begins) / total
    text_same = piece.weights @ np.maximum.reduceat(same_token, begins, axis=1) / piece.weight
    agreement = np.sqrt(np.maximum(label_said * text_said, 0))
    meaning, letters = likeness[labels, 0], likeness[labels, 1]
    mixed = LABEL_MIX[0] * meaning + LABEL_MIX[1] * letters + LABEL_MIX[2] * agreement

    by_best = np.stack(
        [meaning, letters, label_said, text_said, agreement, np.sqrt(label_same * text_same)], axis=1
    )
    best_label = np.maximum.reduceat(by_best, begin, axis=0)
    preferred = np.where(labels[begin] == index.statement_label[places], mixed[begin], 0)
    about, told = _abouts(index, piece, places)
    named = np.maximum.reduceat(by_label, begin, axis=1) > 0.95
    anywhere = piece.weights @ np.maximum(named, told) / piece.weight
    return Ranked(
        places.astype(np.int32),
        np.column_stack([best_label, preferred, anywhere, about]).astype(np.float32),
    )


def _word_likeness(index: SkillIndex, piece: Piece, known: Places) -> tuple[Floats, Floats]:
    """How far each word of the piece and each known word mean the same, and whether they share their stem."""
    stems = index.word_stem[known]
    same = ((piece.stems[:, None] == stems) & (piece.stems[:, None] >= 0)).astype(np.float32)
    meaning = np.einsum("pd,kd->pk", piece.vectors, _unit(index.vectors(known)))
    rows = index.word_gram[known]
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    own = np.sqrt(np.asarray(piece.grams.multiply(piece.grams).sum(axis=1)).ravel())
    letters = (piece.grams @ rows.T).toarray() / np.maximum(own[:, None] * lengths, 1e-6)
    alike = np.maximum(np.maximum(meaning - 0.1, 0), np.clip(1.15 * letters - 0.15, 0, 0.95))
    for at, stem in enumerate(piece.stems.tolist()):
        if stem >= 0:
            near = slice(index.near.indptr[stem], index.near.indptr[stem + 1])
            others, values = index.near.indices[near], index.near.data[near]
            if len(others):
                where = np.minimum(np.searchsorted(others, stems), len(others) - 1)
                alike[at] = np.maximum(alike[at], np.where(others[where] == stems, values[where], 0))
    return np.maximum(alike, same).astype(np.float32), same


def _abouts(index: SkillIndex, piece: Piece, places: Places) -> tuple[Floats, NDArray[np.bool_]]:
    """Likeness of the piece with the skills' descriptions, and which of its words stand in them."""
    ends = index.about_word.indptr
    at = _ranges(ends[places], ends[places + 1])
    lengths = ends[places + 1] - ends[places]
    known = index.about_word.indices[at]
    row = np.repeat(np.arange(len(places)), lengths)
    vectors = np.zeros((len(places), index.word_vector.shape[1]), dtype=np.float32)
    some = np.flatnonzero(lengths)
    if len(some):
        begins = (np.cumsum(lengths) - lengths)[some]
        vectors[some] = np.add.reduceat(index.vectors(known) * index.word_rarity[known][:, None], begins)
    stems = index.word_stem[known]
    told = np.zeros((len(piece.words), len(places)), dtype=bool)
    for word, stem in enumerate(piece.stems.tolist()):
        if stem >= 0:
            told[word, row[stems == stem]] = True
    return _unit(vectors) @ piece.vector, told


def _largest(values: Floats, count: int) -> NDArray[np.intp]:
    if count >= len(values):
        return np.arange(len(values))
    # All but a few are far below: what is not above the last of the largest of a part cannot be among them.
    values = np.ascontiguousarray(values)
    part = values[: len(values) // 4]
    if count < len(part):
        bound = np.partition(part, len(part) - count)[len(part) - count]
        near = np.flatnonzero(values >= bound)
        return near[np.argpartition(values[near], len(near) - count)[len(near) - count :]]
    return np.argpartition(values, len(values) - count)[len(values) - count :]


def _ranges(starts: Places, ends: Places) -> NDArray[np.int64]:
    """All whole numbers of several ranges, one after the other."""
    lengths = (ends - starts).astype(np.int64)
    before = np.cumsum(lengths) - lengths
    return np.arange(lengths.sum()) + np.repeat(starts - before, lengths)


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)

"""The index by which free text is linked to skills: computed at build, written beside the database.

A folder of plain arrays that are mapped into memory, so that a worker holds only what it reads.
`wallet.link_index` reads it; docs/linking.md says how it is used and what each part brought.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

import words
from data.distil import Floats, Words, counted, distil
from data.errors import InputFault
from data.sources.onet_tasks import read_json
from data.sources.technologies import MAKERS, product
from data.substitutes import substitutes

FOLDER = "skill_index"
FORM = 1
"""Raised whenever what is written changes; a reader takes its own form only."""
DIMENSIONS = 128
EMBEDDED = 384
STOP_WEIGHT = 0.15
UNLICENSED = "ukos"
EVERYDAY = "everyday_words.csv"
LONGEST_NAME = 64
_MAKERS_FOLDED = frozenset(maker.casefold() for maker in MAKERS)


@dataclass(frozen=True, slots=True)
class Statement:
    """A skill as the index knows it; a line is a label as the publisher keeps it, maybe a list of several."""

    row: tuple[str, str, str, str]
    about: str
    lines: tuple[str, ...]


def write(
    folder: Path, skill: pd.DataFrame, texts: Sequence[Path], vectors: Sequence[Path], everyday: Path
) -> None:
    """Compute the index and write it into a folder.

    Parameters
    ----------
    folder : Path
        A folder that is not there yet.
    skill : DataFrame
        name, published_name, uri, vocabulary, kind, description.
    texts, vectors : sequence of Path
        The packaged statements, tasks and knowledge, and the flat index of embeddings of each.
    everyday : Path
        CSV of everyday words and what they mean.

    Raises
    ------
    InputFault
        If a file does not hold what it should.
    """
    learned = learned_words(tuple(texts), tuple(vectors))
    statements, named = _statements(skill, _lines(texts[0]))
    folder.mkdir(parents=True)
    arrays = _arrays(statements, learned.known, learned.rarity, learned.vectors)
    arrays.update(_names(statements, named))
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    _texts(folder / "statement", ("\t".join(each.row) for each in (*statements, *named)))
    _texts(folder / "line", (line for each in statements for line in each.lines))
    shutil.copyfile(everyday, folder / EVERYDAY)
    esco = sum(each.row[2] == "esco" and each.row[3] == "skill" for each in statements)
    about = {"form": FORM, "esco_skills": esco, "statements": len(statements), "named": len(named)}
    (folder / "index.json").write_text(json.dumps(about), encoding="utf-8")


@lru_cache(maxsize=1)
def learned_words(texts: tuple[Path, ...], vectors: tuple[Path, ...]) -> Words:
    """Words learned from the packaged texts; a build asks for them twice."""
    known, meant = _meanings(texts, vectors)
    return Words(*distil(known, meant, DIMENSIONS))


def embedded(path: Path) -> int:
    """How many texts a flat index has the embeddings of."""
    return path.stat().st_size // (EMBEDDED * 4)


def keep_only(parent: Path, build_id: str) -> None:
    """Remove the indexes of other builds; whoever has one mapped goes on reading it."""
    for folder in parent.glob("*"):
        if folder.name != build_id:
            shutil.rmtree(folder, ignore_errors=True)


def _meanings(texts: Sequence[Path], vectors: Sequence[Path]) -> tuple[list[str], Floats]:
    """Texts and their embeddings, but for the list that comes without a clear licence."""
    known: list[str] = []
    meant = []
    for path, index in zip(texts, vectors, strict=True):
        frame = read_json(path, ("text", "taxonomy"))
        ours = (frame.taxonomy != UNLICENSED).to_numpy()
        known += frame.text[ours].tolist()
        meant.append(read_embeddings(index, len(frame))[ours])
    return known, np.vstack(meant)


def read_embeddings(path: Path, count: int) -> Floats:
    """The vectors of a flat index of so many texts, length 1."""
    content = path.read_bytes()
    size = count * EMBEDDED * 4
    if not content.startswith(b"IxF") or len(content) < size:
        raise InputFault(path, f"is not a flat index of {count} vectors")
    vectors = np.frombuffer(content[-size:], dtype="<f4").reshape(count, EMBEDDED)
    return (vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)).astype(np.float32)


def _lines(path: Path) -> dict[str, tuple[str, ...]]:
    """Other labels by URI, as the publisher lists them."""
    frame = read_json(path, ("addtional_notes", "taxonomy", "source_url"))
    frame = frame[frame.taxonomy == "esco"]
    return {
        uri: tuple(line.strip() for line in notes.split("\n") if line.strip())
        for uri, notes in zip(frame.source_url.tolist(), frame.addtional_notes.tolist(), strict=True)
    }


def _statements(
    skill: pd.DataFrame, lines: dict[str, tuple[str, ...]]
) -> tuple[list[Statement], list[Statement]]:
    """Skills linked by their words, ESCO's own first; and technologies, found by their names only."""
    order = {("esco", "skill"): 0, ("osn", "skill"): 1, ("esco", "knowledge"): 2}
    linked: list[tuple[int, Statement]] = []
    named = []
    columns = ("name", "published_name", "uri", "vocabulary", "kind", "description")
    for name, published, uri, vocabulary, kind, about in zip(
        *(skill[column].tolist() for column in columns), strict=True
    ):
        row = (name, uri, vocabulary, kind)
        if kind == "technology":
            named.append(Statement(row, "", (published,)))
            continue
        # O*NET's elements are too wide for a text to speak of: "Design", "Mathematics".
        if vocabulary == "onet":
            continue
        others = list(lines.get(uri, ()))
        if published.endswith(")") and "(" in published:
            others.append(published[: published.rindex("(")].strip())
        linked.append((order[vocabulary, kind], Statement(row, about, (published, *others))))
    linked.sort(key=lambda each: each[0])
    return [statement for _, statement in linked], named


def _arrays(
    statements: Sequence[Statement], learned: list[str], rarity: Floats, vectors: Floats
) -> dict[str, NDArray[np.generic]]:
    labels: list[str] = []
    line_of: list[int] = []
    label_ends, line_ends, line = [0], [0], 0
    for statement in statements:
        for text in statement.lines:
            for label in text.split(", "):
                if words.WORD.search(words.folded(label)):
                    labels.append(label)
                    line_of.append(line)
            line += 1
        label_ends.append(len(labels))
        line_ends.append(line)

    label_words, in_labels = counted(labels)
    about_words, in_abouts = counted([statement.about for statement in statements])
    known = sorted({*learned, *label_words, *about_words})
    place = {word: at for at, word in enumerate(known)}
    label_word = _moved(in_labels, [place[word] for word in label_words], len(known))
    about_word = _moved(in_abouts, [place[word] for word in about_words], len(known))

    word_rarity = np.zeros(len(known), dtype=np.float32)
    word_vector = np.zeros((len(known), DIMENSIONS), dtype=np.float32)
    at = [place[word] for word in learned]
    word_rarity[at], word_vector[at] = rarity, vectors

    stems = [words.stem(word) for word in known]
    distinct = sorted(set(stems))
    stem_place = {stem: at for at, stem in enumerate(distinct)}
    word_stem = np.array([stem_place[stem] for stem in stems], dtype=np.int32)
    owner = np.repeat(np.arange(len(statements)), np.diff(label_ends))
    of_statement = _indicator(owner, len(statements))
    having = ((of_statement @ label_word) + about_word) > 0
    frequency = np.bincount(
        word_stem, weights=np.asarray(having.sum(axis=0)).ravel(), minlength=len(distinct)
    )
    stem_weight = np.log((1 + len(statements)) / (1 + np.minimum(frequency, len(statements)))) + 0.5
    stops = {words.stem(word) for word in words.STOP_WORDS}
    stem_weight[[at for at, stem in enumerate(distinct) if stem in stops]] *= STOP_WEIGHT
    stem_weight = stem_weight.astype(np.float32)

    gram_rarity, word_gram = _grams(known, label_word)
    scale = np.abs(word_vector).max(axis=1) / 127
    scale[scale == 0] = 1
    stem_sets = _indicator(word_stem, len(distinct)).T
    label_stem = (label_word @ stem_sets > 0).astype(np.float32)
    of_words = label_word @ (word_vector * word_rarity[:, None])
    of_grams = label_word @ word_gram
    norms = (
        np.linalg.norm(of_words, axis=1),
        np.sqrt(np.asarray(of_grams.multiply(of_grams).sum(axis=1)).ravel()),
        np.sqrt(label_stem @ (stem_weight**2)),
    )
    near = substitutes(
        label_stem, label_ends, stops=[stem_place[stem] for stem in stops if stem in stem_place]
    )
    return {
        "word": np.array(known, dtype=f"S{words.LONGEST_WORD}"),
        "word_stem": word_stem,
        "word_rarity": word_rarity,
        "word_vector": np.round(word_vector / scale[:, None]).astype(np.int8),
        "word_scale": scale.astype(np.float32),
        "stem": np.array(distinct, dtype=f"S{words.LONGEST_WORD}"),
        "stem_weight": stem_weight,
        "gram_rarity": gram_rarity,
        **_compressed("word_gram", word_gram),
        **_compressed("label_word", label_word),
        **_compressed("about_word", about_word),
        **_compressed("near", near),
        "label_norm": np.maximum(np.stack(norms, axis=1), 1e-6).astype(np.float32),
        "label_line": np.array(line_of, dtype=np.int32),
        "statement_label": np.array(label_ends, dtype=np.int32),
        "statement_line": np.array(line_ends, dtype=np.int32),
    }


def _grams(known: Sequence[str], label_word: sparse.csr_array) -> tuple[Floats, sparse.csr_array]:
    """How much a run of letters tells, and the weighted runs of every word."""
    slots = [words.grams(word) for word in known]
    ends = np.cumsum([0, *map(len, slots)])
    flat = np.array([slot for each in slots for slot in each], dtype=np.int32)
    word_gram = sparse.csr_array(
        (np.ones(len(flat), dtype=np.float32), flat, ends), shape=(len(known), words.GRAM_SLOTS)
    )
    word_gram.sum_duplicates()
    seen = np.asarray(((label_word @ word_gram) > 0).sum(axis=0)).ravel()
    rarity = (np.log((1 + label_word.shape[0]) / (1 + seen)) + 1).astype(np.float32)
    return rarity, (word_gram @ sparse.diags_array(rarity)).tocsr().astype(np.float32)


def _names(statements: Sequence[Statement], named: Sequence[Statement]) -> dict[str, NDArray[np.generic]]:
    """Names of products, by which a text is searched: folded, as written, and whose they are.

    A product that ESCO knows too stays ESCO's. A name of ordinary words has to stand in the text
    with its own capitals, for Word and Access are words.
    """
    found: dict[str, tuple[str, int]] = {}
    published = {" ".join(words.raw_words(each.lines[0])) for each in statements}
    known = {word for each in statements for word in words.raw_words(f"{each.lines[0]} {each.about}")}
    known |= {words.spelled(word) for word in known}
    seen = Counter(word for each in named for word in set(words.raw_words(each.lines[0])))
    rare = {word for word, times in seen.items() if times == 1}
    for at, each in enumerate((*statements, *named)):
        written = each.lines[0]
        if at < len(statements):
            if each.row[3] != "knowledge" or not any(letter.isupper() for letter in written):
                continue
            written = written.split(" (")[0]
        elif " ".join(words.raw_words(written)) in published:
            continue
        names = [written]
        names += filter(None, (product(written), _one_word(written, rare, known)))
        for name in names:
            key = " ".join(words.raw_words(name))
            if key and len(key) < LONGEST_NAME and key not in found:
                found[key] = (name, at)
    keys = sorted(found)
    exact = [_is_ordinary(key, known) for key in keys]
    return {
        "name": np.array(keys, dtype=f"S{LONGEST_NAME}"),
        "name_written": np.array(
            [found[key][0].encode("ascii", "ignore") for key in keys], dtype=f"S{LONGEST_NAME}"
        ),
        "name_exact": np.array(exact, dtype=bool),
        "name_statement": np.array([found[key][1] for key in keys], dtype=np.int32),
    }


def _one_word(name: str, rare: Collection[str], known: Collection[str]) -> str:
    """The one word that a product goes by: Shopify software, Adobe Photoshop Lightroom; empty where none."""
    parts = name.split()
    if len(parts) == 2 and parts[1] == "software":
        word = parts[0]
    elif len(parts) == 3 and parts[0] in MAKERS and len(parts[2]) > 6 and words.folded(parts[2]) in rare:
        word = parts[2]
    else:
        return ""
    return word if word[:1].isupper() and words.folded(word) not in known else ""


def _is_ordinary(name: str, known: Collection[str]) -> bool:
    """Whether a product's name could be ordinary words: these count only as they are written."""
    parts = name.split()
    if len(parts) == 1:
        return len(name) < 6 or name in known
    if parts[-1] in ("software", "system", "systems") or parts[0] in _MAKERS_FOLDED:
        return False
    return all(part in known for part in parts)


def _indicator(group: NDArray[np.integer], groups: int) -> sparse.csr_array:
    """One row a group, a one for each of its members."""
    members = np.arange(len(group))
    return sparse.csr_array(
        (np.ones(len(group), dtype=np.float32), (group, members)), shape=(groups, len(group))
    )


def _moved(counts: sparse.csr_array, places: Sequence[int], width: int) -> sparse.csr_array:
    at = np.array(places, dtype=np.int32)
    moved = sparse.csr_array((counts.data, at[counts.indices], counts.indptr), shape=(counts.shape[0], width))
    moved.sort_indices()
    return moved


def _compressed(name: str, matrix: sparse.csr_array) -> dict[str, NDArray[np.generic]]:
    return {
        f"{name}_ends": matrix.indptr.astype(np.int32),
        f"{name}_at": matrix.indices.astype(np.int32),
        f"{name}_value": matrix.data.astype(np.float32),
    }


def _texts(path: Path, texts: Iterable[str]) -> None:
    """Texts one after the other, and where each ends."""
    encoded = [text.encode() for text in texts]
    path.with_suffix(".txt").write_bytes(b"".join(encoded))
    np.save(path.with_name(f"{path.name}_ends.npy"), np.cumsum([0, *map(len, encoded)], dtype=np.int64))

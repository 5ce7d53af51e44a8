"""The index of skills, as `data.skill_index` wrote it: arrays mapped into memory, texts read when shown."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

import words

FOLDER = "skill_index"
FORM = 1
BUILD_HINT = "Build it with: python -m data build"
Floats = NDArray[np.float32]
Places = NDArray[np.int32]


class IndexAway(RuntimeError):  # noqa: N818
    """There is no index of skills to read just now; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A published skill as it is shown.

    ``kind`` is ``skill``, ``knowledge`` or ``technology``.
    """

    name: str
    uri: str
    vocabulary: str
    kind: str


class Texts:
    """Many texts in one file, each read when it is asked for."""

    def __init__(self, path: Path) -> None:
        self._ends = np.load(path.with_name(f"{path.name}_ends.npy"))
        with path.with_suffix(".txt").open("rb") as file:
            self._content = mmap(file.fileno(), 0, access=ACCESS_READ)

    def __getitem__(self, at: int) -> str:
        return self._content[int(self._ends[at]) : int(self._ends[at + 1])].decode()

    def __len__(self) -> int:
        return len(self._ends) - 1


class SkillIndex:
    """What is known of words, labels and skills. Make one with `open`; threads may share it.

    Labels are rows of ``label_word``; those of skill ``s`` lie from ``statement_label[s]`` to
    ``statement_label[s + 1]``, the preferred one first. ESCO's skills come first.
    """

    def __init__(self, folder: Path) -> None:
        about = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        if about["form"] != FORM:
            raise IndexAway(f"The index of skills was built by another version. {BUILD_HINT}")
        self.folder = folder
        self.esco_skills: int = about["esco_skills"]
        self.linked: int = about["statements"]

        def array(name: str) -> NDArray:
            return np.load(folder / f"{name}.npy", mmap_mode="r")

        def rows(name: str, shape: tuple[int, int]) -> sparse.csr_array:
            return sparse.csr_array(
                (array(f"{name}_value"), array(f"{name}_at"), array(f"{name}_ends")), shape=shape, copy=False
            )

        self.word, self.stem, self.name = array("word"), array("stem"), array("name")
        self.word_stem: Places = array("word_stem")
        self.word_rarity: Floats = array("word_rarity")
        self.word_vector: NDArray[np.int8] = array("word_vector")
        self.word_scale: Floats = array("word_scale")
        self.stem_weight: Floats = array("stem_weight")
        self.gram_rarity: Floats = array("gram_rarity")
        self.label_norm: Floats = array("label_norm")
        self.label_line: Places = array("label_line")
        self.statement_label: Places = array("statement_label")
        self.statement_line: Places = array("statement_line")
        self.name_written, self.name_exact = array("name_written"), array("name_exact")
        self.name_statement: Places = array("name_statement")
        self.word_gram = rows("word_gram", (len(self.word), words.GRAM_SLOTS))
        self.label_word = rows("label_word", (len(self.label_norm), len(self.word)))
        self.about_word = rows("about_word", (self.linked, len(self.word)))
        self.near = rows("near", (len(self.stem), len(self.stem)))
        self.label_owner: Places = np.repeat(
            np.arange(self.linked, dtype=np.int32), np.diff(self.statement_label)
        )
        self._statements, self.lines = Texts(folder / "statement"), Texts(folder / "line")

    @classmethod
    def open(cls, folder: Path) -> SkillIndex:
        """Open the index in ``folder``.

        Raises
        ------
        IndexAway
            If it is not there, damaged, or of another version.
        """
        try:
            return cls(folder)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexAway(f"There is no index of skills in {folder}. {BUILD_HINT}") from error

    def statement(self, at: int) -> Statement:
        """The skill in this place."""
        return Statement(*self._statements[at].split("\t"))

    @cached_property
    def place(self) -> dict[str, int]:
        """Where the statement with this URI stands."""
        return {self.statement(at).uri: at for at in range(len(self._statements))}

    def words_at(self, asked: Iterable[str]) -> Places:
        """Places of words; -1 where the index does not know one."""
        return _found(self.word, asked)

    def stems_at(self, asked: Iterable[str]) -> Places:
        """Places of stems; -1 where the index does not know one."""
        return _found(self.stem, asked)

    def names_at(self, asked: Iterable[str]) -> Places:
        """Places of product names; -1 where there is none of that name."""
        return _found(self.name, asked)

    def vectors(self, at: Places) -> Floats:
        """Vectors of words; zeros where a place is -1."""
        found = (
            self.word_vector[np.maximum(at, 0)].astype(np.float32) * self.word_scale[np.maximum(at, 0), None]
        )
        found[at < 0] = 0
        return found

    def labels_of(self, at: int, line: str) -> Places:
        """Labels of a skill that stand in this line of the publisher's list, to be left out."""
        first = int(self.statement_line[at])
        lines = [
            number for number in range(first, int(self.statement_line[at + 1])) if self.lines[number] == line
        ]
        labels = np.arange(self.statement_label[at], self.statement_label[at + 1])
        return labels[np.isin(self.label_line[labels], lines)]


def current(parent: Path) -> Path:
    """The folder of the newest index beside the database; for those who do not know the build's key."""
    folders = [folder for folder in parent.glob("*") if (folder / "index.json").is_file()]
    if not folders:
        raise IndexAway(f"There is no index of skills in {parent}. {BUILD_HINT}")
    return max(folders, key=lambda folder: (folder / "index.json").stat().st_mtime)


def _found(known: NDArray[np.bytes_], asked: Iterable[str]) -> Places:
    wanted = np.array([each.encode("ascii", "replace") for each in asked], dtype=known.dtype)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1).astype(np.int32)
    return np.where(known[at] == wanted, at, -1).astype(np.int32)

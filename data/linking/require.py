"""What each role requires: as the review has it, and as the filter has it where nobody has read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from data.linking.candidates import Candidates, Suitability
from data.linking.filter import Example, Filter, by_one_processor, known_of
from data.linking.importance import UNREAD, importance
from data.linking.inputs import Inputs, LinkingInputError, task_id
from data.linking.shortlist import shortlist, twins
from data.review import Decision

FEWEST, MOST = 15, 28
# From this probability on a candidate passes the filter.
FLOOR = 0.6
EVIDENCE = 4
# How the reason for dropping a statement begins that says what another one says.
SAID_BY_ANOTHER = "said by another"


@dataclass(frozen=True, slots=True)
class Link:
    """A requirement.

    ``statement`` is its row; ``score`` is how probably an expert keeps it, 1 where one has; ``importance``
    is 0-1; ``tasks`` are positions among the role's tasks, the one named by reading or the strongest first;
    ``read`` tells whether the review decided.
    """

    statement: int
    score: float
    importance: float
    tasks: tuple[int, ...]
    read: bool


def decided(inputs: Inputs, decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    """Decisions by role.

    Raises
    ------
    LinkingInputError
        If one names a role, a statement or a task of the role that the packages do not have.
    """
    rows = {statement.uri for statement in inputs.statements}
    tasks = {role.code: {task_id(inputs.tasks[task]) for task in role.tasks} for role in inputs.roles}
    by_role: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        for uri in (decision.skill_uri, *([decision.other_uri] if decision.other_uri else [])):
            if uri not in rows:
                raise LinkingInputError(
                    f"The review names {uri}, which is not among the published statements."
                )
        if decision.task not in tasks.get(decision.role_code, ()):
            raise LinkingInputError(
                f"The review names task {decision.task}, which {decision.role_code} does not have."
            )
        by_role[decision.role_code].append(decision)
    return dict(by_role)


@by_one_processor
def read_links(
    inputs: Inputs, suitability: Suitability, decided: Mapping[str, Sequence[Decision]]
) -> dict[str, tuple[Link, ...]]:
    """Requirements of the roles that were read, most important first."""
    rows = {statement.uri: row for row, statement in enumerate(inputs.statements)}
    roles = {role.code: role for role in inputs.roles}
    found = {}
    for code, own in decided.items():
        # Two candidates may have been swapped for the same statement.
        required = {rows[each.required]: each for each in reversed(own) if each.required}
        position = {task_id(inputs.tasks[task]): at for at, task in enumerate(roles[code].tasks)}
        candidates = suitability.of(code, np.array(sorted(required)))
        tasks = np.array([position[required[row].task] for row in sorted(required)])
        core = np.array([required[row].core for row in sorted(required)])
        found[code] = _links(candidates, np.ones(len(tasks)), tasks, core)
    return found


@by_one_processor
def examples(
    inputs: Inputs,
    suitability: Suitability,
    meanings: np.ndarray,
    decided: Mapping[str, Sequence[Decision]],
) -> list[Example]:
    """The candidates that were read, in a fixed order."""
    rows = {statement.uri: row for row, statement in enumerate(inputs.statements)}
    result = []
    for code in sorted(decided):
        read = {rows[each.skill_uri]: each for each in decided[code] if each.decision != "add"}
        statements = np.array(sorted(read))
        known = known_of(suitability.of(code, statements), twins(statements, inputs.statements, meanings))
        for position, statement in enumerate(statements):
            result.append(
                Example(
                    code,
                    int(statement),
                    suitability.verb(statement),
                    known[position],
                    read[statement].decision == "keep",
                    read[statement].reason.startswith(SAID_BY_ANOTHER),
                )
            )
    return result


@by_one_processor
def filtered_links(
    inputs: Inputs, suitability: Suitability, meanings: np.ndarray, learned: Filter, codes: Iterable[str]
) -> dict[str, tuple[Link, ...]]:
    """Requirements of roles that nobody has read, most important first."""
    found = {}
    for code in codes:
        best = suitability.best(code)
        short = shortlist(best, twins(best.statements, inputs.statements, meanings))
        known = known_of(short, twins(short.statements, inputs.statements, meanings))
        verbs = [suitability.verb(statement) for statement in short.statements]
        probabilities = learned.probabilities(
            code[:2], known, [int(each) for each in short.statements], verbs
        )
        order = np.argsort(-probabilities, kind="stable")
        passing = int(np.clip((probabilities >= FLOOR).sum(), FEWEST, MOST))
        taken = order[:passing]
        nobody = np.full(len(taken), UNREAD)
        found[code] = _links(short.at(taken), probabilities[taken], nobody, np.zeros(len(taken), dtype=bool))
    return found


def _links(
    candidates: Candidates, scores: np.ndarray, read_tasks: np.ndarray, core: np.ndarray
) -> tuple[Link, ...]:
    weights = importance(candidates.likeness, candidates.named, candidates.meant, read_tasks, core)
    links = []
    for position, statement in enumerate(candidates.statements):
        column = candidates.likeness[:, position]
        order = np.argsort(-column, kind="stable")
        near = [int(task) for task in order[:EVIDENCE] if column[task] >= max(0.5, column.max() - 0.1)]
        named = [int(read_tasks[position])] if read_tasks[position] != UNREAD else []
        tasks = list(dict.fromkeys([*named, *near] or [int(order[0])]))[:EVIDENCE]
        links.append(
            Link(
                statement=int(statement),
                score=float(scores[position]),
                importance=float(weights[position]),
                tasks=tuple(tasks),
                read=bool(named),
            )
        )
    return tuple(sorted(links, key=lambda link: (-link.importance, link.statement)))

r"""How important each requirement is within its role: the one place where that is decided.

The strength of requirement *i* of a role is a sum of shares, each 0-1:

.. math:: s_i = 0.45\,a_i + 0.30\,n_i + 0.15\,m_i + 0.10\,b_i + 0.30\,c_i - 0.25\,p_i

=== ==========================================================================================
a   answered: the best of call times rank over its tasks. A call is 0 at a likeness of 0.45 and
    1 at 0.75, and at least 0.6 for the task that reading names; the rank falls evenly from 1 for
    the first task of the role to 0.4 for its last, because O*NET lists the tasks by importance
n   named: how much of the label stands in the role's title, description or everyday titles,
    words weighed by how rare they are among labels
m   meant: likeness with the best clause of the description, spread over the role's requirements
b   breadth: how many tasks call for it, 1 at three full calls
c   core: 1 where reading says that the work cannot be done without it
p   paraphrase: 1 where its best task says it weakly (likeness of 0.55 and less), 0 from 0.65 on;
    nothing where reading names the task
=== ==========================================================================================

Within each role strengths are spread over 0.35 to 1, half by value and half by rank, so that one
statement far ahead does not press the others together. What reading calls core stands at 0.75 at
least.
"""

from __future__ import annotations

import numpy as np

ANSWERED, NAMED, MEANT, BREADTH, CORE, PARAPHRASE = 0.45, 0.30, 0.15, 0.10, 0.30, 0.25
LEAST, LEAST_CORE = 0.35, 0.75
LAST_TASK = 0.4
# What the task that reading names counts as, however the task words it.
READ_CALL = 0.6
# No task is named: the requirement was not read.
UNREAD = -1


def importance(
    likeness: np.ndarray, named: np.ndarray, meant: np.ndarray, task: np.ndarray, core: np.ndarray
) -> np.ndarray:
    """Importance 0.35-1 of the requirements of one role.

    Parameters
    ----------
    likeness : array of float, shape (tasks, requirements)
        Tasks in the order of O*NET.
    named : array of float, shape (requirements,)
        Share of the label that the role's own texts name, 0-1.
    meant : array of float, shape (requirements,)
        Likeness with the description, any scale.
    task : array of int, shape (requirements,)
        Position of the task that reading names; ``UNREAD`` where there was no reading.
    core : array of bool, shape (requirements,)
        What reading calls core.

    Returns
    -------
    array of float, shape (requirements,)
    """
    strength = (
        ANSWERED * answered(likeness, task)
        + NAMED * named
        + MEANT * spread(meant)
        + BREADTH * np.clip(calls(likeness).sum(axis=0) / 3, 0, 1)
        + CORE * core
        - PARAPHRASE * np.where(task != UNREAD, 0, np.clip((0.65 - likeness.max(axis=0)) / 0.1, 0, 1))
    )
    result = LEAST + (1 - LEAST) * (spread(strength) + spread(strength.argsort(kind="stable").argsort())) / 2
    return np.maximum(result, np.where(core, LEAST_CORE, LEAST))


def calls(likeness: np.ndarray) -> np.ndarray:
    """How much each task calls for each statement, 0-1; shape as given."""
    return np.clip((likeness - 0.45) / 0.3, 0, 1)


def answered(likeness: np.ndarray, task: np.ndarray) -> np.ndarray:
    """The best of call times rank over the tasks, 0-1, shape (requirements,)."""
    rank = np.linspace(1, LAST_TASK, len(likeness))[:, None]
    called = calls(likeness)
    read = np.flatnonzero(task != UNREAD)
    called[task[read], read] = np.maximum(called[task[read], read], READ_CALL)
    return (called * rank).max(axis=0)


def spread(values: np.ndarray) -> np.ndarray:
    """Values mapped to 0-1, the least to 0 and the greatest to 1; all 0 where they are equal."""
    low, high = values.min(), values.max()
    return (values - low) / max(high - low, 1e-6)

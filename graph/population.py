"""A demonstration population: invented wallets whose skills follow the jobs of a place.

Everybody has an occupation, drawn by the number of its local jobs, and one in three a former one, drawn the
same
way. Of what an occupation asks for, a skill is recorded with a chance of its importance times how often
people
record that skill at all, and how much of a wallet somebody else stands by differs from person to person.
Nothing of it
is about anybody; what follows from it about people follows from the numbers in this module.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from graph.model import LocalJobs, PeopleGroup
from graph.region import Asked

SEED = 53063
FORMER = 1 / 3
"""Share of people who also had another occupation."""

TELLING = 0.5
"""Share of people who tell of a group that they belong to it; invented."""

BELONGING = {
    PeopleGroup.VETERANS: 0.07,
    PeopleGroup.FIRST_GENERATION: 0.53,
    PeopleGroup.ENGLISH_LEARNERS: 0.08,
}
"""Share of people in each group: veterans among adults, 2018 (US Census Bureau, ACS-43, 2020); students of
whom no parent has a bachelor's degree, 2020 (Pell Institute, from NPSAS); English learners: invented."""

FADED = 0.5
"""What is left of the chance that a skill of the former occupation is recorded."""

RECORDED = (0.2, 1.3)
"""How often a skill is recorded where it is of full importance: drawn evenly between these, cut at 1."""

PROVEN = (1.2, 2.8)
"""Shape of the beta distribution of the share of a wallet that somebody else stands by."""


@dataclass(frozen=True, eq=False, slots=True)
class Population:
    """Invented wallets.

    Attributes
    ----------
    people : int
        Those with at least one skill.
    owner : numpy.ndarray of int, shape (holdings,)
        Number of the person, from 0; sorted.
    skill : numpy.ndarray of int, shape (holdings,)
        Column of ``Asked``.
    proven : numpy.ndarray of bool, shape (holdings,)
    groups : numpy.ndarray of int, shape (people,)
        The groups that each tells they belong to, by ``PeopleGroup.bit``. Drawn without regard to skills:
        what differs between groups is chance.
    """

    people: int
    owner: np.ndarray
    skill: np.ndarray
    proven: np.ndarray
    groups: np.ndarray


def populate(asked: Asked, jobs: Iterable[LocalJobs], size: int, seed: int = SEED) -> Population:
    """Invent wallets; the same ones for the same data, size and seed.

    Parameters
    ----------
    jobs : iterable of LocalJobs
        Of the place whose jobs the wallets follow, with published employment.
    size : int
        How many.

    Raises
    ------
    ValueError
        If no occupation has jobs and known requirements.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> from graph.model import Figure, Skill
    >>> weld = Skill("esco:weld", "weld metal", "https://example.org/weld", "esco", "skill")
    >>> asked = Asked({"51-4121": 0}, (weld,), csr_array([[1.0]]))
    >>> jobs = [LocalJobs("0044060", "51-4121", "Welders", Figure(120), 5.0, Figure(50_000))]
    >>> one, same = populate(asked, jobs, 100), populate(asked, jobs, 100)
    >>> one.people <= 100 and one.owner.tolist() == same.owner.tolist()
    True
    """
    counted: dict[str, float] = {}
    for one in jobs:
        if one.occupation_code in asked.occupations and one.employment.value:
            counted[one.occupation_code] = counted.get(one.occupation_code, 0.0) + one.employment.value
    if not counted:
        raise ValueError("There are no jobs to invent people after.")
    codes = sorted(counted)
    weights = np.array([counted[code] for code in codes])
    rng = np.random.default_rng(seed)
    often = rng.uniform(*RECORDED, size=len(asked.skills))
    share = rng.beta(*PROVEN, size=size)
    now = rng.choice(len(codes), size=size, p=weights / weights.sum())
    former = np.where(
        rng.random(size) < FORMER, rng.choice(len(codes), size=size, p=weights / weights.sum()), -1
    )
    owners: list[np.ndarray] = []
    skills: list[np.ndarray] = []
    for jobs_of, strength in ((now, 1.0), (former, FADED)):
        for position, code in enumerate(codes):
            people = np.flatnonzero(jobs_of == position)
            row = asked.importance[[asked.occupations[code]], :].tocoo()
            columns = row.coords[-1]
            if not len(people) or not len(columns):
                continue
            chance = np.minimum(1.0, strength * row.data * often[columns])
            held = rng.random((len(people), len(columns))) < chance
            who, what = np.nonzero(held)
            owners.append(people[who])
            skills.append(columns[what])
    # Who had a skill in both occupations has it once.
    pairs = np.unique(np.concatenate(owners).astype(np.int64) * len(asked.skills) + np.concatenate(skills))
    person, skill = pairs // len(asked.skills), pairs % len(asked.skills)
    proven = rng.random(len(pairs)) < share[person]
    there, owner = np.unique(person, return_inverse=True)
    # Drawn apart from the rest, so that whoever is asked for more about people stays the same people.
    asked_of = np.random.default_rng((seed, len(BELONGING)))
    groups = np.zeros(len(there), dtype=int)
    for group, belonging in BELONGING.items():
        groups |= np.where(asked_of.random(len(there)) < belonging * TELLING, group.bit, 0)
    return Population(len(there), owner, skill, proven, groups)

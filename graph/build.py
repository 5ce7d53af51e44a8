"""The skill-role graph: what every role requires, and how skills and roles are kin.

Built once from value objects; everything else in this room reads it and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from math import fsum

import networkx as nx
import numpy as np
from scipy.sparse import csr_array

from graph.model import Facet, Kinship, Relation, Requirement, Role
from graph.weights import FACET_WEIGHTS, LEAST_IMPORTANCE, RATED

STRONGEST_KIN = 0.8
"""No skill but the required one itself covers more than this."""

FAINTEST = 1e-6
"""What a release rates as not important at all is still required: it counts where nothing else is left."""

LIKENESSES_DRAWN = 10
"""Role-role edges kept in ``SkillRoleGraph.network`` for each role, the strongest."""

RELATIONS = (Relation.SAME, Relation.BROADER, Relation.NARROWER, Relation.NEAR)
_INVERSE = {Relation.BROADER: Relation.NARROWER, Relation.NARROWER: Relation.BROADER}


@dataclass(frozen=True, eq=False, slots=True)
class SkillRoleGraph:
    """Roles, the skills they require, and the kinship among both.

    Kept as sparse arrays, for what has to be reckoned in milliseconds; ``network`` gives the same
    edges to whatever walks a graph.

    Attributes
    ----------
    roles : tuple of Role
        With their requirements, by code. ``listed`` are the same without requirements.
    requirements : tuple of Requirement
        Those that are reckoned: role after role, in each facet after facet, in each the heaviest
        first. The entries of ``weights``.
    weights : scipy.sparse.csr_array, shape (roles, skills)
        Share of each requirement in its role; a row sums to 1, or is empty.
    facets : tuple of Facet
        Of each stretch of ``requirements`` of one role and one facet.
    bounds : numpy.ndarray, shape (stretches + 1,)
        Where the stretches begin, and where the last one ends.
    facet_role : numpy.ndarray, shape (stretches,)
        Position of each stretch's role.
    facet_weights : numpy.ndarray, shape (stretches,)
        What each facet weighs; only its proportion to the role's other facets counts.
    levels, errors : numpy.ndarray, shape (requirements,)
        Required level 0-1 (NaN where not rated), and the standard error of the weight (0
        where none is published).
    kin : scipy.sparse.csr_array, shape (skills, skills)
        ``kin[held, required]``: what the held skill covers of the required one; 1 on the
        diagonal, elsewhere at most 0.8.
    relations : numpy.ndarray, shape (kin.nnz,)
        Index into ``RELATIONS``: how the held skill stands to the required one.
    by_skill : scipy.sparse.csr_array, shape (skills, requirements)
        Row *s* holds the entries of ``requirements`` that ask for skill *s*.
    similar : mapping of str to tuple of (str, float)
        For a role code the roles most like it, best first.
    alphabet : numpy.ndarray, shape (roles,)
        Place of each role by title, then code.
    moves : mapping of str to tuple of (str, float)
        For a role code the roles that people who leave it most likely go to, best first, and the share
        0-1 of those who leave; modelled, or as a loaded table counts. Empty where nothing is known.
    """

    roles: tuple[Role, ...]
    listed: tuple[Role, ...]
    role_index: Mapping[str, int]
    skill_index: Mapping[str, int]
    requirements: tuple[Requirement, ...]
    weights: csr_array
    facets: tuple[Facet, ...]
    bounds: np.ndarray
    facet_role: np.ndarray
    facet_weights: np.ndarray
    levels: np.ndarray
    errors: np.ndarray
    kin: csr_array
    relations: np.ndarray
    by_skill: csr_array
    similar: Mapping[str, tuple[tuple[str, float], ...]]
    alphabet: np.ndarray
    moves: Mapping[str, tuple[tuple[str, float], ...]]

    @property
    def network(self) -> nx.Graph:
        """The same as a graph to walk; made anew at every call, because nobody should carry it along.

        Nodes are role codes and skill ids, with ``kind`` (``role`` or ``skill``) and ``title`` or
        ``name``. Edges have ``kind``: ``requires`` (role-skill, with ``importance`` and ``weight``; not of
        rated facets, over which every role would be two steps from every other), ``kin`` (skill-skill, with
        ``strength``) and ``like`` (role-role, with ``likeness``).
        """
        return _network(self.roles, self.requirements, self.weights, self.kin, self.skill_index, self.similar)

    def __contains__(self, code: object) -> bool:
        return code in self.role_index

    def role(self, code: str) -> Role:
        """The role with its requirements; ``KeyError`` when there is none of that code."""
        return self.roles[self.role_index[code]]

    def span(self, position: int) -> slice:
        """Where the requirements of the role at ``position`` lie."""
        return slice(int(self.weights.indptr[position]), int(self.weights.indptr[position + 1]))


def distinctiveness(roles_requiring: np.ndarray | int, roles: int) -> np.ndarray:
    r"""How much a skill tells roles apart.

    .. math:: d(s) = \ln\left(1 + \frac{N}{n_s}\right)

    with :math:`N` roles that have requirements and :math:`n_s` of them requiring the skill:
    0.69 for a skill that every role requires, 6.9 for one that a single role in a
    thousand does.

    Parameters
    ----------
    roles_requiring : array_like of int
        :math:`n_s`, at least 1.
    roles : int
        :math:`N`.

    Returns
    -------
    numpy.ndarray

    Examples
    --------
    >>> distinctiveness([1, 10, 1000], 1000).round(2).tolist()
    [6.91, 4.62, 0.69]

    References
    ----------
    .. [1] Spärck Jones, K. (1972). A statistical interpretation of term specificity and its
       application in retrieval. Journal of Documentation 28 (1).
    """
    return np.log1p(roles / np.asarray(roles_requiring, dtype=float))


def build(
    roles: Iterable[Role],
    kinships: Iterable[Kinship] = (),
    similar: Mapping[str, Iterable[tuple[str, float]]] | None = None,
    *,
    facet_weights: Mapping[Facet, float] = FACET_WEIGHTS,
    moves: Mapping[str, Iterable[tuple[str, float]]] | None = None,
) -> SkillRoleGraph:
    r"""Build the skill-role graph.

    A role's weight is divided over its facets, and in each over the requirements: the weight of
    requirement *i* of facet *f* is its importance, raised for what tells roles apart, as a share of
    the facet's whole:

    .. math:: w_i = \frac{F_f}{\sum_g F_g} \, \frac{I_i \, d(s_i)}{\sum_{j \in f} I_j \, d(s_j)}

    where *g* runs over the facets that the role has. What is less important than ``LEAST_IMPORTANCE`` of
    its facet is not reckoned.

    Parameters
    ----------
    roles : iterable of Role
        With their requirements; a role without any is kept, and matches nothing.
    kinships : iterable of Kinship
        Given one way, a kinship holds the other way too, but a general skill, one that a release rates
        for every role, covers no special one; the stronger counts when there are several. Strength above
        0.8 is taken as 0.8. Those between skills of which no role requires either are left out.
    similar : mapping of str to iterable of (str, float)
        For a role code, other codes with likeness 0-1.
    facet_weights : mapping of Facet to float, optional
        :math:`F`; a facet of weight 0, or without one, is not reckoned.
    moves : mapping of str to iterable of (str, float), optional
        For a role code the roles that people who leave it go to, with the share 0-1 of those who leave.

    Returns
    -------
    SkillRoleGraph

    Raises
    ------
    ValueError
        If two roles have one code, or a requirement is of no facet there is.

    Examples
    --------
    >>> from graph.model import JobFamily, Requirement, Role, Skill
    >>> def skill(name):
    ...     return Skill(f"esco:{name}", name, f"https://example.org/{name}", "esco", "skill")
    >>> family = JobFamily("51", "Production")
    >>> both = Requirement(skill("measure parts"), importance=0.5)
    >>> graph = build([
    ...     Role("51-4121.00", "Welders", family, requirements=(
    ...         both, Requirement(skill("weld metal"), importance=0.5))),
    ...     Role("51-4041.00", "Machinists", family, requirements=(both,)),
    ... ])
    >>> [(r.skill.name, round(float(w), 2)) for r, w in zip(
    ...     graph.requirements[graph.span(1)], graph.weights.data[graph.span(1)])]
    [('weld metal', 0.61), ('measure parts', 0.39)]
    >>> graph.network.edges["51-4121.00", "esco:weld metal"]["importance"]
    0.5
    """
    ordered = tuple(sorted(roles, key=lambda role: role.code))
    role_index = {role.code: position for position, role in enumerate(ordered)}
    if len(role_index) != len(ordered):
        raise ValueError("Two roles have the same code.")
    kinships = tuple(kinships)
    reckoned = tuple(_reckoned(role, facet_weights) for role in ordered)
    required = {r.skill.id for facets in reckoned for each in facets.values() for r in each}
    kin_ids = {i for k in kinships if required & {k.skill_id, k.other_id} for i in (k.skill_id, k.other_id)}
    skill_index = {skill: position for position, skill in enumerate(sorted(required | kin_ids))}

    requirements, weights, errors, stretches = _weigh(reckoned, skill_index, facet_weights)
    general = {r.skill.id for role in ordered for r in role.requirements if r.facet in RATED}
    kin, relations = _kin(kinships, skill_index, general)
    alike, moved = _ordered(similar or {}, role_index), _ordered(moves or {}, role_index)
    entries = np.arange(len(requirements))
    return SkillRoleGraph(
        roles=ordered,
        listed=tuple(replace(role, requirements=()) for role in ordered),
        role_index=role_index,
        skill_index=skill_index,
        requirements=requirements,
        weights=weights,
        facets=tuple(facet for _, facet, _ in stretches),
        bounds=np.append([start for _, _, start in stretches], len(requirements)).astype(np.int64),
        facet_role=np.array([position for position, _, _ in stretches], dtype=np.int64),
        facet_weights=np.array([facet_weights[facet] for _, facet, _ in stretches], dtype=float),
        levels=np.array([np.nan if r.level is None else r.level for r in requirements], dtype=float),
        errors=errors,
        kin=kin,
        relations=relations,
        by_skill=csr_array(
            (np.ones(len(requirements)), (weights.indices, entries)),
            shape=(len(skill_index), len(requirements)),
        ),
        similar=alike,
        alphabet=np.argsort(sorted(range(len(ordered)), key=lambda n: (ordered[n].title, n)), kind="stable"),
        moves=moved,
    )


def _ordered(
    table: Mapping[str, Iterable[tuple[str, float]]], known: Mapping[str, int]
) -> dict[str, tuple[tuple[str, float], ...]]:
    """Other roles of each role that are known, the largest number first."""
    return {
        code: tuple(sorted(((o, float(s)) for o, s in others if o in known), key=lambda p: (-p[1], p[0])))
        for code, others in table.items()
        if code in known
    }


def _reckoned(role: Role, facet_weights: Mapping[Facet, float]) -> dict[Facet, list[Requirement]]:
    """The requirements of a role that count, by facet, in the order of ``Facet``."""
    facets: dict[Facet, list[Requirement]] = {facet: [] for facet in Facet}
    for requirement in role.requirements:
        facet = Facet(requirement.facet)
        required = requirement.importance >= LEAST_IMPORTANCE.get(facet, 0.0)
        if required and facet_weights.get(facet, 0.0) > 0:
            facets[facet].append(requirement)
    return {facet: each for facet, each in facets.items() if each}


def _weigh(
    roles: tuple[dict[Facet, list[Requirement]], ...],
    skill_index: Mapping[str, int],
    facet_weights: Mapping[Facet, float],
) -> tuple[tuple[Requirement, ...], csr_array, np.ndarray, list[tuple[int, Facet, int]]]:
    """Requirements in order, their weights, the weights' standard errors, and where facets begin."""
    asked = np.zeros(len(skill_index))
    for facets in roles:
        asked[[skill_index[s] for s in {r.skill.id for each in facets.values() for r in each}]] += 1
    raised = distinctiveness(np.maximum(asked, 1), sum(bool(facets) for facets in roles))

    requirements: list[Requirement] = []
    weights: list[float] = []
    errors: list[float] = []
    bounds = [0]
    stretches: list[tuple[int, Facet, int]] = []
    for position, facets in enumerate(roles):
        shared = fsum(facet_weights[facet] for facet in facets)
        for facet, each in facets.items():
            stretches.append((position, facet, len(requirements)))
            terms = [(max(r.importance, FAINTEST) * raised[skill_index[r.skill.id]], r) for r in each]
            # Exact, so that the order of requirements does not show in the last digit.
            whole = fsum(term for term, _ in terms)
            share = facet_weights[facet] / shared
            shares = [(share * (term / whole), r) for term, r in terms]
            shares.sort(key=lambda pair: (-pair[0], pair[1].skill.id))
            for weight, requirement in shares:
                requirements.append(requirement)
                weights.append(weight)
                error = (requirement.stderr or 0.0) * raised[skill_index[requirement.skill.id]]
                errors.append(share * (error / whole))
        bounds.append(len(requirements))
    columns = np.array([skill_index[r.skill.id] for r in requirements], dtype=np.int32)
    table = csr_array(
        (np.array(weights), columns, np.array(bounds, dtype=np.int32)), shape=(len(roles), len(skill_index))
    )
    return tuple(requirements), table, np.array(errors), stretches


def _kin(
    kinships: tuple[Kinship, ...], skill_index: Mapping[str, int], general: Set[str]
) -> tuple[csr_array, np.ndarray]:
    """``kin[held, required]`` with each skill's own 1, and the relation of each entry.

    Who writes production reports has shown a part of writing; but nobody has shown a part of every
    special skill by a ``general`` one: that covers general ones alone.
    """
    best: dict[tuple[int, int], tuple[float, int]] = {(s, s): (1.0, 0) for s in skill_index.values()}

    def put(held: int, required: int, strength: float, relation: Relation) -> None:
        found = (min(strength, STRONGEST_KIN), -RELATIONS.index(relation))
        if found > best.get((held, required), (0.0, 0)):
            best[held, required] = found

    for kinship in kinships:
        one, other = skill_index.get(kinship.skill_id), skill_index.get(kinship.other_id)
        if one is None or other is None or one == other:
            continue
        relation = Relation.NEAR if kinship.relation is Relation.SAME else kinship.relation
        if kinship.other_id not in general or kinship.skill_id in general:
            put(other, one, kinship.strength, relation)
        if kinship.skill_id not in general or kinship.other_id in general:
            put(one, other, kinship.strength, _INVERSE.get(relation, relation))
    pairs = sorted(best)
    size = len(skill_index)
    held = np.array([h for h, _ in pairs], dtype=np.int32)
    indptr = np.searchsorted(held, np.arange(size + 1)).astype(np.int32)
    indices = np.array([r for _, r in pairs], dtype=np.int32)
    strengths = np.array([best[p][0] for p in pairs])
    relations = np.array([-best[p][1] for p in pairs], dtype=np.int8)
    return csr_array((strengths, indices, indptr), shape=(size, size)), relations


def _network(
    roles: tuple[Role, ...],
    requirements: tuple[Requirement, ...],
    weights: csr_array,
    kin: csr_array,
    skill_index: Mapping[str, int],
    alike: Mapping[str, tuple[tuple[str, float], ...]],
) -> nx.Graph:
    network = nx.Graph()
    skills = list(skill_index)
    network.add_nodes_from(skills, kind="skill")
    for position, role in enumerate(roles):
        network.add_node(role.code, kind="role", title=role.title)
        for entry in range(weights.indptr[position], weights.indptr[position + 1]):
            requirement = requirements[entry]
            network.nodes[requirement.skill.id]["name"] = requirement.skill.name
            if requirement.facet in RATED:
                continue
            network.add_edge(
                role.code,
                requirement.skill.id,
                kind="requires",
                importance=requirement.importance,
                weight=float(weights.data[entry]),
            )
    pairs = kin.tocoo()
    for held, required, strength in zip(pairs.row, pairs.col, pairs.data, strict=True):
        if held != required:
            network.add_edge(skills[held], skills[required], kind="kin", strength=float(strength))
    for code, others in alike.items():
        for other, score in others[:LIKENESSES_DRAWN]:
            network.add_edge(code, other, kind="like", likeness=score)
    return network

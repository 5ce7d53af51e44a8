"""A record held against one posting, over the kinships of the whole skill-role graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.build import RELATIONS, SkillRoleGraph, build
from graph.match import match
from graph.model import JobFamily, Kinship, Match, Requirement, Role, Wallet

CODE = "posting"
_FAMILY = JobFamily("", "")


def posting_graph(graph: SkillRoleGraph, title: str, requirements: Iterable[Requirement]) -> SkillRoleGraph:
    """Build the graph of one posting as a role of its own.

    Parameters
    ----------
    graph : SkillRoleGraph
        Of all roles; what covers what is taken from it.
    title : str
    requirements : iterable of Requirement
        Those of the posting; importance 0-1.

    Returns
    -------
    SkillRoleGraph
        With the one role ``CODE``.

    Examples
    --------
    >>> from graph.model import Holding, Relation, Skill, Standing
    >>> van, truck = (Skill(f"esco:{n}", n, f"https://example.org/{n}", "esco", "skill")
    ...               for n in ("drive vans", "drive trucks"))
    >>> whole = build([Role("53-3033.00", "Drivers", _FAMILY, requirements=(Requirement(van, 0.5),))],
    ...               [Kinship(truck.id, van.id, Relation.NARROWER, 0.6)])
    >>> posted = posting_graph(whole, "Driver", [Requirement(van, 1.0)])
    >>> found = reading(posted, Wallet("", (Holding(truck, Standing.VERIFIED),)))
    >>> [(str(s.state), s.coverage) for s in found.squares]
    [('partial', 0.6)]
    """
    wanted = tuple(requirements)
    role = Role(CODE, title, _FAMILY, requirements=wanted)
    return build([role], _kin(graph, {one.skill.id for one in wanted}))


def reading(posted: SkillRoleGraph, wallet: Wallet) -> Match:
    """Match a wallet with the posting of ``posting_graph``, with its squares."""
    return match(posted, wallet, CODE)


def _kin(graph: SkillRoleGraph, wanted: set[str]) -> Iterator[Kinship]:
    """What is kin to the wanted skills; a kinship holds both ways, so the wanted skill's row has all."""
    names = tuple(graph.skill_index)
    for skill in sorted(wanted & graph.skill_index.keys()):
        at = graph.skill_index[skill]
        for entry in range(int(graph.kin.indptr[at]), int(graph.kin.indptr[at + 1])):
            other = names[int(graph.kin.indices[entry])]
            if other != skill:
                relation = RELATIONS[int(graph.relations[entry])]
                yield Kinship(other, skill, relation, float(graph.kin.data[entry]))

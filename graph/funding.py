r"""Careers that several skills at once would bring within reach, from bridges told and nothing else.

Of a role, :math:`n_i` people lack skill *i* alone and :math:`n_{ij}` skills *i* and *j* together
(``graph.bridges``). Nobody stands in a cell of one skill and in one of two, but in several of either. So the
people of these cells, whom all the chosen skills at once would bring there, are between

.. math:: \max_i n_i + \max_{ij} n_{ij} \quad\text{and}\quad \sum_i n_i + \sum_{ij} n_{ij}.

Left out is who needs three of them, or two where one that is not chosen would do, and what withheld cells
hold: it is too few rather than too many. Since the sums are of told counts, a choice of skills tells nothing
that the counts do not.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.model import Bridge, Reached


def reached(bridges: Iterable[Bridge]) -> tuple[Reached, ...]:
    """Roles with the people that all skills of the bridges together bring there, the largest first.

    Parameters
    ----------
    bridges : iterable of Bridge
        Of one and of two skills, all of them among the chosen ones.

    Examples
    --------
    >>> from graph.model import Figure, JobFamily, Role, Skill
    >>> weld, read, cut = (Skill(f"esco:{n}", n, f"https://example.org/{n}", "esco", "skill")
    ...                    for n in ("weld", "read", "cut"))
    >>> welder = Role("51-4121.00", "Welders", JobFamily("51", "Production"))
    >>> told = [Bridge(welder, weld, 40, Figure(500), Figure(50_000)),
    ...         Bridge(welder, read, 30, Figure(500), Figure(50_000)),
    ...         Bridge(welder, weld, 20, Figure(500), Figure(50_000), second=cut)]
    >>> [(one.least, one.most, [skill.name for skill in one.skills]) for one in reached(told)]
    [(60, 90, ['cut', 'read', 'weld'])]
    """
    by_role: dict[str, list[Bridge]] = {}
    for one in bridges:
        by_role.setdefault(one.role.code, []).append(one)
    found = []
    for listed in by_role.values():
        single = [one.people for one in listed if one.second is None]
        double = [one.people for one in listed if one.second is not None]
        skills = {skill.id: skill for one in listed for skill in one.skills}
        found.append(
            Reached(
                listed[0].role,
                tuple(sorted(skills.values(), key=lambda skill: skill.name)),
                max(single, default=0) + max(double, default=0),
                sum(single) + sum(double),
                listed[0].jobs,
                listed[0].median_wage,
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.size, one.role.title)))

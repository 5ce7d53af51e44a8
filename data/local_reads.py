"""What official projections and a county's own tables add, read from the labour-market database.

All of it may be empty: a page asks, and says nothing where nothing is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from data.reads import Reads
from data.sql import query
from graph.model import NOT_PUBLISHED, Area, Figure, ObservedMove, Outlook, PriceParity, Program, Skill

FEW = 50
"""Roles whose projections are kept once read."""


class LocalReads(Reads):
    """Reads of `data.store.LaborStore`, which gives them their rows."""

    def outlooks(self, role_codes: Iterable[str], area_code: str) -> dict[str, Outlook]:
        """Employment projections of roles, by role code: in the area's state, else in the nation.

        A role has the projection of its SOC occupation, or of the OEWS or broad occupation that it
        is projected with; ``occupation_title`` says which. What is typical to enter is the nation's
        where a state does not say. Roles that nobody projects are absent.
        """
        if self._known("SELECT count(*) FROM projection") == [(0,)]:
            return {}
        codes = list(role_codes)
        read = self._known if len(codes) <= FEW else self._rows
        rows = read(query("outlooks"), {"codes": codes, "area": area_code})
        return {row[0]: _outlook(row) for row in rows}

    def price_parity(self, area_code: str) -> PriceParity | None:
        """The price level of an area or county: its own, its OEWS area's, else its state's."""
        rows = self._known(query("price_parity"), {"area": area_code})
        return PriceParity(Area(*rows[0][:5]), rows[0][5], rows[0][6]) if rows else None

    def programs(self, skill_ids: Iterable[str], limit: int = 20) -> tuple[Program, ...]:
        """Programmes that a loaded list says teach any of the skills.

        Those that teach most of them come first, then the cheapest; what costs an unknown sum comes after
        what costs a known one.
        """
        return self._programs("programs_of_skills", {"skills": list(skill_ids), "limit": limit})

    def programs_for(self, role_code: str, limit: int = 20) -> tuple[Program, ...]:
        """Programmes that a loaded list names for a role's occupation, in the same order.

        What they teach is known only where the list says so too.
        """
        return self._programs("programs_of_role", {"role": role_code, "limit": limit})

    def observed_moves(self) -> tuple[ObservedMove, ...]:
        """Moves between occupations as a loaded table counts them, the most usual first."""
        rows = self._known(
            "SELECT from_code, to_code, share, year FROM observed_move"
            " ORDER BY from_code, share DESC, to_code"
        )
        return tuple(ObservedMove(*row) for row in rows)

    def _programs(self, name: str, parameters: Mapping[str, object]) -> tuple[Program, ...]:
        rows = self._rows(query(name), parameters)
        skills: dict[str, list[Skill]] = {}
        for program_id, *skill in self._rows(query("program_skills"), {"programs": [row[0] for row in rows]}):
            skills.setdefault(program_id, []).append(Skill(*skill))
        return tuple(_program(row, skills.get(row[0], ())) for row in rows)


def _figure(value: float | None) -> Figure:
    return NOT_PUBLISHED if value is None else Figure(value)


def _outlook(row: tuple) -> Outlook:
    return Outlook(
        Area(*row[1:6]),
        *row[6:10],
        *(_figure(value) for value in row[10:14]),
        *row[14:18],
    )


def _program(row: tuple, skills: Iterable[Skill]) -> Program:
    program_id, name, provider, place, credential, url, *figures = row
    cost, weeks, completion, employed, earnings = map(_figure, figures)
    return Program(
        id=program_id,
        name=name,
        provider=provider,
        place=place,
        credential=credential,
        url=url,
        skills=tuple(skills),
        cost=cost,
        weeks=weeks,
        completion=completion,
        employed=employed,
        earnings=earnings,
    )

"""What a fuller release adds, read from the labour-market database; all of it may be empty."""

from __future__ import annotations

from data.reads import Reads
from data.sql import query
from graph.model import Interest, InterestActivity, Interests, ModelledMove, Preparation


class GuidanceReads(Reads):
    """Reads of `data.store.LaborStore`, which gives them their rows."""

    def preparations(self) -> dict[str, Preparation]:
        """Job zone and required education by role code; roles with neither are absent."""
        zones = dict(self._rows("SELECT role_code, job_zone FROM role_job_zone"))
        education: dict[str, list[tuple[int, str, float]]] = {}
        for code, *category in self._rows(
            "SELECT role_code, category, name, share FROM role_education ORDER BY role_code, category"
        ):
            education.setdefault(code, []).append((category[0], category[1], category[2]))
        return {
            code: Preparation(code, zones.get(code), tuple(education.get(code, ())))
            for code in sorted({*zones, *education})
        }

    def occupation_moves(self) -> dict[str, tuple[tuple[str, float | None], ...]]:
        """Modelled moves between the occupations that the survey tells apart, the likeliest first.

        Codes as tables of moves write them; the share is ``None`` where the survey counts both as one.
        """
        found: dict[str, list[tuple[str, float | None]]] = {}
        rows = self._rows("SELECT from_code, to_code, share FROM occupation_move ORDER BY from_code, rank")
        for code, other, share in rows:
            found.setdefault(code, []).append((other, share))
        return {code: tuple(each) for code, each in found.items()}

    def survey_occupations(self) -> tuple[tuple[str, str, float], ...]:
        """Occupation of the survey, role code, and the role's part of the occupation's jobs."""
        rows = self._rows("SELECT code, role_code, part FROM survey_occupation ORDER BY code, role_code")
        return tuple((code, role, part) for code, role, part in rows)

    def modelled_moves(self, role_code: str) -> tuple[ModelledMove, ...]:
        """The likeliest occupations that those who leave a role's occupation go to, the likeliest first.

        A role that stands in several occupations is taken to be in the first; the roles of an occupation are
        given the largest first.
        """
        inside, first = self._once("survey occupations", self._by_occupation)
        return tuple(
            ModelledMove(code, tuple(inside[code]), share, low, high)
            for code, share, low, high in self._known(
                query("modelled_moves"), {"code": first.get(role_code, "")}
            )
            if code in inside
        )

    def _by_occupation(self) -> tuple[dict[str, list[str]], dict[str, str]]:
        """Roles of each occupation of the survey, the largest first; the first occupation of each role."""
        inside: dict[str, list[str]] = {}
        first: dict[str, str] = {}
        for code, role in self._rows(
            "SELECT code, role_code FROM survey_occupation ORDER BY code, part DESC, role_code"
        ):
            inside.setdefault(code, []).append(role)
            first.setdefault(role, code)
        return inside, first

    def interests(self) -> dict[str, Interests]:
        """The six interests by role code; roles without them are absent."""
        scores: dict[str, dict[Interest, float]] = {}
        for code, interest, score in self._rows("SELECT role_code, interest, score FROM role_interest"):
            scores.setdefault(code, {})[Interest(interest)] = score
        return {code: Interests(code, scores[code]) for code in sorted(scores)}

    def interest_activities(self) -> tuple[InterestActivity, ...]:
        """Work activities that illustrate the interests, those of one interest together."""
        rows = self._rows("SELECT interest, text FROM interest_activity ORDER BY interest, position")
        return tuple(InterestActivity(Interest(interest), text) for interest, text in rows)

"""What an address of the regional page asks for, and the address that asks for something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from graph.model import JobLevel, Measure, PeopleGroup, Proof
from services.region import RegionView
from services.region_ground import MOST_COUNTIES

PATH = "/county"
AREA = re.compile(r"^(\d{5}|\d{7})$")
FAMILY = re.compile(r"^\d{2}$")
SECTOR = re.compile(r"^\d{2}(-\d{2})?$")
CREDENTIAL = re.compile(r"^(education|zone)-(at|below)-[1-9]$")
SHOWN = (10, 25, 50, 100)
SKILL = re.compile(r"^[a-z]{2,8}:[A-Za-z0-9._%-]{1,160}$")
VIEWS = ("gap", "roles", "bridges", "fund", "families", "scarcity", "map", "time")
MOST_SEATS = 100_000
MOST_SKILLS = 5
LONGEST_PROGRAM = 200


@dataclass(frozen=True, slots=True)
class CountyAsked:
    """What of it there is; whatever is not of the expected form is passed over.

    ``areas`` is empty where the reader's own county is meant.
    """

    areas: tuple[str, ...] = ()
    level: JobLevel = JobLevel.ALL
    family: str = ""
    proof: Proof = Proof.ALL
    shown: int = SHOWN[0]
    view: str = VIEWS[0]
    skills: tuple[str, ...] = ()
    seats: int = 0
    measure: Measure = Measure.JOBS
    sector: str = ""
    credential: str = ""
    more: int = 1
    program: str = ""
    group: PeopleGroup = PeopleGroup.ALL

    @property
    def skill(self) -> str:
        """The first of the skills, or nothing."""
        return self.skills[0] if self.skills else ""

    @classmethod
    def read(cls, said: Mapping[str, str]) -> CountyAsked:
        """Read it from the parts of an address."""
        codes = [code for code in said.get("area", "")[:200].split(",") if AREA.match(code)]
        family = said.get("family", "")
        shown = said.get("shown", "")
        return cls(
            tuple(dict.fromkeys(codes))[:MOST_COUNTIES],
            _one(JobLevel, said.get("jobs", ""), JobLevel.ALL),
            family if FAMILY.match(family) else "",
            _one(Proof, said.get("evidence", ""), Proof.ALL),
            int(shown) if shown in {str(n) for n in SHOWN} else SHOWN[0],
            view if (view := said.get("view", "")) in VIEWS else VIEWS[0],
            _skills(said),
            _seats(said.get("seats", "")),
            _one(Measure, said.get("by", ""), Measure.JOBS),
            sector if SECTOR.match(sector := said.get("sector", "")) else "",
            credential if CREDENTIAL.match(credential := said.get("credential", "")) else "",
            2 if said.get("more", "") == "2" else 1,
            " ".join(said.get("program", "").split())[:LONGEST_PROGRAM],
            _one(PeopleGroup, said.get("people", ""), PeopleGroup.ALL),
        )

    def parts(self) -> dict[str, str]:
        """The parts of an address that ask for it; what is usual is left out."""
        return {
            name: value
            for name, value in (
                ("area", ",".join(self.areas)),
                ("by", self.measure.value if self.measure is not Measure.JOBS else ""),
                ("jobs", self.level.value if self.level is not JobLevel.ALL else ""),
                ("family", self.family),
                ("sector", self.sector),
                ("credential", self.credential),
                ("evidence", self.proof.value if self.proof is not Proof.ALL else ""),
                ("shown", str(self.shown) if self.shown != SHOWN[0] else ""),
                ("view", self.view if self.view != VIEWS[0] else ""),
                ("skill", ",".join(self.skills)),
                ("program", self.program),
                ("more", "2" if self.more == 2 else ""),
                ("seats", str(self.seats) if self.seats else ""),
                ("people", self.group.value if self.group is not PeopleGroup.ALL else ""),
            )
            if value
        }

    def href(self, path: str = PATH, **change: Any) -> str:
        """The address of the same with something else in it."""
        parts = replace(self, **change).parts()
        return path + ("?" + urlencode(parts, safe=",") if parts else "")

    def region(self, home: str, limit: int | None = None, plenty: int = 0) -> RegionView:
        """What the service is asked."""
        return RegionView(
            self.areas or (home,),
            self.level,
            self.family,
            self.proof,
            limit,
            plenty,
            self.measure,
            self.sector,
            self.credential,
            self.group,
        )


def _skills(said: Mapping[str, str]) -> tuple[str, ...]:
    """Skills of an address, one after the other with commas or each by itself as a form sends them."""
    every = said.getlist("skill") if isinstance(said, MultiDict) else [said.get("skill", "")]
    listed = [one for part in every for one in part.split(",") if SKILL.match(one)]
    return tuple(dict.fromkeys(listed))[:MOST_SKILLS]


def _seats(said: str) -> int:
    return min(int(said), MOST_SEATS) if said.isascii() and said.isdigit() and len(said) < 9 else 0


def _one(kind: Any, said: str, usual: Any) -> Any:
    try:
        return kind(said)
    except ValueError:
        return usual

"""What the address of the pathways says, read and written in one place.

``to`` the goal's code; ``now``, ``have`` and ``try`` who walks (``pages.told``); ``area`` the place and
``also`` more places, joined by commas; ``fall=1`` pay may fall, ``nodegree=1``, ``local=1`` and ``within=1``
what is asked of every step.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from graph.model import Limit
from pages.told import CODE, Told, query
from services.pathways import MOST_PLACES, PathwayView

AREA = re.compile(r"^(\d{5}|\d{7})$")
PATH = "/pathways"


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that is shown; whatever is not of the expected form is passed over."""

    told: Told
    to: str = ""
    area: str = ""
    also: tuple[str, ...] = ()
    fall: bool = False
    nodegree: bool = False
    local: bool = False
    within: bool = False

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Asked:
        """Read it from the parts of an address or the fields of a form."""
        to, area = said.get("to", ""), said.get("area", "")
        also = (code for code in said.get("also", "")[:200].split(",") if AREA.match(code))
        return cls(
            told=Told.read(said),
            to=to if CODE.match(to) else "",
            area=area if AREA.match(area) else "",
            also=tuple(dict.fromkeys(also))[:MOST_PLACES],
            **{name: said.get(name) == "1" for name in ("fall", "nodegree", "local", "within")},
        )

    def view(self, home: str | None) -> PathwayView:
        """What the service is asked; ``home`` is the place where none is named."""
        return PathwayView(self.area or home, self.also, self.fall, self.nodegree, self.local, self.within)

    def parts(self) -> dict[str, str]:
        """The parts of the address, those of ``told`` left out."""
        flags = {name: "1" if getattr(self, name) else "" for name in ("fall", "nodegree", "local", "within")}
        return {"to": self.to, "area": self.area, "also": ",".join(self.also), **flags}

    def fields(self) -> dict[str, str]:
        """All of it, as a form carries it along."""
        return {name: value for name, value in {**self.told.parts(), **self.parts()}.items() if value}

    def href(self, **changes: Any) -> str:
        """The address with something changed."""
        asked = replace(self, **changes)
        return PATH + query(asked.told, **asked.parts())

    def without(self, *limits: Limit) -> str:
        """The address with less asked of every step."""
        changes: dict[str, Any] = {}
        for limit in limits:
            name, value = {
                Limit.PAY: ("fall", True),
                Limit.DEGREE: ("nodegree", False),
                Limit.LOCAL: ("local", False),
                Limit.REACH: ("within", False),
            }[limit]
            changes[name] = value
        return self.href(**changes)

"""What the career network's address says, read and written in one place.

The address is the state of the page: reload, back and a copied link give the same picture.
``area`` place, ``family`` job family, ``careers`` chosen roles (their own stored ones when left
out), ``open`` the open role, ``now`` a visitor's present job, ``verified=1`` proven skills only,
``suggested=0`` chosen careers only, ``view=table``; ``have`` and ``try`` as in ``pages.told``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlencode

from pages.told import Told
from services.network import MOST_CAREERS, NetworkView

CODE = re.compile(r"^\d{2}-\d{4}\.\d{2}$")
AREA = re.compile(r"^[0-9A-Z]{5,7}$")


@dataclass(frozen=True, slots=True)
class Address:
    """A view of the network, and whether it is shown as a table.

    The chosen careers stand in every address made of it, so that a link that is passed on shows the
    same ones to whoever opens it.
    """

    view: NetworkView
    table: bool = False
    told: Told = field(default_factory=Told)

    @classmethod
    def read(cls, search: str | None, careers: tuple[str, ...], area: str) -> Address:
        """Read an address; whatever in it is not of the expected form is passed over.

        Parameters
        ----------
        search : str or None
            The part from the question mark on.
        careers : tuple of str
            The person's stored choice.
        area : str
            The place when none is named.
        """
        asked = parse_qs((search or "")[:10000].lstrip("?"))

        def one(name: str, form: re.Pattern[str]) -> str | None:
            value = asked.get(name, [""])[0]
            return value if form.match(value) else None

        named = "careers" in asked
        listed = tuple(code for code in asked.get("careers", [""])[0].split(",") if CODE.match(code))
        return cls(
            told=Told.read({name: values[0] for name, values in asked.items()}),
            view=NetworkView(
                area=one("area", AREA) or area,
                job_family=one("family", re.compile(r"^\d{2}$")),
                careers=listed[:MOST_CAREERS] if named else careers,
                opened=one("open", CODE),
                now=one("now", CODE),
                verified_only=asked.get("verified") == ["1"],
                suggested=asked.get("suggested") != ["0"],
            ),
            table=asked.get("view") == ["table"],
        )

    def search(self, home: str | None = None, **changes: object) -> str:
        """The address with some of the view changed, from the question mark on.

        Parameters
        ----------
        home : str, optional
            The place that need not be written, because it is the default.
        **changes
            Fields of the view, or ``table``, ``tried``.
        """
        table = bool(changes.pop("table", self.table))
        tried: tuple[str, ...] = changes.pop("tried", self.told.tried)  # type: ignore[assignment]
        view = replace(self.view, **changes)  # type: ignore[arg-type]
        parts = {
            "now": view.now,
            "area": None if view.area == home else view.area,
            "family": view.job_family,
            "careers": ",".join(view.careers) or None,
            "open": view.opened,
            "verified": "1" if view.verified_only else None,
            "suggested": None if view.suggested else "0",
            "view": "table" if table else None,
            "have": ",".join(self.told.have) or None,
            "try": ",".join(tried) or None,
        }
        return "?" + urlencode({name: value for name, value in parts.items() if value is not None}, safe=",:")

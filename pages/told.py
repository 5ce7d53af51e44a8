"""What an address says of whoever reads: the job they do now, skills they name, skills they try on.

``now`` a role's code; ``have`` ids of skills that a visitor says they have; ``try`` ids of skills that are
tried on, by anybody. Nothing of it is kept: it stands in the address alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from graph.model import Wallet
from services.errors import RoleNotFound
from services.what_next import MOST_TOLD, MOST_TRIED

CODE = re.compile(r"^\d{2}-\d{4}\.\d{2}$")
SKILL = re.compile(r"^[a-z]{2,8}:[A-Za-z0-9._%-]{1,160}$")


@dataclass(frozen=True, slots=True)
class Told:
    """What of it there is; whatever is not of the expected form is passed over."""

    now: str = ""
    have: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Told:
        """Read it from the parts of an address."""
        now = said.get("now", "")
        return cls(
            now if CODE.match(now) else "",
            _ids(said.get("have", ""), MOST_TOLD),
            _ids(said.get("try", ""), MOST_TRIED),
        )

    def parts(self) -> dict[str, str]:
        """The parts of an address that say it."""
        said = {"now": self.now, "have": ",".join(self.have), "try": ",".join(self.tried)}
        return {name: value for name, value in said.items() if value}


def query(told: Told, **more: str) -> str:
    """The part of an address from the question mark on."""
    parts = {**told.parts(), **{name: value for name, value in more.items() if value}}
    return "?" + urlencode(parts, safe=",:") if parts else ""


def wallet_of(services: Any, actor: Any, told: Told, held: Wallet | None = None) -> Wallet:
    """What the reader brings: their record, else the skills or the job they name; and what they try on.

    ``held`` is their record, where it was read already.
    """
    if held is not None:
        wallet = held
    else:
        wallet = services.wallet_for(actor).wallet() if actor.signed_in else Wallet(owner="")
    if not wallet.holdings:
        if told.have and not actor.signed_in:
            wallet = services.what_next.told(told.have)
        elif told.now:
            # An address with a job that does not exist shows what it would without one.
            with suppress(RoleNotFound):
                wallet = services.network.wallet_of_role(told.now)
    return services.what_next.put_on(wallet, told.tried) if told.tried else wallet


def toggled(ids: Iterable[str], one: str) -> tuple[str, ...]:
    """The ids with one more, or without it where it is there."""
    listed = tuple(ids)
    return tuple(i for i in listed if i != one) if one in listed else (*listed, one)


def _ids(text: str, most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for i in text[:8000].split(",") if SKILL.match(i)))[:most]

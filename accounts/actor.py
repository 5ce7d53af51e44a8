"""Who is asking: the value that every service is given, instead of a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.roles import PersonRole


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, or a visitor when ``person_id`` is ``None``.

    Attributes
    ----------
    person_id : str or None
        Opaque id (32 hexadecimal digits).
    roles : frozenset of PersonRole
        Empty for a visitor.
    area_code : str or None
        Home county (five-digit FIPS code) or OEWS area.
    locale : str
        ``en`` or ``es``.
    session_version : int
        Goes up when the password changes; a session that carries another one has ended.
    demo : bool
        Invented, and marked so on screen.
    limited_to : frozenset of str or None
        Values of ``Action`` that whoever acts for the person may do; ``None`` for the person themself.
    through : str
        What acts for the person: the id of a token or of a consent; empty for the person themself.
    """

    person_id: str | None
    name: str
    roles: frozenset[PersonRole] = frozenset()
    area_code: str | None = None
    locale: str = "en"
    session_version: int = 0
    demo: bool = False
    limited_to: frozenset[str] | None = None
    through: str = ""

    @property
    def signed_in(self) -> bool:
        return self.person_id is not None

    def is_a(self, role: PersonRole) -> bool:
        """Whether the person has this part."""
        return role in self.roles


VISITOR = Actor(person_id=None, name="")


@dataclass(frozen=True, slots=True)
class Account:
    """What a person sees of their own account."""

    email: str
    name: str
    roles: frozenset[PersonRole]
    area_code: str | None
    locale: str
    demo: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An invented person that anyone may sign in as while ``DEMO`` is on."""

    person_id: str
    email: str
    name: str
    roles: frozenset[PersonRole]

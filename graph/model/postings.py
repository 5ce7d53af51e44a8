"""The nouns of posting a role, and of reading a record against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """A skill that a posting asks for.

    Attributes
    ----------
    uri, label : str
        Address and name of the published statement.
    level : float or None
        0-1; ``None`` where any level will do.
    must : bool
        Whether the work cannot be begun without it. It is told apart, and decides nothing by itself.
    preferred : bool
        Welcome, not required.
    importance : float
        0-1; puts squares in an order.
    words : str
        What it was read out of; empty where somebody chose it.
    """

    uri: str
    label: str
    level: float | None = None
    must: bool = False
    preferred: bool = False
    importance: float = 0.5
    words: str = ""


@dataclass(frozen=True, slots=True)
class Posting:
    """A role that an employer wants to fill.

    Attributes
    ----------
    source : str
        What it was made from: ``role``, ``skills`` or ``text``.
    role_code : str
        O*NET-SOC code of the role it was made from; empty otherwise.
    area_code : str or None
        County (five digits) or OEWS area (seven).
    wage_low, wage_high : float or None
        US dollars by ``wage_per``: ``hour`` or ``year``.
    last_day : date
        The last day to apply.
    warned : bool
        Whether the employer published it knowing what of its words may be unlawful.
    """

    id: str
    owner_id: str
    owner_name: str
    title: str
    last_day: date
    made_at: datetime
    wanted: tuple[Wanted, ...] = ()
    description: str = ""
    source: str = "skills"
    role_code: str = ""
    area_code: str | None = None
    wage_low: float | None = None
    wage_high: float | None = None
    wage_per: str = "hour"
    published_at: datetime | None = None
    closed_at: datetime | None = None
    warned: bool = False
    demo: bool = False

    def state_on(self, today: date) -> str:
        """``draft``, ``open``, ``ended`` (its last day has passed) or ``closed``."""
        if self.published_at is None:
            return "draft"
        if self.closed_at is not None:
            return "closed"
        return "open" if today <= self.last_day else "ended"

"""The nouns of records, and of what people say about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from graph.model.roles import Skill, Standing


@dataclass(frozen=True, slots=True)
class RecordView:
    """One entry of a wallet, for its owner to look at.

    ``kind`` is ``credential``, ``employment``, ``education``, ``licence``, ``military``,
    ``volunteer``, ``gig``, ``caring``, or ``claim`` (one skill the person says they have).
    ``standing`` is as of the day it is shown. ``issuer`` is empty where only the person stands
    behind it. ``hours`` is time spent; ``expires_on`` the last valid day; ``demo`` marks what is invented.

    ``form`` is ``hand`` for what was typed in, or the kind of file it came from; ``verdict`` is on that
    file, and ``str(why)`` the sentence behind it in the reader's language. ``sender`` put it here
    when that was not the person. ``proposed`` skills wait for the person's word.
    ``of_another`` where it names somebody else than them.
    """

    id: str
    kind: str
    title: str
    issuer: str
    description: str
    standing: Standing
    skills: tuple[Skill, ...] = ()
    issued_on: date | None = None
    ended_on: date | None = None
    expires_on: date | None = None
    hours: float | None = None
    demo: bool = False
    form: str = ""
    verdict: str = ""
    why: object = None
    sender: str = ""
    replaced_by: str = ""
    hidden: bool = False
    declined: bool = False
    dispute: str = ""
    proposed: int = 0
    of_another: bool = False

    @property
    def set_aside(self) -> bool:
        """Whether it is left out of the reckoning, whatever its standing is."""
        return self.hidden or self.declined or bool(self.replaced_by)


@dataclass(frozen=True, slots=True)
class Report:
    """What a person says is wrong with a role's squares, for themself to look at.

    ``kind`` is ``wrong`` (the square of ``skill_uri`` does not belong) or ``missing`` (``words`` say
    what, ``chosen_uri`` the statement they found for it, or empty). ``state`` is ``open``, ``accepted``
    or ``dismissed``; once accepted, ``decision`` is ``keep``, ``drop``, ``swap`` or ``add``. ``reason``
    is the administrator's.
    """

    id: str
    role_code: str
    kind: str
    skill_uri: str
    chosen_uri: str
    words: str
    made_at: datetime
    state: str = "open"
    decision: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What of a record is shown to who is asked to confirm it, and so what they confirm.

    ``parts`` says which of ``title``, ``dates``, ``hours``, ``duties`` and ``skills`` are shown; a part
    that is not is empty here. ``kind`` and ``issuer`` are the record's. ``hours`` is time spent.
    ``skills`` are pairs of address and label.
    """

    kind: str
    issuer: str
    parts: frozenset[str]
    title: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    hours: float | None = None
    duties: str = ""
    skills: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a person asked somebody to confirm, and what came of it, for themself to look at.

    Attributes
    ----------
    organization : str
        Who is asked, as the person calls them.
    contact : str
        E-mail address that was given for them; empty where the link is passed on by hand.
    mailed : bool
        The link was sent to ``contact`` from here.
    state : str
        ``asked``, ``opened``, ``answered``, ``expired`` or ``withdrawn``.
    outcome : str
        Once answered ``confirmed``, ``corrected`` or ``declined``.
    proposed : Statement or None
        What a correction says instead of ``shown``.
    accepted : bool or None
        What the person decided about a correction; ``None`` while they have not.
    by_organization, by_name, by_position, by_email : str
        Who answered, as they say themselves; the organization is that of the account where one signed.
    signed : bool
        An account of the organization answered.
    credential : str
        Id of the record that holds the signed credential which came of it.
    holds : bool
        What was confirmed is what the record says now.
    remind_from : datetime or None
        When a reminder can be sent; ``None`` when none can.
    """

    id: str
    record_id: str
    organization: str
    contact: str
    note: str
    shown: Statement
    asked_at: datetime
    expires_at: datetime
    state: str = "asked"
    mailed: bool = False
    outcome: str = ""
    proposed: Statement | None = None
    accepted: bool | None = None
    by_organization: str = ""
    by_name: str = ""
    by_position: str = ""
    by_email: str = ""
    signed: bool = False
    answered_at: datetime | None = None
    reason: str = ""
    credential: str = ""
    holds: bool = False
    remind_from: datetime | None = None

    @property
    def waiting(self) -> bool:
        """Whether it can still be answered."""
        return self.state in ("asked", "opened")

    @property
    def undecided(self) -> bool:
        """Whether a correction waits for the person's yes or no."""
        return self.outcome == "corrected" and self.accepted is None

    @property
    def stands(self) -> bool:
        """Whether somebody stands by what it says."""
        return self.outcome == "confirmed" or (self.outcome == "corrected" and self.accepted is True)

    @property
    def statement(self) -> Statement:
        """What somebody stands by: their own words where the person took them over."""
        return self.proposed if self.accepted and self.proposed is not None else self.shown

"""A skill that a record may be evidence of, and what its owner says to that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProposalState(StrEnum):
    """What has become of a proposal."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class ProposalSource(StrEnum):
    """Where a proposal comes from.

    ``alignment`` (the record names the statement by its address), ``text`` (its words come close
    to the statement), ``person`` (its owner chose it).
    """

    ALIGNMENT = "alignment"
    TEXT = "text"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A skill that was read out of a record.

    Attributes
    ----------
    score : float or None
        0-1, how close words and statement are; ``None`` where that was not measured.
    words : str
        The words of the record that it was read from.
    level : float or None
        0-1, where the record states one.
    """

    uri: str
    label: str
    source: ProposalSource
    score: float | None = None
    words: str = ""
    state: ProposalState = ProposalState.PROPOSED
    level: float | None = None

"""Whether people of some group are moved forward much more rarely than others: the four-fifths rule.

Waymark asks nobody for their sex, race or age. An employer that asks by a survey of its own, as federal
contractors have to, holds the counts of that survey against the rule here; nothing of it is kept.

Source: Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D: a selection rate of less than
four fifths of the rate of the group with the highest one is generally regarded as evidence of adverse impact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.errors import PersonError
from accounts.errors import marked as _

FOUR_FIFTHS = 0.8
ENOUGH = 11
"""People of a group below whom no figure is told of it."""
MOST_GROUPS = 8
LONGEST_NAME = 60
MOST_PEOPLE = 1_000_000


class ImpactRefused(PersonError):  # noqa: N818 - named as it is shown
    """Counts that cannot be reckoned with; the message says what to change."""

    status = 422


@dataclass(frozen=True, slots=True)
class Group:
    """How many of a group applied, and how many of them were moved forward."""

    name: str
    applied: int
    moved: int


@dataclass(frozen=True, slots=True)
class Impact:
    """A group's figures.

    Attributes
    ----------
    rate : float or None
        Share of those who applied that was moved forward, 0-1; ``None`` where too few applied.
    ratio : float or None
        The rate over the highest rate among groups with enough people; ``None`` where there is nothing
        to compare with.
    """

    group: Group
    rate: float | None = None
    ratio: float | None = None

    @property
    def few(self) -> bool:
        """Whether there are too few people for a figure."""
        return self.rate is None

    @property
    def below(self) -> bool:
        """Whether it is less than four fifths of the highest rate."""
        return self.ratio is not None and self.ratio < FOUR_FIFTHS


def impacts(groups: Iterable[Group]) -> tuple[Impact, ...]:
    """Hold the groups of a survey against the four-fifths rule.

    Raises
    ------
    ImpactRefused

    Examples
    --------
    >>> [(i.group.name, i.rate, i.ratio, i.below) for i in impacts(
    ...     [Group("40 and over", 40, 10), Group("under 40", 60, 30), Group("not said", 4, 4)])]
    [('40 and over', 0.25, 0.5, True), ('under 40', 0.5, 1.0, False), ('not said', None, None, False)]
    """
    told = tuple(groups)
    if not 2 <= len(told) <= MOST_GROUPS:
        raise ImpactRefused(
            _("Enter between two and %(most)d groups, each with its two counts."), most=MOST_GROUPS
        )
    if len({one.name.casefold() for one in told}) < len(told):
        raise ImpactRefused(_("Two groups go by the same name."))
    for one in told:
        if not one.name or len(one.name) > LONGEST_NAME:
            raise ImpactRefused(_("Name each group, in at most %(most)d characters."), most=LONGEST_NAME)
        if not 0 <= one.moved <= one.applied <= MOST_PEOPLE:
            raise ImpactRefused(
                _("Of “%(group)s” no more can be moved forward than applied, and no count is below zero."),
                group=one.name,
            )
    rates = {one.name: one.moved / one.applied for one in told if one.applied >= ENOUGH}
    highest = max(rates.values(), default=0.0) if len(rates) > 1 else 0.0
    return tuple(
        Impact(one, rates.get(one.name), rates[one.name] / highest if one.name in rates and highest else None)
        for one in told
    )

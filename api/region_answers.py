"""What is answered about a region."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import SkillGap

DIGITS = 2


@dataclass(frozen=True, slots=True)
class RegionalSkill:
    """One skill of a region, per 1,000 jobs and per 1,000 people who let themselves be counted.

    ``gap`` is demand less supply: above zero the place is short of it. Where too few people hold it to say
    so,
    or too few do not, ``supply``, ``gap``, ``low`` and ``high`` are null and ``withheld`` is true;
    ``at_least``
    is then what the gap comes to if as many held it as can be withheld.
    """

    skill: str
    uri: str
    supply: float | None
    demand: float
    gap: float | None
    low: float | None
    high: float | None
    withheld: bool
    at_least: float | None
    jobs: int

    @classmethod
    def of(cls, found: SkillGap) -> RegionalSkill:
        def written(value: float | None) -> float | None:
            return None if value is None else round(value, DIGITS)

        return cls(
            skill=found.skill.name,
            uri=found.skill.uri,
            supply=written(found.supply),
            demand=round(found.demand, DIGITS),
            gap=written(found.gap),
            low=written(found.low),
            high=written(found.high),
            withheld=found.withheld,
            at_least=written(found.at_least),
            jobs=round(found.jobs),
        )

"""A region's figures to take along: a row a skill as CSV or Parquet, and what each column means."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from data.parquet import parquet
from graph.model import RegionalGap
from i18n import gettext as _

DIGITS = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, DuckDB's type, and its unit."""

    name: str
    kind: str
    unit: str = ""


COLUMNS = (
    Column("skill", "VARCHAR"),
    Column("uri", "VARCHAR"),
    Column("demand", "DOUBLE", "per 1,000 jobs or openings"),
    Column("demand_margin", "DOUBLE", "per 1,000 jobs or openings"),
    Column("demand_jobs", "DOUBLE", "jobs or openings a year"),
    Column("occupations", "BIGINT", "count"),
    Column("supply", "DOUBLE", "per 1,000 people"),
    Column("gap", "DOUBLE", "per 1,000"),
    Column("low", "DOUBLE", "per 1,000"),
    Column("high", "DOUBLE", "per 1,000"),
    Column("withheld", "BOOLEAN"),
    Column("at_least", "DOUBLE", "per 1,000"),
    Column("area", "VARCHAR"),
    Column("jobs", "VARCHAR"),
    Column("job_family", "VARCHAR"),
    Column("sector", "VARCHAR"),
    Column("credential", "VARCHAR"),
    Column("counted_by", "VARCHAR"),
    Column("evidence", "VARCHAR"),
    Column("people_group", "VARCHAR"),
    Column("people", "BIGINT", "people, to the nearest ten"),
    Column("people_invented", "BOOLEAN"),
    Column("jobs_release", "VARCHAR"),
    Column("made_on", "DATE"),
)


def meanings() -> dict[str, str]:
    """What each column means, in the reader's language."""
    return {
        "skill": _("The published name of the skill."),
        "uri": _("The skill's address in its vocabulary."),
        "demand": _(
            "Jobs that call for the skill, each by the importance of the skill in it, in 1,000 jobs."
        ),
        "demand_margin": _(
            "Half the 95 percent interval of demand, from the relative standard errors of"
            " employment that BLS publishes."
        ),
        "demand_jobs": _("The same as demand, in jobs."),
        "occupations": _("Occupations that call for the skill."),
        "supply": _(
            "People who hold the skill, in 1,000 who let themselves be counted. Empty where it is withheld."
        ),
        "gap": _(
            "Demand less supply. Above zero the place is short of the skill. Empty where it is withheld."
        ),
        "low": _("The least that the gap can be, with all that people claim and the survey's error."),
        "high": _("The most that the gap can be, with what is proven alone and the survey's error."),
        "withheld": _(
            "Whether supply is withheld, because the people it stands for, or the others, are too few."
        ),
        "at_least": _(
            "Where supply is withheld: what the gap comes to if as many held the skill as can be withheld."
        ),
        "area": _("Codes of the place: OEWS area or county FIPS codes."),
        "jobs": _(
            "Which jobs: all, above_median, to_median or well_above, by the occupation's median"
            " wage against that of"
            " all jobs of the area."
        ),
        "job_family": _("SOC major group, two digits; empty for all."),
        "sector": _("NAICS sector; empty for all. Estimated for every place but the nation."),
        "credential": _(
            "What the jobs usually take to enter: a level of BLS's typical education (education, 1 to 8) or"
            " an O*NET job zone (zone, 1 to 5), at it or below it. Empty for any."
        ),
        "counted_by": _(
            "By what demand is weighed: jobs, or openings (a year, as projected). Wherever a column speaks of"
            " jobs, it is of openings a year then, and the survey's error is that of the jobs alone."
        ),
        "evidence": _("Which skills of people: all, or verified (verified or confirmed by somebody else)."),
        "people_group": _(
            "Which people: all, or those who told for this purpose that they are veterans, first_generation"
            " (no parent completed a bachelor's degree) or english_learners."
        ),
        "people": _("People who were counted, rounded. Empty where they are too few."),
        "people_invented": _(
            "Whether people of the demonstration population, who are invented, are counted."
        ),
        "jobs_release": _(
            "The release of Occupational Employment and Wage Statistics that the jobs are from."
        ),
        "made_on": _("The day on which people were counted."),
    }


def rows(found: RegionalGap, release: str, day: str) -> list[tuple[object, ...]]:
    """A row a skill, in the order of ``COLUMNS``."""

    def written(value: float | None) -> float | None:
        return None if value is None else round(value, DIGITS)

    family = found.family.code if found.family else ""
    rest = (
        found.region.key,
        found.asked.level.value,
        family,
        found.asked.sector,
        found.asked.credential.key if found.asked.credential else "",
        found.asked.measure.value,
        found.proof.value,
        found.group.value,
        found.people.wallets,
        found.people.invented,
        release,
        day,
    )
    return [
        (
            one.skill.name,
            one.skill.uri,
            written(one.demand),
            written(one.margin),
            written(one.jobs),
            one.occupations,
            written(one.supply),
            written(one.gap),
            written(one.low),
            written(one.high),
            one.withheld,
            written(one.at_least),
            *rest,
        )
        for one in found.skills
    ]


def as_csv(listed: list[tuple[object, ...]]) -> str:
    """The rows with their names, as spreadsheets read them."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.name for column in COLUMNS])
    writer.writerows(
        [str(value).lower() if isinstance(value, bool) else value for value in row] for row in listed
    )
    return text.getvalue()


def as_parquet(listed: list[tuple[object, ...]]) -> bytes:
    """The rows with their types."""
    return parquet({column.name: column.kind for column in COLUMNS}, listed)


def dictionary() -> str:
    """What each column means, as a table of its own."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("column", "type", "unit", "meaning"))
    told = meanings()
    writer.writerows((one.name, one.kind, one.unit, told[one.name]) for one in COLUMNS)
    return text.getvalue()


def table(headers: Sequence[str], listed: Sequence[Sequence[str]]) -> str:
    """A table as it is shown, as spreadsheets read it."""
    text = io.StringIO()
    csv.writer(text).writerows([headers, *listed])
    return text.getvalue()

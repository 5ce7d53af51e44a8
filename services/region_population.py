"""The demonstration population of one county, counted as wallets are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from graph.model import JobLevel
from graph.population import populate
from graph.region import chosen
from services.errors import AreaNotFound
from services.region_ground import RegionGround
from services.region_supply import Counted

DEMO_COUNTY = "53063"  # Spokane County, Washington


def invented(ground: RegionGround, size: int, county: str = DEMO_COUNTY) -> Mapping[str, Counted]:
    """Return counts of ``size`` invented wallets by county; empty where its jobs are not known."""
    try:
        region = ground.region((county,))
    except AreaNotFound:
        return {}
    jobs, _counted = chosen(ground.jobs(region.markets), JobLevel.ALL)
    try:
        people = populate(ground.asked, jobs, size)
    except ValueError:
        return {}
    skills = len(ground.asked.skills)
    return {
        county: Counted(
            people.people,
            np.bincount(people.skill, minlength=skills),
            np.bincount(people.skill[people.proven], minlength=skills),
        )
    }

"""The demonstration population, where it is turned on: of one county, after its jobs."""

from __future__ import annotations

from collections.abc import Mapping

from graph.model import JobLevel
from graph.population import Population, populate
from graph.region import chosen
from services.errors import AreaNotFound
from services.region_ground import RegionGround

DEMO_COUNTY = "53063"  # Spokane County, Washington


def invented(ground: RegionGround, size: int, county: str = DEMO_COUNTY) -> Mapping[str, Population]:
    """Return ``size`` invented wallets by county; nobody where its jobs are not known."""
    try:
        region = ground.region((county,))
    except AreaNotFound:
        return {}
    jobs, _counted = chosen(ground.jobs(region.markets), JobLevel.ALL)
    try:
        return {county: populate(ground.asked, jobs, size)}
    except ValueError:
        return {}

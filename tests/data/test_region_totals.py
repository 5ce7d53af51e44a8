"""Regional figures of the bundled release, repeated by plain pandas and held against BLS's own totals."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from data.store import LaborStore
from graph.build import build
from graph.model import ALL_OCCUPATIONS, JobLevel, Role
from graph.region import asked, chosen, demand

SPOKANE, WASHINGTON, NATION = "0044060", "5300000", "0000000"


@pytest.mark.parametrize("area", [SPOKANE, WASHINGTON, NATION])
def test_occupations_never_come_to_more_than_the_total_of_bls(labor_store: LaborStore, area: str) -> None:
    jobs = labor_store.local_jobs([area])
    total = next(one.employment.value for one in jobs if one.occupation_code == ALL_OCCUPATIONS)
    parts = [one.employment.value for one in jobs if one.occupation_code != ALL_OCCUPATIONS]
    published = sum(value for value in parts if value is not None)
    assert total is not None and published <= total * 1.0005
    assert published >= total * (0.999 if area == NATION else 0.95)


def test_demand_is_repeated_by_pandas_from_the_tables(labor_store: LaborStore, labor_path: Path) -> None:
    required = labor_store.requirements()
    roles = [
        Role(r.code, r.title, r.job_family, requirements=required.get(r.code, ()))
        for r in labor_store.roles()
    ]
    ours = asked(build(roles), labor_store.role_occupations())
    jobs, _counted = chosen(labor_store.local_jobs([SPOKANE]), JobLevel.ABOVE_MEDIAN)
    found = demand(ours, jobs)

    with duckdb.connect(str(labor_path), read_only=True) as connection:
        need = connection.sql("SELECT role_code, skill_id, importance FROM requirement").df()
        codes = connection.sql(
            "SELECT code AS role_code, oews_code FROM role WHERE oews_code IS NOT NULL"
        ).df()
        oews = (
            connection.sql("SELECT * FROM oews WHERE area_code = '0044060'").df().set_index("occupation_code")
        )
    need = need.merge(codes)
    roles_of = need.groupby("oews_code").role_code.nunique()
    importance = need.groupby(["oews_code", "skill_id"]).importance.sum().unstack(fill_value=0.0)
    importance = importance.div(roles_of, axis=0)
    above = oews[(oews.annual_p50 > oews.annual_p50[ALL_OCCUPATIONS]) & oews.employment.notna()]
    above = above.drop(index=ALL_OCCUPATIONS, errors="ignore")
    above = above[above.index.isin(importance.index)]
    weighted = importance.loc[above.index].mul(above.employment, axis=0)
    rate = 1000 * weighted.sum() / above.employment.sum()
    error = 1000 * (weighted.mul(above.employment_rse.fillna(0) / 100, axis=0) ** 2).sum() ** 0.5
    error /= above.employment.sum()
    for place, skill in enumerate(ours.skills):
        assert found.rate[place] == pytest.approx(rate[skill.id], abs=1e-9)
        assert found.rate_error[place] == pytest.approx(error[skill.id], abs=1e-9)
    five = [ours.skills[n].name for n in found.rate.argsort()[::-1][:5].tolist()]
    assert five[0] == "Recruit employees" and len(set(five)) == 5

"""Everyday titles that were set aside before our list was extended, and what search makes of them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from data.store import LaborStore
from services.role_search import RoleIndex

ASIDE = Path(__file__).with_name("everyday_titles_aside.csv")
LEAST = 0.95


def test_the_right_role_comes_first_for_nearly_every_title_set_aside(labor_store: LaborStore) -> None:
    with ASIDE.open(encoding="utf-8", newline="") as file:
        aside = list(csv.DictReader(file))
    assert len(aside) == 150
    jobs = {
        code: market.employment.value
        for code, market in labor_store.markets(
            [role.code for role in labor_store.roles()], "0000000"
        ).items()
        if market.employment.value is not None
    }
    index = RoleIndex(labor_store.roles(), labor_store.role_titles(), jobs)
    found = [
        next((role.code for role in index.search(row["title"])), "") in row["codes"].split() for row in aside
    ]
    assert sum(found) >= LEAST * len(found)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("CNA", "31-1131.00"),
        ("auxiliar de enfermería", "31-1131.00"),
        ("forklift driver", "53-7051.00"),
        ("truck driver", "53-3032.00"),
    ],
)
def test_the_titles_of_the_street_are_known(labor_store: LaborStore, title: str, code: str) -> None:
    index = RoleIndex(labor_store.roles(), labor_store.role_titles(), {})
    assert index.search(title)[0].code == code

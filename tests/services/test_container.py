"""The services of a process: opened once, renewed with the data, alive without them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from config import Settings
from data.errors import LaborDataUnavailable
from services.container import Services
from services.errors import RolesAway
from tests.careers import NURSE, SmallLabor
from tests.people import SystemOfRecord


@pytest.fixture
def record(tmp_path: Path) -> Iterator[SystemOfRecord]:
    kept = SystemOfRecord.in_folder(tmp_path)
    yield kept
    kept.close()


def services_over(record: SystemOfRecord, open_labor) -> Services:
    return Services(record.database, open_labor, lambda: date(2026, 3, 2), record.service)


def nothing_there() -> SmallLabor:
    raise LaborDataUnavailable("There is no labour-market database yet.")


def test_the_graph_is_built_once_however_many_ask_at_once(record):
    labor = SmallLabor()
    services = services_over(record, lambda: labor)
    with ThreadPoolExecutor(8) as pool:
        graphs = list(pool.map(lambda _: services.graph, range(32)))
    assert len({id(graph) for graph in graphs}) == 1
    assert labor.reads == 1


def test_the_graph_is_built_again_when_the_data_were(record):
    labor = SmallLabor()
    services = services_over(record, lambda: labor)
    before = services.graph
    labor.build_id = "two"
    assert services.graph is not before
    assert services.roles.title(NURSE.code) == NURSE.title


def test_without_roles_people_and_wallets_go_on(record):
    services = services_over(record, nothing_there)
    pete = record.person("Pete")
    record.wallets.claim_skill(pete.person_id, "http://data.europa.eu/esco/skill/x", "Read maps")
    assert [record.title for record in services.wallet_for(pete).records()]
    assert services.people.chosen_careers(pete) == ()
    for ask in ("roles", "network", "gap", "graph"):
        with pytest.raises(RolesAway, match="being renewed"):
            getattr(services, ask)


def test_roles_come_back_by_themselves(record):
    answers = iter([nothing_there, SmallLabor])
    services = services_over(record, lambda: next(answers)())
    with pytest.raises(RolesAway):
        _ = services.roles
    assert services.roles.title(NURSE.code) == NURSE.title


def test_health_says_what_is_away(record):
    assert services_over(record, SmallLabor).health().ok
    health = services_over(record, nothing_there).health()
    assert (health.ok, health.reason) == (False, "There is no labour-market database yet.")


def test_health_says_when_the_system_of_record_is_away(record, tmp_path):
    settings = Settings.from_environment(
        {
            "DEMO": "1",
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": f"sqlite:///{tmp_path / 'nowhere' / 'at-all.sqlite'}",
        }
    )
    services = Services.open(settings)
    assert services.health().reason == "The system of record cannot be reached."
    services.close()


def test_closed_services_open_again_when_asked(record):
    services = services_over(record, SmallLabor)
    assert services.roles
    services.close()
    assert services.roles.title(NURSE.code) == NURSE.title

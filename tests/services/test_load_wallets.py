"""The skills of consenting people stand beside the labour-market data in DuckDB."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from accounts.consents import ConsentStore
from accounts.migrate import upgrade
from accounts.passwords import Passwords
from accounts.store import PersonStore
from config import ROOT
from data.errors import LaborDataUnavailable
from data.store import LaborStore
from database import Database
from services import demo
from services.container import Services
from services.people import PeopleService
from wallet.store import WalletStore

TODAY = date(2026, 11, 24)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    url = f"sqlite:///{tmp_path / 'waymark.sqlite'}"
    upgrade(url)
    made = Database(url)
    demo.refresh(
        PersonStore(made), WalletStore(made), ConsentStore(made), Passwords(), demo.read(ROOT / "demo")
    )
    return made


def services_over(database: Database, labor_path: Path) -> Services:
    return Services(
        database,
        lambda: LaborStore.open(labor_path),
        today=lambda: TODAY,
        people=PeopleService(PersonStore(database), demo=True),
    )


def test_a_consenting_persons_skills_are_loaded_and_leave_when_consent_does(
    database: Database, labor_path: Path
) -> None:
    services = services_over(database, labor_path)
    before = services.load_wallets()
    pete = services.people.sign_in("pete@demo.example", "waymark-demo")
    counting = sum(holding.standing.counts for holding in services.wallet_for(pete).wallet().holdings)

    services.consents.set_regional(pete, granted=False)

    assert before is not None and before > counting
    assert services.load_wallets() == before - counting
    services.close()


def test_wallets_that_cannot_be_loaded_take_nothing_else_down(database: Database, tmp_path: Path) -> None:
    def away() -> LaborStore:
        raise LaborDataUnavailable("no database")

    services = Services(database, away, today=lambda: TODAY)
    assert services.load_wallets() is None
    services.close()


def test_what_is_set_aside_is_not_counted_and_an_emptied_wallet_leaves_nothing(
    database: Database, labor_path: Path
) -> None:
    services = services_over(database, labor_path)
    before = services.load_wallets()
    pete = services.people.sign_in("pete@demo.example", "waymark-demo")
    record = next(one for one in services.wallet_for(pete).records() if one.standing.counts and one.skills)

    services.record_for(pete).set_hidden(record.id, True)
    hidden = services.load_wallets()
    services.empty_wallet(pete, "DELETE")

    assert before is not None and hidden is not None and hidden < before
    assert services.wallet_for(pete).records() == ()
    rows = services.labor._rows("SELECT count(*), count(DISTINCT owner) FROM memory.wallet_skill", {})
    assert rows[0][0] < hidden and rows[0][0] == services.load_wallets()
    services.close()

"""The whole product over the real labour-market data and the demo people, asked without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

import app as composition
from accounts.passwords import DEMO_PASSWORD
from accounts.store import PersonStore
from database import Database
from services.container import Services
from tests.product import settings_for
from tests.whole.asking import Asker
from tools.bootstrap import compile_translations
from wallet.store import WalletStore


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory, labor_path: Path) -> Iterator[SimpleNamespace]:
    """The product and the stores behind it."""
    compile_translations()
    folder = tmp_path_factory.mktemp("whole")
    (folder / "labor.duckdb").symlink_to(labor_path)
    settings = settings_for(folder)
    composition.prepare_stores(settings)
    services = Services.open(settings)
    shell = composition.create_app(settings, services)
    shell.prepare()
    database = Database(settings.database_url)
    yield SimpleNamespace(
        shell=shell, services=services, people=PersonStore(database), wallets=WalletStore(database)
    )
    database.close()
    services.close()


@pytest.fixture(scope="module")
def askers(product: SimpleNamespace) -> dict[str, Asker]:
    """Somebody of each kind, signed in where they can be."""
    found = {"a visitor": Asker(product.shell)}
    for name in ("maya", "counselor", "official", "employer", "issuer"):
        found[name] = Asker(product.shell, f"{name}@demo.example", DEMO_PASSWORD)
    return found

"""The product as it is served, with the demo people and trial pages in place of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import app as composition
from accounts.errors import PermissionDenied
from accounts.errors import marked as _
from services.container import Services
from tests.product import SECRET_WORD, settings_for, trial
from tools.bootstrap import compile_translations
from web.shell import Shell


@pytest.fixture(scope="session", autouse=True)
def translations() -> None:
    """The catalogues, as ``make test`` compiles them."""
    compile_translations()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, labor_path: Path, compressed_path: Path) -> Path:
    """A data directory with the labour-market database and the demo people, to be copied."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "labor.duckdb").symlink_to(labor_path)
    (folder / "compressed").symlink_to(compressed_path)
    composition.prepare_stores(settings_for(folder))
    return folder


@pytest.fixture(scope="session")
def read_once(prepared: Path) -> Iterator[Services]:
    """Services that have read the labour-market database."""
    services = Services.open(settings_for(prepared))
    assert services.roles
    yield services
    services.close()


@pytest.fixture
def folder(tmp_path: Path, prepared: Path) -> Path:
    """A data directory of the test's own."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True, symlinks=True)
    return tmp_path


@pytest.fixture
def shell(folder: Path, read_once: Services) -> Iterator[Shell]:
    """The product with trial pages in place of its own."""
    settings = settings_for(folder)
    services = Services.open(settings)
    services._labor, services._loaded = read_once._labor, read_once._loaded
    modules = [
        trial("open", "/open"),
        trial("thing", "/thing/<code>"),
        trial("own", "/own", action="wallet.read"),
        trial("caseload", "/caseload", action="caseload.read"),
        trial("refused", "/refused", error=PermissionDenied(_("This belongs to someone else."))),
        trial("broken", "/broken", error=ValueError(SECRET_WORD)),
    ]
    yield composition.create_app(settings, services, modules)
    services._labor = None
    services.close()


@pytest.fixture
def client(shell: Shell) -> FlaskClient:
    """A browser without a cookie."""
    return shell.server.test_client()

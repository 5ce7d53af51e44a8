"""The whole product, served once for all browser tests, and a Chromium that reports what is amiss."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
import waitress
from playwright.sync_api import Browser, expect, sync_playwright

import app as composition
from accounts.actor import Actor
from accounts.passwords import DEMO_PASSWORD
from accounts.store import PersonStore
from data.skill_index import FOLDER
from database import Database
from services import demo
from services.container import Services
from services.sharing import Wish
from tests.browser.steps import PETE, Screen, Served
from tests.people import PASSWORD
from tests.product import settings_for
from tools.bootstrap import compile_translations
from wallet.store import WalletStore

HERE = Path(__file__).parent
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def served(
    tmp_path_factory: pytest.TempPathFactory, labor_path: Path, compressed_path: Path
) -> Iterator[Served]:
    """The product at a free port, with the demo people and the real labour-market data."""
    compile_translations()
    folder = tmp_path_factory.mktemp("served")
    (folder / "labor.duckdb").symlink_to(labor_path)
    (folder / FOLDER).symlink_to(labor_path.parent / FOLDER)
    (folder / "compressed").symlink_to(compressed_path)
    settings = settings_for(folder)
    composition.prepare_stores(settings)
    services = Services.open(settings)
    shell = composition.create_app(settings, services)
    composition.prepare_files(shell)
    assert services.roles
    server = waitress.create_server(shell.server, host="127.0.0.1", port=0, threads=8, ident=None)
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    yield Served(f"http://127.0.0.1:{server.effective_port}", services, settings)
    server.close()
    serving.join(timeout=5)
    services.close()


@pytest.fixture(scope="session")
def stores(served: Served) -> Iterator[tuple[PersonStore, WalletStore]]:
    """The system of record behind the served product."""
    database = Database(served.settings.database_url)
    yield PersonStore(database), WalletStore(database)
    database.close()


@pytest.fixture(scope="session")
def newcomer(served: Served) -> Callable[..., str]:
    """Make somebody with an empty wallet; gives their e-mail address, the password is ``PASSWORD``."""
    numbers = count(1)

    def make(locale: str = "en") -> str:
        email = f"newcomer{next(numbers)}@example.org"
        served.services.people.register(email, "Robin", PASSWORD, locale)
        return email

    return make


@pytest.fixture(scope="session")
def twin(
    newcomer: Callable[..., str], served: Served, stores: tuple[PersonStore, WalletStore]
) -> Callable[..., str]:
    """Make somebody with Pete's records and careers, so that a test may change them."""
    pete = next(file for file in demo.read(composition.ROOT / "demo") if file.email.startswith("pete@"))
    people, wallets = stores
    numbers = count(1)

    def make(locale: str = "en") -> str:
        email, number = newcomer(locale), next(numbers)
        actor: Actor = served.services.people.sign_in(email, PASSWORD)
        assert actor.person_id
        people.set_area(actor.person_id, pete.area_code)
        for code in pete.careers:
            people.choose_career(actor.person_id, code, pete.area_code, most=12)
        for place, record in enumerate(pete.records):
            wallets.put(actor.person_id, replace(record, id=f"{number:016x}{place:016x}"))
        return email

    return make


@pytest.fixture(scope="session")
def known(served: Served, twin: Callable[..., str]) -> dict[str, str]:
    """What stands for the names in the addresses of ``looking.PAGES``."""
    services = served.services
    giver = services.people.sign_in(twin(), PASSWORD)
    wish = Wish(None, (), "A course", date.today() + timedelta(days=30), 40)
    return {
        "client": str(services.people.sign_in(PETE, DEMO_PASSWORD).person_id),
        "link": f"/s/{services.sharing.make(giver, wish).secret}",
    }


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium: the system's, by preference without the frame around a page, else Playwright's own."""
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
        found = next((path for name in names if (path := shutil.which(name))), None)
        chromium = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def screen(browser: Browser, served: Served) -> Iterator[Callable[..., Screen]]:
    """Open a fresh browser session; at the end, nothing may have gone wrong in any of them.

    That is: nothing asked of another host, no error in the console (which is where a breach of
    the content security policy shows), no script error, no answer of 400 or above that the test
    did not expect.
    """
    opened: list[Screen] = []

    def open_screen(width: int = 1440, height: int = 900, locale: str = "en-US", **more: object) -> Screen:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            base_url=served.url,
            reduced_motion="reduce",
            **more,  # type: ignore[arg-type]
        )
        context.set_default_timeout(
            30_000
        )  # A busy machine takes its time; nothing here is a promise of speed.
        opened.append(Screen(context, served))
        return opened[-1]

    yield open_screen
    problems = [problem for one in opened for problem in one.problems]
    for one in opened:
        one.context.close()
    assert not problems, "\n".join(problems)

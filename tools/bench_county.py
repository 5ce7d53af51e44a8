"""How fast the official's page answers with 100,000 wallets in the system of record."""

from __future__ import annotations

import logging
import secrets
import shutil
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import structlog

import app
from accounts.migrate import upgrade
from accounts.passwords import DEMO_PASSWORD
from config import Settings
from graph.model import GROUPS, JobLevel
from graph.population import Population, populate
from graph.region import Asked, chosen
from pages.county_address import VIEWS
from services.container import Services
from tools.bench_figures import Figure, spread

WALLETS = 100_000
COUNTIES = ("53063", "53065", "53033", "53061", "53077")
"""Where they live: most in Spokane County."""
QUERIES = (
    "",
    "?jobs=above_median",
    "?evidence=verified",
    "?area=5300000",
    "?area=53063,53065",
    "?family=29&jobs=to_median",
    "?area=0000000",
    "?jobs=well_above&shown=50",
    "?people=first_generation",
)
ROUNDS = 12
WITHDRAWN_EVERY = 10


def measure(labor: Path, folder: Path) -> Iterator[Figure]:
    """Ask for the page again and again while every tenth time somebody takes their consent back.

    Times are of the whole request in this process, the rendering of the page included.
    """
    # Each line of the bench is a figure.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "labor.duckdb").symlink_to(labor.resolve())
    settings = Settings.from_environment(
        {"DEMO": "1", "DATA_DIR": str(folder), "DEMO_WALLETS": "0", "SECRET_KEY": "", "OFFLINE": "1"}
    )
    upgrade(settings.database_url)
    services = Services.open(settings)
    try:
        ground = services._region()
        jobs, _counted = chosen(ground.jobs(("0044060",)), JobLevel.ALL)
        people = populate(ground.asked, jobs, WALLETS)
        fill(Path(settings.database_url.removeprefix("sqlite:///")), ground.asked, people)
        app.prepare_stores(settings)
        began = time.perf_counter()
        rows = services.load_wallets()
        yield Figure("county_wallets", float(people.people))
        yield Figure("county_wallet_skills", float(rows or 0))
        yield Figure("county_load_seconds", time.perf_counter() - began)
        yield from _ask(settings, services)
    finally:
        services.close()
        shutil.rmtree(folder, ignore_errors=True)


def _ask(settings: Settings, services: Services) -> Iterator[Figure]:
    browser = app.create_app(settings, services).server.test_client()
    who = {"email": "official@demo.example", "password": DEMO_PASSWORD}
    if browser.post("/api/v1/session", json=who).status_code not in (200, 204):
        raise RuntimeError("the demo official cannot sign in")
    for query in QUERIES:
        browser.get("/county" + query)
    page: list[float] = []
    changed: list[float] = []
    interface: list[float] = []
    number = 0
    for _round in range(ROUNDS):
        for query in QUERIES:
            withdrawn = number % WITHDRAWN_EVERY == 0
            if withdrawn:
                _withdraw(settings, number)
            number += 1
            took = _timed(browser, "/county" + query)
            page.append(took)
            if withdrawn:
                changed.append(took)
        interface.append(_timed(browser, "/api/v1/areas/53063/gap?jobs=above_median&limit=100"))
    yield from spread("county_page", "ms", page)
    yield from spread("county_page_after_a_withdrawal", "ms", changed)
    yield from spread("county_api", "ms", interface)
    views = "&".join(f"in={view}" for view in VIEWS)
    yield Figure("county_packet_seconds", _timed(browser, f"/county/packet.pdf?{views}") / 1000)


def _timed(browser, path: str) -> float:  # type: ignore[no-untyped-def]
    began = time.perf_counter()
    answer = browser.get(path)
    if answer.status_code != 200 or not answer.data:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return (time.perf_counter() - began) * 1000


def _withdraw(settings: Settings, number: int) -> None:
    connection = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))
    with connection:
        connection.execute(
            "UPDATE consent SET withdrawn_at = ? WHERE person_id = ?", (_moment(), f"{number:032x}")
        )
    connection.close()


def fill(path: Path, asked: Asked, people: Population) -> None:
    """Put invented people with one record each, and their consent, into a system of record."""
    now, kind = _moment(), "regional"
    connection = sqlite3.connect(path)
    with connection:
        connection.executemany(
            "INSERT INTO person (id, email, name, password_hash, locale, area_code, demo, active,"
            " session_version, created_at) VALUES (?, ?, 'Robin', '-', 'en', ?, 1, 1, 1, ?)",
            (
                (f"{n:032x}", f"{n}@example.org", COUNTIES[0 if n % 10 < 6 else 1 + n % 4], now)
                for n in range(people.people)
            ),
        )
        connection.executemany(
            "INSERT INTO consent (id, person_id, kind, scope, granted_at, starts_at)"
            " VALUES (?, ?, ?, '{}', ?, ?)",
            ((secrets.token_hex(16), f"{n:032x}", kind, now, now) for n in range(people.people)),
        )
        connection.executemany(
            "INSERT INTO population_groups (person_id, veterans, first_generation, english_learners,"
            " changed_at) VALUES (?, ?, ?, ?, ?)",
            (
                (f"{n:032x}", *(bool(marks & group.bit) for group in GROUPS), now)
                for n, marks in enumerate(people.groups.tolist())
                if marks
            ),
        )
        connection.executemany(
            "INSERT INTO record (id, person_id, kind, title, standing, digest, created_at)"
            " VALUES (?, ?, 'employment', 'Work', ?, ?, ?)",
            (
                (f"{n:031x}{standing[0]}", f"{n:032x}", standing, f"{n}{standing}", now)
                for n in range(people.people)
                for standing in ("verified", "self_asserted")
            ),
        )
        uris = [skill.uri for skill in asked.skills]
        connection.executemany(
            "INSERT INTO record_skill (record_id, skill_uri, label) VALUES (?, ?, '')",
            (
                (f"{owner:031x}{'v' if proven else 's'}", uris[skill])
                for owner, skill, proven in zip(
                    people.owner.tolist(), people.skill.tolist(), people.proven.tolist(), strict=True
                )
            ),
        )
    connection.close()


def _moment() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")

"""How long a caseload of many people takes to answer."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import structlog

import app
from accounts.cases import CaseStore
from accounts.consents import ConsentStore
from accounts.employment_plans import EmploymentPlanStore
from accounts.passwords import DEMO_PASSWORD, Passwords
from accounts.roles import PersonRole
from accounts.store import NewPerson, PersonStore
from config import Settings
from data.store import LaborStore
from database import Database
from graph.model import Activity, PlanContent, PlanStep, Standing
from services.consents import counselor_consent
from tools.bench_figures import Figure, spread
from wallet.record import RecordedSkill, RecordKind, WalletRecord
from wallet.store import WalletStore

LEARNERS = 500
RECORDS = 3
ROUNDS = 60
LOOKS = ("", "?sort=name&page=7", "?flag=ending", "?q=12", "?sort=next&page=3", "?sort=progress")
EMAIL = "counselor@bench.example"


def measure(folder: Path) -> Iterator[Figure]:
    """A counselor with so many clients, each with records and most with a plan, looks at the caseload.

    Times are those of the whole request within the process. The first look of a day notes each client as
    listed, and is told by itself.
    """
    own = folder / "caseload"
    own.mkdir()
    (own / "labor.duckdb").symlink_to(folder / "labor.duckdb")
    settings = Settings.from_environment(
        {"DEMO": "1", "SECRET_KEY": "demo-key-of-the-bench", "DATA_DIR": str(own), "LOG_LEVEL": "ERROR"}
    )
    app.prepare_stores(settings)
    labor = LaborStore.open(folder / "labor.duckdb")
    codes = [role.code for role in labor.roles()]
    labor.close()
    _fill(settings, codes)
    server = app.create_app(settings).server
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    _ready = server.extensions["waymark"].graph  # loaded once for a process
    browser = server.test_client()
    browser.post("/api/v1/session", json={"email": EMAIL, "password": DEMO_PASSWORD})
    yield Figure("caseload_first_look_of_a_day_ms", _ask(browser, ""))
    found = [_ask(browser, LOOKS[turn % len(LOOKS)]) for turn in range(ROUNDS)]
    yield Figure("caseload_learners", float(LEARNERS))
    yield from spread("caseload", "ms", found)


def _ask(browser, query: str) -> float:  # type: ignore[no-untyped-def]
    began = time.perf_counter()
    answer = browser.get(f"/counselor{query}")
    passed = (time.perf_counter() - began) * 1000
    if answer.status_code != 200 or b"case-table" not in answer.data:
        raise RuntimeError(f"the caseload answered {answer.status_code}")
    return passed


def _fill(settings: Settings, codes: list[str]) -> None:
    database = Database(settings.database_url)
    people, wallets, consents = PersonStore(database), WalletStore(database), ConsentStore(database)
    plans, cases = EmploymentPlanStore(database), CaseStore(database)
    hashed = Passwords().hash(DEMO_PASSWORD)
    counselor = people.add(
        NewPerson(EMAIL, "Counselor", hashed, frozenset({PersonRole.COUNSELOR}), demo=True)
    )
    named, today = (str(counselor.person_id), counselor.name), date.today()
    for number in range(LEARNERS):
        person = people.add(
            NewPerson(
                f"learner{number}@bench.example",
                f"Learner {number}",
                hashed,
                frozenset({PersonRole.LEARNER}),
                area_code="53063",
                demo=True,
            )
        )
        own, code = str(person.person_id), codes[number % len(codes)]
        consents.grant(own, counselor_consent(named[0], named[1], "en"))
        people.choose_career(own, code, None, most=12)
        for place in range(RECORDS):
            wallets.add(
                own,
                WalletRecord(
                    kind=RecordKind.CREDENTIAL,
                    title=f"Record {place}",
                    standing=Standing.VERIFIED,
                    issuer="College",
                    expires_on=today + timedelta(days=number - 100 + 200 * place),
                    skills=(RecordedSkill(f"https://skills.example/{place}", f"Skill {place}"),),
                ),
            )
        if number % 4:
            steps = tuple(
                PlanStep("", f"Step {at}", "Learner", today + timedelta(days=number % 90 - 20 + at))
                for at in range(4)
            )
            plans.keep(own, named, PlanContent(code, "A role", steps=steps, reviews=(today,)))
        if number % 3:
            cases.begin(own, *named, Activity.CAREER)
            cases.end(own, named[0], Activity.CAREER, 40)
    database.close()

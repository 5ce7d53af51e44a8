"""The API over a labour market small enough to read, and people who sign in by a header."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

import api
from accounts.actor import VISITOR, Actor
from accounts.errors import SignInFailed
from data.errors import LaborDataUnavailable
from graph.model import Standing
from services.container import Services
from tests.careers import SmallLabor, skill
from tests.people import PASSWORD, SystemOfRecord
from wallet.record import RecordedSkill, RecordKind, WalletRecord
from web import errors
from web.attempts import TooManyAttempts

TODAY = date(2026, 3, 2)


class Switch:
    """A labour-market database that can be taken away."""

    def __init__(self) -> None:
        self.labor = SmallLabor()
        self.away = False

    def open(self) -> SmallLabor:
        if self.away:
            raise LaborDataUnavailable("There is no labour-market database yet.")
        return self.labor


@pytest.fixture
def switch() -> Switch:
    return Switch()


@pytest.fixture
def record(tmp_path: Path) -> Iterator[SystemOfRecord]:
    kept = SystemOfRecord.in_folder(tmp_path)
    yield kept
    kept.close()


@pytest.fixture
def services(record: SystemOfRecord, switch: Switch) -> Services:
    return Services(record.database, switch.open, lambda: TODAY, record.service)


@pytest.fixture
def pete(record: SystemOfRecord) -> Actor:
    """A learner with one certificate, and one skill that only he says he has."""
    person = record.person("Pete")
    record.wallets.add(
        person.person_id,
        WalletRecord(
            kind=RecordKind.CREDENTIAL,
            title="Nursing assistant certificate",
            issuer="Technical Institute",
            standing=Standing.VERIFIED,
            issued_on=date(2025, 6, 1),
            skills=tuple(
                RecordedSkill(skill(name).uri, name) for name in ("monitor patients", "lift patients")
            ),
        ),
    )
    record.wallets.claim_skill(person.person_id, skill("write reports").uri, "write reports")
    return person


@pytest.fixture
def client(services: Services, record: SystemOfRecord) -> FlaskClient:
    """Who asks stands in the header ``Person``, in place of a session."""

    def current_actor() -> Actor:
        known = record.people.actor(request.headers.get("Person", ""))
        return known or VISITOR

    def sign_in(email: str, password: str) -> Actor:
        if email == "too@often.example":
            raise TooManyAttempts("Wait a while, then try again.")
        if password != PASSWORD:
            raise SignInFailed("E-mail address and password do not go together. Check both.")
        return VISITOR

    server = Flask("waymark")
    errors.init_app(server)
    server.register_blueprint(api.create_blueprint(services, current_actor, sign_in))
    return server.test_client()

"""Whatever is asked, as the description allows or not: no failure of ours, no answer of another shape.

Schemathesis makes the requests out of the OpenAPI description. Here it makes few, always the same; more
are made with ``EXAMPLES=100 python -m pytest tests/api/test_any_request.py``.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

import api
from accounts.roles import PersonRole
from services.bearer import Pace
from services.container import Services
from tests.people import SystemOfRecord
from tests.regions import RegionLabor
from web import errors

EXAMPLES = int(os.environ.get("EXAMPLES", "1"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The API, asked by somebody who is everything."""
    record = SystemOfRecord.in_folder(tmp_path_factory.mktemp("any"))
    services = Services(record.database, RegionLabor, people=record.service)
    services._registrations = Pace("1000 per minute")
    actor = replace(record.person("Pete"), roles=frozenset(PersonRole))
    record.people.grant_roles(str(actor.person_id), set(PersonRole))
    server = Flask("waymark")
    errors.init_app(server)
    server.register_blueprint(api.create_blueprint(services, lambda: actor, lambda email, password: None))
    yield server
    record.close()


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_no_request_makes_the_interface_fail_or_answer_in_another_shape(served, mode):
    asked, wrong = 0, []
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app=served)
    for place, found in enumerate(described.get_all_operations()):
        if EXAMPLES == 1 and place % 2 != list(GenerationMode).index(mode):
            continue  # With few examples each operation is asked one way: as described, or not.
        operation = found.ok()
        if operation.path.endswith("/skills/link"):
            continue  # What it reads with is not there, and it says so (503).

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            nonlocal asked
            asked += 1
            case.validate_response(case.call(), checks=CHECKS)

        try:
            ask()
        except Unsatisfiable:
            continue  # There is nothing wrong to be sent where nothing is asked for.
        except (Exception, BaseExceptionGroup) as problem:
            wrong.append(f"{operation.method} {operation.path}: {problem}")
    assert not wrong, "\n\n".join(wrong)
    assert asked > 20

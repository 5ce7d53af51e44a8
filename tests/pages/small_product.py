"""The product over a labour market small enough to reckon by hand, asked as a browser asks it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import app as composition
from services.container import Services
from tests.careers import SmallLabor
from tests.people import PASSWORD, SystemOfRecord
from tests.product import settings_for


class Labor(SmallLabor):
    """The small labour market, which takes in what consenting people have."""

    def load_wallets(self, url: str, today: date) -> int:
        return 0


class SmallProduct:
    """The served product, and a browser in it that is nobody's until someone signs in."""

    def __init__(self, folder: Path, labor: Callable[[], Any] = Labor, **more: Any) -> None:
        self.record = SystemOfRecord.in_folder(folder)
        self.services = Services(self.record.database, labor, people=self.record.service, **more)
        self.shell = composition.create_app(settings_for(folder), self.services)
        self.browser: FlaskClient = self.shell.server.test_client()

    def sign_in(self, name: str) -> Any:
        """Register and sign in; returns the actor."""
        actor = self.record.person(name)
        sent = {"email": f"{name.lower()}@example.org", "password": PASSWORD}
        assert self.browser.post("/api/v1/session", json=sent).status_code in (200, 204)
        return actor

    def open(self, pathname: str, search: str = "") -> TestResponse:
        """What Dash asks for when a page is opened."""
        return self.call(
            "page.children", "address.pathname", address_pathname=pathname, address_search=search
        )

    def call(self, output: str, changed: str, **values: Any) -> TestResponse:
        """Call the callback with ``output`` that listens to ``changed``, with ``id_property`` values."""
        name, callback = next(
            (name, callback)
            for name, callback in self.shell.callback_map.items()
            if output in name
            and any(f"{asked['id']}.{asked['property']}" == changed for asked in callback["inputs"])
        )
        outputs = [
            dict(zip(("id", "property"), one.rsplit(".", 1), strict=True))
            for one in name.strip(".").split("...")
        ]

        def filled(asked: list[dict]) -> list[dict]:
            return [
                {**one, "value": values.get(f"{one['id']}_{one['property']}".replace("-", "_"))}
                for one in asked
            ]

        body = {
            "output": name,
            "outputs": outputs if name.startswith("..") else outputs[0],
            "inputs": filled(callback["inputs"]),
            "state": filled(callback["state"]),
            "changedPropIds": [changed],
        }
        return self.browser.post("/_dash-update-component", json=body)

    def close(self) -> None:
        self.services.close()
        self.record.close()


def drawn(response: TestResponse, name: str) -> str:
    """The children that an answer gives to the element ``name``, as text to look in."""
    assert response.status_code == 200, response.status_code
    return json.dumps(response.get_json()["response"][name]["children"], ensure_ascii=False)

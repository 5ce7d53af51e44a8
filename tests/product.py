"""The product as a test serves it: settings, pages that fail on purpose, and a browser's habits."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from dash import Input, Output, html
from flask.testing import FlaskClient

from accounts.passwords import DEMO_PASSWORD
from config import Settings
from web.page import Page
from web.shell import Shell

SECRET_WORD = "what-a-person-typed"


def settings_for(folder: Path, **more: str) -> Settings:
    """Settings of a demonstration that keeps everything in ``folder``."""
    return Settings.from_environment(
        {"DEMO": "1", "SECRET_KEY": "demo-key-of-a-test", "DATA_DIR": str(folder), **more}
    )


def trial(name: str, path: str, action: str | None = None, error: Exception | None = None) -> SimpleNamespace:
    """A page module whose callback raises ``error``, or repeats what it is given."""

    def register(dash_app: Shell, _services: object) -> None:
        @dash_app.callback(Output(f"{name}-said", "children"), Input(f"{name}-asked", "value"))
        def say(value: str) -> str:
            if error is not None:
                raise error
            return value

    page = Page(
        name=name,
        path=path,
        nav=lambda: name.title(),
        action=action,
        heading=lambda _path, _services, _actor: (f"Heading of {name}", f"Lead of {name}"),
        layout=lambda _path, _search, _services, actor: html.P(f"{name} of {actor.name or 'a visitor'}"),
    )
    return SimpleNamespace(PAGE=page, register=register)


def token(client: FlaskClient, path: str = "/login") -> str:
    """The secret of the form at ``path``."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found, f"no form at {path}"
    return found[1]


def sign_in(client: FlaskClient, who: str = "pete", password: str = DEMO_PASSWORD, to: str = "") -> Any:
    """Send the sign-in form."""
    fields = {"email": f"{who}@demo.example", "password": password, "csrf_token": token(client)}
    return client.post("/login" + to, data=fields)


def ask(client: FlaskClient, page: str, value: str = "hello", **headers: str) -> Any:
    """What the callback of a trial page answers."""
    body = {
        "output": f"{page}-said.children",
        "outputs": {"id": f"{page}-said", "property": "children"},
        "inputs": [{"id": f"{page}-asked", "property": "value", "value": value}],
        "changedPropIds": [f"{page}-asked.value"],
    }
    names = {name.replace("_", "-"): header for name, header in headers.items()}
    return client.post("/_dash-update-component", json=body, headers=names)

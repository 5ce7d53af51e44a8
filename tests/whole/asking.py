"""Ways to ask the product for things, as no page of its own would."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from web.shell import Shell

UPDATE = "/_dash-update-component"


class Asker:
    """Somebody with a session, of which each request starts from the same state."""

    def __init__(self, shell: Shell, email: str = "", password: str = "") -> None:
        self._shell = shell
        self._cookies: dict[str, str] = {}
        if email:
            client = shell.server.test_client()
            answer = client.post("/api/v1/session", json={"email": email, "password": password})
            assert answer.status_code == 204, answer.text
            self._cookies = {cookie.key: cookie.value for cookie in client._cookies.values()}

    def client(self) -> FlaskClient:
        client = self._shell.server.test_client()
        for name, value in self._cookies.items():
            client.set_cookie(name, value)
        return client

    def ask(self, method: str, path: str, **more: Any) -> TestResponse:
        return self.client().open(path, method=method, **more)

    def call(self, output: str, values: dict[str, Any], changed: str | None = None) -> TestResponse:
        """Call a callback, with a value for each of its properties, by its property or its whole name."""
        return self.client().post(UPDATE, json=callback_body(self._shell, output, values, changed))


def callback_body(shell: Shell, output: str, values: dict[str, Any], changed: str | None = None) -> Any:
    """What a browser would send."""
    known = shell.callback_map[output]

    def filled(slots: list[dict[str, str]]) -> list[dict[str, Any]]:
        return [
            {**slot, "value": values.get(f"{slot['id']}.{slot['property']}", values.get(slot["property"]))}
            for slot in slots
        ]

    outputs = known["output"]
    listed = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    named = [{"id": one.component_id, "property": one.component_property} for one in listed]
    first = f"{known['inputs'][0]['id']}.{known['inputs'][0]['property']}"
    return {
        "output": output,
        "outputs": named if isinstance(outputs, (list, tuple)) else named[0],
        "inputs": filled(known["inputs"]),
        "state": filled(known["state"]),
        "changedPropIds": [changed or first],
    }


def inputs_of(shell: Shell) -> Iterator[tuple[str, str]]:
    """Every callback with each property that may set it off."""
    for output, known in shell.callback_map.items():
        for slot in known["inputs"]:
            yield output, f"{slot['id']}.{slot['property']}"

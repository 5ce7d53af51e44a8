"""Programs that ask with a token: the one reader of the ``Authorization`` header."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, request

from accounts.actor import Actor
from web.actor import client_address, current_actor

SCHEME = "bearer"
PREFIXES = ("/api/", "/ims/")


def actor_by(services: Any) -> Callable[[], Actor]:
    """Give who asks the API: the person of the token where there is one, else the one who is signed in.

    A request with a token is never its cookie's, also when the token is not good. A page takes none.
    """

    def actor() -> Actor:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME or not request.path.startswith(PREFIXES):
            return current_actor()
        # Once a request: a verb after another one is not another request.
        if "bearer" not in g:
            g.bearer = services.bearer.actor(secret.strip(), client_address())
        return g.bearer

    return actor

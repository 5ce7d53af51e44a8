"""The signing key of a demonstration: made once, so that sessions outlive a restart."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping

from config import DEMO_KEY_PREFIX, data_directory, demo_wanted

FILE = "demo-secret"


def with_demo_key(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment, with the key of this machine's demonstration where it asks for one.

    With ``DEMO=1`` and no ``SECRET_KEY`` the key is made and kept in ``DATA_DIR``, readable by
    its owner only. Where one was kept and neither variable is set, the demonstration goes on:
    a production server never has the file.
    """
    given = dict(environ)
    if given.get("SECRET_KEY"):
        return given
    path = data_directory(given) / FILE
    if "DEMO" not in given and path.exists():
        given["DEMO"] = "1"
    if not demo_wanted(given):
        return given
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(DEMO_KEY_PREFIX + secrets.token_urlsafe(32))
    given["SECRET_KEY"] = path.read_text().strip()
    return given

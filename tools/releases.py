"""``make data``: takes the newest official releases, from their publishers or from where one says.

A path is handed on as it is; an address is fetched first, whole, to ``DATA_DIR/downloads``
(`tools.download`). The build itself checks what it was given and leaves the old database in place when it
is not that.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from config import SettingsError, offline
from tools import bootstrap
from tools.download import NotFetched, fetch, opened, why

ROOT = Path(__file__).resolve().parent.parent
DOWNLOADS = "downloads"
# The page that lists O*NET's releases; the newest database is named first.
ONET_PAGE = "https://www.onetcenter.org/database.html"
ONET_TEXT = re.compile(r"/dl_files/database/db_(\d+)_(\d+)_text\.zip")
GIVEN = ("onet", "oews", "areas")
"""Options of ``python -m data build`` that take a file or an address here."""


def main(arguments: list[str] | None = None) -> int:
    """Fetch what is named, or each publisher's newest, and build; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.releases", description=__doc__)
    for name in GIVEN:
        parser.add_argument(f"--{name}", metavar="PATH-OR-URL")
    given = {name: value for name, value in vars(parser.parse_args(arguments)).items() if value}
    downloads = bootstrap.data_directory(dict(os.environ)) / DOWNLOADS
    try:
        wanted = given or {name: find() for name, find in newest_releases().items()}
        files = {name: local(value, downloads) for name, value in wanted.items()}
    except (NotFetched, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{downloads} cannot be written: {error.strerror or error}.", file=sys.stderr)
        return 1
    options = [word for name, path in files.items() for word in (f"--{name}", str(path))]
    status = subprocess.call([sys.executable, "-m", "data", "build", *options], cwd=ROOT)
    if status == 0:
        # So that make run keeps these releases.
        bootstrap.remember_data(dict(os.environ), releases=True)
    return status


def newest_releases() -> dict[str, Callable[[], str]]:
    """By option, what finds the address of a publisher's newest release."""
    return {"onet": newest_onet}


def newest_onet() -> str:
    """The address of the newest O*NET text release."""
    found = newest(_fetched(ONET_PAGE).decode("utf-8", "replace"))
    if found is None:
        raise NotFetched(f"{ONET_PAGE} names no text release. Name one yourself: make data ONET=path-or-URL")
    return urljoin(ONET_PAGE, found)


def newest(page: str) -> str | None:
    """The newest text release that a page links to, by its number.

    Examples
    --------
    >>> newest('<a href="/dl_files/database/db_9_3_text.zip"> <a href="/dl_files/database/db_31_0_text.zip">')
    '/dl_files/database/db_31_0_text.zip'
    """
    found = max(ONET_TEXT.finditer(page), key=lambda link: (int(link[1]), int(link[2])), default=None)
    return found[0] if found else None


def local(place: str, downloads: Path) -> Path:
    """A file or folder on this machine: the path itself, or what the address holds."""
    if urlsplit(place).scheme in ("http", "https"):
        _may_ask(place)
        return fetch(place, downloads)
    path = Path(place).expanduser().resolve()
    if not path.exists():
        raise NotFetched(f"{place} is neither a file here nor an address.")
    return path


def _may_ask(address: str) -> None:
    if offline():
        raise NotFetched(f"{address} is not fetched: OFFLINE is on, and no other host is asked.")


def _fetched(address: str) -> bytes:
    _may_ask(address)
    try:
        with opened(address) as answer:
            return answer.read()
    except OSError as error:
        raise NotFetched(
            f"{address} could not be reached: {why(error)}.\n"
            "Name the files yourself: make data ONET=path-or-URL OEWS=path-or-URL AREAS=path-or-URL"
        ) from error


if __name__ == "__main__":
    sys.exit(main())

"""``make data``: takes the newest official releases, from their publishers or from where one says.

A path is handed on as it is; an address is fetched first, whole, to a file of its own. The
build itself checks what it was given and leaves the old database in place when it is not that.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from tools import bootstrap

ROOT = Path(__file__).resolve().parent.parent
# The page that lists O*NET's releases; the newest database is named first.
ONET_PAGE = "https://www.onetcenter.org/database.html"
ONET_TEXT = re.compile(r"/dl_files/database/db_(\d+)_(\d+)_text\.zip")
PATIENCE = 60  # seconds without a byte
AGENT = "waymark (labour-market data loader)"


class NotFetched(Exception):  # noqa: N818 - a word to the person at the keyboard
    """A release that could not be had; the message says which and why."""


def main(arguments: list[str] | None = None) -> int:
    """Fetch what is named, or O*NET's newest, and build; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.releases", description=__doc__)
    for name in ("onet", "oews", "areas"):
        parser.add_argument(f"--{name}", metavar="PATH-OR-URL")
    given = {name: value for name, value in vars(parser.parse_args(arguments)).items() if value}
    with tempfile.TemporaryDirectory() as folder:
        try:
            wanted = given or {"onet": newest_onet()}
            files = {name: local(value, Path(folder) / name) for name, value in wanted.items()}
        except NotFetched as error:
            print(error, file=sys.stderr)
            return 1
        options = [word for name, path in files.items() for word in (f"--{name}", str(path))]
        status = subprocess.call([sys.executable, "-m", "data", "build", *options], cwd=ROOT)
    if status == 0:
        # So that make run keeps these releases.
        bootstrap.remember_data(dict(os.environ), releases=True)
    return status


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


def local(place: str, folder: Path) -> Path:
    """A file or folder on this machine: the path itself, or what the address holds."""
    if urlsplit(place).scheme not in ("http", "https"):
        path = Path(place).expanduser().resolve()
        if not path.exists():
            raise NotFetched(f"{place} is neither a file here nor an address.")
        return path
    folder.mkdir(parents=True)
    path = folder / (Path(urlsplit(place).path).name or "release")
    print(f"Fetching {place} …", flush=True)
    try:
        with _opened(place) as answer, path.open("wb") as file:
            shutil.copyfileobj(answer, file)
    except OSError as error:
        raise NotFetched(f"{place} could not be fetched: {_why(error)}.") from error
    return path


def _fetched(address: str) -> bytes:
    try:
        with _opened(address) as answer:
            return answer.read()
    except OSError as error:
        raise NotFetched(
            f"{address} could not be reached: {_why(error)}.\n"
            "Name the files yourself: make data ONET=path-or-URL OEWS=path-or-URL AREAS=path-or-URL"
        ) from error


def _opened(address: str):  # type: ignore[no-untyped-def]
    request = urllib.request.Request(address, headers={"User-Agent": AGENT})  # noqa: S310 - http(s) only
    return urllib.request.urlopen(request, timeout=PATIENCE)  # noqa: S310


def _why(error: OSError) -> str:
    return str(getattr(error, "reason", None) or error.strerror or error)


if __name__ == "__main__":
    sys.exit(main())

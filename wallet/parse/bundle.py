"""Several documents in one zip file, unpacked in memory under limits; nothing touches the disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace

from wallet.document import Document, Form, Packing
from wallet.errors import Unreadable
from wallet.sentence import N_
from wallet.strict_json import LARGEST_DOCUMENT

MOST_FILES = 100
LARGEST_UNPACKED = 50 * 1024 * 1024


def is_bundle(content: bytes) -> bool:
    """Whether a file begins as zip does."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def several(content: bytes, parts: list[Document]) -> Document:
    """Return the document that holds several others."""
    return Document(Form.BUNDLE, content, parts=tuple(parts))


def parse(content: bytes, read: Callable[[bytes], Document]) -> Document:
    """Return the documents of a zip file.

    What an archive adds of its own (folders, hidden files) is passed over; any other file in
    it must be readable.

    Parameters
    ----------
    read : callable
        From a file's content to its document.
    """
    broken = Unreadable(N_("This zip file is broken."))
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise broken from None
    files = [
        entry for entry in archive.infolist() if not entry.is_dir() and not _of_the_system(entry.filename)
    ]
    if len(files) > MOST_FILES:
        raise Unreadable(N_("This zip file holds too many files. Up to 100 are read."))
    left, parts = LARGEST_UNPACKED, []
    for entry in files:
        if entry.flag_bits & 0x1:
            raise Unreadable(N_("This zip file is locked with a password."))
        try:
            with archive.open(entry) as file:
                # What a header promises about sizes may be a lie: only what was unpacked counts.
                unpacked = file.read(min(left, 2 * LARGEST_DOCUMENT) + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ):
            raise broken from None
        left -= len(unpacked)
        if left < 0 or len(unpacked) > 2 * LARGEST_DOCUMENT:
            raise Unreadable(N_("What is in this zip file is too large."))
        name = entry.filename.rpartition("/")[2][:200]
        try:
            parts.append(replace(read(unpacked), content=unpacked, name=name))
        except Unreadable as problem:
            raise Unreadable(
                N_("%(name)s in this zip file cannot be read: %(why)s"), name=name, why=problem
            ) from None
    if not parts:
        raise Unreadable(N_("There is nothing in this zip file."))
    return replace(several(content, parts), packing=Packing.ZIP)


def _of_the_system(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")

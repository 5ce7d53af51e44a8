"""Badges baked into a PNG picture: the text chunk that Open Badges keeps them in.

PNG specification (third edition), sections 5 and 11.3.3; Open Badges 2.0 baking
(``openbadges``) and Open Badges 3.0 section 5.3 (``openbadgecredential``). The picture itself
is never decoded.
"""

from __future__ import annotations

import zlib

from wallet.errors import Unreadable
from wallet.sentence import N_
from wallet.strict_json import LARGEST_DOCUMENT

MAGIC = b"\x89PNG\r\n\x1a\n"
KEYWORDS = (b"openbadgecredential", b"openbadges")
MOST_CHUNKS = 10_000


def is_png(content: bytes) -> bool:
    """Whether a file begins as PNG does."""
    return content.startswith(MAGIC)


def extract(content: bytes) -> str:
    """Return the text of the badge in a picture.

    Raises
    ------
    Unreadable
        The file is broken, has no badge, or has two.
    """
    broken = Unreadable(N_("This picture is broken, so the badge in it cannot be read."))
    place, found = len(MAGIC), []
    for _ in range(MOST_CHUNKS):
        if place + 12 > len(content):
            raise broken
        length = int.from_bytes(content[place : place + 4], "big")
        kind = content[place + 4 : place + 8]
        end = place + 8 + length
        if end + 4 > len(content):
            raise broken
        if kind == b"IEND":
            break
        if kind in (b"iTXt", b"tEXt"):
            body = content[place + 8 : end]
            if zlib.crc32(kind + body) != int.from_bytes(content[end : end + 4], "big"):
                raise broken
            keyword, _, rest = body.partition(b"\0")
            if keyword in KEYWORDS:
                found.append(_international(rest) if kind == b"iTXt" else rest.decode("latin-1"))
        place = end + 4
    else:
        raise broken
    if not found:
        raise Unreadable(N_("There is no badge in this picture."))
    if len(found) > 1:
        raise Unreadable(N_("There is more than one badge in this picture."))
    return found[0]


def _international(rest: bytes) -> str:
    """The text of an iTXt chunk: compressed or not, after language and translated keyword."""
    broken = Unreadable(N_("This picture is broken, so the badge in it cannot be read."))
    if len(rest) < 2 or rest[0] not in (0, 1):
        raise broken
    parts = rest[2:].split(b"\0", 2)
    if len(parts) != 3:
        raise broken
    text = parts[2]
    if rest[0]:
        try:
            unpacking = zlib.decompressobj()
            text = unpacking.decompress(text, LARGEST_DOCUMENT + 1)
        except zlib.error:
            raise broken from None
        if len(text) > LARGEST_DOCUMENT:
            raise Unreadable(N_("This file is too large. A credential may have up to 5 MB."))
        if not unpacking.eof:
            raise broken
    try:
        return text.decode()
    except UnicodeDecodeError:
        raise broken from None

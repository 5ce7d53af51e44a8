"""A picture of an achievement: taken only when it can do nothing but be looked at.

It is shown from our own address and in other people's wallets. A PNG is put together anew from the
parts that draw; an SVG may use shapes, text and colors, and nothing that acts or fetches.
"""

from __future__ import annotations

import re
import zlib
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from wallet.errors import Unreadable
from wallet.parse.baked_png import MAGIC
from wallet.sentence import N_

LARGEST = 512 * 1024
MOST_PIXELS = 2048
MOST_ELEMENTS = 5000
# PNG specification (third edition), 5.6: what is needed to draw; text, times and camera data are left out.
_DRAWING = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"bKGD"}
_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = frozenset(
    {
        "svg",
        "g",
        "defs",
        "title",
        "desc",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "symbol",
        "use",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "pattern",
        "marker",
    }
)
_DECLARED = re.compile(r"""<\?xml\s[^>]*?encoding\s*=\s*['"]([^'"]*)""")
_INSTRUCTION = re.compile(r"<\?(?!xml\s)|\0")
_INSIDE = re.compile(r"url\(\s*['\"]?#[^)'\"]*['\"]?\s*\)", re.IGNORECASE)


def check_picture(content: bytes) -> tuple[str, bytes]:
    """Return what kind of picture it is, ``png`` or ``svg``, and the bytes to keep.

    Raises
    ------
    Unreadable
        With one sentence for who handed it in.
    """
    if len(content) > LARGEST:
        raise Unreadable(N_("This picture is too large. It may have up to 512 KB."))
    if content.startswith(MAGIC):
        return "png", _png(content)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return "svg", _svg(content)
    raise Unreadable(N_("Choose a picture that is PNG or SVG."))


def _png(content: bytes) -> bytes:
    broken = Unreadable(N_("This picture is broken."))
    place, kept = len(MAGIC), [MAGIC]
    seen: list[bytes] = []
    while True:
        if place + 12 > len(content):
            raise broken
        length = int.from_bytes(content[place : place + 4], "big")
        kind, end = content[place + 4 : place + 8], place + 8 + length
        if end + 4 > len(content):
            raise broken
        if zlib.crc32(content[place + 4 : end]) != int.from_bytes(content[end : end + 4], "big"):
            raise broken
        if (not seen) != (kind == b"IHDR"):
            raise broken
        seen.append(kind)
        if kind == b"IHDR":
            sizes = [int.from_bytes(content[place + 8 + at : place + 12 + at], "big") for at in (0, 4)]
            if length != 13 or not all(0 < size <= MOST_PIXELS for size in sizes):
                raise Unreadable(
                    N_("This picture is too large. It may have up to %(most)s pixels a side."),
                    most=MOST_PIXELS,
                )
        if kind in _DRAWING:
            kept.append(content[place : end + 4])
        elif not kind[:1].islower():
            raise broken
        place = end + 4
        if kind == b"IEND":
            break
    if b"IDAT" not in seen:
        raise broken
    return b"".join(kept)


def _svg(content: bytes) -> bytes:
    acts = Unreadable(N_("This picture does more than show something, so it is not taken."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(N_("This picture is broken.")) from None
    # An instruction may name a style sheet elsewhere, and another encoding could hide one.
    encoding = _DECLARED.match(text)
    if _INSTRUCTION.search(text) or (encoding and encoding[1].lower() not in ("utf-8", "us-ascii")):
        raise acts
    try:
        root: Element = defusedxml.ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise acts from None
    except (ParseError, ValueError, LookupError, RecursionError):
        raise Unreadable(N_("This picture is broken.")) from None
    if root.tag != f"{_SVG}svg":
        raise Unreadable(N_("Choose a picture that is PNG or SVG."))
    for number, element in enumerate(root.iter()):
        name = element.tag if isinstance(element.tag, str) else ""
        if number >= MOST_ELEMENTS or not name.startswith(_SVG) or name.removeprefix(_SVG) not in _SHAPES:
            raise acts
        for attribute, value in element.attrib.items():
            plain = attribute.rpartition("}")[2].lower()
            if plain.startswith("on") or (plain in ("href", "src", "base") and not value.startswith("#")):
                raise acts
            if "url(" in _INSIDE.sub("", value).lower() or "@import" in value.lower() or "\\" in value:
                raise acts
    return content

"""A picture of an achievement is taken only when it can do nothing but be looked at."""

from __future__ import annotations

import struct
import zlib

import pytest

from wallet.errors import Unreadable
from wallet.picture import LARGEST, check_picture


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 1, height: int = 1, *more: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    drawn = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + drawn + chunk(b"IEND", b"")


def svg(inside: str, attributes: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def test_a_png_is_kept_without_what_it_tells_beside_the_picture():
    told = (
        chunk(b"tEXt", b"Author\0Pete"),
        chunk(b"eXIf", b"where it was taken"),
        chunk(b"tIME", b"1234567"),
    )
    kind, kept = check_picture(png(1, 1, *told) + b"<script>after the end</script>")
    assert (kind, kept) == ("png", png())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"\xff\xd8\xff\xe0",
        b"\x89PNG\r\n\x1a\n",
        png()[:-6],
        png().replace(b"IDAT", b"IDAX"),
        png()[:40] + b"\x00" + png()[41:],
        png(0, 1),
        png(4000, 1),
        png(1, 1, chunk(b"XXXX", b"")),
        png(1, 1, chunk(b"IHDR", b"")),
        b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""),
        png() + b"\0" * LARGEST,
    ],
)
def test_a_broken_large_or_strange_one_is_refused_in_a_sentence(content: bytes):
    with pytest.raises(Unreadable):
        check_picture(content)


def test_an_svg_of_shapes_text_and_colors_is_kept_as_it_is():
    content = svg(
        "<title>A badge</title>"
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>'
        '<circle r="4" fill="url(#g)" style="stroke: black"/><use href="#g"/><text>Patient care</text>',
        'viewBox="0 0 10 10"',
    )
    assert check_picture(content) == ("svg", content)
    declared = b'<?xml version="1.0" encoding="UTF-8"?>' + content
    assert check_picture(declared) == ("svg", declared)


@pytest.mark.parametrize(
    "content",
    [
        svg("<script>alert(1)</script>"),
        svg("<SCRIPT>alert(1)</SCRIPT>"),
        svg("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"),
        svg('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>'),
        svg("<style>@import url(//evil.example)</style>"),
        svg('<image href="https://evil.example/x.png"/>'),
        svg('<a href="javascript:alert(1)"><text>x</text></a>'),
        svg('<use href="https://evil.example/x.svg#a"/>'),
        svg('<use xlink:href="data:image/svg+xml,x" xmlns:xlink="http://www.w3.org/1999/xlink"/>'),
        svg("<rect/>", 'onload="alert(1)"'),
        svg('<rect OnClick="alert(1)"/>'),
        svg('<rect fill="url(https://evil.example/x)"/>'),
        svg('<rect style="background: url( //evil.example )"/>'),
        svg('<rect style="fill: u\\72l(//evil.example)"/>'),
        svg('<animate attributeName="href" to="javascript:alert(1)"/>'),
        svg('<set attributeName="onclick" to="alert(1)"/>'),
        b'<?xml-stylesheet href="//evil.example"?>' + svg("<rect/>"),
        ('<?xml-stylesheet href="//evil.example"?>' + svg("<rect/>").decode()).encode("utf-16-le"),
        b'<?xml version="1.0" encoding="utf-7"?>' + svg("<rect/>"),
        b'<?xml version="1.0" encoding="latin-1"?>' + svg("<rect/>"),
        b'<!DOCTYPE svg [<!ENTITY x "y">]>' + svg("<text>&x;</text>"),
        b'<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + svg("<rect/>"),
        b"<svg><rect/></svg>",
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        svg("<rect>"),
        svg("<g/>" * 6000),
    ],
)
def test_an_svg_that_acts_fetches_or_is_none_is_refused(content: bytes):
    with pytest.raises(Unreadable):
        check_picture(content)

"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from wallet import strict_json
from wallet.document import Document, Packing
from wallet.errors import Unreadable
from wallet.parse import baked_png, baked_svg, bundle, json_resume, open_badge_2, token, verifiable
from wallet.proofs import jws
from wallet.sentence import N_

LARGEST_BUNDLE = 20 * 1024 * 1024
LARGEST_IMAGE = 10 * 1024 * 1024
_ADDRESS = re.compile(r"https://[^\s<>\"]{1,2000}")


def read(content: bytes, name: str = "") -> Document:
    """Return what a file holds.

    Parameters
    ----------
    content : bytes
        The file, untouched.
    name : str
        Its name, to tell several apart; what it is, its content says.

    Raises
    ------
    Unreadable
        With one sentence for the person who handed it in.
    """
    try:
        return replace(_read(content, inside=False), content=content, name=name)
    except RecursionError:
        raise Unreadable(N_("This file is nested too deeply to be a credential.")) from None


def _read(content: bytes, inside: bool) -> Document:
    if bundle.is_bundle(content):
        if inside:
            raise Unreadable(N_("A zip file inside another one is not read."))
        if len(content) > LARGEST_BUNDLE:
            raise Unreadable(N_("This file is too large. A zip file may have up to 20 MB."))
        return bundle.parse(content, lambda part: _read(part, inside=True))
    if baked_png.is_png(content):
        if len(content) > LARGEST_IMAGE:
            raise Unreadable(N_("This file is too large. A picture may have up to 10 MB."))
        return replace(_text(baked_png.extract(content)), content=content, packing=Packing.PNG)
    if len(content) > strict_json.LARGEST_DOCUMENT:
        raise Unreadable(N_("This file is too large. A credential may have up to 5 MB."))
    if not content.strip():
        raise Unreadable(N_("This file is empty."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(N_("This is none of the files that a wallet can read.")) from None
    if text.lstrip()[:1] == "<":
        return replace(_text(baked_svg.extract(content)), content=content, packing=Packing.SVG)
    return _text(text)


def _text(text: str) -> Document:
    """What JSON, a signed token or an address holds."""
    text = text.strip()
    if text[:1] in "{[":
        value = strict_json.parse(text)
        if isinstance(value, list):
            return bundle.several(text.encode(), [_value(one, str(one).encode()) for one in value[:100]])
        return _value(value, text.encode())
    if jws.looks_like_token(text):
        return token.parse(text)
    if _ADDRESS.fullmatch(text):
        return open_badge_2.at_address(text)
    raise Unreadable(N_("This is none of the files that a wallet can read."))


def _value(value: Any, content: bytes) -> Document:
    if isinstance(value, dict):
        if verifiable.is_one(value):
            return verifiable.parse(value, content, token.parse)
        for form in (open_badge_2, json_resume):
            if form.is_one(value):
                return form.parse(value, content)
    raise Unreadable(N_("This JSON is neither a credential nor a résumé that a wallet can read."))

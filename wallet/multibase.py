"""Multibase and base64url text, as keys and signatures are written in.

Own code because it is forty lines: the base58 package has had no release since 2021 and
takes input of any length, which costs time by the square.
"""

from __future__ import annotations

import base64
import re

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
LONGEST_BASE58 = 2048
_DIGITS = {letter: digit for digit, letter in enumerate(ALPHABET)}
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*")


def decode(text: str) -> bytes:
    """Return the bytes of a multibase text: ``z`` base58btc or ``u`` base64url, else ``ValueError``.

    >>> decode("zCn8eVZg")
    b'hello'
    """
    if text[:1] == "z":
        return base58_decode(text[1:])
    if text[:1] == "u":
        return base64url_decode(text[1:])
    raise ValueError("neither base58btc nor base64url")


def encode(content: bytes) -> str:
    """Return bytes in base58btc, with its ``z``."""
    return "z" + base58_encode(content)


def base58_decode(text: str) -> bytes:
    """Return the bytes of base58btc without prefix; ``ValueError`` when it is not."""
    if not text or len(text) > LONGEST_BASE58:
        raise ValueError("no base58 of a sensible length")
    number = 0
    for letter in text:
        digit = _DIGITS.get(letter)
        if digit is None:
            raise ValueError("not base58")
        number = number * 58 + digit
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base58_encode(content: bytes) -> str:
    """Return bytes in base58btc without prefix."""
    number, letters = int.from_bytes(content, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        letters = ALPHABET[digit] + letters
    return "1" * (len(content) - len(content.lstrip(b"\0"))) + letters


def base64url_decode(text: str) -> bytes:
    """Return the bytes of unpadded base64url; anything else, unused bits too, is ``ValueError``."""
    if not _BASE64URL.fullmatch(text):
        raise ValueError("not base64url")
    content = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64url_encode(content) != text:
        raise ValueError("bits to spare")
    return content


def base64url_encode(content: bytes) -> str:
    """Return bytes in base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()

"""Signing keys at rest: sealed, so that whoever reads the database cannot sign with them."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wallet import multibase
from wallet.sign import SigningKey

_PURPOSE = b"waymark: signing keys of issuers, 1"
_NONCE = 12


class KeySealed(Exception):  # noqa: N818 - named by what happened
    """A key that cannot be opened: the installation's secret is another one than it was sealed with."""


class KeyCase:
    """Seals keys with AES-256-GCM, under a key that HKDF makes of the installation's secret.

    Parameters
    ----------
    secret : str
        ``Settings.key_encryption_key``.
    """

    def __init__(self, secret: str) -> None:
        derived = HKDF(SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
        self._cipher = AESGCM(derived)

    def seal(self, key: SigningKey, owner: str) -> str:
        """Return the key as text to be kept; it opens for the same ``owner`` only."""
        nonce = os.urandom(_NONCE)
        sealed = self._cipher.encrypt(nonce, key.to_multikey().encode(), owner.encode())
        return multibase.base64url_encode(nonce + sealed)

    def open(self, sealed: str, owner: str) -> SigningKey:
        """Return the key.

        Raises
        ------
        KeySealed
        """
        try:
            content = multibase.base64url_decode(sealed)
            opened = self._cipher.decrypt(content[:_NONCE], content[_NONCE:], owner.encode())
        except (InvalidTag, ValueError):
            raise KeySealed from None
        return SigningKey.from_multikey(opened.decode())

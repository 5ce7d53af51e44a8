"""Public keys, in the spellings that issuers publish them in, and checking a signature."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from joserfc.jwk import ECKey, OKPKey, RSAKey

from wallet import multibase
from wallet.errors import Broken
from wallet.sentence import N_

Raw = ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey

# Multicodec, https://github.com/multiformats/multicodec/blob/master/table.csv
ED25519 = b"\xed\x01"
P256 = b"\x80\x24"
P384 = b"\x81\x24"
SMALLEST_RSA = 2048
LARGEST_RSA = 8192


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key to check signatures with.

    Attributes
    ----------
    kind : str
        ``Ed25519``, ``P-256``, ``P-384`` or ``RSA``.
    """

    kind: str
    raw: Raw

    def check(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature is this key's over the message.

        ECDSA signatures are the two numbers after each other (IEEE P1363), as Data Integrity has
        them; P-256 with SHA-256, P-384 with SHA-384.
        """
        try:
            if isinstance(self.raw, ed25519.Ed25519PublicKey):
                self.raw.verify(signature, message)
                return True
            if isinstance(self.raw, ec.EllipticCurvePublicKey):
                size = self.raw.key_size // 8
                if len(signature) != 2 * size:
                    return False
                numbers = (int.from_bytes(signature[:size], "big"), int.from_bytes(signature[size:], "big"))
                digest = hashes.SHA256() if self.kind == "P-256" else hashes.SHA384()
                self.raw.verify(encode_dss_signature(*numbers), message, ec.ECDSA(digest))
                return True
        except InvalidSignature:
            return False
        return False

    def jwk(self) -> dict[str, Any]:
        """Return the key as a JWK."""
        kinds: dict[str, Any] = {"Ed25519": OKPKey, "P-256": ECKey, "P-384": ECKey, "RSA": RSAKey}
        pem = self.raw.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        found: dict[str, Any] = kinds[self.kind].import_key(pem).as_dict(private=False)
        return found

    def multikey(self) -> str:
        """Return the key as ``publicKeyMultibase`` of a Multikey; not for RSA."""
        if isinstance(self.raw, ed25519.Ed25519PublicKey):
            return multibase.encode(ED25519 + self.raw.public_bytes_raw())
        if isinstance(self.raw, ec.EllipticCurvePublicKey):
            point = self.raw.public_bytes(
                serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint
            )
            return multibase.encode((P256 if self.kind == "P-256" else P384) + point)
        raise ValueError("no multikey for this kind of key")


def from_multikey(text: object) -> PublicKey:
    """Return the key of a ``publicKeyMultibase``; ``Broken`` when it is none."""
    try:
        content = multibase.decode(text if isinstance(text, str) else "")
        code, key = content[:2], content[2:]
        if code == ED25519:
            return _ed25519(key)
        if code in (P256, P384):
            curve = ec.SECP256R1() if code == P256 else ec.SECP384R1()
            if len(key) != 1 + curve.key_size // 8:
                raise ValueError("not a compressed point")
            return _public(ec.EllipticCurvePublicKey.from_encoded_point(curve, key))
    except (ValueError, UnsupportedAlgorithm):
        pass
    raise _no_key()


def from_base58(text: object) -> PublicKey:
    """Return the Ed25519 key of a ``publicKeyBase58``."""
    try:
        return _ed25519(multibase.base58_decode(text if isinstance(text, str) else ""))
    except ValueError:
        raise _no_key() from None


def from_jwk(jwk: object) -> PublicKey:
    """Return the key of a JWK; one that carries its private half is refused like a broken one."""
    if not isinstance(jwk, dict) or "d" in jwk:
        raise _no_key()
    try:
        kind, curve = jwk.get("kty"), jwk.get("crv")
        if kind == "OKP" and curve == "Ed25519":
            return _ed25519(multibase.base64url_decode(jwk["x"]))
        if kind == "EC" and curve in ("P-256", "P-384"):
            group = ec.SECP256R1() if curve == "P-256" else ec.SECP384R1()
            x, y = (multibase.base64url_decode(jwk[name]) for name in ("x", "y"))
            numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(x, "big"), int.from_bytes(y, "big"), group)
            return _public(numbers.public_key())
        if kind == "RSA":
            n, e = (int.from_bytes(multibase.base64url_decode(jwk[name]), "big") for name in ("n", "e"))
            return _public(rsa.RSAPublicNumbers(e, n).public_key())
    except (KeyError, ValueError, TypeError, AttributeError, UnsupportedAlgorithm):
        pass
    raise _no_key()


def from_pem(text: object) -> PublicKey:
    """Return the key of a PEM block, as Open Badges 2 publishes it."""
    try:
        key = serialization.load_pem_public_key(text.encode() if isinstance(text, str) else b"")
        if isinstance(key, ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
            return _public(key)
    except (ValueError, UnsupportedAlgorithm):
        pass
    raise _no_key()


def from_did_jwk(text: str) -> PublicKey:
    """Return the key of the part of a did:jwk after its second colon."""
    try:
        return from_jwk(json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))))
    except (ValueError, RecursionError):
        raise _no_key() from None


def _ed25519(key: bytes) -> PublicKey:
    return PublicKey("Ed25519", ed25519.Ed25519PublicKey.from_public_bytes(key))


def _public(key: Raw) -> PublicKey:
    if isinstance(key, rsa.RSAPublicKey):
        if SMALLEST_RSA <= key.key_size <= LARGEST_RSA:
            return PublicKey("RSA", key)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        kind = {"secp256r1": "P-256", "secp384r1": "P-384"}.get(key.curve.name)
        if kind:
            return PublicKey(kind, key)
    else:
        return PublicKey("Ed25519", key)
    raise _no_key()


def _no_key() -> Broken:
    return Broken(N_("The issuer's key is not one that can be read."))

"""Signing what the product issues: Data Integrity proofs and JOSE tokens.

The product issues with ``eddsa-rdfc-2022``; the others are here because what is verified is
tested with what is signed. How a proof is made is written once, in ``proofs.data_integrity``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from joserfc import jws
from joserfc.jwk import ECKey, OKPKey, RSAKey

from wallet import multibase
from wallet.documents import Documents, NoDocuments
from wallet.keys import PublicKey
from wallet.proofs import data_integrity
from wallet.proofs.jws import REGISTRY

Private = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

# Multicodec, https://github.com/multiformats/multicodec/blob/master/table.csv
_SECRET_ED25519 = b"\x80\x26"
_SECRET_P256 = b"\x86\x26"
_SECRET_P384 = b"\x87\x26"
_ALGORITHMS = {"Ed25519": "EdDSA", "P-256": "ES256", "P-384": "ES384", "RSA": "RS256"}


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """A private key; it never shows itself in a log."""

    kind: str
    raw: Private

    @classmethod
    def generate(cls, kind: str = "Ed25519") -> SigningKey:
        """Return a new key of a kind: ``Ed25519``, ``P-256``, ``P-384`` or ``RSA``."""
        if kind == "Ed25519":
            return cls(kind, ed25519.Ed25519PrivateKey.generate())
        if kind == "RSA":
            return cls(kind, rsa.generate_private_key(public_exponent=65537, key_size=2048))
        curves = {"P-256": ec.SECP256R1, "P-384": ec.SECP384R1}
        return cls(kind, ec.generate_private_key(curves[kind]()))

    @classmethod
    def from_multikey(cls, text: str) -> SigningKey:
        """Return the key of a ``secretKeyMultibase``; ``ValueError`` when it is none."""
        content = multibase.decode(text)
        code, secret = content[:2], content[2:]
        if code == _SECRET_ED25519:
            return cls("Ed25519", ed25519.Ed25519PrivateKey.from_private_bytes(secret))
        curves = {_SECRET_P256: ("P-256", ec.SECP256R1), _SECRET_P384: ("P-384", ec.SECP384R1)}
        if code not in curves:
            raise ValueError("not a secret multikey")
        kind, curve = curves[code]
        return cls(kind, ec.derive_private_key(int.from_bytes(secret, "big"), curve()))

    def to_multikey(self) -> str:
        """Return the key as ``secretKeyMultibase``, to be kept secret; not for RSA."""
        if isinstance(self.raw, ed25519.Ed25519PrivateKey):
            return multibase.encode(_SECRET_ED25519 + self.raw.private_bytes_raw())
        if isinstance(self.raw, ec.EllipticCurvePrivateKey):
            code = _SECRET_P256 if self.kind == "P-256" else _SECRET_P384
            size = self.raw.key_size // 8
            number = self.raw.private_numbers().private_value
            return multibase.encode(code + number.to_bytes(size, "big"))
        raise ValueError("no multikey for this kind of key")

    @property
    def public(self) -> PublicKey:
        """The public half."""
        return PublicKey(self.kind, self.raw.public_key())

    @property
    def did(self) -> str:
        """The did:key of the public half."""
        return f"did:key:{self.public.multikey()}"

    @property
    def method(self) -> str:
        """The address of the one key of ``did``."""
        return f"{self.did}#{self.public.multikey()}"

    def signature(self, message: bytes) -> bytes:
        """Return the signature of a message, as Data Integrity writes it."""
        if isinstance(self.raw, ed25519.Ed25519PrivateKey):
            return self.raw.sign(message)
        if isinstance(self.raw, ec.EllipticCurvePrivateKey):
            digest = hashes.SHA256() if self.kind == "P-256" else hashes.SHA384()
            size = self.raw.key_size // 8
            numbers = decode_dss_signature(self.raw.sign(message, ec.ECDSA(digest)))
            return b"".join(number.to_bytes(size, "big") for number in numbers)
        raise ValueError("no Data Integrity proofs with this kind of key")


def sign(
    document: Mapping[str, Any],
    key: SigningKey,
    suite: str = "eddsa-rdfc-2022",
    *,
    created: datetime | None = None,
    method: str = "",
    purpose: str = "assertionMethod",
    documents: Documents | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Return a document with one more proof.

    Parameters
    ----------
    document : mapping
        A credential or presentation; proofs it has are kept.
    suite : str
        One of ``proofs.data_integrity.SUITES``.
    method : str
        Address of the verification method; the key's own did:key unless given.
    options
        Further options of the proof, such as ``id``, ``previousProof``, ``challenge``, ``expires``.

    Raises
    ------
    Broken
        The document holds something that the signature would not cover.
    """
    chosen = data_integrity.SUITES[suite]
    moment = (created or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    proof: dict[str, Any] = {
        "type": suite if suite == "Ed25519Signature2020" else "DataIntegrityProof",
        "created": moment.isoformat().replace("+00:00", "Z"),
        "verificationMethod": method or key.method,
        "proofPurpose": purpose,
        **options,
    }
    if proof["type"] == "DataIntegrityProof":
        proof["cryptosuite"] = suite
    if not chosen.rdf and "@context" in document:
        proof["@context"] = document["@context"]
    whole = dict(document)
    message = data_integrity.hash_data(whole, proof, chosen, key.kind, documents or NoDocuments())
    proof["proofValue"] = multibase.encode(key.signature(message))
    kept = data_integrity.proofs_of(whole)
    return {**whole, "proof": [*kept, proof] if kept else proof}


def sign_token(
    payload: Mapping[str, Any], key: SigningKey, *, kind: str = "vc+jwt", key_id: str | None = None
) -> str:
    """Return a compact JWS around a payload; ``key_id`` is the key's own did:key unless given."""
    header = {"alg": _ALGORITHMS[key.kind], "typ": kind}
    named = key_id if key_id is not None else (key.method if key.kind != "RSA" else "")
    if named:
        header["kid"] = named
    pem = key.raw.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    kinds: dict[str, Any] = {"Ed25519": OKPKey, "RSA": RSAKey}
    imported = kinds.get(key.kind, ECKey).import_key(pem)
    content = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    return jws.serialize_compact(header, content, imported, registry=REGISTRY)

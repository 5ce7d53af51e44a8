"""Signatures around a document: compact JWS, as VC-JWT and signed Open Badges 2 use it.

RFC 7515, RFC 8725 (best practices), W3C Securing Verifiable Credentials using JOSE and COSE,
W3C Verifiable Credentials Data Model 1.1 section 6.3.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from wallet import multibase, strict_json
from wallet.errors import Broken, Unavailable, Unreadable
from wallet.keys import PublicKey
from wallet.sentence import N_

# The algorithms that are accepted, each with the one kind of key it goes with.
ALGORITHMS = {"EdDSA": "Ed25519", "Ed25519": "Ed25519", "ES256": "P-256", "ES384": "P-384", "RS256": "RSA"}
# Registered and strong enough elsewhere, but not checked here.
UNSUPPORTED = frozenset({"ES256K", "ES512", "PS256", "PS384", "PS512", "RS384", "RS512", "Ed448"})
_COMPACT = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)\.([A-Za-z0-9_-]*)")
_KEYS: dict[str, Any] = {"Ed25519": OKPKey, "P-256": ECKey, "P-384": ECKey, "RSA": RSAKey}


class Algorithms(jws.JWSRegistry):
    """The algorithms of ``ALGORITHMS`` and no other, for documents as large as a credential may be.

    The library warns of the name ``EdDSA``, as RFC 9864 gives the algorithm another one; credentials
    go by the older name.
    """

    max_payload_length = strict_json.LARGEST_DOCUMENT
    max_header_length = 16_384

    def __init__(self) -> None:
        super().__init__(strict_check_header=False, algorithms=list(ALGORITHMS))

    def get_alg(self, name: str) -> Any:
        """Return an algorithm that is accepted."""
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError(name)
        return self.algorithms[name]


REGISTRY = Algorithms()


@dataclass(frozen=True, slots=True)
class Token:
    """A compact JWS, taken apart and not yet believed."""

    text: str
    header: dict[str, Any]
    payload: dict[str, Any]

    @property
    def algorithm(self) -> str:
        """The algorithm that its header names; anything but text is none."""
        found = self.header.get("alg")
        return found if isinstance(found, str) else ""

    @property
    def key_id(self) -> str:
        """Which key it says it was signed with; may be empty."""
        found = self.header.get("kid")
        return found if isinstance(found, str) else ""


def looks_like_token(text: str) -> bool:
    """Whether a text has the shape of a compact JWS."""
    return _COMPACT.fullmatch(text) is not None


def take_apart(text: str) -> Token:
    """Return header and payload of a compact JWS, or raise ``Unreadable``."""
    found = _COMPACT.fullmatch(text)
    if found is None or len(text) > strict_json.LARGEST_DOCUMENT:
        raise Unreadable(N_("This is not a complete signed token."))
    try:
        header, payload = (multibase.base64url_decode(part) for part in found.groups()[:2])
    except ValueError:
        raise Unreadable(N_("This is not a complete signed token.")) from None
    return Token(text, strict_json.parse_object(header), strict_json.parse_object(payload))


def check_header(token: Token) -> None:
    """Refuse what a header could be used for to be believed without a good signature.

    Raises
    ------
    Broken
        ``alg`` is none or a shared secret, or the header asks for something not understood.
    Unavailable
        The algorithm is not checked here.
    """
    if token.algorithm in UNSUPPORTED:
        raise Unavailable(N_("Signatures of the kind %(name)s are not checked here."), name=token.algorithm)
    if token.algorithm not in ALGORITHMS:
        raise Broken(N_("The token is not signed in a way that counts (%(name)s)."), name=token.algorithm)
    if "crit" in token.header or token.header.get("b64", True) is not True:
        raise Broken(N_("The token asks for something that is not understood here."))


def check(token: Token, key: PublicKey) -> None:
    """Return when the token is signed with the key, else raise ``Broken``.

    The key comes from its owner's document: whatever key the header carries (``jwk``, ``jku``,
    ``x5c``, ``x5u``) is not looked at. The algorithm is the key's, not the header's choice.
    """
    check_header(token)
    if ALGORITHMS[token.algorithm] != key.kind:
        raise Broken(N_("The proof was not made with the kind of key that its owner has."))
    try:
        jwk = _KEYS[key.kind].import_key(key.jwk())
        jws.deserialize_compact(token.text, jwk, registry=REGISTRY)
    except (JoseError, ValueError, TypeError):
        raise Broken(N_("The signature does not fit: this is not what was signed.")) from None

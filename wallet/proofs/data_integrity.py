"""Proofs inside a document.

W3C Verifiable Credential Data Integrity 1.0 with its EdDSA and ECDSA cryptosuites, and the
Ed25519Signature2020 suite that came before them. Each step is a function of its own, so that
the published vectors can be followed one by one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import rfc8785

from wallet import jsonld, multibase
from wallet.documents import Documents
from wallet.errors import Broken, Unavailable
from wallet.keys import PublicKey
from wallet.sentence import N_

MOST_PROOFS = 10


@dataclass(frozen=True, slots=True)
class Suite:
    """How a kind of proof makes bytes of a document.

    Attributes
    ----------
    rdf : bool
        Whether the document is canonicalized as statements (JSON-LD) or as JSON text (JCS).
    kinds : frozenset of str
        Kinds of keys it may be made with: no other, so that no key is used for what it is not.
    """

    name: str
    rdf: bool
    kinds: frozenset[str]


SUITES = {
    suite.name: suite
    for suite in (
        Suite("eddsa-rdfc-2022", True, frozenset({"Ed25519"})),
        Suite("eddsa-jcs-2022", False, frozenset({"Ed25519"})),
        Suite("ecdsa-rdfc-2019", True, frozenset({"P-256", "P-384"})),
        Suite("ecdsa-jcs-2019", False, frozenset({"P-256", "P-384"})),
        Suite("Ed25519Signature2020", True, frozenset({"Ed25519"})),
    )
}
# Registered kinds of proof that are not checked here: they are not wrong, they stay unknown.
UNSUPPORTED = frozenset(
    {
        "bbs-2023",
        "ecdsa-sd-2023",
        "ecdsa-xi-2023",
        "BbsBlsSignature2020",
        "BbsBlsSignatureProof2020",
        "EcdsaSecp256k1Signature2019",
        "EcdsaSecp256k1RecoverySignature2020",
        "EcdsaSecp256r1Signature2019",
        "Ed25519Signature2018",
        "JsonWebSignature2020",
        "MerkleProof2019",
        "RsaSignature2018",
    }
)


def proofs_of(document: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """Return a document's proofs; ``Broken`` when ``proof`` holds anything else."""
    found = document.get("proof", [])
    proofs = found if isinstance(found, list) else [found]
    if len(proofs) > MOST_PROOFS or not all(isinstance(proof, dict) for proof in proofs):
        raise Broken(N_("The proof is malformed."))
    return tuple(proofs)


def suite_of(proof: dict[str, Any]) -> Suite:
    """Return how a proof was made.

    Raises
    ------
    Unavailable
        It is a kind that exists and is not checked here.
    Broken
        It is no kind of proof.
    """
    name = proof.get("type")
    if name == "DataIntegrityProof":
        name = proof.get("cryptosuite")
    elif name in list(SUITES) and name != "Ed25519Signature2020":
        name = None
    if not isinstance(name, str):
        raise Broken(N_("The proof is malformed."))
    if name in UNSUPPORTED:
        raise Unavailable(N_("Proofs of the kind %(name)s are not checked here."), name=name)
    if name not in SUITES:
        raise Broken(N_("“%(name)s” is no kind of proof."), name=name)
    return SUITES[name]


def secured(document: dict[str, Any], proof: dict[str, Any]) -> dict[str, Any]:
    """Return what a proof is about: the document without proofs but those it builds on.

    Data Integrity 1.0, 4.4 (proof sets and chains): ``previousProof`` names, by ``id``, the
    proofs that were there and are covered too.
    """
    bare = {name: part for name, part in document.items() if name != "proof"}
    previous = proof.get("previousProof")
    if previous is None:
        return bare
    names = previous if isinstance(previous, list) else [previous]
    if not all(isinstance(name, str) for name in names):
        raise Broken(N_("The proof is malformed."))
    matching = [one for one in proofs_of(document) if one.get("id") in names and one is not proof]
    if {one.get("id") for one in matching} != set(names) or not names:
        raise Broken(N_("The proof builds on another one that is not there."))
    return {**bare, "proof": matching}


def proof_options(document: dict[str, Any], proof: dict[str, Any], suite: Suite) -> dict[str, Any]:
    """Return the proof without its value, with the context that gives its words a meaning."""
    options = {name: part for name, part in proof.items() if name != "proofValue"}
    if suite.rdf:
        options["@context"] = document.get("@context")
    elif "@context" in options:
        mine, its = _list(options["@context"]), _list(document.get("@context"))
        if its[: len(mine)] != mine:
            raise Broken(N_("The proof brings another vocabulary than the document."))
    return options


def canonical_document(
    document: dict[str, Any], proof: dict[str, Any], suite: Suite, documents: Documents
) -> bytes:
    """Return the bytes that stand for the document."""
    unsecured = secured(document, proof)
    if not suite.rdf and "@context" in proof:
        unsecured = {**unsecured, "@context": proof["@context"]}
    return _canonical(unsecured, suite, documents)


def canonical_options(
    document: dict[str, Any], proof: dict[str, Any], suite: Suite, documents: Documents
) -> bytes:
    """Return the bytes that stand for the proof's options."""
    return _canonical(proof_options(document, proof, suite), suite, documents)


def digest_of(suite: Suite, key_kind: str) -> Callable[[bytes], Any]:
    """Return the hash a suite uses with a kind of key: SHA-384 with P-384, else SHA-256."""
    return hashlib.sha384 if key_kind == "P-384" else hashlib.sha256


def hash_data(
    document: dict[str, Any],
    proof: dict[str, Any],
    suite: Suite,
    key_kind: str,
    documents: Documents,
    statements: str | None = None,
) -> bytes:
    """Return what is signed: hash of the proof's options, then hash of the document.

    ``statements`` are the canonical N-Quads of the document without any proof, where they are
    known already.
    """
    digest = digest_of(suite, key_kind)
    options = digest(canonical_options(document, proof, suite, documents)).digest()
    if suite.rdf and statements is not None and "previousProof" not in proof:
        content = statements.encode()
    else:
        content = canonical_document(document, proof, suite, documents)
    whole: bytes = options + digest(content).digest()
    return whole


def check(
    document: dict[str, Any],
    proof: dict[str, Any],
    suite: Suite,
    key: PublicKey,
    documents: Documents,
    statements: str | None = None,
) -> None:
    """Return when the proof is the key's over this very document, else raise ``Broken``."""
    if key.kind not in suite.kinds:
        raise Broken(N_("The proof was not made with the kind of key that its owner has."))
    try:
        signature = multibase.decode(_text(proof.get("proofValue")))
    except ValueError:
        raise Broken(N_("The proof is malformed.")) from None
    if not _text(proof["proofValue"]).startswith("z"):
        raise Broken(N_("The proof is malformed."))
    if not key.check(signature, hash_data(document, proof, suite, key.kind, documents, statements)):
        raise Broken(N_("The signature does not fit: this is not what was signed."))


def _canonical(document: dict[str, Any], suite: Suite, documents: Documents) -> bytes:
    if suite.rdf:
        return jsonld.canonical(document, documents).encode()
    try:
        return rfc8785.dumps(document)
    except (rfc8785.CanonicalizationError, ValueError, TypeError, RecursionError):
        raise Broken(N_("This document cannot be brought into the form that is signed.")) from None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]

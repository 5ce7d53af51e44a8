"""Who a key belongs to: DIDs and https addresses, and the keys that stand in their documents.

Sources: W3C Controlled Identifiers 1.0; did:key, did:jwk and did:web method specifications;
RFC 7517 (JWK sets); 1EdTech Open Badges 3.0, section 8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from wallet import keys, strict_json
from wallet.documents import Documents
from wallet.errors import Broken, Unavailable, Unreadable
from wallet.keys import PublicKey
from wallet.moments import moment
from wallet.sentence import N_

EVERY_PURPOSE = frozenset({"assertionMethod", "authentication"})
MOST_METHODS = 100
_DID = re.compile(r"did:[a-z0-9]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._-]")
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[1-9][0-9]{0,4})?")
ISSUER_METADATA = "/.well-known/jwt-vc-issuer"
SITE_KEYS = "/.well-known/jwks.json"


@dataclass(frozen=True, slots=True)
class Method:
    """A verification method: a key, whose it is, and what its owner lets it do.

    Attributes
    ----------
    id : str
        Its full address.
    controller : str
        The DID or https address it belongs to, as that one's own document confirms.
    purposes : frozenset of str
        ``assertionMethod``, ``authentication``.
    revoked, expires : datetime or None
        Since when it must not be used.
    """

    id: str
    controller: str
    key: PublicKey
    purposes: frozenset[str]
    revoked: datetime | None = None
    expires: datetime | None = None


def method(address: str, documents: Documents, owner: str = "") -> Method:
    """Return the verification method at an address.

    Parameters
    ----------
    owner : str
        Whose it should be, where that is known. A JWK set does not say whose its keys are: one on the
        owner's site is the owner's.

    Raises
    ------
    Broken
        The address or what is there is malformed, or no key is there.
    Unavailable
        The document that has the key could not be had.
    """
    place, _, fragment = address.partition("#")
    if place.startswith("did:"):
        for found in methods(place, documents):
            if found.id == address and fragment:
                return found
        raise Broken(N_("The key %(key)s is not among those of its owner."), key=address)
    if not place.startswith("https://"):
        raise Broken(N_("“%(key)s” is not the address of a key."), key=address)
    document = _json(documents.fetch(place), place)
    if fragment:
        for found in _methods_in(document, place, documents):
            if found.id == address:
                only_keys = isinstance(document.get("keys"), list) and same_site(place, owner)
                return replace(found, controller=owner) if only_keys else found
        raise Broken(N_("The key %(key)s is not among those of its owner."), key=address)
    # A key in a document of its own: its owner's document has to name it.
    controller = document.get("controller") or document.get("owner")
    if not isinstance(controller, str) or document.get("id") not in (address, None):
        raise Broken(N_("The key %(key)s is not among those of its owner."), key=address)
    for found in methods(controller, documents):
        if found.id == address:
            return found
    purposes = _purposes_naming(_json(documents.fetch(controller), controller), address)
    if not purposes:
        raise Broken(N_("The key %(key)s is not among those of its owner."), key=address)
    return _method({**document, "id": address}, controller, purposes)


def methods(owner: str, documents: Documents) -> tuple[Method, ...]:
    """Return all keys of a DID or https address."""
    if not owner.startswith("did:"):
        if not owner.startswith("https://"):
            raise Unavailable(N_("%(owner)s is no address at which keys could be found."), owner=owner)
        return tuple(_methods_in(_json(documents.fetch(owner), owner), owner, documents))
    if not _DID.fullmatch(owner):
        raise Broken(N_("“%(did)s” is not a DID."), did=owner)
    kind, _, rest = owner.removeprefix("did:").partition(":")
    if kind == "key":
        return (Method(f"{owner}#{rest}", owner, keys.from_multikey(rest), EVERY_PURPOSE),)
    if kind == "jwk":
        return (Method(f"{owner}#0", owner, keys.from_did_jwk(rest), EVERY_PURPOSE),)
    document = _json(_did_document(owner, kind, rest, documents), owner)
    if document.get("id") != owner:
        raise Broken(N_("The document of %(did)s is another one's."), did=owner)
    return tuple(_methods_in(document, owner))


def token_methods(owner: str, key_id: str, documents: Documents) -> tuple[Method, ...]:
    """Return the keys that a token of an owner may be signed with.

    Those at its address; where an https address has none, those that its site publishes for issuers of
    tokens (``/.well-known/jwt-vc-issuer`` before the path, IETF SD-JWT VC, section 5, which names the
    issuer), and at last the one of the site's own set (``/.well-known/jwks.json``) that the token names.
    """
    away: Unavailable | None = None
    try:
        found = methods(owner, documents)
    except Unavailable as problem:
        found, away = (), problem
    if found or not owner.startswith("https://"):
        if away is not None:
            raise away
        return found
    parts = urlsplit(owner)
    site = f"https://{parts.netloc}"
    try:
        told = _json(documents.fetch(site + ISSUER_METADATA + parts.path.rstrip("/")), owner)
        if told.get("issuer") == owner:
            found = tuple(_jwks(told, owner, documents))
    except Unavailable:
        pass
    if not found and key_id:
        try:
            held = _jwks(_json(documents.fetch(site + SITE_KEYS), owner), owner, None)
            found = tuple(one for one in held if one.id == f"{owner}#{key_id}")
        except Unavailable:
            pass
    if away is not None and not found:
        raise away
    return found


def web_address(did: str) -> str:
    """Return where the document of a did:web is.

    >>> web_address("did:web:example.edu"), web_address("did:web:example.edu:people:a")
    ('https://example.edu/.well-known/did.json', 'https://example.edu/people/a/did.json')
    >>> web_address("did:web:example.edu%3A8443")
    'https://example.edu:8443/.well-known/did.json'
    """
    host, *path = did.removeprefix("did:web:").split(":")
    host = unquote(host)
    parts = [unquote(part) for part in path]
    if not _DOMAIN.fullmatch(host) or any(
        not part or part in (".", "..") or set(part) & set("/?#\\%") for part in parts
    ):
        raise Broken(N_("“%(did)s” is not a DID."), did=did)
    return f"https://{host}/" + ("/".join([*parts, "did.json"]) if parts else ".well-known/did.json")


def same_site(one: str, other: str) -> bool:
    """Whether two https addresses are of the same host."""
    first, second = urlsplit(one), urlsplit(other)
    return first.scheme == second.scheme == "https" and first.netloc.lower() == second.netloc.lower() != ""


def _did_document(did: str, kind: str, rest: str, documents: Documents) -> bytes:
    try:
        return documents.fetch(did)
    except Unavailable:
        if kind != "web":
            raise Unavailable(N_("Keys of %(did)s cannot be looked up here."), did=did) from None
    return documents.fetch(web_address(did))


def _methods_in(document: dict[str, Any], owner: str, documents: Documents | None = None) -> Iterator[Method]:
    """The keys in a document that are its owner's own; those it cannot read are passed over."""
    if document.get("id") not in (None, owner) and not isinstance(document.get("keys"), list):
        raise Broken(N_("The document of %(did)s is another one's."), did=owner)
    named: dict[str, set[str]] = {}
    described: dict[str, dict[str, Any]] = {}
    for purpose in ("verificationMethod", "publicKey", *EVERY_PURPOSE):
        entries = document.get(purpose, [])
        for entry in (entries if isinstance(entries, list) else [entries])[:MOST_METHODS]:
            address = entry.get("id") if isinstance(entry, dict) else entry
            if not isinstance(address, str):
                continue
            address = owner + address if address.startswith("#") else address
            if purpose in EVERY_PURPOSE:
                named.setdefault(address, set()).add(purpose)
            elif purpose == "publicKey" and owner.startswith("https://"):
                # Open Badges profiles name their keys without a purpose: they are there to sign badges.
                named.setdefault(address, set()).add("assertionMethod")
            if isinstance(entry, dict):
                described[address] = entry
    for address, entry in described.items():
        if entry.get("controller", owner) != owner:
            continue
        try:
            yield _method({**entry, "id": address}, owner, frozenset(named.get(address, ())))
        except Broken:
            continue
    yield from _jwks(document, owner, documents)


def _jwks(document: dict[str, Any], owner: str, documents: Documents | None) -> Iterator[Method]:
    """The keys of a JWK set: the document itself, in it, or on the same site."""
    found: Any = document if isinstance(document.get("keys"), list) else document.get("jwks")
    elsewhere = document.get("jwks_uri", document.get("jwksUri"))
    if found is None and isinstance(elsewhere, str) and documents is not None and same_site(owner, elsewhere):
        found = _json(documents.fetch(elsewhere), elsewhere)
    if not isinstance(found, dict) or not isinstance(found.get("keys"), list):
        return
    for jwk in found["keys"][:MOST_METHODS]:
        if not isinstance(jwk, dict) or jwk.get("use", "sig") != "sig":
            continue
        try:
            key = keys.from_jwk(jwk)
        except Broken:
            continue
        # Some write the full address of a key as its id.
        name = str(jwk.get("kid", "")).removeprefix(f"{owner}#")
        yield Method(f"{owner}#{name}", owner, key, EVERY_PURPOSE)


def _purposes_naming(document: dict[str, Any], address: str) -> frozenset[str]:
    def names(purpose: str) -> bool:
        entries = document.get(purpose, [])
        return address in (entries if isinstance(entries, list) else [entries])

    purposes = {purpose for purpose in EVERY_PURPOSE if names(purpose)}
    if names("publicKey"):
        purposes.add("assertionMethod")
    return frozenset(purposes)


def _method(entry: dict[str, Any], controller: str, purposes: frozenset[str]) -> Method:
    if "publicKeyMultibase" in entry:
        key = keys.from_multikey(entry["publicKeyMultibase"])
    elif "publicKeyJwk" in entry:
        key = keys.from_jwk(entry["publicKeyJwk"])
    elif "publicKeyPem" in entry:
        key = keys.from_pem(entry["publicKeyPem"])
    else:
        key = keys.from_base58(entry.get("publicKeyBase58"))
    return Method(
        id=entry["id"],
        controller=controller,
        key=key,
        purposes=purposes,
        revoked=moment(entry.get("revoked")),
        expires=moment(entry.get("expires")),
    )


def _json(content: bytes, address: str) -> dict[str, Any]:
    try:
        return strict_json.parse_object(content)
    except Unreadable:
        raise Unavailable(N_("What is at %(address)s cannot be read."), address=address) from None

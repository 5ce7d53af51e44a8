"""From a JSON-LD document to the text that a signature covers.

Three ways lead unsigned words into a signed credential, and each is refused here:

- a term that no context defines, or a name that is no full address, is dropped before signing;
- a context of the document's own gives an old word a new meaning, or an old meaning a new
  word (an end of validity that our reader no longer finds);
- a keyword hides content where the signature does not reach (``@index``, ``@nest``, …).

Contexts are bundled (``wallet/contexts``) or come from a folder that stands for the network;
none is ever fetched.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import factorial
from pathlib import Path
from typing import Any

from cachetools import LRUCache
from pyld import jsonld
from pyld.canon import URDNA2015
from pyld.context_resolver import ContextResolver

from wallet.documents import Documents
from wallet.errors import Unsafe, VocabularyUnknown, WalletProblem
from wallet.sentence import N_

CREDENTIALS_V1 = "https://www.w3.org/2018/credentials/v1"
CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
FOLDER = Path(__file__).resolve().parent / "contexts"

ALLOWED_KEYWORDS = frozenset({"@context", "@id", "@type", "@value", "@language", "@direction"})
# RFC 3987, less what would let an address forge a statement in N-Quads.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]*")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
# Where names lead that are no full address; left to itself the library makes a place up for them.
RELATIVE = "x-relative://here/"
# Published words that mean what another, usual one means.
UNUSUAL_WORDS = frozenset({"expiration"})
MOST_PERMUTATIONS = 20_000
MOST_VALUES = 10_000
MOST_OWN_WORDS = 100

_prepared = threading.local()


@dataclass(frozen=True, slots=True)
class BundledContext:
    """A context that is in the repository: its address, what it says, the words it defines.

    ``terms`` are its words in any scope; ``meanings`` the addresses they stand for.
    """

    url: str
    document: dict[str, Any]
    terms: frozenset[str]
    meanings: frozenset[str]


@cache
def bundled() -> dict[str, BundledContext]:
    """Return the bundled contexts by address, each checked against its SHA-256."""
    manifest = tomllib.loads((FOLDER / "manifest.toml").read_text(encoding="utf-8"))
    found = {}
    for entry in manifest["context"]:
        content = (FOLDER / entry["file"]).read_bytes()
        if hashlib.sha256(content).hexdigest() != entry["sha256"]:
            raise RuntimeError(f"{entry['file']} is not the context that the manifest names")
        document = json.loads(content)
        pairs = list(_definitions(document["@context"]))
        found[entry["url"]] = BundledContext(
            url=entry["url"],
            document=document,
            terms=frozenset(term for term, _ in pairs),
            meanings=frozenset(meaning for _, meaning in pairs if meaning),
        )
    return found


def canonical(document: dict[str, Any], documents: Documents) -> str:
    """Return the canonical N-Quads (RDFC-1.0) of a document.

    Parameters
    ----------
    document : dict
        A credential or presentation without its proof, or a proof's options with their context.
    documents : Documents
        Where contexts that are not bundled may come from.

    Raises
    ------
    Unsafe
        Something in it would not be covered by the signature, or has two meanings.
    VocabularyUnknown
        A context is neither bundled nor given.
    """
    _refuse_confused_words(document)
    own = [context for context in _contexts(document, top=True) if isinstance(context, dict)]
    if own or _has_address_keys(document):
        _refuse_new_meanings(document, own, documents)
    expanded = _expand(document, documents)
    for node in expanded:
        _refuse_relative(node)
    try:
        dataset = jsonld.JsonLdProcessor().to_rdf(
            expanded, {"documentLoader": _no_loader, "contextResolver": _unused_resolver()}
        )
        text: str = _BoundedCanonicalization().main(dataset, {"format": "application/n-quads"})
        return text
    except (jsonld.JsonLdError, RecursionError, TypeError, ValueError, KeyError, AttributeError):
        raise Unsafe(N_("The JSON-LD of this document is malformed.")) from None


def _expand(document: dict[str, Any], documents: Documents) -> list[Any]:
    missing: list[str] = []
    dropped: list[object] = []

    def load(url: str, _options: object) -> dict[str, Any]:
        known = bundled().get(url)
        given = known.document if known else documents.context(url)
        if given is None:
            missing.append(url)
            raise ValueError(url)
        return {"contextUrl": None, "documentUrl": url, "document": given, "tag": "static"}

    addresses = [context for context in _contexts(document, top=True) if isinstance(context, str)]
    all_bundled = all(address in bundled() for address in addresses)
    resolver = ContextResolver(_shared() if all_bundled else LRUCache(maxsize=64), load)
    processor = jsonld.JsonLdProcessor(on_property_dropped=dropped.append)
    options = {
        "base": RELATIVE,
        "documentLoader": load,
        "contextResolver": resolver,
        "processingMode": "json-ld-1.1",
    }
    try:
        expanded: list[Any] = processor.expand(document, options)
    except jsonld.JsonLdError as error:
        if missing:
            raise VocabularyUnknown(
                N_("The vocabulary at %(url)s is not known here, and vocabularies are never fetched."),
                url=missing[0],
            ) from None
        if _code(error) == "protected term redefinition":
            raise Unsafe(N_("A word with a fixed meaning is given another one.")) from None
        raise Unsafe(N_("The JSON-LD of this document is malformed.")) from None
    except (RecursionError, TypeError, ValueError, KeyError, AttributeError, IndexError):
        raise Unsafe(N_("The JSON-LD of this document is malformed.")) from None
    if dropped:
        raise Unsafe(
            N_("Something in it is called by a word that no vocabulary defines, so no signature covers it.")
        )
    return expanded


def _code(error: BaseException) -> str:
    """The innermost JSON-LD error code: the library wraps errors in errors."""
    cause: BaseException | None = error
    code = ""
    while cause is not None:
        code = getattr(cause, "code", None) or code
        cause = cause.__cause__
    return code


def _contexts(value: Any, top: bool = False) -> Iterator[Any]:
    """Every context that a document names; refuses keywords that hide content.

    A context deeper down is a credential's own inside a presentation or a record; anywhere
    else it would change meanings where nobody looks for it.
    """
    waiting = [(value, top)]
    seen = 0
    while waiting:
        one, may_have_context = waiting.pop()
        seen += 1
        if seen > MOST_VALUES:
            raise Unsafe(N_("This document has too many statements to check."))
        if isinstance(one, list):
            waiting += [(part, may_have_context) for part in one]
        elif isinstance(one, dict):
            for name, part in one.items():
                if name.startswith("@") and name not in ALLOWED_KEYWORDS:
                    raise Unsafe(
                        N_("It uses “%(name)s”, which can hide content from a signature."), name=name
                    )
                if name == "@context":
                    if not may_have_context:
                        raise Unsafe(N_("A part of it brings a vocabulary of its own."))
                    yield from part if isinstance(part, list) else [part]
                else:
                    waiting.append((part, name in ("verifiableCredential", "proof", "endorsement")))


def _refuse_confused_words(document: dict[str, Any]) -> None:
    """Refuse a class's name for a property, and the other way round.

    Published contexts give some pairs one meaning (``Criteria`` and ``criteria``), so the signature
    stays good when one takes the other's place, but the reader no longer finds the property.
    """
    used = [context for context in _contexts(document, top=True) if isinstance(context, str)]
    terms = frozenset[str]().union(*(bundled()[url].terms for url in used if url in bundled()))
    confused = Unsafe(N_("A word with a fixed meaning is used in another word's place."))
    for name, value in _pairs(document):
        if name in ("type", "@type"):
            kinds = value if isinstance(value, list) else [value]
            if any(isinstance(kind, str) and kind in terms and kind[:1].islower() for kind in kinds):
                raise confused
        elif name in terms and (name[:1].isupper() or name in UNUSUAL_WORDS):
            raise confused


def _has_address_keys(value: Any) -> bool:
    return any(":" in name for name, _ in _pairs(value))


def _pairs(value: Any) -> Iterator[tuple[str, Any]]:
    """Names and values at any depth, but for contexts."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            for name, part in one.items():
                if name != "@context":
                    yield name, part
                    waiting.append(part)


def _refuse_new_meanings(document: dict[str, Any], own: list[dict[str, Any]], documents: Documents) -> None:
    """Refuse contexts and names of the document's own that touch what published contexts define."""
    used = [context for context in _contexts(document, top=True) if isinstance(context, str)]
    known = [bundled()[url] for url in used if url in bundled()]
    terms = frozenset().union(*(context.terms for context in known))
    meanings = frozenset().union(*(context.meanings for context in known))
    refused = Unsafe(N_("A word with a fixed meaning is given another one."))
    words = {name for name, _ in _pairs(document) if ":" in name}
    for context in own:
        for term, definition in context.items():
            if term == "@vocab":
                if not isinstance(definition, str) or any(one.startswith(definition) for one in meanings):
                    raise refused
            elif term.startswith("@"):
                if term not in ("@version", "@protected", "@language"):
                    raise refused
            elif term in terms or not _plain(definition):
                raise refused
            else:
                words.add(term)
    if len(words) > MOST_OWN_WORDS:
        raise Unsafe(N_("This document has too many statements to check."))
    for word in words:
        alone = {"@context": document.get("@context"), word: "x"}
        try:
            expanded = _expand(alone, documents)
        except WalletProblem as problem:
            if isinstance(problem, VocabularyUnknown):
                raise
            continue  # Not a property of its own: a prefix, or a word that is dropped and found below.
        if any(meaning in meanings for node in expanded for meaning in node):
            raise refused


def _plain(definition: object) -> bool:
    """Whether a definition does no more than give a word an address and a type."""
    if isinstance(definition, str):
        return not definition.startswith("@")
    return (
        isinstance(definition, dict)
        and isinstance(definition.get("@id"), str)
        and not definition["@id"].startswith("@")
        and set(definition) <= {"@id", "@type", "@container", "@protected", "@language"}
    )


def _refuse_relative(node: Any) -> None:
    """Refuse names that are no full addresses: they are dropped where statements are made of them."""
    if isinstance(node, list):
        for part in node:
            _refuse_relative(part)
        return
    if not isinstance(node, dict):
        return
    if node.get("@type") == "@json":
        return
    types = node.get("@type", [])
    for address in [node.get("@id"), *(types if isinstance(types, list) else [types])]:
        if address is None or (isinstance(address, str) and address.startswith("_:")):
            continue
        if (
            not isinstance(address, str)
            or not _ADDRESS.fullmatch(address)
            or address.startswith("x-relative:")
        ):
            written = str(address).removeprefix(RELATIVE)
            raise Unsafe(N_("“%(name)s” is not a full address, so no signature covers it."), name=written)
    language = node.get("@language")
    if language is not None and not (isinstance(language, str) and _LANGUAGE.fullmatch(language)):
        raise Unsafe(N_("“%(name)s” is not a language, so no signature covers it."), name=language)
    for name, part in node.items():
        if not name.startswith("@"):
            if not _ADDRESS.fullmatch(name):
                raise Unsafe(N_("“%(name)s” is not a full address, so no signature covers it."), name=name)
            _refuse_relative(part)
        elif name in ("@graph", "@list", "@set"):
            _refuse_relative(part)
        elif name in ("@index", "@included", "@reverse", "@nest"):
            raise Unsafe(N_("It uses “%(name)s”, which can hide content from a signature."), name=name)


class _BoundedCanonicalization(URDNA2015):
    """RDFC-1.0 that gives up on graphs made to be slow (its section 7.1, dataset poisoning)."""

    def __init__(self) -> None:
        super().__init__()
        self._spent = 0

    def create_hash_to_related(self, id_: str, issuer: Any) -> Any:
        related = super().create_hash_to_related(id_, issuer)
        self._spent += sum(factorial(min(len(nodes), 12)) for nodes in related.values()) + 1
        if self._spent > MOST_PERMUTATIONS:
            raise Unsafe(N_("This document is made so that checking it would not end."))
        return related


def _shared() -> LRUCache[str, Any]:
    """The prepared contexts of this thread: the library's caches are not safe between threads."""
    if not hasattr(_prepared, "contexts"):
        _prepared.contexts = LRUCache(maxsize=128)
    prepared: LRUCache[str, Any] = _prepared.contexts
    return prepared


def _no_loader(url: str, _options: object) -> dict[str, Any]:
    raise ValueError(url)


def _unused_resolver() -> ContextResolver:
    return ContextResolver(LRUCache(maxsize=1), _no_loader)


def _definitions(context: Any, prefixes: dict[str, str] | None = None) -> Iterator[tuple[str, str]]:
    """Words and the addresses they stand for, in all scopes of a published context."""
    for part in context if isinstance(context, list) else [context]:
        if not isinstance(part, dict):
            continue
        known = dict(prefixes or {})
        known.update({term: meaning for term, meaning in part.items() if isinstance(meaning, str)})
        for term, definition in part.items():
            if term.startswith("@"):
                continue
            meaning = definition.get("@id", "") if isinstance(definition, dict) else definition or ""
            prefix, colon, rest = meaning.partition(":")
            if colon and not rest.startswith("//") and prefix in known:
                meaning = known[prefix] + rest
            yield term, meaning if not meaning.startswith("@") else ""
            if isinstance(definition, dict) and "@context" in definition:
                yield from _definitions(definition["@context"], known)


jsonld.set_document_loader(_no_loader)

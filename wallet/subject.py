"""Whether a document is about a certain person: by name, e-mail address or DID.

Not part of the verdict: a good credential of somebody else's is a good credential.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wallet.authenticity import passed, skipped
from wallet.document import Document, Form
from wallet.parse.values import identifier, line, objects
from wallet.report import Check, Result, Step
from wallet.sentence import N_, sentence


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a document should be about; ``dids`` are addresses that are proven to be theirs."""

    name: str = ""
    emails: tuple[str, ...] = ()
    dids: tuple[str, ...] = ()


def about(document: Document, person: Person) -> Check:
    """Return the outcome of comparing whom a document names with a person."""
    named = False
    likely = False
    for kind, identity in _identities(document):
        named = True
        if kind == "did" and identity in person.dids:
            return passed(Step.SUBJECT, N_("It names this person by an address that is theirs."))
        if kind == "email" and any(_same_email(identity, email) for email in person.emails):
            return passed(Step.SUBJECT, N_("It names this person's e-mail address."))
        if isinstance(identity, tuple) and any(_hashes(email, *identity) for email in person.emails):
            return passed(Step.SUBJECT, N_("It names this person's e-mail address."))
        likely = likely or (kind == "name" and _same_name(identity, person.name))
    if likely:
        return Check(
            Step.SUBJECT,
            Result.PASSED,
            sentence(N_("It names somebody of this name. Others may have it too.")),
        )
    if named:
        return Check(Step.SUBJECT, Result.FAILED, sentence(N_("It names somebody else.")))
    return skipped(Step.SUBJECT, N_("It does not say whom it is about."))


def _identities(document: Document) -> Iterator[tuple[str, Any]]:
    """What a document says of whom it is about: DIDs, e-mail addresses, names, salted hashes."""
    value = document.value
    if document.form is Form.OPEN_BADGE_2:
        for recipient in objects(value.get("recipient")):
            identity, salt = line(recipient.get("identity")), line(recipient.get("salt"))
            if recipient.get("hashed") is True or "$" in identity:
                yield "hash", (identity, salt)
            elif identity:
                yield "email", identity
        return
    for subject in objects(value.get("credentialSubject")):
        address = identifier(subject)
        if address.startswith("mailto:"):
            yield "email", address.removeprefix("mailto:")
        elif address:
            yield "did", address
        if name := line(subject.get("name")):
            yield "name", name
        if email := line(subject.get("email")):
            yield "email", email
        for one in objects(subject.get("identifier")):
            identity = line(one.get("identityHash", one.get("identifier")))
            kind = line(one.get("identityType", one.get("identifierType")))
            if one.get("hashed") is True:
                yield "hash", (identity, line(one.get("salt")))
            elif kind in ("emailAddress", "email"):
                yield "email", identity
            elif kind == "name":
                yield "name", identity
    basics = value.get("basics")
    if document.form is Form.JSON_RESUME and isinstance(basics, dict):
        if email := line(basics.get("email")):
            yield "email", email
        if name := line(basics.get("name")):
            yield "name", name


def _hashes(email: str, identity: str, salt: str) -> bool:
    """Whether a hash (``sha256$…``, Open Badges 2 and 3 alike) is of an e-mail address and a salt."""
    algorithm, _, digest = identity.partition("$")
    if algorithm.lower() not in ("sha256", "md5"):
        return False
    for written in {email, email.lower()}:
        made = hashlib.new(algorithm.lower(), (written + salt).encode(), usedforsecurity=False).hexdigest()
        if hmac.compare_digest(made.encode(), digest.lower().encode()):
            return True
    return False


def _same_email(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold() != ""


def _same_name(one: str, other: str) -> bool:
    return _folded(one) == _folded(other) != ()


def _folded(name: str) -> tuple[str, ...]:
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter)
    )
    return tuple(plain.casefold().replace(",", " ").split())

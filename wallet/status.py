"""Whether a credential was taken back: status lists and revocation lists.

W3C Bitstring Status List 1.0, its predecessor StatusList2021, and 1EdTech's revocation list
(Open Badges 3.0, appendix). A list is a credential of its own: its signature, its issuer and its
end of validity are checked before it is believed, and its own status is not looked up, so that
lists cannot lead round in circles.
"""

from __future__ import annotations

import zlib
from datetime import datetime
from typing import Any

from wallet import multibase
from wallet.authenticity import authenticate, failed, passed, skipped, unknown
from wallet.document import Document
from wallet.documents import Documents
from wallet.errors import Broken, Unavailable, Unreadable
from wallet.moments import moment
from wallet.parse import read
from wallet.parse.values import identifier, objects, several, types
from wallet.report import Check, Step, Verdict
from wallet.sentence import N_
from wallet.strict_json import parse_object

LARGEST_LIST = 16 * 1024 * 1024
"""Bytes of an unpacked list: 134 million credentials."""
MOST_ENTRIES = 10
LIST_TYPES = {
    "BitstringStatusListEntry": frozenset({"BitstringStatusListCredential"}),
    "StatusList2021Entry": frozenset({"StatusList2021Credential"}),
}


def status(value: dict[str, Any], documents: Documents, at: datetime) -> tuple[Check, ...]:
    """Return the outcome of looking up a credential's status, one a list that it names."""
    entries = several(value.get("credentialStatus"))
    if not entries:
        return (skipped(Step.STATUS, N_("Its issuer keeps no list of what was taken back.")),)
    if len(entries) > MOST_ENTRIES or not all(isinstance(entry, dict) for entry in entries):
        return (failed(Step.STATUS, Broken(N_("What it says about its status is malformed."))),)
    return tuple(_one(entry, value, documents, at) for entry in entries)


def _one(entry: dict[str, Any], value: dict[str, Any], documents: Documents, at: datetime) -> Check:
    try:
        kinds = types(entry)
        for kind, lists in LIST_TYPES.items():
            if kind in kinds:
                return _bitstring(entry, lists, value, documents, at)
        if "1EdTechRevocationList" in kinds:
            return _revocation_list(entry, value, documents)
        raise Unavailable(N_("Its status is kept in a way that is not checked here."))
    except Unavailable as problem:
        return unknown(Step.STATUS, problem)
    except Broken as problem:
        return failed(Step.STATUS, problem)


def _bitstring(
    entry: dict[str, Any], lists: frozenset[str], value: dict[str, Any], documents: Documents, at: datetime
) -> Check:
    purpose = entry.get("statusPurpose")
    if not isinstance(purpose, str):
        raise Broken(N_("What it says about its status is malformed."))
    if purpose not in ("revocation", "suspension"):
        return skipped(Step.STATUS, N_("Its issuer keeps a list about it for another purpose."))
    address, place = entry.get("statusListCredential"), _whole(entry.get("statusListIndex"))
    size = _whole(entry.get("statusSize", 1))
    if not isinstance(address, str) or place is None or size is None or not 1 <= size <= 64:
        raise Broken(N_("What it says about its status is malformed."))
    held = _list_at(address, documents)
    subject = next(iter(objects(held.value.get("credentialSubject"))), {})
    if not lists & types(held.value) or purpose not in several(subject.get("statusPurpose", "revocation")):
        raise Unavailable(N_("The status list at %(address)s is not one for this."), address=address)
    if identifier(held.value.get("issuer")) != identifier(value.get("issuer")):
        raise Unavailable(N_("The status list at %(address)s is another issuer's."), address=address)
    for check in authenticate(held, documents, at):
        # Before its first day it tells what is so now; after its last day it may be out of date.
        early = check.name is Step.DATES and check.verdict is Verdict.EXPIRED and _begins_later(held, at)
        if check.verdict is not None and not early:
            raise Unavailable(N_("The status list at %(address)s cannot be relied on."), address=address)
    bits = unpack(subject.get("encodedList"))
    if (place + 1) * size > len(bits) * 8:
        raise Broken(N_("What it says about its status is malformed."))
    if not any(bit(bits, place * size + offset) for offset in range(size)):
        return passed(Step.STATUS, N_("Its issuer has not taken it back."))
    message = (
        N_("Its issuer has taken it back.") if purpose == "revocation" else N_("Its issuer has suspended it.")
    )
    return failed(Step.STATUS, Broken(message), Verdict.REVOKED)


def _begins_later(held: Document, at: datetime) -> bool:
    ends = [moment(held.value.get(name)) for name in ("validUntil", "expirationDate")]
    return not any(end is not None and end < at for end in ends) and not held.token


def _list_at(address: str, documents: Documents) -> Document:
    try:
        return read(documents.fetch(address))
    except Unreadable:
        raise Unavailable(N_("What is at %(address)s cannot be read."), address=address) from None


def _revocation_list(entry: dict[str, Any], value: dict[str, Any], documents: Documents) -> Check:
    """1EdTech's list is not signed: it counts because it is the issuer's, at the signed address."""
    address, name = identifier(entry), identifier(value)
    if not address or not name:
        raise Broken(N_("What it says about its status is malformed."))
    try:
        held = parse_object(documents.fetch(address))
    except Unreadable:
        raise Unavailable(N_("What is at %(address)s cannot be read."), address=address) from None
    if identifier(held.get("issuer")) != identifier(value.get("issuer")):
        raise Unavailable(N_("The status list at %(address)s is another issuer's."), address=address)
    taken_back = several(held.get("revokedCredential", held.get("revokedCredentials")))
    for one in taken_back:
        if identifier(one) == name and not (isinstance(one, dict) and one.get("revoked") is False):
            return failed(Step.STATUS, Broken(N_("Its issuer has taken it back.")), Verdict.REVOKED)
    return passed(Step.STATUS, N_("Its issuer has not taken it back."))


def unpack(encoded: object) -> bytes:
    """Return the bytes of an encoded list: base64url of gzip, with or without multibase ``u``.

    Raises
    ------
    Unavailable
        It is none, or it would unpack to more than ``LARGEST_LIST``.
    """
    broken = Unavailable(N_("The status list cannot be read."))
    text = encoded.rstrip("=") if isinstance(encoded, str) else ""
    try:
        # Gzip begins with 1f 8b, which is "H4s" in base64: a "u" before it is the multibase prefix.
        packed = multibase.base64url_decode(text[1:] if text.startswith("u") else text)
        unpacking = zlib.decompressobj(wbits=31)
        content = unpacking.decompress(packed, LARGEST_LIST + 1)
    except (ValueError, zlib.error):
        raise broken from None
    if len(content) > LARGEST_LIST or not unpacking.eof or not content:
        raise broken
    return content


def bit(content: bytes, place: int) -> bool:
    """Return the bit at a place; bit 0 is the left-most of the first byte.

    >>> bit(bytes([0b1000_0000]), 0), bit(bytes([0b1000_0000]), 7)
    (True, False)
    """
    return bool(content[place // 8] >> (7 - place % 8) & 1)


def _whole(value: object) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 12:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12:
        return value
    return None

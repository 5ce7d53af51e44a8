"""What organizations of this installation publish: keys, profiles, lists of what was taken back, pictures.

Open to everybody, so nothing here is about a person. What is signed is signed here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.exc import IntegrityError

from accounts.errors import PersonError
from accounts.errors import marked as _
from wallet import issuing
from wallet.issuing import Issuer
from wallet.issuing_store import IssuingStore
from wallet.key_case import KeyCase, KeySealed
from wallet.sign import SigningKey, sign

_ID = r"[0-9a-f]{32}"
_DID = re.compile(rf"did:web:[^:]+:issuers:({_ID})")
_ADDRESS = re.compile(rf"(https?://[^/]+/issuers/({_ID}))/([a-z]+\.json|status/[0-9]{{1,6}})")
_PICTURE = re.compile(r"([0-9a-f]{64})\.(png|svg)")
SIGNED_ANEW = timedelta(hours=1)
MOST_KEPT = 500


class NotPublished(PersonError):  # noqa: N818 - named as it is shown
    """There is no such organization, list or picture."""

    status = 404


class KeysAway(PersonError):  # noqa: N818 - named as it is shown
    """The organization's key cannot be opened with the secret this installation has now."""

    status = 503


class Publisher:
    """Documents of our own organizations.

    Parameters
    ----------
    store : IssuingStore
    case : KeyCase
        Opens their keys.
    public_url : str
        Where others reach this installation.
    now : callable
        The moment, with a time zone.
    """

    def __init__(
        self, store: IssuingStore, case: KeyCase, public_url: str, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._case = case
        self._public_url = public_url
        self._now = now
        self._lists: dict[tuple[str, int], tuple[frozenset[int], int, datetime, bytes]] = {}

    @property
    def reachable(self) -> bool:
        """Whether others can fetch it: did:web asks for https, on its usual port."""
        parts = urlsplit(self._public_url)
        return parts.scheme == "https" and parts.port in (None, 443)

    def address(self, issuer_id: str) -> str:
        """Return the public address of an organization, under which its documents are."""
        return f"{self._public_url}/issuers/{issuer_id}"

    def did_document(self, issuer_id: str) -> bytes:
        """Return the DID document."""
        return _written(issuing.did_document(self._issuer(issuer_id), self.address(issuer_id)))

    def jwk_set(self, issuer_id: str) -> bytes:
        """Return the keys as a JWK set."""
        return _written(issuing.jwk_set(self._issuer(issuer_id), self.address(issuer_id)))

    def profile(self, issuer_id: str) -> bytes:
        """Return the profile."""
        return _written(issuing.profile(self._issuer(issuer_id), self.address(issuer_id)))

    def status_list(self, issuer_id: str, number: int) -> bytes:
        """Return a list of what was taken back, as it is at this moment, signed.

        Raises
        ------
        NotPublished
            Also when the list is another organization's.
        KeysAway
        """
        issuer, found = self._issuer(issuer_id), self._store.status_list(issuer_id, number)
        if found is None:
            raise _not_published()
        address, revoked = found
        now, newest = self._now(), issuer.keys[-1].number if issuer.keys else 0
        kept = self._lists.get((issuer_id, number))
        if kept is not None and kept[:2] == (revoked, newest) and now - kept[2] < SIGNED_ANEW:
            return kept[3]
        signed = self.sign(issuer_id, issuing.status_list(address, number, revoked, now), address)
        if len(self._lists) >= MOST_KEPT:
            self._lists.clear()
        content = _written(signed)
        self._lists[issuer_id, number] = (revoked, newest, now, content)
        return content

    def picture(self, issuer_id: str, name: str) -> tuple[str, bytes]:
        """Return a picture and its kind, ``png`` or ``svg``."""
        asked = _PICTURE.fullmatch(name)
        found = self._store.picture(issuer_id, asked[1]) if asked else None
        if asked is None or found is None or found[0] != asked[2]:
            raise _not_published()
        return found

    def own(self, address: str) -> bytes | None:
        """Return what we publish at an address or DID; None where it is not ours.

        An organization has every address under which it ever issued, and that of today.
        """
        did, web = _DID.fullmatch(address), _ADDRESS.fullmatch(address)
        if did is None and web is None:
            return None
        issuer_id = did[1] if did else web[2] if web else ""
        issuer = self._store.issuer(issuer_id)
        if issuer is None:
            return None
        known = self._store.addresses(issuer_id) | {self.address(issuer_id)}
        if did is not None:
            here = next((one for one in known if issuing.did_of(one) == address), None)
            return None if here is None else _written(issuing.did_document(issuer, here))
        if web is None or web[1] not in known:
            return None
        documents = {
            "did.json": issuing.did_document,
            "jwks.json": issuing.jwk_set,
            "profile.json": issuing.profile,
        }
        if web[3] in documents:
            return _written(documents[web[3]](issuer, web[1]))
        kind, _slash, number = web[3].partition("/")
        try:
            return self.status_list(issuer_id, int(number)) if kind == "status" else None
        except PersonError:
            return None

    def name_of(self, address: str) -> str | None:
        """Return the name of an organization of ours by its DID or its public address; None for others."""
        did, web = _DID.fullmatch(address), _ADDRESS.fullmatch(f"{address}/did.json")
        issuer_id = did[1] if did else web[2] if web else ""
        issuer = self._store.issuer(issuer_id) if issuer_id else None
        if issuer is None:
            return None
        known = self._store.addresses(issuer_id) | {self.address(issuer_id)}
        return issuer.name if address in known or address in map(issuing.did_of, known) else None

    def sign(self, issuer_id: str, document: Mapping[str, Any], address: str) -> dict[str, Any]:
        """Return a document signed with the organization's key, which is made the first time.

        Raises
        ------
        KeysAway
        """
        number, key = self._key(issuer_id)
        return sign(
            document, key, issuing.SUITE, created=self._now(), method=issuing.method_of(address, number)
        )

    def new_key(self, issuer_id: str) -> None:
        """Let a new key sign from now on; those before it stay published, their private halves go."""
        key = SigningKey.generate()
        self._store.add_key(issuer_id, key.public.multikey(), lambda owner: self._case.seal(key, owner))

    def _key(self, issuer_id: str) -> tuple[int, SigningKey]:
        kept = self._store.signing_key(issuer_id)
        if kept is None:
            with suppress(IntegrityError):  # Somebody else's first came first.
                self.new_key(issuer_id)
            kept = self._store.signing_key(issuer_id)
        try:
            if kept is not None:
                return kept.number, self._case.open(kept.sealed, kept.owner)
        except KeySealed:
            pass
        raise KeysAway(
            _("The signing key cannot be opened: this installation has another secret now. Make a new key.")
        ) from None

    def _issuer(self, issuer_id: str) -> Issuer:
        issuer = self._store.issuer(issuer_id)
        if issuer is None:
            raise _not_published()
        return issuer


def _written(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _not_published() -> NotPublished:
    return NotPublished(_("Nothing is published here."))

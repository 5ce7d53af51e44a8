"""Systems of others: registered by themselves, let in by a person, for what and until when they say."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import structlog

from accounts.actor import Actor
from accounts.consent import Consent, ConsentKind, Scope
from accounts.consents import ConsentStore, NewConsent
from accounts.errors import ChangeRefused, PersonError
from accounts.errors import marked as _
from accounts.oauth import ACCESS, REFRESH, Client, Code, OAuthStore, SystemToken
from accounts.permissions import Action, require
from accounts.scopes import OFFLINE, SYSTEM_SCOPES
from accounts.tokens import digest
from i18n import gettext
from services.bearer import SYSTEM as PREFIX
from services.bearer import Pace
from services.reports import plain

ACCESS_GOOD_FOR = timedelta(hours=1)
DAYS = (30, 90, 365)
MOST_REDIRECTS = 5
REGISTRATIONS = "20 per hour"
METHODS = ("client_secret_basic", "client_secret_post", "none")
ON_THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]")

log = structlog.get_logger()


class SystemRefused(PersonError):  # noqa: N818 - named as it is told
    """A registration that cannot be kept; ``error`` is the code of RFC 7591, 3.2.2."""

    def __init__(self, error: str, message: str) -> None:
        self.error = error
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Registered:
    """A system with its secret, which is told this once; empty where it has none."""

    client: Client
    secret: str = field(repr=False)


class SystemService:
    """The verbs about systems of others.

    Parameters
    ----------
    store : OAuthStore
    consents : ConsentStore
    pace : Pace
        How many registrations an address gets.
    now : callable
        The clock.
    """

    def __init__(
        self, store: OAuthStore, consents: ConsentStore, pace: Pace, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._consents = consents
        self._pace = pace
        self._now = now

    # For the system itself: what lets it in is its secret, and a person's yes.

    def register(self, told: Mapping[str, Any], address: str) -> Registered:
        """Keep a system as it tells of itself (RFC 7591).

        Raises
        ------
        SystemRefused, TooManyRequests
        """
        self._pace(address)
        name = plain(_words(told, "client_name", 120)).strip()
        if not name:
            raise SystemRefused("invalid_client_metadata", "client_name is needed: people are shown it.")
        redirects = told.get("redirect_uris")
        if not isinstance(redirects, list) or not 1 <= len(redirects) <= MOST_REDIRECTS:
            raise SystemRefused("invalid_redirect_uri", "redirect_uris takes one to five addresses.")
        for one in redirects:
            if not _sound(one):
                raise SystemRefused(
                    "invalid_redirect_uri",
                    "A redirect_uri is an https address without a fragment, or http on this machine.",
                )
        method = told.get("token_endpoint_auth_method", METHODS[0])
        if method not in METHODS:
            raise SystemRefused("invalid_client_metadata", f"token_endpoint_auth_method is one of {METHODS}.")
        grants = told.get("grant_types", ["authorization_code"])
        if not isinstance(grants, list) or not set(map(str, grants)) <= {
            "authorization_code",
            "refresh_token",
        }:
            raise SystemRefused(
                "invalid_client_metadata", "grant_types are authorization_code and refresh_token."
            )
        if told.get("response_types", ["code"]) != ["code"]:
            raise SystemRefused("invalid_client_metadata", "response_types is code.")
        asked = _words(told, "scope", 1000).split() or list(SYSTEM_SCOPES)
        scopes = tuple(one for one in SYSTEM_SCOPES if one in asked)
        if not any(SYSTEM_SCOPES[one] for one in scopes):
            raise SystemRefused("invalid_client_metadata", "scope names none that can be given here.")
        secret = "" if method == "none" else PREFIX + secrets.token_urlsafe(32)
        client = Client(
            id=secrets.token_urlsafe(24),
            secret_digest=digest(secret) if secret else "",
            method=method,
            name=name,
            uri=_words(told, "client_uri", 500),
            redirect_uris=tuple(redirects),
            scopes=scopes,
            made_at=self._now(),
        )
        more = ("logo_uri", "tos_uri", "policy_uri", "software_id", "software_version")
        self._store.add_client(client, {key: _words(told, key, 500) for key in more})
        return Registered(client, secret)

    def client(self, client_id: str) -> Client | None:
        """Return a system that registered here."""
        return self._store.client(client_id) if len(client_id) <= 48 else None

    def take_code(self, secret: str, client_id: str) -> Code | None:
        """Return what a code stands for, once. Used again, all that came of it ends (RFC 6749, 4.1.2)."""
        code, again = self._store.take_code(secret, client_id)
        if again and code is not None:
            log.warning("oauth code used again")
            self._store.revoke_all(code.consent_id)
            return None
        if code is None or self._live(code.consent_id) is None:
            return None
        return code

    def issue(self, client_id: str, consent_id: str, scopes: Iterable[str]) -> tuple[str, str, int]:
        """Make an access token, and a refresh token where that was allowed; and the seconds it is good for.

        Raises
        ------
        PersonError
            If the yes has ended meanwhile.
        """
        consent, now = self._live(consent_id), self._now()
        if consent is None:
            raise ChangeRefused(_("This was taken back."))
        last = consent.ends_at or now + timedelta(days=DAYS[-1])
        given, ends = tuple(scopes), min(now + ACCESS_GOOD_FOR, last)
        access, refresh = PREFIX + secrets.token_urlsafe(32), ""
        self._store.add_token(access, ACCESS, client_id, consent_id, given, ends)
        if OFFLINE in given:
            refresh = PREFIX + secrets.token_urlsafe(32)
            self._store.add_token(refresh, REFRESH, client_id, consent_id, given, last)
        return access, refresh, int((ends - now).total_seconds())

    def refreshable(self, secret: str) -> SystemToken | None:
        """Return a refresh token that is good. One that was used before ends all of the same yes."""
        token = self._store.token(secret)
        if token is None or token.kind != REFRESH:
            return None
        state = token.state_at(self._now())
        if state == "revoked":
            log.warning("oauth refresh token used again")
            self._store.revoke_all(token.consent_id)
        return token if state == "live" and self._live(token.consent_id) is not None else None

    def token(self, secret: str) -> SystemToken | None:
        """Return a token of a system, good or not."""
        return self._store.token(secret)

    def revoke(self, token: SystemToken) -> None:
        """End a token that its system gives back; a refresh token with all of the same yes (RFC 7009)."""
        if token.kind == REFRESH:
            self._store.revoke_all(token.consent_id)
        else:
            self._store.revoke(token)

    def used_up(self, token: SystemToken) -> bool:
        """End a refresh token that was changed for a new one; ``False`` when somebody was quicker."""
        return self._store.revoke(token)

    # For the person.

    def allow(self, actor: Actor, client: Client, scopes: Iterable[str], days: int) -> Consent:
        """Let a system in, until a day.

        Raises
        ------
        ChangeRefused
        """
        require(actor, Action.CONSENTS_CHANGE, actor.person_id)
        if days not in DAYS:
            raise ChangeRefused(_("Choose until when from the list."))
        actions = {action for one in scopes if (action := SYSTEM_SCOPES.get(one)) is not None}
        if not actions:
            raise ChangeRefused(_("This system asks for nothing that can be given here."))
        return self._consents.grant(
            str(actor.person_id),
            NewConsent(
                kind=ConsentKind.SYSTEM,
                scope=Scope(
                    skills=(),
                    records=None if Action.BADGES_READ in actions else (),
                    fields=frozenset({"name", "email"}) if Action.PROFILE_READ in actions else frozenset(),
                    actions=frozenset(action.value for action in actions),
                ),
                grantee_name=client.name,
                about=client.id,
                words=system_words(client.name, scopes),
                locale=actor.locale,
                ends_at=self._now() + timedelta(days=days),
            ),
        )

    def code(
        self, consent: Consent, client: Client, redirect_uri: str, challenge: str, scopes: Iterable[str]
    ) -> str:
        """Return a code for a yes that was just given."""
        secret = secrets.token_urlsafe(32)
        self._store.add_code(secret, Code(client.id, consent.id, redirect_uri, challenge, tuple(scopes)))
        return secret

    def _live(self, consent_id: str) -> Consent | None:
        consent = self._consents.get(consent_id)
        if consent is None or consent.kind is not ConsentKind.SYSTEM or not consent.live_at(self._now()):
            return None
        return consent


def scope_sentences(scopes: Iterable[str]) -> list[str]:
    """What a system may do by its scopes, in the reader's language."""
    asked = set(scopes)
    said = {
        "credential.readonly": gettext("read the signed credentials in my wallet"),
        "credential.upsert": gettext("put credentials into my wallet, where I can decline them"),
        "profile.readonly": gettext("see my name and e-mail address"),
    }
    words = [sentence for name, sentence in said.items() if any(one.endswith(f"/{name}") for one in asked)]
    if OFFLINE in asked:
        words.append(gettext("do so also while I am not here"))
    return words


def system_words(name: str, scopes: Iterable[str]) -> str:
    """The sentence by which somebody lets a system in, in the reader's language."""
    return gettext(
        "%(name)s may: %(what)s. I see every access, and can take it back at any time.",
        name=name,
        what="; ".join(scope_sentences(scopes)),
    )


def _words(told: Mapping[str, Any], key: str, most: int) -> str:
    value = told.get(key, "")
    if not isinstance(value, str) or len(value) > most or "\0" in value or not value.isprintable():
        if value == "":
            return ""
        raise SystemRefused("invalid_client_metadata", f"{key} is text of at most {most} characters.")
    return value


def _sound(address: Any) -> bool:
    """Whether a browser may be sent there with a code."""
    if not isinstance(address, str) or len(address) > 2000 or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return False
    if parts.fragment or "#" in address or parts.username is not None or not parts.hostname or ";" in address:
        return False
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.netloc.rpartition(":")[0] in ON_THIS_MACHINE
    )

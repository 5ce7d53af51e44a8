"""OAuth 2 for systems of others: RFC 6749 with PKCE (7636), registration (7591), revocation (7009).

The protocol is Authlib's; who may do what, and until when, is asked of the services. A code is given
only with an S256 challenge, and to an address that was registered, letter by letter.
"""

from __future__ import annotations

import hmac
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.integrations.flask_oauth2.requests import FlaskOAuth2Payload, FlaskOAuth2Request
from authlib.oauth2.rfc6749 import (
    AuthorizationCodeMixin,
    ClientMixin,
    InvalidRequestError,
    OAuth2Request,
    TokenMixin,
    grants,
)
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7636 import CodeChallenge
from flask import Blueprint, Response, jsonify, request

from accounts.errors import PersonError
from accounts.oauth import Client, Code, SystemToken
from accounts.scopes import SYSTEM_SCOPES
from accounts.tokens import digest
from services.systems import METHODS, SystemRefused
from web.actor import client_address

AUTHORIZE, TOKEN, REVOKE, REGISTER = (
    f"/oauth/{name}" for name in ("authorize", "token", "revoke", "register")
)


class KnownClient(ClientMixin):
    """A registered system in the shape that Authlib asks for."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get_client_id(self) -> str:
        return self.client.id

    def get_default_redirect_uri(self) -> str | None:
        return self.client.redirect_uris[0] if len(self.client.redirect_uris) == 1 else None

    def get_allowed_scope(self, scope: str) -> str:
        asked = (scope or "").split()
        return " ".join(one for one in self.client.scopes if one in asked)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.client.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        kept = self.client.secret_digest
        return bool(kept) and hmac.compare_digest(kept, digest(client_secret))

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == self.client.method

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type in ("authorization_code", "refresh_token")


class KnownCode(AuthorizationCodeMixin):
    """A code in the shape that Authlib asks for."""

    code_challenge_method = "S256"

    def __init__(self, code: Code) -> None:
        self.code = code
        self.code_challenge = code.challenge

    def get_redirect_uri(self) -> str:
        return self.code.redirect_uri

    def get_scope(self) -> str:
        return " ".join(self.code.scopes)


class KnownToken(TokenMixin):
    """A token in the shape that Authlib asks for."""

    def __init__(self, token: SystemToken) -> None:
        self.token = token

    def check_client(self, client: KnownClient) -> bool:
        return self.token.client_id == client.get_client_id()

    def get_scope(self) -> str:
        return " ".join(self.token.scopes)


class Challenge(CodeChallenge):
    """PKCE, always, and by S256 alone."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        asked = grant.request.payload.data
        if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
            raise InvalidRequestError(
                "PKCE is needed: send code_challenge with code_challenge_method=S256.",
                redirect_uri=redirect_uri,
            )
        super().validate_code_challenge(grant, redirect_uri)


class OverTls(FlaskOAuth2Request):
    """A request as the other side sent it: TLS ends in front of this process (``SECURE_COOKIES``)."""

    def __init__(self, asked: Any) -> None:
        OAuth2Request.__init__(
            self,
            method=asked.method,
            uri=asked.url.replace("http://", "https://", 1),
            headers=asked.headers,
        )
        self._request = asked
        self.payload = FlaskOAuth2Payload(asked)


class Authorization(AuthorizationServer):
    """The authorization server over ``services.systems``."""

    def __init__(self, services: Any) -> None:
        super().__init__()
        self.services = services
        self._query_client = self._known
        self._save_token = lambda _token, _request: None  # Kept when it is made.
        self.scopes_supported = list(SYSTEM_SCOPES)
        self.register_token_generator("default", self._make)
        for grant in (_code_grant(services), _refresh_grant(services)):
            self.register_grant(grant, [Challenge()] if grant.GRANT_TYPE == "authorization_code" else [])
        self.register_endpoint(_revocation(services))

    def create_oauth2_request(self, _request: Any) -> OverTls:
        return OverTls(request)

    def _known(self, client_id: str) -> KnownClient | None:
        client = self.services.systems.client(str(client_id))
        return None if client is None else KnownClient(client)

    def _make(self, **asked: Any) -> dict[str, Any]:
        """Both tokens for a consent, which stands in the place of Authlib's user."""
        scopes = (asked["scope"] or "").split()
        access, refresh, seconds = self.services.systems.issue(
            asked["client"].get_client_id(), asked["user"], scopes
        )
        made = {
            "token_type": "Bearer",
            "access_token": access,
            "expires_in": seconds,
            "scope": " ".join(scopes),
        }
        return {**made, "refresh_token": refresh} if refresh else made


def create_blueprint(services: Any, server: Authorization, root: Any) -> Blueprint:
    """What systems ask: no form of ours, no cookie.

    Parameters
    ----------
    root : callable
        Gives the address at which others reach this installation.
    """
    views = Blueprint("oauth", __name__)

    @views.get("/.well-known/oauth-authorization-server")
    def metadata() -> Response:
        here = root()
        return jsonify(
            issuer=here,
            authorization_endpoint=here + AUTHORIZE,
            token_endpoint=here + TOKEN,
            revocation_endpoint=here + REVOKE,
            registration_endpoint=here + REGISTER,
            scopes_supported=list(SYSTEM_SCOPES),
            response_types_supported=["code"],
            grant_types_supported=["authorization_code", "refresh_token"],
            token_endpoint_auth_methods_supported=list(METHODS),
            revocation_endpoint_auth_methods_supported=list(METHODS),
            code_challenge_methods_supported=["S256"],
        )

    @views.post(REGISTER)
    def register() -> tuple[Response, int]:
        told = request.get_json(silent=True)
        try:
            if not isinstance(told, dict):
                raise SystemRefused("invalid_client_metadata", "The body is not a JSON object.")
            made = services.systems.register(told, client_address())
        except SystemRefused as problem:
            return jsonify(error=problem.error, error_description=problem.message), 400
        client = made.client
        answer = {
            "client_id": client.id,
            "client_id_issued_at": int(client.made_at.timestamp()),
            "client_name": client.name,
            "client_uri": client.uri,
            "redirect_uris": list(client.redirect_uris),
            "token_endpoint_auth_method": client.method,
            "grant_types": ["authorization_code", "refresh_token"],
            "response_types": ["code"],
            "scope": " ".join(client.scopes),
        }
        if made.secret:
            answer |= {"client_secret": made.secret, "client_secret_expires_at": 0}
        response = jsonify(answer)
        response.headers["Cache-Control"] = "no-store"
        return response, 201

    @views.post(TOKEN)
    def token() -> Any:
        try:
            return server.create_token_response()
        except PersonError:
            # The yes ended between two looks at it.
            return jsonify(error="invalid_grant"), 400

    @views.post(REVOKE)
    def revoke() -> Any:
        return server.create_endpoint_response(RevocationEndpoint.ENDPOINT_NAME)

    return views


def _code_grant(services: Any) -> type[grants.AuthorizationCodeGrant]:
    class CodeGrant(grants.AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = METHODS

        def save_authorization_code(self, code: str, asked: Any) -> None:
            raise NotImplementedError  # The page where people say yes makes it.

        def query_authorization_code(self, code: str, client: KnownClient) -> KnownCode | None:
            found = services.systems.take_code(code, client.get_client_id())
            return None if found is None else KnownCode(found)

        def delete_authorization_code(self, authorization_code: KnownCode) -> None:
            """It was taken when it was looked at."""

        def authenticate_user(self, authorization_code: KnownCode) -> str:
            return authorization_code.code.consent_id

    return CodeGrant


def _refresh_grant(services: Any) -> type[grants.RefreshTokenGrant]:
    class RefreshGrant(grants.RefreshTokenGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = METHODS
        INCLUDE_NEW_REFRESH_TOKEN = True

        def authenticate_refresh_token(self, refresh_token: str) -> KnownToken | None:
            found = services.systems.refreshable(refresh_token)
            if found is None or found.client_id != self.request.client.get_client_id():
                return None
            # Before a new one is made: of two at once, one gets nothing.
            return KnownToken(found) if services.systems.used_up(found) else None

        def authenticate_user(self, credential: KnownToken) -> str:
            return credential.token.consent_id

        def revoke_old_credential(self, credential: KnownToken) -> None:
            """It ended before the new one was made."""

    return RefreshGrant


def _revocation(services: Any) -> type[RevocationEndpoint]:
    class Revocation(RevocationEndpoint):
        CLIENT_AUTH_METHODS = METHODS

        def query_token(self, token_string: str, token_type_hint: str | None) -> KnownToken | None:
            found = services.systems.token(token_string)
            return None if found is None else KnownToken(found)

        def revoke_token(self, token: KnownToken, asked: Any) -> None:
            services.systems.revoke(token.token)

    return Revocation

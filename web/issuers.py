"""What organizations publish, for whoever checks a credential: open to all, on every site, for a short while.

A DID such as ``did:web:wallet.example.org:issuers:1f…`` leads to ``/issuers/1f…/did.json``.
"""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, abort

KEPT = "public, max-age=300"
"""As long as the product itself keeps what others publish, so a revocation is seen that late at most."""
PICTURE_KEPT = "public, max-age=31536000, immutable"
PICTURES = {"png": "image/png", "svg": "image/svg+xml"}
# A picture that somebody opens by itself may draw, and nothing else.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
ID = re.compile(r"[0-9a-f]{32}")


def create_blueprint(services: Any) -> Blueprint:
    """Views without sign-in; nothing in them is about a person."""
    views = Blueprint("issuers", __name__, url_prefix="/issuers")

    @views.url_value_preprocessor
    def only_ids(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values is not None and not ID.fullmatch(str(values.get("issuer_id", ""))):
            abort(404)

    @views.get("/<issuer_id>/did.json")
    def did_document(issuer_id: str) -> Response:
        return _public(services.publisher.did_document(issuer_id), "application/did+json")

    @views.get("/<issuer_id>/jwks.json")
    def jwk_set(issuer_id: str) -> Response:
        return _public(services.publisher.jwk_set(issuer_id), "application/jwk-set+json")

    @views.get("/<issuer_id>/profile.json")
    def profile(issuer_id: str) -> Response:
        return _public(services.publisher.profile(issuer_id), "application/ld+json")

    @views.get("/<issuer_id>/status/<number>")
    def status_list(issuer_id: str, number: str) -> Response:
        if not (number.isascii() and number.isdigit() and len(number) <= 6):
            abort(404)
        return _public(services.publisher.status_list(issuer_id, int(number)), "application/vc")

    @views.get("/<issuer_id>/pictures/<name>")
    def picture(issuer_id: str, name: str) -> Response:
        kind, content = services.publisher.picture(issuer_id, name)
        response = _public(content, PICTURES[kind])
        response.headers["Cache-Control"] = PICTURE_KEPT
        response.headers["Content-Security-Policy"] = PICTURE_POLICY
        return response

    return views


def _public(content: bytes, kind: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Cache-Control"] = KEPT
    # Verifiers run in browsers, too, on sites of their own; no cookie comes along.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response

"""Where a reader may be sent next."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

ON_THIS_MACHINE = "http://127.0.0.1"


def public_root(public_url: str) -> str:
    """Where links that are passed on lead: ``PUBLIC_URL``, or where the page was asked for while that is
    this machine only."""
    return request.url_root.rstrip("/") if public_url.startswith(ON_THIS_MACHINE) else public_url


def local_path(target: str | None, fallback: str = "/") -> str:
    """A path of this site, or the fallback.

    Browsers read ``//host``, ``/\\host`` and addresses with control characters as another
    host's, so only a path that begins with one slash and holds nothing of the kind is let
    through.

    Examples
    --------
    >>> local_path("/network?now=29-1141.00")
    '/network?now=29-1141.00'
    >>> local_path("https://elsewhere.example/")
    '/'
    >>> local_path("//elsewhere.example/")
    '/'
    """
    if not target or not target.startswith("/") or target.startswith("//"):
        return fallback
    if "\\" in target or any(ord(letter) < 32 for letter in target):
        return fallback
    try:
        parts = urlsplit(target)
    except ValueError:
        return fallback
    return fallback if parts.scheme or parts.netloc else target

"""What a browser is told not to do, and requests that no page of ours sends.

The content security policy allows scripts of this host and the few inline ones that
Dash writes, by their hash. Unsafe methods from another site are refused before any
view, callbacks included, so that no form or script elsewhere can act for a person.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from dash import Dash
from flask import Flask, Response, request

from accounts.errors import PersonError
from accounts.errors import marked as _

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_REQUEST = 2 * 1024 * 1024

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def init_app(server: Flask, dash_app: Dash, *, https_only: bool) -> None:
    """Add the headers to every answer.

    Parameters
    ----------
    https_only : bool
        Also send Strict-Transport-Security.
    """
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    server.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_REQUEST
    policies: dict[int, str] = {}

    def add_headers(response: Response) -> Response:
        # Dash adds inline scripts until the first request is prepared, hence not once and for all.
        scripts = len(dash_app._inline_scripts)
        if scripts not in policies:
            policies[scripts] = content_security_policy(tuple(dash_app.csp_hashes()))
        response.headers.setdefault("Content-Security-Policy", policies[scripts])
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if https_only:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        return response

    server.after_request(add_headers)


def content_security_policy(script_hashes: tuple[str, ...] = ()) -> str:
    """The policy; ``script_hashes`` are quoted, as ``Dash.csp_hashes`` gives them."""
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *dict.fromkeys(script_hashes))),
            # Dash and Cytoscape set style attributes; no style can run code.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class FromElsewhere(PersonError):  # noqa: N818 - named by what happened, as it is shown
    """A page of another site asked for a change here."""

    status = 403
    title = _("Requests from other sites are refused")

    def __init__(self) -> None:
        super().__init__(
            _("The browser says that a page of another site sent this. Open Waymark itself and do it there.")
        )


def refuse_other_sites() -> None:
    """Answer 403 to an unsafe request that a page of another site sent.

    Browsers say where a request is from in ``Sec-Fetch-Site``, older ones in ``Origin``;
    with neither it comes from no browser, and carries no one's cookie but its own.
    """
    if request.method in SAFE_METHODS:
        return
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        if fetch_site not in ("same-origin", "none"):
            raise FromElsewhere
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise FromElsewhere


def same_site_request() -> bool:
    """Whether nothing says that another site's page caused this request."""
    return request.headers.get("Sec-Fetch-Site", "none") in ("same-origin", "none")

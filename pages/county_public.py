"""A view of a region that an official made public: without an account, and to be put into other sites."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, Response, make_response, render_template, request

from components import region_view as words
from i18n import LOCALES, locale, use_locale
from pages.county_address import CountyAsked
from pages.county_views import Look, shown
from services.roles import NATION
from web.security import content_security_policy


def create_blueprint(services: Any) -> Blueprint:
    """The one view, for anybody who has its address."""
    views = Blueprint("county_public", __name__, url_prefix="/public/regions")

    @views.get("/<view_id>")
    def public(view_id: str) -> Response:
        found, publisher = services.region_publishing.opened(view_id)
        asked = CountyAsked.read(dict(parse_qsl(found.address)))
        language = request.args.get("language", "")
        with use_locale(language if language in LOCALES else locale()):
            region, view = shown(
                Look(services.region, services.roles, publisher, asked, publisher.area_code or NATION)
            )
            page = render_template(
                "county_public.html", found=region, view=view, words=words, here_id=view_id
            )
        response = make_response(page)
        # It holds only what may be told to anybody, so any site may show it.
        policy = content_security_policy().replace("frame-ancestors 'none'", "frame-ancestors *")
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Frame-Options"] = "ALLOWALL"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Cache-Control"] = "no-store"
        return response

    return views

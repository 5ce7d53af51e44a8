"""The start page: what this is, and two ways in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from web.actor import current_actor

MOST_FOUND = 8


def create_blueprint(services: Any) -> Blueprint:
    """The start page, over the services."""
    views = Blueprint("home", __name__)

    @views.get("/")
    def home() -> str:
        job = " ".join(request.args.get("job", "").split())[:100]
        area = current_actor().area_code
        found = services.roles.search(job, area=area, limit=MOST_FOUND) if job else ()
        return render_template("home.html", job=job, found=[role for role, _market in found])

    return views

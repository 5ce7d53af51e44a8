"""The issuers that the county knows, for administrators: the list, imports, the history. Plain forms."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from components.confirmation_view import day_word
from i18n import gettext as _
from i18n import ngettext
from services.issuer_registry import EntryRefused
from web.actor import current_actor
from web.page import Place
from web.sign_in import PersonError

PLACE = Place(name="registry", path="/registry", nav=lambda: _("Known issuers"), action="registry.manage")
FIELDS = ("address", "name", "note")


def create_blueprint(services: Any) -> Blueprint:
    """Views for administrators; the services ask whether one is."""
    views = Blueprint("registry", __name__, url_prefix=PLACE.path)
    views.add_app_template_global(day_word, "day_word")

    def page(
        problem: PersonError | None = None,
        entered: dict[str, str] | None = None,
        rows: Any = None,
        content: str = "",
    ) -> tuple[str, int]:
        actor = current_actor()
        return (
            render_template(
                "registry.html",
                issuers=services.registry.issuers(actor),
                history=services.registry.history(actor),
                entered=entered or dict.fromkeys(FIELDS, ""),
                rows=rows,
                counts=Counter(row.state for row in rows or ()),
                content=content,
                problem=problem,
            ),
            problem.status if problem else 200,
        )

    def done(message: str) -> BaseResponse:
        flash(message)
        return redirect(PLACE.path, 303)

    @views.get("")
    def overview():
        return page()

    @views.post("/add")
    def add():
        entered = {name: request.form.get(name, "") for name in FIELDS}
        try:
            act = services.registry.add(current_actor(), **entered)
        except EntryRefused as problem:
            return page(problem, entered)
        words = {
            "added": _("The issuer is known from now on."),
            "changed": _("The issuer's entry is changed."),
        }
        return done(words.get(act, _("The issuer was known by this name already.")))

    @views.post("/<issuer_id>/remove")
    def remove(issuer_id: str) -> Any:
        services.registry.remove(current_actor(), issuer_id)
        return done(_("The issuer is known no more. What was done stays in the history."))

    @views.post("/preview")
    def preview():
        file = request.files.get("file")
        content = file.read() if file else b""
        try:
            rows = services.registry.preview(current_actor(), content)
        except EntryRefused as problem:
            return page(problem)
        return page(rows=rows, content=content.decode("utf-8-sig"))

    @views.post("/import")
    def take():
        content = request.form.get("list", "").encode("utf-8", "replace")
        try:
            count = services.registry.take(current_actor(), content)
        except EntryRefused as problem:
            return page(problem)
        return done(
            ngettext("%(n)s issuer was added or changed.", "%(n)s issuers were added or changed.", count)
        )

    @views.get("/export")
    def export() -> Response:
        response = Response(services.registry.export(current_actor()), mimetype="text/csv")
        response.headers["Content-Disposition"] = "attachment; filename=known-issuers.csv"
        response.headers["Cache-Control"] = "no-store"
        return response

    return views

"""One record: its checks, its skills, where it came from, and what its owner can do. Plain HTML forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from babel.dates import format_date
from flask import Blueprint, Response, flash, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from components.record_view import kind_word, record_meaning, record_word
from graph.model import Skill
from i18n import gettext as _
from i18n import locale
from pages.add_record import own_form, read_entry
from services.errors import RecordNotFound
from services.own_entries import EntryRefused
from services.wallet import NotMeant
from web.actor import current_actor
from web.sign_in import PersonError

PATH = "/wallet/records"
MOST_FOUND = 8
LONGEST = 100
ENTRY = ("title", "issuer", "description", "issued_on", "ended_on", "expires_on", "number")


def create_blueprint(services: Any) -> Blueprint:
    """Views of one record, and of the wallet as a whole; the services ask whose it is."""
    views = Blueprint("record", __name__, url_prefix="/wallet")

    @views.app_template_global()
    def on_day(day: date | None) -> str:
        return format_date(day, format="medium", locale=locale()) if day else ""

    views.add_app_template_global(record_word, "record_word")
    views.add_app_template_global(record_meaning, "record_meaning")

    def own() -> Any:
        return services.record_for(current_actor())

    def page(record_id: str, problem: PersonError | None = None) -> tuple[str, int]:
        detail = own().detail(record_id)
        find = " ".join(request.args.get("find", "").split())[:LONGEST]
        instead = request.args.get("instead", "")[:300]
        return (
            render_template(
                "record.html",
                detail=detail,
                record=detail.record,
                view=detail.view,
                kind=kind_word(detail.record.kind.value),
                checks=[
                    (name_of(check.name), result_of(check.result), check) for check in detail.record.checks
                ],
                proposals=list(detail.proposals),
                finding="find" in request.args,
                find=find,
                instead=instead,
                found=_found(services, find),
                confirmations=services.confirmations.mine(current_actor(), record_id),
                can_ask=services.confirmations.can_ask(current_actor(), record_id),
                problem=problem,
            ),
            problem.status if problem else 200,
        )

    def done(record_id: str, message: str, place: str = "top") -> BaseResponse:
        flash(message)
        return redirect(f"{PATH}/{record_id}#{place}", 303)

    @views.get("/records/<record_id>")
    def record(record_id: str) -> Any:
        return page(record_id)

    @views.get("/records/<record_id>/original")
    def original(record_id: str) -> Response:
        content, media, name = own().original(record_id)
        response = Response(content, mimetype=media)
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{_quoted(name)}"
        # A picture can hold anything: it is only ever saved, and does nothing if it is opened from here.
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response.headers["Cache-Control"] = "no-store"
        return response

    @views.post("/records/<record_id>/check")
    def check(record_id: str) -> Any:
        try:
            came = own().check(record_id)
        except PersonError as problem:
            return _or_not_found(problem, page, record_id)
        if came.changed:
            return done(record_id, _("Checked: its standing is another one now."), "checks")
        if not came.reached:
            return done(
                record_id,
                _("Not everything that is needed could be had just now. What was found last still stands."),
                "checks",
            )
        return done(record_id, _("Checked: nothing has changed."), "checks")

    @views.post("/records/<record_id>/skill")
    def skill(record_id: str) -> Any:
        uri, step = request.form.get("skill", ""), request.form.get("step", "")
        try:
            if step == "choose":
                own().choose(record_id, uri, request.form.get("instead", ""))
                message = _("The skill counts now.")
            else:
                own().decide(record_id, uri, step)
                message = _("The skill counts now.") if step == "accepted" else _("The skill does not count.")
        except PersonError as problem:
            return _or_not_found(problem, page, record_id)
        return done(record_id, message, "skills")

    @views.post("/records/<record_id>/hide")
    def hide(record_id: str) -> Any:
        hidden = request.form.get("hidden") == "1"
        own().set_hidden(record_id, hidden)
        return done(
            record_id, _("It is set aside and counts for nothing.") if hidden else _("It counts again.")
        )

    @views.post("/records/<record_id>/decline")
    def decline(record_id: str) -> Any:
        declined = request.form.get("declined") == "1"
        try:
            own().set_declined(record_id, declined)
        except PersonError as problem:
            return _or_not_found(problem, page, record_id)
        return done(
            record_id, _("You declined it: it counts for nothing.") if declined else _("You accepted it.")
        )

    @views.post("/records/<record_id>/dispute")
    def dispute(record_id: str) -> Any:
        words = "" if request.form.get("step") == "withdraw" else request.form.get("dispute", "")
        try:
            kept = own().dispute(record_id, words)
        except PersonError as problem:
            return _or_not_found(problem, page, record_id)
        return done(
            record_id,
            _("Your words stand beside it now.") if kept.dispute else _("Nothing is said against it now."),
            "dispute",
        )

    @views.post("/records/<record_id>/remove")
    def remove(record_id: str) -> BaseResponse:
        title = own().detail(record_id).record.title
        own().remove(record_id)
        flash(_("“%(title)s” is removed.", title=title[:100]))
        return redirect("/wallet", 303)

    @views.get("/records/<record_id>/edit")
    def edit(record_id: str) -> Any:
        record = own().detail(record_id).record
        shown = {name: getattr(record, name) for name in ENTRY}
        shown["hours"] = f"{record.hours:g}" if record.hours else ""
        return own_form(record.kind.value, shown, None, record.id)

    @views.post("/records/<record_id>/edit")
    def change(record_id: str) -> Any:
        kind = own().detail(record_id).record.kind.value
        try:
            services.entries_for(current_actor()).change(record_id, read_entry(kind, request.form))
        except EntryRefused as problem:
            return own_form(kind, request.form, problem, record_id)
        except PersonError as problem:
            return _or_not_found(problem, page, record_id)
        return done(record_id, _("Saved."))

    @views.get("/export")
    def export() -> Response:
        response = Response(services.export_wallet(current_actor()), mimetype="application/zip")
        response.headers["Content-Disposition"] = "attachment; filename=wallet.zip"
        response.headers["Cache-Control"] = "no-store"
        return response

    def emptying(problem: PersonError | None = None) -> tuple[str, int]:
        wallet = services.wallet_for(current_actor())
        records = wallet.records()
        return (
            render_template("empty_wallet.html", count=len(records), problem=problem),
            problem.status if problem else 200,
        )

    @views.get("/delete")
    def before_deleting():
        return emptying()

    @views.post("/delete")
    def delete():
        try:
            services.empty_wallet(current_actor(), request.form.get("word", ""))
        except NotMeant as problem:
            return emptying(problem)
        flash(_("Everything in your wallet is deleted. Your account is still there."))
        return redirect("/wallet", 303)

    return views


def name_of(step: str) -> str:
    """What a check is about, in a few words."""
    names = {
        "form": _("Form"),
        "context": _("Meaning of its words"),
        "proof": _("Signature"),
        "issuer": _("Signed by its issuer"),
        "dates": _("Dates"),
        "status": _("Not taken back"),
        "schema": _("Promised shape"),
        "subject": _("About you"),
        "issuer_known": _("Issuer known here"),
    }
    return names.get(str(step), str(step))


def result_of(result: str) -> str:
    """The outcome of a check in a word."""
    words = {
        "passed": _("Holds"),
        "failed": _("Does not hold"),
        "unknown": _("Could not be told"),
        "skipped": _("Nothing to check"),
    }
    return words[str(result)]


def _found(services: Any, words: str) -> tuple[Skill, ...]:
    if not words or not words.isprintable():
        return ()
    found: tuple[Skill, ...] = services.roles.skills(words, limit=MOST_FOUND)
    return found


def _quoted(name: str) -> str:
    return "".join(
        chr(byte) if chr(byte).isascii() and (chr(byte).isalnum() or chr(byte) in ".-") else f"%{byte:02X}"
        for byte in name.encode()
    )


def _or_not_found(problem: PersonError, page: Any, record_id: str) -> tuple[str, int]:
    """The page with what is wrong on it; where there is no such record, there is no page either."""
    if problem.status in (401, 403) or isinstance(problem, RecordNotFound):
        raise problem
    answer: tuple[str, int] = page(record_id, problem)
    return answer

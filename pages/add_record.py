"""Bringing records in: a file, words that were copied, a link, or typed by hand. Plain HTML forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from components.record_view import kind_word
from components.standing import standing_word
from i18n import gettext as _
from i18n import ngettext
from services.own_entries import KINDS, EntryRefused, OwnEntry
from services.records import FileRefused
from web import security
from web.actor import current_actor
from web.sign_in import PersonError

PATH = "/wallet/add"
LARGEST_UPLOAD = 21 * 1024 * 1024
"""A file of 20 MB, with the form around it."""
LARGEST_BROUGHT_BACK = 65 * 1024 * 1024
"""A file of 64 MB that was taken out, with the form around it."""
LARGE = {
    f"{PATH}/file": LARGEST_UPLOAD,
    f"{PATH}/text": LARGEST_UPLOAD,
    "/api/v1/wallet/records": LARGEST_UPLOAD,
    "/api/v1/import": LARGEST_BROUGHT_BACK,
    "/account/import": LARGEST_BROUGHT_BACK,
}
DAYS = ("issued_on", "ended_on", "expires_on")
LONGEST_LINK = 2048


def N_(message: str) -> str:  # noqa: N802 - the name by which strings are collected
    """Return ``message`` as it is; it is looked up in the reader's language where it is shown."""
    return message


def create_blueprint(services: Any) -> Blueprint:
    """Views of the signed-in person's way in."""
    views = Blueprint("add_record", __name__, url_prefix=PATH)

    def page(problem: PersonError | None = None, refused: Sequence[Any] = (), **entered: Any) -> Any:
        _signed_in(services)
        return (
            render_template(
                "add_record.html",
                problem=problem,
                refused=refused,
                entered=entered,
                kinds=[(kind, kind_word(kind)) for kind in KINDS],
            ),
            problem.status if problem else 422 if refused else 200,
        )

    def brought(came: Sequence[Any], **entered: Any) -> Any:
        """Say what became of each entry, and go where it can be seen."""
        refused = [one for one in came if one.outcome == "refused"]
        kept = [one for one in came if one.outcome != "refused"]
        if not kept:
            return page(refused=refused, **entered)
        for words in said(came):
            flash(words)
        one = kept[0].record.id if len(kept) == 1 else None
        return redirect(f"/wallet/records/{one}" if one else "/wallet", 303)

    @views.get("")
    def choose():
        return page()

    @views.post("/file")
    def file():
        given = request.files.get("file")
        if given is None or not given.filename:
            return page(FileRefused(N_("Choose a file first.")))
        try:
            came = services.records_for(current_actor()).bring_in(given.read(), given.filename)
        except PersonError as problem:
            return _or_sign_in(problem, page)
        return brought(came)

    @views.post("/text")
    def text():
        words = request.form.get("text", "")
        if not words.strip():
            return page(FileRefused(N_("Paste the text of a credential first.")))
        try:
            came = services.records_for(current_actor()).bring_in(words.encode(errors="replace"), "")
        except PersonError as problem:
            return _or_sign_in(problem, page, text=words)
        return brought(came, text=words)

    @views.post("/link")
    def link():
        address = request.form.get("link", "").strip()[:LONGEST_LINK]
        if not address:
            return page(FileRefused(N_("Enter a link that begins with https://.")))
        try:
            came = services.records_for(current_actor()).bring_link(address)
        except PersonError as problem:
            return _or_sign_in(problem, page, link=address)
        return brought(came, link=address)

    @views.get("/hand/<kind>")
    def hand(kind: str) -> Any:
        _signed_in(services)
        return own_form(kind, {}, None)

    @views.post("/hand/<kind>")
    def enter(kind: str) -> Any:
        try:
            record = services.entries_for(current_actor()).enter(read_entry(kind, request.form))
        except EntryRefused as problem:
            return own_form(kind, request.form, problem)
        flash(_("“%(title)s” is in your wallet, by your own word.", title=record.title))
        return redirect(f"/wallet/records/{record.id}", 303)

    @views.after_request
    def with_camera(response: Response) -> Response:
        # For this page alone: it can read a code that is held in front of the camera.
        policy = security.HEADERS["Permissions-Policy"].replace("camera=()", "camera=(self)")
        response.headers["Permissions-Policy"] = policy
        return response

    return views


def allow_large_files(asking: Callable[[], Any] = current_actor) -> None:
    """Let a signed-in person's file be as large as a wallet takes them; before anything reads the form."""
    if request.method != "POST" or request.path not in LARGE or not asking().signed_in:
        return
    request.max_content_length = request.max_form_memory_size = LARGE[request.path]


def said(came: Sequence[Any]) -> list[str]:
    """What became of the entries of a file: a sentence for one, a count for several."""
    sentences = []
    for outcome in ("new", "newer", "same", "older", "refused"):
        ones = [one for one in came if one.outcome == outcome]
        if len(ones) == 1:
            sentences.append(_of_one(outcome, ones[0].record))
        elif ones:
            sentences.append(_of_several(outcome, len(ones)))
    return sentences


def _of_one(outcome: str, record: Any) -> str:
    title = record.title[:100]
    if outcome == "new":
        if record.form != "hand" and not record.standing.proven and record.standing.counts:
            return _(
                "“%(title)s” is in your wallet. It is not verified: %(why)s", title=title, why=record.why
            )
        standing = standing_word(record.standing).lower()
        return _("“%(title)s” is in your wallet: %(standing)s.", title=title, standing=standing)
    sentences = {
        "newer": _("This “%(title)s” is newer than the one you had, and has taken its place.", title=title),
        "same": _("You have “%(title)s” already. It is kept once.", title=title),
        "older": _("You have a newer “%(title)s” already, so this one was not kept.", title=title),
        "refused": _("“%(title)s” was not kept: %(why)s", title=title, why=record.why),
    }
    return sentences[outcome]


def _of_several(outcome: str, n: int) -> str:
    sentences = {
        "new": ngettext("%(n)s record is in your wallet now.", "%(n)s records are in your wallet now.", n),
        "newer": ngettext(
            "%(n)s record has taken the place of an older one.",
            "%(n)s records have taken the place of older ones.",
            n,
        ),
        "same": ngettext(
            "%(n)s record was in your wallet already.", "%(n)s records were in your wallet already.", n
        ),
        "older": ngettext(
            "%(n)s record was not kept, because you have a newer one.",
            "%(n)s records were not kept, because you have newer ones.",
            n,
        ),
        "refused": ngettext(
            "%(n)s record was not kept: it is not as it was signed.",
            "%(n)s records were not kept: they are not as they were signed.",
            n,
        ),
    }
    return sentences[outcome]


def own_form(kind: str, entered: Any, problem: PersonError | None, record_id: str = "") -> Any:
    """The form of what is entered by hand, empty or with what stands in it."""
    if kind not in KINDS:
        abort(404)
    return (
        render_template(
            "own_record.html",
            kind=kind,
            kind_name=kind_word(kind),
            entered=entered,
            fields=getattr(problem, "fields", {}),
            problem=problem,
            record_id=record_id,
        ),
        problem.status if problem else 200,
    )


def read_entry(kind: str, form: MultiDict[str, str]) -> OwnEntry:
    """Read the form; `EntryRefused` where a day or a number is none."""
    problems: dict[str, str] = {}
    days: dict[str, date | None] = {}
    for name in DAYS:
        typed = form.get(name, "").strip()
        try:
            days[name] = date.fromisoformat(typed) if typed else None
        except ValueError:
            problems[name] = N_("Write the day as year, month and day, such as 2024-05-31.")
    typed = form.get("hours", "").strip().replace(",", "")
    hours = None
    try:
        hours = float(typed) if typed else None
    except ValueError:
        problems["hours"] = N_("Give a number of hours between 1 and 200,000.")
    if problems:
        raise EntryRefused(problems)
    return OwnEntry(
        kind=kind,
        title=form.get("title", ""),
        issuer=form.get("issuer", ""),
        description=form.get("description", ""),
        hours=hours,
        number=form.get("number", ""),
        issued_on=days["issued_on"],
        ended_on=days["ended_on"],
        expires_on=days["expires_on"],
    )


def _signed_in(services: Any) -> None:
    # Who may not read a wallet is told so before they fill a form in.
    services.wallet_for(current_actor()).notices()


def _or_sign_in(problem: PersonError, page: Any, **entered: str) -> BaseResponse | tuple[str, int]:
    if problem.status in (401, 403):
        raise problem
    answer: tuple[str, int] = page(problem, **entered)
    return answer

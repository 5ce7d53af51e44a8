"""A person's own account: home area, language, consents, password, and the way out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from components.token_view import brought_back
from i18n import gettext as _
from services.consents import regional_words
from services.portable import FORMATS
from services.records import FileRefused
from web.actor import continue_session, current_actor, end_session
from web.forms import AreaForm, ConsentForm, DeleteForm, PasswordForm
from web.sign_in import PersonError, SignIn

MOST_PLACES = 12


def N_(message: str) -> str:  # noqa: N802 - the name by which strings are collected
    """Return ``message`` as it is; it is looked up in the reader's language where it is shown."""
    return message


def create_blueprint(services: Any, sign_in: SignIn) -> Blueprint:
    """Views of the signed-in person's account."""
    views = Blueprint("account", __name__, url_prefix="/account")
    people = services.people

    def page(problem: PersonError | None = None, form: Any = None) -> tuple[str, int]:
        actor = current_actor()
        account = people.account(actor)
        place = " ".join(request.args.get("place", "").split())[:100]
        status = problem.status if problem else 422 if form is not None else 200
        return (
            render_template(
                "account.html",
                account=account,
                area=_name_of(services, account.area_code),
                consents=services.consents.kinds(actor),
                regional_sentence=regional_words(),
                place=place,
                places=services.roles.areas(place, limit=MOST_PLACES) if place else (),
                problem=problem,
                form=form,
            ),
            status,
        )

    def done(message: str) -> BaseResponse:
        flash(message)
        return redirect("/account", 303)

    @views.get("")
    def account():
        return page()

    @views.get("/export")
    def export() -> Response:
        form = request.args.get("format", "json")
        if form not in FORMATS:
            abort(404)
        name = FORMATS[form]
        content = services.taking_out.export(current_actor(), form)
        response = Response(
            content, mimetype="application/zip" if name.endswith(".zip") else "application/json"
        )
        response.headers["Content-Disposition"] = f"attachment; filename={name}"
        response.headers["Cache-Control"] = "no-store"
        return response

    @views.post("/import")
    def bring_back():
        given = request.files.get("file")
        try:
            if given is None or not given.filename:
                raise FileRefused(N_("Choose a file first."))
            came = services.bringing_back.bring_back(current_actor(), given.read(), given.filename)
        except PersonError as error:
            return _or_sign_in(error, page)
        for words in brought_back(came):
            flash(words)
        return redirect("/account", 303)

    @views.post("/area")
    def area():
        form = AreaForm()
        if not form.validate():
            return page(form=form)
        try:
            people.set_area(current_actor(), form.area.data or None)
        except PersonError as error:
            return _or_sign_in(error, page)
        return done(_("Your home area is saved."))

    @views.post("/consent")
    def consent():
        form = ConsentForm()
        services.consents.set_regional(current_actor(), granted=bool(form.regional.data))
        return done(_("Your choice is saved."))

    @views.post("/password")
    def password():
        form, actor = PasswordForm(), current_actor()
        if not form.validate():
            return page(form=form)
        try:
            with sign_in.guarded(actor.person_id or ""):
                changed = people.change_password(actor, form.present.data, form.new.data)
        except PersonError as error:
            return _or_sign_in(error, page)
        continue_session(changed)
        return done(_("Your password is changed. Every other device has been signed out."))

    @views.post("/delete")
    def delete():
        form, actor = DeleteForm(), current_actor()
        if not form.validate():
            return page(form=form)
        try:
            with sign_in.guarded(actor.person_id or ""):
                people.delete_account(actor, form.confirm.data)
        except PersonError as error:
            return _or_sign_in(error, page)
        services.recount(str(actor.person_id))  # Nothing of it is left beside the labour-market data.
        end_session()
        flash(_("Your account and everything in it is deleted."))
        return redirect("/", 303)

    return views


def _or_sign_in(error: PersonError, page: Any) -> Any:
    if error.status in (401, 403):
        raise error
    return page(problem=error)


def _name_of(services: Any, code: str | None) -> str | None:
    if code is None:
        return None
    try:
        area = services.roles.area(code)
    except Exception:
        # The account stays usable while the labour-market data is away.
        return code
    return area.name if area is not None else code

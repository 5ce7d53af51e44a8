"""A person's own account: home area, language, consents, password, and the way out."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from i18n import gettext as _
from web.actor import continue_session, current_actor, end_session
from web.forms import AreaForm, ConsentForm, DeleteForm, PasswordForm
from web.sign_in import PersonError, SignIn

MOST_PLACES = 12


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
        actor = current_actor()
        held = {
            "account": asdict(people.account(actor)),
            "careers": people.chosen_careers(actor),
            "consents": [asdict(consent) for consent in services.consents.mine(actor)],
            "accesses": [asdict(access) for access in services.consents.accesses(actor, limit=10_000)],
            "pathways": [asdict(kept) for kept in services.kept_pathways.mine(actor)],
            "employment_plan": _told(services.employment_plans.mine(actor)),
            "meetings": [asdict(met) for met in services.case_work.my_meetings(actor)],
            "notes_shared": [asdict(note) for note in services.case_work.shared_with_me(actor)[0]],
            "notes_of_staff": services.case_work.shared_with_me(actor)[1],
            "plans": [asdict(plan) for plan in services.plans.mine(actor)],
            "shares": [asdict(share) for share in services.sharing.mine(actor)],
            "applications": [asdict(sent) for sent in services.applying.mine(actor)],
            "records": [asdict(record) for record in services.wallet_for(actor).records()],
            "reports": [asdict(report) for report in services.reports.mine(actor)],
        }
        text = json.dumps(held, ensure_ascii=False, indent=2, default=_plain)
        response = Response(text, mimetype="application/json")
        response.headers["Content-Disposition"] = "attachment; filename=waymark.json"
        return response

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
        services.load_wallets()  # Nothing of it is left beside the labour-market data.
        end_session()
        flash(_("Your account and everything in it is deleted."))
        return redirect("/", 303)

    return views


def _told(plan: Any) -> dict[str, Any] | None:
    return None if plan is None else asdict(plan)


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)


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

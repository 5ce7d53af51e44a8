"""The page of what to learn next: skills by what they bring within reach, tried on, and kept as a plan.

Plain HTML: everything that is shown stands in the address, so that reload, back and a copied link show it
again.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from components.format import percent
from components.honest import Shows, limits
from components.next_view import cost_words, jobs_words, reach_words, wage_words
from components.plain_html import to_html
from i18n import gettext as _
from pages.told import CODE, Told, query, toggled, wallet_of
from services.plans import PlanRefused
from web.actor import current_actor
from web.page import CHOOSING, Place
from web.sign_in import PersonError

PLACE = Place(
    name="next",
    path="/next",
    nav=lambda: _("What next"),
    action=None,
    parts=CHOOSING,
)
SHOWN = 12
NAMED = 4


def create_blueprint(services: Any) -> Blueprint:
    """Views of what to learn next, and of one's plans."""
    views = Blueprint("next", __name__, url_prefix=PLACE.path)
    for helper in (reach_words, jobs_words, wage_words, cost_words, percent):
        views.add_app_template_global(helper, helper.__name__)

    def page(problem: PersonError | None = None, source: Any = None) -> tuple[str, int]:
        actor, said = current_actor(), source if source is not None else request.args
        told = Told.read(said)
        wallet = wallet_of(services, actor, told)
        asked = said.get("area", "")[:7]
        area = asked or actor.area_code
        found = services.what_next.next(wallet, area, actor, SHOWN) if wallet.holdings else None

        def flipped(skill_id: str) -> str:
            return query(Told(told.now, told.have, toggled(told.tried, skill_id)), area=asked)

        return (
            render_template(
                "next.html",
                found=found,
                tried=[(one, flipped(one.id)) for one in services.what_next.skills(told.tried)],
                flipped=flipped,
                told=told,
                asked=asked,
                carried=query(told, area=asked),
                cleared=query(Told(told.now, told.have), area=asked),
                now=services.roles.title(told.now) if wallet.owner.startswith("role:") else "",
                plans=services.plans.mine(actor) if actor.signed_in else (),
                plan_links={} if not actor.signed_in else _plan_links(services, actor),
                place=services.roles.place(area) if area and services.roles.area(area) else None,
                named=NAMED,
                sources=services.roles.sources(),
                market=next((s for s in services.roles.sources() if s.id == "oews"), None),
                limits=to_html(limits(services.roles.sources(), (Shows.MATCH, Shows.MARKET, Shows.PROGRAMS))),
                problem=problem,
            ),
            problem.status if problem else 200,
        )

    @views.get("")
    def shown():
        return page()

    @views.post("/plans")
    def keep():
        told = Told.read(request.form)
        code, day = request.form.get("role", ""), request.form.get("due", "")[:20]
        try:
            due = date.fromisoformat(day) if day else None
        except ValueError:
            return page(PlanRefused(_("Choose a day such as 2027-05-31.")), request.form)
        try:
            services.plans.keep(
                current_actor(),
                request.form.get("name", "")[:500],
                told.tried,
                code if CODE.match(code) else "",
                due,
            )
        except PlanRefused as problem:
            return page(problem, request.form)
        return _done(_("The plan is kept."), query(told))

    @views.post("/plans/<plan_id>/remove")
    def remove(plan_id: str) -> Any:
        services.plans.remove(current_actor(), plan_id)
        return _done(_("The plan is taken away."), "")

    return views


def _done(message: str, search: str) -> BaseResponse:
    flash(message)
    return redirect(PLACE.path + search + "#plans", 303)


def _plan_links(services: Any, actor: Any) -> dict[str, str]:
    """Where each plan is tried on again."""
    plans = services.plans.mine(actor)
    uris = [uri for plan in plans for uri, _label in plan.skills]
    known = services.what_next.ids(uris)
    links = {}
    for plan in plans:
        ids = ",".join(known[uri] for uri, _label in plan.skills if uri in known)
        links[plan.id] = f"{PLACE.path}?try={quote(ids, safe=',:')}"
    return links

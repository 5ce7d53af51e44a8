"""Ways from here to a goal. Plain HTML: all that is shown stands in the address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from components import pathway_view as view
from components.format import percent
from components.honest import Shows, limits
from components.pathway_picture import drawing
from components.plain_html import to_html
from graph.model import Aim, Wallet
from i18n import gettext as _
from pages.pathways_address import PATH, Asked
from pages.told import CODE, query, wallet_of
from services.errors import RoleNotFound
from services.pathways import LONGEST, MOST_PLACES, REACH, PathwayRefused
from web.actor import current_actor
from web.page import Place
from web.sign_in import PersonError

PLACE = Place(name="pathways", path=PATH, nav=lambda: _("Pathways"), action=None, after="network")
FOUND = 6
GAINS_NAMED = 3


def create_blueprint(services: Any) -> Blueprint:
    """Views of pathways, open to everybody; keeping one is for who is signed in."""
    views = Blueprint("pathways", __name__, url_prefix=PATH)

    def page(problem: PersonError | None = None, source: Any = None) -> tuple[str, int]:
        actor, said = current_actor(), source if source is not None else request.args
        asked = Asked.read(said)
        wallet = wallet_of(services, actor, asked.told)
        kept = services.kept_pathways.mine(actor) if actor.signed_in else ()
        found = missing = None
        if asked.to:
            try:
                found = services.pathways.pathways(wallet, asked.to, asked.view(actor.area_code), actor, kept)
            except RoleNotFound as error:
                missing = error
        else:
            _ready = services.pathways
        now = services.roles.title(asked.told.now) if wallet.owner.startswith("role:") else ""
        name = now or (actor.name if actor.signed_in else _("You"))
        words = {key: " ".join(said.get(key, "").split())[:100] for key in ("q", "job", "place")}
        told = problem or missing
        return (
            render_template(
                "pathways.html",
                words=view,
                aims=tuple(Aim),
                asked=asked,
                carried=query(asked.told, area=asked.area),
                found=found,
                drawn=drawing(found, name) if found and wallet.holdings else None,
                wallet=wallet,
                now=now,
                name=name,
                q=words["q"],
                goals=_roles(services, words["q"], lambda code: asked.href(to=code)),
                job=words["job"],
                jobs=_roles(
                    services,
                    words["job"],
                    lambda code: asked.href(told=replace(asked.told, now=code)),
                ),
                place_words=words["place"],
                places=_places(services, words["place"], asked),
                kept=_kept(services, kept, asked, found.goal.role.code if found else ""),
                careers=_careers(services, actor, asked),
                instead=_instead(services, asked, wallet, found),
                most_places=MOST_PLACES,
                named=GAINS_NAMED,
                percent=percent,
                reach=REACH,
                longest=LONGEST,
                market=next((s for s in services.roles.sources() if s.id == "oews"), None),
                limits=to_html(limits(services.roles.sources(), _shows(found), (_assumption(),))),
                problem=told,
            ),
            problem.status if problem else 404 if missing else 200,
        )

    @views.get("")
    def shown():
        return page()

    @views.post("")
    def keep():
        asked = Asked.read(request.form)
        stones = [code for code in request.form.get("stones", "")[:200].split(",") if code]
        services.kept_pathways.mine(current_actor())  # Who cannot keep any is told so first.
        try:
            services.roles.title(asked.to)
            for code in stones:
                services.roles.title(code)
            services.kept_pathways.keep(
                current_actor(), asked.to, stones, asked.area or current_actor().area_code
            )
        except PathwayRefused as problem:
            return page(problem, request.form)
        return _done(_("Your pathway is kept."), asked.href())

    @views.post("/<pathway_id>/remove")
    def remove(pathway_id: str) -> Any:
        services.kept_pathways.remove(current_actor(), pathway_id)
        return _done(_("The pathway is taken away."), Asked.read(request.form).href())

    return views


def _done(message: str, address: str) -> BaseResponse:
    flash(message)
    return redirect(address, 303)


def _roles(services: Any, words: str, href: Any) -> list[tuple[Any, str]]:
    found = services.roles.search(words, limit=FOUND) if words else ()
    return [(role, href(role.code)) for role, _market in found]


def _places(services: Any, words: str, asked: Asked) -> list[tuple[Any, str, str]]:
    """Places that answer: each with the address where it is home, and where it is one more."""
    found = services.roles.areas(words, FOUND) if words else ()
    return [
        (
            area,
            asked.href(area=area.code, also=tuple(code for code in asked.also if code != area.code)),
            asked.href(also=(*asked.also, area.code)) if len(asked.also) < MOST_PLACES else "",
        )
        for area in found
    ]


def _kept(services: Any, kept: Any, asked: Asked, goal: str) -> list[dict[str, Any]]:
    """The person's pathways, with titles; a role that is no more keeps its code."""
    return [
        {
            "id": one.id,
            "title": _title(services, one.goal_code),
            "stones": [_title(services, code) for code in one.stones],
            "day": one.kept_at,
            "href": asked.href(to=one.goal_code, area=one.area_code or ""),
            "here": one.goal_code == goal,
        }
        for one in kept
    ]


def _title(services: Any, code: str) -> str:
    try:
        return str(services.roles.title(code))
    except RoleNotFound:
        return code


def _careers(services: Any, actor: Any, asked: Asked) -> list[tuple[str, str]]:
    """The careers that the person put around themselves: likely goals."""
    if not actor.signed_in:
        return []
    codes = [code for code, _area in services.people.chosen_careers(actor) if CODE.match(code)]
    return [(_title(services, code), asked.href(to=code)) for code in codes if code != asked.to]


def _instead(services: Any, asked: Asked, wallet: Wallet, found: Any) -> list[tuple[str, str]]:
    """Goals that may be meant by one without requirements."""
    if found is None or found.goal.match.squares:
        return []
    return [(role.title, asked.href(to=role.code)) for role in services.roles.instead(asked.to)]


def _shows(found: Any) -> list[Shows]:
    shows = [Shows.MATCH, Shows.MARKET]
    if found is not None and found.projected:
        shows.append(Shows.OUTLOOK)
    if found is not None and any(step.moves for way in found.ways for step in way.steps):
        shows.append(Shows.MOVES)
    return shows


def _assumption() -> str:
    return _(
        "A pathway takes it that whoever works in a role learns all that the role requires. It does not know"
        " how long that takes, whether an employer hires for it, or which of the jobs are part time."
    )

"""The official's page: which skills a region is short of. Plain HTML; all that is shown stands in the address."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from components import region_view as words
from components.confirmation_view import day_word
from components.region_chart import bars
from graph.model import JobLevel, Proof, RegionalGap
from i18n import gettext as _
from pages.county_address import PATH, SHOWN, CountyAsked
from pages.page import Place
from services.roles import NATION
from web.actor import current_actor

PLACE = Place(
    name="county",
    path=PATH,
    nav=lambda: _("Regional skills gap"),
    action="county.read",
    parts=frozenset({"official"}),
    start=True,
)
FOUND = 8
NAMED = 3
PLENTY = 5
"""Skills that more people hold than jobs call for, shown under those that are short."""


def create_blueprint(services: Any) -> Blueprint:
    """Views for officials; the services ask whether one is."""
    views = Blueprint("county", __name__, url_prefix=PLACE.path)

    @views.after_request
    def keep_nothing(response: BaseResponse) -> BaseResponse:
        response.headers["Cache-Control"] = "no-store"
        return response

    @views.get("")
    def gap():
        actor, asked = current_actor(), CountyAsked.read(request.args)
        home = actor.area_code or NATION
        found = services.region.gap(actor, asked.view(home, asked.shown, PLENTY))
        short, plenty = found.skills[: asked.shown], found.skills[asked.shown :]
        title = words.finding(found, [one.skill.name for one in short[:NAMED]])
        known = found.people.wallets is not None
        rows = [words.bar(one, known=known) for one in (*short, *plenty)]
        picture = words.chart_words(found, title)
        roles = services.roles
        place_words = " ".join(request.args.get("place", "").split())[:100]
        return render_template(
            "county.html",
            asked=asked,
            found=found,
            words=words,
            title_words=title,
            short=short,
            plenty=plenty,
            wide=bars(rows, picture),
            narrow=bars(rows, picture, narrow=True),
            compared=services.region.compared(actor, found, [one.skill.id for one in (*short, *plenty)]),
            places=_places(services, home, asked),
            place_words=place_words,
            found_places=[
                (one, asked.href(areas=(one.code,)), _more(asked, found, one))
                for one in (roles.areas(place_words, FOUND) if place_words else ())
            ],
            families=roles.job_families(),
            levels=[(words.level_word(one), asked.href(level=one), one is asked.level) for one in JobLevel],
            proofs=[(words.proof_word(one), asked.href(proof=one), one is asked.proof) for one in Proof],
            steps=SHOWN,
            day=day_word(datetime.now(UTC)),
            markets={code: area.name for code in found.region.markets if (area := roles.area(code))},
            sources=roles.sources(),
        )

    return views


def _places(services: Any, home: str, asked: CountyAsked) -> list[tuple[str, str]]:
    """Places to choose from: the reader's county and what lies around it, and what is chosen now."""
    roles = services.roles
    named: list[tuple[str, str]] = []
    own = roles.area(home)
    for area in (own, *(services.region.around(own) if own is not None else ())):
        if area is not None:
            named.append((area.code, area.name))
    chosen = ",".join(asked.areas)
    if chosen and chosen not in dict(named):
        areas = [area for code in asked.areas if (area := roles.area(code)) is not None]
        named.insert(0, (chosen, ", ".join(area.name for area in areas)))
    return named


def _more(asked: CountyAsked, found: RegionalGap, area: Any) -> str:
    """The address with one county more, where what is shown are counties."""
    if area.kind != "county" or any(one.kind != "county" for one in found.region.areas):
        return ""
    codes = tuple(one.code for one in found.region.areas)
    return "" if area.code in codes else asked.href(areas=(*codes, area.code))

"""The official's page: which skills a region is short of. Plain HTML; the address holds all of it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from components import region_view as words
from components.confirmation_view import day_word
from components.picture_png import png
from components.region_chart import alone
from components.region_packet import packet
from graph.model import JobLevel, Measure, PeopleGroup, Proof, RegionalGap
from i18n import LOCALES, locale, use_locale
from i18n import gettext as _
from pages.county_address import AREA, MOST_SKILLS, PATH, SHOWN, CountyAsked
from pages.county_views import USUAL_SEATS, Look, beside_of, fundable, labels, shown
from services import region_files
from services.roles import NATION
from web.actor import current_actor
from web.page import Place

PLACE = Place(
    name="county",
    path=PATH,
    nav=lambda: _("Regional skills gap"),
    action="county.read",
    parts=frozenset({"official"}),
    start=True,
)
FOUND = 8
COUNTY_DIGITS = 5


def create_blueprint(services: Any, root: Callable[[], str]) -> Blueprint:
    """Views for officials; the services ask whether one is. ``root`` is where links lead to."""
    views = Blueprint("county", __name__, url_prefix=PLACE.path)

    @views.after_request
    def keep_nothing(response: BaseResponse) -> BaseResponse:
        response.headers["Cache-Control"] = "no-store"
        return response

    def home() -> str:
        return current_actor().area_code or NATION

    def look_at(asked: CountyAsked) -> Look:
        region, actor = services.region, current_actor()
        # Who may not ask is told that, whether or not roles can be read.
        region.allowed(actor)
        return Look(region, services.roles, actor, asked, home())

    @views.get("")
    def page() -> str:
        asked = CountyAsked.read(request.args)
        look = look_at(asked)
        found, view = shown(look)
        near = beside_of(look, found, counted=services.bridges_counted) if view.key == "gap" else None
        services.prepare_bridges()
        roles, choosing = look.roles, view.key in ("fund", "map", "time")
        place_words = " ".join(request.args.get("place", "").split())[:100]
        return render_template(
            "county.html",
            asked=asked,
            found=found,
            view=view,
            beside=near,
            words=words,
            views=[(key, label, asked.href(view=key), key == view.key) for key, label in labels().items()],
            places=_places(look),
            place_words=place_words,
            found_places=[
                (one, asked.href(areas=(one.code,)), _more(asked, found, one))
                for one in (roles.areas(place_words, FOUND) if place_words else ())
                # Where a county's jobs are counted is not known everywhere.
                if one.kind != "county" or one.oews_code is not None
            ],
            families=roles.job_families(),
            sectors=look.region.sectors(look.actor),
            credentials=look.region.credentials(look.actor),
            levels=[(words.level_word(one), asked.href(level=one), one is asked.level) for one in JobLevel],
            measures=[
                (words.measure_word(one), asked.href(measure=one), one is asked.measure) for one in Measure
            ]
            if look.region.projected(look.actor, look.view)
            else (),
            proofs=[(words.proof_word(one), asked.href(proof=one), one is asked.proof) for one in Proof],
            groups=[
                (words.group_word(one), asked.href(group=one), one is asked.group) for one in PeopleGroup
            ],
            budget=_budget(services, found),
            release_form=secrets.token_hex(16),
            steps=SHOWN,
            fundable=fundable(look, found) if choosing else (),
            chosen_skills=asked.skills[: MOST_SKILLS if view.key != "map" else 1]
            or (tuple(one.skill.id for one in found.skills[:1]) if view.key == "map" else ()),
            most_skills=MOST_SKILLS if view.key != "map" else 1,
            programs=look.region.programs(look.actor) if view.key == "fund" else (),
            steps_more=[(words.more_word(n), asked.href(more=n), n == asked.more) for n in (1, 2)],
            seats=asked.seats or USUAL_SEATS,
            public=[
                (one, f"{root()}/public/regions/{one.id}", f"{PATH}?{one.address}")
                for one in services.region_publishing.mine(current_actor())
            ],
        )

    @views.get("/chart.<kind>")
    def chart(kind: str) -> Any:
        _found, view = shown(look_at(CountyAsked.read(request.args)))
        if kind not in ("svg", "png") or not view.wide:
            abort(404)
        picture = alone(str(view.wide), view.title, (view.unit, *filter(None, view.notes)))
        if kind == "png":
            return _file(png(picture), "image/png", f"{view.key}.png")
        return _file(picture, "image/svg+xml", f"{view.key}.svg")

    @views.get("/table.csv")
    def table() -> Response:
        _found, view = shown(look_at(CountyAsked.read(request.args)))
        return _file(region_files.table(view.headers, _cells(view)), "text/csv", f"{view.key}.csv")

    @views.get("/data.<kind>")
    def figures(kind: str) -> Response:
        found = services.region.gap(current_actor(), CountyAsked.read(request.args).region(home()))
        release = next((one.release for one in services.roles.sources() if one.id == "oews"), "")
        rows = region_files.rows(found, release, datetime.now(UTC).date().isoformat())
        if kind == "parquet":
            return _file(region_files.as_parquet(rows), "application/vnd.apache.parquet", "skills.parquet")
        return _file(region_files.as_csv(rows), "text/csv", "skills.csv")

    @views.get("/dictionary.csv")
    def dictionary() -> Response:
        services.region.allowed(current_actor())
        return _file(region_files.dictionary(), "text/csv", "columns.csv")

    @views.get("/packet.pdf")
    def board_packet() -> Response:
        asked, chosen, language = _wanted(request.args)
        with use_locale(language):
            content = _made(look_at(asked), chosen)
        return _file(content, "application/pdf", "packet.pdf")

    @views.post("/packet")
    def begin_packet() -> BaseResponse:
        asked, chosen, language = _wanted(request.form)
        look = look_at(asked)
        address = urlencode(
            [*asked.parts().items(), *(("in", key) for key in chosen), ("language", language)], safe=","
        )
        with use_locale(language):
            begun = services.region_packets.begin(
                look.actor,
                address,
                len(chosen) + 1,
                lambda step: _made(look, chosen, step),
            )
        return redirect(f"{PATH}/packet/{begun.id}", 303)

    @views.get("/packet/<packet_id>")
    def packet_page(packet_id: str) -> str:
        found = services.region_packets.packet(current_actor(), packet_id)
        back = CountyAsked.read(MultiDict(parse_qsl(found.asked))).href()
        return render_template("county_packet.html", packet=found, back=back)

    @views.get("/packet/<packet_id>/state")
    def packet_state(packet_id: str) -> Response:
        found = services.region_packets.packet(current_actor(), packet_id)
        return jsonify(done=found.done, steps=found.steps, ready=found.ready, failed=found.failed)

    @views.get("/packet/<packet_id>/packet.pdf")
    def packet_file(packet_id: str) -> Any:
        content = services.region_packets.content(current_actor(), packet_id)
        if content is None:
            return redirect(f"{PATH}/packet/{packet_id}", 303)
        return _file(content, "application/pdf", "packet.pdf")

    @views.post("/public")
    def publish() -> BaseResponse:
        address = request.form.get("address", "")
        asked = CountyAsked.read(dict(parse_qsl(address[:2000])))
        asked = replace(asked, areas=asked.areas or (home(),))
        services.region.gap(current_actor(), asked.region(home(), 1))
        services.region_publishing.publish(current_actor(), urlencode(asked.parts(), safe=","))
        flash(_("Anybody who has its address can see this view now. Take it back at any time."))
        return redirect(asked.href() + "#public", 303)

    @views.post("/public/<view_id>/withdraw")
    def withdraw(view_id: str) -> Any:
        services.region_publishing.withdraw(current_actor(), view_id)
        flash(_("The view is no longer public."))
        return redirect(PATH + "#public", 303)

    @views.post("/releases")
    def release() -> BaseResponse:
        county, epsilon = request.form.get("county", ""), request.form.get("epsilon", "")
        services.region_releasing.release(
            current_actor(),
            county if AREA.match(county) and len(county) == COUNTY_DIGITS else "",
            int(epsilon) if epsilon.isascii() and epsilon.isdigit() and len(epsilon) < COUNTY_DIGITS else 0,
            request.form.get("form", ""),
        )
        flash(_("It is released: the file stands below, and stays as it is."))
        return redirect(CountyAsked(areas=(county,)).href() + "#releases", 303)

    @views.get("/releases/<release_id>.csv")
    def released(release_id: str) -> Response:
        found = services.region_releasing.released(current_actor(), release_id)
        return _file(found.content, "text/csv", f"skills-{found.county}-{found.made_at.date()}.csv")

    return views


def _budget(services: Any, found: RegionalGap) -> Any:
    """Releases of the one county that is shown, where something is told of its people."""
    areas = found.region.areas
    if len(areas) > 1 or areas[0].kind != "county" or found.people.counted == 0:
        return None
    return services.region_releasing.budget(current_actor(), areas[0].code)


def _wanted(said: MultiDict[str, str]) -> tuple[CountyAsked, list[str], str]:
    """The figures, the views and the language of a packet; the gaps where no view is named."""
    language = said.get("language", "")
    chosen = [key for key in labels() if key in said.getlist("in")] or ["gap"]
    return CountyAsked.read(said), chosen, language if language in LOCALES else locale()


def _made(look: Look, chosen: list[str], step: Callable[[], None] = lambda: None) -> bytes:
    """A packet in the language of the context; ``step`` is called after each view."""
    made = []
    for key in chosen:
        made.append(shown(replace(look, asked=replace(look.asked, view=key))))
        step()
    return packet(made[0][0], [view for _found, view in made], locale(), day_word(datetime.now(UTC)))


def _file(content: bytes | str, media: str, name: str) -> Response:
    response = Response(content, mimetype=media)
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def _cells(view: Any) -> list[list[str]]:
    return [[cell.text for cell in row] for group in view.groups for row in group.rows]


def _places(look: Look) -> list[tuple[str, str]]:
    """Places to choose from: the reader's county and what lies around it, and what is chosen now."""
    roles, asked = look.roles, look.asked
    named: list[tuple[str, str]] = []
    own = roles.area(look.home)
    for area in (own, *(look.region.around(look.actor, own) if own is not None else ())):
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

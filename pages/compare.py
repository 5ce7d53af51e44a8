"""Up to four careers side by side. Plain HTML: all that is shown stands in the address."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from components import compare_view
from components.honest import Shows, limits
from components.plain_html import to_html
from i18n import gettext as _
from pages.told import CODE, Told, query, wallet_of
from services.compare import MOST
from web.actor import current_actor
from web.page import CHOOSING, Place

PLACE = Place(
    name="compare",
    path="/compare",
    nav=lambda: _("Compare"),
    action=None,
    parts=CHOOSING,
)
FOUND = 6
HELPERS = (
    compare_view.share,
    compare_view.wage,
    compare_view.squares,
    compare_view.square_line,
    compare_view.wage_bar,
    compare_view.jobs_line,
    compare_view.change_words,
    compare_view.outlook_words,
    compare_view.preparation_words,
    compare_view.adjusted_wage,
)


def create_blueprint(services: Any) -> Blueprint:
    """The view of comparing, open to everybody."""
    views = Blueprint("compare", __name__)
    for helper in HELPERS:
        views.add_app_template_global(helper, f"compare_{helper.__name__}")

    @views.get(PLACE.path)
    def compare():
        actor, told = current_actor(), Told.read(request.args)
        area = request.args.get("area", "")[:7]
        elsewhere = request.args.get("elsewhere", "")[:7]
        codes = [code for code in request.args.get("roles", "")[:200].split(",") if CODE.match(code)][:MOST]
        if "roles" not in request.args and actor.signed_in:
            codes = [code for code, _area in services.people.chosen_careers(actor)][:MOST]
        words = " ".join(request.args.get("q", "").split())[:100]
        place_words = " ".join(request.args.get("place", "").split())[:100]
        wallet = wallet_of(services, actor, told)
        found = services.compare.compare(wallet, codes, area or actor.area_code, elsewhere, actor)

        def go(listed: list[str], **more: str) -> str:
            asked = {"area": area, "elsewhere": elsewhere, **more}
            return PLACE.path + query(told, roles=",".join(listed) or "none", **asked)

        shown = [column.match.role.code for column in found.columns]
        answers = services.roles.search(words, limit=FOUND) if words else ()
        return render_template(
            "compare.html",
            found=found,
            told=told,
            most=MOST,
            words=words,
            place_words=place_words,
            answers=[(role, go([*shown, role.code])) for role, _m in answers if role.code not in shown],
            places=[
                (one, go(shown, elsewhere=one.code))
                for one in (services.roles.areas(place_words, FOUND) if place_words else ())
            ],
            without={code: go([one for one in shown if one != code]) for code in shown},
            hidden={**told.parts(), "roles": ",".join(shown) or "none", "area": area, "elsewhere": elsewhere},
            carried=query(told, area=area),
            reckoned=bool(wallet.holdings),
            loaded={source.id for source in services.roles.sources()},
            market=next((s for s in services.roles.sources() if s.id == "oews"), None),
            limits=to_html(limits(services.roles.sources(), tuple(Shows))),
        )

    return views

"""Exploring without a record: say what you can do, pick skills, rate activities, and see where it leads.

Plain HTML: what somebody says stands in the address and is kept nowhere, until they make an account.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request

from components.honest import Shows, limits
from components.plain_html import to_html
from i18n import gettext as _
from i18n import ngettext
from pages.told import Told, query, toggled
from services.what_next import MOST_TOLD
from web.actor import current_actor
from web.page import Place

PLACE = Place(
    name="explore", path="/explore", nav=lambda: _("Explore"), action=None, parts=frozenset({"visitor"})
)
FOUND = 8
RATINGS = 5


def create_blueprint(services: Any) -> Blueprint:
    """Views of exploring, open to everybody."""
    views = Blueprint("explore", __name__)

    @views.get(PLACE.path)
    def explore():
        told = Told.read(request.args)
        does = " ".join(request.args.get("does", "").split())[:2000]
        words = " ".join(request.args.get("q", "").split())[:100]
        told = Told("", told.have, ())
        chosen = services.what_next.skills(told.have, MOST_TOLD)
        proposed = [one for one in services.exploring.propose(does) if one.id not in told.have]
        answers = services.roles.skills(words, FOUND) if words else ()
        found = [one for one in answers if one.id not in told.have]
        asked = {name: value for name, value in (("does", does), ("q", words)) if value}

        def go(*ids: str) -> str:
            have = told.have
            for one in ids:
                have = toggled(have, one)
            return PLACE.path + query(Told("", have), **asked) + "#chosen"

        return render_template(
            "explore.html",
            told=told,
            chosen=chosen,
            does=does,
            words=words,
            proposed=proposed,
            found=found,
            go=go,
            have=",".join(told.have),
            onward=query(told),
            activities=len(services.exploring.activities()),
            limits=to_html(limits(services.roles.sources(), (Shows.MATCH, Shows.INTERESTS))),
        )

    @views.post(PLACE.path + "/keep")
    def keep():
        actor, told = current_actor(), Told.read(request.form)
        mine = services.wallet_for(actor)
        mine.notices()  # Who has no wallet is asked to sign in, also when nothing was chosen.
        kept = 0
        for skill in services.what_next.skills(told.have, MOST_TOLD):
            mine.claim(skill.uri)
            kept += 1
        flash(ngettext("%(n)s skill is in your wallet.", "%(n)s skills are in your wallet.", kept))
        return redirect("/network", 303)

    @views.get(PLACE.path + "/interests")
    def interests():
        activities = services.exploring.activities()
        ratings = {}
        for place in range(len(activities)):
            given = request.args.get(f"a{place}", "")
            if given.isdecimal() and 1 <= int(given[:2]) <= RATINGS:
                ratings[place] = int(given)
        shared = services.exploring.shared(ratings) if ratings else None
        first = ",".join(role.code for role, _likeness in (shared.roles[:4] if shared else ()))
        return render_template(
            "interests.html",
            activities=activities,
            ratings=ratings,
            shared=shared,
            words=interest_words(),
            scale=list(enumerate(rating_words(), 1)),
            compare="/compare?" + urlencode({"roles": first}),
            limits=to_html(limits(services.roles.sources(), (Shows.INTERESTS,))),
        )

    return views


def rating_words() -> tuple[str, ...]:
    """What ratings from 1 to 5 mean."""
    return (_("Strongly dislike"), _("Dislike"), _("Unsure"), _("Like"), _("Strongly like"))


def interest_words() -> dict[str, str]:
    """The six interests in words."""
    return {
        "realistic": _("Realistic: working with hands, tools, animals, outdoors"),
        "investigative": _("Investigative: finding out, studying, solving"),
        "artistic": _("Artistic: designing, writing, performing"),
        "social": _("Social: helping, teaching, caring"),
        "enterprising": _("Enterprising: leading, selling, deciding"),
        "conventional": _("Conventional: ordering, recording, keeping rules"),
    }

"""Who can see what: links, counselors, the county's figures, and the log of every look. Plain HTML forms."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import segno
from flask import Blueprint, Response, flash, redirect, render_template, request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from components.record_view import kind_word
from components.share_print import share_document
from components.sharing_view import (
    access_words,
    consent_state,
    consent_words,
    covered,
    group_question,
    may_do,
    state_words,
)
from graph.model import GROUPS
from i18n import gettext as _
from services.consents import counselor_words, regional_words
from services.groups import group_words
from services.sharing import ShareRefused, TooManyShares, Wish, link_words
from web.actor import current_actor
from web.page import LEARNERS, Place
from web.sign_in import PersonError

PLACE = Place(
    name="shares",
    path="/shares",
    nav=lambda: _("Sharing"),
    action="shares.read",
    parts=LEARNERS,
)
USUAL_DAYS = 30
USUAL_OPENINGS = 10
LOG_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the form of a new link; texts as they were typed."""

    which: str = "all"
    skills: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    purpose: str = ""
    expires: str = field(
        default_factory=lambda: (datetime.now(UTC).date() + timedelta(days=USUAL_DAYS)).isoformat()
    )
    openings: str = str(USUAL_OPENINGS)
    form: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @classmethod
    def of(cls, form: MultiDict[str, str]) -> Entered:
        return cls(
            which=form.get("which", "all"),
            skills=frozenset(form.getlist("skill")[:500]),
            records=frozenset(form.getlist("record")[:500]),
            fields=frozenset(form.getlist("field")[:5]),
            purpose=form.get("purpose", "")[:1000],
            expires=form.get("expires", "")[:20],
            openings=form.get("openings", "")[:10],
            form=form.get("form", "")[:100],
        )

    def wish(self) -> Wish:
        """What is wanted; `ShareRefused` where a day or a number is none."""
        try:
            expires = date.fromisoformat(self.expires)
        except ValueError:
            raise ShareRefused(_("Choose a last day between today and a year from now.")) from None
        chosen = {"all": None, "none": ()}.get(self.which, tuple(sorted(self.skills)))
        return Wish(
            skills=chosen,
            records=tuple(sorted(self.records)),
            purpose=self.purpose,
            expires=expires,
            openings=int(self.openings) if self.openings.isdecimal() else 0,
            fields=self.fields,
        )


def create_blueprint(services: Any, root: Callable[[], str]) -> Blueprint:
    """Views of one's own sharing; the services ask whose it is.

    Parameters
    ----------
    root : callable
        Gives the address that links lead to.
    """
    views = Blueprint("shares", __name__, url_prefix=PLACE.path)
    for helper in (
        state_words,
        covered,
        may_do,
        access_words,
        kind_word,
        consent_words,
        consent_state,
        group_question,
    ):
        views.add_app_template_global(helper, helper.__name__)
    views.record(lambda state: state.app.jinja_env.globals.update(one_day=timedelta(days=1)))

    @views.after_request
    def keep_nothing(response: BaseResponse) -> BaseResponse:
        response.headers["Cache-Control"] = "no-store"
        return response

    def done(message: str) -> BaseResponse:
        flash(message)
        return redirect(PLACE.path, 303)

    def overview(problem: PersonError | None = None) -> tuple[str, int]:
        actor = current_actor()
        sharing, consents = services.sharing, services.consents
        now = sharing.now()
        shares = sharing.mine(actor)
        given = consents.mine(actor)
        page = render_template(
            "shares.html",
            now=now,
            live=[share for share in shares if share.state_at(now) == "live"],
            ended=[share for share in shares if share.state_at(now) != "live"],
            advising=[one for one in given if one.kind == "counselor" and one.live_at(now)],
            receiving=[one for one in given if one.kind == "employer" and one.live_at(now)],
            systems=[one for one in given if one.kind == "system" and one.live_at(now)],
            past=[
                one
                for one in given
                if one.kind in ("counselor", "employer", "system") and not one.live_at(now)
            ],
            regional=next((one for one in given if one.kind == "regional" and one.live_at(now)), None),
            counselors=[(one, counselor_words(one.name)) for one in consents.counselors(actor)],
            counselor_sentence=counselor_words(_("The counselor I choose")),
            regional_sentence=regional_words(),
            group_names=[one.value for one in GROUPS],
            groups_told=services.groups.mine(actor),
            group_sentence=group_words(),
            given=given,
            transfers=services.transfers.waiting(actor),
            last=(now.date() + timedelta(days=365)).isoformat(),
            log=consents.accesses(actor, LOG_SHOWN),
            names={one.id: one.purpose for one in given},
            problem=problem,
        )
        return page, problem.status if problem else 200

    def choosing(entered: Entered, problem: PersonError | None = None) -> tuple[str, int]:
        actor = current_actor()
        own = services.wallet_for(actor)
        page = render_template(
            "share_new.html",
            entered=entered,
            holdings=[one for one in own.wallet().holdings if one.standing.counts],
            records=[one for one in own.records() if one.kind != "claim" and not one.set_aside],
            today=services.sharing.now().date().isoformat(),
            problem=problem,
        )
        return page, problem.status if problem else 200

    @views.get("")
    def all_of_it():
        return overview()

    @views.get("/new")
    def new():
        preset = request.args.get("record", "")
        entered = Entered(which="none", records=frozenset({preset})) if preset else Entered()
        return choosing(entered)

    @views.post("/preview")
    def preview():
        entered = Entered.of(request.form)
        if request.form.get("step") == "back":
            return choosing(entered)
        try:
            wish = entered.wish()
            shown = services.sharing.preview(current_actor(), wish)
        except ShareRefused as problem:
            return choosing(entered, problem)
        return render_template(
            "share_preview.html", entered=entered, shown=shown, sentence=link_words(wish.expires)
        )

    @views.post("/make")
    def make():
        entered = Entered.of(request.form)
        try:
            made = services.sharing.make(current_actor(), entered.wish(), entered.form)
        except (ShareRefused, TooManyShares) as problem:
            return choosing(entered, problem)
        url = f"{root()}/s/{made.secret}"
        drawn = segno.make(url, error="m")
        return render_template(
            "share_made.html",
            share=made.share,
            entered=entered,
            url=url,
            qr=Markup(drawn.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=False)),  # noqa: S704 - of modules only
            picture=drawn.png_data_uri(scale=8, border=4),
        )

    @views.post("/pdf")
    def printed() -> Any:
        actor, entered = current_actor(), Entered.of(request.form)
        try:
            wish = entered.wish()
            # Asked for with the form that made the link, it is the same link.
            made, shown = services.sharing.made(actor, wish, entered.form)
        except (ShareRefused, TooManyShares) as problem:
            return choosing(entered, problem)
        content = share_document(shown, f"{root()}/s/{made.secret}", services.sharing.now())
        response = Response(content, mimetype="application/pdf")
        response.headers["Content-Disposition"] = "attachment; filename=waymark.pdf"
        return response

    @views.post("/<share_id>/change")
    def change(share_id: str) -> Any:
        entered = Entered.of(request.form)
        try:
            wish = entered.wish()
            services.sharing.change(current_actor(), share_id, wish.expires, wish.openings)
        except ShareRefused as problem:
            return overview(problem)
        return done(_("The link is changed."))

    @views.post("/<share_id>/withdraw")
    def withdraw(share_id: str) -> Any:
        services.sharing.withdraw(current_actor(), share_id)
        return done(_("The link is taken back and leads nowhere now."))

    @views.post("/presentation")
    def presentation():
        chosen = tuple(request.form.getlist("record")[:500])
        try:
            content = services.sharing.presentation(current_actor(), chosen)
        except ShareRefused as problem:
            return choosing(Entered.of(request.form), problem)
        response = Response(content, mimetype="application/vp+json")
        response.headers["Content-Disposition"] = "attachment; filename=presentation.json"
        return response

    @views.post("/consents/counselor")
    def counselor():
        until = request.form.get("until", "")[:20]
        try:
            ends = datetime.fromisoformat(until).replace(tzinfo=UTC) + timedelta(days=1) if until else None
        except ValueError:
            ends = services.sharing.now()  # No day at all: refused below, in the service's own words.
        try:
            services.consents.let_counselor(
                current_actor(),
                request.form.get("counselor", "")[:32],
                ends_at=ends,
                actions=frozenset(request.form.getlist("action")[:5]),
            )
        except PersonError as problem:
            if problem.status in (401, 403):
                raise
            return overview(problem)
        return done(_("Your counselor can look now. You can take it back here at any time."))

    @views.post("/transfers/<transfer_id>")
    def transfer(transfer_id: str) -> Any:
        yes = request.form.get("answer") == "yes"
        services.transfers.answer(current_actor(), transfer_id, yes=yes)
        return done(_("Your counselor is another one now.") if yes else _("Your counselor stays the same."))

    @views.post("/consents/<consent_id>/withdraw")
    def withdraw_consent(consent_id: str) -> Any:
        services.consents.withdraw(current_actor(), consent_id)
        return done(_("It is taken back, from this moment on."))

    @views.post("/groups")
    def groups():
        told = [one.value for one in GROUPS if request.form.get(one.value) == "yes"]
        try:
            services.groups.tell(current_actor(), told)
        except PersonError as problem:
            if problem.status in (401, 403):
                raise
            return overview(problem)
        return done(_("Your choice is saved."))

    @views.post("/consents/regional")
    def regional():
        services.consents.set_regional(current_actor(), granted=bool(request.form.get("regional")))
        return done(_("Your choice is saved."))

    return views

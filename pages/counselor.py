"""A counselor's caseload: who is advised, who is invited, groups, and what it comes to. Plain HTML forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from components import counsel_view as view
from graph.model import Flag, Outcome
from i18n import gettext as _
from i18n import ngettext
from services.caseload import SORTS, CaseloadView, GroupRefused
from services.inviting import InvitationRefused
from web.actor import current_actor
from web.page import Place
from web.sign_in import PersonError

PLACE = Place(
    name="counselor",
    path="/counselor",
    nav=lambda: _("Caseload"),
    action="caseload.read",
    parts=frozenset({"counselor"}),
    start=True,
)

TYPED = ("text", "why", "what", "step-what", "services", "words")
"""Fields about a client that somebody takes time to fill in."""


def create_blueprint(services: Any, root: Callable[[], str]) -> Blueprint:
    """Views of a counselor's caseload; the services ask whose it is.

    Parameters
    ----------
    root : callable
        Gives the address that links of invitations lead to.
    """
    views = Blueprint("counselor", __name__, url_prefix=PLACE.path)
    views.record(lambda state: state.app.jinja_env.globals.update(counsel=view))

    @views.after_request
    def keep_nothing(response: BaseResponse) -> BaseResponse:
        response.headers["Cache-Control"] = "no-store"
        return response

    def back(message: str, to: str = PLACE.path) -> BaseResponse:
        flash(message)
        return redirect(to, 303)

    def caseload(problem: PersonError | None = None) -> tuple[str, int]:
        asked = _asked(request.args)
        found = services.caseload.mine(current_actor(), asked)
        page = render_template(
            "counselor.html",
            found=found,
            asked=asked,
            href=_href(asked),
            sorts=SORTS,
            flags=tuple(Flag),
            group=next((one for one in found.groups if one.id == asked.group), None),
            today=services.caseload.today(),
            problem=problem,
        )
        return page, problem.status if problem else 200

    def inviting(problem: PersonError | None = None, problems: Any = (), why: Any = None) -> tuple[str, int]:
        actor = current_actor()
        page = render_template(
            "counselor_invite.html",
            sent=services.inviting.sent(actor, root()),
            counselors=services.inviting.counselors(actor),
            mails=services.inviting.mails,
            entered=request.form,
            problem=problem,
            problems=problems,
            why=why,
        )
        return page, problem.status if problem else 422 if problems or why else 200

    @views.get("")
    def all_of_it():
        return caseload()

    @views.get("/invitations")
    def invitations():
        return inviting()

    @views.post("/invitations")
    def invite():
        form = request.form
        try:
            made = services.inviting.invite(
                current_actor(), form.get("name", "")[:300], form.get("email", "")[:300], _id("counselor")
            )
        except InvitationRefused as problem:
            return inviting(problem)
        told = (
            _("The invitation is sent.") if made.mailed else _("Hand the link over: it is in the list below.")
        )
        return back(told, f"{PLACE.path}/invitations")

    @views.post("/invitations/list")
    def invite_list():
        sent = request.files.get("file")
        content = sent.read() if sent else b""
        try:
            read = services.inviting.invite_list(current_actor(), content, _id("counselor"))
        except InvitationRefused as problem:
            return inviting(problem)
        if read.problems or read.unreadable:
            return inviting(problems=read.problems, why=read.unreadable)
        told = ngettext("%(n)s person is invited.", "%(n)s people are invited.", read.invited)
        told += " " + _("Hand over the links that are not marked as sent: they are in the list below.")
        return back(told, f"{PLACE.path}/invitations")

    @views.post("/invitations/<invitation_id>/withdraw")
    def withdraw(invitation_id: str) -> Any:
        services.inviting.withdraw(current_actor(), invitation_id)
        return back(_("The invitation is taken away."), f"{PLACE.path}/invitations")

    @views.post("/groups")
    def make_group():
        actor, chosen = current_actor(), request.form.getlist("client")[:500]
        try:
            if group := _id("group"):
                made = services.caseload.put_in_group(actor, group, chosen)
            else:
                made = services.caseload.make_group(
                    actor, request.form.get("name", "")[:300], _day(request.form.get("day", "")), chosen
                )
        except GroupRefused as problem:
            return caseload(problem)
        return back(
            ngettext(
                "%(n)s client is in “%(name)s”.",
                "%(n)s clients are in “%(name)s”.",
                len(made.members),
                name=made.name,
            ),
            f"{PLACE.path}?group={made.id}",
        )

    @views.post("/groups/<group_id>/take")
    def take(group_id: str) -> Any:
        services.caseload.take_from_group(current_actor(), group_id, _id("client"))
        return back(_("They are taken out of the group."), f"{PLACE.path}?{urlencode({'group': group_id})}")

    @views.post("/groups/<group_id>/remove")
    def remove(group_id: str) -> Any:
        services.caseload.remove_group(current_actor(), group_id)
        return back(_("The group is taken away. Its members stay your clients."))

    @views.post("/groups/<group_id>/held")
    def held(group_id: str) -> Any:
        minutes = request.form.get("minutes", "")[:4]
        try:
            kept = services.caseload.workshop_held(
                current_actor(),
                group_id,
                _day(request.form.get("day", "")) or date.max,
                int(minutes) if minutes.isdecimal() else 0,
            )
        except GroupRefused as problem:
            return caseload(problem)
        return back(
            ngettext(
                "The workshop is kept for %(n)s client.", "The workshop is kept for %(n)s clients.", kept
            ),
            f"{PLACE.path}?{urlencode({'group': group_id})}",
        )

    @views.get("/figures")
    def figures():
        return render_template(
            "counselor_figures.html",
            figures=services.caseload_figures.mine(current_actor()),
            outcomes=tuple(Outcome),
        )

    @views.get("/report.csv")
    def report():
        response = Response(services.caseload_figures.report(current_actor()), mimetype="text/csv")
        response.headers["Content-Disposition"] = "attachment; filename=caseload.csv"
        return response

    return views


def gone(problem: PersonError) -> tuple[str, int]:
    """Say that somebody is no client, and give back what was typed about them: it is kept nowhere."""
    said = (one.strip() for name in TYPED for one in request.form.getlist(name)[:60])
    typed = "\n\n".join(dict.fromkeys(filter(None, said)))[:20_000]
    return render_template("client_gone.html", problem=_(problem.message), typed=typed), problem.status


def _id(name: str) -> str:
    return str(request.form.get(name, ""))[:32]


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        return None


def _asked(said: Any) -> CaseloadView:
    flag, page = said.get("flag", ""), said.get("page", "")[:4]
    return CaseloadView(
        words=" ".join(said.get("q", "").split())[:100],
        sort=said.get("sort", "") if said.get("sort", "") in SORTS else SORTS[0],
        flag=Flag(flag) if flag in {one.value for one in Flag} else None,
        group=said.get("group", "")[:32],
        goal=said.get("goal", "")[:10],
        page=int(page) if page.isdecimal() else 1,
    )


def _href(asked: CaseloadView) -> Callable[..., str]:
    """Gives the address of the caseload with parts of it changed."""

    def href(**changed: Any) -> str:
        parts = {
            "q": asked.words,
            "sort": "" if asked.sort == SORTS[0] else asked.sort,
            "flag": asked.flag.value if asked.flag else "",
            "group": asked.group,
            "goal": asked.goal,
            **changed,
        }
        said = urlencode({name: value for name, value in parts.items() if value})
        return f"{PLACE.path}?{said}" if said else PLACE.path

    return href

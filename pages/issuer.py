"""The pages of an organization that issues: achievements, whom they go to, what was issued. Plain forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from babel.dates import format_date
from flask import Blueprint, Response, flash, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from graph.model import Skill
from i18n import gettext as _
from i18n import locale, ngettext
from services.issuing import PAGE, ListRefused, OfferRefused, RevokedAlready
from services.wallet import SkillUnknown
from web.actor import current_actor
from web.page import Place
from web.sign_in import PersonError

PLACE = Place(name="issuer", path="/issuer", nav=lambda: _("Issue credentials"), action="issuer.read")
MOST_FOUND = 8
MOST_NAMED = 30
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the form of an achievement."""

    name: str = ""
    description: str = ""
    criteria: str = ""
    kind: str = "Certificate"
    skills: tuple[str, ...] = ()
    picture: str = ""
    find: str = ""

    @classmethod
    def of(cls, form: MultiDict[str, str]) -> Entered:
        return cls(
            name=form.get("name", ""),
            description=form.get("description", ""),
            criteria=form.get("criteria", ""),
            kind=form.get("kind", ""),
            skills=tuple(dict.fromkeys(form.getlist("skill")))[:100],
            picture="" if form.get("no-picture") else form.get("picture", "")[:80],
            find=" ".join(form.get("find", "").split())[:LONGEST],
        )

    @classmethod
    def at_first(cls, offer: Any) -> Entered:
        return cls(
            offer.name,
            offer.description,
            offer.criteria,
            offer.kind,
            tuple(skill.uri for skill in offer.skills),
            offer.picture,
        )


def create_blueprint(services: Any) -> Blueprint:
    """Views for issuers and employers; the services ask whether one is."""
    views = Blueprint("issuer", __name__, url_prefix=PLACE.path)

    def overview(problem: PersonError | None = None) -> tuple[str, int]:
        actor, issuing = current_actor(), services.issuing
        words = " ".join(request.args.get("q", "").split())[:LONGEST]
        number = request.args.get("page", "1")
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
        issued, total = issuing.issued(actor, words, page)
        issuer = issuing.issuer(actor)
        return (
            render_template(
                "issuer.html",
                issuer=issuer,
                did=issuing.did(actor),
                reachable=issuing.reachable,
                offers=issuing.offers(actor),
                kinds=kinds(),
                issued=issued,
                total=total,
                words=words,
                page=max(page, 1),
                pages=max(1, -(-total // PAGE)),
                status=status,
                day=day,
                problem=problem,
            ),
            problem.status if problem else 200,
        )

    def form_page(
        entered: Entered, offer_id: str = "", problem: PersonError | None = None
    ) -> tuple[str, int]:
        chosen, found = _skills(services, entered)
        return (
            render_template(
                "issuer_achievement.html",
                entered=entered,
                offer_id=offer_id,
                kinds=kinds(),
                chosen=chosen,
                found=found,
                issuer=services.issuing.issuer(current_actor()),
                problem=problem,
            ),
            problem.status if problem else 200,
        )

    def keep(offer_id: str) -> BaseResponse | tuple[str, int]:
        actor, issuing, entered = current_actor(), services.issuing, Entered.of(request.form)
        issuing.issuer(actor)
        try:
            sent = request.files.get("image")
            content = sent.read() if sent is not None and sent.filename else b""
            if content:
                entered = replace(entered, picture=issuing.keep_picture(actor, content))
            if request.form.get("step") == "find":
                return form_page(entered, offer_id)
            offer = issuing.keep_offer(
                actor,
                name=entered.name,
                description=entered.description,
                criteria=entered.criteria,
                kind=entered.kind,
                skills=entered.skills,
                picture=entered.picture,
                offer_id=offer_id,
            )
        except (OfferRefused, SkillUnknown) as error:
            return form_page(entered, offer_id, error)
        return redirect(f"{PLACE.path}/achievements/{offer.id}", 303)

    def issue_page(offer_id: str, problem: PersonError | None = None, entered: Any = None) -> tuple[str, int]:
        actor = current_actor()
        return (
            render_template(
                "issuer_issue.html",
                offer=services.issuing.offer(actor, offer_id),
                issuer=services.issuing.issuer(actor),
                kinds=kinds(),
                entered=entered or {},
                today=datetime.now(UTC).date().isoformat(),
                problem=problem,
            ),
            problem.status if problem else 200,
        )

    def credential_page(issued_id: str, problem: PersonError | None = None) -> tuple[str, int]:
        issued, content = services.issuing.one(current_actor(), issued_id)
        return (
            render_template(
                "issuer_credential.html",
                one=issued,
                content=content,
                status=status,
                day=day,
                problem=problem,
                entered=request.form.get("reason", ""),
            ),
            problem.status if problem else 200,
        )

    @views.get("")
    def all_issued() -> tuple[str, int]:
        return overview()

    @views.post("/keys")
    def make_key() -> BaseResponse:
        services.issuing.make_key(current_actor())
        flash(_("A new key signs from now on. What was signed before stays valid."))
        return redirect(f"{PLACE.path}#keys", 303)

    @views.get("/new")
    def new() -> tuple[str, int]:
        services.issuing.issuer(current_actor())
        return form_page(Entered())

    @views.post("/new")
    def keep_new() -> BaseResponse | tuple[str, int]:
        return keep("")

    @views.get("/achievements/<offer_id>/edit")
    def edit(offer_id: str) -> tuple[str, int]:
        return form_page(Entered.at_first(services.issuing.offer(current_actor(), offer_id)), offer_id)

    @views.post("/achievements/<offer_id>/edit")
    def keep_changed(offer_id: str) -> BaseResponse | tuple[str, int]:
        services.issuing.offer(current_actor(), offer_id)
        return keep(offer_id)

    @views.get("/achievements/<offer_id>")
    def achievement(offer_id: str) -> tuple[str, int]:
        return issue_page(offer_id)

    @views.post("/achievements/<offer_id>")
    def prepare(offer_id: str) -> BaseResponse | tuple[str, int]:
        actor, issuing, form = current_actor(), services.issuing, request.form
        issuing.offer(actor, offer_id)
        try:
            expires = form.get("expires", "")
            if form.get("step") == "class":
                sent = request.files.get("list")
                content = sent.read() if sent is not None and sent.filename else None
                draft = issuing.prepare_class(actor, offer_id, content, expires=expires)
            else:
                draft = issuing.prepare(
                    actor,
                    offer_id,
                    name=form.get("name", ""),
                    email=form.get("email", ""),
                    expires=expires,
                )
        except (OfferRefused, ListRefused) as error:
            return issue_page(offer_id, error, form)
        return redirect(f"{PLACE.path}/drafts/{draft}", 303)

    @views.get("/drafts/<draft_id>")
    def preview(draft_id: str) -> str:
        actor = current_actor()
        draft = services.issuing.draft(actor, draft_id)
        return render_template(
            "issuer_preview.html",
            draft=draft,
            named=draft.recipients[:MOST_NAMED],
            more=draft.recipients[MOST_NAMED:],
            issuer=services.issuing.issuer(actor),
            kinds=kinds(),
            day=day,
        )

    @views.post("/drafts/<draft_id>")
    def issue(draft_id: str) -> BaseResponse:
        done = services.issuing.issue(current_actor(), draft_id)
        if done.count:
            flash(
                ngettext(
                    "Issued: “%(title)s” to %(n)s person.",
                    "Issued: “%(title)s” to %(n)s people.",
                    done.count,
                    title=done.title,
                )
            )
        else:
            flash(_("This was issued already; nothing was issued twice."))
        return redirect(f"{PLACE.path}#issued", 303)

    @views.get("/credentials/<issued_id>")
    def credential(issued_id: str) -> tuple[str, int]:
        return credential_page(issued_id)

    @views.get("/credentials/<issued_id>/file")
    def file(issued_id: str) -> Response:
        _issued, content = services.issuing.one(current_actor(), issued_id)
        response = Response(content, content_type="application/json")
        response.headers["Content-Disposition"] = f"attachment; filename=credential-{issued_id[:8]}.json"
        return response

    @views.post("/credentials/<issued_id>/revoke")
    def revoke(issued_id: str) -> BaseResponse | tuple[str, int]:
        try:
            services.issuing.revoke(current_actor(), issued_id, request.form.get("reason", ""))
        except (OfferRefused, RevokedAlready) as error:
            return credential_page(issued_id, error)
        flash(_("Revoked. The list that verifiers look at says so from now on."))
        return redirect(f"{PLACE.path}/credentials/{issued_id}", 303)

    return views


def kinds() -> dict[str, str]:
    """Kinds of achievements (Open Badges 3.0) in words, in the order in which they are offered."""
    return {
        "Certificate": _("Certificate"),
        "CertificateOfCompletion": _("Certificate of completion"),
        "Certification": _("Certification"),
        "MicroCredential": _("Micro-credential"),
        "Badge": _("Badge"),
        "Course": _("Course"),
        "Competency": _("Competency"),
        "License": _("License"),
        "Diploma": _("Diploma"),
        "ApprenticeshipCertificate": _("Apprenticeship certificate"),
        "Achievement": _("Other achievement"),
    }


def status(one: Any) -> str:
    """``revoked``, ``expired`` or ``valid``."""
    if one.revoked_at is not None:
        return "revoked"
    return "expired" if one.expires_on is not None and one.expires_on < datetime.now(UTC).date() else "valid"


def day(when: date | datetime) -> str:
    """A day as the reader writes it."""
    return format_date(when, format="medium", locale=locale())


def _skills(services: Any, entered: Entered) -> tuple[Sequence[Skill], Sequence[Skill]]:
    """Skills that are chosen, and others that answer what is looked for."""
    chosen: tuple[Skill, ...] = ()
    if entered.skills:
        known = services.labor.skills(list(entered.skills))
        chosen = tuple(known[uri] for uri in entered.skills if uri in known)
    find = entered.find if entered.find.isprintable() else ""
    more = services.issuing.find_skills(current_actor(), find, MOST_FOUND + len(chosen)) if find else ()
    return chosen, tuple(skill for skill in more if skill not in chosen)[:MOST_FOUND]

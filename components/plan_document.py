"""The employment plan as a document to print, sign and keep."""

from __future__ import annotations

from typing import Any

from components import pdf
from components.confirmation_view import day_word
from components.counsel_view import cost_sum, cost_word, fact_figure, fact_word
from graph.model import EmploymentPlan, PlanVersion, Signature
from i18n import gettext as _
from i18n import locale


def document(name: str, plan: EmploymentPlan, version: PlanVersion) -> bytes:
    """Set one version of a plan in the reader's language; the same version gives the same bytes."""
    return pdf.document("employment_plan", told(name, plan, version), made=version.made_at)


def told(name: str, plan: EmploymentPlan, version: PlanVersion) -> dict[str, Any]:
    """Everything that stands in the document, in words."""
    said = version.content
    done = {step.id: step.done_on for step in plan.draft.steps}
    steps = [
        [
            str(place),
            step.what,
            step.who or _("not said"),
            day_word(step.due_on) if step.due_on else _("no day"),
            cost_word(step.cost) or _("not entered"),
            step.funding or _("not entered"),
            _done(done.get(step.id)),
        ]
        for place, step in enumerate(said.steps, start=1)
    ]
    whole = cost_sum([step.cost for step in said.steps])
    return {
        "title": _("Individual Employment Plan"),
        "language": locale(),
        "page_of": _("Page {page} of {pages}"),
        "footer": _(
            "%(name)s · version %(number)s of %(day)s · %(digest)s",
            name=name,
            number=version.number,
            day=day_word(version.made_at),
            digest=version.digest[:16],
        ),
        "parties": [
            [_("Client"), name],
            [_("Counselor"), version.made_by],
            [_("Version"), _("%(n)s, made on %(day)s", n=version.number, day=day_word(version.made_at))],
        ],
        "goal_head": _("Goal"),
        "goal": said.goal_title,
        "goal_code": _("O*NET-SOC code %(code)s", code=said.goal_code),
        "why_head": _("Why this goal"),
        "why": said.why or _("Nothing is entered."),
        "facts_head": _("What is published about it"),
        "facts_columns": [_("Figure"), _("Value"), _("Where"), _("Source")],
        "facts": [[fact_word(one), fact_figure(one), one.place, one.source] for one in said.facts],
        "facts_note": ""
        if said.facts_day is None
        else _(
            "Read on %(day)s. Published figures describe a place, not a person.", day=day_word(said.facts_day)
        ),
        "strengths_head": _("Strengths: skills that are there"),
        "strengths": list(said.strengths),
        "gaps_head": _("Gaps: skills to gain"),
        "gaps": list(said.gaps),
        "none": _("None is entered."),
        "english": _("Skills stand as their publishers word them, in English.") if locale() != "en" else "",
        "steps_head": _("Steps"),
        "steps_columns": [
            _("No."),
            _("What"),
            _("Who"),
            _("By when"),
            _("Cost"),
            _("Paid by"),
            _("Done"),
        ],
        "steps": steps,
        "steps_sum": _("Costs that are entered: %(amount)s together.", amount=whole) if whole else "",
        "services_head": _("Services"),
        "services": said.services or _("Nothing is entered."),
        "reviews_head": _("Review"),
        "reviews": _("Client and counselor look at this plan again on:"),
        "review_days": [day_word(day) for day in said.reviews],
        "signatures_head": _("Signatures"),
        "signatures": [
            _signature(_("Client"), version.signed_by("client"), name),
            _signature(_("Counselor"), version.signed_by("counselor"), version.made_by),
        ],
        "signed_note": _(
            "What is signed is all of the above but “Done”, as the hash (SHA-256) %(digest)s.",
            digest=version.digest,
        ),
    }


def _done(day: Any) -> str:
    return day_word(day) if day else _("open")


def _signature(part: str, signature: Signature | None, name: str) -> dict[str, Any]:
    if signature is None:
        return {"part": part, "name": name, "told": _("not signed yet"), "drawn": "", "alt": ""}
    when = signature.signed_at.strftime("%Y-%m-%d %H:%M UTC")
    words = (
        _("signed on %(when)s, on the screen of %(name)s", when=when, name=signature.on_screen_of)
        if signature.on_screen_of
        else _("signed on %(when)s, in their own account", when=when)
    )
    return {
        "part": part,
        "name": signature.name,
        "told": words,
        "drawn": _svg(signature.drawn) if signature.drawn else "",
        "alt": _("Drawn signature of %(name)s", name=signature.name),
    }


def _svg(strokes: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100" width="300" height="100">'
        f'<path d="{strokes}" fill="none" stroke="#181b20" stroke-width="2.5" stroke-linecap="round"'
        ' stroke-linejoin="round"/></svg>'
    )

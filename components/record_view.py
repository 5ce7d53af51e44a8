"""The entries of a wallet: what each one is, who stands by it, and the skills it is evidence of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from babel.dates import format_date
from dash import html
from dash.development.base_component import Component

from components import skill_acts
from components.english import english, hidden
from components.format import number
from components.standing import standing_chip, standing_meaning, standing_word
from graph.model import Figure, RecordView, Skill, Standing, Wallet
from i18n import gettext as _
from i18n import locale, ngettext

CLAIM = "claim"
FEW = 12


def skills_sentence(wallet: Wallet) -> str:
    """``33 skills: 19 verified, 10 confirmed, 3 by your own word; 1 expired, which counts for nothing``."""
    if not wallet.holdings:
        return _("No skills in your wallet yet.")
    held = Counter(holding.standing for holding in wallet.holdings)
    counting = sum(n for standing, n in held.items() if standing.counts)
    parts = [
        words
        for standing, words in (
            (Standing.VERIFIED, _("%(n)s verified", n=held[Standing.VERIFIED])),
            (Standing.CONFIRMED, _("%(n)s confirmed", n=held[Standing.CONFIRMED])),
            (Standing.SELF_ASSERTED, _("%(n)s by your own word", n=held[Standing.SELF_ASSERTED])),
        )
        if held[standing]
    ]
    sentence = ngettext("%(n)s skill", "%(n)s skills", counting)
    if parts:
        sentence += ": " + ", ".join(parts)
    if lost := _lost(held):
        sentence += "; " + lost
    return sentence + "."


def records_view(records: Iterable[RecordView]) -> Component:
    """The entries as cards, in the order given; single claims are listed elsewhere."""
    cards = [record_card(record) for record in records if record.kind != CLAIM]
    if not cards:
        return html.P(
            _("No records yet. Begin with a skill that you have: look for it under “Add a skill”."),
            className="card empty-state",
        )
    return html.Ul([html.Li(card) for card in cards], className="records")


def record_card(record: RecordView) -> Component:
    """One entry."""
    name = f"record-{record.id}"
    parts: list[Any] = [
        html.Div(
            [html.H3(record.title, id=f"{name}-title"), standing_chip(record.standing)],
            className="record-head",
        ),
        html.P(_facts(record), className="record-facts"),
    ]
    if not record.standing.counts:
        parts.append(html.P(standing_meaning(record.standing), className="record-lapsed"))
    if record.description:
        parts.append(html.P(record.description, className="record-words"))
    parts += _skills(record.skills)
    if record.demo:
        parts.append(html.P(_("Invented for the demo"), className="demo-made"))
    return html.Article(
        parts,
        id=name,
        tabIndex=-1,
        className=f"card record record-{record.standing.value}",
        **{"aria-labelledby": f"{name}-title"},
    )


def record_word(record: RecordView) -> str:
    """The standing of an entry in words; what came in a file is its issuer's word, if not a proven one."""
    if record.standing is Standing.SELF_ASSERTED and record.verdict:
        return _("Not verified")
    return standing_word(record.standing)


def record_meaning(record: RecordView) -> str:
    """What the word comes to, in a sentence: what was found, where something was."""
    if not record.standing.proven and record.why is not None:
        return str(record.why)
    return standing_meaning(record.standing)


def claims_view(records: Iterable[RecordView]) -> list[Component]:
    """Single skills that the person says they have, each to be taken back."""
    rows = [
        html.Li(
            [html.Span(english(skill.name), className="skill-name"), skill_acts.unclaim(skill)],
            id=f"record-{record.id}",
            tabIndex=-1,
        )
        for record in records
        if record.kind == CLAIM
        for skill in record.skills
    ]
    if not rows:
        return [html.P(_("None so far. What you add here is marked as your own word."), className="hint")]
    return [html.Ul(rows, className="skill-rows")]


def aside_view(skills: Iterable[Skill]) -> list[Component]:
    """Skills that no match reckons with, each to be counted again; nothing when there are none."""
    rows = [
        html.Li([html.Span(english(skill.name), className="skill-name"), skill_acts.show(skill)])
        for skill in sorted(skills, key=lambda skill: skill.name.casefold())
    ]
    if not rows:
        return []
    return [
        html.Section(
            [
                html.H2(_("Set aside"), id="wallet-aside"),
                html.P(_("Left out of every career you look at."), className="hint"),
                html.Ul(rows, className="skill-rows"),
            ],
            className="card",
            **{"aria-labelledby": "wallet-aside"},
        )
    ]


def found_skills(found: Iterable[Skill], wallet: Wallet, said: frozenset[str]) -> list[Component]:
    """What a search found, each with what can be said of it.

    Parameters
    ----------
    said : frozenset of str
        Ids of the skills that the person claims one by one.
    """
    held = {h.skill.id: h.standing for h in wallet.holdings if h.standing.counts}
    rows = [html.Li(_found(skill, held.get(skill.id), skill.id in said)) for skill in found]
    return [html.Ul(rows, className="skill-rows")] if rows else []


def found_words(query: str, count: int) -> str:
    """How many skills a search found; nothing to say before one is made."""
    if not query:
        return ""
    if not count:
        return _("Nothing found. Try another word, such as what you do or the tool you use.")
    return ngettext("%(n)s skill found", "%(n)s skills found", count)


def _found(skill: Skill, standing: Standing | None, said: bool) -> list[Component]:
    words: list[Component] = [html.Span(english(skill.name), className="skill-name")]
    if skill.description:
        words.append(html.Span(english(skill.description), className="meaning"))
    if said:
        last: Component = skill_acts.unclaim(skill)
    elif standing is not None:
        last = html.Span([standing_chip(standing)], className="held")
    else:
        last = skill_acts.claim(skill)
    return [html.Div(words), last]


def _lost(held: Counter[Standing]) -> str:
    expired, revoked = held[Standing.EXPIRED], held[Standing.REVOKED]
    parts = []
    if expired:
        parts.append(
            ngettext(
                "%(n)s expired, which counts for nothing", "%(n)s expired, which count for nothing", expired
            )
        )
    if revoked:
        parts.append(
            ngettext(
                "%(n)s revoked, which counts for nothing", "%(n)s revoked, which count for nothing", revoked
            )
        )
    return "; ".join(parts)


def _facts(record: RecordView) -> list[Any]:
    facts = [kind_word(record.kind), record.issuer, *_dates(record)]
    if record.hours:
        hours = number(Figure(record.hours), 1)
        facts.append(ngettext("%(hours)s hour", "%(hours)s hours", round(record.hours), hours=hours))
    return [html.Span(fact) for fact in facts if fact]


def _dates(record: RecordView) -> list[str]:
    if record.kind in ("credential", "licence"):
        issued = [_("issued %(day)s", day=_day(record.issued_on))] if record.issued_on else []
        if record.expires_on is None:
            return issued
        if record.standing is Standing.EXPIRED:
            return [*issued, _("expired %(day)s", day=_day(record.expires_on))]
        return [*issued, _("good until %(day)s", day=_day(record.expires_on))]
    if record.issued_on and record.ended_on:
        return [_("%(start)s to %(end)s", start=_day(record.issued_on), end=_day(record.ended_on))]
    if record.issued_on:
        return [_("since %(day)s", day=_day(record.issued_on))]
    return [_("until %(day)s", day=_day(record.ended_on))] if record.ended_on else []


def _day(day: date | None) -> str:
    return format_date(day, format="medium", locale=locale()) if day else ""


def kind_word(kind: str) -> str:
    """What an entry is, in a word or two."""
    words = {
        "credential": _("Credential"),
        "employment": _("Work"),
        "education": _("Education"),
        "licence": _("License"),
        "military": _("Military service"),
        "volunteer": _("Volunteer work"),
        "gig": _("Gig work"),
        "caring": _("Caring for someone"),
        CLAIM: _("Said by you"),
    }
    return words.get(kind, "")


def _skills(skills: tuple[Skill, ...]) -> list[Component]:
    if not skills:
        return []
    names = [html.Li(english(skill.name)) for skill in skills]
    label = html.P(ngettext("%(n)s skill", "%(n)s skills", len(skills)), className="label")
    if len(names) <= FEW:
        return [label, html.Ul(names, className="skill-names")]
    rest = len(names) - FEW
    return [
        label,
        html.Ul(names[:FEW], className="skill-names"),
        html.Details(
            [
                html.Summary([ngettext("%(n)s more", "%(n)s more", rest), hidden([" ", _("skills")])]),
                html.Ul(names[FEW:], className="skill-names"),
            ]
        ),
    ]

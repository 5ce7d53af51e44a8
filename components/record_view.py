"""The entries of a wallet: what each one is, who stands by it, and the skills it is evidence of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
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
MOST_CARDS = 100
MOST_CLAIMS = 100
MOST_FIRST = 10
OFFERED = 30
"""Of the others so many are offered at once; any is found by its name."""


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


def records_view(records: Iterable[RecordView], by_kind: bool = False, words: str = "") -> list[Component]:
    """The entries as cards under headings; single claims and replaced entries stand elsewhere.

    Parameters
    ----------
    by_kind : bool
        Under what they are, instead of under how far they can be relied on.
    words : str
        Only entries that have all of these words in them somewhere.
    """
    kept = [record for record in records if record.kind != CLAIM and not record.replaced_by]
    if not kept:
        return [
            html.P(
                _("No records yet. Bring one in, or begin with a skill that you have."),
                className="card empty-state",
            )
        ]
    found = [record for record in kept if _has(record, words)]
    shown = [html.P(_found_records(len(found), words), role="status", className="hint records-found")]
    groups: dict[str, list[RecordView]] = {name: [] for name in ([] if by_kind else _standing_groups())}
    for record in found[:MOST_CARDS]:
        name = kind_word(record.kind) if by_kind else _standing_group(record)
        groups.setdefault(name, []).append(record)
    for place, (name, ones) in enumerate((name, ones) for name, ones in groups.items() if ones):
        heading = f"records-{place}"
        shown.append(
            html.Section(
                [
                    html.H3([name, " ", html.Span(f"({len(ones)})", className="hint")], id=heading),
                    html.Ul([html.Li(record_card(record)) for record in ones], className="records"),
                ],
                className="record-group",
                **{"aria-labelledby": heading},
            )
        )
    return shown


def _found_records(n: int, words: str) -> str:
    if n > MOST_CARDS:
        return _("%(n)s records. The first %(most)s are shown: search for the others.", n=n, most=MOST_CARDS)
    if words:
        return ngettext("%(n)s record found", "%(n)s records found", n)
    return ""


def _has(record: RecordView, words: str) -> bool:
    said = " ".join(
        (
            record.title,
            record.issuer,
            record.description,
            kind_word(record.kind),
            record_word(record),
            *(skill.name for skill in record.skills),
        )
    ).casefold()
    return all(word in said for word in words.casefold().split())


def _standing_groups() -> tuple[str, ...]:
    return (
        _("Verified"),
        _("Confirmed"),
        _("Said by yourself, or not verified"),
        _("No longer counts"),
        _("Records set aside"),
    )


def _standing_group(record: RecordView) -> str:
    verified, confirmed, said, lapsed, aside = _standing_groups()
    if record.set_aside:
        return aside
    if not record.standing.counts:
        return lapsed
    return {Standing.VERIFIED: verified, Standing.CONFIRMED: confirmed}.get(record.standing, said)


def record_card(record: RecordView) -> Component:
    """One entry."""
    name = f"record-{record.id}"
    parts: list[Any] = [
        html.Div(
            [
                html.H4(
                    html.A(record.title, href=f"/wallet/records/{record.id}"),
                    id=f"{name}-title",
                ),
                standing_chip(record.standing, record_word(record)),
            ],
            className="record-head",
        ),
        html.P(_facts(record), className="record-facts"),
    ]
    if not record.standing.counts or (record.verdict and not record.standing.proven):
        parts.append(html.P(record_meaning(record), className="record-lapsed"))
    parts += [html.P(note, className="record-lapsed") for note in _notes(record)]
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


def _notes(record: RecordView) -> list[str]:
    """What else a person should know at a glance."""
    notes = []
    if record.declined:
        notes.append(_("You declined it: it counts for nothing."))
    elif record.hidden:
        notes.append(_("You set it aside: it counts for nothing."))
    if record.of_another:
        notes.append(_("It names somebody else."))
    if record.dispute:
        notes.append(_("You say that something in it is wrong."))
    if record.sender:
        notes.append(_("Put here by %(sender)s.", sender=record.sender))
    if record.proposed:
        notes.append(
            ngettext(
                "%(n)s skill was read out of it and waits for you.",
                "%(n)s skills were read out of it and wait for you.",
                record.proposed,
            )
        )
    return notes


def notices_view(notices: Iterable[Any]) -> list[Component]:
    """What happened to records while their owner was away, each to be put away.

    Parameters
    ----------
    notices : iterable
        Each with ``id``, ``record_id``, ``happened_on`` and ``sentence``, which has a place for the day.
    """
    rows = [
        html.Li(
            [
                html.Span(
                    [
                        _(one.sentence.message, **{**one.sentence.values, "day": _day(one.happened_on)}),
                        " ",
                        html.A(_("See the record"), href=f"/wallet/records/{one.record_id}"),
                    ]
                ),
                html.Button(
                    [_("Dismiss"), hidden([" (", str(one.sentence.values.get("title", "")), ")"])],
                    type="button",
                    className="button quiet act",
                    **{"data-act": "dismiss", "data-on": one.id},
                ),
            ]
        )
        for one in notices
    ]
    return (
        [html.Ul(rows, className="wallet-notices", **{"aria-label": _("What has happened")})] if rows else []
    )


def expiring_view(records: Iterable[RecordView]) -> list[Component]:
    """What ends soon, the next first; nothing when there is none."""
    rows = [
        html.Li(
            [
                html.A(record.title, href=f"/wallet/records/{record.id}"),
                " ",
                html.Span(_("good until %(day)s", day=_day(record.expires_on)), className="hint"),
            ]
        )
        for record in records
    ]
    if not rows:
        return []
    return [
        html.Section(
            [html.H2(_("Ends soon"), id="wallet-soon"), html.Ul(rows, className="soon-rows")],
            className="card soon",
            **{"aria-labelledby": "wallet-soon"},
        )
    ]


def first_view(first: Sequence[Skill], wallet: Wallet) -> Component:
    """The skills that come first, each to be moved or taken away, and the others to choose from."""
    chosen = {skill.id for skill in first}
    others = [
        h.skill
        for h in sorted(wallet.holdings, key=lambda held: not held.standing.proven)
        if h.standing.counts and h.skill.id not in chosen
    ]
    parts: list[Component] = [
        html.H2(_("Skills you put first"), id="wallet-first"),
        html.P(
            _("Up to ten, in your order. They come first wherever you show your wallet."), className="hint"
        ),
    ]
    if first:
        rows = [
            html.Li(
                [
                    html.Span(english(skill.name), className="skill-name"),
                    html.Span(
                        [*([skill_acts.earlier(skill)] if place else []), skill_acts.not_first(skill)],
                        className="first-acts",
                    ),
                ]
            )
            for place, skill in enumerate(first)
        ]
        parts.append(html.Ol(rows, className="skill-rows"))
    if others and len(first) < MOST_FIRST:
        rows = [
            html.Li([html.Span(english(skill.name), className="skill-name"), skill_acts.first(skill)])
            for skill in others[:OFFERED]
        ]
        more = [html.P(_("Look for any other one under “Add a skill”."), className="hint")]
        parts.append(
            html.Details(
                [
                    html.Summary(_("Choose from your skills")),
                    html.Ul(rows, className="skill-rows"),
                    *(more if len(others) > OFFERED else []),
                ],
                id="wallet-choose-first",
            )
        )
    return html.Section(parts, className="card", **{"aria-labelledby": "wallet-first"})


def claims_view(records: Iterable[RecordView], at: str = "") -> list[Component]:
    """Single skills that the person says they have, each to be taken back; of very many, a hundred at a time.

    Parameters
    ----------
    at : str
        Id of a claim: it is among those shown. The newest are shown where there is none of this id.
    """
    claims = [(record, skill) for record in records if record.kind == CLAIM for skill in record.skills]
    if not claims:
        return [html.P(_("None so far. What you add here is marked as your own word."), className="hint")]
    place = next((place for place, (record, _skill) in enumerate(claims) if record.id == at), 0)
    start = place - place % MOST_CLAIMS
    shown = claims[start : start + MOST_CLAIMS]
    rows = [
        html.Li(
            [html.Span(english(skill.name), className="skill-name"), skill_acts.unclaim(skill)],
            id=f"record-{record.id}",
            tabIndex=-1,
        )
        for record, skill in shown
    ]
    parts: list[Component] = [html.Ul(rows, className="skill-rows")]
    if len(shown) < len(claims):
        words = _("%(first)s to %(last)s of %(n)s.", first=start + 1, last=start + len(shown), n=len(claims))
        others = [
            html.A(name, href=f"{claim_href(claims[first][0].id, 'wallet-claims')}")
            for name, first in (
                (_("Added later"), start - MOST_CLAIMS),
                (_("Added earlier"), start + MOST_CLAIMS),
            )
            if 0 <= first < len(claims)
        ]
        parts.append(html.P([words, *(part for other in others for part in (" ", other))], className="hint"))
    return parts


def claim_href(record_id: str, mark: str = "") -> str:
    """Where a claim stands in the wallet, however many there are."""
    return f"/wallet?claims={record_id}#{mark or f'record-{record_id}'}"


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


def found_skills(
    found: Iterable[Skill], wallet: Wallet, said: frozenset[str], first: Sequence[Skill] = ()
) -> list[Component]:
    """What a search found, each with what can be said of it.

    Parameters
    ----------
    said : frozenset of str
        Ids of the skills that the person claims one by one.
    first : sequence of Skill
        Those that come first.
    """
    held = {h.skill.id: h.standing for h in wallet.holdings if h.standing.counts}
    chosen = {skill.id for skill in first}
    room = len(chosen) < MOST_FIRST
    rows = [
        html.Li(
            _found(skill, held.get(skill.id), skill.id in said)
            + ([skill_acts.first(skill)] if room and skill.id in held and skill.id not in chosen else [])
        )
        for skill in found
    ]
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

"""Demand by release of the jobs' survey: a row a skill, with its ranges, on an axis of its own from zero."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components import region_view as words
from components.region_chart import (
    BROAD,
    BROAD_LABEL,
    BROAD_LINE,
    CARD,
    EDGE,
    HAIRLINE,
    INK,
    LABEL,
    LINE,
    MUTED,
    NARROW,
    WIDE,
    cut,
    frame,
    line,
    text,
)
from components.region_shown import NOTHING, Cell, Group, Shown
from graph.model import DemandPoint, DemandSeries, RegionalGap, SkillSeries
from i18n import gettext as _
from i18n import ngettext

PANEL, NARROW_PANEL = 104, 124
TOP, BOTTOM = 26, 14
END = 64


def time_shown(found: RegionalGap, series: DemandSeries, notes: Sequence[str]) -> Shown:
    """What jobs asked for by release; with one release, what to load."""
    where = words.place(found.region)
    told = [one for one in series.releases if one not in series.missing]
    alone = len(told) < 2
    up = [one for one in series.skills if one.change > 0]
    down = [one for one in series.skills if one.change < 0]
    if alone:
        title = _(
            "Only one release with figures for %(place)s is loaded, so nothing can be set beside it",
            place=where,
        )
    elif not up and not down:
        title = _(
            "From %(first)s to %(last)s, demand in %(place)s for none of these skills changed beyond the"
            " survey's error",
            first=told[0],
            last=told[-1],
            place=where,
        )
    else:
        title = ngettext(
            "From %(first)s to %(last)s, demand in %(place)s changed beyond the survey's error for %(n)s of"
            " these skills: up for %(up)s, down for %(down)s",
            "From %(first)s to %(last)s, demand in %(place)s changed beyond the survey's error for %(n)s of"
            " these skills: up for %(up)s, down for %(down)s",
            len(up) + len(down),
            first=told[0],
            last=told[-1],
            place=where,
            n=len(up) + len(down),
            up=words.listed([one.skill.name for one in up]) if up else _("none"),
            down=words.listed([one.skill.name for one in down]) if down else _("none"),
        )
    rows = tuple(
        (
            Cell(one.skill.name, english=True),
            *(Cell(_point(point)) for point in one.points),
            Cell(_change(one) if not alone else _("not known")),
        )
        for one in series.skills
    )
    picture = bool(series.skills) and not alone
    more = [
        _(
            "BLS cautions against reading its releases as a series: each rests on surveys of three years, and"
            " methods, occupations and areas change between them. What lies within the ranges is no change."
        )
    ]
    if alone:
        more.append(
            _(
                "Earlier releases are loaded by make data OEWS_BEFORE=…, one or several; docs/data.md says"
                " how."
            )
        )
    if series.missing:
        more.append(
            _(
                "Without figures for this place under its code of today: %(releases)s.",
                releases=", ".join(series.missing),
            )
        )
    return Shown(
        key="time",
        title=title,
        unit=_(
            "Jobs that call for each skill, weighed by its importance, in 1,000 jobs, by release, with the 95"
            " percent range of the employment survey. Counted are the occupations asked about today; jobs"
            " there are, in all industries."
        ),
        headers=(_("Skill"), *series.releases, _("Change")),
        groups=(Group(rows),) if rows else (),
        wide=panels(series, title) if picture else NOTHING,
        narrow=panels(series, title, narrow=True) if picture else NOTHING,
        broad=panels(series, title, wide=BROAD) if picture else NOTHING,
        notes=(*notes, *more),
        not_shown=(
            _(
                "What people held at earlier dates: counts of people are told as they are today and never as"
                " a series, for what changes between two dates could be somebody."
            ),
            _(
                "Changes in what an occupation asks for: importance is that of today's O*NET release for"
                " every year."
            ),
            _("The self-employed, and occupations of which BLS publishes no number here."),
        ),
    )


def panels(series: DemandSeries, title: str, *, narrow: bool = False, wide: int = WIDE) -> Markup:
    """A panel a skill: releases from left to right, demand with its range upwards from zero.

    Parameters
    ----------
    wide : int, optional
        Width in pixels where it is not ``narrow``.
    """
    width = NARROW if narrow else wide
    label, line_of = (BROAD_LABEL, BROAD_LINE) if wide > WIDE else (LABEL, LINE)
    left, right = (40 if narrow else label + 40), width - END
    height = NARROW_PANEL if narrow else PANEL
    head = TOP + 20 if narrow else TOP
    steps = max(len(series.releases) - 1, 1)

    def x_of(place: int) -> float:
        return left + (right - left) * place / steps

    parts: list[Markup] = []
    for row, one in enumerate(series.skills):
        top = row * height
        low = top + height - BOTTOM
        most = (
            max((point.rate + point.margin for point in one.points if point is not None), default=0.0) or 1.0
        )
        per = (height - head - BOTTOM) / most
        parts.append(text(4, top + 16 if narrow else low - 30, cut(one.skill.name, line_of), INK, 14))
        parts.append(line(left - 16, low, right + 16, low, HAIRLINE))
        parts.append(text(left - 22, low + 4, "0", MUTED, 12, "end"))
        places = [
            (x_of(n), low - point.rate * per, point, low)
            for n, point in enumerate(one.points)
            if point is not None
        ]
        if len(places) > 1:
            path = "L".join(f"{x:.1f} {y:.1f}" for x, y, _, _ in places)
            parts.append(
                Markup('<path d="M{}" style="fill:none;stroke:{};stroke-width:2"/>').format(path, EDGE)
            )
        for x, y, point, bottom in places:
            parts.append(
                _range(
                    x,
                    bottom - (point.rate + point.margin) * per,
                    bottom - max(point.rate - point.margin, 0) * per,
                )
            )
            parts.append(
                Markup('<circle cx="{:.1f}" cy="{:.1f}" r="4" style="fill:{};stroke:{}"/>').format(
                    x, y, INK, CARD
                )
            )
            parts.append(text(x + 10, y - 6, words.rate(point.rate), MUTED, 12))
    bottom = len(series.skills) * height
    for place, release in enumerate(series.releases):
        parts.append(text(x_of(place), bottom + 12, release, MUTED, 12, "middle"))
    return frame(width, bottom + 20, title, parts)


def _range(x: float, top: float, low: float) -> Markup:
    path = f"M{x - 5:.1f} {top:.1f}H{x + 5:.1f}M{x:.1f} {top:.1f}V{low:.1f}M{x - 5:.1f} {low:.1f}H{x + 5:.1f}"
    return Markup('<path d="{}" style="fill:none;stroke:{};stroke-width:2"/>').format(path, EDGE)


def _point(point: DemandPoint | None) -> str:
    if point is None:
        return _("not published")
    return (
        f"{words.rate(point.rate)} ±{words.rate(point.margin)}"
        if point.margin > 0
        else words.rate(point.rate)
    )


def _change(one: SkillSeries) -> str:
    return {1: _("up"), -1: _("down"), 0: _("within the survey's error")}[one.change]

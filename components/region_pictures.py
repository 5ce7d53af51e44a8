"""More pictures of a region as plain SVG: amounts side by side, two measures against each other, counties.

As in ``region_chart``: drawn by the server, equal to the table beside them, following the page's colours.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from components.region_chart import (
    BAR,
    BROAD_LABEL,
    BROAD_LINE,
    EDGE,
    HAIRLINE,
    INK,
    LABEL,
    LINE,
    MISSING,
    MUTED,
    NARROW,
    NARROW_ROW,
    NUMBER_ROOM,
    ROW,
    WIDE,
    cut,
    frame,
    line,
    text,
)

SIDE = 460
MARGIN = 56
LETTER = 6.4
"""Width of a letter of size 12."""

STEPS = 5
"""Shades of a map."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One row: a name, how much, and what is written at its end."""

    label: str
    value: float
    number: str


@dataclass(frozen=True, slots=True)
class Point:
    """One thing by two measures; those with a name are written out."""

    name: str
    x: float
    y: float


def amounts(rows: Sequence[Amount], title: str, *, narrow: bool = False, wide: int = WIDE) -> Markup:
    """Bars from the left, the largest filling the room that the numbers leave.

    Parameters
    ----------
    wide : int, optional
        Width in pixels where it is not ``narrow``.
    """
    width = NARROW if narrow else wide
    label, line_of = (BROAD_LABEL, BROAD_LINE) if wide > WIDE else (LABEL, LINE)
    left = 8 if narrow else label + 24
    right = width - max([NUMBER_ROOM * 2, *(LETTER * len(row.number) + 16 for row in rows)])
    height = NARROW_ROW if narrow else ROW
    most = max((row.value for row in rows), default=0) or 1.0
    parts: list[Markup] = [line(left, 4, left, 8 + height * len(rows), EDGE)]
    for place, row in enumerate(rows):
        middle = 4 + place * height + (36 if narrow else height / 2)
        parts.append(text(4, middle - 18 if narrow else middle + 5, cut(row.label, line_of), INK, 14))
        length = max((right - left) * row.value / most, 1.0)
        parts.append(
            Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{}" rx="2" style="fill:{}"/>').format(
                left, middle - BAR / 2, length, BAR, EDGE
            )
        )
        parts.append(text(left + length + 6, middle + 5, row.number, MUTED, 12))
    return frame(width, 12 + height * len(rows), title, parts)


def quadrant(
    points: Sequence[Point],
    title: str,
    across: str,
    up: str,
    corner: str,
    *,
    narrow: bool = False,
    wide: int = WIDE,
) -> Markup:
    """Two measures against each other; ``across`` by its logarithm, ``up`` a share of 0-1.

    Parameters
    ----------
    corner : str
        What lies at the top on the right.
    narrow : bool, optional
        For a phone: without names, which stand in the table.
    wide : int, optional
        Width in pixels where it is not ``narrow``.
    """
    width, height = (NARROW, NARROW + MARGIN) if narrow else (wide, SIDE)
    right, bottom = width - 24, height - MARGIN
    lows = [point.x for point in points if point.x > 0]
    low, high = (math.log10(min(lows)), math.log10(max(lows))) if lows else (0.0, 1.0)
    span = (high - low) or 1.0
    middle = sorted(lows)[len(lows) // 2] if lows else 1.0

    def x_of(value: float) -> float:
        return MARGIN + (right - MARGIN) * (math.log10(value) - low) / span

    def y_of(value: float) -> float:
        return bottom - (bottom - 28) * value

    parts = [line(MARGIN, bottom, right, bottom, EDGE), line(MARGIN, 28, MARGIN, bottom, EDGE)]
    for share in (0.25, 0.5, 0.75, 1.0):
        parts.append(line(MARGIN, y_of(share), right, y_of(share), HAIRLINE))
        parts.append(text(MARGIN - 8, y_of(share) + 4, f"{share:.0%}", MUTED, 12, "end"))
    parts.append(line(x_of(middle), 28, x_of(middle), bottom, HAIRLINE))
    for value in (1, 2, 5, 10, 20, 40, 80, 160, 320):
        if lows and min(lows) <= value <= max(lows):
            parts.append(text(x_of(value), bottom + 18, f"{value:g}", MUTED, 12, "middle"))
    parts.append(text(right, height - 14, across, MUTED, 12, "end"))
    parts.append(text(MARGIN, 16, up, MUTED, 12))
    if not narrow:
        parts.append(text(right, 16, corner, MISSING, 12, "end", bold=True))
    taken: list[tuple[float, float, float]] = []
    for point in points:
        if point.x <= 0:
            continue
        x, y = x_of(point.x), y_of(point.y)
        parts.append(
            Markup('<circle cx="{:.1f}" cy="{:.1f}" r="5" style="fill:{};fill-opacity:0.75"/>').format(
                x, y, MISSING if point.y >= 0.5 else EDGE
            )
        )
        ends = x > width * 0.62
        length = LETTER * len(point.name) + 12
        first, last = (x - length, x) if ends else (x, x + length)
        # A name only where none stands already.
        free = all(
            abs(y - there) > 14 or last < left or right_end < first for left, right_end, there in taken
        )
        if point.name and free and not narrow:
            taken.append((first, last, y))
            parts.append(
                text(x - 9 if ends else x + 9, y + 4, point.name, INK, 12, "end" if ends else "start")
            )
    return frame(width, height, title, parts)


def county_map(
    shapes: Iterable[tuple[str, str]],
    values: Mapping[str, float],
    title: str,
    here: Iterable[str],
    *,
    narrow: bool = False,
    wide: int = WIDE,
) -> Markup:
    """Counties, the darker the higher; dashed without a value, outlined where asked about.

    Parameters
    ----------
    wide : int, optional
        Width in pixels where it is not ``narrow``.
    """
    width = NARROW if narrow else wide
    paths, tall = _paths(tuple(shapes), width)
    if not paths:
        return Markup("")
    low, high = min(values.values(), default=0.0), max(values.values(), default=1.0)
    marked = set(here)
    parts = []
    for code, path in sorted(paths, key=lambda pair: pair[0] in marked):
        value = values.get(code)
        step = 0 if value is None else 1 + min(int(STEPS * (value - low) / ((high - low) or 1)), STEPS - 1)
        fill = f"fill:{MISSING};fill-opacity:{0.12 + 0.16 * step:.2f}" if value is not None else "fill:none"
        edge = (
            f"stroke:{INK};stroke-width:3"
            if code in marked
            else f"stroke:{EDGE};stroke-width:1" + ("" if value is not None else ";stroke-dasharray:3 3")
        )
        parts.append(Markup('<path d="{}" style="{};{}"/>').format(path, fill, edge))
    bottom = 20 + tall
    for step in range(STEPS):
        x = 10 + step * 64
        style = f"fill:{MISSING};fill-opacity:{0.12 + 0.16 * (step + 1):.2f};stroke:{EDGE}"
        parts.append(
            Markup('<rect x="{}" y="{:.1f}" width="60" height="12" style="{}"/>').format(
                x, bottom + 10, style
            )
        )
        parts.append(text(x, bottom + 38, f"{low + (high - low) * step / STEPS:.0f}", MUTED, 12))
    parts.append(text(10 + STEPS * 64, bottom + 38, f"{high:.0f}", MUTED, 12))
    return frame(width, bottom + 48, title, parts)


@lru_cache(maxsize=8)
def _paths(shapes: tuple[tuple[str, str], ...], width: int) -> tuple[tuple[tuple[str, str], ...], float]:
    """The outline of each county as a path of SVG, and how tall they are; the same whatever is shown."""
    rings = {code: _rings(json.loads(shape)) for code, shape in shapes}
    points = [point for each in rings.values() for ring in each for point in ring]
    if not points:
        return (), 0.0
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = min((width - 20) / ((east - west) * squeeze or 1), SIDE / ((north - south) or 1))

    def path(ring: list[tuple[float, float]]) -> str:
        places = (f"{10 + (x - west) * squeeze * scale:.1f} {10 + (north - y) * scale:.1f}" for x, y in ring)
        return "M" + "L".join(places) + "Z"

    drawn = tuple((code, "".join(map(path, each))) for code, each in rings.items())
    return drawn, (north - south) * scale


def _rings(shape: Mapping[str, object]) -> list[list[tuple[float, float]]]:
    coordinates: list = shape["coordinates"]  # type: ignore[assignment]
    polygons = coordinates if shape["type"] == "MultiPolygon" else [coordinates]
    return [[(float(x), float(y)) for x, y, *_ in ring] for polygon in polygons for ring in polygon]

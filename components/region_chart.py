"""A region's gaps as diverging bars with their ranges: plain SVG, drawn by the server.

The same string stands on the page, where colours follow its theme, and alone in a file, where they fall
back to those of
paper. The table beside it is its equal, so on the page the picture is for the eye alone.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

ROW, BAR, HEAD, FOOT = 36, 18, 34, 26
WIDE, LABEL = 860, 292
BROAD = 1320
"""Where a picture has a large screen's width for itself."""
NARROW, NARROW_ROW = 344, 54
NUMBER_ROOM = 64
LEAST_SIDE = 0.18
"""Share of the plot that each side of zero has at least, so that its words fit."""
LINE = 38
"""Characters that a label holds on the wide picture."""
BROAD_LABEL, BROAD_LINE = 440, 58
"""The same where there is a large screen's width."""

INK, MUTED, HAIRLINE, EDGE, HAD, MISSING, CARD = (
    "var(--ink,#181b20)",
    "var(--muted,#565e6b)",
    "var(--hairline,#dcdfe5)",
    "var(--edge,#8a93a1)",
    "var(--had,#181b20)",
    "var(--missing,#1b5bbf)",
    "var(--card,#ffffff)",
)
FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', 'DejaVu Sans', sans-serif"
_VARIABLE = re.compile(r"var\(--[a-z]+,(#[0-9a-f]{6})\)")


@dataclass(frozen=True, slots=True)
class Bar:
    """One row. Above zero is short, and to the left.

    ``value`` is ``None`` where withheld; ``bound`` is then what can be said of it, and ``number`` its words.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    number: str
    bound: float | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on the picture: its name, and what lies to either side of zero."""

    title: str
    short: str
    more: str


def bars(rows: Sequence[Bar], words: Words, *, narrow: bool = False) -> Markup:
    """Draw the rows from top to bottom, in the order in which they are given.

    Parameters
    ----------
    narrow : bool, optional
        For a phone: labels above their bars.
    """
    width = NARROW if narrow else WIDE
    left = (8 if narrow else LABEL) + NUMBER_ROOM - 16
    right = width - NUMBER_ROOM
    short = max((max(r.high or 0, r.value or 0, r.bound or 0, 0) for r in rows), default=0)
    more = max((max(-(r.low or 0), -(r.value or 0), -(r.bound or 0), 0) for r in rows), default=0)
    whole = (short + more) or 1.0
    more = max(more, LEAST_SIDE * whole)
    short = max(short, LEAST_SIDE * whole)
    per = (right - left) / (short + more)
    zero = left + short * per
    row_height = NARROW_ROW if narrow else ROW
    bottom = HEAD + row_height * len(rows)
    parts: list[Markup] = []
    for tick in ticks(-more, short, 4 if narrow else 8):
        x = zero - tick * per
        parts.append(line(x, HEAD - 4, x, bottom + 4, EDGE if tick == 0 else HAIRLINE))
        parts.append(text(x, bottom + 20, f"{abs(tick):g}", MUTED, 12, "middle"))
    # On a phone there is no room beside zero.
    at, anchor = (4, "start") if narrow else (zero - 8, "end")
    parts.append(text(at, 12 if narrow else 18, words.short, MISSING, 12, anchor, bold=True))
    at, anchor = (width - 4, "end") if narrow else (zero + 8, "start")
    parts.append(text(at, 28 if narrow else 18, words.more, HAD, 12, anchor, bold=True))
    for place, row in enumerate(rows):
        top = HEAD + place * row_height
        middle = top + (36 if narrow else row_height / 2)
        parts.append(text(4, top + 16 if narrow else middle + 5, cut(row.label, LINE), INK, 14))
        parts.append(_bar(row, zero, per, middle))
    return frame(width, bottom + FOOT, words.title, parts)


def frame(width: float, height: float, title: str, parts: Sequence[Markup]) -> Markup:
    """A picture of parts that were escaped."""
    return Markup(  # noqa: S704 - every part was escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}"'
        f' height="{height:g}" font-family="{FONT}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def alone(picture: str, title: str, lines: Sequence[str]) -> str:
    """The picture as a file of its own, in colours of paper, its finding above, its sources below."""
    size = re.match(r'<svg [^>]*viewBox="0 0 ([0-9.]+) ([0-9.]+)"', picture)
    if size is None:
        raise ValueError("That is no picture of this room.")
    width, height = float(size[1]), float(size[2])
    inside = _VARIABLE.sub(r"\1", picture[picture.index(">") + 1 : picture.rindex("</svg>")])
    above = [
        text(4, 22 + 22 * n, each, INK, 16, bold=True) for n, each in enumerate(_wrapped(title, width, 8.8))
    ]
    below = [each for one in lines for each in _wrapped(one, width, 6.3)]
    top = 22 * len(above) + 12
    foot = [text(4, top + height + 16 + 16 * n, each, MUTED, 12) for n, each in enumerate(below)]
    written = [Markup(_VARIABLE.sub(r"\1", str(part))) for part in (*above, *foot)]  # noqa: S704 - colours alone
    ground = Markup('<rect width="100%" height="100%" fill="#ffffff"/>')
    moved = Markup('<g transform="translate(0 {})">').format(top) + Markup(inside) + Markup("</g>")  # noqa: S704
    whole = frame(width, top + height + 16 * len(below) + 20, title, [ground, moved, *written])
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}\n'


def cut(label: str, most: int) -> str:
    """A label in the room there is; the table has it whole."""
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


def bare(picture: str) -> str:
    """The picture in colours of paper, for a document that says the rest."""
    return _VARIABLE.sub(r"\1", picture)


def _wrapped(words: str, width: float, letter: float) -> list[str]:
    return textwrap.wrap(words, max(int(width / letter), 20))


def _bar(row: Bar, zero: float, per: float, middle: float) -> Markup:
    parts: list[Markup] = []
    edge = 0.0
    if row.value is not None:
        x, length = (zero - row.value * per, row.value * per) if row.value > 0 else (zero, -row.value * per)
        fill = MISSING if row.value > 0 else HAD
        parts.append(
            Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{}" rx="2" style="fill:{}"/>').format(
                x, middle - BAR / 2, max(length, 1.0), BAR, fill
            )
        )
        if row.low is not None and row.high is not None:
            parts.append(_range(zero - row.high * per, zero - row.low * per, middle))
            edge = max(row.high, row.value) if row.value > 0 else min(row.low, row.value)
        else:
            edge = row.value
    elif row.bound is not None:
        x, length = (zero - row.bound * per, row.bound * per) if row.bound > 0 else (zero, -row.bound * per)
        parts.append(
            Markup(
                '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{}" rx="2"'
                ' style="fill:none;stroke:{};stroke-width:2;stroke-dasharray:5 4"/>'
            ).format(x, middle - BAR / 2 + 1, max(length, 1.0), BAR - 2, MISSING)
        )
        edge = row.bound
    at = zero - edge * per
    positive = edge > 0
    parts.append(
        text(
            at - 6 if positive else at + 6, middle + 5, row.number, MUTED, 12, "end" if positive else "start"
        )
    )
    return Markup("").join(parts)


def _range(left: float, right: float, middle: float) -> Markup:
    """A line with ends; light under dark, so that it shows on the bar and beside it."""
    path = (
        f"M{left:.1f} {middle - 5:.1f}V{middle + 5:.1f}M{left:.1f} {middle:.1f}H{right:.1f}"
        f"M{right:.1f} {middle - 5:.1f}V{middle + 5:.1f}"
    )
    return Markup('<path d="{0}" style="fill:none;stroke:{1};stroke-width:5"/>').format(path, CARD) + Markup(
        '<path d="{0}" style="fill:none;stroke:{1};stroke-width:2"/>'
    ).format(path, EDGE)


def line(x1: float, y1: float, x2: float, y2: float, colour: str) -> Markup:
    """A line."""
    return Markup('<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" style="stroke:{}"/>').format(
        x1, y1, x2, y2, colour
    )


def text(
    x: float, y: float, words: str, colour: str, size: int, anchor: str = "start", *, bold: bool = False
) -> Markup:
    """Words at a place."""
    return Markup(
        '<text x="{:.1f}" y="{:.1f}" font-size="{}" text-anchor="{}"{} style="fill:{}">{}</text>'
    ).format(x, y, size, anchor, Markup(' font-weight="600"') if bold else "", colour, words)


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers from ``low`` to ``high``, zero among them."""
    rough = (high - low) / most
    scale = 10 ** math.floor(math.log10(rough)) if rough > 0 else 1.0
    step = next(scale * n for n in (1, 2, 5, 10) if scale * n >= rough)
    return [step * n for n in range(math.ceil(low / step), math.floor(high / step) + 1)]

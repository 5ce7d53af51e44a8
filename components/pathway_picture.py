"""Pathways as a left-to-right network: where its nodes and lines lie. The template writes it as SVG.

Drawn by the server: a few kilobytes of SVG instead of a canvas library of more than a hundred. The list
of ways and the table under it are its equals in HTML, so the picture is for the eye alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from components.format import percent, short_dollars
from graph.model import Pathway, Pathways, Step

WIDTH = 1120.0
START, GOAL = 84.0, 1010.0
TOP, LANE, FLOOR = 62.0, 148.0, 64.0
RADIUS, GOAL_RADIUS = 27.0, 34.0
TEXT = 17.0
LINE = 24
"""Characters that a line of a title holds."""


@dataclass(frozen=True, slots=True)
class Node:
    """A role on a way; ``arc`` is the dark part of its ring, ``ring`` the whole of it, in picture units."""

    x: float
    y: float
    lines: tuple[str, ...]
    share: str
    pay: str
    arc: float
    ring: float
    target: str


@dataclass(frozen=True, slots=True)
class Line:
    """A step: its path, how thick it is, whether it is a long one; a label where it leads to the goal."""

    path: str
    width: float
    long: bool
    label: str = ""
    x: float = 0.0
    y: float = 0.0
    target: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture; its unit is a pixel at full size."""

    width: float
    height: float
    middle: float
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    goal_lines: tuple[str, ...]
    start_lines: tuple[str, ...]


def drawing(found: Pathways, name: str) -> Drawing:
    """Lay the ways out one under the other, and the one without stepping stones below them.

    Parameters
    ----------
    found : Pathways
    name : str
        What stands under the start.
    """
    lanes = len(found.ways)
    middle = TOP + LANE * max(lanes - 1, 0) / 2
    nodes: list[Node] = []
    lines: list[Line] = []
    for place, way in enumerate(found.ways):
        y = TOP + place * LANE
        stops = len(way.stones)
        spots = [START + (GOAL - START) * (at + 1) / (stops + 1) for at in range(stops)]
        lines += _lines(way, spots, y, middle, place + 1)
        nodes += [
            _node(step, x, y, f"way-{place + 1}-step-{at + 1}")
            for at, (step, x) in enumerate(zip(way.stones, spots, strict=True))
        ]
    floor = TOP + max(lanes - 1, 0) * LANE + (LANE - 20 if lanes else FLOOR)
    goal_lines, start_lines = wrapped(found.goal.role.title, 18, 4), wrapped(name, 16, 3)
    under = 6.0 + TEXT * len(start_lines), 8.0 + TEXT * len(goal_lines)
    if not lanes:
        floor = max(floor, middle + RADIUS + max(under) + 24)
    lines.append(_straight(found.direct.steps[-1], middle, floor, under))
    return Drawing(WIDTH, floor + 24, middle, tuple(nodes), tuple(lines), goal_lines, start_lines)


def wrapped(title: str, length: int = LINE, most: int = 2) -> tuple[str, ...]:
    """A title in lines of about ``length`` characters; what does not fit ends in an ellipsis.

    Examples
    --------
    >>> wrapped("Shipping, Receiving, and Inventory Clerks", 24)
    ('Shipping, Receiving, and', 'Inventory Clerks')
    """
    lines: list[str] = []
    for word in title.split():
        if lines and len(lines[-1]) + 1 + len(word) <= length:
            lines[-1] += " " + word
        elif len(lines) == most:
            lines[-1] = lines[-1].rstrip(",") + "…"
            break
        else:
            lines.append(word)
    return tuple(lines)


def _node(step: Step, x: float, y: float, target: str) -> Node:
    ring = 2 * math.pi * RADIUS
    pay = step.pay_after.value
    return Node(
        x,
        y,
        wrapped(step.to_role.title),
        percent(step.match.score),
        "" if pay is None else short_dollars(pay),
        round(ring * step.match.score, 1),
        round(ring, 1),
        target,
    )


def _lines(way: Pathway, spots: Sequence[float], y: float, middle: float, number: int) -> list[Line]:
    found = []
    before, height, radius = START, middle, RADIUS
    for at, (step, x) in enumerate(zip(way.steps, [*spots, GOAL], strict=True)):
        last = at == len(way.steps) - 1
        to_x, to_y = x - (GOAL_RADIUS if last else RADIUS) - 3, middle if last else y
        from_x = before + radius + 1
        bend = (from_x + to_x) / 2
        found.append(
            Line(
                f"M{from_x:.0f} {height:.0f}C{bend:.0f} {height:.0f}"
                f" {bend:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}",
                _width(step),
                not step.within_reach,
                percent(step.match.score) if last else "",
                round(bend, 1),
                round((height + to_y) / 2, 1),
                f"way-{number}-step-{at + 1}",
            )
        )
        before, height = x, y
    return found


def _straight(step: Step, middle: float, floor: float, under: tuple[float, float]) -> Line:
    bend = (START + GOAL) / 2
    path = (
        f"M{START:.0f} {middle + RADIUS + under[0]:.0f}C{START:.0f} {floor:.0f} {START + 60:.0f} {floor:.0f}"
        f" {START + 170:.0f} {floor:.0f}H{GOAL - 170:.0f}C{GOAL - 60:.0f} {floor:.0f} {GOAL:.0f} {floor:.0f}"
        f" {GOAL:.0f} {middle + GOAL_RADIUS + under[1]:.0f}"
    )
    return Line(path, _width(step), not step.within_reach, percent(step.match.score), bend, floor, "straight")


def _width(step: Step) -> float:
    return round(1.5 + 3.5 * step.match.score, 2)

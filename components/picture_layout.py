"""Where things stand on the picture: distance from the person is distance to the career."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Career, CareerLink

INNER = 96.0
OUTER = 345.0
FAN = 62.0
FAN_STEP = 19.0
SQUARE_STEP = 18.0
WIDEST = 96.0
TURN = 2 * math.pi - math.pi / 2.6
"""Squares stand on so much of a whole turn; the rest is the gap towards the person."""
OPEN_ROOM = 2.4
"""The open career gets so many times the angle of another one, for its squares."""
START = -math.pi / 2


@dataclass(frozen=True, slots=True)
class Point:
    """Units of the picture: at zoom 1 a unit is a pixel; y grows downwards."""

    x: float
    y: float


RINGS = (0.75, 0.5, 0.25, 0.0)
"""Matches at which a guide ring is drawn. The scale is the same for everybody, so that two pictures
can be laid side by side."""


def radius(score: float) -> float:
    """Distance from the person at which a match of ``score`` (0-1) stands: the whole of it at ``INNER``."""
    return OUTER - score * (OUTER - INNER)


def around(careers: Sequence[Career], links: Sequence[CareerLink]) -> tuple[Career, ...]:
    """Careers in the order they stand around the person: those that are joined stand side by side.

    Starting from the closest, the next is the one most like the last; ties go to the closer one.
    """
    likeness = {frozenset((link.source, link.target)): link.likeness for link in links}
    left = sorted(careers, key=lambda c: (-c.match.score, c.role.code))
    order: list[Career] = []
    while left:
        last = order[-1].role.code if order else None
        following = (
            max(left, key=lambda c: likeness.get(frozenset((last, c.role.code)), 0.0)) if last else left[0]
        )
        left.remove(following)
        order.append(following)
    return tuple(order)


def places(order: Sequence[Career], opened: str | None) -> dict[str, Point]:
    """Where each career stands, by its code."""
    room = [OPEN_ROOM if career.role.code == opened else 1.0 for career in order]
    if len(order) < 6:
        # A handful would else be flung to opposite corners of an empty picture.
        room.append(max(0.0, 6 - sum(room)))
    whole = sum(room) or 1.0
    found: dict[str, Point] = {}
    # The line straight up stays free: the rings say there what they are.
    turned = 0.0
    for share, career in zip(room, order, strict=False):
        angle = START + 2 * math.pi * (turned + share / 2) / whole
        away = radius(career.match.score)
        found[career.role.code] = Point(away * math.cos(angle), away * math.sin(angle))
        turned += share
    return found


def fan_radius(count: int) -> float:
    """Radius of the outermost ring that ``count`` squares need; 0 for none."""
    spots = fan(Point(0.0, -OUTER), count)
    return max((math.hypot(spot.x, spot.y + OUTER) for spot in spots), default=0.0)


def fan(centre: Point, count: int) -> tuple[Point, ...]:
    """Places for ``count`` squares around an open career, open towards the person.

    They stand in one ring as long as it need not be wider than ``WIDEST``, else in several, as full
    as each other. The gap is where the line to the person comes in.
    """
    inward = math.atan2(-centre.y, -centre.x)
    found: list[Point] = []
    for away, taken in _rings(count):
        step = SQUARE_STEP / away
        for seat in range(taken):
            angle = inward + math.pi + step * (seat - (taken - 1) / 2)
            found.append(Point(centre.x + away * math.cos(angle), centre.y + away * math.sin(angle)))
    return tuple(found)


def _rings(count: int) -> list[tuple[float, int]]:
    """Radius of each ring, and how many squares stand on it."""
    away = (count - 1) * SQUARE_STEP / TURN
    if away <= WIDEST:
        return [(max(FAN, away), count)] if count else []
    radii: list[float] = []
    while sum(_seats(one) for one in radii) < count:
        radii.append(FAN + len(radii) * FAN_STEP)
    shares = [_seats(one) for one in radii]
    taken = [count * share // sum(shares) for share in shares]
    for ring in range(count - sum(taken)):
        taken[-1 - ring] += 1
    return list(zip(radii, taken, strict=True))


def _seats(away: float) -> int:
    return 1 + int(TURN * away / SQUARE_STEP)

"""Where things stand on the picture: distance from the person is distance to the career."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Career, CareerLink

INNER = 165.0
OUTER = 335.0
FAN = 62.0
FAN_STEP = 19.0
SQUARE_STEP = 18.0
OPEN_ROOM = 2.4
"""The open career gets so many times the angle of another one, for its squares."""
START = -math.pi / 2


@dataclass(frozen=True, slots=True)
class Point:
    """Units of the picture: at zoom 1 a unit is a pixel; y grows downwards."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Scale:
    """Radius of a match: ``best`` is drawn at ``INNER``, ``worst`` at ``OUTER``; both are tenths."""

    best: float
    worst: float

    def radius(self, score: float) -> float:
        """Distance from the person at which a match of ``score`` (0-1) stands."""
        part = (self.best - score) / (self.best - self.worst)
        return INNER + min(1.0, max(0.0, part)) * (OUTER - INNER)

    @property
    def rings(self) -> tuple[float, ...]:
        """Scores at which a guide ring is drawn: both ends and the middle."""
        return (self.best, round((self.best + self.worst) / 2, 3), self.worst)


def scale(careers: Sequence[Career]) -> Scale:
    """The scale that these careers fill, its ends rounded outwards to tenths and at least three apart."""
    scores = [career.match.score for career in careers] or [0.0]
    best = math.ceil(max(scores) * 10) / 10
    worst = math.floor(min(scores) * 10) / 10
    if best - worst < 0.3:
        best = min(1.0, max(best, worst + 0.3))
        worst = max(0.0, best - 0.3)
    return Scale(best=round(best, 1), worst=round(worst, 1))


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


def places(order: Sequence[Career], opened: str | None, measure: Scale) -> dict[str, Point]:
    """Where each career stands, by its code."""
    room = [OPEN_ROOM if career.role.code == opened else 1.0 for career in order]
    if len(order) < 6:
        # A handful would else be flung to opposite corners of an empty picture.
        room.append(max(0.0, 6 - sum(room)))
    whole = sum(room) or 1.0
    found: dict[str, Point] = {}
    turned = -room[0] / 2 if room else 0.0
    for share, career in zip(room, order, strict=False):
        angle = START + 2 * math.pi * (turned + share / 2) / whole
        radius = measure.radius(career.match.score)
        found[career.role.code] = Point(radius * math.cos(angle), radius * math.sin(angle))
        turned += share
    return found


def fan_radius(count: int) -> float:
    """Radius of the outermost ring that ``count`` squares need; 0 for none."""
    spots = fan(Point(0.0, -OUTER), count)
    return max((math.hypot(spot.x, spot.y + OUTER) for spot in spots), default=0.0)


def fan(centre: Point, count: int) -> tuple[Point, ...]:
    """Places for ``count`` squares in rings around an open career, open towards the person.

    The gap of a quarter turn is where the line to the person comes in.
    """
    inward = math.atan2(-centre.y, -centre.x)
    gap = math.pi / 2.6
    found: list[Point] = []
    ring = 0
    while len(found) < count:
        radius = FAN + ring * FAN_STEP
        seats = max(1, int((2 * math.pi - gap) * radius / SQUARE_STEP))
        taken = min(seats, count - len(found))
        span = (2 * math.pi - gap) * (taken - 1) / max(seats - 1, 1)
        for seat in range(taken):
            angle = inward + math.pi - span / 2 + (span * seat / max(taken - 1, 1))
            found.append(Point(centre.x + radius * math.cos(angle), centre.y + radius * math.sin(angle)))
        ring += 1
    return tuple(found)

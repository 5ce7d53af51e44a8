"""A client's careers around them, drawn by the server. The list beside it is its equal in HTML."""

from __future__ import annotations

import math
from dataclasses import dataclass

from components.format import score
from components.pathway_picture import wrapped
from components.picture_layout import RINGS, around, places, radius
from graph.model import Network

WIDTH, HEIGHT = 900.0, 780.0
CENTRE = WIDTH / 2, HEIGHT / 2
RADIUS = 27.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A career: where it stands, its name in lines, its match, the dark part of its ring."""

    code: str
    x: float
    y: float
    lines: tuple[str, ...]
    share: str
    arc: float
    ring: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class ClientDrawing:
    """The whole picture; ``rings`` are radii of equal match, ``links`` pairs of ends."""

    spots: tuple[Spot, ...]
    rings: tuple[float, ...]
    links: tuple[tuple[float, float, float, float], ...]


def drawing(network: Network) -> ClientDrawing:
    """Where everything stands: nearer is closer, on the scale that every network here has."""
    where = places(around(network.careers, network.links), None)
    at = {code: (CENTRE[0] + point.x, CENTRE[1] + point.y) for code, point in where.items()}
    ring = 2 * math.pi * RADIUS
    return ClientDrawing(
        tuple(
            Spot(
                one.role.code,
                round(at[one.role.code][0], 1),
                round(at[one.role.code][1], 1),
                wrapped(one.role.title, 22, 3),
                score(one.match),
                round(ring * one.match.score, 1),
                round(ring, 1),
                one.chosen,
            )
            for one in network.careers
        ),
        tuple(round(radius(ring_at), 1) for ring_at in RINGS),
        tuple(
            tuple(round(part, 1) for part in (*at[link.source], *at[link.target]))  # type: ignore[misc]
            for link in network.links
        ),
    )

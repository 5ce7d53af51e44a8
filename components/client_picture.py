"""A client's network as SVG: the elements of the learner's own picture, drawn by the server.

Nothing has to run in the browser for it. The list of careers and the table are its equals in HTML.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from components import picture
from components.pathway_picture import wrapped
from graph.model import Network

LINE = 19
"""Characters of a title's line."""
MOST_LINES = 4
LETTERS = 15.0
"""Distance of two lines of a title."""
HALF_TITLE = 70.0
ROOM = 20.0
BEND = 24.0
"""How far the middle of a line between two careers is drawn aside."""


@dataclass(frozen=True, slots=True)
class Words:
    """Lines that stand under, or above, what they name; ``x`` is their middle."""

    x: float
    lines: tuple[tuple[float, str], ...]
    opened: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A career, or a square (``code`` is then empty, ``looks`` its kind and ``words`` what it stands for)."""

    x: float
    y: float
    code: str = ""
    words: str = ""
    looks: str = ""


@dataclass(frozen=True, slots=True)
class ClientDrawing:
    """The whole picture; the person stands at 0, 0.

    Attributes
    ----------
    box : (float, float, float, float)
        Left, top, width and height of what is drawn.
    rings : tuple of (float, str)
        Radius and words of each ring of equal match.
    reaches : tuple of (float, float, float)
        Where the line to a career ends, and how thick it is.
    leads : tuple of str
        Paths of the lines between careers.
    person : Words
    careers, squares : tuple of Spot
    titles : tuple of Words
    """

    box: tuple[float, float, float, float]
    rings: tuple[tuple[float, str], ...]
    reaches: tuple[tuple[float, float, float], ...]
    leads: tuple[str, ...]
    person: Words
    careers: tuple[Spot, ...]
    squares: tuple[Spot, ...]
    titles: tuple[Words, ...]


def drawing(network: Network, name: str) -> ClientDrawing:
    """Everything in its place, by ``picture.elements``: nearer is closer, the open career has its squares."""
    drawn = picture.elements(network, name)
    at = {one["data"]["id"]: one["position"] for one in drawn if "position" in one}

    def of(kind: str) -> list[dict[str, Any]]:
        return [one for one in drawn if one["classes"].split()[0] == kind]

    careers = tuple(
        Spot(
            one["position"]["x"],
            one["position"]["y"],
            one["data"]["id"],
            one["data"]["label"],
            one["classes"].removeprefix("career "),
        )
        for one in of("career")
    )
    squares = tuple(
        Spot(
            one["position"]["x"],
            one["position"]["y"],
            words=one["data"]["label"],
            looks=one["classes"].removeprefix("square "),
        )
        for one in of("square")
    )
    titles = tuple(_title(one) for one in of("title"))
    rings = tuple((one["data"]["size"] / 2, one["data"]["label"]) for one in of("ring"))
    return ClientDrawing(
        _box(careers, squares, titles),
        rings,
        tuple(
            (at[o["data"]["target"]]["x"], at[o["data"]["target"]]["y"], o["data"]["width"])
            for o in of("reach")
        ),
        tuple(_bent(at[one["data"]["source"]], at[one["data"]["target"]]) for one in of("leads")),
        _below(0.0, 62.0, wrapped(picture.person_words(network.wallet, name), 32, 2)),
        careers,
        squares,
        titles,
    )


def _title(element: dict[str, Any]) -> Words:
    data, place, classes = element["data"], element["position"], element["classes"].split()
    lines = wrapped(data["label"], LINE, MOST_LINES)
    top = place["y"] + 18.0
    if "over" in classes:
        top = place["y"] - 12.0 - LETTERS * (len(lines) - 1)
    return _below(place["x"], top, lines, "open" in classes, data["code"])


def _below(x: float, top: float, lines: tuple[str, ...], opened: bool = False, code: str = "") -> Words:
    return Words(
        x, tuple((round(top + LETTERS * at, 1), line) for at, line in enumerate(lines)), opened, code
    )


def _bent(start: dict[str, float], end: dict[str, float]) -> str:
    dx, dy = end["x"] - start["x"], end["y"] - start["y"]
    length = math.hypot(dx, dy) or 1.0
    x = (start["x"] + end["x"]) / 2 - BEND * dy / length
    y = (start["y"] + end["y"]) / 2 + BEND * dx / length
    return f"M{start['x']} {start['y']}Q{x:.1f} {y:.1f} {end['x']} {end['y']}"


def _box(
    careers: Iterable[Spot], squares: Iterable[Spot], titles: Iterable[Words]
) -> tuple[float, float, float, float]:
    """Around all that is drawn, as far on the left as on the right: the person stays in the middle."""
    xs, ys = [HALF_TITLE], [-62.0, 92.0]
    for spot in (*careers, *squares):
        xs.append(abs(spot.x) + 44.0)
        ys += [spot.y - 44.0, spot.y + 44.0]
    for title in titles:
        xs.append(abs(title.x) + HALF_TITLE)
        ys += [title.lines[0][0] - LETTERS, title.lines[-1][0] + 6.0]
    half = max(xs) + ROOM
    top, bottom = min(ys) - ROOM, max(ys) + ROOM
    return round(-half, 1), round(top, 1), round(2 * half, 1), round(bottom - top, 1)

"""The network as Cytoscape elements: the person, the careers, the squares of the open one.

The canvas is for the eye and the pointer; ``career_list`` and ``career_table`` are its equals
in HTML. Colours are not here: the browser reads them from the tokens (``assets/network.js``).
"""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from components import format as write
from components import picture_layout as layout
from components.square import is_claimed, kind, legend, state_word
from graph.model import Career, Network, Square, Wallet
from i18n import gettext as _
from i18n import ngettext

PERSON = "person"
TITLE_REACH = 120.0
"""How far from the upright through the person a title below its circle is clear of them."""
Element = dict[str, Any]


def elements(network: Network, name: str) -> list[Element]:
    """Nodes and edges in Cytoscape's own JSON, with their places.

    Parameters
    ----------
    network : Network
    name : str
        What stands under the person in the middle.
    """
    opened = network.opened.role.code if network.opened else None
    order = layout.around(network.careers, network.links)
    places = layout.places(order, opened)
    drawn = [*_rings(), _person(network.wallet, name)] if network.careers else [_person(network.wallet, name)]
    for career in order:
        drawn += _career(
            career, places[career.role.code], network.opened if career.role.code == opened else None
        )
    drawn += [
        {
            "data": {"id": f"{link.source}>{link.target}", "source": link.source, "target": link.target},
            "classes": "leads",
            "selectable": False,
        }
        for link in network.links
    ]
    if network.opened and opened in places:
        drawn += _squares(network.opened, places[opened])
    return drawn


def person_words(wallet: Wallet, name: str) -> str:
    """``Pete: 31 skills, 24 verified or confirmed``; expired and revoked ones are not counted."""
    counting = [holding for holding in wallet.holdings if holding.standing.counts]
    proven = sum(holding.standing.proven for holding in counting)
    skills = ngettext("%(n)s skill", "%(n)s skills", len(counting))
    if not counting:
        return name
    if wallet.owner.startswith("role:"):
        return f"{name}\n{skills}"
    return _(
        "%(name)s: %(skills)s, %(proven)s verified or confirmed", name=name, skills=skills, proven=proven
    )


def career_legend(*, theirs: bool = False) -> Component:
    """What is drawn on the picture: squares, and the two kinds of career; ``theirs`` to whom advises them."""
    rings = (
        (_("Chosen") if theirs else _("Your choice"), "ring-key chosen"),
        (_("Suggested"), "ring-key"),
    )
    keys = [(html.Span(className=name, **{"aria-hidden": "true"}), word) for word, name in rings]
    return legend(keys, theirs=theirs)


def _person(wallet: Wallet, name: str) -> Element:
    return {
        "data": {"id": PERSON, "label": person_words(wallet, name), "kind": "person"},
        "position": {"x": 0, "y": 0},
        "classes": "person",
        "grabbable": False,
    }


def _rings() -> list[Element]:
    return [
        {
            "data": {"id": f"ring{score}", "size": 2 * layout.radius(score), "label": write.percent(score)},
            "position": {"x": 0, "y": 0},
            "classes": "ring",
            "selectable": False,
            "grabbable": False,
        }
        for score in layout.RINGS
    ]


def _career(career: Career, place: layout.Point, opened: Career | None) -> list[Element]:
    code, match = career.role.code, career.match
    is_open = opened is not None
    below = max(layout.fan_radius(len(_shown(opened))) + 6, 38) if opened is not None else 28
    classes = ["career", "chosen" if career.chosen else "suggested"]
    if is_open:
        classes.append("open")
    # Right above the person the title of the open one would stand on them: it goes to the other side.
    over = is_open and place.y < 0 and abs(place.x) < TITLE_REACH
    return [
        {
            "data": {
                "id": code,
                "kind": "career",
                "label": write.score(match),
                "title": career.role.title,
            },
            "position": {"x": round(place.x, 1), "y": round(place.y, 1)},
            "classes": " ".join(classes),
        },
        {
            "data": {
                "id": f"{PERSON}>{code}",
                "source": PERSON,
                "target": code,
                "width": round(1.5 + 3.5 * match.score, 2),
            },
            "classes": "reach",
            "selectable": False,
        },
        {
            "data": {
                "id": f"title:{code}",
                "kind": "career",
                "code": code,
                "label": career.role.title if is_open else short_title(career.role.title),
            },
            "position": {
                "x": round(place.x, 1),
                "y": round(place.y - below if over else place.y + below, 1),
            },
            "classes": " ".join(["title", *(["open"] if is_open else []), *(["over"] if over else [])]),
            "grabbable": False,
            "selectable": False,
        },
    ]


def _squares(career: Career, centre: layout.Point) -> list[Element]:
    shown = _shown(career)
    spots = layout.fan(centre, len(shown))
    drawn: list[Element] = []
    for square, spot in zip(_in_order(shown), spots, strict=True):
        skill = square.requirement.skill
        drawn.append(
            {
                "data": {
                    "id": f"square:{skill.id}",
                    "kind": "square",
                    "skill": skill.id,
                    "label": f"{skill.name} ({state_word(square)})",
                },
                "position": {"x": round(spot.x, 1), "y": round(spot.y, 1)},
                "classes": f"square {kind(square.state, claimed=is_claimed(square), tried=square.tried)}",
                "grabbable": False,
            }
        )
    return drawn


def _shown(career: Career) -> list[Square]:
    return [square for square in career.match.squares if not square.hidden]


def _in_order(squares: list[Square]) -> list[Square]:
    rank = {"matched": 0, "partial": 1, "missing": 2}
    return sorted(squares, key=lambda square: rank[square.state.value])


def short_title(title: str, most: int = 34) -> str:
    """A title that fits under a circle; the whole one stands in the list and the table."""
    if len(title) <= most:
        return title
    cut = title[:most].rsplit(" ", 1)[0].rstrip(",")
    for dangling in (" and", " or", " of", " for", " Except", ","):
        cut = cut.removesuffix(dangling)
    return cut.rstrip(",") + "…"

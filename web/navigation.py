"""Where a person can go: the pages that exist, and of those the ones open to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.actor import Actor
from accounts.permissions import Action, may
from web.page import Place

VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the header; ``here`` on the page it leads to."""

    path: str
    label: str
    here: bool


def in_order(places: Sequence[Place]) -> tuple[Place, ...]:
    """Places as they were given, but each that names another right after that one."""
    ordered = [place for place in places if not place.after]
    for place in places:
        if place.after:
            names = [one.name for one in ordered]
            at = names.index(place.after) + 1 if place.after in names else len(ordered)
            ordered.insert(at, place)
    return tuple(ordered)


def links(pages: Sequence[Place], actor: Actor, path: str) -> tuple[Link, ...]:
    """Links to the pages that have a label and are open to the actor, in the given order."""
    return tuple(
        Link(page.path, page.nav(), here=path == page.path)
        for page in pages
        if page.nav is not None and open_to(page, actor) and _whose(page, actor)
    )


def _whose(page: Place, actor: Actor) -> bool:
    """Whether the page is of this reader's work, so that a header holds what they need and no more."""
    mine = {role.value for role in actor.roles} if actor.signed_in else {VISITOR}
    return not page.parts or bool(page.parts & mine)


def open_to(page: Place, actor: Actor) -> bool:
    """Whether the actor may open the page."""
    return page.action is None or may(actor, Action(page.action))


def first_page(pages: Sequence[Place], actor: Actor) -> str:
    """Where a person starts: where their work begins, else the first page of theirs, else their account."""
    own = [page for page in pages if page.nav is not None and open_to(page, actor)]
    return next((page.path for page in sorted(own, key=lambda page: not page.start)), "/account")

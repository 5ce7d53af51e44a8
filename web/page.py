"""What a page tells the composition root about itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """What the navigation has to know of a page; all there is of one that is plain HTML.

    Attributes
    ----------
    name : str
        Key of the page in the navigation and in tests.
    path : str
        URL rule as Werkzeug writes it, such as ``/gap/<code>``.
    nav : callable or None
        Gives the label in the navigation, in the reader's language; ``None`` leaves it out.
    action : str or None
        The permission that the navigation asks for before it shows the page;
        ``None`` when anyone may open it. The services ask again.
    after : str
        Name of the page that it follows in the navigation; empty for where it is declared.
    parts : frozenset of str
        Whose work it is, ``visitor`` for who is not signed in: the navigation leaves it out for others, who
        may open it all the same. Everybody's when empty.
    start : bool
        Whether those it is open to begin here when they sign in.
    """

    name: str
    path: str
    nav: Callable[[], str] | None
    action: str | None
    after: str = field(default="", kw_only=True)
    parts: frozenset[str] = field(default=frozenset(), kw_only=True)
    start: bool = field(default=False, kw_only=True)


LEARNERS = frozenset({"learner"})
CHOOSING = frozenset({"learner", "visitor", "counselor"})


@dataclass(frozen=True, slots=True)
class Page(Place):
    """One page of the dashboard.

    Attributes
    ----------
    heading : callable
        ``heading(pathname, services, actor) -> (h1, lead)``: the words of the first HTML.
    layout : callable
        ``layout(pathname, search, services, actor) -> component``.
    """

    heading: Callable[[str, Any, Any], tuple[str, str]]
    layout: Callable[[str, str, Any, Any], Any]

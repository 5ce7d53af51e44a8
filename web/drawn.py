"""Plain HTML inside a page of the dashboard, drawn in one piece.

Dash keeps watch over every element: each has a place in its store, and is asked about at every
change. Hundreds of squares that no callback speaks to need none of that. They become one
component, which gives the browser the whole tree at once (``assets/drawn.js``).
"""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from typing import Any, ClassVar

from dash import html
from dash.development.base_component import Component

HTML = "dash_html_components"
# What Dash's own elements take for themselves.
FOR_DASH = frozenset({"children", "key", "n_clicks", "n_clicks_timestamp", "disable_n_clicks"})
OF_THE_CLASS = frozenset(vars(html.Span()))
NOT_SAID = FOR_DASH | OF_THE_CLASS
SEVERAL = ""
"""The name of a tree's node that is no element, but several one after the other."""
Tree = list[Any]


class Drawn(Component):
    """A tree of elements that no callback speaks to.

    Parameters
    ----------
    tree : list
        Of an element: its name, its properties as React calls them, then what is in it, each a text or
        such a list.
    """

    _children_props: ClassVar[list[str]] = []
    _base_nodes: ClassVar[list[str]] = []
    _namespace = "waymark_components"
    _type = "Drawn"
    _prop_names: ClassVar[list[str]] = ["tree"]
    _valid_wildcard_attributes: ClassVar[list[str]] = []
    available_properties: ClassVar[list[str]] = ["tree"]
    available_wildcard_properties: ClassVar[list[str]] = []

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree=tree)


def fold(node: Any, named: Collection[str]) -> Any:
    """What Dash is given of a page or a part of one: the same, its plain stretches drawn in one piece each.

    Parameters
    ----------
    node : Component, list, str or None
        Whatever may be an element's children. Anything else comes back as it is.
    named : collection of str
        The ids that callbacks speak to; what holds one of them stays a component.

    Examples
    --------
    >>> from dash import html
    >>> fold(html.P(["There are ", html.B(3)]), ())
    Drawn(tree=['p', {}, 'There are ', ['b', {}, 3]])
    >>> fold(html.P([html.B(3), html.Span(id="said")]), {"said"})
    P([Drawn(tree=['b', {}, 3]), Span(id='said')])
    """
    if isinstance(node, Component):
        tree = _tree(node, named)
        if tree is not None:
            return Drawn(tree)
        if node._namespace != HTML or getattr(node, "children", None) is None:
            return node
        kept = copy(node)  # Whoever made it may show it again.
        kept.children = fold(node.children, named)
        return kept
    if not isinstance(node, list | tuple):
        return node
    several: Tree = [SEVERAL, {}]
    if any(isinstance(one, Component) for one in node) and _fill(several, node, named):
        return Drawn(several)
    return [fold(one, named) for one in node]


def _tree(node: Component, named: Collection[str]) -> Tree | None:
    """The element as a tree; ``None`` where something in it is more than plain HTML."""
    if node._namespace != HTML:
        return None
    # What ``to_plotly_json`` gives, a few times as fast: a page has hundreds of elements.
    said = vars(node)
    if said.get("id") in named:
        return None
    tree: Tree = [node._type.lower(), {key: value for key, value in said.items() if key not in NOT_SAID}]
    return tree if _fill(tree, said.get("children"), named) else None


def _fill(tree: Tree, inside: Any, named: Collection[str]) -> bool:
    if isinstance(inside, list | tuple):
        return all(_fill(tree, one, named) for one in inside)
    if not isinstance(inside, Component):
        tree.append(inside)
        return True
    part = _tree(inside, named)
    tree.append(part)
    return part is not None

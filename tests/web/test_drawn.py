"""Plain HTML of the dashboard, drawn in one piece."""

from __future__ import annotations

import doctest

from dash import dcc, html

from web import drawn
from web.drawn import Drawn, fold


def test_what_no_callback_speaks_to_becomes_one_piece_with_all_that_was_in_it() -> None:
    page = html.Ul(
        [html.Li(["a ", html.B("b", id="b")], className="one", **{"data-on": "x"}), None, html.Li(3)],
        hidden=True,
    )
    assert fold(page, {"elsewhere"}).tree == [
        "ul",
        {"hidden": True},
        ["li", {"className": "one", "data-on": "x"}, "a ", ["b", {"id": "b"}, "b"]],
        None,
        ["li", {}, 3],
    ]


def test_what_a_callback_speaks_to_stays_and_so_does_all_around_it() -> None:
    said = html.P(html.B("said"), id="said")
    asked = dcc.Input(id="asked")
    page = html.Div([html.H2("Title"), html.Div([asked, html.Span("hint")]), html.Div(said)], id="page")
    kept = fold(page, {"said", "asked"})
    title, fields, around = kept.children
    assert isinstance(title, Drawn)
    assert fields.children[0] is asked and isinstance(fields.children[1], Drawn)
    assert around.children.id == "said" and isinstance(around.children.children, Drawn)
    # The page that was made is as it was: whoever made it may show it again.
    assert isinstance(page.children[0], html.H2) and isinstance(said.children, html.B)


def test_what_is_no_element_comes_back_as_it_is() -> None:
    elements = [{"data": {"id": "person"}}, {"data": {"id": "ring"}}]
    assert fold(elements, ()) == elements
    assert [fold(one, ()) for one in (None, "", "?open=1", 3)] == [None, "", "?open=1", 3]
    assert fold([html.P("a"), [html.P("b")]], ()).tree == ["", {}, ["p", {}, "a"], ["p", {}, "b"]]


def test_examples_hold() -> None:
    outcome = doctest.testmod(drawn)
    assert outcome.attempted and not outcome.failed


def test_an_element_says_of_itself_what_dash_would_send() -> None:
    node = html.Button("Save", id="save", tabIndex=0, n_clicks=2, style={"width": 1}, **{"aria-label": "x"})
    sent = node.to_plotly_json()["props"]
    expected = {name: value for name, value in sent.items() if name not in ("children", "n_clicks")}
    assert fold(node, ()).tree == ["button", expected, "Save"]

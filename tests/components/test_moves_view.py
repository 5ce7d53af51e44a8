"""Where people who leave a job go, in words: a share with its range, and what it is from."""

from __future__ import annotations

from datetime import date

from components.moves_view import moves_block, share_words, source_words, usual_words
from graph.model import Destination, Source
from tests.careers import AIDE, CLERK, DRIVER, NURSE


def text(component: object) -> str:
    children = getattr(component, "children", component)
    if isinstance(children, (list, tuple)):
        return " ".join(text(child) for child in children if child is not None)
    return str(children)


def href(code: str) -> str:
    return f"/gap/{code}"


MODELLED = Destination(NURSE, 0.072, 0.021, 0.164, counted_with=1)
COUNTED = Destination(AIDE, 0.31, year="2022-2024", source_id="moves")
TABLE = Source("moves", "Moves counted by the county", "", "2022-2024", "", "", "", date(2026, 1, 2))


def test_a_modelled_share_is_about_and_has_its_range():
    assert share_words(MODELLED) == "about 7 in 100 (2 to 16)"


def test_a_counted_share_is_plain():
    assert share_words(COUNTED) == "31 in 100"


def test_the_source_says_modelled_or_counted_and_never_that_it_is_about_the_reader():
    assert "modelled" in source_words(MODELLED, ())
    assert "counted 2022-2024 (Moves counted by the county)" in source_words(COUNTED, (TABLE,))
    assert all("Not about you" in source_words(each, (TABLE,)) for each in (MODELLED, COUNTED))


def test_what_is_counted_together_is_said():
    assert "counted with 1 role like it" in text(moves_block([MODELLED], (), href))


def test_nothing_is_shown_where_nobody_is_seen_to_go():
    few = Destination(CLERK, 0.004, 0.001, 0.01)
    assert moves_block([], (), href) is None
    assert moves_block([few], (), href) is None
    assert usual_words(None) == usual_words(0.004) == ""


def test_at_most_five_places_are_named_each_with_its_address():
    block = moves_block([MODELLED, COUNTED, Destination(DRIVER, 0.02)] * 3, (), href)
    items = block.children[1].children
    assert len(items) == 5
    assert items[0].children[0].href == f"/gap/{NURSE.code}"

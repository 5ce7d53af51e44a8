"""Pages say what fuller releases would add, and stop saying it once they are loaded."""

from __future__ import annotations

import json

import plotly
import pytest

from components.fuller import what_more
from graph.model import Source
from i18n import use_locale


def loaded(*ids: str) -> list[Source]:
    return [Source(each, each, "publisher", "release", "licence", "address", "thanks") for each in ids]


def text(component) -> str:
    return json.dumps(component, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False)


def test_the_bundled_data_say_what_five_releases_would_add():
    said = text(what_more(loaded("oews", "onet_roles", "onet_tasks")))
    for words in ("O*NET release", "employment projections", "price parities", "training providers", "moves"):
        assert words in said


def test_what_is_loaded_is_no_longer_missed():
    said = text(what_more(loaded("onet_ratings", "state_projections")))
    assert "O*NET" not in said and "projections" not in said and "price parities" in said


def test_where_everything_is_loaded_nothing_is_said():
    everything = loaded("onet_ratings", "projections", "price_parities", "programs", "moves")
    assert what_more(everything) is None


def test_a_page_can_ask_for_its_own_part():
    said = text(what_more(loaded("oews"), about=("moves",)))
    assert "moves" in said and "O*NET" not in said
    assert what_more(loaded("moves"), about=("moves",)) is None


@pytest.mark.parametrize(("locale", "words"), [("en", "What more could stand here"), ("es", "Qué más")])
def test_it_is_said_in_both_languages(locale, words):
    with use_locale(locale):
        assert words in text(what_more(loaded("oews")))

"""What a page that advises does not know."""

from __future__ import annotations

import json

import plotly
import pytest

from components.honest import Shows, limits
from graph.model import Source
from i18n import use_locale


def source(name: str, release: str) -> Source:
    return Source(name, name, "Publisher", release, "CC BY 4.0", "https://example.org", "")


TASKS, OEWS, RATINGS = (
    source("onet_tasks", "30.2"),
    source("oews", "May 2025"),
    source("onet_ratings", "31.0"),
)


def text(component) -> str:
    return json.dumps(component, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False)


def test_it_never_predicts_anything_about_a_person():
    assert "does not predict anything about you" in text(limits(()))


def test_the_releases_that_are_loaded_are_named_and_others_are_not():
    said = text(limits((TASKS, OEWS)))
    assert "O*NET 30.2" in said and "May 2025" in said
    assert "May 2025" not in text(limits((TASKS,)))


def test_ratings_that_are_not_loaded_are_said_to_be_missing():
    assert "not loaded here" in text(limits((TASKS,)))
    full = text(limits((TASKS, RATINGS)))
    assert "not loaded here" not in full and "O*NET 31.0 rates" in full


def test_a_page_says_only_what_it_rests_on():
    loaded = (TASKS, OEWS, source("programs", "2026"), source("price_parities", "2024"))
    assert "rent" not in text(limits(loaded))
    assert "rent" in text(limits(loaded, (Shows.PRICES,)))
    assert "May 2025" not in text(limits(loaded, (Shows.PROGRAMS,)))


@pytest.mark.parametrize("about", list(Shows))
def test_every_limit_is_said_in_both_languages(about):
    ids = ("onet_tasks", "onet_ratings", "oews", "projections", "moves", "programs", "price_parities")
    loaded = tuple(source(each, "2026") for each in ids)
    english = [item.children for item in limits(loaded, (about,)).children[1].children]
    with use_locale("es"):
        spanish = [item.children for item in limits(loaded, (about,)).children[1].children]
    assert len(english) == len(spanish) > 1
    assert not set(english) & set(spanish)


def test_a_page_can_add_a_limit_of_its_own():
    assert "Only here." in text(limits((), (), more=("Only here.",)))

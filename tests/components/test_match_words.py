"""A match in plain sentences, and the parts of a role on its page."""

from __future__ import annotations

import json

import plotly
import pytest

from components.career_panel import range_words, sentence
from components.facet_view import facet_name, facet_table
from graph.build import build
from graph.match import match, match_all
from graph.model import Evidence, Facet, Holding, Standing
from i18n import use_locale
from match_words import explain_match
from tests.careers import DRIVER, LIGHT, MOVING, NURSE, UNKNOWN, holding, needs, role, small_graph, wallet

GRAPH = small_graph()
FACETED = role(
    "11-0001.00",
    "One",
    MOVING,
    needs("a", 0.8),
    needs("b", 0.4),
    needs("c", 0.75, facet="knowledge", stderr=0.1),
    needs("d", 0.75, facet="knowledge", stderr=0.1),
)


def text(components) -> str:
    return json.dumps(components, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False)


def said(*held, of=NURSE, hidden=()) -> str:
    return explain_match(match(GRAPH, wallet(*held, hidden=hidden), of.code))


def test_a_match_says_how_many_are_had_and_the_most_important_that_is_missed():
    assert said(holding("give medicines")) == (
        "You have 1 of 3; the most important you miss is “monitor patients”."
    )


def test_the_one_that_is_missed_is_called_the_one():
    assert said(holding("give medicines"), holding("monitor patients")) == (
        "You have 2 of 3; the one you miss is “write reports”."
    )


def test_a_whole_match_says_so():
    assert said(*(holding(r.skill.name) for r in NURSE.requirements)) == "You have all 3."


def test_what_stands_in_partly_is_named():
    assert said(holding("drive trucks"), of=LIGHT) == (
        "You have 0 of 2; the one you miss is “write reports”."
        " 1 is covered in part: for “drive vans” your “drive trucks” stands in."
    )


def test_a_level_that_does_not_suffice_is_no_stand_in():
    graph = build([role("11-0001.00", "One", MOVING, needs("a", level=0.8))])
    found = explain_match(match(graph, wallet(holding("a", level=0.4)), "11-0001.00"))
    assert found == "You have 0 of 1. 1 is covered in part: “a”, below the level required."


def test_what_rests_on_ones_own_word_is_counted():
    claimed = holding("write reports", Standing.SELF_ASSERTED)
    assert said(claimed).endswith("It rests on your own word alone.")
    assert said(claimed, holding("give medicines")).endswith("1 of those rests on your own word alone.")


def test_what_is_set_aside_is_no_part_of_the_sentence():
    assert said(holding("give medicines"), hidden=["monitor patients"]) == (
        "You have 1 of 2; the one you miss is “write reports”."
    )


def test_a_job_that_was_only_named_is_no_claim_about_a_skill():
    evidence = (Evidence("role:x", "Nurses", "", "role"),)
    stand_in = Holding(DRIVER.requirements[0].skill, Standing.SELF_ASSERTED, None, evidence)
    found = match(GRAPH, wallet(stand_in), DRIVER.code)
    assert "own word" not in explain_match(found)
    assert "taking it that you can do what your job requires" in range_words(found)


def test_a_role_without_requirements_has_nothing_to_compare_with():
    assert "nothing to compare with" in said(of=UNKNOWN)


def test_a_match_from_a_list_tells_its_counts():
    found = {m.role.code: m for m in match_all(GRAPH, wallet(holding("give medicines")))}
    assert explain_match(found[NURSE.code]) == "You have 1 of 3."


def test_published_names_in_the_sentence_are_marked_on_a_spanish_page():
    found = match(GRAPH, wallet(), NURSE.code)
    with use_locale("es"):
        assert '"lang": "en"' in text(sentence(found))
        assert "Usted tiene 0 de 3" in text(sentence(found))
    assert "".join(sentence(found)) == explain_match(found)


def test_a_role_of_one_part_shows_no_parts():
    assert facet_table(match(GRAPH, wallet(), NURSE.code)) == []


def test_the_parts_of_a_role_show_what_each_adds():
    graph = build([FACETED], facet_weights={Facet.OCCUPATIONAL: 0.8, Facet.KNOWLEDGE: 0.2})
    page = text(facet_table(match(graph, wallet(holding("c"), holding("d")), FACETED.code)))
    for words in ("Knowledge", "2 of 2", "Skills of the work itself", "0 of 2", "80%", "20%"):
        assert words in page


def test_margins_of_error_are_told_where_they_can_be_seen():
    graph = build([FACETED], facet_weights={Facet.OCCUPATIONAL: 0.5, Facet.KNOWLEDGE: 0.5})
    assert "margins of error" in range_words(match(graph, wallet(holding("c")), FACETED.code))
    assert "margins of error" not in range_words(match(GRAPH, wallet(holding("give medicines")), NURSE.code))


@pytest.mark.parametrize("facet", list(Facet))
def test_every_part_has_a_name_in_both_languages(facet):
    with use_locale("es"):
        assert facet_name(facet) != ""
        spanish = facet_name(facet)
    assert facet_name(facet) != spanish

"""One role against one record, in words and squares."""

from __future__ import annotations

import json
from dataclasses import replace

import plotly
import pytest

from components import format as write
from components.gap_shown import GapLinks, GapShown
from components.gap_view import gap_view, range_words
from components.record_view import record_card, skills_sentence
from graph.match import match
from graph.model import NOT_PUBLISHED, Career, Figure, RecordView, Standing
from i18n import use_locale
from tests.careers import DRIVER, NURSE, OUTLOOK, UNKNOWN, holding, skill, small_graph, wallet

GRAPH = small_graph()
LINKS = GapLinks(back="/network?open=x", by_importance="?", by_name="?sort=name", counting="?verified=1")


def shown(held=(), role=NURSE, **more) -> GapShown:
    found = match(GRAPH, wallet(*held, hidden=more.pop("hidden", ())), role.code)
    why = {square.requirement.skill.id: "Because." for square in found.squares}
    return GapShown(career=Career(found, chosen=False), why=why, links=LINKS, **more)


def text(components) -> str:
    return json.dumps(components, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False)


def headings(components) -> list[str]:
    found: list[str] = []

    def walk(part) -> None:
        if isinstance(part, (list, tuple)):
            for one in part:
                walk(one)
        elif hasattr(part, "children"):
            if type(part).__name__ == "H2":
                found.append(part.children)
            walk(part.children)

    walk(components)
    return found


def test_the_three_lists_are_headed_by_the_bare_words_in_their_order():
    assert headings(gap_view(shown()))[1:] == ["Matched", "Partly matched", "Missing"]


def test_a_set_aside_skill_has_a_list_of_its_own():
    assert headings(gap_view(shown(hidden=["write reports"])))[-1] == "Set aside"


def test_what_is_set_aside_is_said_beside_what_is_counted():
    page = text(gap_view(shown(hidden=["write reports"])))
    assert "Of 3 skills, 2 are counted and 1 is set aside." in page
    assert "set aside" not in text(gap_view(shown()))


def test_leaving_a_skill_out_says_for_how_much():
    assert "for every career, until you count it again" in text(gap_view(shown(can_act=True)))


def test_a_role_without_requirements_links_to_those_that_may_be_meant():
    page = text(gap_view(shown(role=UNKNOWN, instead=(("Nurses", "/gap/29-1141.00?area=53063"),))))
    assert "One of these roles may be what you mean:" in page
    assert "/gap/29-1141.00?area=53063" in page
    assert "may be what you mean" not in text(gap_view(shown(role=UNKNOWN)))


def test_a_list_with_nothing_in_it_says_so_kindly():
    page = text(gap_view(shown()))
    assert "Nothing yet." in page
    assert "None: no skill covers another one in part." in page


def test_proof_links_to_its_record_with_its_standing_in_words():
    page = text(gap_view(shown([holding("give medicines")], standings={})))
    assert "/wallet#record-record-give medicines" in page
    assert "Technical Institute" in page
    assert "Verified" in page


def test_an_expired_record_of_a_missing_skill_is_shown_as_expired():
    expired = holding("give medicines", Standing.EXPIRED)
    page = text(gap_view(shown([expired], lapsed={expired.skill.id: expired})))
    assert "Expired" in page


def test_only_a_claim_of_ones_own_can_be_taken_back():
    by_work = holding("give medicines", Standing.SELF_ASSERTED)
    claimed = holding("write reports", Standing.SELF_ASSERTED)
    page = text(gap_view(shown([by_work, claimed], can_act=True, said=frozenset({claimed.skill.id}))))
    assert page.count('"data-act": "unclaim"') == 1
    assert page.count('"data-act": "claim"') == 1


def test_whoever_has_no_wallet_here_is_offered_nothing_to_change():
    assert '"data-act"' not in text(gap_view(shown()))


def test_the_name_of_a_button_holds_the_skill():
    page = text(gap_view(shown(can_act=True)))
    assert "visually-hidden" in page
    assert page.count('"I have this"') == 3


def test_the_range_tells_what_is_proven_from_what_is_said():
    found = match(
        GRAPH,
        wallet(holding("give medicines"), holding("write reports", Standing.SELF_ASSERTED)),
        NURSE.code,
    )
    assert "verified" in range_words(found)
    assert "with what you claim" in range_words(found)
    assert range_words(found, verified_only=True) == "Only what is verified or confirmed is counted."


def test_published_words_are_marked_as_english_on_a_spanish_page():
    with use_locale("es"):
        assert '"lang": "en"' in text(gap_view(shown(role=DRIVER)))
    assert '"lang"' not in text(gap_view(shown(role=DRIVER)))


def test_the_sentence_of_a_wallet_counts_by_standing_and_names_what_is_lost():
    held = wallet(
        holding("a"), holding("b", Standing.CONFIRMED), holding("c", Standing.SELF_ASSERTED),
        holding("d", Standing.EXPIRED),
    )  # fmt: skip
    assert skills_sentence(held) == (
        "3 skills: 1 verified, 1 confirmed, 1 by your own word; 1 expired, which counts for nothing."
    )
    assert skills_sentence(wallet()) == "No skills in your wallet yet."


@pytest.mark.parametrize("standing", list(Standing))
def test_a_record_says_its_standing_in_words_and_can_be_led_to(standing):
    record = RecordView("r1", "credential", "Card", "School", "", standing, (skill("a"),))
    card = record_card(record)
    assert card.id == "record-r1"
    assert f"standing-{standing.value}" in text(card)


def test_a_record_of_very_many_skills_folds_most_of_them_away():
    skills = tuple(skill(f"skill {n}") for n in range(500))
    card = text(record_card(RecordView("r1", "employment", "Work", "", "", Standing.CONFIRMED, skills)))
    assert "488 more" in card


def test_projected_employment_is_shown_with_its_years_where_it_is_loaded():
    found = shown()
    page = text(gap_view(replace(found, career=replace(found.career, outlook=OUTLOOK))))
    assert "Projected in the United States" in page and "+4.9%" in page and "189,100 openings a year" in page
    assert "change in jobs from 2024 to 2034" in page and "Bachelor's degree" in page
    assert "Projected" not in text(gap_view(shown()))


def test_a_projection_that_leaves_a_figure_out_says_so():
    bare = replace(OUTLOOK, change_percent=NOT_PUBLISHED, openings=NOT_PUBLISHED, entry_education="")
    found = shown()
    page = text(gap_view(replace(found, career=replace(found.career, outlook=bare))))
    assert page.count("not published") == 2 and "typical to enter" not in page


@pytest.mark.parametrize(("value", "written"), [(4.94, "+4.9%"), (-2, "-2%"), (0, "+0%")])
def test_a_change_is_written_with_its_sign(value, written):
    assert write.change(Figure(value)) == written

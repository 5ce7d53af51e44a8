"""Labels as they read on a square."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import folding, labels
from data.folding import search_form
from data.labels import american, sentence_case


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("operate forklift", "Operate forklift"),
        ("use ICT systems", "Use ICT systems"),
        ("Vendor Identification", "Vendor identification"),
        ("write Spanish", "Write Spanish"),
        ("interact verbally in English", "Interact verbally in English"),
        ("tend CNC milling machine", "Tend CNC milling machine"),
        ("Java (computer programming)", "Java (computer programming)"),
        ("use PowerPoint", "Use PowerPoint"),
        ("Use Microsoft Excel Spreadsheets", "Use Microsoft Excel spreadsheets"),
        ("Access Method Creation with C++", "Access method creation with C++"),
        (
            "Structured Query Language (SQL) Scripts Creation",
            "Structured query language (SQL) scripts creation",
        ),
        ("eLearning software", "eLearning software"),
        ("assess\u00a0candidates ", "Assess candidates"),
        ("3D modelling", "3D modelling"),
        ("", ""),
    ],
)
def test_a_label_stands_in_sentence_case_with_its_names_kept(published, shown):
    assert sentence_case(published) == shown


def test_a_capital_in_a_label_that_is_not_title_case_stays():
    assert sentence_case("Oracle Warehouse Builder", title_case=False) == "Oracle Warehouse Builder"
    assert sentence_case("Work with a Team", title_case=True) == "Work with a team"


@given(st.text(max_size=60), st.sampled_from([None, True, False]))
def test_a_label_keeps_its_letters_and_settles_at_once(label, title_case):
    shown = sentence_case(label, title_case=title_case)
    assert shown.casefold() == " ".join(label.split()).casefold() or not label.isascii()
    assert sentence_case(shown, title_case=title_case).casefold() == shown.casefold()


@pytest.mark.parametrize(
    "published, shown",
    [
        ("Manoeuvre heavy trucks", "Maneuver heavy trucks"),
        ("Utilise machine learning", "Utilize machine learning"),
        ("Analyse sports programmes", "Analyze sports programs"),
        ("Organisational behaviour", "Organizational behavior"),
        ("Person-centred care", "Person-centered care"),
        ("Advise and supervise programmers", "Advise and supervise programmers"),
        ("Liaise with enterprises on exercises", "Liaise with enterprises on exercises"),
    ],
)
def test_a_square_is_spelled_the_american_way(published, shown):
    assert american(published) == shown
    assert american(shown) == shown


def test_search_forms_put_plurals_accents_and_case_aside():
    assert search_form("Forklifts") == search_form("forklift ") == " forklift "
    assert search_form("Pre-Writing Your Resumé") == " pre writing your resume "
    assert search_form("C++ and C#") == " c++ and c# "
    assert search_form("glass") == " glass "


@pytest.mark.parametrize("module", [labels, folding])
def test_examples_in_the_documentation_hold(module):
    assert doctest.testmod(module).failed == 0

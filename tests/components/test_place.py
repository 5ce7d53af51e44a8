"""Places: published names as they are, the nation in the reader's language."""

from __future__ import annotations

from components.place import heading, name
from i18n import use_locale
from tests.careers import NATION, SPOKANE
from tools.bootstrap import compile_translations


def test_figures_are_in_the_united_states_with_its_article():
    assert heading(NATION) == "In the United States"
    assert heading(SPOKANE) == f"In {SPOKANE.name}"
    assert name(SPOKANE) == SPOKANE.name


def test_the_nation_is_named_in_the_reader_s_language():
    compile_translations()
    with use_locale("es"):
        assert heading(NATION) == "En los Estados Unidos"
        assert name(NATION) == "Estados Unidos"

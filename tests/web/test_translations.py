"""Every string in every language."""

from __future__ import annotations

import re

import pytest

from i18n import gettext, ngettext, use_locale
from tools import strings

PLACE = re.compile(r"%\((\w+)\)[a-z]")


@pytest.mark.parametrize("language", strings.LANGUAGES)
def test_every_string_of_the_code_is_translated(language: str) -> None:
    assert strings.untranslated(language) == []


@pytest.mark.parametrize("language", strings.LANGUAGES)
def test_a_translation_fills_in_the_same_things(language: str) -> None:
    for message in strings.catalogue_of(language):
        if not message.id or not message.string:
            continue
        originals = message.id if isinstance(message.id, tuple | list) else (message.id,)
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        wanted = {name for original in originals for name in PLACE.findall(original)}
        for text in texts:
            found = set(PLACE.findall(text))
            assert found <= wanted, message.id
            if len(texts) == 1:
                assert found == wanted, message.id


def test_a_string_without_a_translation_stays_english() -> None:
    with use_locale("es"):
        assert gettext("nobody ever translated %(this)s", this="that") == "nobody ever translated that"
        assert ngettext("%(n)s zyx", "%(n)s zyxes", 2) == "2 zyxes"
        assert gettext("Sign in") == "Iniciar sesión"

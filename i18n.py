"""The words of the product in the reader's language, without knowing of the web.

A locale is set for the running context (``web`` does it for every request); everything
that writes words asks here. Catalogues are GNU gettext, compiled from ``translations/``
by ``make run`` and ``make test``. A string without a translation stays English.
"""

from __future__ import annotations

import gettext as gnu
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

TRANSLATIONS = Path(__file__).resolve().parent / "translations"
DEFAULT = "en"
LOCALES = {"en": "English", "es": "Español"}

_locale: ContextVar[str] = ContextVar("locale", default=DEFAULT)


def locale() -> str:
    """The two-letter code of the language being written in."""
    return _locale.get()


def set_locale(code: str) -> None:
    """Write in ``code`` for the rest of this context; an unknown code means English."""
    _locale.set(code if code in LOCALES else DEFAULT)


@contextmanager
def use_locale(code: str) -> Iterator[None]:
    """Write in ``code`` inside the block only."""
    token = _locale.set(code if code in LOCALES else DEFAULT)
    try:
        yield
    finally:
        _locale.reset(token)


def gettext(message: str, /, **variables: object) -> str:
    """The message in the reader's language.

    Parameters
    ----------
    message : str
        English text, as it stands in the code; ``%(name)s`` where a variable goes.
    **variables
        Values of the placeholders. Without any, ``%`` needs no doubling.
    """
    text = _catalogue(_locale.get()).gettext(message) if message else ""
    return text % variables if variables else text


def ngettext(singular: str, plural: str, n: int, /, **variables: object) -> str:
    """The message for a count; ``%(n)s`` in it is the count unless given otherwise."""
    return plural_form(singular, plural, n) % {"n": n, **variables}


def plural_form(singular: str, plural: str, n: int) -> str:
    """The form of a message that goes with a count, its placeholders still in it."""
    return _catalogue(_locale.get()).ngettext(singular, plural, n)


@cache
def _catalogue(code: str) -> gnu.NullTranslations:
    if code == DEFAULT:
        return gnu.NullTranslations()
    return gnu.translation("messages", TRANSLATIONS, [code], fallback=True)

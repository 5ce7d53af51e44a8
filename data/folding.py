"""What search compares: text without case, accents, punctuation and plurals."""

from __future__ import annotations

import re
import unicodedata

_PUNCTUATION = re.compile(r"[^\w+#]+")


def fold(text: str) -> str:
    """Lower case, accents off, punctuation to single spaces; ``+`` and ``#`` stay (C++, C#).

    Examples
    --------
    >>> fold("Pre-Writing Your Resumé")
    'pre writing your resume'
    """
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(_PUNCTUATION.sub(" ", plain).split())


def singular(word: str) -> str:
    """A folded word without its plural ``s``, roughly: good enough to find one by the other."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def search_form(text: str) -> str:
    """Folded words without plurals, a space around each, so that whole words can be looked for."""
    return f" {' '.join(singular(word) for word in fold(text).split())} "

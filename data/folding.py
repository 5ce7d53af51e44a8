"""What search compares: text without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata


def fold(text: str) -> str:
    """Lower case, accents off, punctuation to single spaces; ``+`` and ``#`` stay (C++, C#).

    Examples
    --------
    >>> fold("Pre-Writing Your Resumé")
    'pre writing your resume'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(re.sub(r"[^\w+#]+", " ", plain).split())

"""A level that words state: "advanced level", "level 2 of 4", "fluent", "B2 level".

Only what is said of a level counts: basic life support is a course, not a beginner's.
"""

from __future__ import annotations

import re

import words

_LEVELS = {
    0.25: "beginner basic elementary basico basica basicos principiante elemental",
    0.5: "intermediate conversational intermedio intermedia conversacional",
    0.75: "advanced proficient avanzado avanzada avanzados",
    1.0: "expert native bilingual master experto experta nativo nativa bilingue",
}
_LEVEL_OF = {word: level for level, said in _LEVELS.items() for word in said.split()}
_WORD = "|".join(_LEVEL_OF)
_KINDS = "levels?|knowledge|proficiency|command|skills?|user|speaker|nivel|conocimientos?|dominio|usuari[oa]"
_CEFR = {f"{letter}{step}": (2 * at + step) / 6 for at, letter in enumerate("abc") for step in (1, 2)}
_BEFORE = re.compile(rf"\b(?P<word>{_WORD})(?:[- ](?:{_KINDS}))\b")
_AFTER = re.compile(rf"\b(?:{_KINDS})(?: de usuario)?[: ]+(?P<word>{_WORD})\b")
_ASIDE = re.compile(rf"[(,:–—-]\s*(?P<word>{_WORD})\s*(?:[).;]|$)")
_FLUENT = re.compile(r"\b(?:fluent(?:ly)? in|fluent speaker|native speaker|con fluidez|hablante nativ[oa])\b")
_STEPS = re.compile(r"\b(?:level|nivel)[: ]+(?P<step>\d)\s*(?:of|de|/)\s*(?P<steps>\d)\b")
_FRAMEWORK = re.compile(r"\b(?:(?:level|nivel|cefr|mcer)[: ]+([abc][12])|([abc][12]) (?:level|cefr|mcer))\b")


def stated_level(text: str) -> float | None:
    """Return the level that a piece of text states, 0-1; ``None`` where it states none.

    >>> stated_level("Spanish (advanced)"), stated_level("level 2 of 4"), stated_level("nivel B2")
    (0.75, 0.5, 0.667)
    >>> stated_level("basic life support") is None
    True
    """
    said = words.folded(text[:2000])
    steps = _STEPS.search(said)
    if steps and 0 < int(steps["step"]) <= int(steps["steps"]):
        return round(int(steps["step"]) / int(steps["steps"]), 3)
    framework = _FRAMEWORK.search(said)
    if framework:
        return round(_CEFR[framework[1] or framework[2]], 3)
    for pattern in (_BEFORE, _AFTER, _ASIDE):
        found = pattern.search(said)
        if found:
            return _LEVEL_OF[found["word"]]
    return 0.9 if _FLUENT.search(said) else None

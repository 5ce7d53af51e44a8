"""Skills that achievements name themselves: alignments with an address. No text is interpreted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wallet.document import Achievement


@dataclass(frozen=True, slots=True)
class AlignedSkill:
    """A published statement that an achievement names by its address.

    Attributes
    ----------
    framework : str
        The vocabulary, as the document has it; may be empty.
    level : float or None
        0-1, where a result says how far it was reached.
    """

    name: str
    uri: str
    framework: str = ""
    level: float | None = None


def aligned_skills(achievements: Iterable[Achievement]) -> tuple[AlignedSkill, ...]:
    """Return the skills of some achievements, each address once, in the order of the document."""
    found: dict[str, AlignedSkill] = {}
    for achievement in achievements:
        for alignment in achievement.alignments:
            if alignment.uri:
                skill = AlignedSkill(alignment.name, alignment.uri, alignment.framework, alignment.level)
                if skill.level is not None or skill.uri not in found:
                    found[skill.uri] = skill
    return tuple(found.values())

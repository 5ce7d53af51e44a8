"""A wish about a skill, as a page's button sends it, and how it is granted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.exceptions import BadRequest

VERBS = ("claim", "unclaim", "hide", "show")
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants done, and the URI of the skill they mean."""

    verb: str
    skill: str


def read_wish(sent: Any, verbs: Sequence[str] = VERBS) -> Wish:
    """Read what the browser sent; ``BadRequest`` when no button of ours could have sent it."""
    if not isinstance(sent, dict):
        raise BadRequest
    verb, skill = sent.get("act"), sent.get("on")
    if not isinstance(verb, str) or verb not in verbs:
        raise BadRequest
    if not isinstance(skill, str) or not 0 < len(skill) <= LONGEST or not skill.isprintable():
        raise BadRequest
    return Wish(verb, skill)


def grant(wallet: Any, wish: Wish) -> None:
    """Do it in the person's own wallet; their service asks permission."""
    verbs = {
        "claim": wallet.claim,
        "unclaim": wallet.unclaim,
        "hide": wallet.hide,
        "show": wallet.show,
    }
    verbs[wish.verb](wish.skill)

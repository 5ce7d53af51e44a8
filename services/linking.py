"""Skills read out of words: proposed, never decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from accounts.errors import marked as _
from services.errors import RolesAway
from wallet.link import Linked, Linker
from wallet.link_index import IndexAway
from wallet.proposal import Proposal, ProposalSource
from wallet.stated_level import stated_level

FLOOR = 0.4
"""With at most three of a sentence, nearly three proposals in four are right (docs/linking.md)."""
SHORT = 6
"""Words of a sentence that says one thing."""
MOST_SENTENCES = 20
MOST_OF_A_SENTENCE = 3
MOST_PROPOSALS = 20
LONGEST_WORDS = 200
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|[\n\r•]+")


class Linking:
    """The linker of one build of the labour-market database."""

    def __init__(self, linker: Linker, build_id: str = "") -> None:
        self._linker = linker
        self.build_id = build_id

    @classmethod
    def open(cls, parent: Path, build_id: str) -> Linking | None:
        """The linker over a build's index; ``None`` where that build has none that can be read."""
        try:
            return cls(Linker.open(parent / build_id), build_id)
        except IndexAway:
            return None

    def link(self, text: str, limit: int = 10) -> tuple[Linked, ...]:
        """Skills that a text speaks of, best first, likely or not."""
        return self._linker.link(text, limit)

    def propose(self, title: str, description: str = "") -> tuple[Proposal, ...]:
        """Skills that a record's title and the sentences of its description probably speak of.

        What its criteria, tags and duties say may stand in the description, one a line.
        """
        best: dict[str, Linked] = {}
        stated: dict[str, float | None] = {}
        for sentence in _sentences(title, description):
            for linked in self._linker.link(sentence, MOST_OF_A_SENTENCE, floor=FLOOR):
                if linked.uri not in best or best[linked.uri].score < linked.score:
                    best[linked.uri] = linked
                    # "Photoshop (advanced)": the name alone is what was found, the level stands beside it.
                    short = len(sentence.split()) <= SHORT
                    stated[linked.uri] = stated_level(sentence if short else linked.words)
        found = sorted(best.values(), key=lambda linked: (-linked.score, linked.skill))
        return tuple(
            Proposal(
                linked.uri,
                linked.skill,
                ProposalSource.TEXT,
                linked.score,
                linked.words[:LONGEST_WORDS],
                level=stated[linked.uri],
            )
            for linked in found[:MOST_PROPOSALS]
        )


def links(linking: Linking | None, text: str, limit: int) -> tuple[Linked, ...]:
    """What a text speaks of; `RolesAway` while there is no index to ask."""
    if linking is None:
        raise RolesAway(
            _("Roles and wages are being renewed and cannot be shown just now. Try again in a few minutes.")
        )
    return linking.link(text, limit)


def _sentences(title: str, description: str) -> Iterator[str]:
    yield title
    told = [each.strip() for each in _SENTENCE.split(description[:20_000])]
    yield from [each for each in told if each][:MOST_SENTENCES]

"""A pasted job description taken apart into required and preferred skills, for a person to edit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model import Wanted
from services.fair_words import concerns
from services.linking import Linking
from wallet.stated_level import stated_level
from words import folded

FLOOR = 0.55
MOST_SENTENCES = 60
MOST_OF_A_SENTENCE = 2
MOST = 40
LONGEST_SENTENCE = 400
LONGEST_HEADING = 60

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|[\n\r•▪·*]+")
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,500}>", re.IGNORECASE)
_PREFERRED = re.compile(
    r"\b(?:preferred|prefer|nice to have|a plus|bonus|desir(?:ed|able)|ideal(?:ly)?|an? asset"
    r"|would be an advantage"
    r"|deseables?|preferibles?|preferiblemente|se valora(?:ra)?|valorable|un plus|opcional(?:es)?|ventaja)\b"
)
_REQUIRED = re.compile(
    r"\b(?:required|requirements?|must|minimum|need(?:ed)?|essential|necessary|what you (?:bring|will need)"
    r"|qualifications|duties|responsibilities|what you will do|requisitos?|requerid[oa]s?|indispensables?"
    r"|imprescindibles?|obligatori[oa]s?|funciones|responsabilidades|tareas)\b"
)
_MUST = re.compile(
    r"\b(?:must(?:[- ]have)?|required|mandatory|essential|indispensables?|imprescindibles?"
    r"|obligatori[oa]s?)\b"
)
# A heading without a colon.
_HEADING = re.compile(
    r"(?:(?:the|your|our|key|job|main|minimum|basic|required|preferred|desired|essential|additional) )*"
    r"(?:requirements?|qualifications?|skills|duties|responsibilities|benefits|perks|compensation|about us"
    r"|who we are"
    r"|what we offer|what you(?: will)? (?:bring|need|do)|nice to haves?|must haves?"
    r"|requisitos?|funciones|responsabilidades|tareas|beneficios|prestaciones|ofrecemos|sobre nosotros"
    r"|deseables?)"
    r"(?: (?:required|preferred|desired|indispensables?|imprescindibles?|deseables?|minimos))?"
)
# What an employer offers or says of itself asks for nothing.
_ASIDE = re.compile(
    r"\b(?:benefits|we offer|what we offer|perks|about us|about the company|who we are|our company"
    r"|compensation"
    r"|salary|pay|how to apply|equal opportunity|beneficios|ofrecemos|que ofrecemos|sobre nosotros"
    r"|quienes somos"
    r"|salario|sueldo|como aplicar|prestaciones)\b"
)


def deconstruct(linking: Linking, text: str) -> tuple[Wanted, ...]:
    """Read the skills that a job description asks for.

    Parameters
    ----------
    linking : Linking
    text : str
        As it was pasted; tags are left out, and what stands in a script is not read.

    Returns
    -------
    tuple of Wanted
        Required ones first, each with the sentence it was read out of. Sentences that may be unlawful
        ask for no skill.
    """
    best: dict[str, tuple[float, Wanted]] = {}
    for sentence, preferred, must in _asking(text):
        for linked in linking.link(sentence, MOST_OF_A_SENTENCE):
            if linked.score < FLOOR or best.get(linked.uri, (0.0, None))[0] >= linked.score:
                continue
            wanted = Wanted(
                uri=linked.uri,
                label=linked.skill,
                level=stated_level(sentence) if len(sentence.split()) <= 12 else None,
                must=must and not preferred,
                preferred=preferred,
                importance=round(min(1.0, max(0.1, linked.score)), 3),
                words=sentence[:LONGEST_SENTENCE],
            )
            best[linked.uri] = (linked.score, wanted)
    found = sorted(best.values(), key=lambda one: (one[1].preferred, not one[1].must, -one[0], one[1].label))
    return tuple(wanted for _score, wanted in found[:MOST])


def readable(text: str) -> str:
    """The words of a text that was pasted with its tags."""
    return _TAG.sub("\n", _HIDDEN.sub("\n", text))


def _asking(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Each sentence that may ask for a skill, whether it only prefers it, and whether it must be had."""
    section_preferred = section_must = aside = False
    count = 0
    for piece in _SENTENCE.split(readable(text)):
        sentence = " ".join(piece.split()).strip(" -–—\t")
        if not sentence:
            continue
        said = folded(sentence)
        if _heading(sentence):
            aside = bool(_ASIDE.search(said))
            section_preferred = bool(_PREFERRED.search(said))
            section_must = not section_preferred and bool(_MUST.search(said))
            if not aside and not section_preferred and not _REQUIRED.search(said):
                section_must = False
            continue
        if aside or concerns(sentence):
            continue
        count += 1
        if count > MOST_SENTENCES:
            return
        preferred = bool(_PREFERRED.search(said)) or (section_preferred and not _MUST.search(said))
        yield sentence[:LONGEST_SENTENCE], preferred, section_must or bool(_MUST.search(said))


def _heading(sentence: str) -> bool:
    if len(sentence) > LONGEST_HEADING:
        return False
    return sentence.endswith(":") or bool(_HEADING.fullmatch(folded(sentence).strip()))

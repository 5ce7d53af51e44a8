"""A document of learning, as it was handed in: nouns that parsing gives and verifying takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Form(StrEnum):
    """What a document is."""

    OPEN_BADGE_3 = "open_badge_3"
    CLR_2 = "clr_2"
    CREDENTIAL = "credential"
    PRESENTATION = "presentation"
    OPEN_BADGE_2 = "open_badge_2"
    JSON_RESUME = "json_resume"
    BUNDLE = "bundle"


class Packing(StrEnum):
    """What a document came in."""

    PLAIN = "plain"
    PNG = "png"
    SVG = "svg"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who a document says stands behind it; whether that is so, verifying says."""

    id: str = ""
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A published statement that an achievement says it meets.

    Attributes
    ----------
    uri : str
        The statement's own address; empty when only a code is given.
    framework : str
        The name of the vocabulary, as the document has it.
    level : float or None
        0-1, where a result says how far it was reached.
    """

    name: str
    uri: str = ""
    framework: str = ""
    code: str = ""
    description: str = ""
    kind: str = ""
    level: float | None = None


@dataclass(frozen=True, slots=True)
class Achievement:
    """One entry for a wallet.

    Attributes
    ----------
    kind : str
        The record kind it is closest to: ``credential``, ``employment``, ``education``,
        ``licence``, ``volunteer``.
    achievement_type : str
        As the document has it, such as ``BachelorDegree``; may be empty.
    issued_on, started_on, ended_on, expires_on : date or None
        ``expires_on`` is the last day it is valid.
    subject : str
        Name or address of whom it is about, as the document has it.
    """

    title: str
    issuer: Issuer = field(default_factory=Issuer)
    description: str = ""
    criteria: str = ""
    id: str = ""
    kind: str = "credential"
    achievement_type: str = ""
    issued_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
    expires_on: date | None = None
    alignments: tuple[Alignment, ...] = ()
    tags: tuple[str, ...] = ()
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that could be read.

    Attributes
    ----------
    form : Form
    content : bytes
        The original, byte for byte.
    value : dict
        What it says as JSON, with what a signed token says put in its place.
    token : str
        The compact JWS that secures it; empty when it is secured otherwise or not at all.
    achievements : tuple of Achievement
        Those it says itself; those of ``parts`` are there.
    parts : tuple of Document
        Credentials inside it, each with a proof or issuer of its own.
    packing : Packing
    name : str
        Its name inside what it came in.
    """

    form: Form
    content: bytes
    value: dict[str, Any] = field(default_factory=dict)
    token: str = ""
    achievements: tuple[Achievement, ...] = ()
    parts: tuple[Document, ...] = ()
    packing: Packing = Packing.PLAIN
    name: str = ""

    def all_achievements(self) -> tuple[Achievement, ...]:
        """Return its own achievements and those of its parts."""
        return self.achievements + tuple(one for part in self.parts for one in part.all_achievements())

"""JSON Resume 1.0 (https://jsonresume.org/schema): what a person says of themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wallet.document import Achievement, Document, Form, Issuer
from wallet.moments import day
from wallet.parse.values import line, objects, several, text

SECTIONS = ("work", "volunteer", "education", "awards", "certificates", "publications", "skills", "projects")
MOST_ENTRIES = 200


def is_one(value: dict[str, Any]) -> bool:
    """Whether a JSON object is meant as a résumé."""
    return (
        isinstance(value.get("basics"), dict)
        or sum(isinstance(value.get(name), list) for name in SECTIONS) >= 2
        or "jsonresume" in line(value.get("$schema"))
    )


def parse(value: dict[str, Any], content: bytes) -> Document:
    """Return the document of a résumé; each job, course and certificate is an entry."""
    return Document(Form.JSON_RESUME, content, value, achievements=tuple(_entries(value)))


def _entries(value: dict[str, Any]) -> Iterator[Achievement]:
    basics = value.get("basics")
    who = line(basics.get("name")) if isinstance(basics, dict) else ""
    for kind, one in _each(value, ("work", "employment"), ("volunteer", "volunteer")):
        yield Achievement(
            title=line(one.get("position")) or line(one.get("name")) or line(one.get("organization")),
            issuer=Issuer(
                name=line(one.get("name")) or line(one.get("organization")), url=line(one.get("url"))
            ),
            description="\n".join(
                filter(None, [text(one.get("summary")), *map(text, several(one.get("highlights")))])
            ),
            kind=kind,
            started_on=_day(one.get("startDate")),
            ended_on=_day(one.get("endDate")),
            subject=who,
        )
    for kind, one in _each(value, ("education", "education")):
        area, level = line(one.get("area")), line(one.get("studyType"))
        yield Achievement(
            title=", ".join(filter(None, (level, area))) or line(one.get("institution")),
            issuer=Issuer(name=line(one.get("institution")), url=line(one.get("url"))),
            description="\n".join(filter(None, map(text, several(one.get("courses"))))),
            kind=kind,
            started_on=_day(one.get("startDate")),
            ended_on=_day(one.get("endDate")),
            subject=who,
        )
    for kind, one in _each(value, ("projects", "gig")):
        yield Achievement(
            title=line(one.get("name")),
            issuer=Issuer(name=line(one.get("entity")), url=line(one.get("url"))),
            description="\n".join(
                filter(None, [text(one.get("description")), *_lines(one, "highlights", "keywords")])
            ),
            kind=kind,
            started_on=_day(one.get("startDate")),
            ended_on=_day(one.get("endDate")),
            subject=who,
        )
    said = list(filter(None, _said(value)))
    if said:
        yield Achievement(title="Skills", description="\n".join(said), kind="credential", subject=who)
    for kind, one in _each(value, ("certificates", "credential"), ("awards", "credential")):
        yield Achievement(
            title=line(one.get("name")) or line(one.get("title")),
            issuer=Issuer(name=line(one.get("issuer")) or line(one.get("awarder")), url=line(one.get("url"))),
            description=text(one.get("summary")),
            kind=kind,
            issued_on=_day(one.get("date")),
            subject=who,
        )


def _said(value: dict[str, Any]) -> Iterator[str]:
    """Skills and languages that it lists, each on a line with its level."""
    for one in objects(value.get("skills"))[:MOST_ENTRIES]:
        name, level = line(one.get("name")), line(one.get("level"))
        yield f"{name} ({level})" if name and level else name
        yield from _lines(one, "keywords")
    for one in objects(value.get("languages"))[:MOST_ENTRIES]:
        name, level = line(one.get("language")), line(one.get("fluency"))
        yield f"{name} ({level})" if name and level else name


def _lines(value: dict[str, Any], *names: str) -> Iterator[str]:
    for name in names:
        yield from filter(None, map(line, several(value.get(name))))


def _each(value: dict[str, Any], *sections: tuple[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, kind in sections:
        for one in objects(value.get(name))[:MOST_ENTRIES]:
            yield kind, one


def _day(value: Any) -> Any:
    """A day of which the month, or the month and day, may be left out."""
    text_of = line(value)
    return day({4: f"{text_of}-01-01", 7: f"{text_of}-01"}.get(len(text_of), text_of))

"""A record read against a posting, with whatever says whose it is left out until the person is moved forward.

What is concealed is never in a `Reading`: pages, files and the API draw from it and cannot show what is not
there. Titles, issuers, dates and descriptions of records are left out whole, since any of them may name a
school, an employer or an age; skills come by their published names alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from accounts.applications import Application
from accounts.consent import Scope
from graph.build import SkillRoleGraph
from graph.model import Match, Posting, RecordView, Skill, Square, SquareState, Standing, Wallet
from graph.posting import reading as match_with

CREDENTIALS = frozenset({"credential", "licence"})
CONCEALED = "…"


@dataclass(frozen=True, slots=True)
class ReadSquare:
    """A wanted skill against the record.

    Attributes
    ----------
    square : Square
        What covers it carries no evidence: that is in ``proofs``, as numbers of `Proof`.
    must, preferred : bool
        As the posting says.
    """

    square: Square
    must: bool
    preferred: bool
    proofs: tuple[int, ...] = ()

    @property
    def claimed(self) -> bool:
        """Whether nobody but the person stands by it."""
        return bool(self.square.by) and not self.square.by[0].standing.proven


@dataclass(frozen=True, slots=True)
class Proof:
    """A record behind a reading.

    Attributes
    ----------
    number : int
        Counted within the reading, from 1.
    credential : bool
        A credential or licence; otherwise work, learning or service.
    signed : bool
        Whether there is a signed document that was checked.
    skills : tuple of str
        Published names of those of its skills that are sent.
    record : RecordView or None
        All of it, once the person was moved forward.
    """

    number: int
    credential: bool
    standing: Standing
    signed: bool
    skills: tuple[str, ...]
    record: RecordView | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What an employer and the person themself see of an application.

    Attributes
    ----------
    label : str
        Such as ``A7K2``.
    match : Match
        Without squares; ``squares`` are below.
    more : tuple of (str, Standing)
        Skills that are sent and cover nothing that is asked for.
    answer : str
        What the person says to it.
    moved_at : datetime or None
        When they were moved forward; ``name``, ``email`` and ``area`` are empty before, and afterwards where
        they were not sent.
    """

    id: str
    label: str
    posting_id: str
    match: Match
    squares: tuple[ReadSquare, ...]
    more: tuple[tuple[str, Standing], ...] = ()
    proofs: tuple[Proof, ...] = ()
    answer: str = ""
    moved_at: datetime | None = None
    until: date | None = None
    name: str = ""
    email: str = ""
    area: str = ""

    def count(self, state: SquareState, *, must: bool = False, preferred: bool | None = None) -> int:
        """How many squares are in a state, of must-haves or of preferred ones alone where asked for."""
        return sum(
            one.square.state is state
            and (one.must or not must)
            and (preferred is None or one.preferred is preferred)
            for one in self.squares
        )

    @property
    def proven(self) -> int:
        """How many squares are matched by what somebody other than the person stands by."""
        return sum(one.square.state is SquareState.MATCHED and not one.claimed for one in self.squares)

    @property
    def musts(self) -> int:
        """How many of the posting's skills are must-haves."""
        return sum(one.must for one in self.squares)


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose record it is, and what of the account they send."""

    name: str = ""
    email: str = ""
    area: str = ""


def read(
    posting: Posting,
    posted: SkillRoleGraph,
    wallet: Wallet,
    records: Iterable[RecordView],
    scope: Scope,
    published: Mapping[str, Skill],
    holder: Holder,
    application: Application | None = None,
    *,
    revealed: bool = False,
) -> Reading:
    """Read what a scope covers of a record against a posting.

    Parameters
    ----------
    posting : Posting
    posted : SkillRoleGraph
        Of the posting (``graph.posting.posting_graph``).
    wallet, records
        All of the person's; what the scope does not cover is left out.
    scope : Scope
    published : mapping of str to Skill
        The wallet's skills that are in the vocabularies, by address: others are named by whoever wrote the
        record, and come only when nothing is concealed.
    holder : Holder
    application : Application, optional
        Absent where somebody only looks at what would be seen.
    revealed : bool
        Whether the person was moved forward.
    """
    sent = tuple(one for one in records if scope.sees_record(one.id) and not one.set_aside)
    numbers = {one.id: number for number, one in enumerate(sent, 1)}
    held = tuple(
        replace(one, skill=published.get(one.skill.uri, one.skill))
        for one in wallet.holdings
        if one.standing.counts
        and scope.sees_skill(one.skill.uri)
        and (revealed or one.skill.uri in published)
    )
    match = match_with(posted, Wallet("", held))
    wanted = {one.uri: one for one in posting.wanted}
    used = {by.skill.uri for square in match.squares for by in square.by[:1]}
    squares = tuple(
        ReadSquare(
            square=replace(square, by=tuple(replace(by, evidence=()) for by in square.by[:1])),
            must=wanted[square.requirement.skill.uri].must,
            preferred=wanted[square.requirement.skill.uri].preferred,
            proofs=tuple(
                sorted(
                    {
                        numbers[proof.record_id]
                        for by in square.by[:1]
                        for proof in by.evidence
                        if proof.record_id in numbers
                    }
                )
            ),
        )
        for square in match.squares
    )
    names = {one.skill.uri: one.skill.name for one in held}
    return Reading(
        id=application.id if application else "",
        label=application.label if application else "",
        posting_id=posting.id,
        match=replace(match, squares=()),
        squares=tuple(sorted(squares, key=lambda one: (one.preferred, not one.must))),
        more=tuple((one.skill.name, one.standing) for one in held if one.skill.uri not in used),
        proofs=tuple(
            Proof(
                number=numbers[one.id],
                credential=one.kind in CREDENTIALS,
                standing=one.standing,
                signed=bool(one.verdict),
                skills=tuple(names[skill.uri] for skill in one.skills if skill.uri in names),
                record=one if revealed else None,
            )
            for one in sent
        ),
        answer=application.answer if application else "",
        moved_at=application.moved_at if application else None,
        until=_last_day(application),
        name=holder.name if revealed and "name" in scope.fields else "",
        email=holder.email if revealed and "email" in scope.fields else "",
        area=holder.area if revealed and "area" in scope.fields else "",
    )


def _last_day(application: Application | None) -> date | None:
    ends = application.consent.ends_at if application else None
    return None if ends is None else (ends - timedelta(days=1)).date()


# Free text: what gives somebody away in it.

_GIVEAWAYS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an e-mail address
    r"|(?:https?://|www\.)\S+|(?<!\w)@\w{2,}"  # an address in the web, a name there
    r"|(?<!\w)(?:\+?\d[\s().-]{0,2}){7,15}(?!\w)"  # a telephone number
    r"|(?<![\w-])(?=[\w-]*\d{4})(?=[\w-]*[a-z])[\w-]{5,}(?![\w-])"  # a number of a licence
    r"|(?<!\d)(?:19|20)\d{2}(?!\d)|(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)"  # a year, a day
    r"|(?<!\w)\d{1,3}[ -](?:years?[ -]old|anos de edad)|(?:aged?|edad(?: de)?|tengo|i am|i'm) \d{2}(?!\d)"
    r"|(?<!\w)\d{1,6} (?:[\w.'’-]+ ){1,4}(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|court|ct"
    r"|boulevard|blvd"
    r"|way|place|pl|circle|highway|hwy|calle|avenida)(?!\w)|(?<!\d)\d{5}(?:-\d{4})?(?!\d)"  # where they live
)
# Words of the names of many schools and employers: they give nobody away.
_NAMING = """
academy agency association board bureau business care center centre certificate certified city
clinic club college commission community company corporation council county department district
division education employment foundation general group health high hospital hotel incorporated
industries institute international learning limited management market national office online
organization public regional restaurant safety school schools service services society solutions
state store supply systems technical technology trade training union united university valley
washington work works workforce colegio centro empresa escuela instituto universidad
"""
_ORDINARY = frozenset(_NAMING.split())
_PARTICLES = frozenset(["de", "del", "la", "las", "los", "el", "y", "and", "the", "of", "van", "von", "der"])


def giveaways(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """What in a text says whose it is: names that are known, and addresses, numbers, years and ages.

    Parameters
    ----------
    text : str
    known : iterable of str
        Names of the person, of schools and employers, titles of records, numbers.

    Returns
    -------
    tuple of str
        As they stand in the text, in its order, each once.

    Examples
    --------
    >>> giveaways("I worked at Company A until 2023, call 509-555-0100. Pérez", ["Company A", "Rosa Perez"])
    ('Company A', '2023', '509-555-0100', 'Pérez')
    """
    folded = _folded(text)
    spans = [found.span() for found in _GIVEAWAYS.finditer(folded)]
    for word in _names(known):
        spans += [found.span() for found in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", folded)]
    whole: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if whole and first < whole[-1][1]:
            whole[-1] = (whole[-1][0], max(last, whole[-1][1]))
        else:
            whole.append((first, last))
    return tuple(dict.fromkeys(text[first:last].strip() for first, last in whole))


def conceal(text: str, known: Iterable[str]) -> str:
    """The text without what says whose it is."""
    for words in sorted(giveaways(text, known), key=len, reverse=True):
        text = text.replace(words, CONCEALED)
    return text


def known_of(name: str, email: str, records: Iterable[RecordView]) -> tuple[str, ...]:
    """What is known to say who somebody is: their names and address, and what names their records."""
    parts = [part for part in re.split(r"[\s,.'’-]+", name) if len(part) > 1]
    told = [name, email, email.partition("@")[0], *(p for p in parts if _folded(p) not in _PARTICLES)]
    for record in records:
        told += [record.issuer, record.sender, record.title]
        for name in (record.issuer, record.sender):
            told += [
                word
                for word in re.findall(r"[\w'’-]{4,}", name)
                if _folded(word) not in _ORDINARY and not word.isdigit()
            ]
    return tuple(dict.fromkeys(one for one in told if len(one.strip()) > 1))


def _names(known: Iterable[str]) -> list[str]:
    return sorted({folded for one in known if len(folded := _folded(one).strip()) > 1}, key=len, reverse=True)


def _folded(text: str) -> str:
    """Small letters without accents, as many characters as before, so that places stay."""
    return "".join(
        bare if len(bare := unicodedata.normalize("NFKD", one)[0].lower()) == 1 else one for one in text
    )

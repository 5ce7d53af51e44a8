"""Roles that employers want to fill: made, edited, published, closed, and seen by who may apply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

import structlog

from accounts.actor import Actor
from accounts.applications import ApplicationStore
from accounts.consents import ConsentStore
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from accounts.postings import NewPosting, PostingStore
from graph.build import SkillRoleGraph
from graph.model import Area, Posting, Requirement, Skill, Wanted
from services.deconstruct import deconstruct
from services.errors import RolesAway
from services.fair_words import Concern, concerns
from services.linking import Linking
from services.reports import plain
from services.roles import role_not_found
from words import seen

LONGEST_TITLE = 120
LONGEST_TEXT = 20_000
LONGEST_TERM = timedelta(days=366)
MOST_POSTINGS = 200
MOST_WANTED = 60
MOST_FROM_A_ROLE = 25
MOST_WAGE = 10_000_000
PER = ("hour", "year")
LEVELS = (0.25, 0.5, 0.75, 1.0)

log = structlog.get_logger()


class PostingRefused(PersonError):  # noqa: N818 - named as it is shown
    """A posting that cannot be kept or published as it is; the message says what to change."""

    status = 422


class TooManyPostings(PersonError):  # noqa: N818 - named as it is shown
    """More postings than an employer keeps an eye on."""

    status = 409


class NoSuchPosting(PersonError):  # noqa: N818 - named as it is shown
    """There is no such posting, or it is somebody else's: which of the two is not said."""

    status = 404


class PostingBook(Protocol):
    """What is needed of the labour-market store."""

    def skills(self, ids: Iterable[str]) -> Mapping[str, Skill]: ...
    def area(self, code: str) -> Area | None: ...
    def search_skills(self, text: str, limit: int = 20) -> tuple[Skill, ...]: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A wanted skill as an employer's form says it; ``uri`` is an address or id of a published skill."""

    uri: str
    level: float | None = None
    must: bool = False
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What an employer says of a role beside its skills."""

    title: str
    last_day: date
    description: str = ""
    area_code: str = ""
    wage_low: float | None = None
    wage_high: float | None = None
    wage_per: str = "hour"


class PostingService:
    """The verbs about postings, each asking permission first.

    Parameters
    ----------
    postings : PostingStore
    applications : ApplicationStore
    consents : ConsentStore
    graph, labor : callable
        Give the skill-role graph and the labour-market store, or raise `RolesAway`.
    linker : callable
        Gives what reads skills out of words, or ``None`` while it is away.
    now : callable
    """

    def __init__(
        self,
        postings: PostingStore,
        applications: ApplicationStore,
        consents: ConsentStore,
        graph: Callable[[], SkillRoleGraph],
        labor: Callable[[], PostingBook],
        linker: Callable[[], Linking | None],
        now: Callable[[], datetime],
    ) -> None:
        self._postings = postings
        self._applications = applications
        self._consents = consents
        self._graph = graph
        self._labor = labor
        self._linker = linker
        self._now = now

    def today(self) -> date:
        """The day by which postings are open or not."""
        return self._now().date()

    def mine(self, actor: Actor) -> tuple[tuple[Posting, int], ...]:
        """Return the employer's postings, the newest first, each with how many applications it has."""
        require(actor, Action.POSTINGS_CHANGE)
        return tuple(
            (one, len(self._applications.to(one.id))) for one in self._postings.of(str(actor.person_id))
        )

    def own(self, actor: Actor, posting_id: str) -> Posting:
        """Return one of the employer's postings.

        Raises
        ------
        NoSuchPosting
        """
        require(actor, Action.POSTINGS_CHANGE)
        found = self._postings.get(posting_id) if len(posting_id) <= 32 else None
        if found is None or found.owner_id != actor.person_id:
            if found is not None:
                log.warning("asked for somebody else's", kind="posting")
            raise NoSuchPosting(_("There is no such posting."))
        return found

    def open(self, actor: Actor) -> tuple[Posting, ...]:
        """Return what can be applied to now, the newest first."""
        require(actor, Action.POSTINGS_READ)
        return self._postings.open_on(self.today(), demo=actor.demo)

    def seen(self, actor: Actor, posting_id: str) -> Posting:
        """Return a posting that is open, that is the actor's own, or that they applied to.

        Raises
        ------
        NoSuchPosting
        """
        require(actor, Action.POSTINGS_READ)
        found = self._postings.get(posting_id) if len(posting_id) <= 32 else None
        if found is None or found.published_at is None or found.demo is not actor.demo:
            if found is not None:
                log.warning("asked for somebody else's", kind="posting")
            raise NoSuchPosting(_("There is no such posting."))
        applied = any(one.posting_id == posting_id for one in self._applications.of(str(actor.person_id)))
        if found.state_on(self.today()) != "open" and not applied and found.owner_id != actor.person_id:
            raise NoSuchPosting(_("There is no such posting."))
        return found

    def from_role(self, actor: Actor, code: str) -> Posting:
        """Make a draft that asks for what a role requires most.

        Raises
        ------
        RoleNotFound, TooManyPostings, RolesAway
        """
        self._may_add(actor)
        graph = self._graph()
        if code not in graph:
            raise role_not_found(code)
        role = graph.role(code)
        required = graph.requirements[graph.span(graph.role_index[code])]
        weights = graph.weights.data[graph.span(graph.role_index[code])]
        ranked = sorted(zip(weights.tolist(), required, strict=True), key=lambda one: -one[0])
        heaviest = ranked[0][0] if ranked else 1.0
        wanted: dict[str, Wanted] = {}
        for weight, one in ranked:
            if len(wanted) == MOST_FROM_A_ROLE:
                break
            wanted.setdefault(
                one.skill.uri,
                Wanted(
                    one.skill.uri, one.skill.name, one.level, importance=max(0.1, round(weight / heaviest, 3))
                ),
            )
        return self._add(actor, role.title, tuple(wanted.values()), source="role", role_code=code)

    def from_skills(self, actor: Actor, title: str) -> Posting:
        """Make a draft that asks for nothing yet."""
        self._may_add(actor)
        return self._add(actor, _title(title), ())

    def from_text(self, actor: Actor, title: str, text: str) -> Posting:
        """Make a draft out of a job description: its skills are proposed, to be edited.

        Raises
        ------
        PostingRefused
            If there is no text, or more of it than a job description has.
        RolesAway
        """
        self._may_add(actor)
        description = _text(text)
        if not description:
            raise PostingRefused(_("Paste the job description first."))
        linker = self._linker()
        if linker is None:
            raise RolesAway(_("The list of skills is being renewed. Try again in a few minutes."))
        wanted = deconstruct(linker, description)
        return self._add(actor, _title(title), wanted, source="text", description=description)

    def make(
        self,
        actor: Actor,
        terms: Terms,
        asked: Iterable[Asked],
        *,
        publish: bool = False,
        read_warnings: bool = False,
    ) -> Posting:
        """Make a posting at once, or nothing of it where something is refused.

        Raises
        ------
        PostingRefused, TooManyPostings, RolesAway
        """
        made = self.from_skills(actor, terms.title)
        try:
            self.change(actor, made.id, terms, asked)
            if publish:
                self.publish(actor, made.id, read_warnings=read_warnings)
        except PersonError:
            self._postings.remove(str(actor.person_id), made.id)
            raise
        return self.own(actor, made.id)

    def change(self, actor: Actor, posting_id: str, terms: Terms, asked: Iterable[Asked]) -> Posting:
        """Make a draft or closed posting say something else.

        Raises
        ------
        NoSuchPosting, PostingRefused, RolesAway
        """
        posting = self.own(actor, posting_id)
        if posting.state_on(self.today()) == "open":
            raise PostingRefused(_("People can apply to it now. Close it first, then change it."))
        new = self._checked(posting, terms, tuple(asked))
        self._postings.change(str(actor.person_id), posting_id, new)
        return self.own(actor, posting_id)

    def publish(self, actor: Actor, posting_id: str, *, read_warnings: bool = False) -> None:
        """Let people see it and apply.

        Parameters
        ----------
        read_warnings : bool
            Whether the employer says that they read what of its words may be unlawful.

        Raises
        ------
        NoSuchPosting, PostingRefused
        """
        posting = self.own(actor, posting_id)
        if not posting.wanted:
            raise PostingRefused(_("It asks for no skill yet. Add at least one."))
        if posting.last_day < self.today():
            raise PostingRefused(_("Choose a last day between today and a year from now."))
        found = self.concerns(posting)
        if found and not read_warnings:
            raise PostingRefused(
                _(
                    "Some of its words may be unlawful to ask for. Change them, or say that you read the"
                    " warnings below."
                )
            )
        self._postings.publish(str(actor.person_id), posting_id, warned=bool(found))

    def close(self, actor: Actor, posting_id: str) -> None:
        """Let nobody apply any more; what was sent stays until its end."""
        self.own(actor, posting_id)
        self._postings.close(str(actor.person_id), posting_id)

    def remove(self, actor: Actor, posting_id: str) -> None:
        """Take a posting out for good; every consent to it ends now."""
        self.own(actor, posting_id)
        for one in self._applications.to(posting_id):
            self._consents.withdraw(one.person_id, one.consent.id)
        self._postings.remove(str(actor.person_id), posting_id)

    def concerns(self, posting: Posting) -> tuple[Concern, ...]:
        """What of a posting's words may be unlawful to ask for."""
        return concerns(f"{posting.title}\n{posting.description}")

    def skills(self, actor: Actor, words: str, limit: int = 10) -> tuple[Skill, ...]:
        """Published skills by words, to be added."""
        require(actor, Action.POSTINGS_CHANGE)
        return self._labor().search_skills(words, limit) if words.strip() else ()

    def _may_add(self, actor: Actor) -> None:
        require(actor, Action.POSTINGS_CHANGE)
        if self._postings.count(str(actor.person_id)) >= MOST_POSTINGS:
            raise TooManyPostings(
                _("You have %(most)d postings. Delete one that is not needed any more."), most=MOST_POSTINGS
            )

    def _add(self, actor: Actor, title: str, wanted: tuple[Wanted, ...], **more: str) -> Posting:
        new = NewPosting(
            title=title[:LONGEST_TITLE],
            last_day=self.today() + timedelta(days=30),
            wanted=wanted,
            area_code=actor.area_code,
            **more,  # type: ignore[arg-type]
        )
        return self._postings.add(str(actor.person_id), new, demo=actor.demo)

    def _checked(self, posting: Posting, terms: Terms, asked: tuple[Asked, ...]) -> NewPosting:
        today = self.today()
        if not today <= terms.last_day <= today + LONGEST_TERM:
            raise PostingRefused(_("Choose a last day between today and a year from now."))
        low, high = terms.wage_low, terms.wage_high
        if (
            any(one is not None and not 0 < one <= MOST_WAGE for one in (low, high))
            or terms.wage_per not in PER
        ):
            raise PostingRefused(_("Give the wage in dollars, as a number above zero."))
        if low is not None and high is not None and low > high:
            raise PostingRefused(_("The lowest wage is above the highest one."))
        if len(asked) > MOST_WANTED:
            raise PostingRefused(
                _("A posting asks for at most %(most)d skills: people read all of them."), most=MOST_WANTED
            )
        if any(one.level is not None and not 0 < one.level <= 1 for one in asked):
            raise PostingRefused(_("Choose a level from the list."))
        labor = self._labor()
        if terms.area_code and labor.area(terms.area_code) is None:
            raise PostingRefused(_("Choose a place from the list."))
        known = labor.skills([one.uri for one in asked])
        before = {one.uri: one for one in posting.wanted}
        wanted: dict[str, Wanted] = {}
        for one in asked:
            skill = known.get(one.uri)
            if skill is None:
                raise PostingRefused(_("This is not a skill we know. Choose one from the list."))
            kept = before.get(skill.uri, Wanted(skill.uri, skill.name))
            wanted[skill.uri] = replace(
                kept,
                label=skill.name,
                level=one.level,
                must=one.must and not one.preferred,
                preferred=one.preferred,
            )
        return NewPosting(
            title=_title(terms.title),
            last_day=terms.last_day,
            wanted=tuple(wanted.values()),
            description=_text(terms.description),
            source=posting.source,
            role_code=posting.role_code,
            area_code=terms.area_code or None,
            wage_low=low,
            wage_high=high,
            wage_per=terms.wage_per,
        )


def requirements(posting: Posting, known: Mapping[str, Skill]) -> tuple[Requirement, ...]:
    """What a posting asks for, as a role requires it; what is preferred weighs half."""
    return tuple(
        Requirement(
            known[one.uri],
            importance=one.importance * (0.5 if one.preferred else 1.0),
            level=one.level,
        )
        for one in posting.wanted
        if one.uri in known
    )


def _title(given: str) -> str:
    title = plain(given).strip()
    if not title:
        raise PostingRefused(_("Give the role a title."))
    if len(title) > LONGEST_TITLE:
        raise PostingRefused(_("Give the role a title of at most %(most)d characters."), most=LONGEST_TITLE)
    return title


def _text(given: str) -> str:
    if len(given) > LONGEST_TEXT:
        raise PostingRefused(
            _("That is %(n)d characters. Paste the part about the work: at most %(most)d characters."),
            n=len(given),
            most=LONGEST_TEXT,
        )
    kept = "".join(one if one in "\n\t" or one.isprintable() else " " for one in given.replace("\r\n", "\n"))
    return seen(kept).strip()

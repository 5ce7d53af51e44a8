"""What an organization does: describe an achievement, issue it, see what was issued, take it back."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol
from uuid import uuid4

from accounts.actor import Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from graph.model import Skill
from services.publishing import Publisher
from services.reports import plain
from services.wallet import SkillUnknown
from wallet import issuing
from wallet.class_list import RowProblem, read_class_list, recipient
from wallet.errors import Unreadable
from wallet.issuing import AlignedSkill, Issuer, Offer, Recipient
from wallet.issuing_store import Draft, Issued, IssuingStore, NewIssued
from wallet.picture import check_picture
from words import seen

ID = re.compile(r"[0-9a-f]{32}")
LONGEST_NAME = 120
LONGEST_TEXT = 2000
LONGEST_REASON = 300
MOST_SKILLS = 30
MOST_OFFERS = 300
MOST_PICTURES = 300
PAGE = 100
LATEST = 50
"""Years after which nothing is valid any more."""
PICTURE = re.compile(r"[0-9a-f]{64}\.(png|svg)")


class OfferRefused(PersonError):  # noqa: N818 - named as it is shown
    """An achievement or a recipient that cannot be taken as it is; the message says what to change."""


class ListRefused(PersonError):  # noqa: N818 - named as it is shown
    """A class list with lines that cannot be used: nothing is prepared.

    ``problems`` says what is wrong, line by line; ``more`` how many more lines there are.
    """

    status = 422

    def __init__(
        self, message: str, values: Mapping[str, object], problems: Sequence[RowProblem] = (), more: int = 0
    ) -> None:
        super().__init__(message, **values)
        self.problems = tuple(problems)
        self.more = more


class NoSuchThing(PersonError):  # noqa: N818 - named as it is shown
    """There is none, or it is another organization's: which of the two is not said."""

    status = 404


class RevokedAlready(PersonError):  # noqa: N818 - named as it is shown
    """It was taken back before."""

    status = 409


class SkillBook(Protocol):
    """What is needed of the labour-market store."""

    def skills(self, ids: Iterable[str]) -> Mapping[str, Skill]: ...
    def search_skills(self, text: str, limit: int = 20) -> tuple[Skill, ...]: ...


class Wallets(Protocol):
    """How a credential comes to whom it is for.

    Both answer nothing: whether somebody has an account here is not the issuer's to know.
    """

    def give(self, email: str, content: bytes, name: str, sender: str) -> None: ...
    def taken_back(self, email: str, credential_id: str, sender: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Done:
    """What came of issuing: the achievement, and how many credentials this very click issued."""

    title: str
    count: int


class IssuingService:
    """The verbs of an organization, each asking permission first.

    Parameters
    ----------
    store : IssuingStore
    publisher : Publisher
        Signs.
    wallets : Wallets
    labor : callable
        Gives the labour-market store, or raises `RolesAway`; needed for skills only.
    now : callable
        The moment, with a time zone.
    """

    def __init__(
        self,
        store: IssuingStore,
        publisher: Publisher,
        wallets: Wallets,
        labor: Callable[[], SkillBook],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._publisher = publisher
        self._wallets = wallets
        self._labor = labor
        self._now = now

    # The organization

    def issuer(self, actor: Actor) -> Issuer:
        """Return the actor's organization and its keys."""
        require(actor, Action.ISSUER_READ)
        return self._mine(actor)

    def did(self, actor: Actor) -> str:
        """Return the address by which its credentials name it."""
        return issuing.did_of(self._publisher.address(self.issuer(actor).id))

    @property
    def reachable(self) -> bool:
        """Whether verifiers elsewhere can fetch what is published here."""
        return self._publisher.reachable

    def make_key(self, actor: Actor) -> None:
        """Sign with a new key from now on; what was signed stays valid."""
        require(actor, Action.CREDENTIALS_ISSUE)
        self._publisher.new_key(self._mine(actor).id)

    # Achievements

    def offers(self, actor: Actor) -> tuple[Offer, ...]:
        """Return the organization's achievements by name."""
        require(actor, Action.ISSUER_READ)
        return self._store.offers(self._mine(actor).id)

    def offer(self, actor: Actor, offer_id: str) -> Offer:
        """Return one of them; `NoSuchThing` when it is not theirs."""
        require(actor, Action.ISSUER_READ)
        found = self._store.offer(self._mine(actor).id, _checked(offer_id))
        if found is None:
            raise _none()
        return found

    def keep_offer(
        self,
        actor: Actor,
        *,
        name: str,
        description: str,
        criteria: str,
        kind: str,
        skills: Iterable[str] = (),
        picture: str = "",
        offer_id: str = "",
    ) -> Offer:
        """Keep an achievement, new or changed; what was issued before keeps its words.

        Parameters
        ----------
        skills : iterable of str
            URIs of published skills.
        picture : str
            As ``keep_picture`` gave it.

        Raises
        ------
        OfferRefused, SkillUnknown, NoSuchThing
        RolesAway
            When there are skills and the vocabularies cannot be read.
        """
        require(actor, Action.CREDENTIALS_ISSUE)
        mine = self._mine(actor)
        offer = Offer(
            name=_line(name),
            description=_paragraphs(description),
            criteria=_paragraphs(criteria),
            kind=kind,
            skills=self._aligned(skills),
            picture=picture,
            id=_checked(offer_id) if offer_id else "",
        )
        _check(offer)
        if picture and (
            not PICTURE.fullmatch(picture) or self._store.picture(mine.id, picture.partition(".")[0]) is None
        ):
            raise OfferRefused(_("Choose the picture again."))
        kept = self._store.keep_offer(mine.id, offer, MOST_OFFERS)
        if kept is None and offer.id:
            raise _none()
        if kept is None:
            raise OfferRefused(_("Up to %(most)d achievements can be kept."), most=MOST_OFFERS)
        return kept

    def keep_picture(self, actor: Actor, content: bytes) -> str:
        """Keep a picture for an achievement; gives the name by which ``keep_offer`` takes it."""
        require(actor, Action.CREDENTIALS_ISSUE)
        mine = self._mine(actor)
        try:
            kind, kept = check_picture(content)
        except Unreadable as problem:
            raise OfferRefused(problem.sentence.message, **problem.sentence.values) from None
        if self._store.pictures(mine.id) >= MOST_PICTURES:
            raise OfferRefused(_("Up to %(most)d pictures can be kept."), most=MOST_PICTURES)
        digest = hashlib.sha256(kept).hexdigest()
        self._store.keep_picture(mine.id, digest, kind, kept)
        return f"{digest}.{kind}"

    def find_skills(self, actor: Actor, words: str, limit: int = 10) -> tuple[Skill, ...]:
        """Return published skills that answer some words, best first."""
        require(actor, Action.ISSUER_READ)
        asked = plain(words)[:100]
        return self._labor().search_skills(asked, limit) if asked else ()

    # Issuing

    def prepare(self, actor: Actor, offer_id: str, *, name: str, email: str, expires: str = "") -> str:
        """Prepare a credential for one person; nothing is issued yet. Gives the draft's id.

        ``expires`` is the last day on which it is valid, as year-month-day; empty for no end.
        """
        offer = self.offer(actor, offer_id)
        found = recipient(name, email)
        if not isinstance(found, Recipient):
            raise OfferRefused(found.message, **found.values)
        return self._draft(actor, offer, (found,), _last_day(expires))

    def prepare_class(self, actor: Actor, offer_id: str, content: bytes | None, *, expires: str = "") -> str:
        """Prepare credentials for everybody in a class list; nothing is issued yet.

        Raises
        ------
        ListRefused
        """
        offer = self.offer(actor, offer_id)
        if content is None:
            raise OfferRefused(_("Choose a file with the class list."))
        try:
            told = read_class_list(content)
        except Unreadable as problem:
            raise ListRefused(problem.sentence.message, problem.sentence.values) from None
        if told.problems:
            raise ListRefused(
                _("Some lines of this file cannot be used, so nothing is issued. Change them and try again."),
                {},
                told.problems,
                told.more,
            )
        return self._draft(actor, offer, told.recipients, _last_day(expires))

    def draft(self, actor: Actor, draft_id: str) -> Draft:
        """Return what is about to be issued."""
        require(actor, Action.CREDENTIALS_ISSUE)
        found = self._store.draft(self._mine(actor).id, _checked(draft_id))
        if found is None:
            raise _none()
        return found

    def issue(self, actor: Actor, draft_id: str) -> Done:
        """Issue what was prepared; a second click, also at the same moment, issues nothing more."""
        draft, mine = self.draft(actor, draft_id), self._mine(actor)
        if draft.issued_at is not None:
            return Done(draft.offer.name, 0)
        given = self._store.lines(mine.id, draft.id)
        count = sum(self._issue(actor, mine, draft, who) for who in draft.recipients if who.line not in given)
        self._store.close_draft(draft)
        return Done(draft.offer.name, count)

    def issue_one(
        self,
        actor: Actor,
        achievement: Mapping[str, Any],
        *,
        name: str,
        email: str,
        expires_on: date | None = None,
        reference: str = "",
    ) -> tuple[Issued, str]:
        """Issue to one person at once, for programs; the same ``reference`` issues once.

        Returns
        -------
        (Issued, str)
            And the credential itself.
        """
        require(actor, Action.CREDENTIALS_ISSUE)
        mine = self._mine(actor)
        batch = hashlib.sha256(f"{mine.id}/{reference or uuid4()}".encode()).hexdigest()[:32]
        if reference and (known := self._store.in_batch(mine.id, batch, 0)):
            return self.one(actor, known)
        found = recipient(name, email)
        if not isinstance(found, Recipient):
            raise OfferRefused(found.message, **found.values)
        _check_expiry(expires_on, self._now())
        wanted = {key: achievement.get(key, "") for key in ("name", "description", "criteria", "kind")}
        skills = self._aligned(achievement.get("skills", ()))
        offer = self._same_offer(mine, wanted, skills) or self.keep_offer(
            actor, **wanted, skills=[skill.uri for skill in skills]
        )
        self._issue(actor, mine, Draft(batch, offer, (found,), expires_on), found)
        return self.one(actor, str(self._store.in_batch(mine.id, batch, 0)))

    def confirm(self, actor: Actor, offer: Offer, *, name: str, email: str, reference: str) -> bytes:
        """Issue what an organization confirmed of one person; it is not put among its achievements.

        Parameters
        ----------
        offer : Offer
            What it stands by, its skills already published statements.
        reference : str
            Of what was asked: the same one issues once.

        Returns
        -------
        bytes
            The credential, which is in the person's wallet where they have one here.
        """
        require(actor, Action.CREDENTIALS_ISSUE)
        mine = self._mine(actor)
        batch = hashlib.sha256(f"{mine.id}/confirmed/{reference}".encode()).hexdigest()[:32]
        found = recipient(name, email)
        if not isinstance(found, Recipient):
            raise OfferRefused(found.message, **found.values)
        self._issue(actor, mine, Draft(batch, replace(offer, id=batch), (found,), None), found)
        return self.one(actor, str(self._store.in_batch(mine.id, batch, 0)))[1].encode()

    # What was issued

    def issued(self, actor: Actor, words: str = "", page: int = 1) -> tuple[tuple[Issued, ...], int]:
        """Return a page of what was issued, newest first, and how many there are in all."""
        require(actor, Action.ISSUER_READ)
        page = max(1, min(page, 100_000))
        return self._store.issued(self._mine(actor).id, plain(words)[:100], PAGE, (page - 1) * PAGE)

    def one(self, actor: Actor, issued_id: str) -> tuple[Issued, str]:
        """Return one credential that was issued, and the document."""
        require(actor, Action.ISSUER_READ)
        found = self._store.one_issued(self._mine(actor).id, _checked(issued_id))
        if found is None:
            raise _none()
        return found

    def revoke(self, actor: Actor, issued_id: str, reason: str) -> Issued:
        """Take a credential back; the list says so at once, and whom it is about is told.

        Raises
        ------
        RevokedAlready, NoSuchThing
        OfferRefused
            Without a reason.
        """
        require(actor, Action.CREDENTIALS_ISSUE)
        mine, said = self._mine(actor), plain(reason)
        issued, content = self.one(actor, issued_id)
        if not said:
            raise OfferRefused(_("Say why it is revoked."))
        if len(said) > LONGEST_REASON:
            raise OfferRefused(_("Say it in %(most)d characters or fewer."), most=LONGEST_REASON)
        if not self._store.revoke(mine.id, issued.id, said):
            raise RevokedAlready(_("This credential was revoked already."))
        self._wallets.taken_back(issued.email, str(json.loads(content)["id"]), mine.name)
        return issued

    def everything(self, actor: Actor) -> tuple[Issued, ...]:
        """Return all that was issued, for who takes out what is held about them; empty for others."""
        if not actor.signed_in:
            return ()
        try:
            require(actor, Action.ISSUER_READ)
        except PersonError:
            return ()
        return self._store.issued(self._mine(actor).id, limit=1_000_000)[0]

    def _mine(self, actor: Actor) -> Issuer:
        return self._store.of_person(str(actor.person_id), actor.name)

    def _draft(
        self, actor: Actor, offer: Offer, recipients: Sequence[Recipient], expires_on: date | None
    ) -> str:
        require(actor, Action.CREDENTIALS_ISSUE)
        _check_expiry(expires_on, self._now())
        return self._store.keep_draft(
            self._mine(actor).id, str(actor.person_id), offer, recipients, expires_on
        )

    def _issue(self, actor: Actor, mine: Issuer, draft: Draft, who: Recipient) -> int:
        """Sign, keep and give one credential; 1 when it is new, 0 when it was there already."""
        issued_id = self._store.in_batch(mine.id, draft.id, who.line)
        new = 0
        if issued_id is None:
            place = self._store.take_place(mine.id, self._publisher.address(mine.id))
            unsigned = issuing.credential(
                mine,
                draft.offer,
                who.email,
                place,
                id=uuid4().urn,
                salt=secrets.token_hex(16),
                at=self._now(),
                expires_on=draft.expires_on,
            )
            signed = self._publisher.sign(mine.id, unsigned, place.address)
            content = json.dumps(signed, ensure_ascii=False, indent=2)
            issued_id = self._store.add_issued(
                mine.id,
                str(actor.person_id),
                NewIssued(draft.id, who, draft.offer.name, content, place, draft.expires_on),
            )
            if issued_id is None:
                return 0
            new = 1
        found = self._store.one_issued(mine.id, issued_id)
        if found is not None:
            self._wallets.give(who.email, found[1].encode(), f"{draft.offer.name}.json", mine.name)
            self._store.note_received(issued_id)
        return new

    def _aligned(self, skills: Iterable[str]) -> tuple[AlignedSkill, ...]:
        asked = tuple(dict.fromkeys(skills))
        if not asked:
            return ()
        if len(asked) > MOST_SKILLS:
            raise OfferRefused(_("Choose at most %(most)d skills."), most=MOST_SKILLS)
        known = self._labor().skills(asked)
        missing = [uri for uri in asked if uri not in known]
        if missing:
            raise SkillUnknown(_("This is not a skill we know. Choose one from the list."))
        found = (known[uri] for uri in asked)
        return tuple(AlignedSkill(skill.uri, skill.name, skill.vocabulary) for skill in found)

    def _same_offer(
        self, mine: Issuer, wanted: Mapping[str, str], skills: tuple[AlignedSkill, ...]
    ) -> Offer | None:
        return next(
            (
                offer
                for offer in self._store.offers(mine.id)
                if offer == replace(offer, **wanted, skills=skills)
            ),
            None,
        )


def _check(offer: Offer) -> None:
    if not offer.name:
        raise OfferRefused(_("Give the achievement a name."))
    if len(offer.name) > LONGEST_NAME:
        raise OfferRefused(_("The name may have up to %(most)d characters."), most=LONGEST_NAME)
    if not offer.description:
        raise OfferRefused(_("Describe the achievement in a sentence or two."))
    if not offer.criteria:
        raise OfferRefused(_("Say what somebody has to do to earn it."))
    if max(len(offer.description), len(offer.criteria)) > LONGEST_TEXT:
        raise OfferRefused(
            _("Description and criteria may have up to %(most)d characters each."), most=LONGEST_TEXT
        )
    if offer.kind not in issuing.KINDS:
        raise OfferRefused(_("Choose the kind of achievement from the list."))


def _last_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise OfferRefused(_("Give the last day as year, month and day.")) from None


def _check_expiry(expires_on: date | None, now: datetime) -> None:
    if expires_on is None:
        return
    if expires_on < now.date():
        raise OfferRefused(_("The last day it is valid is over already."))
    if expires_on.year > now.year + LATEST:
        raise OfferRefused(_("Choose an earlier last day, or none."))


def _line(text: str) -> str:
    return unicodedata.normalize("NFC", plain(text))


def _paragraphs(text: str) -> str:
    """Text with its line breaks, without characters that do not show or that turn a line around."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = (
        seen("".join(one for one in line if unicodedata.category(one) not in ("Cc", "Cs"))) for line in lines
    )
    return "\n".join(line.rstrip() for line in kept).strip()


def _checked(given: str) -> str:
    """An id as we make them (a database may refuse even to look for others)."""
    if not ID.fullmatch(given):
        raise _none()
    return given


def _none() -> NoSuchThing:
    return NoSuchThing(_("There is no such achievement or credential here."))

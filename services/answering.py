"""What somebody does who is asked to confirm a record: look at it, confirm, correct or decline."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from accounts.actor import Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from graph.model import Statement
from services.confirmation_desk import ORGANIZATIONS, Desk, digest
from services.confirmations import NoSuchRequest
from services.mail import ADDRESS
from services.reports import plain
from wallet.confirmations import CONFIRMED, CORRECTED, DECLINED, Answer, Request

ID = re.compile(r"[0-9a-f]{32}")
LONGEST_TOKEN = 64
LONGEST_NAME = 120
LONGEST_REASON = 500
LONGEST_TITLE = 300
LONGEST_DUTIES = 2000
MOST_HOURS = 200_000.0
DONE = {"confirm": CONFIRMED, "correct": CORRECTED, "decline": DECLINED}


class NoSuchLink(PersonError):  # noqa: N818 - named as it is shown
    """A link that was never given out."""

    status = 404


class LinkOver(PersonError):  # noqa: N818 - named as it is shown
    """A link that was good once: answered, withdrawn, or past its time."""

    status = 410
    title = _("This link is no longer good")


class YourOwn(PersonError):  # noqa: N818 - named as it is shown
    """Nobody confirms their own record."""

    status = 403
    title = _("This is your own request")


class AnswerRefused(PersonError):  # noqa: N818 - named as it is shown
    """An answer that cannot be kept as it is; the message says what is lacking."""

    status = 422


@dataclass(frozen=True, slots=True)
class Given:
    """What stands in the form of an answer; texts as they were typed.

    ``answer`` is ``confirm``, ``correct`` or ``decline``. ``skills`` are the addresses of those that stay.
    """

    answer: str = ""
    name: str = ""
    position: str = ""
    email: str = ""
    reason: str = ""
    title: str = ""
    started_on: str = ""
    ended_on: str = ""
    hours: str = ""
    duties: str = ""
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as who answers sees it: what is claimed and who asks, and nothing else.

    ``signs_as`` is the name of the organization whose account answers; empty for anybody else.
    """

    id: str
    asker: str
    organization: str
    note: str
    shown: Statement
    asked_at: datetime
    expires_at: datetime
    signs_as: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an answer; ``signed`` where a credential was issued at once."""

    outcome: str
    asker: str
    signed: bool


class AnsweringService:
    """The verbs of who is asked, by link or by the account of an organization."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self, actor: Actor, token: str, caller: str) -> Asked:
        """Return what a link leads to.

        Parameters
        ----------
        caller : str
            Network address, by which wrong links are counted.

        Raises
        ------
        NoSuchLink, LinkOver, YourOwn, TooManyGuesses
        """
        request = self._by_link(actor, token, caller)
        self._desk.store.opened(request.confirmation.id)
        return self._shown(actor, request)

    def answer(self, actor: Actor, token: str, caller: str, given: Given) -> Answered:
        """Answer through a link, once.

        Raises
        ------
        NoSuchLink, LinkOver, YourOwn, TooManyGuesses, AnswerRefused
        """
        return self._answer(actor, self._by_link(actor, token, caller), given)

    def inbox(self, actor: Actor) -> tuple[Asked, ...]:
        """Return what waits for an answer from an organization's own e-mail address, the oldest first."""
        require(actor, Action.CONFIRMATIONS_SIGN)
        found = self._desk.store.sent_to(self._address(actor))
        return tuple(
            self._shown(actor, one) for one in found if one.person_id != actor.person_id and self._there(one)
        )

    def look_in(self, actor: Actor, request_id: str) -> Asked:
        """Return one of these.

        Raises
        ------
        NoSuchRequest
        """
        return self._shown(actor, self._in_inbox(actor, request_id))

    def answer_in(self, actor: Actor, request_id: str, given: Given) -> Answered:
        """Answer one of these as the organization, once.

        Raises
        ------
        NoSuchRequest, LinkOver, AnswerRefused
        """
        return self._answer(actor, self._in_inbox(actor, request_id), given)

    def _by_link(self, actor: Actor, token: str, caller: str) -> Request:
        require(actor, Action.CONFIRMATIONS_ANSWER)
        self._desk.guesses.check(caller)
        found = self._desk.store.by_link(digest(token)) if len(token) <= LONGEST_TOKEN else None
        if found is None:
            self._desk.guesses.failed(caller)
            raise NoSuchLink(_("There is no such link. Check that you have all of it, or ask for a new one."))
        request, over = found
        state = request.confirmation.state
        if state == "answered":
            raise LinkOver(_("This is answered already. Thank you. A link can be used once."))
        if state == "withdrawn" or not self._there(request):
            raise LinkOver(_("Who asked took it back. You need not do anything."))
        if over or state == "expired":
            raise LinkOver(_("Its 30 days are over. Whoever sent it to you can send a new one."))
        if actor.signed_in and actor.person_id == request.person_id:
            raise YourOwn(
                _("Pass the link on to who is to confirm it: nobody can confirm a record of their own.")
            )
        return request

    def _in_inbox(self, actor: Actor, request_id: str) -> Request:
        require(actor, Action.CONFIRMATIONS_SIGN)
        found = self._desk.store.sent_to(self._address(actor)) if ID.fullmatch(request_id) else ()
        for one in found:
            own = one.person_id == actor.person_id
            if one.confirmation.id == request_id and not own and self._there(one):
                return one
        raise NoSuchRequest(_("There is no such request. It may be answered or taken back."))

    def _address(self, actor: Actor) -> str:
        account = self._desk.people.account(str(actor.person_id))
        return account.email if account else ""

    def _there(self, request: Request) -> bool:
        return self._desk.wallets.record(request.person_id, request.confirmation.record_id) is not None

    def _shown(self, actor: Actor, request: Request) -> Asked:
        asked, who = request.confirmation, self._desk.people.actor(request.person_id)
        return Asked(
            id=asked.id,
            asker=who.name if who else "",
            organization=asked.organization,
            note=asked.note,
            shown=asked.shown,
            asked_at=asked.asked_at,
            expires_at=asked.expires_at,
            signs_as=actor.name if _signs(actor) else "",
        )

    def _answer(self, actor: Actor, request: Request, given: Given) -> Answered:
        outcome = DONE.get(given.answer)
        if outcome is None:
            raise AnswerRefused(_("Choose what you answer."))
        signs = _signs(actor)
        asked = request.confirmation
        proposed = _proposed(asked.shown, given) if outcome == CORRECTED else None
        reason = plain(given.reason)
        if len(reason) > LONGEST_REASON:
            raise AnswerRefused(_("Say it in %(most)d characters or fewer."), most=LONGEST_REASON)
        if outcome == DECLINED and not reason:
            raise AnswerRefused(_("Say in a few words why you decline."))
        name, position, email = _who(given, needed=outcome != DECLINED and not signs)
        answer = Answer(
            outcome=outcome,
            organization=actor.name if signs else asked.organization,
            name=name,
            position=position,
            email=email,
            reason=reason,
            proposed=proposed,
            signer_id=actor.person_id if signs else None,
        )
        if not self._desk.store.answer(asked.id, answer):
            raise LinkOver(_("This is answered already, or was taken back."))
        self._desk.over(asked.id)
        kept = self._desk.store.request(request.person_id, asked.id)
        signed = outcome == CONFIRMED and kept is not None and self._desk.credential(kept)
        if not signed:  # Of a credential it is told when it comes.
            self._desk.tell(request, answer.organization, outcome)
        who = self._desk.people.actor(request.person_id)
        return Answered(outcome, who.name if who else "", signed)


def _signs(actor: Actor) -> bool:
    return actor.signed_in and bool(ORGANIZATIONS & actor.roles)


def _who(given: Given, *, needed: bool) -> tuple[str, str, str]:
    name, position, email = plain(given.name), plain(given.position), given.email.strip()
    if needed and not name:
        raise AnswerRefused(_("Enter your name."))
    if needed and not position:
        raise AnswerRefused(_("Enter your position."))
    if max(len(name), len(position)) > LONGEST_NAME:
        raise AnswerRefused(_("That is longer than can be kept."))
    if (needed or email) and (len(email) > 254 or not ADDRESS.fullmatch(email)):
        raise AnswerRefused(_("Enter an e-mail address such as name@example.org."))
    return name, position, email


def _proposed(shown: Statement, given: Given) -> Statement:
    """What a correction says, in the parts that were shown; skills can only be left out."""
    title, duties = plain(given.title), plain(given.duties)
    if "title" in shown.parts and (not title or len(title) > LONGEST_TITLE):
        raise AnswerRefused(_("Enter a title, at most %(most)d characters."), most=LONGEST_TITLE)
    if len(duties) > LONGEST_DUTIES:
        raise AnswerRefused(_("Say it in %(most)d characters or fewer."), most=LONGEST_DUTIES)
    dated = "dates" in shown.parts
    started, ended = (_day(given.started_on), _day(given.ended_on)) if dated else (None, None)
    if started and ended and started > ended:
        raise AnswerRefused(_("The last day comes before the first."))
    kept = tuple(skill for skill in shown.skills if skill[0] in given.skills)
    proposed = replace(
        shown,
        title=title if "title" in shown.parts and title != plain(shown.title) else shown.title,
        started_on=started,
        ended_on=ended,
        hours=_hours(given.hours) if "hours" in shown.parts else None,
        duties=duties if "duties" in shown.parts and duties != plain(shown.duties) else shown.duties,
        skills=kept,
    )
    if proposed == shown:
        raise AnswerRefused(_("You changed nothing. Choose “It is right” if it is, or change what is not."))
    if shown.parts == {"skills"} and not kept:
        raise AnswerRefused(_("Nothing is left to confirm. Decline instead."))
    return proposed


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise AnswerRefused(_("Enter a date such as 2024-05-31.")) from None
    if not 1900 <= day.year <= 2200:
        raise AnswerRefused(_("Enter a date such as 2024-05-31."))
    return day


def _hours(text: str) -> float | None:
    if not text.strip():
        return None
    if not re.fullmatch(r"[0-9]{1,6}([.,][0-9]{1,2})?", text.strip()):
        raise AnswerRefused(_("Enter hours as a number, such as 120."))
    hours = float(text.strip().replace(",", "."))
    if hours > MOST_HOURS:
        raise AnswerRefused(_("Enter hours as a number, such as 120."))
    return hours

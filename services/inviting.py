"""Asking people to let a counselor advise them: one by one or by a list, and what they answer."""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import uuid4

from accounts.actor import Actor
from accounts.consent import Consent
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.invitations import InvitationStore, NewInvitation
from accounts.permissions import Action, require
from accounts.roles import PersonRole
from graph.model import Invitation
from i18n import LOCALES, gettext, use_locale
from services.confirmation_desk import SECRET_BYTES, digest, safe_name, written
from services.consents import ConsentService
from services.guesses import Guesses
from services.mail import Mailer
from services.opening import LONGEST_TOKEN, LinkEnded, NoSuchLink
from wallet.class_list import RowProblem, read_class_list, recipient
from wallet.errors import Unreadable
from wallet.issuing import Recipient
from wallet.sentence import Sentence

GOOD_FOR = timedelta(days=30)
KEPT_AFTER = timedelta(days=30)
"""What nobody answered is taken away so long after its last day."""
AGAIN = timedelta(minutes=1)
"""The same person invited again within this is a second click."""
MOST_WAITING = 500


class InvitationRefused(PersonError):  # noqa: N818 - named as it is shown
    """Nobody can be invited so; the message says what to change."""

    status = 422


class NoSuchInvitation(PersonError):  # noqa: N818 - named as it is shown
    """The counselor sent no such invitation."""

    status = 404


class People(Protocol):
    """What is needed of the people store."""

    def actor(self, person_id: str) -> Actor | None: ...
    def with_role(self, role: PersonRole) -> tuple[Actor, ...]: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation with the link that leads to it, which can be shown again."""

    invitation: Invitation
    link: str


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a list of names says: how many were invited, or what is wrong with it, or with which line."""

    invited: int = 0
    problems: tuple[RowProblem, ...] = ()
    unreadable: Sentence | None = None


class InvitingService:
    """The verbs about invitations, each asking permission first.

    Parameters
    ----------
    invitations : InvitationStore
    people : People
    consents : ConsentService
        Keeps the yes of who accepts.
    mail : Mailer
    key : bytes
        Makes the secret of a link out of its id, so that it can be shown again while only its hash is kept.
    guesses : Guesses
        Counts links that lead nowhere, by network address.
    public_url : str
        Where a mail's link leads.
    now : callable
    later : callable, optional
        Does something beside the request: a mail server may take its time with a long list.
    """

    def __init__(
        self,
        invitations: InvitationStore,
        people: People,
        consents: ConsentService,
        mail: Mailer,
        key: bytes,
        guesses: Guesses,
        public_url: str,
        now: Callable[[], datetime],
        later: Callable[[Callable[[], None]], None] = lambda act: threading.Thread(
            target=act, daemon=True
        ).start(),
    ) -> None:
        self._later = later
        self._invitations = invitations
        self._people = people
        self._consents = consents
        self._mail = mail
        self._key = key
        self._guesses = guesses
        self._public_url = public_url
        self._now = now

    @property
    def mails(self) -> bool:
        """Whether links are sent from here."""
        return self._mail.configured

    def counselors(self, actor: Actor) -> tuple[Actor, ...]:
        """Return whom the actor can invite for: themself first, then their colleagues by name."""
        require(actor, Action.CASELOAD_CHANGE)
        others = [
            one
            for one in self._people.with_role(PersonRole.COUNSELOR)
            if one.demo == actor.demo and one.person_id != actor.person_id
        ]
        return (actor, *others)

    def sent(self, actor: Actor, root: str) -> tuple[Sent, ...]:
        """Return what the actor sent, the newest first; links begin with ``root``."""
        require(actor, Action.CASELOAD_CHANGE)
        self._invitations.forget(self._now().date() - KEPT_AFTER)
        return tuple(
            Sent(one, f"{root}/invitation/{self._secret(one.id)}")
            for one in self._invitations.sent_by(_id(actor))
        )

    def invite(self, actor: Actor, name: str, email: str, counselor_id: str = "") -> Invitation:
        """Invite one person, to be advised by the actor or by a colleague of theirs.

        Raises
        ------
        InvitationRefused
        """
        require(actor, Action.CASELOAD_CHANGE)
        found = recipient(name, email, email_needed=False)
        if not isinstance(found, Recipient):
            raise InvitationRefused(found.message, **found.values)
        made = self._invite(actor, [found], counselor_id, lambda send: send())
        return next(one for one in self._invitations.sent_by(_id(actor)) if one.id == made[0])

    def invite_list(self, actor: Actor, content: bytes, counselor_id: str = "") -> ReadList:
        """Invite everybody whom a CSV file names, or nobody where a line of it cannot be used.

        Raises
        ------
        InvitationRefused
        """
        require(actor, Action.CASELOAD_CHANGE)
        try:
            told = read_class_list(content, email_needed=False)
        except Unreadable as problem:
            return ReadList(unreadable=problem.sentence)
        if told.problems:
            return ReadList(problems=told.problems)
        return ReadList(len(self._invite(actor, told.recipients, counselor_id, self._later)))

    def withdraw(self, actor: Actor, invitation_id: str) -> None:
        """Take an invitation away, and the name in it.

        Raises
        ------
        NoSuchInvitation
        """
        require(actor, Action.CASELOAD_CHANGE)
        if not self._invitations.withdraw(_id(actor), invitation_id):
            raise NoSuchInvitation(_("There is no such invitation among yours."))

    def find(self, actor: Actor, secret: str, caller: str) -> Invitation:
        """Return the invitation of a link that can be answered.

        Raises
        ------
        NoSuchLink, LinkEnded, TooManyGuesses
        """
        require(actor, Action.INVITATIONS_OPEN)
        self._guesses.check(caller)
        found = self._invitations.by_digest(digest(secret)) if len(secret) <= LONGEST_TOKEN else None
        if found is None:
            self._guesses.failed(caller)
            raise NoSuchLink(_("Check that you have all of the link, or ask whoever gave it to you."))
        if found.state != "waiting":
            raise LinkEnded(
                _("This invitation was answered already.")
                if found.state == "accepted"
                else _("Its last day has passed. Ask whoever gave it to you for a new one.")
            )
        return found

    def accept(
        self,
        actor: Actor,
        secret: str,
        caller: str,
        *,
        ends_at: datetime | None,
        actions: frozenset[str],
    ) -> Consent:
        """Let the counselor of an invitation advise the actor.

        Raises
        ------
        NoSuchLink, LinkEnded, TooManyGuesses
        ChangeRefused
            If the yes cannot be given so (``ConsentService.let_counselor``).
        """
        found = self.find(actor, secret, caller)
        given = self._consents.let_counselor(actor, found.counselor_id, ends_at=ends_at, actions=actions)
        self._invitations.accept(found.id)
        return given

    def _invite(
        self,
        actor: Actor,
        recipients: Iterable[Recipient],
        counselor_id: str,
        when: Callable[[Callable[[], None]], None],
    ) -> list[str]:
        """Keep invitations, and have ``when`` send those that can be sent; returns their ids."""
        wanted = tuple(recipients)
        counselor = next(
            (one for one in self.counselors(actor) if one.person_id == (counselor_id or actor.person_id)),
            None,
        )
        if counselor is None:
            raise InvitationRefused(_("Choose a counselor from the list."))
        if self._invitations.waiting(_id(actor)) + len(wanted) > MOST_WAITING:
            raise InvitationRefused(
                _("At most %(most)d invitations can wait for an answer. Take some away first."),
                most=MOST_WAITING,
            )
        last_day = (self._now() + GOOD_FOR).date()
        just_now = {
            (one.name, one.email, one.counselor_id): one.id
            for one in self._invitations.sent_by(_id(actor))
            if one.state == "waiting" and one.made_at >= self._now() - AGAIN
        }
        ids: list[str] = []
        letters: list[tuple[str, str, str]] = []
        for one in wanted:
            if before := just_now.get((one.name, one.email, str(counselor.person_id))):
                ids.append(before)
                continue
            new = NewInvitation(
                uuid4().hex, _id(actor), str(counselor.person_id), one.name, one.email, "", last_day
            )
            secret = self._secret(new.id)
            self._invitations.add(
                NewInvitation(
                    new.id, new.sender_id, new.counselor_id, new.name, new.email, digest(secret), last_day
                )
            )
            ids.append(new.id)
            if one.email:
                letters.append((new.id, one.email, secret))

        def send() -> None:
            for key, email, secret in letters:
                if self._send(counselor.name, email, secret, last_day, actor.locale):
                    self._invitations.mailed(key)

        if letters and self._mail.configured:
            when(send)
        return ids

    def _secret(self, invitation_id: str) -> str:
        return written(
            hmac.digest(self._key, f"invitation\0{invitation_id}".encode(), "sha256")[:SECRET_BYTES]
        )

    def _send(self, counselor: str, to: str, secret: str, last_day: date, locale: str) -> bool:
        """Send the link in both languages, the sender's first."""
        order = sorted(LOCALES, key=lambda code: code != locale)
        texts = [self._text(counselor, secret, last_day, code) for code in order]
        with use_locale(order[0]):
            subject = gettext("A counselor invites you to Waymark")
        return self._mail.send(to, subject, "\n\n----\n\n".join(texts))

    def _text(self, counselor: str, secret: str, last_day: date, code: str) -> str:
        with use_locale(code):
            return gettext(
                "%(name)s, a workforce counselor, invites you to look at your skills and possible careers"
                " together in Waymark.\n\nOpen this link until %(day)s. It shows what the counselor would see"
                " before you decide anything:\n\n%(link)s\n\nIf this means nothing to you, you need not do"
                " anything.",
                name=safe_name(counselor) or gettext("Somebody"),
                day=last_day.isoformat(),
                link=f"{self._public_url}/invitation/{secret}",
            )


def _id(actor: Actor) -> str:
    return str(actor.person_id)

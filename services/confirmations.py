"""What a person does to have a record confirmed: ask, remind, withdraw, take a correction over or not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.actor import Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from graph.model import Confirmation
from services.confirmation_desk import Desk, digest, new_secret
from services.mail import ADDRESS
from services.reports import plain
from wallet.attested import can_be_asked, corrected, parts_of, statement_of, still_says
from wallet.confirmations import NewRequest
from wallet.record import WalletRecord

ID = re.compile(r"[0-9a-f]{32}")
FORM = re.compile(r"[A-Za-z0-9_-]{22,64}")
LONGEST_ORGANIZATION = 200
LONGEST_NOTE = 500
MOST_A_DAY = 20
MOST_LINKS = 10
MOST_MAILS_TO_ONE = 3
SHOWN_AGAIN = timedelta(minutes=10)


class AskRefused(PersonError):  # noqa: N818 - named as it is shown
    """A request that cannot be kept as it is; the message says what to change."""

    status = 422


class TooManyAsked(PersonError):  # noqa: N818 - named as it is shown
    """More in a day than anybody could follow up."""

    status = 429
    title = _("That is enough for one day")


class NoSuchRequest(PersonError):  # noqa: N818 - named as it is shown
    """There is no such request, or it is somebody else's: which of the two is not said."""

    status = 404


class TooLate(PersonError):  # noqa: N818 - named as it is shown
    """It is answered, decided or withdrawn already."""

    status = 409


@dataclass(frozen=True, slots=True)
class Askable:
    """A record that somebody can be asked to confirm, and its parts that can be shown."""

    id: str
    kind: str
    title: str
    issuer: str
    parts: tuple[str, ...]
    record: WalletRecord


@dataclass(frozen=True, slots=True)
class Passed:
    """A request and the way to it.

    Attributes
    ----------
    secret : str
        The end of the link. It is told this once; empty where it was told before.
    mailed : bool or None
        Whether the link was sent; ``None`` where nothing was to be sent.
    """

    confirmation: Confirmation
    secret: str
    mailed: bool | None


class ConfirmationService:
    """The verbs about one's own requests, each asking permission first."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def sends_mail(self) -> bool:
        """Whether links are sent from here at all."""
        return self._desk.mail.configured

    def now(self) -> datetime:
        """The moment with which a reminder's time is compared."""
        return self._desk.now()

    def mine(self, actor: Actor, record_id: str | None = None) -> tuple[Confirmation, ...]:
        """Return the person's requests, newest first; those about one record when it is named."""
        person = self._allowed(actor, Action.CONFIRMATIONS_READ)
        found = self._desk.store.of(person, self._desk.wallets.records(person))
        return tuple(one for one in found if record_id is None or one.record_id == record_id)

    def askable(self, actor: Actor) -> tuple[Askable, ...]:
        """Return the records that nobody but the person stands behind, with what of them can be shown."""
        person = self._allowed(actor, Action.CONFIRMATIONS_READ)
        return tuple(
            Askable(one.id, one.kind.value, one.title, one.issuer, parts_of(one), one)
            for one in self._desk.wallets.records(person)
            if can_be_asked(one)
        )

    def can_ask(self, actor: Actor, record_id: str) -> bool:
        """Whether somebody can be asked about a record of the person's."""
        return any(one.id == record_id for one in self.askable(actor))

    def ask(
        self,
        actor: Actor,
        record_id: str,
        *,
        organization: str,
        contact: str = "",
        parts: Iterable[str] = (),
        note: str = "",
        form: str = "",
        locale: str = "en",
    ) -> Passed:
        """Ask an organization to confirm what a record says.

        Parameters
        ----------
        contact : str
            E-mail address to send the link to, where mail is set up; may be empty.
        parts : iterable of str
            What of the record is shown: ``title``, ``dates``, ``hours``, ``duties``, ``skills``.
        form : str
            What the form carries, so that sending it twice asks once.

        Raises
        ------
        NoSuchRequest, AskRefused, TooManyAsked
        """
        person = self._allowed(actor, Action.CONFIRMATIONS_CHANGE)
        record = self._record(person, record_id)
        if not can_be_asked(record):
            raise AskRefused(_("Somebody stands behind this record already."))
        whom, words = plain(organization), plain(note)
        if not whom or len(whom) > LONGEST_ORGANIZATION:
            raise AskRefused(
                _("Say whom you ask: the employer or school, in at most %(most)d characters."),
                most=LONGEST_ORGANIZATION,
            )
        if len(words) > LONGEST_NOTE:
            raise AskRefused(_("Say it in %(most)d characters or fewer."), most=LONGEST_NOTE)
        address = contact.strip().lower()
        if address and (len(address) > 254 or not ADDRESS.fullmatch(address)):
            raise AskRefused(_("Enter an e-mail address such as name@example.org."))
        chosen = set(parts) & set(parts_of(record))
        if not chosen:
            raise AskRefused(_("Choose at least one thing that is shown."))
        key = form if FORM.fullmatch(form) else new_secret()
        secret = self._desk.secret(person, key)
        new = NewRequest(
            record.id, whom, address, words, statement_of(record, chosen), digest(f"{person}\0{key}")
        )
        kept = self._desk.store.ask(person, new, digest(secret), most_a_day=MOST_A_DAY)
        if kept is None:
            raise TooManyAsked(
                _("You have asked %(most)d times within a day. Go on tomorrow, please."), most=MOST_A_DAY
            )
        made, is_new = kept
        if not is_new:
            again = self._desk.now() - made.asked_at < SHOWN_AGAIN
            return Passed(made, secret if again else "", None)
        self._desk.tell_asked(actor.name, made.contact, made.id)
        return Passed(made, secret, self._mail(actor, made, secret, locale))

    def another_link(self, actor: Actor, request_id: str, locale: str = "en") -> Passed:
        """Make one more link to a request; where the last one was sent, as a reminder, once a week.

        Raises
        ------
        NoSuchRequest, AskRefused, TooLate
        """
        person = self._allowed(actor, Action.CONFIRMATIONS_CHANGE)
        asked = self._request(person, request_id)
        if asked.remind_from is not None and asked.remind_from > self._desk.now():
            raise AskRefused(_("A reminder can be sent once a week."))
        secret = new_secret()
        if not self._desk.store.another_link(person, asked.id, digest(secret), most=MOST_LINKS):
            if asked.waiting or asked.state == "expired":
                raise AskRefused(_("That is many links for one request. Withdraw it, and ask anew."))
            raise TooLate(_("This is answered or withdrawn already. Load the page again."))
        fresh = self._request(person, asked.id)
        return Passed(fresh, secret, self._mail(actor, fresh, secret, locale))

    def withdraw(self, actor: Actor, request_id: str) -> None:
        """Take a request back: its links lead nowhere from now on. Twice is once.

        Raises
        ------
        NoSuchRequest, TooLate
        """
        person = self._allowed(actor, Action.CONFIRMATIONS_CHANGE)
        asked = self._request(person, request_id)
        if self._desk.store.withdraw(person, asked.id) or asked.state == "withdrawn":
            self._desk.over(asked.id)
            return
        raise TooLate(_("This is answered already. Load the page again."))

    def forget(self, actor: Actor, request_id: str) -> None:
        """Take a request that is over out of the list; a confirmation goes with it.

        Raises
        ------
        NoSuchRequest, TooLate
        """
        person = self._allowed(actor, Action.CONFIRMATIONS_CHANGE)
        asked = self._request(person, request_id)
        if not self._desk.store.forget(person, asked.id) and asked.waiting:
            raise TooLate(_("This still waits for an answer. Withdraw it first."))

    def decide(self, actor: Actor, request_id: str, *, accept: bool) -> None:
        """Take a correction over, so that the record says it and is confirmed, or leave it; once.

        Raises
        ------
        NoSuchRequest, AskRefused, TooLate
        """
        person = self._allowed(actor, Action.CONFIRMATIONS_CHANGE)
        asked = self._request(person, request_id)
        if asked.outcome != "corrected" or asked.proposed is None:
            raise TooLate(_("There is nothing to decide about this. Load the page again."))
        if asked.accepted is not None:
            if asked.accepted == accept:
                return
            raise TooLate(_("You decided this already. Load the page again."))
        if accept:
            record = self._desk.wallets.record(person, asked.record_id)
            if record is None or not still_says(record, asked.shown):
                if record is None or not still_says(record, asked.proposed):
                    raise AskRefused(
                        _("You changed the record since you asked. Ask anew with what it says now.")
                    )
            elif not self._desk.wallets.change(person, corrected(record, asked.proposed)):
                raise AskRefused(_("Your wallet has a record that says exactly this already."))
        if self._desk.store.decide(person, asked.id, accepted=accept) and accept:
            found = self._desk.store.request(person, asked.id)
            if found is not None and found.signer_id is not None:
                self._desk.credential(found)

    def _mail(self, actor: Actor, asked: Confirmation, secret: str, locale: str) -> bool | None:
        # The password of a demo person is published: nobody sends mail through them.
        if not asked.contact or not self._desk.mail.configured or actor.demo:
            return None
        if self._desk.store.mails_to(asked.contact) >= MOST_MAILS_TO_ONE:
            return False
        until = asked.expires_at.date()
        if not self._desk.mail_link(actor.name, asked.contact, secret, until, locale):
            return False
        self._desk.store.mailed(str(actor.person_id), asked.id)
        return True

    def _allowed(self, actor: Actor, action: Action) -> str:
        require(actor, action, actor.person_id)
        return str(actor.person_id)

    def _record(self, person: str, record_id: str) -> WalletRecord:
        found = self._desk.wallets.record(person, record_id) if ID.fullmatch(record_id) else None
        if found is None:
            raise NoSuchRequest(_("There is no such record."))
        return found

    def _request(self, person: str, request_id: str) -> Confirmation:
        found = self._desk.store.request(person, request_id) if ID.fullmatch(request_id) else None
        if found is None:
            raise NoSuchRequest(_("There is no such request. It may have been taken out of the list."))
        return found.confirmation

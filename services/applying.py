"""Applying to a posting: see one's own reading, choose what to send, see what they will see, take it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from accounts.actor import Actor
from accounts.applications import Application, ApplicationStore
from accounts.audit import AuditLog
from accounts.consent import ConsentKind, Scope
from accounts.consents import ConsentStore, NewConsent
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.news import News, NewsStore
from accounts.permissions import Action, require
from accounts.postings import PostingStore
from graph.model import NewsKind, Posting
from i18n import gettext
from services.blind import Reading, giveaways, known_of
from services.postings import PostingService
from services.reading import Reader
from services.reports import plain
from services.sharing import LONGEST, MOST_CHOSEN
from services.wallet import WalletService

FIELDS = frozenset({"name", "email", "area"})
LONGEST_ANSWER = 1000
MOST_APPLICATIONS = 100
APPLIED = _("Somebody applied to “%(title)s” on %(day)s.")


class ApplicationRefused(PersonError):  # noqa: N818 - named as it is shown
    """An application or an answer that cannot be sent as it is; the message says what to change."""

    status = 422


class NotApplied(PersonError):  # noqa: N818 - named as it is shown
    """There is no application of the person's to that posting."""

    status = 404


@dataclass(frozen=True, slots=True)
class Sending:
    """What somebody wants to send.

    Attributes
    ----------
    skills : tuple of str or None
        Addresses of skills; ``None`` for all that count now.
    records : tuple of str
        Ids of records that stand behind them.
    fields : frozenset of str
        What of the account is told once they are moved forward: ``name``, ``email``, ``area``.
    until : date
        The last day on which the employer can look.
    """

    skills: tuple[str, ...] | None
    records: tuple[str, ...]
    fields: frozenset[str]
    until: date


@dataclass(frozen=True, slots=True)
class Sent:
    """An application of one's own. ``state`` is ``live``, ``withdrawn`` or ``ended``."""

    application: Application
    posting: Posting
    state: str


class ApplyingService:
    """The verbs of whoever applies, each asking permission first.

    Parameters
    ----------
    postings : PostingService
        Asks whether a posting can be seen.
    kept : PostingStore
    applications : ApplicationStore
    consents : ConsentStore
    log : AuditLog
    news : NewsStore
    reader : Reader
        Holds a record against a posting.
    wallet_for : callable
        Gives the wallet service of an actor.
    email_of : callable
        Gives a person's e-mail address by their id.
    now : callable
    """

    def __init__(
        self,
        postings: PostingService,
        kept: PostingStore,
        applications: ApplicationStore,
        consents: ConsentStore,
        log: AuditLog,
        news: NewsStore,
        reader: Reader,
        wallet_for: Callable[[Actor], WalletService],
        email_of: Callable[[str], str],
        now: Callable[[], datetime],
    ) -> None:
        self._postings = postings
        self._kept = kept
        self._applications = applications
        self._consents = consents
        self._log = log
        self._news = news
        self._reader = reader
        self._wallet_for = wallet_for
        self._email_of = email_of
        self._now = now

    def look(self, actor: Actor, posting_id: str) -> Reading:
        """Return the person's own reading against a posting, with everything they have."""
        require(actor, Action.APPLICATIONS_SEND, actor.person_id)
        posting = self._postings.seen(actor, posting_id)
        return self._reader.read(posting, actor, Scope(skills=None))

    def preview(self, actor: Actor, posting_id: str, wish: Sending) -> tuple[Reading, Reading]:
        """Return exactly what the employer would see: at once, and once they move the person forward.

        Raises
        ------
        NoSuchPosting, ApplicationRefused
        """
        posting, scope = self._checked(actor, posting_id, wish)
        return (
            self._reader.read(posting, actor, scope),
            self._reader.read(posting, actor, scope, revealed=True),
        )

    def send(self, actor: Actor, posting_id: str, wish: Sending) -> Application:
        """Let the employer see it; sent again, it takes the place of what was sent before.

        Raises
        ------
        NoSuchPosting, ApplicationRefused
            With what to change; nothing is kept then.
        """
        posting, scope = self._checked(actor, posting_id, wish)
        person = str(actor.person_id)
        live = any(one.state == "live" and one.posting.id == posting.id for one in self.mine(actor))
        if not live and self._applications.count(person) >= MOST_APPLICATIONS:
            raise ApplicationRefused(
                _("You have sent %(most)d applications. Take one back first."), most=MOST_APPLICATIONS
            )
        consent = self._consents.grant(
            person,
            NewConsent(
                kind=ConsentKind.EMPLOYER,
                scope=scope,
                grantee_id=posting.owner_id,
                grantee_name=posting.owner_name,
                about=posting.id,
                purpose=posting.title,
                words=employer_words(posting.owner_name, posting.title, wish.until),
                locale=actor.locale,
                ends_at=_end_of(wish.until),
            ),
        )
        sent = self._applications.send(consent)
        self._log.note(
            person,
            Action.APPLICATIONS_SEND.value,
            actor_id=person,
            consent_id=consent.id,
            posting=posting.title,
        )
        self._news.tell(
            posting.owner_id,
            f"applied:{posting.id}",
            APPLIED,
            f"/employer/postings/{posting.id}",
            title=posting.title,
        )
        return sent

    def withdraw(self, actor: Actor, posting_id: str) -> None:
        """Take an application back: from the next request on the employer sees nothing of it. Twice is once.

        Raises
        ------
        NotApplied
        """
        sent = self._sent(actor, posting_id)
        if sent.state != "live":
            return
        person = str(actor.person_id)
        self._consents.withdraw(person, sent.application.consent.id)
        self._log.note(
            person,
            Action.APPLICATIONS_SEND.value,
            actor_id=person,
            consent_id=sent.application.consent.id,
            posting=sent.posting.title,
            withdrawn=True,
        )

    def mine(self, actor: Actor) -> tuple[Sent, ...]:
        """Return what the person applied to, the newest first."""
        require(actor, Action.APPLICATIONS_SEND, actor.person_id)
        now = self._now()
        found = []
        for one in self._applications.of(str(actor.person_id)):
            posting = self._kept.get(one.posting_id)
            if posting is not None:
                state = "withdrawn" if one.consent.withdrawn_at is not None else "ended"
                found.append(Sent(one, posting, "live" if one.consent.live_at(now) else state))
        return tuple(found)

    def sent(self, actor: Actor, posting_id: str) -> tuple[Sent, Reading]:
        """Return an application, and the reading of it that the employer sees.

        Raises
        ------
        NotApplied
        """
        found = self._sent(actor, posting_id)
        one = found.application
        reading = self._reader.read(
            found.posting, actor, one.consent.scope, one, revealed=one.moved_at is not None
        )
        return found, reading

    def answer(self, actor: Actor, posting_id: str, words: str) -> None:
        """Say something to the reading; an empty answer takes it away.

        Raises
        ------
        NotApplied, ApplicationRefused
            If it is too long, or says whose it is before the employer moved the person forward.
        """
        found = self._sent(actor, posting_id)
        if found.state != "live":
            raise NotApplied(_("You have no application to this posting."))
        said = plain(words).strip()
        if len(said) > LONGEST_ANSWER:
            raise ApplicationRefused(_("Say it in at most %(most)d characters."), most=LONGEST_ANSWER)
        if found.application.moved_at is None:
            own = self._wallet_for(actor)
            told = giveaways(said, known_of(actor.name, self._email_of(str(actor.person_id)), own.records()))
            if told:
                raise ApplicationRefused(
                    _("This would say who you are: %(words)s. Leave it out until they move you forward."),
                    words=", ".join(told[:5]),
                )
        self._applications.set_answer(str(actor.person_id), posting_id, said)

    def news(self, actor: Actor) -> tuple[News, ...]:
        """Return whom employers moved the person forward for, the newest first."""
        require(actor, Action.APPLICATIONS_SEND, actor.person_id)
        return tuple(
            one
            for one in self._news.of(str(actor.person_id))
            if one.kind is NewsKind.REQUEST and one.path.startswith("/postings/")
        )

    def dismiss(self, actor: Actor, news_id: str) -> None:
        """Put news away; nothing happens when there is none."""
        require(actor, Action.APPLICATIONS_SEND, actor.person_id)
        self._news.dismiss(str(actor.person_id), news_id)

    def _sent(self, actor: Actor, posting_id: str) -> Sent:
        found = next((one for one in self.mine(actor) if one.posting.id == posting_id), None)
        if found is None:
            raise NotApplied(_("You have no application to this posting."))
        return found

    def _checked(self, actor: Actor, posting_id: str, wish: Sending) -> tuple[Posting, Scope]:
        require(actor, Action.APPLICATIONS_SEND, actor.person_id)
        posting = self._postings.seen(actor, posting_id)
        today = self._now().date()
        if posting.state_on(today) != "open":
            raise ApplicationRefused(_("Nobody can apply to it any more."))
        if posting.owner_id == actor.person_id:
            raise ApplicationRefused(_("This posting is your own."))
        if not today <= wish.until <= today + LONGEST:
            raise ApplicationRefused(_("Choose a last day between today and a year from now."))
        if wish.fields - FIELDS or len(wish.records) > MOST_CHOSEN or len(wish.skills or ()) > MOST_CHOSEN:
            raise ApplicationRefused(_("That cannot be shown."))
        wallet = self._wallet_for(actor)
        own = {record.id for record in wallet.records() if not record.set_aside}
        if set(wish.records) - own:
            raise ApplicationRefused(_("One of the chosen records is not in your wallet, or is set aside."))
        held = [one.skill.uri for one in wallet.wallet().holdings if one.standing.counts]
        if wish.skills is not None and set(wish.skills) - set(held):
            raise ApplicationRefused(
                _("One of the chosen skills is not in your wallet, or does not count now.")
            )
        # All of them are those of today: what comes into the wallet later was never looked at.
        skills = tuple(dict.fromkeys(held if wish.skills is None else wish.skills))
        if not skills:
            raise ApplicationRefused(_("Choose at least one skill to send."))
        scope = Scope(
            skills,
            tuple(dict.fromkeys(wish.records)),
            wish.fields,
            frozenset({Action.APPLICATIONS_MOVE.value}),
        )
        return posting, scope


def employer_words(employer: str, title: str, until: date) -> str:
    """The sentence by which somebody applies, in the reader's language."""
    return gettext(
        "%(employer)s may read what I chose against “%(title)s” until %(day)s, without knowing who I am until"
        " they move me forward. I see every look, and can take this back at any time.",
        employer=employer,
        title=title,
        day=until.isoformat(),
    )


def _end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)

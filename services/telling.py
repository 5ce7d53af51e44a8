"""What comes by the calendar is told in time, and what was told goes out by e-mail where that is set up.

A mail says of what kind it is and nothing else: no title, no name, nobody's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

import structlog

from accounts.actor import Account, Actor
from accounts.consent import Consent, ConsentKind
from accounts.consents import ConsentStore
from accounts.employment_plans import EmploymentPlanStore
from accounts.errors import marked as _
from accounts.news import NewsStore
from accounts.plans import PlanStore
from graph.model import NewsKind
from i18n import gettext, use_locale
from services.mail import Mailer
from services.news import stop_token
from wallet.store import WalletStore

EXPIRING = (7, 30, 60)
"""Days before a record's last day at which its owner is told."""
ENDING = timedelta(days=3)
DUE = timedelta(days=7)
LATE = timedelta(days=30)
"""A follow-up that nobody did for so long is not told any more; the caseload still says it."""
LOOK_AT_CALENDAR = timedelta(minutes=15)
BETWEEN_MAILS = timedelta(hours=1)
OLDEST_MAILED = timedelta(days=2)
MOST_REFUSED = 3
"""Mails that the server did not take, after which it is left in peace until the next round."""
PUT_AWAY_KEPT = timedelta(days=90)

log = structlog.get_logger()


class People(Protocol):
    """What is needed of the people store."""

    def account(self, person_id: str) -> Account | None: ...
    def actor(self, person_id: str) -> Actor | None: ...


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that a calendar holds for a person.

    Attributes
    ----------
    about : str
        What it is of: told once.
    instead_of : tuple of str
        What was told before and is over with it.
    until : date
        The day it is about.
    """

    person_id: str
    kind: NewsKind
    about: str
    message: str
    path: str
    until: date
    values: dict[str, str] = field(default_factory=dict)
    instead_of: tuple[str, ...] = ()


Calendar = Callable[[datetime], Iterable[Coming]]
"""Gives what is near enough at a moment to be told."""


def records_ending(wallets: WalletStore) -> Calendar:
    """Records that end within 60, 30 and 7 days."""

    def look(now: datetime) -> Iterator[Coming]:
        today = now.date()
        for person, record, title, last in wallets.ending(today, today + timedelta(days=EXPIRING[-1])):
            within = next(days for days in EXPIRING if last - today <= timedelta(days=days))
            yield Coming(
                person,
                NewsKind.EXPIRING,
                f"expiring:{record}:{within}",
                _("“%(title)s” ends within %(within)s days, on %(until)s."),
                f"/wallet/records/{record}",
                last,
                {"title": title[:200], "within": str(within)},
                tuple(f"expiring:{record}:{days}" for days in EXPIRING if days != within),
            )

    return look


def consents_ending(consents: ConsentStore) -> Calendar:
    """What a person shares that ends within three days."""

    def look(now: datetime) -> Iterator[Coming]:
        for one in consents.ending(now + ENDING, ENDING):
            told = _ending(one)
            if told is not None and one.ends_at is not None:
                message, values = told
                last = (one.ends_at - timedelta(seconds=1)).date()
                about = f"ending:{one.id}"
                yield Coming(one.person_id, NewsKind.SHARE, about, message, "/shares", last, values)

    return look


def plans_due(plans: PlanStore) -> Calendar:
    """What a person means to have within a week."""

    def look(now: datetime) -> Iterator[Coming]:
        for person, plan in plans.due(now.date(), (now + DUE).date()):
            if plan.due_on is not None:
                yield Coming(
                    person,
                    NewsKind.PLAN,
                    f"plan:{plan.id}:{plan.due_on.isoformat()}",
                    _("By %(until)s you meant to do what you planned as “%(name)s”."),
                    "/next#plans",
                    plan.due_on,
                    {"name": plan.name},
                )

    return look


def steps_due(plans: EmploymentPlanStore) -> Calendar:
    """Steps of the plans that people made with a counselor, within a week and not done."""

    def look(now: datetime) -> Iterator[Coming]:
        for person, step in plans.steps_due(now.date(), (now + DUE).date()):
            if step.due_on is not None:
                yield Coming(
                    person,
                    NewsKind.PLAN,
                    f"step:{step.id}:{step.due_on.isoformat()}",
                    _("By %(until)s this step of your plan is due: “%(step)s”."),
                    "/plan#steps",
                    step.due_on,
                    {"step": step.what[:200]},
                )

    return look


def follow_ups_due(plans: EmploymentPlanStore) -> Calendar:
    """Follow-ups that are due, told to who advises the person now; no name is kept with it."""

    def look(now: datetime) -> Iterator[Coming]:
        today = now.date()
        for who, person, plan, one in plans.follow_ups_due(today - LATE, today):
            yield Coming(
                who,
                NewsKind.PLAN,
                follow_up_about(plan, one.days),
                _("%(days)s days after a client's plan was signed, the follow-up is due since %(until)s."),
                f"/counselor/{person}/plan#follow-ups",
                one.due_on,
                {"days": str(one.days)},
            )

    return look


def reviews_due(plans: EmploymentPlanStore) -> Calendar:
    """Days on which a plan is looked at again, within a week: told to its person, and to who advises them."""

    def look(now: datetime) -> Iterator[Coming]:
        for who, person, plan, day in plans.reviews_due(now.date(), (now + DUE).date()):
            own = who == person
            yield Coming(
                who,
                NewsKind.PLAN,
                f"review:{plan}:{day.isoformat()}",
                _("On %(until)s you and your counselor look at your plan again.")
                if own
                else _("On %(until)s the plan of a client is to be looked at again."),
                "/plan#steps" if own else f"/counselor/{person}/plan",
                day,
            )

    return look


def follow_up_about(plan_id: str, days: int) -> str:
    """What a follow-up is told under; once it is done, or not due any more, it is forgotten by it."""
    return f"follow_up:{plan_id}:{days}"


class Telling:
    """Looks at the calendars and sends the mails, in the background: for everybody, and asked by nobody.

    Parameters
    ----------
    news : NewsStore
    wallets : WalletStore
    people : People
    calendars : iterable of callables
    mail : Mailer
    public_url : str
        Where a mail's links lead.
    secrets : bytes
        Makes the links by which mails are stopped.
    now : callable
    """

    def __init__(
        self,
        news: NewsStore,
        wallets: WalletStore,
        people: People,
        calendars: Iterable[Calendar],
        mail: Mailer,
        public_url: str,
        secrets: bytes,
        now: Callable[[], datetime],
    ) -> None:
        self._news = news
        self._wallets = wallets
        self._people = people
        self._calendars = tuple(calendars)
        self._mail = mail
        self._public_url = public_url
        self._secrets = secrets
        self._now = now
        self._looked: datetime | None = None

    def round(self, go_on: Callable[[], bool] = lambda: True) -> tuple[int, int]:
        """Tell what is due and send what was told; how many people were written to, and reached."""
        now = self._now()
        if self._looked is None or now - self._looked >= LOOK_AT_CALENDAR:
            self.look_at_calendars()
            self._looked = now
        return self.send(go_on) if self._mail.configured else (0, 0)

    def look_at_calendars(self) -> None:
        """Tell what is near enough, each thing once."""
        now = self._now()
        for calendar in self._calendars:
            for one in calendar(now):
                if one.instead_of:
                    self._news.forget(*one.instead_of)
                self._news.tell(
                    one.person_id,
                    one.about,
                    one.message,
                    one.path,
                    kind=one.kind,
                    once=True,
                    until=one.until.isoformat(),
                    **one.values,
                )
        self._news.forget_put_away(now - PUT_AWAY_KEPT)

    def send(self, go_on: Callable[[], bool] = lambda: True) -> tuple[int, int]:
        """Write to everybody who was told something, at most once an hour each.

        Returns
        -------
        (int, int)
            How many were written to, and of how many the server took the mail. Who it did not take
            is tried again after an hour, for two days.
        """
        since = self._now() - OLDEST_MAILED
        waiting: dict[str, list[tuple[str, NewsKind]]] = {}
        for person, one, kind in (*self._news.unmailed(since), *self._wallets.unmailed(since)):
            waiting.setdefault(person, []).append((one, kind))
        tried = reached = 0
        for person, told in waiting.items():
            if not go_on() or tried - reached >= MOST_REFUSED:
                break
            wanted = frozenset(NewsKind) - self._news.choices(person).not_by_mail
            kinds = [kind for kind in NewsKind if kind in wanted and any(kind is one for _id, one in told)]
            actor, account = self._people.actor(person), self._people.account(person)
            ids = [one for one, _kind in told]
            # The password of a demo person is published: nobody sends mail through them.
            if not kinds or actor is None or account is None or actor.demo:
                self._done(ids)
                continue
            if not self._news.begin_mail(person, BETWEEN_MAILS):
                continue
            tried += 1
            if self._write(actor, account.email, kinds):
                reached += 1
                self._done(ids)
        return tried, reached

    def _done(self, ids: Iterable[str]) -> None:
        self._news.mailed(ids)
        self._wallets.mailed(ids, self._now())

    def _write(self, actor: Actor, to: str, kinds: Iterable[NewsKind]) -> bool:
        stop = f"{self._public_url}/notifications/stop/{stop_token(self._secrets, str(actor.person_id))}"
        with use_locale(actor.locale):
            lines = "\n".join(f"- {gettext(IN_MAIL[kind])}" for kind in kinds)
            text = gettext(
                "%(lines)s\n\nSee it here, signed in:\n\n%(link)s\n\nThere you also choose what you are"
                " written about. To get no more of these mails:\n\n%(stop)s",
                lines=lines,
                link=f"{self._public_url}/notifications",
                stop=stop,
            )
            return self._mail.send(to, gettext("Something new for you in Waymark"), text, stop=stop)


IN_MAIL = {
    NewsKind.ARRIVED: _("A record came into your wallet."),
    NewsKind.CHANGED: _("A record of yours was checked again, and its standing changed."),
    NewsKind.EXPIRING: _("A record of yours ends soon."),
    NewsKind.SHARE: _("Something that you share was looked at, or ends soon."),
    NewsKind.REQUEST: _("Somebody asks something of you, or answered you."),
    NewsKind.PLAN: _("Something that you planned is due."),
}


def _ending(consent: Consent) -> tuple[str, dict[str, str]] | None:
    if consent.kind is ConsentKind.LINK:
        if consent.purpose:
            return _("Your link “%(purpose)s” is good until %(until)s."), {"purpose": consent.purpose[:200]}
        return _("A link of yours is good until %(until)s."), {}
    if consent.kind is ConsentKind.EMPLOYER:
        return (
            _("%(employer)s can read what you sent for “%(title)s” until %(until)s."),
            {"employer": consent.grantee_name, "title": consent.purpose},
        )
    if consent.kind is ConsentKind.COUNSELOR:
        return (
            _("%(counselor)s can look at your records until %(until)s."),
            {"counselor": consent.grantee_name},
        )
    return None

"""What an employer receives: read without knowing whose it is, compared, and moved forward."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Protocol

import structlog

from accounts.access import Access
from accounts.actor import Actor
from accounts.applications import Application, ApplicationStore
from accounts.errors import PermissionDenied, PersonError
from accounts.errors import marked as _
from accounts.news import NewsStore
from accounts.permissions import Action, require
from graph.model import NewsKind, Posting, SquareState
from i18n import gettext
from services.blind import Reading
from services.checking_again import check_behind
from services.postings import PostingService
from services.reading import Reader
from services.records import Checking
from wallet.store import WalletStore

MOST_COMPARED = 4
MOST_LISTED = 200
SORTS = ("must", "matched", "proven", "preferred", "label")
# A spreadsheet takes a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LOOKED = _("%(employer)s looked at what you sent for “%(title)s”, last on %(day)s.")
MOVED = _(
    "%(employer)s moved you forward for “%(title)s” on %(day)s: what you chose to tell is open to them."
)

log = structlog.get_logger()


class NoSuchApplication(PersonError):  # noqa: N818 - named as it is shown
    """There is no such application, it is to somebody else, or it was taken back: which is not said."""

    status = 404


class People(Protocol):
    """What is needed of the people store."""

    def actor(self, person_id: str) -> Actor | None: ...


@dataclass(frozen=True, slots=True)
class Opened:
    """An application that was opened.

    Attributes
    ----------
    verified_at : datetime
        When every signed record behind it was checked.
    unreached : bool
        Some issuer could not be reached just now: its records stand as they were when last looked at.
    """

    posting: Posting
    reading: Reading
    verified_at: datetime
    unreached: bool


class ApplicationService:
    """The verbs of an employer about what was sent to its postings, each asking permission first.

    Every look stands on the person's consent, and is noted for them before anything is shown.

    Parameters
    ----------
    postings : PostingService
        Asks whose a posting is.
    applications : ApplicationStore
    access : Access
    news : NewsStore
    people : People
    reader : Reader
    wallets : WalletStore
    checking : callable
        What records are checked with.
    now : callable
    """

    def __init__(
        self,
        postings: PostingService,
        applications: ApplicationStore,
        access: Access,
        news: NewsStore,
        people: People,
        reader: Reader,
        wallets: WalletStore,
        checking: Callable[[], Checking],
        now: Callable[[], datetime],
    ) -> None:
        self._postings = postings
        self._applications = applications
        self._access = access
        self._news = news
        self._people = people
        self._reader = reader
        self._wallets = wallets
        self._checking = checking
        self._now = now

    def received(self, actor: Actor, posting_id: str, sort: str = SORTS[0]) -> tuple[Reading, ...]:
        """Return the readings of what was sent to a posting, by skills; equals by label, drawn by lot.

        Raises
        ------
        NoSuchPosting
        """
        posting = self._postings.own(actor, posting_id)
        found = (
            self._read(actor, posting, one, listed=True)
            for one in self._applications.to(posting_id)[:MOST_LISTED]
        )
        return tuple(sorted((one for one in found if one is not None), key=_order(sort)))

    def open(self, actor: Actor, application_id: str) -> Opened:
        """Open an application: check what is behind it, tell its person, and show it.

        Raises
        ------
        NoSuchApplication
        """
        one, posting = self._found(actor, application_id)
        self._let_in(actor, Action.APPLICATIONS_READ, one, posting)
        unreached = check_behind(
            self._wallets, self._checking(), one.person_id, one.consent.scope, self._now()
        )
        # Taken back while it was being checked: nothing is shown any more.
        one, posting = self._found(actor, application_id)
        person = self._people.actor(one.person_id)
        if person is None:
            raise _none()
        self._news.tell(
            one.person_id,
            f"looked:{posting.id}",
            LOOKED,
            f"/postings/{posting.id}",
            kind=NewsKind.SHARE,
            employer=posting.owner_name,
            title=posting.title,
        )
        reading = self._reader.read(
            posting, person, one.consent.scope, one, revealed=one.moved_at is not None
        )
        return Opened(posting, reading, self._now(), unreached)

    def compare(self, actor: Actor, posting_id: str, ids: Iterable[str]) -> tuple[Reading, ...]:
        """Return the readings of up to four applications to one posting, in the order they are named.

        Raises
        ------
        NoSuchPosting, NoSuchApplication
        """
        posting = self._postings.own(actor, posting_id)
        live = {one.id: one for one in self._applications.to(posting_id)}
        chosen = tuple(dict.fromkeys(ids))[:MOST_COMPARED]
        if set(chosen) - live.keys():
            raise _none()
        found = (self._read(actor, posting, live[one]) for one in chosen)
        return tuple(one for one in found if one is not None)

    def move_forward(self, actor: Actor, application_id: str) -> Application:
        """Go on with somebody: what they chose to tell of themself is open from now on, and they are told.

        Twice is once.

        Raises
        ------
        NoSuchApplication
        """
        one, posting = self._found(actor, application_id)
        self._let_in(actor, Action.APPLICATIONS_MOVE, one, posting)
        if self._applications.move(one.id):
            self._news.tell(
                one.person_id,
                f"moved:{posting.id}",
                MOVED,
                f"/postings/{posting.id}",
                employer=posting.owner_name,
                title=posting.title,
            )
        return self._found(actor, application_id)[0]

    def table(self, actor: Actor, posting_id: str) -> str:
        """Return what was sent to a posting as CSV, as blind as the page is.

        Raises
        ------
        NoSuchPosting
        """
        posting = self._postings.own(actor, posting_id)
        readings = self.received(actor, posting_id)
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        wanted = [one.label for one in posting.wanted]
        writer.writerow(
            [
                gettext("Applicant"),
                *(gettext("Matched"), gettext("Partly matched"), gettext("Missing")),
                *(
                    gettext("Must-haves matched"),
                    gettext("Moved forward"),
                    gettext("Name"),
                    gettext("E-mail"),
                ),
                *map(_cell, wanted),
            ]
        )
        for one in readings:
            states = {read.square.requirement.skill.uri: read for read in one.squares}
            writer.writerow(
                [
                    one.label,
                    *(one.count(state) for state in SquareState),
                    one.count(SquareState.MATCHED, must=True),
                    one.moved_at.date().isoformat() if one.moved_at else "",
                    _cell(one.name) if one.moved_at else gettext("concealed"),
                    _cell(one.email) if one.moved_at else gettext("concealed"),
                    *(_words(states.get(wanted.uri)) for wanted in posting.wanted),
                ]
            )
        return text.getvalue()

    def _read(
        self, actor: Actor, posting: Posting, one: Application, *, listed: bool = False
    ) -> Reading | None:
        person = self._people.actor(one.person_id)
        if person is None:
            return None
        try:
            self._let_in(actor, Action.APPLICATIONS_READ, one, posting, listed=listed)
        except NoSuchApplication:
            return None  # taken back in this moment
        return self._reader.read(posting, person, one.consent.scope, one, revealed=one.moved_at is not None)

    def _found(self, actor: Actor, application_id: str) -> tuple[Application, Posting]:
        """The application and its posting, where it is to this employer and holds now."""
        require(actor, Action.POSTINGS_CHANGE)
        one = self._applications.get(application_id) if len(application_id) <= 32 else None
        if one is None:
            raise _none()
        if one.consent.grantee_id != actor.person_id:
            log.warning("asked for somebody else's", kind="application")
            raise _none()
        if not one.consent.live_at(self._now()):
            raise _none()
        return one, self._postings.own(actor, one.posting_id)

    def _let_in(
        self, actor: Actor, action: Action, one: Application, posting: Posting, **what: object
    ) -> None:
        told = {"posting": posting.title, **{name: value for name, value in what.items() if value}}
        try:
            self._access.require(actor, action, one.person_id, about=posting.id, **told)
        except PermissionDenied:
            raise _none() from None


def _order(sort: str) -> Callable[[Reading], tuple]:
    """By counts of squares: nothing else of anybody puts them in an order."""
    matched, partial = SquareState.MATCHED, SquareState.PARTIAL

    def place(one: Reading) -> tuple:
        must = (-one.count(matched, must=True), -one.count(partial, must=True))
        every = (-one.count(matched), -one.count(partial))
        preferred = (-one.count(matched, preferred=True), -one.count(partial, preferred=True))
        first = {"must": must, "proven": (-one.proven,), "preferred": preferred, "label": ()}.get(sort, ())
        return (*first, *(() if sort == "label" else every), one.label)

    return place


def _words(read: object) -> str:
    if read is None:
        return gettext("Missing")
    square, claimed = read.square, read.claimed  # type: ignore[attr-defined]
    if square.state is SquareState.MISSING:
        return gettext("Missing")
    if square.state is SquareState.PARTIAL:
        return (
            gettext("Partly matched, by their own word") if claimed else gettext("Partly matched, confirmed")
        )
    return gettext("Matched, by their own word") if claimed else gettext("Matched, confirmed")


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value


def _none() -> NoSuchApplication:
    return NoSuchApplication(_("There is no such application, or it was taken back."))

"""What a counselor writes down of one client: time, notes; and what of it the client sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from math import ceil

from accounts.actor import Actor
from accounts.cases import CaseStore
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.news import NewsStore
from accounts.permissions import Action, require
from graph.model import Activity, CaseNote, Meeting
from services.advising import Advising
from services.caseload import LONGEST_MEETING
from services.employment_plans import paragraphs

LONGEST_NOTE = 4000
SHARED = _("%(counselor)s shared a note with you on %(day)s.")


class WorkRefused(PersonError):  # noqa: N818 - named as it is shown
    """A note or a time that cannot be kept as it is; the message says what to change."""

    status = 422


class NoSuchNote(PersonError):  # noqa: N818 - named as it is shown
    """There is no such note, or somebody else wrote it."""

    status = 404


class CaseWork:
    """The verbs about meetings and notes, each asking permission first.

    Parameters
    ----------
    advising : Advising
    cases : CaseStore
    news : NewsStore
    now : callable
    """

    def __init__(
        self, advising: Advising, cases: CaseStore, news: NewsStore, now: Callable[[], datetime]
    ) -> None:
        self._advising = advising
        self._cases = cases
        self._news = news
        self._now = now

    def begin(self, actor: Actor, person_id: str, activity: str) -> Meeting:
        """Begin a meeting with a client; one that goes on is gone on with."""
        client = self._advising.client(actor, person_id, Action.CASES_CHANGE, meeting="began")
        return self._cases.begin(client.id, _id(actor), actor.name, _activity(activity))

    def end(self, actor: Actor, person_id: str, activity: str, minutes: int | None = None) -> Meeting:
        """End the meeting that goes on; its length is by the clock where none is said.

        Raises
        ------
        WorkRefused
            If none goes on, or it is too long to be one.
        """
        client = self._advising.client(actor, person_id, Action.CASES_CHANGE, meeting="ended")
        going = self._cases.under_way(client.id, _id(actor))
        if going is None:
            raise WorkRefused(_("No meeting goes on. Begin one first."))
        passed = self.minutes(going) if minutes is None else minutes
        if not 0 < passed <= LONGEST_MEETING:
            raise WorkRefused(_("Say between 1 and %(most)d minutes."), most=LONGEST_MEETING)
        ended = self._cases.end(client.id, _id(actor), _activity(activity), passed)
        return ended or going

    def minutes(self, meeting: Meeting) -> int:
        """How long a meeting has gone on, in minutes begun."""
        passed = ((meeting.ended_at or self._now()) - meeting.began_at).total_seconds()
        return max(1, ceil(passed / 60))

    def write(self, actor: Actor, person_id: str, text: str, *, shared: bool) -> CaseNote:
        """Keep a note: shared with the client, who is told, or for counseling staff alone.

        Raises
        ------
        WorkRefused
        """
        client = self._advising.client(
            actor, person_id, Action.CASES_CHANGE, note="shared" if shared else "private"
        )
        said = paragraphs(text)
        if not said or len(said) > LONGEST_NOTE:
            raise WorkRefused(_("Write a note of at most %(most)d characters."), most=LONGEST_NOTE)
        note = self._cases.add_note(client.id, (_id(actor), actor.name), said, shared=shared)
        if shared:
            self._news.tell(client.id, f"note:{note.id}", SHARED, "/plan#notes", counselor=actor.name)
        return note

    def notes(self, actor: Actor, person_id: str) -> tuple[CaseNote, ...]:
        """Return the notes that are shared with a client, and the actor's own private ones."""
        client = self._advising.client(actor, person_id, Action.CASES_READ)
        own = _id(actor)
        return tuple(
            one
            for one in self._cases.notes(client.id, shared_only=False)
            if one.shared or one.author_id == own
        )

    def remove(self, actor: Actor, person_id: str, note_id: str) -> None:
        """Take a note of one's own away.

        Raises
        ------
        NoSuchNote
        """
        client = self._advising.client(actor, person_id, Action.CASES_CHANGE, note="removed")
        if not self._cases.remove_note(client.id, note_id, _id(actor)):
            raise NoSuchNote(_("There is no such note among yours."))

    def shared_with_me(self, actor: Actor) -> tuple[tuple[CaseNote, ...], int]:
        """Return the notes that are shared with the actor, and how many there are beside."""
        require(actor, Action.CASES_READ, actor.person_id)
        own = _id(actor)
        return self._cases.notes(own, shared_only=True), self._cases.private_notes(own)

    def my_meetings(self, actor: Actor) -> tuple[Meeting, ...]:
        """Return the meetings that counselors kept with the actor, the latest first."""
        require(actor, Action.CASES_READ, actor.person_id)
        return self._cases.meetings(_id(actor))


def _activity(said: str) -> Activity:
    try:
        return Activity(said)
    except ValueError:
        raise WorkRefused(_("Choose an activity from the list.")) from None


def _id(actor: Actor) -> str:
    return str(actor.person_id)

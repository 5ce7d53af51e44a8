"""What counselors ask about those who let them advise, and anybody about their own employment plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.advising_answers import CaseloadAnswer, CaseNoteAnswer, ClientAnswer, EmploymentPlanAnswer
from api.asked import Asked, Nothing, Words
from api.route import Route
from graph.model import Flag
from services.caseload import CaseloadView
from services.employment_plans import no_plan


class CaseloadAsked(Asked):
    """Which clients, in which order."""

    q: Words = ""
    flag: Annotated[
        Literal["failed", "ending", "overdue", "follow_up", "quiet"] | None,
        Field(description="Only those whom a person has to look at for this"),
    ] = None
    goal: Annotated[
        str, Field(pattern=r"^([0-9]{2}-[0-9]{4}\.[0-9]{2})?$", description="O*NET-SOC code of the goal")
    ] = ""
    group: Annotated[str, Field(max_length=32, description="Id of a group")] = ""
    sort: Literal["needs", "name", "next", "met", "progress", "goal"] = "needs"
    page: Annotated[int, Field(ge=1, le=1000, description="Of fifty clients each")] = 1


class NoteBody(BaseModel):
    """A note about a client. One that is not shared is for counseling staff alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: Annotated[str, Field(min_length=1, max_length=4000)]
    shared: bool = False


class AdvisingVerbs:
    """Read what was asked, call one verb, give its answer a shape; see ``api.routes.Answers``."""

    _services: Any
    _actor: Callable[[], Any]

    def caseload(self, asked: CaseloadAsked) -> CaseloadAnswer:
        flag = Flag(asked.flag) if asked.flag else None
        view = CaseloadView(asked.q, asked.sort, flag, asked.group, asked.goal, asked.page)
        return CaseloadAnswer.of(self._services.caseload.mine(self._actor(), view))

    def advised(self, _asked: Nothing, id: str) -> ClientAnswer:
        return ClientAnswer.of(self._services.caseload.one(self._actor(), id))

    def advised_plan(self, _asked: Nothing, id: str) -> EmploymentPlanAnswer:
        return _plan(self._services.employment_plans.read(self._actor(), id))

    def advised_notes(self, _asked: Nothing, id: str) -> list[CaseNoteAnswer]:
        return [CaseNoteAnswer.of(one) for one in self._services.case_work.notes(self._actor(), id)]

    def write_note(self, _asked: Nothing, id: str, body: NoteBody) -> CaseNoteAnswer:
        kept = self._services.case_work.write(self._actor(), id, body.text, shared=body.shared)
        return CaseNoteAnswer.of(kept)

    def employment_plan(self, _asked: Nothing) -> EmploymentPlanAnswer:
        return _plan(self._services.employment_plans.mine(self._actor()))


def _plan(plan: Any) -> EmploymentPlanAnswer:
    if plan is None:
        raise no_plan()
    return EmploymentPlanAnswer.of(plan)


ADVISING_ROUTES = (
    Route(
        "GET",
        "/caseload",
        "caseload",
        "Counselors: those who let one advise them; each is told once a day that they were listed",
        CaseloadAnswer,
        CaseloadAsked,
        problems=(401, 403),
        own=True,
        needs=("caseload.read",),
    ),
    Route(
        "GET",
        "/caseload/{id}",
        "advised",
        "Counselors: one client in figures: goal, progress, what is due, what needs a person",
        ClientAnswer,
        problems=(401, 403, 404),
        own=True,
        needs=("caseload.read", "cases.read"),
    ),
    Route(
        "GET",
        "/caseload/{id}/plan",
        "advised_plan",
        "Counselors: a client's employment plan, its versions and who signed them",
        EmploymentPlanAnswer,
        problems=(401, 403, 404),
        own=True,
        needs=("caseload.read", "plans.read"),
    ),
    Route(
        "GET",
        "/caseload/{id}/notes",
        "advised_notes",
        "Counselors: notes shared with a client, and private ones of one's own, the newest first",
        list[CaseNoteAnswer],
        problems=(401, 403, 404),
        own=True,
        needs=("caseload.read", "cases.read"),
    ),
    Route(
        "POST",
        "/caseload/{id}/notes",
        "write_note",
        "Counselors: keep a note about a client; they are told of one that is shared",
        CaseNoteAnswer,
        body=NoteBody,
        problems=(401, 403, 404, 415, 422),
        own=True,
        status=201,
        needs=("caseload.read", "cases.change"),
    ),
    Route(
        "GET",
        "/employment-plan",
        "employment_plan",
        "One's own employment plan, its versions and who signed them",
        EmploymentPlanAnswer,
        problems=(401, 403, 404),
        own=True,
        needs=("plans.read",),
    ),
)

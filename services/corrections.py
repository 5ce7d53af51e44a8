"""What an administrator does with what people report: see it, decide, take the decisions out as a review."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from accounts.actor import Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from accounts.reports import DISMISSED, MISSING, OPEN, ReportStore, Ruled, Ruling, Said
from data.review import DECISIONS, Decision, write_decisions
from graph.build import SkillRoleGraph
from graph.model import Requirement, Role, Skill, Task
from services.reports import ReportBook, checked, no_such_report, plain
from services.roles import role_not_found
from services.wallet import SkillUnknown

LONGEST_REASON = 300
FOR_A_SQUARE = ("keep", "drop", "swap")
FOR_WHAT_IS_MISSING = ("add",)


class DecisionRefused(PersonError):  # noqa: N818 - named as it is shown
    """A decision that the review could not hold; the message says what is lacking."""


class DecidedAlready(PersonError):  # noqa: N818 - named as it is shown
    """Somebody came first."""

    status = 409


@dataclass(frozen=True, slots=True)
class Case:
    """What is decided at once: everything people say about one square, or miss together.

    Attributes
    ----------
    id : str
        Of the oldest report.
    kind : str
        ``wrong`` or ``missing``.
    title : str
        Of the role; its code where the release no longer has it.
    uri : str
        The statement it is about; empty where something is missing that nobody found a statement for.
    skill : Skill or None
        The same, as it is published.
    requirement : Requirement or None
        The square, with the tasks behind it; ``None`` where the role does not require it (any more).
    count : int
        How many people.
    words : tuple of str
        What they wrote, the oldest first; who wrote nothing is left out.
    since : datetime
        When the first of them said so.
    """

    id: str
    kind: str
    role_code: str
    title: str
    uri: str
    skill: Skill | None
    requirement: Requirement | None
    count: int
    words: tuple[str, ...]
    since: datetime

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be decided."""
        return FOR_WHAT_IS_MISSING if self.kind == MISSING else FOR_A_SQUARE

    @property
    def behind(self) -> frozenset[str]:
        """Ids of the tasks behind the square."""
        return frozenset(task.id for task in self.requirement.evidence) if self.requirement else frozenset()


@dataclass(frozen=True, slots=True)
class Settled:
    """Something that was decided; ``decision`` is empty where a report was dismissed.

    ``skill`` and ``other`` are the names of statements, or their addresses where the release no
    longer has them. ``task`` is its text, or its id.
    """

    id: str
    role_code: str
    title: str
    skill: str
    decision: str
    other: str
    task: str
    core: bool
    reason: str
    when: datetime


class CorrectionService:
    """The verbs about what everybody reports, each asking permission first.

    Parameters
    ----------
    reports : ReportStore
        The system of record.
    graph, labor : callable
        Give the skill-role graph and the labour-market store, or raise `RolesAway`.
    """

    def __init__(
        self, reports: ReportStore, graph: Callable[[], SkillRoleGraph], labor: Callable[[], ReportBook]
    ) -> None:
        self._reports = reports
        self._graph = graph
        self._labor = labor

    def cases(self, actor: Actor) -> tuple[Case, ...]:
        """Return what is open, by role, then what most people report first; never who they are."""
        require(actor, Action.REPORTS_DECIDE)
        groups: dict[tuple[str, str, str], list[Said]] = {}
        for said in self._reports.in_state(OPEN):
            groups.setdefault(said.subject, []).append(said)
        skills = self._skills(
            each.skill_uri or each.chosen_uri for group in groups.values() for each in group
        )
        cases = (self._case(group, skills) for group in groups.values())
        return tuple(sorted(cases, key=lambda case: (case.title, case.role_code, -case.count, case.since)))

    def tasks(self, actor: Actor, role_code: str) -> tuple[Task, ...]:
        """Return a role's tasks as O*NET orders them."""
        require(actor, Action.REPORTS_DECIDE)
        return self._labor().tasks(role_code)

    def decide(
        self,
        actor: Actor,
        report_id: str,
        decision: str,
        *,
        task: str,
        core: bool = False,
        reason: str = "",
        statement: str = "",
    ) -> None:
        """Decide about what a report says, for everybody who reported the same.

        Parameters
        ----------
        decision : str
            ``keep``, ``drop`` or ``swap`` for a square, ``add`` for what is missing.
        task : str
            Id of the task of the role that the statement answers, or comes nearest to.
        core : bool
            The work cannot be done without it.
        reason : str
            At most 300 characters; needed but for ``keep``.
        statement : str
            URI or id of the better statement of a ``swap``, or of the one to ``add``.

        Raises
        ------
        NoSuchReport, RoleNotFound, SkillUnknown
            If what it is about is not there.
        DecisionRefused
            With what to change.
        DecidedAlready
            If another decision was taken meanwhile; the same one again is the same.
        """
        require(actor, Action.REPORTS_DECIDE)
        said = self._reports.report(checked(report_id))
        if said is None:
            raise no_such_report()
        ruling = self._ruling(said, decision, task, plain(reason), statement, core=core)
        if said.state != OPEN:
            if any(ruled.ruling == ruling for ruled in self._reports.rulings()):
                return
            raise DecidedAlready(_("This is decided already. Load the page again."))
        self._reports.accept(said, ruling, str(actor.person_id))

    def dismiss(self, actor: Actor, report_id: str, reason: str = "") -> None:
        """Close what a report says without a correction; twice is once.

        Raises
        ------
        NoSuchReport, DecisionRefused, DecidedAlready
        """
        require(actor, Action.REPORTS_DECIDE)
        said = self._reports.report(checked(report_id))
        if said is None:
            raise no_such_report()
        if said.state not in (OPEN, DISMISSED):
            raise DecidedAlready(_("This is decided already. Load the page again."))
        self._reports.dismiss(said, _short(plain(reason)), str(actor.person_id))

    def settled(self, actor: Actor) -> tuple[Settled, ...]:
        """Return what was decided or dismissed, the latest first."""
        require(actor, Action.REPORTS_DECIDE)
        rulings, dismissed = self._reports.rulings(), self._reports.in_state(DISMISSED)
        skills = self._skills(
            [
                *(uri for ruled in rulings for uri in (ruled.ruling.skill_uri, ruled.ruling.other_uri)),
                *(said.skill_uri or said.chosen_uri for said in dismissed),
            ]
        )
        tasks = {
            code: {task.id: task.text for task in self._labor().tasks(code)}
            for code in {ruled.ruling.role_code for ruled in rulings}
        }
        found = [self._decided(ruled, skills, tasks[ruled.ruling.role_code]) for ruled in rulings]
        once: dict[tuple[str, str, str], Said] = {}
        for said in dismissed:
            once.setdefault(said.subject, said)
        found += [self._dismissed(said, skills) for said in once.values()]
        return tuple(sorted(found, key=lambda one: one.when, reverse=True))

    def undo(self, actor: Actor, settled_id: str) -> None:
        """Open again what a decision had closed; the decision is gone.

        Raises
        ------
        NoSuchReport
        """
        require(actor, Action.REPORTS_DECIDE)
        if not self._reports.undo(checked(settled_id)):
            raise no_such_report()

    def export(self, actor: Actor) -> str:
        """Return every decision that stands as CSV in the format of the editorial review."""
        require(actor, Action.REPORTS_DECIDE)
        text = io.StringIO()
        write_decisions(text, (_row(ruled.ruling) for ruled in self._reports.rulings()))
        return text.getvalue()

    def _ruling(
        self, said: Said, decision: str, task: str, reason: str, statement: str, *, core: bool
    ) -> Ruling:
        """The decision, once it is one that the review can hold."""
        graph = self._graph()
        if said.role_code not in graph:
            raise role_not_found(said.role_code)
        role = graph.role(said.role_code)
        choices = FOR_WHAT_IS_MISSING if said.kind == MISSING else FOR_A_SQUARE
        if decision not in DECISIONS or decision not in choices:
            raise DecisionRefused(_("Choose what to decide."))
        if task not in {one.id for one in self._labor().tasks(said.role_code)}:
            raise DecisionRefused(_("Choose the task of this role that it answers, or comes nearest to."))
        if not reason and decision != "keep":
            raise DecisionRefused(_("Give the reason in a few words."))
        if core and decision == "drop":
            raise DecisionRefused(_("What is taken out cannot be what the work cannot be done without."))
        ruling = Ruling(role.code, said.skill_uri, decision, task, core, reason=_short(reason))
        if decision in ("keep", "drop"):
            self._published(said.skill_uri)
            return ruling
        if decision == "swap":
            self._published(said.skill_uri)
            return replace(ruling, other_uri=self._put_in(role, statement, said.skill_uri).uri)
        return replace(ruling, skill_uri=self._put_in(role, statement or said.chosen_uri).uri)

    def _put_in(self, role: Role, named: str, swapped: str = "") -> Skill:
        """A statement that the role does not require yet, and that nobody decided to take out of it."""
        if not named:
            raise DecisionRefused(_("Look for the published statement and choose it."))
        found = self._published(named)
        if any(required.skill.id == found.id for required in role.requirements):
            if swapped:
                raise DecisionRefused(
                    _("“%(skill)s” is a skill of this role already. Take this one out instead."),
                    skill=found.name,
                )
            raise DecisionRefused(_("“%(skill)s” is a skill of this role already."), skill=found.name)
        for ruled in self._reports.rulings():
            mine = (ruled.ruling.role_code, ruled.ruling.skill_uri) == (role.code, found.uri)
            if swapped and mine and ruled.ruling.decision in ("drop", "swap"):
                raise DecisionRefused(
                    _("“%(skill)s” was taken out of this role. Open that decision again first."),
                    skill=found.name,
                )
        return found

    def _published(self, named: str) -> Skill:
        found = self._labor().skills([named]).get(named)
        if found is None:
            raise SkillUnknown(_("This is not a skill we know. Choose one from the list."))
        return found

    def _skills(self, uris: Iterable[str]) -> dict[str, Skill]:
        wanted = sorted({uri for uri in uris if uri})
        return dict(self._labor().skills(wanted)) if wanted else {}

    def _title(self, code: str) -> str:
        graph = self._graph()
        return graph.role(code).title if code in graph else code

    def _case(self, group: list[Said], skills: dict[str, Skill]) -> Case:
        first, graph = group[0], self._graph()
        uri = first.skill_uri or first.chosen_uri
        required = graph.role(first.role_code).requirements if first.role_code in graph else ()
        return Case(
            id=first.id,
            kind=first.kind,
            role_code=first.role_code,
            title=self._title(first.role_code),
            uri=uri,
            skill=skills.get(uri),
            requirement=next((one for one in required if one.skill.uri == uri), None),
            count=len(group),
            words=tuple(said.words for said in group if said.words),
            since=first.made_at,
        )

    def _decided(self, ruled: Ruled, skills: dict[str, Skill], tasks: dict[str, str]) -> Settled:
        ruling = ruled.ruling
        return Settled(
            id=ruled.id,
            role_code=ruling.role_code,
            title=self._title(ruling.role_code),
            skill=_name(skills, ruling.skill_uri),
            decision=ruling.decision,
            other=_name(skills, ruling.other_uri),
            task=tasks.get(ruling.task, ruling.task),
            core=ruling.core,
            reason=ruling.reason,
            when=ruled.decided_at,
        )

    def _dismissed(self, said: Said, skills: dict[str, Skill]) -> Settled:
        return Settled(
            id=said.id,
            role_code=said.role_code,
            title=self._title(said.role_code),
            skill=_name(skills, said.skill_uri or said.chosen_uri) or said.words,
            decision="",
            other="",
            task="",
            core=False,
            reason=said.reason,
            when=said.decided_at or said.made_at,
        )


def _name(skills: dict[str, Skill], uri: str) -> str:
    return skills[uri].name if uri in skills else uri


def _row(ruling: Ruling) -> Decision:
    return Decision(
        role_code=ruling.role_code,
        skill_uri=ruling.skill_uri,
        decision=ruling.decision,
        task=ruling.task,
        core=ruling.core,
        other_uri=ruling.other_uri,
        reason=ruling.reason,
    )


def _short(reason: str) -> str:
    if len(reason) > LONGEST_REASON:
        raise DecisionRefused(_("Give the reason in %(most)d characters or fewer."), most=LONGEST_REASON)
    return reason

"""What a person does when a role's squares look wrong to them: say so, see what came of it, take it back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from accounts.actor import Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from accounts.reports import MISSING, WRONG, NewReport, ReportStore
from graph.build import SkillRoleGraph
from graph.model import Report, Role, Skill, Task
from services.roles import role_not_found
from services.wallet import SkillUnknown
from words import seen

ID = re.compile(r"[0-9a-f]{32}")
LONGEST_WORDS = 500
MOST_A_DAY = 50


class ReportRefused(PersonError):  # noqa: N818 - named as it is shown
    """A report that cannot be kept as it is; the message says what to change."""


class TooManyReports(PersonError):  # noqa: N818 - named as it is shown
    """More in a day than somebody could read."""

    status = 429
    title = _("That is enough for one day")


class NoSuchSquare(PersonError):  # noqa: N818 - named as it is shown
    """The role does not require that skill."""

    status = 404


class NoSuchReport(PersonError):  # noqa: N818 - named as it is shown
    """There is no such report, or it is somebody else's: which of the two is not said."""

    status = 404


class ReportBook(Protocol):
    """What is needed of the labour-market store."""

    def tasks(self, role_code: str) -> tuple[Task, ...]: ...
    def skills(self, ids: Iterable[str]) -> Mapping[str, Skill]: ...
    def search_skills(self, text: str, limit: int = 20) -> tuple[Skill, ...]: ...


class ReportService:
    """The verbs about one's own reports, each asking permission first.

    Parameters
    ----------
    reports : ReportStore
        The system of record.
    graph, labor : callable
        Give the skill-role graph and the labour-market store, or raise `RolesAway`: what was
        said can be seen and taken back also while they are away.
    """

    def __init__(
        self, reports: ReportStore, graph: Callable[[], SkillRoleGraph], labor: Callable[[], ReportBook]
    ) -> None:
        self._reports = reports
        self._graph = graph
        self._labor = labor

    def make(
        self,
        actor: Actor,
        role_code: str,
        kind: str,
        *,
        skill: str = "",
        words: str = "",
        chosen: str = "",
    ) -> Report:
        """Say that a square does not belong, or what is missing; saying it again changes the words.

        Parameters
        ----------
        kind : str
            ``wrong`` or ``missing``.
        skill : str
            URI or id of the square that is wrong.
        words : str
            At most 500 characters; needed where something is missing.
        chosen : str
            URI or id of the published statement that is missing, where the person found one.

        Raises
        ------
        RoleNotFound, NoSuchSquare, SkillUnknown
            If what it is about is not there.
        ReportRefused
            With what to change.
        TooManyReports
            After fifty in a day that nobody has decided yet.
        """
        require(actor, Action.REPORTS_MAKE)
        graph = self._graph()
        if role_code not in graph:
            raise role_not_found(role_code)
        said = plain(words)
        if len(said) > LONGEST_WORDS:
            raise ReportRefused(_("Say it in %(most)d characters or fewer."), most=LONGEST_WORDS)
        role = graph.role(role_code)
        if kind == WRONG:
            new = NewReport(role_code, WRONG, skill_uri=_square(role, skill).uri, words=said)
        elif kind == MISSING:
            new = NewReport(role_code, MISSING, chosen_uri=self._missing(role, said, chosen), words=said)
        else:
            raise ReportRefused(_("Say whether a skill is wrong or missing."))
        made = self._reports.make(str(actor.person_id), new, MOST_A_DAY)
        if made is None:
            raise TooManyReports(
                _("You have reported %(most)d things within a day. Go on tomorrow, please."), most=MOST_A_DAY
            )
        return made

    def mine(self, actor: Actor, role_code: str | None = None) -> tuple[Report, ...]:
        """Return the person's own reports, newest first; on one role when it is named."""
        require(actor, Action.REPORTS_MAKE)
        return self._reports.of(str(actor.person_id), role_code)

    def not_required(self, role_code: str, text: str, limit: int = 10) -> tuple[Skill, ...]:
        """Find published skills that a role does not require yet, best first.

        Raises
        ------
        RoleNotFound
        """
        graph = self._graph()
        if role_code not in graph:
            raise role_not_found(role_code)
        required = {one.skill.id for one in graph.role(role_code).requirements}
        found = self._labor().search_skills(text, limit + len(required))
        return tuple(skill for skill in found if skill.id not in required)[:limit]

    def withdraw(self, actor: Actor, report_id: str) -> None:
        """Take back a report of one's own; a correction it led to stays.

        Raises
        ------
        NoSuchReport
        """
        require(actor, Action.REPORTS_MAKE)
        if not self._reports.withdraw(str(actor.person_id), checked(report_id)):
            raise no_such_report()

    def _missing(self, role: Role, said: str, chosen: str) -> str:
        if not role.requirements:
            raise ReportRefused(_("Nothing is published about this role, so nothing can be added to it."))
        if not said:
            raise ReportRefused(_("Say in a few words what is missing."))
        if not chosen:
            return ""
        found = self._labor().skills([chosen]).get(chosen)
        if found is None:
            raise SkillUnknown(_("This is not a skill we know. Choose one from the list."))
        if any(required.skill.id == found.id for required in role.requirements):
            raise ReportRefused(_("“%(skill)s” is a skill of this role already."), skill=found.name)
        return found.uri


def plain(text: str) -> str:
    """Words on one line, without characters that do not show or that turn the line around.

    Examples
    --------
    >>> plain("  a nurse\\n does not\\x00 weld ")
    'a nurse does not weld'
    >>> plain("\u200bKim\u00ad\u2060")
    'Kim'
    """
    plainer = "".join(" " if unicodedata.category(one) in ("Cc", "Cs") else one for one in text)
    return " ".join(seen(plainer).split())


def checked(given: str) -> str:
    """An id as we make them; `NoSuchReport` for what can be none (a database may refuse even to look)."""
    if not ID.fullmatch(given):
        raise no_such_report()
    return given


def no_such_report() -> NoSuchReport:
    """The same words whether there is none or it is somebody else's."""
    return NoSuchReport(_("There is no such report. It may have been taken back."))


def _square(role: Role, named: str) -> Skill:
    for required in role.requirements:
        if named in (required.skill.uri, required.skill.id):
            return required.skill
    raise NoSuchSquare(_("This is not a skill of this role. Load the page again."))

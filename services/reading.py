"""Holds a person's record against a posting: the one way for the person and for the employer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from accounts.actor import Actor
from accounts.applications import Application
from accounts.consent import Scope
from graph.build import SkillRoleGraph
from graph.model import Area, Posting, Skill
from graph.posting import posting_graph
from services.blind import Holder, Reading, conceal, known_of, read
from services.postings import requirements
from services.wallet import WalletService


class SkillBook(Protocol):
    """What is needed of the labour-market store."""

    def skills(self, ids: Iterable[str]) -> Mapping[str, Skill]: ...
    def area(self, code: str) -> Area | None: ...


class Reader:
    """Reads records against postings; permission was asked before.

    Parameters
    ----------
    graph, labor : callable
        Give the skill-role graph and the labour-market store, or raise `RolesAway`.
    wallet_for : callable
        Gives the wallet service of an actor.
    email_of : callable
        Gives a person's e-mail address by their id.
    """

    def __init__(
        self,
        graph: Callable[[], SkillRoleGraph],
        labor: Callable[[], SkillBook],
        wallet_for: Callable[[Actor], WalletService],
        email_of: Callable[[str], str],
    ) -> None:
        self._graph = graph
        self._labor = labor
        self._wallet_for = wallet_for
        self._email_of = email_of
        self._posted: tuple[Posting, SkillRoleGraph] | None = None

    def read(
        self,
        posting: Posting,
        person: Actor,
        scope: Scope,
        application: Application | None = None,
        *,
        revealed: bool = False,
    ) -> Reading:
        """Read what a scope covers of a person's record against a posting; see ``services.blind.read``."""
        wallet = self._wallet_for(person)
        held, records = wallet.wallet(), wallet.records()
        email = self._email_of(str(person.person_id))
        labor = self._labor()
        known = labor.skills(sorted({one.skill.uri for one in held.holdings}))
        if application is not None and application.answer and not revealed:
            # It was looked through when it was written; the record may have changed since.
            told = conceal(application.answer, known_of(person.name, email, records))
            application = replace(application, answer=told)
        area = labor.area(person.area_code) if person.area_code else None
        return read(
            posting,
            self._graph_of(posting),
            held,
            records,
            scope,
            {skill.uri: skill for skill in known.values()},
            Holder(person.name, email, area.name if area else ""),
            application,
            revealed=revealed,
        )

    def _graph_of(self, posting: Posting) -> SkillRoleGraph:
        if self._posted is None or self._posted[0] != posting:
            known = self._labor().skills([one.uri for one in posting.wanted])
            by_uri = {skill.uri: skill for skill in known.values()}
            graph = posting_graph(self._graph(), posting.title, requirements(posting, by_uri))
            self._posted = (posting, graph)
        return self._posted[1]

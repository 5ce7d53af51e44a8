"""One client on one screen: careers, gap, ways and comparison, by the client's consent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from accounts.actor import Actor
from accounts.cases import CaseStore
from accounts.employment_plans import EmploymentPlanStore
from accounts.kept_pathways import KeptPathwayStore
from accounts.permissions import Action
from accounts.store import PersonStore
from graph.model import (
    Area,
    Career,
    CaseNote,
    EmploymentPlan,
    Meeting,
    Network,
    Pathways,
    RecordView,
    Standing,
    Wallet,
)
from services.advising import Advising, Client
from services.compare import MOST, CompareService, Comparison
from services.errors import RoleNotFound, RolesAway
from services.gap import GapService
from services.network import THE_NATION, NetworkService, NetworkView
from services.pathways import PathwayService, PathwayView
from services.roles import RoleService
from services.wallet import WalletService

PARTS = ("network", "gap", "pathways", "compare")
CAREERS = 8


class Market(Protocol):
    """The verbs that need roles; each raises `RolesAway` while they cannot be read."""

    @property
    def roles(self) -> RoleService: ...
    @property
    def network(self) -> NetworkService: ...
    @property
    def gap(self) -> GapService: ...
    @property
    def pathways(self) -> PathwayService: ...
    @property
    def compare(self) -> CompareService: ...
    def wallet_for(self, actor: Actor) -> WalletService: ...


@dataclass(frozen=True, slots=True)
class ClientView:
    """A client as the screen shows them; private notes are left out where somebody else looks along.

    Attributes
    ----------
    network : Network
        Careers around the client, the opened one with its squares.
    opened : Career or None
        Of ``part`` gap and pathways: the career that is looked at.
    may_careers, may_plans : bool
        What the consent lets the counselor do.
    ending, failed : tuple of RecordView
        Records that end soon, and those whose proof does not hold.
    away : bool
        Roles cannot be read just now: there are no careers to look at; all else is there.
    """

    person_id: str
    name: str
    demo: bool
    part: str
    wallet: Wallet
    area: Area
    network: Network
    opened: Career | None
    ways: Pathways | None
    compared: Comparison | None
    plan: EmploymentPlan | None
    notes: tuple[CaseNote, ...]
    meeting: Meeting | None
    meetings: tuple[Meeting, ...]
    may_careers: bool
    may_plans: bool
    ending: tuple[RecordView, ...] = ()
    failed: tuple[RecordView, ...] = ()
    away: bool = False


@dataclass(frozen=True, slots=True)
class _Looked:
    """The careers of a client, and the one that is looked at."""

    network: Network
    opened: Career | None = None
    ways: Pathways | None = None
    compared: Comparison | None = None
    away: bool = False


class ClientViewService:
    """The verbs of looking at one client, and of changing the careers around them.

    Parameters
    ----------
    advising : Advising
    market : Market
    people : PersonStore
    cases : CaseStore
    plans : EmploymentPlanStore
    kept : KeptPathwayStore
    choose, drop : callable
        Put a career around somebody, and take it away, by the rules for themself (``PeopleService``).
    """

    def __init__(
        self,
        advising: Advising,
        market: Market,
        people: PersonStore,
        cases: CaseStore,
        plans: EmploymentPlanStore,
        kept: KeptPathwayStore,
        choose: Callable[[Actor, str, str | None], None],
        drop: Callable[[Actor, str], None],
    ) -> None:
        self._advising = advising
        self._market = market
        self._people = people
        self._cases = cases
        self._plans = plans
        self._kept = kept
        self._choose = choose
        self._drop = drop

    def open(
        self,
        actor: Actor,
        person_id: str,
        part: str = PARTS[0],
        career: str = "",
        area: str = "",
        *,
        present: bool = False,
    ) -> ClientView:
        """Return the client's screen.

        Parameters
        ----------
        part : str
            One of ``PARTS``; what is none of them is the first.
        career : str
            Code of the role to look at; the plan's goal, else the first career, where it is none.
        present : bool
            Somebody else looks along: only what is shared with the client is read.

        Raises
        ------
        NoSuchClient
        """
        part = part if part in PARTS else PARTS[0]
        client = self._advising.client(actor, person_id, Action.WALLET_READ, part=part)
        held, records, _skills = self._market.wallet_for(client.person).whole()
        plan = self._plans.of(client.id)
        try:
            seen = self._look(client, held, part, career, area, plan.draft.goal_code if plan else "")
        except RolesAway:
            code = client.person.area_code or ""
            seen = _Looked(Network(held, Area(code, "", ""), (), (), None), away=True)
        return ClientView(
            client.id,
            client.person.name,
            client.person.demo,
            part,
            held,
            seen.network.area,
            seen.network,
            seen.opened,
            seen.ways,
            seen.compared,
            plan,
            self._cases.notes(client.id, shared_only=present),
            self._cases.under_way(client.id, str(actor.person_id)),
            () if present else self._cases.meetings(client.id),
            client.allows(Action.CAREERS_CHANGE),
            client.allows(Action.PLANS_CHANGE),
            self._ending(client),
            tuple(
                one
                for one in records
                if not one.set_aside and (one.standing is Standing.REVOKED or one.verdict == "invalid")
            ),
            seen.away,
        )

    def choose_career(self, actor: Actor, person_id: str, code: str) -> None:
        """Put a career around the client, where they allow it.

        Raises
        ------
        NoSuchClient, NotAllowed, RoleNotFound, ChangeRefused
        """
        client = self._advising.client(actor, person_id, Action.CAREERS_CHANGE, added=code[:10])
        self._market.roles.title(code)
        self._choose(client.person, code, client.person.area_code)

    def drop_career(self, actor: Actor, person_id: str, code: str) -> None:
        """Take a career away from around the client, where they allow it."""
        client = self._advising.client(actor, person_id, Action.CAREERS_CHANGE, removed=code[:10])
        self._drop(client.person, code)

    def _look(self, client: Client, held: Wallet, part: str, career: str, area: str, goal: str) -> _Looked:
        """What needs roles.

        Raises
        ------
        RolesAway
        """
        where = self._place(area) or self._place(client.person.area_code or "") or THE_NATION
        chosen = [code for code, _area in self._people.chosen_careers(client.id)]
        asked = next((one for one in (career, goal) if self._known(one)), "")
        around = tuple(dict.fromkeys([*([goal] if goal else []), *chosen]))
        network = self._around(client, held, where, around, asked)
        codes = [one.role.code for one in network.careers]
        looked = asked or (network.opened.role.code if network.opened else "")
        opened = ways = compared = None
        if looked:
            opened = self._market.gap.gap(held, looked, where.code, client.person, chosen=looked in chosen)
        if looked and part == "pathways":
            ways = self._market.pathways.pathways(
                held, looked, PathwayView(area=where.code), client.person, self._kept.of(client.id)
            )
        if part == "compare":
            beside = list(dict.fromkeys([*([looked] if looked else []), *codes]))[:MOST]
            compared = self._market.compare.compare(held, beside, where.code, "", client.person)
        return _Looked(replace(network, area=where), opened, ways, compared)

    def _around(
        self, client: Client, held: Wallet, where: Area, careers: tuple[str, ...], looked: str
    ) -> Network:
        """The careers with the looked-at one open; the first of them where none is asked for."""
        limit = max(CAREERS, len(careers) + 1)

        def network(opened: str | None) -> Network:
            view = NetworkView(area=where.code, careers=careers, opened=opened, limit=limit)
            return self._market.network.network(held, view, client.person)

        found = network(looked or next(iter(careers), None))
        if not looked and found.opened is None and found.careers:
            return network(found.careers[0].role.code)
        return found

    def _ending(self, client: Client) -> tuple[RecordView, ...]:
        return self._market.wallet_for(client.person).expiring()

    def _place(self, code: str) -> Area | None:
        return self._market.roles.area(code) if code else None

    def _known(self, code: str) -> bool:
        try:
            return bool(code and self._market.roles.title(code))
        except RoleNotFound:
            return False

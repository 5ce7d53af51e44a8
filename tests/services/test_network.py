"""The picture: who stands on it, in which order, and how they are joined."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from accounts.actor import VISITOR, Actor
from accounts.errors import PermissionDenied, SignInNeeded
from accounts.roles import PersonRole
from data.store import LaborStore
from graph.build import build
from graph.model import ModelledMove, ObservedMove, Requirement, Standing, Wallet
from services.errors import RoleNotFound
from services.network import NEIGHBOURS, TWINS, NetworkService, NetworkView
from tests.careers import (
    ACUTE,
    AIDE,
    CLERK,
    DRIVER,
    KIN,
    LIGHT,
    MOVING,
    NURSE,
    ROLES,
    SIMILAR,
    SPOKANE,
    UNKNOWN,
    SmallLabor,
    holding,
    needs,
    role,
    small_graph,
    wallet,
)
from tests.pace import seconds

PETE = Actor("pete", "Pete", frozenset({PersonRole.LEARNER}))
MAYA = Actor("maya", "Maya", frozenset({PersonRole.LEARNER}))
HELD = wallet(holding("monitor patients"), holding("write reports", Standing.SELF_ASSERTED))


@pytest.fixture
def service() -> NetworkService:
    return NetworkService(SmallLabor(), small_graph())


def codes(network) -> list[str]:
    return [career.role.code for career in network.careers]


def test_chosen_careers_come_first_and_then_the_closest(service):
    network = service.network(HELD, NetworkView(careers=(CLERK.code, LIGHT.code)))
    assert codes(network)[:2] == [CLERK.code, LIGHT.code]
    assert [career.chosen for career in network.careers] == [True, True, False, False, False, False]
    scores = [career.match.score for career in network.careers[2:]]
    assert scores == sorted(scores, reverse=True)


def test_nothing_is_suggested_that_shares_nothing_with_the_wallet(service):
    assert CLERK.code not in codes(service.network(HELD, NetworkView()))
    assert codes(service.network(wallet(), NetworkView())) == []


def test_suggestions_can_be_left_out(service):
    assert codes(service.network(HELD, NetworkView(careers=(NURSE.code,), suggested=False))) == [NURSE.code]


def test_suggestions_come_from_the_chosen_job_family_only(service):
    network = service.network(HELD, NetworkView(careers=(CLERK.code,), job_family="29"))
    assert codes(network) == [CLERK.code, NURSE.code, ACUTE.code]


def test_the_present_job_is_not_suggested(service):
    stand_in = service.wallet_of_role(AIDE.code)
    network = service.network(stand_in, NetworkView(now=AIDE.code))
    assert AIDE.code not in codes(network) and NURSE.code in codes(network)


def test_only_what_is_proven_counts_when_asked(service):
    network = service.network(HELD, NetworkView(verified_only=True))
    assert set(codes(network)) == {ACUTE.code, NURSE.code, AIDE.code}
    assert all(career.match.score == career.match.low for career in network.careers)


def test_the_opened_career_has_its_squares_and_figures(service):
    network = service.network(HELD, NetworkView(area=SPOKANE.code, opened=NURSE.code))
    assert len(network.opened.match.squares) == 3
    assert network.opened.market.employment.value == 6_850
    assert all(not career.match.squares for career in network.careers)


def test_an_opened_career_is_on_the_picture_even_when_it_is_not_close(service):
    network = service.network(HELD, NetworkView(careers=(NURSE.code,), opened=CLERK.code, limit=2))
    assert codes(network) == [NURSE.code, CLERK.code]
    assert not network.opened.chosen
    full = service.network(HELD, NetworkView(careers=(NURSE.code, AIDE.code), opened=CLERK.code, limit=2))
    assert codes(full) == [NURSE.code, AIDE.code] and full.opened is None


def test_unknown_codes_are_passed_over_and_an_unknown_area_is_the_nation(service):
    view = NetworkView(
        area="nowhere", careers=("99-9999.00", NURSE.code, NURSE.code), opened="'", suggested=False
    )
    network = service.network(HELD, view)
    assert codes(network) == [NURSE.code]
    assert network.area.kind == "nation" and network.opened is None


def test_a_chosen_role_without_requirements_is_shown_and_never_suggested(service):
    assert UNKNOWN.code in codes(service.network(HELD, NetworkView(careers=(UNKNOWN.code,))))
    assert UNKNOWN.code not in codes(service.network(HELD, NetworkView()))


def test_careers_that_are_alike_are_joined_from_the_nearer_to_the_farther(service):
    network = service.network(HELD, NetworkView())
    joined = {(link.source, link.target): link.likeness for link in network.links}
    assert joined[NURSE.code, ACUTE.code] == 0.9
    assert (DRIVER.code, CLERK.code) not in joined


def test_the_picture_is_not_twelve_names_for_one_job():
    one = needs("monitor patients", 0.9)
    twins = [role(f"29-1141.{n:02d}", f"Nurse {n}", MOVING, one) for n in range(8)]
    cousins = [role(f"29-11{n}0.00", f"Cousin {n}", MOVING, one) for n in range(5, 7)]
    others = [role(f"31-{n}000.00", f"Other {n}", MOVING, one, needs(f"s{n}")) for n in range(6)]
    service = NetworkService(SmallLabor(), build([*twins, *cousins, *others]))
    found = codes(service.network(wallet(holding("monitor patients")), NetworkView(limit=8)))
    assert sum(code.startswith("29-114") for code in found) == TWINS
    assert sum(code.startswith("29-1") for code in found) == NEIGHBOURS
    assert len(found) == 8
    only_twins = NetworkService(SmallLabor(), build(twins))
    assert len(codes(only_twins.network(wallet(holding("monitor patients")), NetworkView()))) == 8


def test_the_picture_holds_twelve_careers_at_most(service):
    assert len(codes(service.network(HELD, NetworkView(limit=100)))) <= 12
    assert codes(service.network(HELD, NetworkView(limit=0))) == []


def test_a_stand_in_wallet_is_what_the_role_requires_and_proves_nothing(service):
    stand_in = service.wallet_of_role(NURSE.code)
    found = service.network(stand_in, NetworkView(careers=(NURSE.code,))).careers[0].match
    assert (found.score, found.low) == (1.0, 0.0)
    with pytest.raises(RoleNotFound):
        service.wallet_of_role("99-9999.00")


def test_a_wallet_is_drawn_for_its_owner_only(service):
    own = replace(HELD, owner="pete")
    service.network(own, NetworkView(), PETE)
    with pytest.raises(PermissionDenied):
        service.network(own, NetworkView(), MAYA)
    with pytest.raises(SignInNeeded):
        service.network(own, NetworkView(), VISITOR)


@pytest.fixture(scope="module")
def real(labor_store: LaborStore) -> NetworkService:
    required = labor_store.requirements()
    roles = [replace(r, requirements=required.get(r.code, ())) for r in labor_store.roles()]
    return NetworkService(labor_store, build(roles, labor_store.kinships(), labor_store.similar()))


def test_a_stocker_sees_twelve_careers_that_differ(real):
    stand_in = real.wallet_of_role("53-7065.00")
    network = real.network(stand_in, NetworkView(area="0044060", now="53-7065.00"))
    assert len(network.careers) == 12
    assert len({code[:6] for code in codes(network)}) >= 6
    assert network.links


def test_a_network_is_drawn_up_in_sixty_milliseconds(real):
    stand_in = real.wallet_of_role("29-1141.00")
    skills: dict[str, Requirement] = {}
    for code in ("53-7065.00", "11-1021.00", "15-1252.00", "47-2111.00", "25-2021.00", "51-4121.00"):
        for held in real.wallet_of_role(code).holdings:
            skills.setdefault(held.skill.id, held)
    large = Wallet("", stand_in.holdings + tuple(skills.values()))
    view = NetworkView(area="0044060", careers=("29-1141.00",), opened="29-1141.00")
    took = [seconds(partial(real.network, large, view), tries=1) for _ in range(20)]
    assert sorted(took)[18] < 0.060


class Moving(SmallLabor):
    """Of those who stop aiding, most drive; the model knows of nursing too."""

    def modelled_moves(self, role_code: str) -> tuple[ModelledMove, ...]:
        if role_code != AIDE.code:
            return ()
        return (
            ModelledMove("53-3030", (DRIVER.code,), 0.3, 0.1, 0.6),
            ModelledMove("29-1140", (NURSE.code, ACUTE.code), 0.1, 0.05, 0.2),
        )


def moving(labor: SmallLabor, **moves: float) -> NetworkService:
    graph = build(ROLES, KIN, SIMILAR, moves={AIDE.code: list(moves.items())})
    return NetworkService(labor, graph)


def test_where_people_go_decides_for_somebody_who_named_their_job():
    seldom = {NURSE.code: 0.3, ACUTE.code: 0.001}
    often = {NURSE.code: 0.001, ACUTE.code: 0.3}
    for moves in (seldom, often):
        service = moving(Moving(), **moves)
        stand_in = service.wallet_of_role(AIDE.code)
        first, *_ = codes(service.network(stand_in, NetworkView(now=AIDE.code, limit=1)))
        assert first == max(moves, key=lambda code: moves[code])


def test_a_record_is_ranked_by_match_whatever_others_did():
    plain = NetworkService(Moving(), small_graph()).network(HELD, NetworkView(now=AIDE.code))
    moved = moving(Moving(), **{CLERK.code: 0.9}).network(HELD, NetworkView(now=AIDE.code))
    assert codes(moved) == codes(plain)
    assert all(career.usual is None for career in moved.careers)


def test_how_many_of_those_who_leave_the_job_go_there_is_told():
    service = moving(Moving(), **{NURSE.code: 0.1})
    network = service.network(
        service.wallet_of_role(AIDE.code), NetworkView(now=AIDE.code, opened=NURSE.code)
    )
    told = {career.role.code: career.usual for career in network.careers}
    assert told[NURSE.code] == told[ACUTE.code] == 0.1
    assert network.opened.usual == 0.1


def test_a_loaded_table_of_moves_is_told_instead_of_the_model():
    class Counted(Moving):
        def observed_moves(self) -> tuple[ObservedMove, ...]:
            return (ObservedMove(AIDE.code, NURSE.code, 0.07, "2024"),)

    service = moving(Counted(), **{NURSE.code: 0.07})
    network = service.network(service.wallet_of_role(AIDE.code), NetworkView(now=AIDE.code))
    told = {career.role.code: career.usual for career in network.careers}
    assert told[NURSE.code] == 0.07
    assert told.get(ACUTE.code) is None

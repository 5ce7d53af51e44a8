"""What a person does with their wallet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from accounts.actor import VISITOR, Actor
from accounts.errors import PermissionDenied, SignInNeeded
from accounts.roles import PersonRole
from data.errors import LaborDataUnavailable
from graph.model import Skill, Standing
from services.wallet import SkillsAway, SkillUnknown, WalletService
from tests.people import SystemOfRecord
from wallet.record import RecordedSkill, RecordKind, WalletRecord

TODAY = date(2026, 3, 2)
MAPS = Skill("esco:maps", "Read maps", "http://data.europa.eu/esco/skill/maps", "esco", "skill", "Meaning")
FORKLIFT = Skill("esco:lift", "Operate forklift", "http://data.europa.eu/esco/skill/lift", "esco", "skill")


class Book:
    """A vocabulary of two skills, by id or address as the labour-market store answers."""

    def skills(self, ids: Iterable[str]) -> dict[str, Skill]:
        known = {key: skill for skill in (MAPS, FORKLIFT) for key in (skill.id, skill.uri)}
        return {key: known[key] for key in ids if key in known}


class Away:
    """A vocabulary that is being rebuilt."""

    def skills(self, ids: Iterable[str]) -> dict[str, Skill]:
        raise LaborDataUnavailable("being rebuilt")


@pytest.fixture
def system(tmp_path: Path) -> Iterator[SystemOfRecord]:
    system = SystemOfRecord.in_folder(tmp_path)
    yield system
    system.close()


@pytest.fixture
def rosa(system: SystemOfRecord) -> Actor:
    actor = system.person("Rosa")
    system.wallets.add(
        actor.person_id,
        WalletRecord(
            RecordKind.LICENCE,
            "Forklift card",
            Standing.VERIFIED,
            issuer="Inland Technical Institute",
            issued_on=date(2022, 5, 1),
            expires_on=date(2025, 5, 1),
            skills=(RecordedSkill(FORKLIFT.uri, "Operate forklift, as of 2022"),),
        ),
    )
    return actor


def service(system: SystemOfRecord, actor: Actor, labor: object = ...) -> WalletService:
    return WalletService(system.wallets, Book() if labor is ... else labor, actor, TODAY)


def test_a_wallet_holds_what_its_records_show_as_of_today(system: SystemOfRecord, rosa: Actor):
    wallet = service(system, rosa).wallet()
    (held,) = wallet.holdings
    assert (held.skill, held.standing) == (FORKLIFT, Standing.EXPIRED)
    assert held.evidence[0].title == "Forklift card"
    assert wallet.owner == rosa.person_id
    (shown,) = service(system, rosa).records()
    assert (shown.kind, shown.standing, shown.skills) == ("licence", Standing.EXPIRED, (FORKLIFT,))


def test_an_empty_wallet_is_a_wallet(system: SystemOfRecord):
    maya = system.person("Maya")
    assert service(system, maya).wallet().holdings == ()
    assert service(system, maya).records() == ()


@pytest.mark.parametrize("named", [MAPS.id, MAPS.uri])
def test_i_have_this_is_said_by_id_or_address_and_taken_back(system: SystemOfRecord, rosa: Actor, named: str):
    mine = service(system, rosa)
    for _ in range(2):
        mine.claim(named)
    claimed = [held for held in mine.wallet().holdings if held.skill == MAPS]
    assert [held.standing for held in claimed] == [Standing.SELF_ASSERTED]
    for _ in range(2):
        mine.unclaim(named)
    assert [held.skill for held in mine.wallet().holdings] == [FORKLIFT]


def test_claiming_what_has_expired_makes_it_count_as_self_asserted(system: SystemOfRecord, rosa: Actor):
    mine = service(system, rosa)
    mine.claim(FORKLIFT.uri)
    (held,) = mine.wallet().holdings
    assert held.standing is Standing.SELF_ASSERTED
    assert [evidence.kind for evidence in held.evidence] == ["claim", "licence"]


def test_a_hidden_skill_is_set_aside_by_its_id_until_shown(system: SystemOfRecord, rosa: Actor):
    mine = service(system, rosa)
    for _ in range(2):
        mine.hide(MAPS.uri)
    assert mine.wallet().hidden == {MAPS.id}
    for _ in range(2):
        mine.show(MAPS.id)
    assert mine.wallet().hidden == frozenset()


@pytest.mark.parametrize("named", ["", "reading maps", "https://elsewhere.example/skill/1"])
def test_only_published_skills_are_claimed_or_hidden(system: SystemOfRecord, rosa: Actor, named: str):
    for verb in (service(system, rosa).claim, service(system, rosa).hide):
        with pytest.raises(SkillUnknown):
            verb(named)


@pytest.mark.parametrize("labor", [None, Away()])
def test_the_wallet_reads_by_its_own_labels_while_the_labour_data_are_away(
    system: SystemOfRecord, rosa: Actor, labor: object
):
    service(system, rosa).claim(MAPS.uri)
    service(system, rosa).hide(FORKLIFT.uri)
    mine = service(system, rosa, labor)
    assert {held.skill.name for held in mine.wallet().holdings} == {
        "Read maps",
        "Operate forklift, as of 2022",
    }
    assert mine.wallet().hidden == {FORKLIFT.id}
    assert len(mine.records()) == 2
    with pytest.raises(SkillsAway):
        mine.claim(MAPS.uri)
    mine.unclaim(MAPS.id)
    mine.show(FORKLIFT.id)
    assert len(mine.records()) == 1
    assert mine.wallet().hidden == frozenset()


@pytest.mark.parametrize("roles", [frozenset({role}) for role in PersonRole] + [frozenset(PersonRole)])
def test_nobody_but_the_owner_reaches_a_wallet(system: SystemOfRecord, rosa: Actor, roles: frozenset):
    other = service(system, Actor("someone-else", "Someone", roles))
    for verb in (other.wallet, other.records):
        with pytest.raises(PermissionDenied):
            verb(owner=rosa.person_id)
    for verb in (other.claim, other.unclaim, other.hide, other.show):
        with pytest.raises(PermissionDenied):
            verb(FORKLIFT.uri, owner=rosa.person_id)
    assert len(service(system, rosa).records()) == 1


def test_a_visitor_has_no_wallet_and_is_asked_to_sign_in(system: SystemOfRecord, rosa: Actor):
    visitor = service(system, VISITOR)
    for owner in (None, rosa.person_id):
        for verb in (visitor.wallet, visitor.records):
            with pytest.raises(SignInNeeded):
                verb(owner=owner)
        for verb in (visitor.claim, visitor.unclaim, visitor.hide, visitor.show):
            with pytest.raises(SignInNeeded):
                verb(MAPS.uri, owner=owner)

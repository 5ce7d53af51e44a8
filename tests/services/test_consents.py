"""What a person lets others do: said, seen, taken back; and who looked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from accounts.actor import VISITOR, Actor
from accounts.consent import ConsentKind
from accounts.errors import ChangeRefused, SignInNeeded
from accounts.roles import PersonRole
from services.consents import ConsentService, NoSuchConsent
from tests.people import SystemOfRecord


@pytest.fixture
def system(tmp_path: Path) -> SystemOfRecord:
    return SystemOfRecord.in_folder(tmp_path)


@pytest.fixture
def changes() -> list[str]:
    return []


@pytest.fixture
def service(system: SystemOfRecord, changes: list[str]) -> ConsentService:
    return ConsentService(
        system.consents, system.audit, system.people, lambda _person: changes.append("changed"), system.clock
    )


@pytest.fixture
def rosa(system: SystemOfRecord) -> Actor:
    return system.person("Rosa")


@pytest.fixture
def dana(system: SystemOfRecord) -> Actor:
    made = system.person("Dana")
    system.people.grant_roles(str(made.person_id), [PersonRole.COUNSELOR])
    return system.people.actor(str(made.person_id))


def test_nobody_is_counted_until_they_say_so(service, changes, rosa):
    assert service.kinds(rosa) == frozenset()
    service.set_regional(rosa, granted=True)
    assert service.kinds(rosa) == {"regional"}
    (kept,) = service.mine(rosa)
    assert "at least eleven" in kept.words and kept.scope.fields == {"area"}
    service.set_regional(rosa, granted=False)
    assert service.kinds(rosa) == frozenset()
    assert changes == ["changed", "changed"]


def test_a_counselor_is_chosen_from_those_there_are(service, rosa, dana):
    assert [one.name for one in service.counselors(rosa)] == ["Dana"]
    given = service.let_counselor(rosa, dana.person_id, ends_at=None)
    assert (given.kind, given.grantee_name) == (ConsentKind.COUNSELOR, "Dana")
    assert "Dana" in given.words
    with pytest.raises(ChangeRefused):
        service.let_counselor(rosa, rosa.person_id, ends_at=None)
    with pytest.raises(ChangeRefused):
        service.let_counselor(rosa, "0" * 32, ends_at=None)


@pytest.mark.parametrize("days", [-1, 0, 732])
def test_an_end_that_has_passed_or_is_too_far_off_is_refused(service, system, rosa, dana, days):
    with pytest.raises(ChangeRefused):
        service.let_counselor(rosa, dana.person_id, ends_at=system.clock.now + timedelta(days=days))
    assert service.mine(rosa) == ()


def test_what_a_counselor_cannot_be_let_do_is_refused(service, rosa, dana):
    for action in ("account.delete", "wallet.change", "shares.change", "everything"):
        with pytest.raises(ChangeRefused):
            service.let_counselor(rosa, dana.person_id, ends_at=None, actions=frozenset({action}))


def test_anothers_consent_is_not_there(service, rosa, dana):
    given = service.let_counselor(rosa, dana.person_id, ends_at=None)
    with pytest.raises(NoSuchConsent):
        service.withdraw(dana, given.id)
    service.withdraw(rosa, given.id)
    assert service.kinds(rosa) == frozenset()


def test_who_looked_is_told_to_the_owner_alone(service, system, rosa, dana):
    system.audit.note(rosa.person_id, "wallet.read", actor_id=dana.person_id, actor_name="Dana")
    assert [access.actor_name for access in service.accesses(rosa)] == ["Dana"]
    assert service.accesses(dana) == ()


def test_a_visitor_is_asked_to_sign_in(service):
    for verb in (
        lambda: service.mine(VISITOR),
        lambda: service.kinds(VISITOR),
        lambda: service.accesses(VISITOR),
        lambda: service.counselors(VISITOR),
        lambda: service.set_regional(VISITOR, granted=True),
        lambda: service.let_counselor(VISITOR, "0" * 32, ends_at=None),
        lambda: service.withdraw(VISITOR, "0" * 32),
    ):
        with pytest.raises(SignInNeeded):
            verb()

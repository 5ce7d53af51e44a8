"""The invented people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from accounts.consent import ConsentKind
from accounts.errors import SignInFailed
from accounts.passwords import DEMO_PASSWORD
from accounts.postings import PostingStore
from accounts.roles import PersonRole
from config import ROOT
from data.store import LaborStore
from graph.model import Standing
from services.demo import DemoUnreadable, read, refresh
from services.people import PeopleService
from services.wallet import WalletService
from tests.people import PASSWORD, QUICK, SystemOfRecord

FILES = read(ROOT / "demo")


@pytest.fixture
def system(tmp_path: Path) -> Iterator[SystemOfRecord]:
    system = SystemOfRecord.in_folder(tmp_path, demo=True)
    yield system
    system.close()


def states(system: SystemOfRecord) -> set[str]:
    return {done.state for done in refresh(system.people, system.wallets, system.consents, QUICK, FILES)}


def test_the_demo_people_can_sign_in_as_what_they_are(system: SystemOfRecord):
    assert states(system) == {"made"}
    expected = {
        "pete": PersonRole.LEARNER,
        "maya": PersonRole.LEARNER,
        "counselor": PersonRole.COUNSELOR,
        "official": PersonRole.OFFICIAL,
        "employer": PersonRole.EMPLOYER,
        "companya": PersonRole.EMPLOYER,
        "issuer": PersonRole.ISSUER,
        "admin": PersonRole.ADMIN,
    }
    for name, role in expected.items():
        actor = system.service.sign_in(f"{name}@demo.example", "waymark-demo")
        assert (actor.roles, actor.demo) == ({role}, True)
    assert [person.email.partition("@")[0] for person in system.service.demo_people()] == list(expected)


def test_company_b_has_a_posting_that_stays_open(system: SystemOfRecord):
    postings = PostingStore(system.database)
    refresh(system.people, system.wallets, system.consents, QUICK, FILES, postings)
    (posting,) = postings.open_on(date.today(), demo=True)
    assert (posting.owner_name, posting.demo) == ("Company B", True)
    assert sum(one.must for one in posting.wanted) == 3
    assert postings.open_on(date.today(), demo=False) == ()
    postings.extend(posting.owner_id, posting.id, date.today())
    done = refresh(system.people, system.wallets, system.consents, QUICK, FILES, postings)
    assert [one.state for one in done if one.email == "employer@demo.example"] == ["refreshed"]
    assert postings.get(posting.id) == posting
    done = refresh(system.people, system.wallets, system.consents, QUICK, FILES, postings)
    assert {one.state for one in done} == {"unchanged"}


def test_a_second_time_changes_nothing_and_keeps_what_was_added(system: SystemOfRecord):
    states(system)
    pete = system.service.sign_in("pete@demo.example", DEMO_PASSWORD)
    before = system.wallets.records(pete.person_id)
    assert states(system) == {"unchanged"}
    system.wallets.claim_skill(pete.person_id, "http://data.europa.eu/esco/skill/x", "Something new")
    system.service.choose_career(pete, "53-7065.00")
    system.service.drop_career(pete, "43-5061.00")
    assert states(system) == {"unchanged"}
    after = system.wallets.records(pete.person_id)
    assert set(before) < set(after)
    assert [code for code, _ in system.service.chosen_careers(pete)] == ["13-1081.00", "53-7065.00"]


def test_a_changed_password_or_record_is_brought_back(system: SystemOfRecord):
    states(system)
    pete = system.service.sign_in("pete@demo.example", DEMO_PASSWORD)
    system.service.change_password(pete, DEMO_PASSWORD, PASSWORD)
    gone = system.wallets.records(pete.person_id)[0]
    system.wallets.remove(pete.person_id, gone.id)
    assert states(system) == {"refreshed", "unchanged"}
    again = system.service.sign_in("pete@demo.example", DEMO_PASSWORD)
    assert system.wallets.record(again.person_id, gone.id) == gone


def test_without_demo_the_same_people_are_strangers(system: SystemOfRecord):
    states(system)
    pete = system.service.sign_in("pete@demo.example", DEMO_PASSWORD)
    production = PeopleService(system.people, QUICK)
    with pytest.raises(SignInFailed):
        production.sign_in("pete@demo.example", DEMO_PASSWORD)
    assert production.actor(pete.person_id, pete.session_version) is None
    assert production.demo_people() == ()


def test_real_people_are_not_among_the_demo_people(system: SystemOfRecord):
    system.person("Rosa")
    states(system)
    assert all(person.email.endswith("@demo.example") for person in system.service.demo_people())


def test_a_real_account_with_a_demo_address_is_left_alone(system: SystemOfRecord):
    real = system.service.register("pete@demo.example", "A real Pete", PASSWORD)
    assert states(system) == {"taken", "made"}
    assert system.service.sign_in("pete@demo.example", PASSWORD) == real
    assert system.wallets.records(real.person_id) == ()


def test_pete_has_proofs_claims_something_expired_and_a_goal(system: SystemOfRecord):
    states(system)
    pete = system.service.sign_in("pete@demo.example", DEMO_PASSWORD)
    held = WalletService(system.wallets, None, pete, date(2026, 3, 2)).wallet().holdings
    by = {standing: sum(holding.standing is standing for holding in held) for standing in Standing}
    assert 25 <= len(held) <= 35
    assert by[Standing.VERIFIED] >= 15
    assert by[Standing.CONFIRMED] >= 5
    assert by[Standing.SELF_ASSERTED] >= 2
    assert by[Standing.EXPIRED] == 1
    assert [code for code, _ in system.service.chosen_careers(pete)] == ["43-5061.00", "13-1081.00"]
    assert pete.area_code == "53063"
    given = system.consents.live(str(pete.person_id))
    assert {consent.kind for consent in given} == {"regional", "counselor"}


def test_the_counselor_advises_pete_and_maya_until_somebody_takes_it_back(system: SystemOfRecord):
    states(system)
    dana = str(system.service.sign_in("counselor@demo.example", DEMO_PASSWORD).person_id)
    given = system.consents.given_to(dana, ConsentKind.COUNSELOR)
    assert {one.scope.actions for one in given} == {frozenset({"careers.change", "plans.change"})}
    pete = str(system.service.sign_in("pete@demo.example", DEMO_PASSWORD).person_id)
    assert len(given) == 2 and pete in {one.person_id for one in given}
    system.consents.withdraw(pete, next(one.id for one in given if one.person_id == pete))
    states(system)
    assert len(system.consents.given_to(dana, ConsentKind.COUNSELOR)) == 1


def test_maya_has_her_summer_bridge_merits(system: SystemOfRecord):
    states(system)
    maya = system.service.sign_in("maya@demo.example", DEMO_PASSWORD)
    merits = [record for record in system.wallets.records(maya.person_id) if record.issuer == "Summer Bridge"]
    assert {record.title for record in merits} == {
        "Geology Fieldwork",
        "Financial Literacy",
        "Rocket Design",
        "Pre-Writing Your Resumé",
        "Network!",
    }
    assert all(2 <= len(record.skills) <= 4 and record.demo for record in merits)


def test_every_skill_of_theirs_is_a_published_one(labor_store: LaborStore):
    told = {skill.uri for file in FILES for record in file.records for skill in record.skills}
    assert set(labor_store.skills(sorted(told))) == told


def test_petes_record_meets_what_the_jobs_around_it_require(system: SystemOfRecord, labor_store: LaborStore):
    states(system)
    pete = system.service.sign_in("pete@demo.example", DEMO_PASSWORD)
    wallet = WalletService(system.wallets, labor_store, pete, date(2026, 3, 2)).wallet()
    held = {holding.skill.id for holding in wallet.holdings if holding.standing.counts}
    required = labor_store.requirements()

    def shared(code: str) -> int:
        return len({requirement.skill.id for requirement in required[code]} & held)

    assert shared("53-7065.00") >= 8  # what he does: stockers and order fillers
    assert shared("43-5071.00") >= 4  # next door: shipping clerks
    assert shared("43-5061.00") >= 4  # chosen: production planning clerks
    assert 0 < shared("13-1081.00") <= 4  # the goal, with a clear gap: logisticians


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('name = "X"', "email"),
        ('email = "x@demo.example"\nname = "X"\nroles = ["king"]', "king"),
        ('email = "x@demo.example', "x.toml"),
    ],
)
def test_a_file_that_cannot_be_read_says_which_and_why(tmp_path: Path, text: str, fault: str):
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DemoUnreadable, match=fault):
        read(tmp_path)

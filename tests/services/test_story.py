"""The story, whole: issued, confirmed, seen, shared for a posting, read blind, moved forward, taken back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from accounts.roles import PersonRole
from graph.model import Standing
from services.answering import Given
from services.applications import NoSuchApplication
from services.applying import Sending
from services.container import Services
from services.postings import Asked, Terms
from tests.careers import SmallLabor, skill
from tests.people import SystemOfRecord
from wallet.record import RecordedSkill, RecordKind, WalletRecord

LIFT, WRITE, DRIVE = skill("lift patients"), skill("write reports"), skill("drive trucks")


def test_from_an_empty_wallet_to_an_employer_who_sees_no_more(tmp_path: Path):
    record = SystemOfRecord.in_folder(tmp_path)
    services = Services(
        record.database,
        SmallLabor,
        people=record.service,
        now=record.clock,
        today=lambda: record.clock().date(),
        public_url="https://wallet.example.org",
        secret_key="a key of sixteen letters",
    )
    learner = record.person("Pete")
    organizations = {}
    for name, role in (
        ("Institute", PersonRole.ISSUER),
        ("Company-A", PersonRole.EMPLOYER),
        ("Company-B", PersonRole.EMPLOYER),
    ):
        made = record.person(name)
        record.people.grant_roles(made.person_id, {role})
        organizations[name] = record.people.actor(made.person_id)
    institute, former, company = organizations.values()
    assert services.wallet_for(learner).records() == ()

    # The institute issues, and the former employer confirms.
    services.issuing.issue_one(
        institute,
        {
            "name": "Patient care",
            "description": "Sixty hours.",
            "criteria": "An examination.",
            "kind": "Certificate",
            "skills": [LIFT.uri],
        },
        name="Pete",
        email="pete@example.org",
    )
    job = record.wallets.add(
        learner.person_id,
        WalletRecord(
            kind=RecordKind.EMPLOYMENT,
            title="Ward clerk",
            standing=Standing.SELF_ASSERTED,
            issuer="Company-A",
            issued_on=date(2021, 6, 14),
            form="hand",
            skills=(RecordedSkill(WRITE.uri, WRITE.name),),
        ),
    )
    asked = services.confirmations.ask(
        learner, job.id, organization="Company-A", parts=("title", "dates", "skills")
    )
    services.answering.answer(former, asked.secret, "198.51.100.7", Given(answer="confirm"))

    # The learner sees both verified.
    wallet = services.wallet_for(learner).wallet()
    assert {one.skill.name: one.standing for one in wallet.holdings} == {
        LIFT.name: Standing.VERIFIED,
        WRITE.name: Standing.VERIFIED,
    }

    # Shares with Company B for its posting until a date.
    today = record.clock().date()
    posting = services.postings.make(
        company,
        Terms("Ward assistant", today + timedelta(days=30)),
        [Asked(LIFT.uri, must=True), Asked(WRITE.uri), Asked(DRIVE.uri)],
        publish=True,
    )
    records = tuple(one.id for one in services.wallet_for(learner).records())
    wish = Sending(None, records, frozenset({"name", "email"}), today + timedelta(days=14))
    sent = services.applying.send(learner, posting.id, wish)

    # Company B reads matched and missing without knowing who it is.
    (reading,) = services.applications.received(company, posting.id)
    assert {one.square.requirement.skill.name: str(one.square.state) for one in reading.squares} == {
        LIFT.name: "matched",
        WRITE.name: "matched",
        DRIVE.name: "missing",
    }
    opened = services.applications.open(company, sent.id)
    for words in ("Pete", "pete@", "Institute", "Company-A", "Ward clerk", learner.person_id):
        assert words not in repr(opened.reading)

    # Moves the person forward; the learner is told.
    services.applications.move_forward(company, sent.id)
    assert services.applications.open(company, sent.id).reading.name == "Pete"
    assert [one.values["employer"] for one in services.applying.news(learner)] == ["Company-B"]

    # Withdraws, and Company B sees no more.
    services.applying.withdraw(learner, posting.id)
    assert services.applications.received(company, posting.id) == ()
    with pytest.raises(NoSuchApplication):
        services.applications.open(company, sent.id)
    assert "Pete" not in services.applications.table(company, posting.id)
    looked = [one.action for one in services.consents.accesses(learner)]
    assert looked.count("applications.read") == 3 and "applications.move" in looked
    assert services.audit.check().holds
    services.close()
    record.close()

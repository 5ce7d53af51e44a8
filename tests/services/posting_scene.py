"""An employer with a posting, another employer, people who apply, and the services over them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from accounts.roles import PersonRole
from graph.model import Standing
from services.applying import Sending
from services.container import Services
from services.postings import Asked, Terms
from tests.careers import SmallLabor, skill
from tests.people import SystemOfRecord
from wallet.record import RecordedSkill, RecordKind, WalletRecord

MONITOR, LIFT, WRITE, DRIVE = (
    skill(name) for name in ("monitor patients", "lift patients", "write reports", "drive trucks")
)


def a_record(title: str, standing: Standing, *skills: Any, **more: Any) -> WalletRecord:
    return replace(
        WalletRecord(
            kind=RecordKind.CREDENTIAL,
            title=title,
            standing=standing,
            issuer="Inland Technical Institute",
            issued_on=date(2019, 6, 1),
            description="Two years of evening school at Lincoln High.",
            skills=tuple(RecordedSkill(one.uri, one.name) for one in skills),
        ),
        **more,
    )


class Scene(SimpleNamespace):
    """Company B and Company C, Pete with three skills, and Maya with one."""

    @classmethod
    def in_folder(cls, folder: Path) -> Scene:
        record = SystemOfRecord.in_folder(folder)
        services = Services(
            record.database,
            SmallLabor,
            people=record.service,
            now=record.clock,
            today=lambda: record.clock().date(),
            secret_key="a key of sixteen letters",
        )
        here = cls(record=record, services=services, clock=record.clock)
        here.company, here.other = here.employer("Company-B"), here.employer("Company-C")
        here.pete, here.maya = record.person("Pete"), record.person("Maya")
        add = record.wallets.add
        here.care = add(here.pete.person_id, a_record("Patient care", Standing.VERIFIED, LIFT, MONITOR))
        here.job = add(here.pete.person_id, a_record("Ward clerk", Standing.SELF_ASSERTED, WRITE))
        add(here.maya.person_id, a_record("Her certificate", Standing.VERIFIED, WRITE))
        here.posting = here.post()
        return here

    def employer(self, name: str) -> Any:
        actor = self.record.person(name)
        self.record.people.grant_roles(actor.person_id, {PersonRole.EMPLOYER})
        return self.record.people.actor(actor.person_id)

    def terms(self, **more: Any) -> Terms:
        usual = Terms("Ward assistant", self.clock().date() + timedelta(days=30), wage_low=20, wage_high=24)
        return replace(usual, **more)

    def post(self, *asked: Asked, who: Any = None, **more: Any) -> Any:
        """A published posting."""
        who = who or self.company
        asked = asked or (
            Asked(LIFT.uri, must=True),
            Asked(WRITE.uri),
            Asked(DRIVE.uri, preferred=True),
        )
        made = self.services.postings.from_skills(who, "Ward assistant")
        self.services.postings.change(who, made.id, self.terms(**more), asked)
        self.services.postings.publish(who, made.id, read_warnings=True)
        return self.services.postings.own(who, made.id)

    def wish(self, **more: Any) -> Sending:
        until = self.clock().date() + timedelta(days=14)
        return replace(Sending(None, (), frozenset({"name", "email"}), until), **more)

    def apply(self, who: Any = None, posting: Any = None, **more: Any) -> Any:
        posting = posting or self.posting
        return self.services.applying.send(who or self.pete, posting.id, self.wish(**more))

    def received(self, who: Any = None, posting: Any = None) -> Any:
        posting = posting or self.posting
        return self.services.applications.received(who or self.company, posting.id)

    def open(self, application: Any, who: Any = None) -> Any:
        return self.services.applications.open(who or self.company, application.id).reading

    def end(self) -> None:
        self.services.close()
        self.record.close()

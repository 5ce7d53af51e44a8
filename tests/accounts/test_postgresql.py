"""The same code and the same promises on PostgreSQL, where its server is installed."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from accounts.actor import Actor
from accounts.consent import ConsentKind
from accounts.errors import EmailTaken
from accounts.migrate import downgrade, upgrade
from accounts.reports import NewReport, ReportStore, Ruling
from accounts.roles import PersonRole
from config import ROOT
from database import utc_now
from graph.model import PeopleGroup, Standing
from services.container import Services
from services.demo import read, refresh
from services.region import RegionView
from services.wallet import WalletService
from tests.people import PASSWORD, QUICK, SystemOfRecord, differences
from tests.regions import COUNTY, KING, RegionLabor, settle
from wallet.notice import changed
from wallet.proposal import Proposal, ProposalSource
from wallet.record import RecordKind, WalletRecord
from wallet.report import Check, Result, Step
from wallet.sentence import sentence

pytest.importorskip("psycopg", reason="the PostgreSQL driver is not installed")

OFFICIAL = Actor("o" * 32, "Lee", frozenset({PersonRole.OFFICIAL}), area_code=COUNTY.code)
URI = "http://data.europa.eu/esco/skill/3172f001-a4dd-4e7e-9f74-9707b2e7c6e1"


def binaries() -> Path | None:
    """The server's own folder: Debian keeps it off PATH."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


def as_server() -> dict[str, object]:
    """PostgreSQL refuses to run as root: then it runs as nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Address of an empty server in a temporary folder, on a free port, for this machine only."""
    programs = binaries()
    if programs is None or not (programs / "initdb").exists():
        pytest.skip("no PostgreSQL server is installed")
    with tempfile.TemporaryDirectory(prefix="waymark-pg-", dir="/tmp") as name:
        folder, identity = Path(name), as_server()
        if identity:
            os.chown(folder, identity["user"], identity["group"])
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        data, log = folder / "data", folder / "log"
        run = {"check": True, "capture_output": True, "cwd": folder, **identity}
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "waymark", "-A", "trust", "-E", "UTF8", "-N"], **run
        )
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        subprocess.run(
            [programs / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start"],
            **{**run, "capture_output": False, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL},
        )
        try:
            yield f"postgresql+psycopg://waymark@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **run)


@pytest.fixture
def system(server: str) -> Iterator[SystemOfRecord]:
    system = SystemOfRecord(server, demo=True)
    yield system
    system.close()
    downgrade(server, "base")


@pytest.mark.slow
def test_migrations_and_models_say_the_same_on_postgresql(server: str, system: SystemOfRecord):
    assert differences(server) == []
    assert not upgrade(server)


@pytest.mark.slow
def test_people_and_wallets_are_kept_on_postgresql(system: SystemOfRecord):
    rosa = system.person("Rosa")
    with pytest.raises(EmailTaken) as taken:
        system.person("ROSA")
    assert "rosa@" not in "".join(traceback.format_exception(taken.value))
    assert system.service.sign_in("rosa@example.org", PASSWORD) == rosa
    wallet = WalletService(system.wallets, None, rosa, date(2026, 3, 2))
    with ThreadPoolExecutor(4) as clicks:
        list(clicks.map(lambda _: system.wallets.claim_skill(rosa.person_id, URI, "Read maps"), range(8)))
        list(clicks.map(lambda _: system.wallets.hide_skill(rosa.person_id, URI), range(8)))
        list(clicks.map(lambda _: system.service.choose_career(rosa, "43-5061.00"), range(8)))
    assert [held.skill.name for held in wallet.wallet().holdings] == ["Read maps"]
    assert len(wallet.wallet().hidden) == len(system.service.chosen_careers(rosa)) == 1
    system.people.note_wrong_password("rosa@example.org")
    assert abs(system.service.account(rosa).created_at - utc_now()).total_seconds() < 60
    system.service.delete_account(rosa, PASSWORD)
    assert wallet.records() == ()


@pytest.mark.slow
def test_records_with_their_files_are_kept_on_postgresql(system: SystemOfRecord):
    rosa = str(system.person("Rosa").person_id)
    proposal = Proposal(URI, "Read maps", ProposalSource.TEXT, 0.7, "reads maps")
    check = Check(Step.DATES, Result.PASSED, sentence("It is in date, and has no end."))
    record = WalletRecord(
        RecordKind.CREDENTIAL,
        "Maps",
        Standing.VERIFIED,
        fingerprint="f",
        proposals=(proposal,),
        checks=(check,),
    )
    with ThreadPoolExecutor(4) as clicks:
        same = list(
            clicks.map(lambda n: system.wallets.add(rosa, replace(record, id=f"{n:032x}"), b"file"), range(8))
        )
    assert len({one.id for one in same}) == 1 and system.wallets.size(rosa) == (1, 4)
    (kept,) = system.wallets.records(rosa)
    assert (kept.proposals, kept.checks) == ((proposal,), (check,))
    assert system.wallets.change(rosa, replace(kept, hidden=True, proposals=()))
    assert system.wallets.original(rosa, kept.id) == b"file"
    system.wallets.tell(rosa, changed(kept, Standing.REVOKED, date(2026, 3, 2)))
    system.wallets.put_showcase(rosa, [URI])
    assert len(system.wallets.notices(rosa)) == len(system.wallets.showcase(rosa)) == 1
    system.wallets.empty(rosa)
    assert system.wallets.size(rosa) == (0, 0) and system.wallets.notices(rosa) == ()


@pytest.mark.slow
def test_reports_and_decisions_are_kept_on_postgresql(system: SystemOfRecord):
    rosa, kim = system.person("Rosa"), system.person("Kim")
    reports = ReportStore(system.database)
    new = NewReport("29-1141.00", "wrong", URI, words="Not here.")
    with ThreadPoolExecutor(4) as clicks:
        made = list(clicks.map(lambda _: reports.make(rosa.person_id, new, 50), range(8)))
    said = reports.report(made[0].id)
    assert reports.together(said) == (said,)
    ruling = Ruling("29-1141.00", URI, "drop", "0123456789", reason="another trade")
    with ThreadPoolExecutor(4) as clicks:
        list(clicks.map(lambda _: reports.accept(said, ruling, kim.person_id), range(8)))
    assert [ruled.ruling for ruled in reports.rulings()] == [ruling]
    system.service.delete_account(kim, PASSWORD)
    system.service.delete_account(rosa, PASSWORD)
    assert len(reports.rulings()) == 1 and reports.report(said.id) is None


@pytest.mark.slow
def test_the_demo_people_are_made_once_on_postgresql(system: SystemOfRecord):
    files = read(ROOT / "demo")
    first = refresh(system.people, system.wallets, system.consents, QUICK, files)
    again = refresh(system.people, system.wallets, system.consents, QUICK, files)
    assert {done.state for done in first} == {"made"}
    assert {done.state for done in again} == {"unchanged"}


@pytest.mark.slow
def test_the_figures_of_a_county_count_people_on_postgresql_as_anywhere(
    system: SystemOfRecord, tmp_path: Path
):
    """The same people in both databases, before and after some change their mind: the same exact counts."""

    def counted(record: SystemOfRecord) -> list[object]:
        services = Services(
            record.database, RegionLabor, today=lambda: date(2026, 3, 2), now=record.clock, secret_key="k"
        )
        reports = settle(record, COUNTY.code, 40, "write reports", standing=Standing.VERIFIED)
        settle(record, COUNTY.code, 30, "drive trucks", groups=["veterans", "english_learners"])
        settle(record, COUNTY.code, 30, "write reports", groups=["veterans"])
        settle(record, KING.code, 20, "drive trucks", consenting=False)
        found = []
        for step in range(3):
            if step == 1:
                record.clock.advance(minutes=1)
                for one in reports[:12]:
                    record.consents.withdraw_kind(one, ConsentKind.REGIONAL)
                for one in reports[12:25]:
                    record.people.delete(one)
            if step == 2:
                services.load_wallets()
            gap = services.region.gap(OFFICIAL, RegionView((COUNTY.code,), group=PeopleGroup.VETERANS))
            exact = services._region_supply._exact
            found.append(
                (gap.people, sorted((key, one.wallets) for key, one in exact.items() if one.wallets))
            )
        services.close()
        assert found[1] == found[2] != found[0]
        return found

    other = SystemOfRecord.in_folder(tmp_path)
    assert counted(system) == counted(other)
    other.close()

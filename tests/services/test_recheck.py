"""Records are checked again: a standing that changes is told, an outage changes nothing for a while."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from config import ROOT
from graph.model import Standing
from services.recheck import Recheck, alone
from tests.services.test_records import Product
from tests.wallet.issuing import KEY, badge, signed_badge
from tests.wallet.test_status_lists import LIST, entry, packed, status_list
from wallet.report import Verdict
from wallet.sign import sign

DAY = timedelta(hours=24)


class Revocable(Product):
    """A wallet with a badge that can be taken back."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.take_back()
        self.bring(signed_badge(credentialStatus=entry()))

    def take_back(self, *places: int) -> None:
        self.documents.put(LIST, sign(status_list("u" + packed(*places)), KEY))

    def later(self, **passed: float) -> tuple[int, int]:
        self.now += timedelta(**passed)
        return self.services.check_due(DAY)

    @property
    def wallet(self):
        return self.services.wallet_for(self.pete)


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Revocable]:
    product = Revocable(tmp_path)
    yield product
    product.record.close()


def test_a_record_that_is_taken_back_is_revoked_and_its_owner_told_once(product: Revocable):
    product.take_back(7)
    assert product.later(hours=25) == (1, 1)
    (record,) = product.records()
    assert (record.standing, record.verdict) == (Standing.REVOKED, Verdict.REVOKED)
    (notice,) = product.wallet.notices()
    assert "revoked by its issuer" in notice.sentence.message
    assert notice.sentence.values["title"] == "Gas metal arc welding"
    assert notice.happened_on == product.now.date()
    (holding,) = product.wallet.wallet().holdings
    assert not holding.standing.counts
    assert product.later(hours=25) == (1, 0)
    product.wallet.dismiss(notice.id)
    assert product.wallet.notices() == ()


def test_what_was_checked_within_the_day_is_left_alone(product: Revocable):
    assert product.later(hours=23) == (0, 0)


def test_an_issuer_that_cannot_be_reached_takes_nothing_away_for_a_while(product: Revocable):
    del product.documents.held[LIST]
    assert product.later(hours=25) == (1, 0)
    assert product.records()[0].standing is Standing.VERIFIED
    assert product.later(minutes=15) == (0, 0), "it is not asked again at once"
    assert product.later(days=31) == (1, 1)
    assert product.records()[0].standing is Standing.SELF_ASSERTED
    product.take_back()
    assert product.later(hours=25) == (1, 1)
    assert product.records()[0].standing is Standing.VERIFIED


def test_a_day_that_passes_makes_it_expired_and_says_so(product: Revocable):
    product.bring(badge(validUntil="2026-01-01T00:00:00Z"))
    product.bring(
        signed_badge(validUntil="2026-06-10T00:00:00Z", id="urn:uuid:b", validFrom="2025-06-01T00:00:00Z")
    )
    product.later(days=20)
    assert any("has expired" in notice.sentence.message for notice in product.wallet.notices())


def test_what_was_decided_about_its_skills_stays(product: Revocable):
    (record,) = product.records()
    page = product.services.record_for(product.pete)
    page.decide(record.id, record.skills[0].uri, "rejected")
    product.later(hours=25)
    assert product.records()[0].skills == ()


def test_one_process_at_a_time_checks(tmp_path: Path):
    lock = tmp_path / "recheck.lock"
    asked: list[timedelta] = []
    recheck = Recheck(lambda every, _go_on: asked.append(every) or (0, 0), 24, lock)  # type: ignore[func-returns-value]
    with alone(lock) as free:
        assert free
        assert recheck.once() is None
    assert recheck.once() == (0, 0) and asked == [DAY]


def test_the_thread_checks_and_ends_when_told(tmp_path: Path):
    looked = threading.Event()

    def check(_every, _go_on):
        looked.set()
        return 0, 0

    recheck = Recheck(check, 1, tmp_path / "lock", wait=0.01)
    recheck.begin()
    assert looked.wait(5)
    recheck.end()
    assert not any(thread.name == "recheck" for thread in threading.enumerate())


def test_no_hours_are_never(tmp_path: Path):
    recheck = Recheck(lambda _every, _go_on: (0, 0), 0, tmp_path / "lock", wait=0.01)
    recheck.begin()
    assert not any(thread.name == "recheck" for thread in threading.enumerate())


def test_the_command_checks_what_is_due(product: Revocable, tmp_path: Path):
    env = {"DATA_DIR": str(tmp_path), "DEMO": "1", "OFFLINE": "1", "PATH": "/usr/bin"}
    done = subprocess.run(
        [sys.executable, "-m", "wallet", "recheck", "--all"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
    )
    # Its list cannot be had, and the last good look was months ago.
    assert (done.returncode, done.stdout) == (0, "Checked 1; 1 changed.\n"), done.stderr

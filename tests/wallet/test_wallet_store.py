"""Wallets in the system of record."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from graph.model import Standing
from tests.people import SystemOfRecord
from wallet.models import RecordSkill
from wallet.record import RecordedSkill, RecordKind, WalletRecord

URI = "http://data.europa.eu/esco/skill/3172f001-a4dd-4e7e-9f74-9707b2e7c6e1"
BADGE = WalletRecord(
    kind=RecordKind.CREDENTIAL,
    title="Geology Fieldwork",
    issuer="Summer Bridge",
    standing=Standing.VERIFIED,
    issued_on=date(2025, 7, 11),
    hours=28.0,
    fingerprint="a" * 64,
    skills=(RecordedSkill(URI, "Read maps", 0.5), RecordedSkill("https://skills.example/2", "Walk far")),
)


def test_a_record_comes_back_as_it_went_in(system: SystemOfRecord):
    rosa = system.person("Rosa").person_id
    system.wallets.add(rosa, BADGE)
    assert system.wallets.records(rosa) == (BADGE,)
    assert system.wallets.record(rosa, BADGE.id) == BADGE


def test_nobody_gets_another_persons_rows(system: SystemOfRecord):
    rosa, maya = system.person("Rosa").person_id, system.person("Maya").person_id
    system.wallets.add(rosa, BADGE)
    system.wallets.claim_skill(rosa, URI, "Read maps")
    system.wallets.hide_skill(rosa, URI)
    assert system.wallets.records(maya) == ()
    assert system.wallets.record(maya, BADGE.id) is None
    assert system.wallets.hidden(maya) == frozenset()
    system.wallets.remove(maya, BADGE.id)
    system.wallets.withdraw_claim(maya, URI)
    system.wallets.show_skill(maya, URI)
    assert len(system.wallets.records(rosa)) == 2
    assert system.wallets.hidden(rosa) == {URI}


def test_nobody_overwrites_another_persons_record(system: SystemOfRecord):
    rosa, maya = system.person("Rosa").person_id, system.person("Maya").person_id
    system.wallets.add(rosa, BADGE)
    with pytest.raises(IntegrityError):
        system.wallets.put(maya, replace(BADGE, title="Mine now"))
    assert system.wallets.records(rosa) == (BADGE,)


def test_the_same_entry_is_kept_once(system: SystemOfRecord):
    rosa, maya = system.person("Rosa").person_id, system.person("Maya").person_id
    again = replace(BADGE, id="f" * 32, standing=Standing.REVOKED)
    assert system.wallets.add(rosa, BADGE).id == BADGE.id
    assert system.wallets.add(rosa, again).id == BADGE.id
    assert len(system.wallets.records(rosa)) == 1
    system.wallets.add(maya, again)
    assert len(system.wallets.records(maya)) == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(BADGE, fingerprint="b" * 64),
        replace(BADGE, fingerprint=""),
        replace(BADGE, fingerprint="", title="Another"),
        replace(BADGE, fingerprint="", issued_on=date(2025, 7, 12)),
        replace(BADGE, kind=RecordKind.EDUCATION),
    ],
)
def test_entries_that_differ_are_different_entries(other: WalletRecord):
    assert other.digest != BADGE.digest


def test_a_double_click_claims_and_hides_once(system: SystemOfRecord):
    rosa = system.person("Rosa").person_id
    with ThreadPoolExecutor(4) as clicks:
        list(clicks.map(lambda _: system.wallets.claim_skill(rosa, URI, "Read maps"), range(8)))
        list(clicks.map(lambda _: system.wallets.hide_skill(rosa, URI), range(8)))
    (claim,) = system.wallets.records(rosa)
    assert (claim.kind, claim.standing, claim.issuer) == (RecordKind.CLAIM, Standing.SELF_ASSERTED, "")
    assert system.wallets.hidden(rosa) == {URI}


def test_withdrawing_a_claim_leaves_what_proves_the_skill(system: SystemOfRecord):
    rosa = system.person("Rosa").person_id
    system.wallets.add(rosa, BADGE)
    system.wallets.claim_skill(rosa, URI, "Read maps")
    for _ in range(2):
        system.wallets.withdraw_claim(rosa, URI)
    assert system.wallets.records(rosa) == (BADGE,)


def test_a_claim_is_found_again_when_the_skill_was_renamed(system: SystemOfRecord):
    rosa = system.person("Rosa").person_id
    system.wallets.claim_skill(rosa, URI, "Read maps")
    system.wallets.claim_skill(rosa, URI, "Read maps and plans")
    assert len(system.wallets.records(rosa)) == 1
    system.wallets.withdraw_claim(rosa, URI)
    assert system.wallets.records(rosa) == ()


def test_showing_a_skill_that_is_shown_does_nothing(system: SystemOfRecord):
    rosa = system.person("Rosa").person_id
    system.wallets.hide_skill(rosa, URI)
    for _ in range(2):
        system.wallets.show_skill(rosa, URI)
    assert system.wallets.hidden(rosa) == frozenset()


def test_records_stand_newest_first_and_undated_last(system: SystemOfRecord):
    rosa = system.person("Rosa").person_id
    old = WalletRecord(
        RecordKind.EMPLOYMENT, "Old", Standing.SELF_ASSERTED, issued_on=date(2019, 1, 1), id="0" * 32
    )
    system.wallets.claim_skill(rosa, URI, "Undated")
    for entry in (old, BADGE):
        system.wallets.add(rosa, entry)
    titles = [entry.title for entry in system.wallets.records(rosa)]
    assert titles == ["Geology Fieldwork", "Old", "Undated"]


def test_putting_a_record_says_whether_anything_changed(system: SystemOfRecord):
    rosa = system.person("Rosa").person_id
    assert system.wallets.put(rosa, BADGE)
    assert not system.wallets.put(rosa, BADGE)
    assert system.wallets.put(rosa, replace(BADGE, skills=BADGE.skills[:1]))
    assert len(system.wallets.record(rosa, BADGE.id).skills) == 1


def test_no_skill_is_left_behind_by_a_record_that_was_removed(system: SystemOfRecord):
    rosa = system.person("Rosa").person_id
    system.wallets.add(rosa, BADGE)
    system.wallets.remove(rosa, BADGE.id)
    with system.database.session() as session:
        assert session.scalar(select(func.count()).select_from(RecordSkill)) == 0

"""From records to holdings."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Skill, Standing
from wallet.holdings import RANK, holdings, skill_id
from wallet.record import RecordedSkill, RecordKind, WalletRecord

TODAY = date(2026, 3, 2)
URIS = [f"http://data.europa.eu/esco/skill/{name}" for name in ("a", "b", "c")]
SKILLS = {uri: Skill(skill_id(uri), f"Skill {uri[-1]}", uri, "esco", "skill") for uri in URIS[:2]}

recorded = st.builds(
    RecordedSkill,
    uri=st.sampled_from(URIS),
    label=st.just("As it was called then"),
    level=st.none() | st.floats(0, 1),
)
records = st.lists(
    st.builds(
        WalletRecord,
        kind=st.sampled_from(RecordKind),
        title=st.sampled_from(["A", "B"]),
        standing=st.sampled_from(Standing),
        issued_on=st.none() | st.dates(date(2020, 1, 1), TODAY),
        expires_on=st.none() | st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3)),
        skills=st.lists(recorded, max_size=3, unique_by=lambda skill: skill.uri).map(tuple),
        id=st.uuids().map(lambda value: value.hex),
    ),
    max_size=8,
    unique_by=lambda record: record.id,
)


def record(standing: Standing, title: str = "A record", **told) -> WalletRecord:
    level = told.pop("level", None)
    return WalletRecord(
        RecordKind.CREDENTIAL, title, standing, skills=(RecordedSkill(URIS[0], "A", level),), **told
    )


@given(records, st.randoms())
@settings(deadline=None)
def test_the_order_of_records_never_matters(kept: list[WalletRecord], random):
    shuffled = list(kept)
    random.shuffle(shuffled)
    assert holdings(shuffled, SKILLS, TODAY) == holdings(kept, SKILLS, TODAY)


@given(records)
@settings(deadline=None)
def test_what_has_expired_or_was_revoked_never_counts(kept: list[WalletRecord]):
    good = {
        skill.uri
        for entry in kept
        if entry.standing.counts and (entry.expires_on is None or entry.expires_on >= TODAY)
        for skill in entry.skills
    }
    assert {holding.skill.uri for holding in holdings(kept, SKILLS, TODAY) if holding.standing.counts} == good


@given(records)
@settings(deadline=None)
def test_every_recorded_skill_is_held_once_and_every_record_is_its_evidence(kept: list[WalletRecord]):
    held = holdings(kept, SKILLS, TODAY)
    told = {skill.uri for entry in kept for skill in entry.skills}
    assert sorted(holding.skill.uri for holding in held) == sorted(told)
    for holding in held:
        ids = {entry.id for entry in kept for skill in entry.skills if skill.uri == holding.skill.uri}
        assert {evidence.record_id for evidence in holding.evidence} == ids


@given(records)
@settings(deadline=None)
def test_the_best_holdings_and_the_best_evidence_come_first(kept: list[WalletRecord]):
    held = holdings(kept, SKILLS, TODAY)
    ranks = [RANK[holding.standing] for holding in held]
    assert ranks == sorted(ranks)
    by_id = {entry.id: entry for entry in kept}
    for holding in held:
        proofs = [RANK[by_id[evidence.record_id].standing_on(TODAY)] for evidence in holding.evidence]
        assert proofs == sorted(proofs)
        assert proofs[0] == RANK[holding.standing]


@given(records, records)
@settings(deadline=None)
def test_another_record_never_makes_a_standing_worse(kept: list[WalletRecord], more: list[WalletRecord]):
    before = {holding.skill.uri: holding.standing for holding in holdings(kept, SKILLS, TODAY)}
    after = {holding.skill.uri: holding.standing for holding in holdings(kept + more, SKILLS, TODAY)}
    assert all(RANK[after[uri]] <= RANK[standing] for uri, standing in before.items())


def test_a_record_counts_on_its_last_valid_day_and_not_the_day_after():
    card = record(Standing.VERIFIED, expires_on=TODAY)
    assert holdings([card], SKILLS, TODAY)[0].standing is Standing.VERIFIED
    assert holdings([card], SKILLS, TODAY + timedelta(days=1))[0].standing is Standing.EXPIRED


def test_a_revoked_record_stays_revoked_after_its_last_day():
    card = record(Standing.REVOKED, expires_on=TODAY - timedelta(days=9))
    assert holdings([card], SKILLS, TODAY)[0].standing is Standing.REVOKED


def test_the_level_is_the_highest_at_the_best_standing():
    kept = [
        record(Standing.VERIFIED, level=0.4),
        record(Standing.VERIFIED, level=0.7),
        record(Standing.SELF_ASSERTED, level=1.0),
    ]
    assert holdings(kept, SKILLS, TODAY)[0].level == 0.7
    assert holdings([*kept, record(Standing.VERIFIED)], SKILLS, TODAY)[0].level is None


def test_a_skill_that_no_vocabulary_has_now_is_called_what_its_record_calls_it():
    (held,) = holdings([record(Standing.VERIFIED)], {}, TODAY)
    assert (held.skill.name, held.skill.uri, held.skill.id) == ("A", URIS[0], "esco:a")


def test_the_id_of_a_skill_follows_from_its_address():
    assert skill_id("http://data.europa.eu/esco/skill/14832d87-2f2f") == "esco:14832d87-2f2f"
    assert skill_id("https://osmt.wgu.edu/api/skills/eef519b2-31b3") == "osn:eef519b2-31b3"

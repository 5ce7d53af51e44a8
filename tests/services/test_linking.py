"""Records' words are read for skills, which are proposed and nothing more."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.errors import LaborDataUnavailable
from data.store import LaborStore
from graph.model import Standing
from services.container import Services
from services.errors import RolesAway
from services.linking import FLOOR, Linking, links
from services.records import Checking, Gate
from tests.people import SystemOfRecord
from wallet.documents import NoDocuments
from wallet.link import Linker
from wallet.proposal import ProposalSource, ProposalState
from wallet.record import RecordKind, Told, WalletRecord


class Nobody:
    """Knows no issuer and no account."""

    def name_of(self, _issuer: str) -> None:
        return None

    def account(self, _person_id: str) -> None:
        return None


@pytest.fixture(scope="module")
def linking(index_folder: Path) -> Linking:
    return Linking(Linker.open(index_folder))


def test_title_and_every_sentence_of_a_description_are_read(linking):
    proposed = linking.propose(
        "Forklift driver", "Loaded trucks.\nMIG welded trailer frames; took blood samples."
    )
    labels = {each.label for each in proposed}
    assert {"Operate forklift", "Take blood samples"} <= labels
    assert all(
        each.source is ProposalSource.TEXT and each.state is ProposalState.PROPOSED for each in proposed
    )
    assert all(each.score >= FLOOR and each.words for each in proposed)


def test_the_level_that_words_state_is_kept_with_what_they_propose(linking):
    proposed = {
        each.label: each for each in linking.propose("Summary", "Photoshop (advanced)\nDrove a forklift.")
    }
    assert proposed["Adobe Photoshop"].level == 0.75
    assert proposed["Operate forklift"].level is None


def test_what_speaks_of_no_skill_proposes_none(linking):
    assert linking.propose("", "") == ()
    assert linking.propose("zzqx", "qqq") == ()


def test_a_long_description_proposes_no_more_than_a_person_can_look_through(linking):
    told = "\n".join(f"welded frames, drove a forklift, baked bread and cut hair {n}" for n in range(500))
    assert len(linking.propose("Everything", told)) <= 20


def test_a_build_without_an_index_links_nothing_and_says_so(tmp_path):
    assert Linking.open(tmp_path, "nothing") is None
    with pytest.raises(RolesAway):
        links(None, "weld", 5)


def test_services_link_by_the_index_of_the_build_in_place(tmp_path, labor_path, index_folder):
    kept = SystemOfRecord.in_folder(tmp_path)
    try:
        services = Services(
            kept.database,
            lambda: LaborStore.open(labor_path),
            lambda: date(2026, 3, 2),
            index_folder=index_folder.parent,
        )
        linker = services.linker
        assert linker is not None and linker is services.linker
        assert links(linker, "drove a forklift", 1)[0].skill == "Operate forklift"
        services.close()
    finally:
        kept.close()


def test_while_the_labor_market_is_away_nothing_is_linked(tmp_path):
    def away() -> LaborStore:
        raise LaborDataUnavailable("There is none yet.")

    kept = SystemOfRecord.in_folder(tmp_path)
    try:
        assert Services(kept.database, away, index_folder=tmp_path).linker is None
    finally:
        kept.close()


def test_what_a_record_says_beside_its_description_is_read_too(linking):
    checking = Checking(
        documents=NoDocuments(),
        issuers=Nobody(),
        people=Nobody(),
        labor=None,
        linker=linking,
        now=lambda: datetime(2026, 6, 1, tzinfo=UTC),
        gate=Gate(),
    )
    record = WalletRecord(
        RecordKind.CREDENTIAL,
        "Certificate",
        Standing.VERIFIED,
        told=(
            Told("forklift operation"),
            Told("Joins steel frames by MIG welding.", "https://ctdl.example/ce-1"),
        ),
    )
    proposed = {one.label: one for one in checking.with_skills(record).proposals}
    assert proposed["Operate forklift"].words == "forklift operation"
    assert any("weld" in label.casefold() for label in proposed)
    assert all(one.state is ProposalState.PROPOSED for one in proposed.values())


def test_pete_is_proposed_the_skills_of_his_duties(linking):
    proposed = linking.propose(
        "Warehouse associate",
        "Picked and packed orders with an RF scanner. Drove a sit-down forklift to load and unload trailers. "
        "Counted stock each week. Trained four new hires on safe lifting.",
    )
    words = {each.label: each.words for each in proposed}
    assert {"Pick orders for dispatching", "Operate forklift", "Train employees"} <= words.keys()
    assert "forklift" in words["Operate forklift"]

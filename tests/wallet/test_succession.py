"""How records stand to one another: newer, older, the same, or nothing to do with each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.model import Standing
from wallet.proposal import Proposal, ProposalSource, ProposalState
from wallet.record import RecordKind, WalletRecord
from wallet.succession import relation, with_decisions

KEPT = WalletRecord(
    kind=RecordKind.CREDENTIAL,
    title="Forklift operator",
    standing=Standing.VERIFIED,
    issued_on=date(2025, 5, 1),
    issuer_id="did:example:school",
    achievement_id="https://school.example/forklift",
    credential_id="urn:1",
)
LATER = replace(KEPT, issued_on=date(2026, 5, 1), credential_id="urn:2")


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (LATER, "newer"),
        (replace(LATER, issued_on=date(2024, 5, 1)), "older"),
        (replace(LATER, issued_on=KEPT.issued_on), "same"),
        (replace(LATER, issuer_id="did:example:forger"), None),
        (replace(LATER, issuer_id=""), None),
        (replace(LATER, achievement_id="https://school.example/crane"), None),
        (replace(LATER, achievement_id="", title="Crane operator"), None),
        (replace(LATER, achievement_id="", credential_id="urn:1"), "newer"),
        (replace(LATER, standing=Standing.SELF_ASSERTED), None),
        (replace(LATER, standing=Standing.REVOKED), None),
        (replace(LATER, standing=Standing.SELF_ASSERTED, issued_on=KEPT.issued_on), "older"),
    ],
)
def test_a_record_stands_to_one_that_is_kept_as(new: WalletRecord, expected: str | None):
    assert relation(new, KEPT) == expected


def test_a_good_one_takes_the_place_of_one_that_could_not_be_verified():
    doubtful = replace(KEPT, standing=Standing.SELF_ASSERTED)
    assert relation(KEPT, doubtful) == "newer"
    assert relation(replace(LATER, issued_on=date(2024, 1, 1)), doubtful) is None


def test_what_was_decided_goes_over_to_the_newer_one():
    def proposal(uri: str, state: ProposalState, source: ProposalSource = ProposalSource.TEXT) -> Proposal:
        return Proposal(uri, uri, source, state=state)

    old = replace(
        KEPT,
        proposals=(
            proposal("a", ProposalState.REJECTED),
            proposal("b", ProposalState.ACCEPTED),
            proposal("c", ProposalState.ACCEPTED, ProposalSource.PERSON),
            proposal("d", ProposalState.ACCEPTED),
        ),
    )
    new = replace(LATER, proposals=tuple(proposal(uri, ProposalState.PROPOSED) for uri in "abe"))
    came = with_decisions(new, old)
    assert [(one.uri, one.state.value) for one in came.proposals] == [
        ("a", "rejected"),
        ("b", "accepted"),
        ("e", "proposed"),
        ("c", "accepted"),
    ]
    assert [skill.uri for skill in came.skills] == ["b", "c"]

"""How a record stands to another one: its newer self, its older self, the same, or none of these."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wallet.holdings import RANK
from wallet.proposal import Proposal, ProposalSource, ProposalState
from wallet.record import RecordedSkill, WalletRecord


def relation(new: WalletRecord, kept: WalletRecord) -> str | None:
    """Return ``same``, ``newer`` or ``older``, as the new record stands to the kept one.

    They are the same thing when one issuer gave both the same address, or both for the same
    achievement. What counts for less never takes the place of what counts for more: anybody can
    write an unsigned credential with somebody else's addresses in it.
    """
    if not _one_thing(new, kept):
        return None
    day, kept_day = new.issued_on, kept.issued_on
    rank, kept_rank = RANK[new.standing], RANK[kept.standing]
    if day is not None and kept_day is not None and day != kept_day:
        if day > kept_day:
            return "newer" if rank <= kept_rank else None
        return "older" if kept_rank <= rank else None
    if rank == kept_rank:
        return "same"
    return "newer" if rank < kept_rank else "older"


def _one_thing(new: WalletRecord, kept: WalletRecord) -> bool:
    if not new.issuer_id or new.issuer_id != kept.issuer_id:
        return False
    if new.achievement_id and kept.achievement_id:
        return new.achievement_id == kept.achievement_id
    return bool(new.credential_id) and new.credential_id == kept.credential_id and new.title == kept.title


def with_decisions(new: WalletRecord, old: WalletRecord) -> WalletRecord:
    """Return the new record with what the person decided about the old one's skills."""
    decided = {one.uri: one for one in old.proposals if one.state is not ProposalState.PROPOSED}
    own = {one.uri for one in new.proposals}
    proposals = tuple(
        replace(one, state=decided[one.uri].state) if one.uri in decided else one for one in new.proposals
    )
    chosen = tuple(
        one for one in decided.values() if one.source is ProposalSource.PERSON and one.uri not in own
    )
    return with_proposals(new, proposals + chosen)


def with_proposals(record: WalletRecord, proposals: Iterable[Proposal]) -> WalletRecord:
    """Return a record with these proposals, and the accepted ones as its skills."""
    proposals = tuple(proposals)
    levels = {skill.uri: skill.level for skill in record.skills}
    skills = tuple(
        RecordedSkill(one.uri, one.label, levels.get(one.uri) if one.level is None else one.level)
        for one in proposals
        if one.state is ProposalState.ACCEPTED
    )
    return replace(record, proposals=proposals, skills=skills)

"""A record as JSON with nothing left out, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from graph.model import Standing
from wallet.proposal import Proposal, ProposalSource, ProposalState
from wallet.record import RecordedSkill, RecordKind, WalletRecord
from wallet.report import Check, Result, Step, Verdict
from wallet.sentence import Sentence

DAYS = ("issued_on", "ended_on", "expires_on")
MOMENTS = ("checked_at", "created_at")
LEFT_OUT = frozenset({"told"})
"""What stands in the record's file only, and is read from it again."""


def told(record: WalletRecord) -> dict[str, Any]:
    """Return a record as JSON; ``record_of`` gives it back as it was."""
    said: dict[str, Any] = {
        one.name: getattr(record, one.name) for one in fields(record) if one.name not in LEFT_OUT
    }
    for name in (*DAYS, *MOMENTS):
        said[name] = said[name] and said[name].isoformat()
    said["kind"], said["standing"] = record.kind.value, record.standing.value
    said["verdict"] = record.verdict.value if record.verdict else None
    said["skills"] = [{"uri": one.uri, "label": one.label, "level": one.level} for one in record.skills]
    said["proposals"] = [
        {
            "uri": one.uri,
            "label": one.label,
            "source": one.source.value,
            "score": one.score,
            "words": one.words,
            "state": one.state.value,
            "level": one.level,
        }
        for one in record.proposals
    ]
    said["checks"] = [
        {
            "name": one.name.value,
            "result": one.result.value,
            "message": one.explanation.message,
            "values": dict(one.explanation.values),
            "verdict": one.verdict.value if one.verdict else None,
            "part": one.part,
        }
        for one in record.checks
    ]
    return said


def record_of(said: Mapping[str, Any]) -> WalletRecord:
    """Return the record that ``told`` wrote down.

    Raises
    ------
    KeyError, TypeError, ValueError
        If it is none.
    """
    known = {one.name for one in fields(WalletRecord)} - LEFT_OUT
    values: dict[str, Any] = {name: said[name] for name in known}
    for name in DAYS:
        values[name] = values[name] and date.fromisoformat(values[name])
    for name in MOMENTS:
        values[name] = values[name] and datetime.fromisoformat(values[name])
    values["kind"], values["standing"] = RecordKind(values["kind"]), Standing(values["standing"])
    values["verdict"] = Verdict(values["verdict"]) if values["verdict"] else None
    values["skills"] = tuple(RecordedSkill(one["uri"], one["label"], one["level"]) for one in said["skills"])
    values["proposals"] = tuple(proposal_of(one) for one in said["proposals"])
    values["checks"] = tuple(
        Check(
            Step(one["name"]),
            Result(one["result"]),
            Sentence(one["message"], one["values"]),
            Verdict(one["verdict"]) if one["verdict"] else None,
            one["part"],
        )
        for one in said["checks"]
    )
    return WalletRecord(**values)


def proposal_of(said: Mapping[str, Any]) -> Proposal:
    """Return the proposal that ``told`` wrote down."""
    return Proposal(
        said["uri"],
        said["label"],
        ProposalSource(said["source"]),
        said["score"],
        said["words"],
        ProposalState(said["state"]),
        said["level"],
    )

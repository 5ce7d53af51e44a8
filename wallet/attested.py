"""What others stand by, brought to the records it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from graph.model import Confirmation, Standing, Statement
from wallet.proposal import ProposalState
from wallet.record import RecordKind, WalletRecord

PARTS = ("title", "dates", "hours", "duties", "skills")


def statement_of(record: WalletRecord, parts: Iterable[str]) -> Statement:
    """Return the chosen parts of what a record says, for somebody else to confirm."""
    chosen = frozenset(parts) & frozenset(PARTS)
    return Statement(
        kind=record.kind.value,
        issuer=record.issuer,
        parts=chosen,
        title=record.title if "title" in chosen else "",
        started_on=record.issued_on if "dates" in chosen else None,
        ended_on=record.ended_on if "dates" in chosen else None,
        hours=record.hours if "hours" in chosen else None,
        duties=record.description if "duties" in chosen else "",
        skills=tuple((one.uri, one.label) for one in record.skills) if "skills" in chosen else (),
    )


def still_says(record: WalletRecord, stated: Statement) -> bool:
    """Whether a record says what somebody stood by; skills that were added since are not covered by it."""
    now = statement_of(record, stated.parts)
    same = replace(now, skills=()) == replace(stated, skills=())
    return same and {uri for uri, _ in stated.skills} <= {one.uri for one in record.skills}


def corrected(record: WalletRecord, stated: Statement) -> WalletRecord:
    """Return the record as a correction that its owner took over says it."""
    kept = {uri for uri, _label in stated.skills}
    gone = {one.uri for one in record.skills} - kept if "skills" in stated.parts else set()
    return replace(
        record,
        title=stated.title if "title" in stated.parts else record.title,
        issued_on=stated.started_on if "dates" in stated.parts else record.issued_on,
        ended_on=stated.ended_on if "dates" in stated.parts else record.ended_on,
        hours=stated.hours if "hours" in stated.parts else record.hours,
        description=stated.duties if "duties" in stated.parts else record.description,
        skills=tuple(one for one in record.skills if one.uri not in gone),
        proposals=tuple(
            replace(one, state=ProposalState.REJECTED) if one.uri in gone else one for one in record.proposals
        ),
    )


def standing_by(
    record: WalletRecord, answers: Iterable[Confirmation], records: Iterable[WalletRecord], today: date
) -> Standing:
    """How far one of the person's own entries can be relied on, with what others answered about it.

    ``verified`` where an organization signed it and its credential is in the wallet and holds today,
    ``confirmed`` where somebody stands by it otherwise.
    """
    found = [one for one in answers if one.record_id == record.id and _counts(record, one)]
    if not _open(record) or not found:
        return record.standing_on(today)
    credentials = {one.id: one for one in records if not one.set_aside}
    proven = any(
        one.credential in credentials and credentials[one.credential].standing_on(today) is Standing.VERIFIED
        for one in found
    )
    return replace(record, standing=Standing.VERIFIED if proven else Standing.CONFIRMED).standing_on(today)


def attested(records: Iterable[WalletRecord], answers: Iterable[Confirmation]) -> Iterator[WalletRecord]:
    """Give the records with what others stand by: of each skill as much as was confirmed of it.

    A record of which some skills were confirmed comes twice: with those, and with the rest. A
    credential that came of an answer speaks for itself.
    """
    told = list(answers)
    for record in records:
        sure = {
            uri
            for one in told
            if one.record_id == record.id and _counts(record, one)
            for uri, _label in one.statement.skills
        }
        if record.standing is not Standing.SELF_ASSERTED or not sure:
            yield record
            continue
        yield replace(
            record,
            standing=Standing.CONFIRMED,
            skills=tuple(one for one in record.skills if one.uri in sure),
        )
        rest = tuple(one for one in record.skills if one.uri not in sure)
        if rest:
            yield replace(record, skills=rest)


def can_be_asked(record: WalletRecord) -> bool:
    """Whether there is something to confirm: nobody has signed it yet."""
    return (
        _open(record)
        and not record.replaced_by
        and not record.declined
        and bool(record.title or record.skills)
    )


def parts_of(record: WalletRecord) -> tuple[str, ...]:
    """The parts that a record has, and so can be shown."""
    has = {
        "title": record.kind is not RecordKind.CLAIM,
        "dates": bool(record.issued_on or record.ended_on) and record.kind is not RecordKind.CLAIM,
        "hours": bool(record.hours),
        "duties": bool(record.description),
        "skills": bool(record.skills),
    }
    return tuple(part for part in PARTS if has[part])


def _open(record: WalletRecord) -> bool:
    """Whether its standing is that of somebody's word, without a document behind it."""
    return not record.fingerprint and record.standing in (Standing.SELF_ASSERTED, Standing.CONFIRMED)


def _counts(record: WalletRecord, answer: Confirmation) -> bool:
    return answer.stands and still_says(record, answer.statement)

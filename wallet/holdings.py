"""From records to the skills that somebody has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from graph.model import Evidence, Holding, Skill, Standing
from wallet.record import RecordedSkill, WalletRecord

# Best first. Expired and revoked count for nothing; they are kept, so that a person sees why.
RANK = {
    standing: rank
    for rank, standing in enumerate(
        (
            Standing.VERIFIED,
            Standing.CONFIRMED,
            Standing.SELF_ASSERTED,
            Standing.EXPIRED,
            Standing.REVOKED,
        )
    )
}


def holdings(
    records: Iterable[WalletRecord], skills: Mapping[str, Skill], today: date
) -> tuple[Holding, ...]:
    """Return one holding a skill, best standing first, then by name.

    The best standing among the records of a skill is the holding's; its level is the highest at
    that standing (``None``, unrated, above all). All records stand as evidence, the best first.

    Parameters
    ----------
    records : iterable of WalletRecord
        In any order; one that is set aside is evidence of nothing.
    skills : mapping of str to Skill
        Skills by URI; one that is not there appears by the label in its record.
    today : date
        Decides what has expired.
    """
    proofs: dict[str, list[tuple[Standing, WalletRecord, RecordedSkill]]] = defaultdict(list)
    for record in records:
        for recorded in () if record.set_aside else record.skills:
            proofs[recorded.uri].append((record.standing_on(today), record, recorded))
    held = [_holding(uri, found, skills) for uri, found in proofs.items()]
    return tuple(
        sorted(held, key=lambda holding: (RANK[holding.standing], holding.skill.name, holding.skill.id))
    )


def _holding(
    uri: str,
    proofs: list[tuple[Standing, WalletRecord, RecordedSkill]],
    skills: Mapping[str, Skill],
) -> Holding:
    proofs = sorted(proofs, key=lambda proof: (RANK[proof[0]], -_day(proof[1]), proof[1].id))
    best = proofs[0][0]
    levels = [recorded.level for standing, _, recorded in proofs if standing is best]
    rated = [level for level in levels if level is not None]
    return Holding(
        skill=skills.get(uri) or skill_by_label(uri, proofs[0][2].label),
        standing=best,
        level=max(rated) if len(rated) == len(levels) else None,
        evidence=tuple(
            Evidence(record.id, record.title, record.issuer, record.kind.value) for _, record, _ in proofs
        ),
    )


def skill_by_label(uri: str, label: str) -> Skill:
    """Return a skill made of what a wallet keeps: its address and the label it had then."""
    return Skill(id=skill_id(uri), name=label, uri=uri, vocabulary=_vocabulary(uri), kind="skill")


def skill_id(uri: str) -> str:
    """Return the short key of a published skill's address: vocabulary, colon, last part.

    >>> skill_id("http://data.europa.eu/esco/skill/14832d87-2f2f-4895-b290-e4760ebae42a")
    'esco:14832d87-2f2f-4895-b290-e4760ebae42a'
    """
    return f"{_vocabulary(uri)}:{uri.rstrip('/').rpartition('/')[2]}"


def _vocabulary(uri: str) -> str:
    return "esco" if "//data.europa.eu/esco/" in uri else "osn"


def _day(record: WalletRecord) -> int:
    return record.issued_on.toordinal() if record.issued_on else 0

"""A record is checked again: its file is read and verified as it was when it came in."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from accounts.consent import Scope
from accounts.errors import PersonError
from graph.model import Standing
from services.records import Checking
from wallet.entries import files_in, records_of
from wallet.errors import Unreadable
from wallet.notice import changed
from wallet.parse import read
from wallet.record import WalletRecord
from wallet.report import Verdict
from wallet.store import WalletStore

GRACE = timedelta(days=30)
"""How long the last good look counts while an issuer's keys or lists cannot be had."""

MOST_CHECKED = 40
FRESH = timedelta(minutes=2)
"""How long a look is fresh enough for whoever is shown a record."""


@dataclass(frozen=True, slots=True)
class CheckedAgain:
    """What came of looking again.

    Attributes
    ----------
    record : WalletRecord
        As it is kept now.
    changed : bool
        Whether its standing is another one than before.
    reached : bool
        False where something that was needed could not be had, so that the last look still counts.
    """

    record: WalletRecord
    changed: bool
    reached: bool


def check_again(
    wallets: WalletStore, checking: Checking, person_id: str, record: WalletRecord
) -> CheckedAgain:
    """Check a record that came from a file, and tell its owner when its standing changes.

    Skills that it names by address, and that could not be looked up when it came in, are looked
    up again, and its words are read again.
    """
    original = wallets.original(person_id, record.id)
    if original is None:
        return CheckedAgain(record, changed=False, reached=True)
    try:
        report = checking.report(person_id, read(original, record.original_name))
    except Unreadable:
        # It was readable once: a reader that became stricter is no reason to take anything away.
        return CheckedAgain(record, changed=False, reached=False)
    found = [one for part in files_in(report) for one in records_of(part)]
    looked = next((one for one in found if one.place == record.place), None)
    if looked is None:
        return CheckedAgain(record, changed=False, reached=False)
    # A last look that came to something counts on for a while.
    known = record.verdict in (Verdict.VERIFIED, Verdict.REVOKED, Verdict.EXPIRED)
    fresh = record.checked_at is not None and report.checked_at - record.checked_at < GRACE
    if looked.verdict is Verdict.UNVERIFIED and known and fresh:
        return CheckedAgain(record, changed=False, reached=False)
    standing = looked.standing
    if record.standing is Standing.CONFIRMED and standing is Standing.SELF_ASSERTED:
        standing = Standing.CONFIRMED
    new = checking.with_skills(
        replace(
            record,
            standing=standing,
            verdict=looked.verdict,
            checks=looked.checks,
            checked_at=looked.checked_at,
            told=looked.told,
        )
    )
    wallets.change(person_id, new)
    other = standing is not record.standing
    if other:
        wallets.tell(person_id, changed(new, record.standing, report.checked_at.date()))
    return CheckedAgain(new, changed=other, reached=looked.verdict is not Verdict.UNVERIFIED)


def check_due(
    wallets: WalletStore,
    checking: Checking,
    every: timedelta,
    *,
    tried: dict[str, datetime] | None = None,
    pause: Callable[[float], object] = time.sleep,
    go_on: Callable[[], bool] = lambda: True,
) -> tuple[int, int]:
    """Check what was last checked longer ago than ``every``; how many, and how many changed.

    One after the other with a breath between them, so that no issuer's site is pressed; nor is one
    that does not answer asked more than four times in ``every``, as ``tried`` remembers by record.
    """
    tried = {} if tried is None else tried
    looked = other = 0
    for person, record_id in wallets.checked_before(checking.now() - every):
        if not go_on():
            break
        record = wallets.record(person, record_id)
        last = tried.get(record_id)
        if record is None or (last is not None and checking.now() - last < every / 4):
            continue
        tried[record_id] = checking.now()
        try:
            came = check_again(wallets, checking, person, record)
        except PersonError:
            continue  # Too many files are being checked just now: it is its turn next time.
        if came.reached:
            del tried[record_id]
        looked += 1
        other += came.changed
        pause(0.2)
    return looked, other


def check_behind(
    wallets: WalletStore, checking: Checking, person_id: str, scope: Scope, now: datetime
) -> bool:
    """Check every signed record behind what a scope shows; whether some issuer could not be reached."""
    unreached = False
    behind = [
        record
        for record in wallets.records(person_id)
        if record.fingerprint
        and not record.set_aside
        and (scope.sees_record(record.id) or any(scope.sees_skill(skill.uri) for skill in record.skills))
    ]
    for record in behind[:MOST_CHECKED]:
        if record.checked_at is not None and now - record.checked_at < FRESH:
            continue
        try:
            unreached |= not check_again(wallets, checking, person_id, record).reached
        except PersonError:
            unreached = True
    return unreached or len(behind) > MOST_CHECKED

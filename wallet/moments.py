"""Dates and times as credentials write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

# XML Schema dateTimeStamp, with the time zone left out as VC 1.1 and Open Badges 2 allow.
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,12}))?)?\s*([Zz]|[+-]\d\d:?\d\d)?"
)


def moment(text: object) -> datetime | None:
    """Return a date or time with its time zone (UTC where none is told), or None if it is none.

    >>> moment("2010-01-01T00:00:00Z").isoformat(), moment("2010-01-01").isoformat(), moment("soon")
    ('2010-01-01T00:00:00+00:00', '2010-01-01T00:00:00+00:00', None)
    """
    if isinstance(text, int | float) and not isinstance(text, bool):
        return from_seconds(text)
    found = _MOMENT.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    day, clock, fraction, zone = found.groups()
    fraction = (fraction or "0")[:6].ljust(6, "0")
    clock = clock or "00:00"
    zone = "+00:00" if zone in (None, "Z", "z") else zone
    seconds = clock if clock.count(":") == 2 else f"{clock}:00"
    if seconds.endswith(":60"):
        seconds = seconds[:-2] + "59"  # A leap second.
    try:
        return datetime.fromisoformat(f"{day}T{seconds}.{fraction}{zone}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def from_seconds(seconds: object) -> datetime | None:
    """Return the time of a NumericDate (RFC 7519), or None if it is none."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def day(text: object) -> date | None:
    """Return the day of a date or time, as it was written; None if it is none."""
    if isinstance(text, str) and moment(text) is not None:
        return date.fromisoformat(text[:10])
    found = moment(text)
    return found.date() if found else None

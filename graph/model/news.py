"""What people are told of, by kind: each can be left out, on the page or by e-mail."""

from __future__ import annotations

from enum import StrEnum


class NewsKind(StrEnum):
    """What something that a person is told is about.

    ``arrived`` a record came; ``changed`` what a record is worth changed; ``expiring`` a record ends
    soon; ``share`` something shared was opened, or ends soon; ``request`` somebody asked or answered;
    ``plan`` something that was planned is due.
    """

    ARRIVED = "arrived"
    CHANGED = "changed"
    EXPIRING = "expiring"
    SHARE = "share"
    REQUEST = "request"
    PLAN = "plan"

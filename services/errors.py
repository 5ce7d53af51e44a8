"""What roles and places can answer instead of what was asked for, in the user's words."""
# ruff: noqa: N818 - named by what happened to the person, as they are caught and shown

from __future__ import annotations

from accounts.errors import PersonError
from data.errors import LaborDataUnavailable


class RoleNotFound(PersonError):
    """There is no role of that code."""

    status = 404


class AreaNotFound(PersonError):
    """There is no place of that code with figures of its own."""

    status = 404


class RecordNotFound(PersonError):
    """There is no such record in this wallet, whether or not there is one in another."""

    status = 404


class RolesAway(PersonError, LaborDataUnavailable):
    """Roles, skills and wages cannot be read just now; wallets still can."""

    status = 503

"""What can go wrong for a person, in words that tell them what to do.

A message is written in English with ``%(name)s`` places, so that whoever shows it can look
up the sentence in the reader's language first and fill in ``values`` after.
"""
# ruff: noqa: N818 - named by what happened to the person, as they are caught and shown

from __future__ import annotations


def marked(message: str) -> str:
    """Return ``message`` as it is; the name marks it for the translation catalogue."""
    return message


class PersonError(Exception):
    """A wish that cannot be granted.

    Attributes
    ----------
    message : str
        English sentence with places for ``values``.
    status : int
        The HTTP status that says the same.
    """

    status = 400

    def __init__(self, message: str, **values: object) -> None:
        self.message = message
        self.values = values
        super().__init__(message % values if values else message)


class SignInNeeded(PersonError):
    """Nobody is signed in, and this needs somebody."""

    status = 401


class PermissionDenied(PersonError):
    """Somebody is signed in, and may not do this."""

    status = 403


class OutOfScope(PermissionDenied):
    """The person may do it; the token that acts for them was not given permission to."""

    challenge = 'Bearer error="insufficient_scope"'


class SignInFailed(PersonError):
    """E-mail or password is wrong; which of them is not said."""

    status = 401


class SignInPaused(SignInFailed):
    """Too many wrong passwords for one e-mail address; ``retry_after`` is in seconds."""

    status = 429

    def __init__(self, message: str, retry_after: int, **values: object) -> None:
        super().__init__(message, **values)
        self.retry_after = retry_after


class PasswordRefused(PersonError):
    """A new password that would not protect the account."""


class RegistrationRefused(PersonError):
    """An account cannot be made with what was given."""


class EmailTaken(RegistrationRefused):
    """Another account has this address."""

    status = 409


class ChangeRefused(PersonError):
    """A change to an account that cannot be made."""

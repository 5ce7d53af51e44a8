"""One way to sign in, for the form, the one-click buttons and the API."""

from __future__ import annotations

from accounts.actor import Actor
from accounts.errors import ChangeRefused, PersonError, SignInFailed
from accounts.passwords import DEMO_PASSWORD
from services.people import PeopleService
from web.actor import begin_session, client_address
from web.attempts import Attempts

__all__ = ["DEMO_PASSWORD", "ChangeRefused", "PersonError", "SignIn", "SignInFailed"]


class SignIn:
    """Checks an e-mail address and a password, and begins a session.

    Wrong ones are counted by account and address, and by address alone.
    """

    def __init__(self, people: PeopleService, attempts: Attempts) -> None:
        self._people = people
        self._attempts = attempts

    def __call__(self, email: str, password: str) -> Actor:
        """Sign in.

        Raises
        ------
        SignInFailed
            If the two do not go together.
        TooManyAttempts
            If too many did not of late.
        """
        with self.guarded(email):
            actor = self._people.sign_in(email, password)
        begin_session(actor)
        return actor

    def guarded(self, account: str) -> _Guarded:
        """Count what fails inside the block against ``account``, and refuse when it is too much."""
        return _Guarded(self._attempts, account, client_address())


class _Guarded:
    def __init__(self, attempts: Attempts, account: str, address: str) -> None:
        self._attempts, self._account, self._address = attempts, account, address

    def __enter__(self) -> None:
        self._attempts.check(self._account, self._address)

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, PersonError):
            self._attempts.failed(self._account, self._address)

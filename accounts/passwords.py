"""Passwords: kept as argon2id, checked in the same time whoever asks."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from accounts.errors import PasswordRefused
from accounts.errors import marked as _

SHORTEST = 12
LONGEST = 256  # A longer one only costs hashing time.
DEMO_PASSWORD = "waymark-demo"  # noqa: S105 - published on purpose, for invented people only

# NIST SP 800-63B, section 5.1.1.2, asks for such a list instead of rules on characters.
COMMONEST = frozenset(
    line
    for line in Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)


class Passwords:
    """Hashes and checks passwords with argon2id.

    Parameters
    ----------
    time_cost, memory_cost, parallelism : int
        Passes, KiB and lanes: OWASP Password Storage Cheat Sheet, m=19456, t=2, p=1.
    """

    def __init__(self, time_cost: int = 2, memory_cost: int = 19_456, parallelism: int = 1) -> None:
        self._hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_cost, parallelism=parallelism)

    def hash(self, password: str) -> str:
        """Return the argon2id string to keep."""
        return self._hasher.hash(_normal(password))

    def verify(self, kept: str | None, password: str) -> bool:
        """Tell whether ``password`` is the one behind ``kept``.

        ``None`` stands for an unknown address: as much work is done, and the answer is no, so
        that the time taken does not tell which addresses have an account.
        """
        try:
            return self._hasher.verify(kept or self._of_nobody, _normal(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    def outdated(self, kept: str) -> bool:
        """Tell whether ``kept`` was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def _of_nobody(self) -> str:
        return self._hasher.hash("nobody signs in with this")


def check_new_password(password: str, email: str) -> None:
    """Return if ``password`` may protect the account of ``email``.

    Raises
    ------
    PasswordRefused
        If it is short, too long, among the commonest, one character over and over, or the
        e-mail address itself.
    """
    text = _normal(password)
    if len(text) < SHORTEST:
        raise PasswordRefused(
            _("Choose a password of at least %(least)d characters. Three or four words do well."),
            least=SHORTEST,
        )
    if len(text) > LONGEST:
        raise PasswordRefused(_("Choose a password of at most %(most)d characters."), most=LONGEST)
    plain = text.casefold()
    if plain in COMMONEST or len(set(plain)) <= 2:
        raise PasswordRefused(
            _("This password is among the first that anyone would try. Choose another one.")
        )
    address = email.strip().casefold()
    if plain in (address, address.partition("@")[0]):
        raise PasswordRefused(_("Your e-mail address cannot be your password. Choose another one."))


def _normal(password: str) -> str:
    # The same characters typed on another keyboard may arrive composed otherwise (NIST SP 800-63B).
    return unicodedata.normalize("NFKC", password)

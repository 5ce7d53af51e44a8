"""How a credential that is issued here comes to whom it is for, and how they hear that it was taken back.

Who issues is told nothing of it: whether an address has an account here is not theirs to know.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from accounts.actor import VISITOR
from accounts.errors import PersonError
from services.checking_again import check_again
from services.records import Checking, RecordService
from wallet.parse import read
from wallet.store import WalletStore
from wallet.verify import verify


class AddressBook(Protocol):
    """What is needed of the people service: whose account an address is."""

    def known(self, email: str) -> str | None: ...


class GivenWallets:
    """The wallets of this installation, as an issuer reaches them.

    Parameters
    ----------
    wallets : WalletStore
    checking : callable
        Gives what records are checked with.
    people : AddressBook
    """

    def __init__(self, wallets: WalletStore, checking: Callable[[], Checking], people: AddressBook) -> None:
        self._wallets = wallets
        self._checking = checking
        self._people = people

    def give(self, email: str, content: bytes, name: str, sender: str) -> None:
        """Put a credential into the wallet of whoever has this address, where somebody has."""
        person, checking = self._people.known(email), self._checking()
        if person is None:
            # The same work as for somebody who has an account: how long it takes tells nothing either.
            verify(read(content, name), checking.documents, checking.now(), issuers=checking.issuers)
            return
        try:
            RecordService(self._wallets, checking, VISITOR).receive(person, content, name, sender=sender)
        except PersonError:
            return  # Their wallet is full, say: the file can be handed over still.

    def taken_back(self, email: str, credential_id: str, sender: str) -> None:
        """Check a credential again for whoever has it here, so that they are told."""
        person = self._people.known(email)
        if person is None:
            return
        for record in self._wallets.records(person):
            if record.credential_id == credential_id:
                try:
                    check_again(self._wallets, self._checking(), person, record)
                except PersonError:
                    return  # Checked again in its turn.

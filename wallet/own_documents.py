"""Documents of our own issuers, from the system of record; everything else from where it was had before.

What was issued here is checked here without the network, also where no address of this
installation can be reached from outside, and a revocation is seen at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wallet.documents import Documents


class OwnDocuments:
    """Our own documents, before those of others.

    Parameters
    ----------
    own : callable
        From an address or DID to what we publish there; None where it is not ours.
    others : Documents
    """

    def __init__(self, own: Callable[[str], bytes | None], others: Documents) -> None:
        self._own = own
        self._others = others

    def fetch(self, address: str) -> bytes:
        """Return what is at an address."""
        content = self._own(address)
        return self._others.fetch(address) if content is None else content

    def context(self, url: str) -> dict[str, Any] | None:
        """Return a context that is not bundled; none is ours."""
        return self._others.context(url)

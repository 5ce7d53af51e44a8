"""Checking a credential or a presentation that somebody holds, for a program: nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable

from accounts.actor import Actor
from accounts.permissions import Action, require
from services.records import Checking, FileRefused
from wallet.authenticity import Asked
from wallet.document import Document, Form
from wallet.errors import Unreadable
from wallet.parse import read
from wallet.report import Report
from wallet.sentence import N_
from wallet.verify import verify

CREDENTIALS = (Form.OPEN_BADGE_3, Form.CLR_2, Form.CREDENTIAL, Form.OPEN_BADGE_2)


class VerifyService:
    """The verbs of W3C's VC API for verifiers.

    Parameters
    ----------
    checking : callable
        Gives what is checked with.
    """

    def __init__(self, checking: Callable[[], Checking]) -> None:
        self._checking = checking

    def credential(self, actor: Actor, content: bytes) -> Report:
        """Return the report on a credential.

        Raises
        ------
        FileRefused, Busy
        """
        require(actor, Action.CREDENTIALS_CHECK)
        document = _read(content)
        if document.form not in CREDENTIALS:
            raise FileRefused(N_("This is no credential."))
        return self._report(document)

    def presentation(self, actor: Actor, content: bytes, challenge: str = "", domain: str = "") -> Report:
        """Return the report on a presentation and on every credential in it.

        Parameters
        ----------
        challenge, domain : str
            What it was asked for with; where given, its proof has to name the same.

        Raises
        ------
        FileRefused, Busy
        """
        require(actor, Action.CREDENTIALS_CHECK)
        document = _read(content)
        if document.form is not Form.PRESENTATION:
            raise FileRefused(N_("This is no presentation."))
        return self._report(document, Asked(challenge, domain) if challenge or domain else None)

    def _report(self, document: Document, asked: Asked | None = None) -> Report:
        checking = self._checking()
        with checking.gate():
            return verify(document, checking.documents, checking.now(), issuers=checking.issuers, asked=asked)


def _read(content: bytes) -> Document:
    try:
        return read(content)
    except Unreadable as problem:
        raise FileRefused(problem.sentence.message, **problem.sentence.values) from None

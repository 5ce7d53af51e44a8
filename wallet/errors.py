"""What can be wrong with what somebody hands in, each said in one sentence."""
# ruff: noqa: N818 - named by what happened, as they are caught and shown

from __future__ import annotations

from wallet.sentence import Sentence, sentence


class WalletProblem(Exception):
    """Something that ends in a sentence for a person.

    Attributes
    ----------
    sentence : Sentence
        ``str()`` of it is in the reader's language.
    """

    def __init__(self, message: str, **values: object) -> None:
        self.sentence: Sentence = sentence(message, **values)
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.sentence)


class Unreadable(WalletProblem):
    """A file that is none of the forms that are read, or a broken or dangerous one."""


class Broken(WalletProblem):
    """A check found something wrong: a fatal outcome, the document is not to be trusted."""


class Unsafe(Broken):
    """JSON-LD of which a part is not covered by the signature, or has two meanings."""


class Unavailable(WalletProblem):
    """A check could not be completed, because something it needs could not be had."""


class VocabularyUnknown(Unavailable):
    """A JSON-LD context is neither bundled nor given."""

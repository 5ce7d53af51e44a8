"""What asking for confirmation and answering share: stores, mail, secrets of links, and who signs."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

import structlog

from accounts.actor import Account, Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.news import NewsStore
from accounts.roles import PersonRole
from database import utc_now
from graph.model import Statement
from i18n import LOCALES, gettext, use_locale
from services.guesses import Guesses
from services.mail import Mailer, NoMail
from services.records import BroughtIn
from wallet.confirmations import ConfirmationStore, Request
from wallet.notice import answered
from wallet.store import WalletStore

ORGANIZATIONS = frozenset({PersonRole.EMPLOYER, PersonRole.ISSUER})
SECRET_BYTES = 16
LONGEST_NAME_IN_MAIL = 60
ASKED = _("%(asker)s asks you to confirm something, since %(day)s.")

log = structlog.get_logger()


class People(Protocol):
    """What is needed of the people store."""

    def account(self, person_id: str) -> Account | None: ...
    def actor(self, person_id: str) -> Actor | None: ...


class Signing(Protocol):
    """Signs what an organization confirms as a credential, and gives the document."""

    def __call__(self, organization: Actor, holder_id: str, stated: Statement, reference: str) -> bytes: ...


class Receiving(Protocol):
    """Puts a document into a person's wallet (``RecordService.receive``)."""

    def __call__(
        self, person_id: str, content: bytes, name: str, *, sender: str
    ) -> tuple[BroughtIn, ...]: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """The stores and everything else that a request goes through.

    Attributes
    ----------
    key : bytes
        Makes the secret of a link out of what a form carries, so that both halves of a double click
        get the same link without anything but hashes being kept.
    public_url : str
        Where a mail's link leads.
    signing : Signing or None
        ``None`` where nothing can be signed: an organization's answer then is a confirmation.
    news : NewsStore or None
        Where an organization is told that it was asked.
    known : callable
        Gives whose account an address is.
    """

    store: ConfirmationStore
    wallets: WalletStore
    people: People
    receive: Receiving
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    mail: Mailer = field(default_factory=NoMail)
    guesses: Guesses = field(default_factory=Guesses)
    public_url: str = ""
    signing: Signing | None = None
    news: NewsStore | None = None
    known: Callable[[str], str | None] = lambda _address: None
    now: Callable[[], datetime] = utc_now

    def secret(self, person_id: str, form: str) -> str:
        """The secret of the link that a form asks for: 128 bits, the same for the same form."""
        told = f"confirmation\0{person_id}\0{form}".encode()
        return written(hmac.digest(self.key, told, "sha256")[:SECRET_BYTES])

    def credential(self, request: Request) -> bool:
        """Have what an organization stands by signed, and put it into the person's wallet.

        ``False`` when nobody signs, or it did not work out: the confirmation stands without it.
        """
        asked = request.confirmation
        signer = None if request.signer_id is None else self.people.actor(request.signer_id)
        if signer is None or self.signing is None or not ORGANIZATIONS & signer.roles:
            return False
        try:
            content = self.signing(signer, request.person_id, asked.statement, asked.id)
            brought = self.receive(request.person_id, content, "confirmation.json", sender=signer.name)
        except PersonError as error:
            log.warning("confirmation not signed", kind=type(error).__name__)
            return False
        kept = next((one.record for one in brought if one.outcome != "refused"), None)
        if kept is None:
            log.warning("confirmation not signed", kind="refused")
            return False
        self.store.received(asked.id, kept.id)
        return True

    def tell(self, request: Request, organization: str, outcome: str) -> None:
        """Tell who asked what was answered, on their wallet page."""
        record = self.wallets.record(request.person_id, request.confirmation.record_id)
        if record is not None:
            told = answered(record, organization, outcome, self.now().date())
            self.wallets.tell(request.person_id, told)

    def tell_asked(self, asker: str, contact: str, request_id: str) -> None:
        """Tell an organization with an account here that something waits for its answer."""
        person = self.known(contact) if contact else None
        actor = None if person is None else self.people.actor(person)
        if actor is not None and ORGANIZATIONS & actor.roles and self.news is not None:
            about = f"asked:{request_id}"
            self.news.tell(str(actor.person_id), about, ASKED, "/requests", asker=asker)

    def over(self, request_id: str) -> None:
        """A request waits for nobody any more: nobody is told of it any longer."""
        if self.news is not None:
            self.news.forget(f"asked:{request_id}")

    def mail_link(self, asker: str, to: str, secret: str, until: date, locale: str) -> bool:
        """Send a link to who is asked, in both languages, the asker's first."""
        order = sorted(LOCALES, key=lambda code: code != locale)
        texts = [self._text(asker, secret, until, code) for code in order]
        with use_locale(order[0]):
            subject = gettext("Please confirm something a person says about their work or learning")
        return self.mail.send(to, subject, "\n\n----\n\n".join(texts))

    def _text(self, asker: str, secret: str, until: date, code: str) -> str:
        with use_locale(code):
            return gettext(
                "%(name)s asks you to confirm what their record in Waymark says about work or learning with "
                "you.\n\nOpen this link to see it and to answer, until %(day)s. You need no account:\n\n"
                "%(link)s\n\nIf this means nothing to you, you need not do anything.",
                name=safe_name(asker) or gettext("Somebody"),
                day=until.isoformat(),
                link=f"{self.public_url}/confirm/{secret}",
            )


def new_secret() -> str:
    """A secret of 128 random bits, as it stands in an address."""
    return written(secrets.token_bytes(SECRET_BYTES))


def digest(text: str) -> str:
    """The hash under which a secret is kept and looked for."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def written(content: bytes) -> str:
    """Bytes as they stand in an address."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def safe_name(name: str) -> str:
    """A name as a mail from here can carry it: nobody advertises a place through it."""
    plain = " ".join(name.split())[:LONGEST_NAME_IN_MAIL]
    return "" if any(mark in plain for mark in ("/", "@", "www.", ":", "\\")) else plain

"""Mail by SMTP, where the county set it up: plain text, nothing about a person that it does not need."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime, localtime, make_msgid
from typing import Any, Protocol

import structlog

from config import Settings

SECONDS = 10.0
LONGEST_LINE = 990
IMPLICIT_TLS = 465
# Narrow on purpose: what is written to a mail server is nothing but an address (RFC 5321, without quoting).
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")

log = structlog.get_logger()


class Mailer(Protocol):
    """Sends mail, or says that it does not."""

    @property
    def configured(self) -> bool: ...

    def send(self, to: str, subject: str, text: str, *, stop: str = "") -> bool: ...


class NoMail:
    """Nothing is sent: whoever wrote it passes it on by hand."""

    configured = False

    def send(self, to: str, subject: str, text: str, *, stop: str = "") -> bool:
        return False


class SmtpMail:
    """Sends through the county's own mail server.

    Parameters
    ----------
    settings : Settings
        ``SMTP_HOST`` and the others.
    connect : callable, optional
        Makes a connection; a test gives another.
    """

    configured = True

    def __init__(self, settings: Settings, connect: Callable[..., Any] | None = None) -> None:
        self._settings = settings
        self._connect = connect

    def send(self, to: str, subject: str, text: str, *, stop: str = "") -> bool:
        """Send one mail to one address; ``False`` when it could not be handed over.

        ``stop`` is the address by which more of the kind is stopped, with one click (RFC 8058).

        What went wrong is logged by its kind: a server's own words repeat the address.
        """
        try:
            message = self._message(to, subject, text)
            if stop:
                message["List-Unsubscribe"] = f"<{stop}>"
                message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
            with self._server() as server:
                if self._settings.smtp_user:
                    server.login(self._settings.smtp_user, self._settings.smtp_password)
                server.send_message(message, from_addr=self._settings.smtp_from, to_addrs=[to])
        except (OSError, smtplib.SMTPException, ValueError, MessageError) as error:
            log.warning("mail not sent", kind=type(error).__name__)
            return False
        return True

    def _message(self, to: str, subject: str, text: str) -> EmailMessage:
        if len(to) > 254 or not ADDRESS.fullmatch(to):
            raise ValueError("not an address that mail goes to")
        # An address in a header is read as it stands: folded and encoded it would be none.
        message = EmailMessage(default.clone(max_line_length=LONGEST_LINE))
        message["From"] = self._settings.smtp_from
        message["To"] = to
        message["Subject"] = subject  # a line break in it is refused by the library
        message["Date"] = format_datetime(localtime())
        message["Message-ID"] = make_msgid(domain=self._settings.smtp_from.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        return message

    def _server(self) -> Any:
        host, port = self._settings.smtp_host, self._settings.smtp_port
        if self._connect is not None:
            return self._connect(host, port, timeout=SECONDS)
        if port == IMPLICIT_TLS:
            return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
        server = smtplib.SMTP(host, port, timeout=SECONDS)
        if self._settings.smtp_starttls:
            try:
                server.starttls(context=ssl.create_default_context())
            except BaseException:
                server.close()
                raise
        return server


def mailer(settings: Settings) -> Mailer:
    """What sends mail with these settings."""
    return SmtpMail(settings) if settings.smtp_host else NoMail()

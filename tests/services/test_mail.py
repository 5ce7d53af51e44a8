"""Mail goes out by SMTP as it was set up, or is said not to have gone; nothing about it is logged."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from structlog.testing import capture_logs

from config import Settings, SettingsError
from services.mail import NoMail, SmtpMail, mailer

TO = "office@company-a.example"


class Conversation(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client needs."""

    def handle(self) -> None:
        server = self.server
        self.say("220 mail.example")
        while line := self.rfile.readline():
            said = line.decode().strip()
            server.heard.append(said)
            verb = said.split(" ")[0].upper()
            if verb == "EHLO":
                self.say("250-mail.example\r\n250 AUTH PLAIN")
            elif verb == "RCPT" and server.refuses:
                self.say(f"550 no such person: {said}")
            elif verb == "AUTH":
                self.say("235 welcome")
            elif verb == "DATA":
                self.say("354 go on")
                body = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    body += part.removeprefix(b".")
                server.received.append(email.message_from_bytes(body, policy=email.policy.default))
                server.raw.append(body.decode())
                self.say("250 kept")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 well")

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.heard: list[str] = []
        self.received: list[EmailMessage] = []
        self.raw: list[str] = []
        self.refuses = False


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as made:
        serving = threading.Thread(target=made.serve_forever, daemon=True)
        serving.start()
        yield made
        made.shutdown()
        serving.join()


def settings_with(**more: str) -> Settings:
    return Settings.from_environment({"DEMO": "1", **more})


def reaching(server: MailServer, **more: str) -> SmtpMail:
    made = mailer(
        settings_with(
            SMTP_HOST="127.0.0.1",
            SMTP_PORT=str(server.server_address[1]),
            SMTP_STARTTLS="0",
            SMTP_FROM="wallet@county.example",
            **more,
        )
    )
    assert isinstance(made, SmtpMail)
    return made


def test_a_mail_reaches_the_server_with_its_words_and_nothing_else(server: MailServer) -> None:
    mail = reaching(server)
    assert mail.configured and mail.send(
        TO, "Por favor confirme: ¿sí?", "Ábralo aquí:\n.\nhttps://w.example/x"
    )
    (came,) = server.received
    assert (came["To"], came["From"], came["Subject"]) == (
        TO,
        "wallet@county.example",
        "Por favor confirme: ¿sí?",
    )
    assert came.get_content().split() == ["Ábralo", "aquí:", ".", "https://w.example/x"]
    assert came["Auto-Submitted"] == "auto-generated" and came["Message-ID"].endswith("@county.example>")
    assert [line for line in server.heard if line.lower().startswith("rcpt")] == [f"rcpt TO:<{TO}>"]
    assert not any(line.startswith("AUTH") for line in server.heard)


def test_a_long_address_that_stops_mails_stands_in_the_header_as_it_is(server: MailServer) -> None:
    stop = "https://waymark.county.example/notifications/stop/" + "a" * 120
    assert reaching(server).send(TO, "Something new", "Words", stop=stop)
    (written,) = server.raw
    assert f"List-Unsubscribe: <{stop}>\r\n" in written
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in written


def test_it_signs_in_where_the_server_asks_for_that(server: MailServer) -> None:
    assert reaching(server, SMTP_USER="wallet", SMTP_PASSWORD="quiet heron").send(TO, "Hello", "Words")
    assert any(line.startswith("AUTH PLAIN") for line in server.heard)


@pytest.mark.parametrize(
    "to",
    [
        "",
        "office",
        "a@b",
        "a@b.example\r\nRCPT TO:<c@d.example>",
        "a@b.example, c@d.example",
        "<a@b.example>",
        "ä@b.example",
    ],
)
def test_what_is_no_single_address_gets_no_mail(server: MailServer, to: str) -> None:
    assert not reaching(server).send(to, "Hello", "Words")
    assert not server.heard and not server.received


def test_a_subject_cannot_add_a_header(server: MailServer) -> None:
    assert not reaching(server).send(TO, "Hello\r\nBcc: c@d.example", "Words")
    assert not server.received


def test_a_server_that_refuses_or_is_away_is_told_by_false_and_logged_without_the_address(
    server: MailServer,
) -> None:
    server.refuses = True
    away = SmtpMail(
        settings_with(SMTP_HOST="127.0.0.1", SMTP_PORT="9", SMTP_STARTTLS="0", SMTP_FROM="w@c.example")
    )
    with capture_logs() as logs:
        assert not reaching(server).send(TO, "Hello", "Words")
        assert not away.send(TO, "Hello", "Words")
    assert [entry["event"] for entry in logs] == ["mail not sent"] * 2
    assert TO not in str(logs)


def test_a_server_that_cannot_speak_tls_gets_no_mail_unless_that_is_allowed(server: MailServer) -> None:
    careful = SmtpMail(
        settings_with(
            SMTP_HOST="127.0.0.1", SMTP_PORT=str(server.server_address[1]), SMTP_FROM="wallet@county.example"
        )
    )
    assert not careful.send(TO, "Hello", "Words")
    assert not server.received


def test_without_a_host_nothing_is_sent() -> None:
    made = mailer(settings_with())
    assert isinstance(made, NoMail) and not made.configured and not made.send(TO, "Hello", "Words")


@pytest.mark.parametrize(
    "more",
    [
        {"SMTP_HOST": "mail.example"},
        {"SMTP_HOST": "mail.example", "SMTP_FROM": "nobody"},
        {"SMTP_HOST": "mail.example", "SMTP_FROM": "a@b.example", "SMTP_PORT": "0"},
        {"SMTP_HOST": "mail.example", "SMTP_FROM": "a@b.example", "SMTP_USER": "x", "SMTP_STARTTLS": "0"},
    ],
    ids=["no sender", "a sender without an address", "no port", "a password in the clear"],
)
def test_settings_that_could_not_work_are_said_at_the_start(more: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        settings_with(**more)

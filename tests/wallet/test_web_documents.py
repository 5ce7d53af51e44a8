"""What is asked of the network cannot be turned against the house."""

from __future__ import annotations

import datetime
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from wallet.documents import LARGEST, LONGEST, MOST_ADDRESSES, FolderDocuments, Gone, LimitedDocuments
from wallet.errors import Unavailable, Unreadable
from wallet.web_documents import KEPT_SECONDS, WebDocuments, is_public

HOST = "issuer.example"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "192.0.2.1",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "2001:db8::1",
        "not an address",
    ],
)
def test_addresses_that_are_not_public_are_never_asked(address: str) -> None:
    assert not is_public(address)
    asked = WebDocuments(resolver=lambda host: [address])
    with pytest.raises(Unavailable):
        asked.fetch(f"https://{HOST}/did.json")


def test_public_addresses_may_be_asked() -> None:
    assert is_public("93.184.215.14") and is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    asked = WebDocuments(resolver=lambda host: ["93.184.215.14", "10.0.0.1"])
    with pytest.raises(Unavailable, match="not a public address"):
        asked.fetch(f"https://{HOST}/")


@pytest.mark.parametrize(
    "address",
    [
        "http://issuer.example/",
        "ftp://issuer.example/",
        "file:///etc/passwd",
        "https://issuer.example:8443/",
        "https://user@issuer.example/",
        "https://user:word@issuer.example/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://[::1]/",
        "https://localhost/",
        "https:///path",
        "https://issuer.example/\r\nX: y",
        "https://issuer.example\\@thief.example/",
        "https://issuer.example:x/",
        "https://íssuer.example/",
        "https://" + "a" * 3000 + ".example/",
        "did:web:issuer.example",
        "",
    ],
)
def test_addresses_that_are_no_plain_https_ones_are_not_even_looked_up(address: str) -> None:
    looked_up: list[str] = []

    def resolver(host: str) -> list[str]:
        looked_up.append(host)
        return []

    with pytest.raises(Unavailable):
        WebDocuments(resolver=resolver).fetch(address)
    assert looked_up == []


# -- A server of the test's own, reached at 127.0.0.1 under the name of an issuer --------------------


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, str]]

    def do_GET(self) -> None:
        type(self).asked.append((self.headers["Host"], self.path))
        if self.path == "/good":
            self.answer(200, b'{"good": true}')
        elif self.path.startswith("/again"):
            left = int(self.path.removeprefix("/again"))
            self.answer(302, b"", f"/again{left - 1}" if left else "/good")
        elif self.path == "/to-metadata":
            self.answer(302, b"", "https://metadata.example/latest")
        elif self.path == "/to-plain":
            self.answer(302, b"", "http://issuer.example/good")
        elif self.path == "/gone":
            self.answer(410, b"")
        elif self.path == "/large":
            self.answer(200, b"x" * (LARGEST + 1))
        elif self.path == "/drips":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            with suppress(OSError):
                for _ in range(200):
                    self.wfile.write(b"x")
                    time.sleep(0.05)
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            for _ in range(LARGEST // 65_536 + 2):
                self.wfile.write(b"x" * 65_536)
        else:
            self.answer(404, b"no")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).asked.append((self.headers["webhook-id"], body.decode()))
        self.answer(302, b"", "/good") if self.path == "/to-good" else self.answer(204, b"")

    def answer(self, status: int, content: bytes, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


class Site:
    """A running site, and the documents that come from it."""

    def __init__(self, port: int, trust: str) -> None:
        self.numbers: dict[str, list[str]] = {HOST: ["127.0.0.1"], "metadata.example": ["169.254.169.254"]}
        self.looked_up: list[str] = []
        self.now = 0.0
        self.documents = WebDocuments(
            resolver=self.resolve,
            clock=lambda: self.now,
            trust=trust,
            permitted=lambda number: number == "127.0.0.1",
            port=port,
        )

    def resolve(self, host: str) -> list[str]:
        self.looked_up.append(host)
        if host not in self.numbers:
            raise OSError("no such host")
        return self.numbers[host]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trust = folder / "certificate.pem"
    trust.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret = folder / "key.pem"
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    Answers.asked = []
    running = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trust, secret)
    running.socket = context.wrap_socket(running.socket, server_side=True)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield running.server_address[1], str(trust)
    running.shutdown()
    running.server_close()


@pytest.fixture
def site(server: tuple[int, str]) -> Site:
    Answers.asked = []
    return Site(*server)


def test_a_document_is_fetched_over_https_under_its_hosts_name(site: Site) -> None:
    assert site.documents.fetch(f"https://{HOST}/good#key") == b'{"good": true}'
    assert Answers.asked == [(HOST, "/good")]


def test_a_second_answer_of_the_name_server_changes_nothing(site: Site) -> None:
    """The name is resolved once, and the connection goes to the address that was looked at."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    site.documents._resolver = lambda host: next(answers)
    assert site.documents.fetch(f"https://{HOST}/good") == b'{"good": true}'
    assert next(answers) == ["10.0.0.1"]


def test_the_certificate_has_to_be_the_hosts(site: Site) -> None:
    site.numbers["other.example"] = ["127.0.0.1"]
    with pytest.raises(Unavailable):
        site.documents.fetch("https://other.example/good")
    assert Answers.asked == []


def test_up_to_three_redirects_are_followed_each_looked_at_anew(site: Site) -> None:
    assert site.documents.fetch(f"https://{HOST}/again2") == b'{"good": true}'
    assert site.looked_up == [HOST] * 4
    with pytest.raises(Unavailable, match="from one place to the next"):
        site.documents.fetch(f"https://{HOST}/again3")


@pytest.mark.parametrize("path", ["to-metadata", "to-plain"])
def test_a_redirect_does_not_lead_where_one_may_not_go(site: Site, path: str) -> None:
    with pytest.raises(Unavailable):
        site.documents.fetch(f"https://{HOST}/{path}")
    assert Answers.asked == [(HOST, f"/{path}")]


@pytest.mark.parametrize("path", ["large", "endless", "missing"])
def test_what_is_too_large_or_missing_is_unavailable(site: Site, path: str) -> None:
    with pytest.raises(Unavailable):
        site.documents.fetch(f"https://{HOST}/{path}")


def test_what_was_taken_away_is_told_apart_from_what_is_missing(site: Site) -> None:
    with pytest.raises(Gone):
        site.documents.fetch(f"https://{HOST}/gone")


def test_answers_are_kept_for_a_while_failures_too(site: Site) -> None:
    for _ in range(3):
        site.documents.fetch(f"https://{HOST}/good")
        with pytest.raises(Unavailable):
            site.documents.fetch(f"https://{HOST}/missing")
    assert len(Answers.asked) == 2
    site.now += KEPT_SECONDS + 1
    site.documents.fetch(f"https://{HOST}/good")
    assert len(Answers.asked) == 3


def test_an_answer_that_takes_too_long_is_given_up(site: Site) -> None:
    ticks = iter(range(0, 10_000, 6))
    site.documents._clock = lambda: float(next(ticks))
    with pytest.raises(Unavailable, match="too long"):
        site.documents.fetch(f"https://{HOST}/endless")


def test_a_site_that_drips_is_hung_up_on(site: Site) -> None:
    site.documents._whole = 0.5
    began = time.monotonic()
    with pytest.raises(Unavailable):
        site.documents.fetch(f"https://{HOST}/drips")
    assert time.monotonic() - began < 3


def test_vocabularies_are_never_fetched(site: Site) -> None:
    assert site.documents.context(f"https://{HOST}/good") is None
    assert site.looked_up == []


class Slow:
    """A network in which nobody answers, and each time takes a while."""

    def __init__(self) -> None:
        self.now = 0.0
        self.asked = 0

    def fetch(self, address: str) -> bytes:
        self.asked += 1
        self.now += 3
        raise Unavailable("%(address)s could not be reached.", address=address)

    def context(self, url: str) -> None:
        return None


def test_one_file_does_not_keep_the_house_waiting_for_ever() -> None:
    slow = Slow()
    documents = LimitedDocuments(slow, clock=lambda: slow.now)
    for number in [*range(100), *range(100)]:
        with pytest.raises(Unavailable):
            documents.fetch(f"https://{number}.example/")
    assert slow.now < LONGEST + 4
    quick = Slow()
    documents = LimitedDocuments(quick, clock=lambda: 0.0)
    for number in range(100):
        with pytest.raises(Unavailable):
            documents.fetch(f"https://{number}.example/")
    assert quick.asked == MOST_ADDRESSES


# -- A folder in place of the network -----------------------------------------------------------------


def test_a_folder_stands_for_the_network_and_nothing_outside_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "did.json").write_text('{"id": "did:web:issuer.example"}')
    index = (
        '{"did:web:issuer.example": "did.json", "https://a.example": "../secret", "https://b.example": "no"}'
    )
    (folder / "index.json").write_text(index)
    documents = FolderDocuments(folder)
    assert b"did:web" in documents.fetch("did:web:issuer.example")
    for address in ("https://a.example", "https://b.example", "https://c.example"):
        with pytest.raises(Unavailable):
            documents.fetch(address)


@pytest.mark.parametrize("index", [None, "[]", '{"a": 1}', "{"])
def test_a_folder_without_a_good_index_is_refused(tmp_path: Path, index: str | None) -> None:
    if index is not None:
        (tmp_path / "index.json").write_text(index)
    with pytest.raises(Unreadable):
        FolderDocuments(tmp_path)


def test_what_is_sent_goes_where_it_was_meant_to_and_nowhere_else(site: Site) -> None:
    sent = {"webhook-id": "msg_1", "Content-Type": "application/json"}
    assert site.documents.post(f"https://{HOST}/hook", b'{"type":"test"}', sent) == 204
    assert site.documents.post(f"https://{HOST}/to-good", b"{}", sent) == 302
    assert Answers.asked == [("msg_1", '{"type":"test"}'), ("msg_1", "{}")]
    with pytest.raises(Unavailable, match="not a public address"):
        site.documents.post("https://metadata.example/latest", b"{}", sent)

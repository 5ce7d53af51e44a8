"""Documents from the network, asked for in a way that cannot be turned against the house.

Addresses come out of files that strangers hand in. So: https on port 443 only; the name is
resolved once, every address it has must be public, and the connection goes to that very
address (a second answer of the name server changes nothing); each redirect is looked at the
same way; size and time have limits; nothing is sent but the request itself.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urljoin, urlsplit

import certifi
import urllib3
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import HTTPError

from wallet.documents import LARGEST, Gone
from wallet.errors import Unavailable
from wallet.sentence import N_

MOST_REDIRECTS = 3
CONNECT_SECONDS = 3.0
READ_SECONDS = 5.0
WHOLE_SECONDS = 10.0
KEPT_SECONDS = 300.0
"""How long an answer is used again; an issuer's revocation is seen this late at most."""
MOST_KEPT = 200
ACCEPT = (
    "application/did+json, application/vc, application/vc+jwt, application/ld+json, "
    "application/json;q=0.9, text/plain;q=0.5"
)

Resolver = Callable[[str], Sequence[str]]
"""From a host name to its IP addresses."""

_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+")


def resolve(host: str) -> Sequence[str]:
    """Return the IP addresses of a host, as this machine's resolver tells them."""
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return [str(address[4][0]) for address in found]


def is_public(text: str) -> bool:
    """Whether an IP address may be talked to: public, and no private one in disguise.

    >>> is_public("93.184.215.14"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        # An IPv4 address inside an IPv6 one is reached as that address (mapped, 6to4, Teredo, NAT64).
        inner = address.ipv4_mapped or address.sixtofour
        if address.teredo is not None or address in _NAT64 or address in _NAT64_LOCAL:
            return False
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    )


_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")


class WebDocuments:
    """Documents over https.

    Parameters
    ----------
    resolver : callable
        From host name to IP addresses; tests give their own.
    clock : callable
        Seconds that only go forward, for the cache and the time limit.
    trust : str or None
        A file of certificates to trust instead of the usual ones; tests give their own.
    permitted : callable
        Whether an IP address may be talked to.
    port : int
        Where https is; not for products.
    whole_seconds : float
        The longest that one answer may take.
    """

    def __init__(
        self,
        resolver: Resolver = resolve,
        clock: Callable[[], float] = time.monotonic,
        trust: str | None = None,
        permitted: Callable[[str], bool] = is_public,
        port: int = 443,
        whole_seconds: float = WHOLE_SECONDS,
    ) -> None:
        self._resolver = resolver
        self._clock = clock
        self._trust = trust or certifi.where()
        self._permitted = permitted
        self._port = port
        self._whole = whole_seconds
        self._kept: OrderedDict[str, tuple[float, bytes | Unavailable]] = OrderedDict()
        self._lock = threading.Lock()

    def context(self, url: str) -> None:
        """Return None: vocabularies are never fetched."""
        return None

    def fetch(self, address: str) -> bytes:
        """Return what is at an https address; kept for five minutes."""
        address = address.partition("#")[0]
        with self._lock:
            kept = self._kept.get(address)
        if kept is None or kept[0] < self._clock():
            try:
                answer: bytes | Unavailable = self._follow(address)
            except Unavailable as problem:
                answer = problem
            with self._lock:
                kept = self._kept[address] = (self._clock() + KEPT_SECONDS, answer)
                self._kept.move_to_end(address)
                while len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
        if isinstance(kept[1], Unavailable):
            raise kept[1]
        return kept[1]

    def _follow(self, address: str) -> bytes:
        deadline = self._clock() + self._whole
        asked = address
        for _ in range(MOST_REDIRECTS + 1):
            status, location, content = self._ask(asked, deadline)
            if status in (301, 302, 303, 307, 308) and location:
                asked = urljoin(asked, location)
                continue
            if status == 410:
                raise Gone(N_("%(address)s says that this was taken away."), address=address)
            if status != 200:
                raise Unavailable(
                    N_("%(address)s answered with an error (%(status)s)."), address=address, status=status
                )
            return content
        raise Unavailable(N_("%(address)s sends on from one place to the next."), address=address)

    def check(self, address: str) -> None:
        """Return if something may be sent to an https address now; `Unavailable` with the reason if not."""
        host, _target = _split(address)
        self._public_address(host, address)

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Send something to an https address and return the status; it is sent nowhere else from there.

        The same is refused as when something is fetched, at every sending anew.

        Raises
        ------
        Unavailable
        """
        status, _location, _content = self._ask(address, self._clock() + self._whole, body, headers)
        return status

    def _ask(
        self,
        address: str,
        deadline: float,
        body: bytes | None = None,
        more: Mapping[str, str] | None = None,
    ) -> tuple[int, str | None, bytes]:
        host, target = _split(address)
        number = self._public_address(host, address)
        headers = {"Host": host, "Accept": ACCEPT, "User-Agent": "Waymark", "Accept-Encoding": "identity"}
        headers |= dict(more or {})
        opened: list[socket.socket] = []
        # A site that sends a byte now and then never runs into a limit between two bytes.
        watch = threading.Timer(self._whole, _hang_up, [opened])
        watch.daemon = True
        watch.start()
        pool = None
        try:
            pool = self._pool(number, host, opened)
            timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
            answer = pool.request(
                "GET" if body is None else "POST",
                target,
                body=body,
                headers=headers,
                redirect=False,
                preload_content=False,
                timeout=timeout,
            )
            content = self._read(answer, address, deadline)
            return answer.status, answer.headers.get("Location"), content
        except (HTTPError, OSError, ValueError, UnicodeError):
            raise Unavailable(N_("%(address)s could not be reached."), address=address) from None
        finally:
            watch.cancel()
            if pool is not None:
                pool.close()
            for connection in opened:
                connection.close()

    def _pool(self, number: str, host: str, opened: list[socket.socket]) -> urllib3.HTTPSConnectionPool:
        class Watched(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                made = super()._new_conn()
                opened.append(made.dup())
                return made

        class Pool(urllib3.HTTPSConnectionPool):
            ConnectionCls = Watched

        return Pool(
            number,
            port=self._port,
            # The certificate must be the name's, though the connection goes to the number.
            server_hostname=host,
            assert_hostname=host,
            ca_certs=self._trust,
            cert_reqs=ssl.CERT_REQUIRED,
            retries=False,
            maxsize=1,
        )

    def _read(self, answer: Any, address: str, deadline: float) -> bytes:
        content = bytearray()
        # Without decoding: what is asked for uncompressed cannot swell.
        for part in answer.stream(16_384, decode_content=False):
            content += part
            if len(content) > LARGEST:
                raise Unavailable(N_("What is at %(address)s is too large."), address=address)
            if self._clock() > deadline:
                raise Unavailable(N_("%(address)s takes too long to answer."), address=address)
        return bytes(content)

    def _public_address(self, host: str, address: str) -> str:
        try:
            numbers = list(self._resolver(host))
        except (OSError, UnicodeError):
            raise Unavailable(N_("%(address)s could not be reached."), address=address) from None
        if not numbers:
            raise Unavailable(N_("%(address)s could not be reached."), address=address)
        if not all(self._permitted(number) for number in numbers):
            raise Unavailable(N_("%(address)s is not a public address, and is not asked."), address=address)
        # A machine without the newer kind of addresses cannot reach one.
        return next((number for number in numbers if "." in number), numbers[0])


def _hang_up(opened: list[socket.socket]) -> None:
    for connection in opened:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def _split(address: str) -> tuple[str, str]:
    """The host and the path of an https address; anything unusual in it is refused."""
    refused = Unavailable(N_("%(address)s is not an https address that can be asked."), address=address)
    if len(address) > 2048 or any(letter.isspace() or not letter.isprintable() for letter in address):
        raise refused
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise refused from None
    host = (parts.hostname or "").lower()
    if parts.scheme != "https" or parts.username is not None or parts.password is not None:
        raise refused
    # A number in place of a name, in any of its spellings, ends in digits.
    if port not in (None, 443) or not _HOST.fullmatch(host) or host.rpartition(".")[2].isdigit():
        raise refused
    return host, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

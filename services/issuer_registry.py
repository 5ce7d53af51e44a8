"""The county's registry of known issuers: what is done with it, and what verification asks it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from accounts.actor import Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from services.reports import plain
from wallet.known_issuers import KnownIssuer, KnownIssuerStore, Named, RegistryAct

ID = re.compile(r"[0-9a-f]{32}")
DID = re.compile(r"did:[a-z0-9]{1,32}:[A-Za-z0-9._:%-]{1,460}")
HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?")
PATH = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*")
LONGEST_ADDRESS = 500
LONGEST_NAME = 300
LONGEST_NOTE = 500
LARGEST_LIST = 1024 * 1024
MOST_ROWS = 5000
MOST_ACTS = 200
HEADER = ("address", "name", "note")
# A spreadsheet takes a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@")


class EntryRefused(PersonError):  # noqa: N818 - named as it is shown
    """An issuer that cannot be kept as it is; the message says what to change."""

    status = 422


class NoSuchIssuer(PersonError):  # noqa: N818 - named as it is shown
    """It is not on the list, or not any more."""

    status = 404


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list that is to be imported.

    ``state`` is ``new``, ``changed``, ``same`` or ``bad``; ``problem`` says what is wrong with a bad one.
    ``told`` is what stands in it.
    """

    number: int
    state: str
    told: str
    named: Named | None = None
    problem: PersonError | None = None


class RegistryIssuers:
    """What verification asks: the name an issuer's address is known by.

    Parameters
    ----------
    store : KnownIssuerStore
        The county's list.
    own : callable
        Gives the name of an issuer of this installation, which is known by itself.
    """

    def __init__(self, store: KnownIssuerStore, own: Callable[[str], str | None]) -> None:
        self._store = store
        self._own = own

    def name_of(self, issuer: str) -> str | None:
        """Return the name, or ``None``: unknown is said, and never punished."""
        try:
            address = address_of(issuer)
        except EntryRefused:
            return None
        return self._own(address) or self._store.name_of(address)


class RegistryService:
    """The verbs of who keeps the list, each asking permission first."""

    def __init__(self, store: KnownIssuerStore) -> None:
        self._store = store

    def issuers(self, actor: Actor) -> tuple[KnownIssuer, ...]:
        """Return the list, by name."""
        require(actor, Action.REGISTRY_MANAGE)
        return self._store.all()

    def history(self, actor: Actor) -> tuple[RegistryAct, ...]:
        """Return who did what when, the latest first."""
        require(actor, Action.REGISTRY_MANAGE)
        return self._store.acts(MOST_ACTS)

    def add(self, actor: Actor, address: str, name: str, note: str = "") -> str:
        """Keep an issuer, or its new name; gives ``added``, ``changed``, or nothing where it is the same.

        Raises
        ------
        EntryRefused
        """
        require(actor, Action.REGISTRY_MANAGE)
        (done,) = self._store.put([named(address, name, note)], str(actor.person_id), actor.name)
        return done

    def remove(self, actor: Actor, issuer_id: str) -> None:
        """Take an issuer off the list; what it did there stays in the history.

        Raises
        ------
        NoSuchIssuer
        """
        require(actor, Action.REGISTRY_MANAGE)
        found = ID.fullmatch(issuer_id)
        if not found or not self._store.remove(issuer_id, str(actor.person_id), actor.name):
            raise NoSuchIssuer(_("This issuer is not on the list. It may have been removed."))

    def preview(self, actor: Actor, content: bytes) -> tuple[Row, ...]:
        """Say of every row of a list what importing it would do; nothing is changed.

        Raises
        ------
        EntryRefused
            If it is no list at all.
        """
        require(actor, Action.REGISTRY_MANAGE)
        known = {one.named.address: one.named for one in self._store.all()}
        return tuple(_rows(content, known))

    def take(self, actor: Actor, content: bytes) -> int:
        """Import the good rows of a list; gives how many changed something.

        Raises
        ------
        EntryRefused
        """
        rows = self.preview(actor, content)
        good = [one.named for one in rows if one.named is not None]
        return sum(1 for done in self._store.put(good, str(actor.person_id), actor.name) if done)

    def export(self, actor: Actor) -> str:
        """Return the list as CSV, as it can be imported again."""
        require(actor, Action.REGISTRY_MANAGE)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(HEADER)
        for one in self._store.all():
            writer.writerow([_cell(part) for part in (one.named.address, one.named.name, one.named.note)])
        return text.getvalue()


def named(address: str, name: str, note: str = "") -> Named:
    """An entry as it is kept.

    Raises
    ------
    EntryRefused
        With what to change.
    """
    called, said = plain(name), plain(note)
    kept = address_of(address)
    if not called or len(called) > LONGEST_NAME:
        raise EntryRefused(_("Give the issuer's name, at most %(most)d characters."), most=LONGEST_NAME)
    if len(said) > LONGEST_NOTE:
        raise EntryRefused(_("Say it in %(most)d characters or fewer."), most=LONGEST_NOTE)
    return Named(kept, called, said)


def address_of(text: str) -> str:
    """An issuer's address in the one spelling it is kept in: a DID, or an https address.

    Raises
    ------
    EntryRefused

    Examples
    --------
    >>> address_of(" https://College.example/issuer ")
    'https://college.example/issuer'
    >>> address_of("did:web:College.example")
    'did:web:college.example'
    """
    refused = EntryRefused(
        _("Give the issuer's address: a DID, such as did:web:college.example, or https://…")
    )
    given = text.strip()
    if len(given) > LONGEST_ADDRESS:
        raise refused
    if DID.fullmatch(given):
        return given.lower() if given.lower().startswith("did:web:") and "%" not in given else given
    try:
        parts = urlsplit(given)
    except ValueError:
        raise refused from None
    host = parts.netloc.lower()
    rest = given.partition("://")[2][len(parts.netloc) :]
    if parts.scheme != "https" or not HOST.fullmatch(host) or not PATH.fullmatch(rest):
        raise refused
    return f"https://{host}{rest}"


def _rows(content: bytes, known: dict[str, Named]) -> Iterator[Row]:
    seen: set[str] = set()
    number = 0
    for number, cells in enumerate(_read(content), 1):
        if not any(cell.strip() for cell in cells):
            continue
        if number == 1 and [plain(cell).casefold() for cell in cells[:2]] == list(HEADER[:2]):
            continue
        told = plain(", ".join(cells))[:120]
        try:
            if not 2 <= len(cells) <= 3:
                raise EntryRefused(_("A row needs two columns, address and name; a third may hold a note."))
            one = named(*[_uncell(cell) for cell in cells])
            if one.address in seen:
                raise EntryRefused(_("This address stands in the list twice."))
        except EntryRefused as problem:
            yield Row(number, "bad", told, problem=problem)
            continue
        seen.add(one.address)
        before = known.get(one.address)
        state = "new" if before is None else "same" if before == one else "changed"
        yield Row(number, state, told, one)


def _read(content: bytes) -> Iterable[list[str]]:
    if len(content) > LARGEST_LIST:
        raise EntryRefused(_("The list is too large: at most 1 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise EntryRefused(_("The list cannot be read. Save it as CSV in UTF-8.")) from None
    if "\0" in text or not text.strip():
        raise EntryRefused(_("The list cannot be read. Save it as CSV in UTF-8."))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        raise EntryRefused(_("The list cannot be read. Save it as CSV in UTF-8.")) from None
    if len(rows) > MOST_ROWS:
        raise EntryRefused(_("The list is too long: at most %(most)d rows."), most=MOST_ROWS)
    return rows


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _uncell(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text

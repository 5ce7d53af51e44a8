"""What a person shows by a link: choose, look at it as the other side will, pass it on, take it back."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from accounts.actor import Actor
from accounts.audit import AuditLog
from accounts.consent import ConsentKind, Scope
from accounts.consents import ConsentStore, NewConsent
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from accounts.shares import Share, ShareStore
from graph.model import Holding, RecordView, Standing
from i18n import gettext
from services.confirmation_desk import SECRET_BYTES, digest, new_secret
from services.reports import plain
from services.wallet import WalletService
from services.wallet_export import presentation
from wallet.errors import Broken
from wallet.jsonld import CREDENTIALS_V2
from wallet.key_case import KeyCase, KeySealed
from wallet.sign import SigningKey, sign
from wallet.store import WalletStore

LONGEST_PURPOSE = 200
LONGEST = timedelta(days=366)
MOST_OPENINGS = 100
MOST_LIVE = 50
MOST_CHOSEN = 500
FIELDS = frozenset({"name", "email"})
SUITE, AS_IT_STANDS = "eddsa-rdfc-2022", "eddsa-jcs-2022"


class ShareRefused(PersonError):  # noqa: N818 - named as it is shown
    """A share that cannot be made as it is; the message says what to change."""

    status = 422


class TooManyShares(PersonError):  # noqa: N818 - named as it is shown
    """More live links than anybody keeps an eye on."""

    status = 409


class NoSuchShare(PersonError):  # noqa: N818 - named as it is shown
    """There is no such share, or it is somebody else's: which of the two is not said."""

    status = 404


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to show.

    Attributes
    ----------
    skills : tuple of str or None
        Addresses of skills; ``None`` for all that count.
    records : tuple of str
        Ids of records to be shown whole.
    purpose : str
        For what, in the person's words.
    expires : date
        The last day on which the link is good.
    openings : int
        How often it can be opened.
    fields : frozenset of str
        ``name``, ``email``.
    """

    skills: tuple[str, ...] | None
    records: tuple[str, ...]
    purpose: str
    expires: date
    openings: int
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ShownSkill:
    """A skill as the other side sees it.

    ``standing`` says how far it can be relied on; ``sources`` are titles of those of its records that
    are shown too.
    """

    name: str
    uri: str
    standing: Standing
    level: float | None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the other side sees.

    Attributes
    ----------
    name, email : str
        Empty where the person does not show them.
    skills : tuple of ShownSkill
        Verified first; expired and revoked ones are not shown.
    records : tuple of RecordView
    purpose : str
    until : date
        The last day.
    """

    skills: tuple[ShownSkill, ...]
    records: tuple[RecordView, ...]
    purpose: str
    until: date
    name: str = ""
    email: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A share that was just made; ``secret`` is known at this moment only."""

    share: Share
    secret: str


class SharingService:
    """The verbs about one's own shares, each asking permission first.

    Parameters
    ----------
    shares : ShareStore
    consents : ConsentStore
    log : AuditLog
    wallet_for : callable
        Gives the wallet service of an actor.
    wallets : WalletStore
    email_of : callable
        Gives a person's e-mail address by their id.
    case : KeyCase
        Seals the keys by which people sign what they show.
    key : bytes
        Makes a link's secret out of what a form carries, so that both halves of a double click are one.
    now : callable
    """

    def __init__(
        self,
        shares: ShareStore,
        consents: ConsentStore,
        log: AuditLog,
        wallet_for: Callable[[Actor], WalletService],
        wallets: WalletStore,
        email_of: Callable[[str], str],
        case: KeyCase,
        key: bytes,
        now: Callable[[], datetime],
    ) -> None:
        self._shares = shares
        self._consents = consents
        self._log = log
        self._wallet_for = wallet_for
        self._wallets = wallets
        self._email_of = email_of
        self._case = case
        self._secrets = key
        self._now = now

    def now(self) -> datetime:
        """The moment by which links end."""
        return self._now()

    def mine(self, actor: Actor) -> tuple[Share, ...]:
        """Return every link of the person, ended ones too, the newest first."""
        require(actor, Action.SHARES_READ, actor.person_id)
        return self._shares.of(str(actor.person_id))

    def preview(self, actor: Actor, wish: Wish) -> Shown:
        """Return exactly what the other side would see now.

        Raises
        ------
        ShareRefused
        """
        require(actor, Action.SHARES_READ, actor.person_id)
        return self._shown(actor, self._checked(actor, wish))

    def make(self, actor: Actor, wish: Wish, form: str = "") -> Made:
        """Make a link; the same ``form`` makes it once.

        Raises
        ------
        ShareRefused
            With what to change; nothing is kept then.
        TooManyShares
        """
        require(actor, Action.SHARES_CHANGE, actor.person_id)
        wish = self._checked(actor, wish)
        person, now = str(actor.person_id), self._now()
        secret = self._secret(person, form) if form else new_secret()
        kept = self._shares.by_digest(digest(secret))
        if kept is not None:
            return Made(kept, secret)
        if sum(share.state_at(now) == "live" for share in self._shares.of(person)) >= MOST_LIVE:
            raise TooManyShares(
                _("You have %(most)d live links. Withdraw one that is not needed any more."), most=MOST_LIVE
            )
        consent = self._consents.grant(
            person,
            NewConsent(
                kind=ConsentKind.LINK,
                scope=Scope(wish.skills, wish.records, wish.fields),
                # Two links for the same purpose are two links.
                about=digest(secret)[:32],
                purpose=wish.purpose,
                words=link_words(wish.expires),
                locale=actor.locale,
                ends_at=_end_of(wish.expires),
            ),
        )
        try:
            share = self._shares.add(consent, digest(secret), wish.openings)
        except IntegrityError:
            # The other half of a double click came first.
            kept = self._shares.by_digest(digest(secret))
            if kept is None:
                raise
            return Made(kept, secret)
        self._log.note(person, Action.SHARES_CHANGE.value, actor_id=person, consent_id=share.id, made=True)
        return Made(share, secret)

    def made(self, actor: Actor, wish: Wish, form: str) -> tuple[Made, Shown]:
        """Return the live link that this ``form`` made, and what it shows, to be printed together.

        Raises
        ------
        ShareRefused
        """
        require(actor, Action.SHARES_READ, actor.person_id)
        person = str(actor.person_id)
        secret = self._secret(person, form)
        kept = self._shares.by_digest(digest(secret)) if form else None
        if kept is None or kept.state_at(self._now()) != "live":
            raise ShareRefused(_("This link is no longer good. Make a new one."))
        return Made(kept, secret), self._shown(actor, self._checked(actor, wish))

    def change(self, actor: Actor, share_id: str, expires: date, openings: int) -> None:
        """Give a live link another last day, or another number of openings; the link stays the same.

        It is a new yes, and the one before stays to be seen, ended now.

        Raises
        ------
        NoSuchShare, ShareRefused
        """
        require(actor, Action.SHARES_CHANGE, actor.person_id)
        person, now = str(actor.person_id), self._now()
        share = self._own(person, share_id)
        if share.state_at(now) != "live":
            raise ShareRefused(_("This link is no longer good. Make a new one."))
        self._check_terms(expires, openings)
        if openings <= share.opened:
            raise ShareRefused(
                _("It was opened %(opened)d times already. Choose more, or take it back."),
                opened=share.opened,
            )
        before = share.consent
        if (_end_of(expires), openings) == (before.ends_at, share.openings):
            return
        consent = self._consents.grant(
            person,
            NewConsent(
                kind=before.kind,
                scope=before.scope,
                about=before.about,
                purpose=before.purpose,
                words=link_words(expires),
                locale=actor.locale,
                ends_at=_end_of(expires),
            ),
        )
        self._shares.change(share.id, consent, openings)
        self._log.note(
            person, Action.SHARES_CHANGE.value, actor_id=person, consent_id=consent.id, changed=True
        )

    def withdraw(self, actor: Actor, share_id: str) -> None:
        """Take a link back; from the next request on it leads nowhere. Twice is once.

        Raises
        ------
        NoSuchShare
        """
        require(actor, Action.SHARES_CHANGE, actor.person_id)
        person = str(actor.person_id)
        share = self._own(person, share_id)
        if share.consent.withdrawn_at is None:
            self._consents.withdraw(person, share_id)
            self._log.note(
                person, Action.SHARES_CHANGE.value, actor_id=person, consent_id=share_id, withdrawn=True
            )

    def presentation(self, actor: Actor, records: tuple[str, ...]) -> bytes:
        """Return the chosen credentials as a W3C presentation, signed by the person's own key.

        Raises
        ------
        ShareRefused
            If none of them is a credential that can stand in one.
        """
        require(actor, Action.SHARES_READ, actor.person_id)
        person = str(actor.person_id)
        files = [content for one in records if (content := self._wallets.original(person, one)) is not None]
        unsigned = presentation(files)
        if not unsigned["verifiableCredential"]:
            raise ShareRefused(_("None of the chosen records is a signed credential. Choose one that is."))
        key = self._key(person)
        document: dict[str, Any] = {**unsigned, "@context": [CREDENTIALS_V2], "holder": _did(key)}
        try:
            signed = sign(document, key, SUITE, created=self._now(), purpose="authentication")
        except Broken:
            # A vocabulary that is not bundled: then what is signed is the text as it stands.
            signed = sign(document, key, AS_IT_STANDS, created=self._now(), purpose="authentication")
        self._log.note(person, Action.SHARES_CHANGE.value, actor_id=person, presentation=len(files))
        return json.dumps(signed, ensure_ascii=False, indent=2).encode()

    def _shown(self, actor: Actor, wish: Wish) -> Shown:
        wallet = self._wallet_for(actor)
        return shown(
            wallet.wallet().holdings,
            wallet.records(),
            Scope(wish.skills, wish.records, wish.fields),
            purpose=wish.purpose,
            until=wish.expires,
            name=actor.name,
            email=self._email_of(str(actor.person_id)),
            demo=actor.demo,
        )

    def _own(self, person: str, share_id: str) -> Share:
        share = next((one for one in self._shares.of(person) if one.id == share_id), None)
        if share is None:
            raise NoSuchShare(_("There is no such link among yours."))
        return share

    def _check_terms(self, expires: date, openings: int) -> None:
        today = self._now().date()
        if not today <= expires <= today + LONGEST:
            raise ShareRefused(_("Choose a last day between today and a year from now."))
        if not 1 <= openings <= MOST_OPENINGS:
            raise ShareRefused(
                _("Choose how often it can be opened: between 1 and %(most)d times."), most=MOST_OPENINGS
            )

    def _checked(self, actor: Actor, wish: Wish) -> Wish:
        self._check_terms(wish.expires, wish.openings)
        purpose = plain(wish.purpose).strip()
        if len(purpose) > LONGEST_PURPOSE:
            raise ShareRefused(_("Say what it is for in at most %(most)d characters."), most=LONGEST_PURPOSE)
        if wish.fields - FIELDS or len(wish.records) > MOST_CHOSEN or len(wish.skills or ()) > MOST_CHOSEN:
            raise ShareRefused(_("That cannot be shown."))
        wallet = self._wallet_for(actor)
        own = {record.id for record in wallet.records() if not record.set_aside}
        if set(wish.records) - own:
            raise ShareRefused(_("One of the chosen records is not in your wallet, or is set aside."))
        held = {one.skill.uri for one in wallet.wallet().holdings if one.standing.counts}
        if wish.skills is not None and set(wish.skills) - held:
            raise ShareRefused(_("One of the chosen skills is not in your wallet, or does not count now."))
        if not wish.records and not (held if wish.skills is None else wish.skills):
            raise ShareRefused(_("Choose at least one skill or record to show."))
        return Wish(
            skills=None if wish.skills is None else tuple(dict.fromkeys(wish.skills)),
            records=tuple(dict.fromkeys(wish.records)),
            purpose=purpose,
            expires=wish.expires,
            openings=wish.openings,
            fields=wish.fields,
        )

    def _secret(self, person: str, form: str) -> str:
        made = hmac.digest(self._secrets, f"share\0{person}\0{form}".encode(), "sha256")[:SECRET_BYTES]
        return base64.urlsafe_b64encode(made).rstrip(b"=").decode()

    def _key(self, person: str) -> SigningKey:
        kept = self._shares.key(person)
        if kept is None:
            new = SigningKey.generate()
            kept = self._shares.add_key(person, new.public.multikey(), self._case.seal(new, person))
        try:
            return self._case.open(kept[1], person)
        except KeySealed:
            # The installation's secret was changed: a holder's key can be made anew, nothing hangs on it.
            new = SigningKey.generate()
            self._shares.replace_key(person, new.public.multikey(), self._case.seal(new, person))
            return new


def shown(
    holdings: Iterable[Holding],
    records: Iterable[RecordView],
    scope: Scope,
    *,
    purpose: str,
    until: date,
    name: str = "",
    email: str = "",
    demo: bool = False,
) -> Shown:
    """What of a wallet a scope lets be seen.

    A record that is set aside is shown to nobody; a skill that does not count is not one.
    """
    whole = tuple(one for one in records if scope.sees_record(one.id) and not one.set_aside)
    titles = {one.id: one.title for one in whole}
    skills = tuple(
        ShownSkill(
            name=one.skill.name,
            uri=one.skill.uri,
            standing=one.standing,
            level=one.level,
            sources=tuple(titles[proof.record_id] for proof in one.evidence if proof.record_id in titles),
        )
        for one in holdings
        if one.standing.counts and scope.sees_skill(one.skill.uri)
    )
    return Shown(
        skills=skills,
        records=whole,
        purpose=purpose,
        until=until,
        name=name if "name" in scope.fields else "",
        email=email if "email" in scope.fields else "",
        demo=demo,
    )


def link_words(until: date) -> str:
    """The sentence by which somebody shows something by a link, in the reader's language."""
    return gettext(
        "Whoever has this link sees what I chose, until %(day)s. I see every opening, and can take it back at"
        " any time.",
        day=until.isoformat(),
    )


def _end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)


def _did(key: SigningKey) -> str:
    return key.method.partition("#")[0]

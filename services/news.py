"""What a person is told, in one list: of their records, of what they share, of what others ask and answer."""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Callable, Iterable

from accounts.actor import Actor
from accounts.errors import PersonError
from accounts.errors import marked as _
from accounts.news import News, NewsChoices, NewsStore
from accounts.permissions import Action, require
from graph.model import NewsKind
from wallet.store import WalletStore

PERSON = re.compile(r"[0-9a-f]{32}")
STOP_BYTES = 16


class NoSuchNews(PersonError):  # noqa: N818 - named as it is shown
    """There is no such news, it is somebody else's, or it was put away: which of them is not said."""

    status = 404


class NoSuchStop(PersonError):  # noqa: N818 - named as it is shown
    """The end of a mail's link that was not made here."""

    status = 404
    title = _("There is no such link")


class NewsService:
    """The verbs about what one is told, each asking permission first.

    Parameters
    ----------
    news : NewsStore
    wallets : WalletStore
        Keeps what happened to records.
    secrets : bytes
        Makes the links by which mails are stopped.
    mails : bool
        Whether anything is sent by e-mail from here.
    """

    def __init__(
        self, news: NewsStore, wallets: WalletStore, secrets: Callable[[], bytes], *, mails: bool
    ) -> None:
        self._news = news
        self._wallets = wallets
        self._secrets = secrets
        self.mails = mails

    def mine(self, actor: Actor) -> tuple[News, ...]:
        """Return what the person is told and has not put away, the newest first."""
        require(actor, Action.NEWS_READ, actor.person_id)
        person = str(actor.person_id)
        chosen = self._news.choices(person)
        told = (*self._news.of(person), *map(_of_record, self._wallets.notices(person)))
        return tuple(
            News(
                one.id,
                one.message,
                one.made_at,
                one.values,
                one.path,
                one.kind,
                chosen.looked_at is None or one.made_at > chosen.looked_at,
            )
            for one in sorted(told, key=lambda one: (one.made_at, one.id), reverse=True)
            if one.kind not in chosen.not_here
        )

    def new(self, actor: Actor) -> int:
        """Return how much of it came since the person last looked."""
        return sum(one.new for one in self.mine(actor))

    def looked(self, actor: Actor) -> None:
        """Note that the person looked: what is there now is not new any more."""
        require(actor, Action.NEWS_CHANGE, actor.person_id)
        self._news.looked(str(actor.person_id))

    def dismiss(self, actor: Actor, news_id: str | None = None) -> None:
        """Put one away, or all.

        Raises
        ------
        NoSuchNews
        """
        require(actor, Action.NEWS_CHANGE, actor.person_id)
        person = str(actor.person_id)
        away = [store.dismiss(person, news_id) for store in (self._news, self._wallets)]
        if news_id is not None and not any(away):
            raise NoSuchNews(_("There is no such notification among yours."))

    def choices(self, actor: Actor) -> NewsChoices:
        """Return what the person does not want to be told."""
        require(actor, Action.NEWS_READ, actor.person_id)
        return self._news.choices(str(actor.person_id))

    def choose(
        self, actor: Actor, *, here: Iterable[NewsKind], by_mail: Iterable[NewsKind] | None = None
    ) -> None:
        """Keep what the person wants to be told on the page, and by e-mail; ``None`` leaves that as it is."""
        require(actor, Action.NEWS_CHANGE, actor.person_id)
        kinds = frozenset(NewsKind)
        self._news.choose(
            str(actor.person_id),
            not_here=kinds - frozenset(here),
            not_by_mail=None if by_mail is None else kinds - frozenset(by_mail),
        )

    def check_stop(self, token: str) -> str:
        """Return whose mails a link stops.

        Raises
        ------
        NoSuchStop
        """
        person, _dot, signed = token.partition(".")
        if PERSON.fullmatch(person) and hmac.compare_digest(
            signed.encode(), stop_token(self._secrets(), person).partition(".")[2].encode()
        ):
            return person
        raise NoSuchStop(_("Check that you have all of the link. Signed in, you can choose what is sent."))

    def stop(self, token: str) -> None:
        """Send no more mail to whom the link was sent; what is told on the page stays as it is.

        Raises
        ------
        NoSuchStop
        """
        self._news.choose(self.check_stop(token), not_by_mail=frozenset(NewsKind))


def stop_token(secrets: bytes, person_id: str) -> str:
    """The end of the link by which somebody stops their mails, without signing in."""
    made = hmac.digest(secrets, f"stop\0{person_id}".encode(), "sha256")[:STOP_BYTES]
    return f"{person_id}.{base64.urlsafe_b64encode(made).rstrip(b'=').decode()}"


def _of_record(notice) -> News:  # type: ignore[no-untyped-def]
    values = {**notice.sentence.values, "day": notice.happened_on.isoformat()}
    path = f"/wallet/records/{notice.record_id}"
    return News(notice.id, notice.sentence.message, notice.made_at, values, path, notice.kind)

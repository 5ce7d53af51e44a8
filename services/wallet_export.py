"""Everything that a wallet holds, in one zip: originals, a presentation, JSON, and a page to read."""

from __future__ import annotations

import html
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from accounts.actor import Actor
from accounts.permissions import Action, require
from graph.model import Standing
from i18n import gettext as _
from i18n import locale
from services.record_page import file_name, kind_of
from wallet.document import Document, Form
from wallet.errors import Unreadable
from wallet.jsonld import CREDENTIALS_V2
from wallet.parse import read
from wallet.record import RecordKind, WalletRecord
from wallet.store import WalletStore

CREDENTIALS = (Form.OPEN_BADGE_3, Form.CLR_2, Form.CREDENTIAL)


def export_wallet(wallets: WalletStore, actor: Actor, now: datetime, owner: str | None = None) -> bytes:
    """Return the zip of a person's wallet.

    In it: ``originals/`` with each file as it came, byte for byte; ``presentation.json`` with every
    verifiable credential as it was signed, which any wallet can read; ``wallet.json`` with all that
    is kept; ``wallet.html`` to be read by a person, without scripts and without the network.
    """
    person = actor.person_id if owner is None else owner
    require(actor, Action.WALLET_READ, person)
    person = str(person)
    records = wallets.records(person)
    originals = dict(_originals(wallets, person, records))
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in originals.items():
            archive.writestr(f"originals/{name}", content)
        archive.writestr("presentation.json", _text(presentation(originals.values())))
        archive.writestr("wallet.json", _text(_told(wallets, person, records, now)))
        archive.writestr("wallet.html", _page(records, now.date()))
    return kept.getvalue()


def _originals(
    wallets: WalletStore, person: str, records: tuple[WalletRecord, ...]
) -> Iterator[tuple[str, bytes]]:
    """Each file once, under a name of its own."""
    had: set[bytes] = set()
    for record in records:
        content = wallets.original(person, record.id)
        if content is not None and content not in had:
            had.add(content)
            stem, _dot, ending = file_name(record, kind_of(content)[1]).rpartition(".")
            yield f"{stem}-{record.id[:8]}.{ending}", content


def presentation(files: Any) -> dict[str, Any]:
    """Return an unsigned presentation of every verifiable credential in some files."""
    found: list[Any] = []
    for content in files:
        try:
            document = read(content)
        except Unreadable:
            continue
        for one in _credentials(document):
            if one not in found:
                found.append(one)
    return {
        "@context": [CREDENTIALS_V2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": found,
    }


def _credentials(document: Document) -> Iterator[dict[str, Any]]:
    if document.form in CREDENTIALS:
        if document.token:
            yield {
                "@context": [CREDENTIALS_V2],
                "id": f"data:application/vc+jwt,{document.token}",
                "type": ["EnvelopedVerifiableCredential"],
            }
        else:
            yield document.value
        return
    for part in document.parts:
        yield from _credentials(part)


def _told(
    wallets: WalletStore, person: str, records: tuple[WalletRecord, ...], now: datetime
) -> dict[str, Any]:
    return {
        "made_at": now.isoformat(),
        "records": [{**asdict(record), "why": str(record.why or "")} for record in records],
        "set_aside_skills": sorted(wallets.hidden(person)),
        "first_skills": list(wallets.showcase(person)),
    }


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def _page(records: tuple[WalletRecord, ...], today: date) -> str:
    words = {
        Standing.VERIFIED: _("Verified"),
        Standing.CONFIRMED: _("Confirmed"),
        Standing.SELF_ASSERTED: _("Not verified"),
        Standing.EXPIRED: _("Expired"),
        Standing.REVOKED: _("Revoked"),
    }
    said = [one for one in records if one.kind is RecordKind.CLAIM]
    parts = [
        f'<!doctype html>\n<html lang="{locale()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_safe(_('Wallet'))}</title><style>body{{font:16px/1.5 system-ui,sans-serif;"
        "max-width:44rem;margin:2rem auto;padding:0 1rem}article{border-top:1px solid #999;padding:1rem 0}"
        "h2{margin:0}p{margin:.25rem 0;white-space:pre-line;overflow-wrap:anywhere}</style></head><body>"
        f"<h1>{_safe(_('Wallet'))}</h1><p>{_safe(_('As it was on %(day)s.', day=today.isoformat()))}</p>"
    ]
    for record in records:
        if record.kind is RecordKind.CLAIM:
            continue
        standing = words[record.standing_on(today)]
        days = " – ".join(str(day) for day in (record.issued_on, record.ended_on or record.expires_on) if day)
        facts = " · ".join(filter(None, (standing, record.issuer, days, record.number)))
        parts.append(f"<article><h2>{_safe(record.title)}</h2><p><b>{_safe(facts)}</b></p>")
        parts += [f"<p>{_safe(text)}</p>" for text in (record.description, str(record.why or "")) if text]
        if record.dispute:
            parts.append(
                f"<p>{_safe(_('What is wrong with it, says its holder:'))} {_safe(record.dispute)}</p>"
            )
        if record.skills:
            listed = "".join(
                f'<li><a href="{_safe(skill.uri)}">{_safe(skill.label)}</a></li>'
                if skill.uri.startswith(("http://", "https://"))
                else f"<li>{_safe(skill.label)}</li>"
                for skill in record.skills
            )
            parts.append(f"<ul>{listed}</ul>")
        parts.append("</article>")
    if said:
        listed = "".join(f"<li>{_safe(record.title)}</li>" for record in said)
        parts.append(f"<article><h2>{_safe(_('Skills you added'))}</h2><ul>{listed}</ul></article>")
    parts.append("</body></html>\n")
    return "\n".join(parts)


def _safe(text: str) -> str:
    return html.escape(text, quote=True)

"""Records come in: kept once, with what was found out about them, and only where they may be."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from accounts.actor import VISITOR, Actor
from accounts.errors import PermissionDenied, SignInNeeded
from graph.model import Skill, Standing
from services.container import Services
from services.records import FileRefused, FileTooLarge, PlaceAway
from tests.people import SystemOfRecord
from tests.wallet.issuing import AT, ESCO, Given, badge, changed, signed_badge
from wallet.sign import SigningKey

WELD = Skill(
    id="esco:fdd01cfd-8484-42a9-b16a-0ae2d2d6ac30",
    name="Operate welding equipment",
    uri=ESCO,
    vocabulary="esco",
    kind="skill",
)


class Vocabulary:
    """A labour-market store of one skill."""

    build_id = "one"
    loaded = 0

    def skills(self, ids: Any) -> dict[str, Skill]:
        return {one: WELD for one in ids if one in (WELD.uri, WELD.id)}

    def load_wallets(self, url: str, today: date) -> int:
        Vocabulary.loaded += 1
        return 0

    def close(self) -> None:
        pass


class Product:
    """The services over an empty system of record."""

    def __init__(self, folder: Path) -> None:
        self.record = SystemOfRecord.in_folder(folder)
        self.documents = Given()
        self.now = AT
        self.services = Services(
            self.record.database,
            Vocabulary,  # type: ignore[arg-type]
            today=lambda: date(2026, 6, 1),
            people=self.record.service,
            documents=self.documents,
            now=lambda: self.now,
        )
        self.pete = self.record.person("Pete")

    def bring(self, content: Any, name: str = "badge.json", actor: Actor | None = None, **more: Any) -> Any:
        content = content if isinstance(content, bytes) else json.dumps(content).encode()
        return self.services.records_for(actor or self.pete).bring_in(content, name, **more)

    def records(self) -> Any:
        return self.record.wallets.records(str(self.pete.person_id))


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    product = Product(tmp_path)
    yield product
    product.record.close()


def later(**more: Any) -> dict[str, Any]:
    """The badge as it was given again a year later."""
    return signed_badge(validFrom="2026-05-01T00:00:00Z", id="urn:uuid:another", **more)


def test_a_signed_badge_is_kept_as_verified_with_its_checks_its_file_and_its_skill(product: Product):
    content = json.dumps(signed_badge()).encode()
    (came,) = product.bring(content, "welding.json")
    (kept,) = product.records()
    assert came.outcome == "new" and came.record == kept
    assert (kept.title, kept.issuer, kept.standing) == (
        "Gas metal arc welding",
        "Technical Institute",
        Standing.VERIFIED,
    )
    assert {check.name for check in kept.checks} >= {"proof", "issuer", "dates", "subject", "issuer_known"}
    assert [skill.uri for skill in kept.skills] == [ESCO]
    assert product.record.wallets.original(product.pete.person_id, kept.id) == content


def test_the_same_credential_twice_is_one(product: Product):
    (first,) = product.bring(signed_badge())
    (second,) = product.bring(json.dumps(signed_badge(), indent=4).encode(), "again.json")
    assert second.outcome == "same" and second.record == first.record
    assert len(product.records()) == 1


def test_a_newer_one_replaces_its_older_self_and_keeps_what_was_decided(product: Product):
    (old,) = product.bring(signed_badge())
    (new,) = product.bring(later())
    assert new.outcome == "newer"
    kept = {record.id: record for record in product.records()}
    assert kept[old.record.id].replaced_by == new.record.id and not kept[new.record.id].replaced_by
    (holding,) = product.services.wallet_for(product.pete).wallet().holdings
    assert [one.record_id for one in holding.evidence] == [new.record.id]


def test_an_older_one_is_refused_kindly(product: Product):
    (new,) = product.bring(later())
    (old,) = product.bring(signed_badge())
    assert old.outcome == "older" and old.record == new.record
    assert len(product.records()) == 1


def test_an_unsigned_one_with_the_same_addresses_never_takes_the_place_of_a_signed_one(product: Product):
    product.bring(signed_badge())
    (forged,) = product.bring(badge(validFrom="2026-05-01T00:00:00Z"))
    assert forged.outcome == "new" and forged.record.standing is Standing.SELF_ASSERTED
    assert all(not record.replaced_by for record in product.records())


def test_a_credential_that_was_changed_is_not_kept(product: Product):
    (came,) = product.bring(changed(signed_badge(), "credentialSubject", "achievement", "name", to="Flying"))
    assert came.outcome == "refused"
    assert product.records() == () and product.record.wallets.size(product.pete.person_id) == (0, 0)


def test_an_expired_one_is_kept_and_counts_nothing(product: Product):
    (came,) = product.bring(signed_badge(validUntil="2025-12-31T00:00:00Z"))
    assert came.record.standing is Standing.EXPIRED
    (holding,) = product.services.wallet_for(product.pete).wallet().holdings
    assert not holding.standing.counts


def test_each_achievement_in_a_zip_is_its_own_entry_with_its_own_file(product: Product):
    other = SigningKey.generate("Ed25519")
    first, second = json.dumps(signed_badge()).encode(), json.dumps(signed_badge(other)).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.json", first)
        archive.writestr("two.json", second)
    came = product.bring(packed.getvalue(), "all.zip")
    assert [one.outcome for one in came] == ["new", "new"]
    files = [product.record.wallets.original(product.pete.person_id, one.record.id) for one in came]
    assert files == [first, second]


def test_one_file_of_many_entries_is_kept_once(product: Product):
    resume = {
        "basics": {"name": "Pete"},
        "work": [
            {"name": "Company A", "position": "Packer", "startDate": "2020-01"},
            {"name": "Company B", "position": "Driver", "startDate": "2022"},
        ],
    }
    content = json.dumps(resume).encode()
    came = product.bring(content, "resume.json")
    assert [one.record.kind for one in came] == ["employment", "employment"]
    assert product.record.wallets.size(product.pete.person_id) == (2, len(content))
    for one in came:
        product.record.wallets.remove(product.pete.person_id, one.record.id)
    assert product.record.wallets.size(product.pete.person_id) == (0, 0)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", FileRefused),
        (b"hello", FileRefused),
        (b"{}", FileRefused),
        (b"PK\x03\x04 nonsense", FileRefused),
        (b" " * (20 * 1024 * 1024 + 1), FileTooLarge),
    ],
)
def test_what_cannot_be_read_ends_in_a_sentence_and_leaves_nothing(
    product: Product, content: bytes, error: type[Exception]
):
    with pytest.raises(error):
        product.bring(content)
    assert product.record.wallets.size(product.pete.person_id) == (0, 0)


def test_a_link_is_followed_and_what_is_there_kept(product: Product):
    product.documents.put("https://issuer.example/badges/7", signed_badge())
    (came,) = product.services.records_for(product.pete).bring_link(" https://issuer.example/badges/7 ")
    assert came.record.standing is Standing.VERIFIED and came.record.original_name == "7"
    with pytest.raises(PlaceAway):
        product.services.records_for(product.pete).bring_link("https://nobody.example/")


def test_nobody_brings_anything_into_another_wallet(product: Product):
    with pytest.raises(PermissionDenied):
        product.bring(signed_badge(), actor=product.record.person("Maya"), owner=product.pete.person_id)
    with pytest.raises(SignInNeeded):
        product.services.records_for(VISITOR).bring_in(b"{}", "x")


def test_what_somebody_else_sends_says_who_it_was(product: Product):
    content = json.dumps(signed_badge()).encode()
    (came,) = product.services.records_for(VISITOR).receive(
        str(product.pete.person_id), content, "badge.json", sender="Technical Institute"
    )
    assert came.record.sender == "Technical Institute"
    assert product.records() == (came.record,)


def test_a_moment_of_checking_is_kept(product: Product):
    (came,) = product.bring(signed_badge())
    assert came.record.checked_at == datetime(2026, 6, 1, tzinfo=UTC)

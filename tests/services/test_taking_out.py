"""Taking everything out and bringing it back: nothing lost, and nothing believed that was not found out."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from accounts.actor import VISITOR, Actor
from accounts.errors import PermissionDenied, SignInNeeded
from graph.model import Standing, Statement
from services.own_entries import OwnEntry
from services.portable import cells, table
from services.records import FileRefused, FileTooLarge
from tests.people import PASSWORD
from tests.services.test_records import WELD, Product
from tests.wallet.issuing import signed_badge
from wallet.confirmations import Answer, NewRequest
from wallet.parse import read
from wallet.record import RecordKind

STRANGE = "=HYPERLINK(\"https://x.example\") 'quoted', «ñ»\nsecond line"


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    made = Product(tmp_path)
    yield made
    made.record.close()


def person(product: Product, name: str = "Pete") -> Actor:
    return product.record.service.register(f"{name.lower()}@example.org", name, PASSWORD)


def fill(product: Product, actor: Actor) -> None:
    """A wallet with something of everything."""
    services, who = product.services, str(actor.person_id)
    came = services.records_for(actor).bring_in(json.dumps(signed_badge()).encode(), "badge.json")
    services.record_for(actor).dispute(came[0].record.id, "The date is wrong")
    work = services.entries_for(actor).enter(
        OwnEntry(
            "employment",
            "Forklift operator",
            "Company A",
            STRANGE,
            date(2020, 2, 1),
            date(2022, 3, 1),
            hours=1200.5,
        )
    )
    services.entries_for(actor).enter(
        OwnEntry("licence", "Driver", "State", number="007", expires_on=date(2027, 1, 1))
    )
    care = services.entries_for(actor).enter(OwnEntry("caring", "Cared for a parent"))
    services.record_for(actor).choose(work.id, WELD.uri)
    services.record_for(actor).set_hidden(care.id, True)
    product.record.wallets.claim_skill(who, "https://skills.example/1", "Patience")
    product.record.wallets.hide_skill(who, "https://skills.example/2")
    product.record.wallets.put_showcase(who, [WELD.uri])
    services.people.set_area(actor, "53063")
    services.people.choose_career(actor, "29-1141.00", "53063")
    services.people.choose_career(actor, "13-1081.00")
    services._plans.keep(who, "Next year", ((WELD.uri, WELD.name),), "29-1141.00", 20)
    services._kept_pathways.keep(who, "29-1141.00", ("31-1131.00",), None, 12)
    asked, _new = services._confirmations.ask(
        who,
        NewRequest(
            work.id,
            "Company A",
            "a@example.org",
            "",
            Statement("employment", "Company A", frozenset({"title"}), title="Forklift operator"),
            "d" * 64,
        ),
        "e" * 64,
        most_a_day=5,
    )
    services._confirmations.answer(asked.id, Answer("confirmed", "Company A", "Ann"))


def held(product: Product, actor: Actor, *, decisions: bool = True) -> dict[str, Any]:
    """All that comes back, without the ids that every wallet gives anew."""
    services, who = product.services, str(actor.person_id)
    records = sorted(product.record.wallets.records(who), key=lambda one: one.title)
    own = services.wallet_for(actor)
    return {
        "records": [replace(one, id="", replaced_by="", checked_at=None) for one in records],
        "files": [product.record.wallets.original(who, one.id) for one in records],
        "standings": sorted((one.title, one.standing) for one in own.records()),
        "holdings": sorted((one.skill.uri, one.standing, one.level) for one in own.wallet().holdings),
        "hidden": product.record.wallets.hidden(who),
        "first": product.record.wallets.showcase(who),
        "area": services.people.account(actor).area_code,
        "careers": services.people.chosen_careers(actor),
        "plans": [(one.name, one.skills, one.role_code) for one in services._plans.of(who)],
        "pathways": [(one.goal_code, one.stones, one.area_code) for one in services._kept_pathways.of(who)],
        "answers": [(one.outcome, one.by_name, one.state) for one in services._confirmations.answers(who)],
    }


def test_what_was_taken_out_comes_back_with_nothing_lost(product):
    pete = product.pete
    fill(product, pete)
    before = held(product, pete)
    assert ("Forklift operator", Standing.CONFIRMED) in before["standings"]
    assert Standing.VERIFIED in [standing for _title, standing in before["standings"]]
    content = product.services.taking_out.export(pete)
    product.services.people.delete_account(pete, PASSWORD)
    again = person(product)
    came = product.services.bringing_back.bring_back(again, content)
    assert came.sealed and came.refused == 0 and came.records == len(before["records"])
    assert held(product, again) == before
    # Bringing it back once more changes nothing.
    twice = product.services.bringing_back.bring_back(again, content)
    assert twice.records == twice.careers == twice.plans == twice.confirmations == 0
    assert held(product, again) == before


def test_elsewhere_what_is_signed_is_verified_anew_and_the_rest_is_ones_own_word(product, tmp_path):
    pete = product.pete
    fill(product, pete)
    before = held(product, pete)
    content = product.services.taking_out.export(pete)
    (tmp_path / "other").mkdir()
    other = Product(tmp_path / "other")
    there = person(other, "Petra")
    came = other.services.bringing_back.bring_back(there, content)
    assert not came.sealed and came.refused == 0
    after = held(other, there)
    for same in ("files", "hidden", "first", "careers", "plans", "pathways", "area"):
        assert after[same] == before[same], same
    facts = ("kind", "title", "issuer", "description", "issued_on", "ended_on", "expires_on", "hours")
    facts += ("number", "hidden", "dispute", "skills", "proposals", "standing", "form")
    for one, was in zip(after["records"], before["records"], strict=True):
        assert {name: getattr(one, name) for name in facts} == {name: getattr(was, name) for name in facts}
    # A confirmation that nobody signed is the other installation's to know, not this file's to say.
    assert ("Forklift operator", Standing.SELF_ASSERTED) in after["standings"]
    other.record.close()


def test_own_entries_come_back_whole_from_every_format(product):
    fill(product, product.pete)
    for form, name in (("csv", "Maya"), ("json-resume", "Ana"), ("clr", "Kim")):
        come_back_whole(product, form, person(product, name))


def come_back_whole(product: Product, form: str, maya: Actor) -> None:
    pete = product.pete
    content = product.services.taking_out.export(pete, form)
    came = product.services.bringing_back.bring_back(maya, content)
    assert came.refused == 0
    facts = ("kind", "title", "issuer", "description", "issued_on", "ended_on", "expires_on", "hours")
    facts += ("number", "skills")

    def entries(actor: Actor) -> list[Any]:
        records = product.record.wallets.records(str(actor.person_id))
        own = [one for one in records if one.kind is not RecordKind.CREDENTIAL and not one.hidden]
        return sorted(([getattr(one, name) for name in facts] for one in own), key=str)

    assert entries(maya) == entries(pete) and len(entries(maya)) == 3
    if form != "json-resume":
        files = [
            {product.record.wallets.original(str(who.person_id), one.id) is not None: one.standing}
            for who in (pete, maya)
            for one in product.record.wallets.records(str(who.person_id))
            if one.kind is RecordKind.CREDENTIAL
        ]
        assert files == [{True: Standing.VERIFIED}] * 2
    if form == "csv":
        assert [one.name for one in product.services.plans.mine(maya)] == ["Next year"]
        assert product.services.people.chosen_careers(maya) == product.services.people.chosen_careers(pete)


def test_a_clr_and_a_resume_can_be_read_by_others(product):
    pete = product.pete
    fill(product, pete)
    clr = json.loads(product.services.taking_out.export(pete, "clr"))
    assert clr["type"] == ["VerifiableCredential", "ClrCredential"]
    parts = clr["credentialSubject"]["verifiableCredential"]
    assert signed_badge()["id"] in [one["id"] for one in parts]
    assert all(
        {"@context", "id", "type", "issuer", "validFrom"} <= set(one) for one in parts if "proof" not in one
    )
    # Any reader of ours without the way back takes it for what it is.
    assert len(read(json.dumps(clr).encode()).all_achievements()) == len(parts)
    resume = json.loads(product.services.taking_out.export(pete, "json-resume"))
    assert resume["work"][0]["position"] == "Forklift operator"
    assert "accesses" not in json.dumps(resume) and "Cared for" not in json.dumps(resume)


def test_a_file_that_was_changed_is_not_taken_at_its_word(product):
    pete = product.pete
    fill(product, pete)
    said = json.loads(product.services.taking_out.export(pete))
    for one in said["records"]:
        one["standing"] = "verified"
        if one["title"] == "Forklift operator":
            one["title"], one["sender"] = "Brain surgeon", "A hospital"
    maya = person(product, "Maya")
    came = product.services.bringing_back.bring_back(maya, json.dumps(said).encode())
    assert not came.sealed
    found = {one.title: one for one in product.services.wallet_for(maya).records()}
    assert found["Brain surgeon"].standing is Standing.SELF_ASSERTED
    assert found["Brain surgeon"].sender == ""
    assert product.services._confirmations.answers(str(maya.person_id)) == ()


def test_anothers_sealed_file_is_only_somebodys_word(product):
    pete, maya = product.pete, person(product, "Maya")
    fill(product, pete)
    came = product.services.bringing_back.bring_back(maya, product.services.taking_out.export(pete))
    assert not came.sealed
    assert ("Forklift operator", Standing.SELF_ASSERTED) in held(product, maya)["standings"]


BROKEN = [
    {"records": 7},
    {"records": [{"kind": "credential"}]},
    {"records": [{"kind": "no such kind", "title": "x"}]},
    {"records": [{"kind": "gig", "title": "x", "issued_on": "2026-13-45"}]},
    {"records": [{"kind": "gig", "title": "\ud800"}]},
    {"records": [{"kind": "gig", "title": "nul \x00 here"}]},
    {"records": [{"kind": "gig", "title": "x" * 1000}]},
    {"records": [{"kind": "credential", "title": "x", "file": "nowhere"}]},
    {"records": [{"kind": "credential", "title": "x", "file": "a"}], "files": {"a": "%%%"}},
    {"records": [{"kind": "credential", "title": "x", "file": "a"}], "files": {"a": "bm9uZQ=="}},
    {"careers": [["nonsense", None]]},
    {"plans": [{"name": "", "skills": []}]},
    {"seal": 7, "records": [{"kind": "gig", "title": "x", "hours": "NaN"}]},
]


def test_a_broken_file_is_refused_in_words_and_leaves_nothing(product):
    pete = product.pete
    for change in BROKEN:
        content = json.dumps({"format": "waymark-export/1", **change}).encode()
        with pytest.raises(FileRefused):
            product.services.bringing_back.bring_back(pete, content)
        assert product.record.wallets.records(str(pete.person_id)) == (), change


def test_a_broken_zip_and_one_too_large_are_refused(product, monkeypatch):
    pete = product.pete
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("records.csv", "kind,title\nemployment,=1+1\n")
    whole = made.getvalue()
    for broken in (whole[:-30], whole.replace(b"kind,title", b"kind\x00title")):
        with pytest.raises(FileRefused):
            product.services.bringing_back.bring_back(pete, broken)
    assert product.services.bringing_back.bring_back(pete, whole).records == 1
    monkeypatch.setattr("services.bringing_back.LARGEST", 10)
    with pytest.raises(FileTooLarge):
        product.services.bringing_back.bring_back(pete, whole)


def test_nobody_takes_out_or_brings_back_for_another(product):
    pete = product.pete
    for verb in (
        product.services.taking_out.export,
        lambda who: product.services.bringing_back.bring_back(who, b"{}"),
    ):
        with pytest.raises(SignInNeeded):
            verb(VISITOR)
        with pytest.raises(PermissionDenied):
            verb(replace(pete, limited_to=frozenset({"wallet.read"})))


def test_a_table_runs_nothing_and_reads_back_as_it_was():
    words = ["=1+1", "+1", "-2", "@x", "'quoted", "''", "plain", "", 'a,b\n"c"']
    text = table(("a",), [[one] for one in words])
    assert [row["a"] for row in cells(text)] == words
    assert not any(line.startswith(("=", "+", "-", "@")) for line in text.splitlines())


def test_every_other_file_comes_in_as_it_always_did(product):
    pete = product.pete
    came = product.services.bringing_back.bring_back(pete, json.dumps(signed_badge()).encode(), "badge.json")
    assert (came.records, came.sealed) == (1, False)

"""The county's list of known issuers: who keeps it, how a list is imported, and what verification asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from accounts.actor import VISITOR
from accounts.errors import PermissionDenied, SignInNeeded
from accounts.roles import PersonRole
from services.container import Services
from services.issuer_registry import LARGEST_LIST, MOST_ROWS, EntryRefused, NoSuchIssuer, address_of
from tests.careers import SmallLabor
from tests.people import SystemOfRecord
from tests.wallet.issuing import KEY, badge, changed, signed_badge
from wallet.sign import sign

COLLEGE = "did:web:college.example"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[SimpleNamespace]:
    record = SystemOfRecord.in_folder(tmp_path)
    services = Services(record.database, SmallLabor, people=record.service, now=record.clock)
    kim = record.person("Kim")
    record.people.grant_roles(kim.person_id, {PersonRole.ADMIN})
    kim = record.people.actor(kim.person_id)
    yield SimpleNamespace(
        record=record, services=services, registry=services.registry, kim=kim, pete=record.person("Pete")
    )
    services.close()
    record.close()


def acts(here: SimpleNamespace) -> list[tuple[str, str, str]]:
    return [(one.act, one.named.name, one.by) for one in here.registry.history(here.kim)]


def test_what_is_added_changed_and_removed_is_kept_with_who_and_when(here):
    assert here.registry.add(here.kim, COLLEGE, "College", "Accredited") == "added"
    here.record.clock.advance(days=1)
    assert (
        here.registry.add(here.kim, f" {COLLEGE.replace('college', 'College')} ", "The College") == "changed"
    )
    here.record.clock.advance(days=1)
    assert here.registry.add(here.kim, COLLEGE, "The College") == ""
    (kept,) = here.registry.issuers(here.kim)
    here.registry.remove(here.kim, kept.id)
    assert here.registry.issuers(here.kim) == ()
    assert acts(here) == [
        ("removed", "The College", "Kim"), ("changed", "The College", "Kim"), ("added", "College", "Kim"),
    ]  # fmt: skip
    assert here.registry.history(here.kim)[0].done_at == here.record.clock()
    with pytest.raises(NoSuchIssuer):
        here.registry.remove(here.kim, kept.id)


def test_an_issuer_on_the_list_is_known_by_name_and_an_unknown_one_is_said_to_be_and_counts_the_same(here):
    wallet = here.services.records_for(here.pete)
    (before,) = wallet.bring_in(json.dumps(signed_badge()).encode(), "badge.json")
    here.registry.add(here.kim, KEY.did, "Technical Institute of Spokane")
    other = changed(badge(), "credentialSubject", "achievement", "id", to="urn:uuid:another")
    other = sign({**other, "id": "urn:uuid:another-one"}, KEY)
    (after,) = wallet.bring_in(json.dumps(other).encode(), "other.json")
    told = [
        next(check for check in one.record.checks if check.name.value == "issuer_known")
        for one in (before, after)
    ]
    assert [check.result.value for check in told] == ["unknown", "passed"]
    assert "Technical Institute of Spokane" in str(told[1].explanation)
    assert before.record.standing is after.record.standing


def test_only_who_keeps_the_list_sees_or_changes_it(here):
    verbs = (
        lambda who: here.registry.issuers(who),
        lambda who: here.registry.history(who),
        lambda who: here.registry.add(who, COLLEGE, "College"),
        lambda who: here.registry.remove(who, "0" * 32),
        lambda who: here.registry.preview(who, b""),
        lambda who: here.registry.take(who, f"{COLLEGE},College".encode()),
        lambda who: here.registry.export(who),
    )
    for verb in verbs:
        with pytest.raises(PermissionDenied):
            verb(here.pete)
        with pytest.raises(SignInNeeded):
            verb(VISITOR)
    assert here.registry.issuers(here.kim) == ()


def test_a_list_is_told_row_by_row_before_anything_is_done(here):
    here.registry.add(here.kim, "https://same.example", "Same")
    here.registry.add(here.kim, "https://changed.example", "Before")
    content = (
        "\ufeffAddress,Name,Note\r\n"
        "did:web:new.example,New\r\n"
        "https://same.example,Same\r\n\r\n"
        'https://changed.example,"After, and more",seen\r\n'
        "http://plain.example,Plain\r\n"
        "did:web:new.example,Twice\r\n"
        "https://nameless.example,\r\n"
        "just one\r\n"
    ).encode()
    rows = here.registry.preview(here.kim, content)
    assert [row.state for row in rows] == ["new", "same", "changed", "bad", "bad", "bad", "bad"]
    assert [row.number for row in rows] == [2, 3, 5, 6, 7, 8, 9]
    assert len(here.registry.issuers(here.kim)) == 2
    assert here.registry.take(here.kim, content) == 2
    names = [one.named.name for one in here.registry.issuers(here.kim)]
    assert names == ["After, and more", "New", "Same"]
    assert here.registry.take(here.kim, content) == 0


def test_what_is_exported_can_be_imported_and_is_no_formula_in_a_spreadsheet(here):
    here.registry.add(here.kim, COLLEGE, "=HYPERLINK(1)", "@note")
    text = here.registry.export(here.kim)
    assert "'=HYPERLINK(1)" in text and ",=" not in text and ",@" not in text
    assert here.registry.take(here.kim, text.encode()) == 0
    (kept,) = here.registry.issuers(here.kim)
    here.registry.remove(here.kim, kept.id)
    assert here.registry.take(here.kim, text.encode()) == 1
    assert here.registry.issuers(here.kim)[0].named == kept.named


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"\xff\xfe\x00",
        b"a\0b,c",
        b'"open,x',
        b"x" * (LARGEST_LIST + 1),
        b"a,b\n" * (MOST_ROWS + 1),
    ],
    ids=["empty", "blank", "no text", "null", "an open quote", "too large", "too long"],
)
def test_what_is_no_list_is_refused_in_a_sentence_and_nothing_is_kept(here, content):
    for verb in (here.registry.preview, here.registry.take):
        with pytest.raises(EntryRefused) as refused:
            verb(here.kim, content)
        assert str(refused.value).endswith(".")
    assert here.registry.issuers(here.kim) == () and here.registry.history(here.kim) == ()


@pytest.mark.parametrize(
    "address",
    [
        "", "college", "http://college.example", "https://", "https://user@college.example",
        "https://college.example/\u202egpj", "https://college.example/a b", "https://cоllege.example",
        "did:", "did:web:", "did:web:college example", "javascript:alert(1)",
        "https://college.example/" + "x" * 500,
    ],
)  # fmt: skip
def test_an_address_that_credentials_could_not_have_is_refused(here, address):
    with pytest.raises(EntryRefused):
        here.registry.add(here.kim, address, "College")
    assert here.registry.issuers(here.kim) == ()


@pytest.mark.parametrize("name", ["", " ", "\u202e\u200b", "x" * 301])
def test_an_issuer_needs_a_name_that_can_be_read(here, name):
    with pytest.raises(EntryRefused):
        here.registry.add(here.kim, COLLEGE, name)


LISTS = [
    b"address,name,note\r\ndid:web:a.example,A,\xc3\xa9\r\n",
    b'https://a.example,"A ""and"" B"\nhttps://b.example,B,x,y\n',
    b"\xef\xbb\xbfdid:key:z6Mk,'=A\n\n;;\n",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(LISTS), st.integers(0, 200), st.integers(0, 20), st.binary(max_size=12))
def test_any_list_ends_in_rows_or_in_a_sentence(here, content, place, length, put):
    place %= len(content)
    made = content[:place] + put + content[place + length :]
    try:
        rows = here.registry.preview(here.kim, made)
    except EntryRefused as refused:
        assert str(refused)
        return
    assert all((row.named is None) == (row.state == "bad") for row in rows)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_an_address_is_brought_to_one_spelling_or_refused(text):
    for given_text in (text, f"did:web:{text}", f"https://{text}"):
        try:
            kept = address_of(given_text)
        except EntryRefused:
            continue
        assert address_of(kept) == kept

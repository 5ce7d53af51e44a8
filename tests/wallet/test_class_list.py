"""A class list is read as hostile: what cannot be used is told by its line."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.class_list import LARGEST, MOST_PROBLEMS, MOST_ROWS, read_class_list
from wallet.errors import Unreadable
from wallet.issuing import Recipient


def told(text: str) -> dict[int, str]:
    """What is wrong, by line."""
    return {one.line: str(one.sentence) for one in read_class_list(text.encode()).problems}


@pytest.mark.parametrize(
    "text",
    [
        "name,email\nPete,pete@example.org\nMaya Díaz,maya@example.org\n",
        "\ufeffEmail;Name\r\npete@example.org;Pete\r\n\r\nMAYA@example.org;Maya Díaz\r\n",
        'email\tname\npete@example.org\t"Pete"\nmaya@example.org\tMaya  Díaz\n',
    ],
)
def test_a_list_is_read_however_a_spreadsheet_writes_it(text: str):
    found = read_class_list(text.encode())
    assert found.problems == ()
    assert [(one.name, one.email) for one in found.recipients] == [
        ("Pete", "pete@example.org"),
        ("Maya Díaz", "maya@example.org"),
    ]


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("=HYPERLINK(1),a@example.org", "formula"),
        ("+1,a@example.org", "formula"),
        ("-2+3,a@example.org", "formula"),
        ("@SUM(A1),a@example.org", "formula"),
        ('"\t=1+1",a@example.org', "formula"),
        ("|calc,a@example.org", "formula"),
        ("Pete,=cmd@example.org", "plain letters"),
        ("Pe\u202ete,a@example.org", "cannot be seen"),
        ("Pe\u200bte,a@example.org", "cannot be seen"),
        ("Pete\u0007,a@example.org", "cannot be seen"),
        ("Pete,p\u0435te@example.org", "plain letters"),
        ("Pete,pete@ex\u0430mple.org", "plain letters"),
        ("Pete,pete@example.org\u200b", "plain letters"),
        ("Pete,pete", "plain letters"),
        ("Pete,pete@example", "plain letters"),
        ("Pete,a@example.org b@example.org", "plain letters"),
        ("Pete," + "a" * 300 + "@example.org", "plain letters"),
        (",a@example.org", "name is missing"),
        ("Pete,", "address is missing"),
        ("Pete", "address is missing"),
        ("x" * 121 + ",a@example.org", "longer"),
        ("Pete,a@example.org,more", "more columns"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_by_its_line(row: str, word: str):
    problems = told(f"name,email\nMaya,maya@example.org\n{row}\nSam,sam@example.org\n")
    assert list(problems) == [3] and word in problems[3], problems


def test_a_line_is_that_of_the_file_also_after_empty_and_broken_ones():
    assert list(told('name,email\n\n"Maya\nDíaz",maya@example.org\n\n,x@example.org\n')) == [6]


def test_somebody_twice_is_told_whatever_the_case():
    assert told("name,email\nPete,pete@example.org\nPeter,PETE@Example.org\n") == {
        3: "pete@example.org is in line 2 already."
    }


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"name,email\n",
        b"name,email\n \n,\n",
        b"name\nPete\n",
        b"email\npete@example.org\n",
        b"name,email,grade\nPete,pete@example.org,A\n",
        b"name,email,email\nPete,pete@example.org,x@example.org\n",
        b"Pete,pete@example.org\n",
        b"n\x00ame,email\nPete,pete@example.org\n",
        b'name,email\n"Pete,pete@example.org\n',
        "name,email\nPete,pete@example.org\n".encode("utf-16"),
        b"name,email\nP\xe9te,pete@example.org\n",
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04" + b"\0" * 100,
    ],
)
def test_what_is_no_class_list_ends_in_one_sentence(content: bytes):
    with pytest.raises(Unreadable):
        read_class_list(content)


def test_too_large_and_too_many_end_at_once():
    began = time.perf_counter()
    for content in (
        b"name,email\n" + b"a,a@example.org\n" * 70_000,
        b"x" * 1_000_000,
        b'name,email\n"' + b"x" * (LARGEST - 100),
        b"," * (LARGEST - 1),
        b"\n" * (LARGEST - 1),
    ):
        with pytest.raises(Unreadable):
            read_class_list(content)
    assert time.perf_counter() - began < 2
    rows = [f"P,p{n}@example.org" for n in range(MOST_ROWS)]
    assert len(read_class_list("\n".join(["name,email", *rows]).encode()).recipients) == MOST_ROWS
    with pytest.raises(Unreadable):
        read_class_list("\n".join(["name,email", *rows, "Q,q@example.org"]).encode())


def test_of_many_problems_the_first_are_told_and_the_others_counted():
    found = read_class_list(("name,email\n" + "=1,a@example.org\n" * 200).encode())
    assert (len(found.problems), found.more) == (MOST_PROBLEMS, 200 - MOST_PROBLEMS)


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: ("name,email\n" + text).encode("utf-8", "ignore"))
)
def test_whatever_it_is_it_ends_in_people_in_problems_or_in_a_sentence(content: bytes):
    try:
        found = read_class_list(content)
    except Unreadable as problem:
        assert str(problem)
        return
    for one in found.recipients:
        assert isinstance(one, Recipient) and one.name.isprintable() and one.email.isascii()
        assert one.name[0] not in "=+-@|%"

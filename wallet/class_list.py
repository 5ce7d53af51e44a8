"""A class list: names and e-mail addresses in a CSV file, read as hostile.

A file comes out of a spreadsheet that many people wrote in. Every row that cannot be used is told by its
line and what to change; nothing is guessed.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass

from wallet.errors import Unreadable
from wallet.issuing import Recipient
from wallet.sentence import N_, Sentence, sentence

LARGEST = 256 * 1024
MOST_ROWS = 500
MOST_PROBLEMS = 50
LONGEST_NAME = 120
LONGEST_EMAIL = 254
COLUMNS = ("name", "email")
# What some spreadsheets take for the beginning of a formula, which could act where the file is opened next.
FORMULA = ("=", "+", "-", "@", "|", "%")
EMAIL = re.compile(r"[A-Za-z0-9.!#$&'*+/=?^_`{|}~%-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a line of the file, the first being 1."""

    line: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class ClassList:
    """What a file says; usable only without problems. ``more`` problems are not told one by one."""

    recipients: tuple[Recipient, ...]
    problems: tuple[RowProblem, ...] = ()
    more: int = 0


def read_class_list(content: bytes, *, email_needed: bool = True) -> ClassList:
    """Return whom a class list names; without ``email_needed`` an address, or its column, may be left out.

    Raises
    ------
    Unreadable
        With one sentence: too large, not text, wrong columns, or nobody in it.
    """
    rows = _rows(content)
    try:
        columns = _columns(next(rows)[1], email_needed=email_needed)
    except StopIteration:
        raise Unreadable(N_("This file is empty.")) from None
    recipients: list[Recipient] = []
    problems: list[RowProblem] = []
    seen: dict[str, int] = {}
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(recipients) + len(problems) >= MOST_ROWS:
            raise Unreadable(N_("A list may have up to %(most)s people."), most=MOST_ROWS)
        name, email, *_ = [*(cells[place] if place < len(cells) else "" for place in columns), ""]
        found = recipient(name, email, line, email_needed=email_needed)
        if isinstance(found, Recipient) and len(cells) > len(columns):
            found = sentence(N_("It has more columns than the first line."))
        if isinstance(found, Recipient) and found.email and found.email in seen:
            found = sentence(
                N_("%(email)s is in line %(line)s already."), email=found.email, line=seen[found.email]
            )
        if isinstance(found, Recipient):
            seen[found.email] = line
            recipients.append(found)
        else:
            problems.append(RowProblem(line, found))
    if not recipients and not problems:
        raise Unreadable(N_("Nobody is in this file."))
    return ClassList(
        tuple(recipients), tuple(problems[:MOST_PROBLEMS]), max(0, len(problems) - MOST_PROBLEMS)
    )


def recipient(name: str, email: str, line: int = 0, *, email_needed: bool = True) -> Recipient | Sentence:
    """Return whom two cells name, or what is wrong with them."""
    called = " ".join(unicodedata.normalize("NFC", name).split())
    address = email.strip()
    if not called:
        return sentence(N_("The name is missing."))
    if len(called) > LONGEST_NAME:
        return sentence(N_("The name is longer than %(most)s characters."), most=LONGEST_NAME)
    if called.startswith(FORMULA):
        return sentence(N_("The name begins like a formula of a spreadsheet."))
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") for letter in called):
        return sentence(N_("The name has characters that cannot be seen."))
    if not address and not email_needed:
        return Recipient(called, "", line)
    if not address:
        return sentence(N_("The e-mail address is missing."))
    if len(address) > LONGEST_EMAIL or address.startswith(FORMULA) or not EMAIL.fullmatch(address):
        # Letters that look like others could send a credential to somebody else: plain ones only.
        return sentence(N_("“%(email)s” is not an e-mail address in plain letters."), email=address)
    return Recipient(called, address.lower(), line)


def _rows(content: bytes):  # type: ignore[no-untyped-def]
    """Each row with the line it begins in."""
    if len(content) > LARGEST:
        raise Unreadable(N_("This file is too large. A list may have up to 256 KB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(N_("This file is not text in UTF-8. Save it as “CSV UTF-8”.")) from None
    if "\0" in text:
        raise Unreadable(N_("This file is not text in UTF-8. Save it as “CSV UTF-8”."))
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise Unreadable(
            N_("Line %(line)s cannot be read: a quotation mark is missing or out of place."), line=begins
        ) from None


def _columns(cells: list[str], *, email_needed: bool) -> tuple[int, ...]:
    names = [cell.strip().casefold() for cell in cells]
    if names == ["name"] and not email_needed:
        return (0,)
    if sorted(names) != sorted(COLUMNS):
        raise Unreadable(N_("The first line has to name the columns: name,email."))
    return names.index("name"), names.index("email")

"""Whatever somebody hands in ends in documents, or in one clear sentence."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from i18n import use_locale
from tests.wallet.issuing import KEY, badge, looked_at, signed_badge
from wallet import strict_json
from wallet.document import Form, Packing
from wallet.errors import Unreadable
from wallet.parse import LARGEST_BUNDLE, read
from wallet.report import Verdict
from wallet.sign import sign_token

GOOD = json.dumps(signed_badge())
TOKEN = sign_token({**badge(), "iss": KEY.did}, KEY)
RESUME = {
    "basics": {"name": "Pete", "email": "pete@example.org"},
    "work": [{"name": "Company A", "position": "Picker", "startDate": "2021-03", "endDate": "2024"}],
    "education": [{"institution": "Technical Institute", "area": "Welding", "studyType": "Certificate"}],
    "certificates": [{"name": "Forklift", "issuer": "Company A", "date": "2023-05-01"}],
}


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A picture of one pixel with chunks put into it."""
    parts = [(b"IHDR", bytes.fromhex("00000001000000010802000000")), *chunks]
    parts += [(b"IDAT", zlib.compress(b"\0\0\0\0")), (b"IEND", b"")]
    made = b"\x89PNG\r\n\x1a\n"
    for kind, body in parts:
        made += len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
    return made


def baked(text: str, keyword: bytes = b"openbadgecredential", compressed: bool = False) -> bytes:
    body = zlib.compress(text.encode()) if compressed else text.encode()
    return png((b"iTXt", keyword + b"\0" + bytes([compressed]) + b"\0\0\0" + body))


def svg(inside: str, before: str = "", after: str = "") -> bytes:
    return (
        f'{before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0" '
        f'xmlns:b="http://openbadges.org">{inside}{after}</svg>'
    ).encode()


def zipped(**files: bytes | str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    "content,form,packing",
    [
        (GOOD, Form.OPEN_BADGE_3, Packing.PLAIN),
        ("\ufeff" + GOOD, Form.OPEN_BADGE_3, Packing.PLAIN),
        (TOKEN + "\n", Form.OPEN_BADGE_3, Packing.PLAIN),
        (baked(GOOD), Form.OPEN_BADGE_3, Packing.PNG),
        (baked(GOOD, compressed=True), Form.OPEN_BADGE_3, Packing.PNG),
        (baked(TOKEN), Form.OPEN_BADGE_3, Packing.PNG),
        (png((b"tEXt", b"openbadges\0https://badges.example/1")), Form.OPEN_BADGE_2, Packing.PNG),
        (svg(f"<o:credential><![CDATA[{GOOD}]]></o:credential>"), Form.OPEN_BADGE_3, Packing.SVG),
        (svg(f'<o:credential verify="{TOKEN}"/>'), Form.OPEN_BADGE_3, Packing.SVG),
        (svg('<b:assertion verify="https://badges.example/1"/>'), Form.OPEN_BADGE_2, Packing.SVG),
        (json.dumps(RESUME), Form.JSON_RESUME, Packing.PLAIN),
        (zipped(a=GOOD, b=TOKEN, c=baked(GOOD)), Form.BUNDLE, Packing.ZIP),
        (f"[{GOOD}, {GOOD}]", Form.BUNDLE, Packing.PLAIN),
    ],
)
def test_each_form_is_told_by_its_content(content: str | bytes, form: Form, packing: Packing) -> None:
    content = content.encode() if isinstance(content, str) else content
    document = read(content, "anything.bin")
    assert (document.form, document.packing, document.content) == (form, packing, content)


def test_what_is_baked_verifies_as_it_did_before() -> None:
    for content in (baked(GOOD), svg(f"<o:credential><![CDATA[{GOOD}]]></o:credential>"), zipped(a=GOOD)):
        assert looked_at(content).verdict is Verdict.VERIFIED


def test_a_zip_is_as_good_as_the_worst_in_it() -> None:
    forged = GOOD.replace("Gas metal arc welding", "Brain surgery")
    report = looked_at(zipped(a=GOOD, b=forged))
    assert report.verdict is Verdict.INVALID
    assert {check.part for check in report.checks} == {"a", "b"}


def test_a_resume_gives_an_entry_for_each_job_course_and_certificate() -> None:
    document = read(json.dumps(RESUME).encode())
    told = [(one.kind, one.title, one.issuer.name) for one in document.achievements]
    assert told == [
        ("employment", "Picker", "Company A"),
        ("education", "Certificate, Welding", "Technical Institute"),
        ("credential", "Forklift", "Company A"),
    ]
    assert str(document.achievements[0].started_on) == "2021-03-01"
    assert looked_at(json.dumps(RESUME)).verdict is Verdict.UNSIGNED


def lying_chunk() -> bytes:
    good = baked(GOOD)
    place = good.index(b"iTXt") - 4
    return good[:place] + (0x7FFFFFFF).to_bytes(4, "big") + good[place + 4 :]


def wrong_sum() -> bytes:
    good = bytearray(baked(GOOD))
    good[good.index(b"openbadge") + 30] ^= 1
    return bytes(good)


def bomb() -> bytes:
    return zipped(**{f"{n}": b"0" * (9 * 1024 * 1024) for n in range(8)})


def locked() -> bytes:
    made = bytearray(zipped(a=GOOD))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(mark) + offset] |= 1
    return bytes(made)


ENTITY = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'

HOSTILE: dict[str, bytes | str | Callable[[], bytes]] = {
    "empty": b"",
    "blank": b" \n\t ",
    "cut off": GOOD[: len(GOOD) // 2],
    "no text": b"\xff\xfe\x00\x01",
    "nested to death": '{"a":' * 100_000,
    "nested, in one piece": '{"@context":[],"a":' + "[" * 90 + "]" * 90 + "}",
    "lists to death": "[" * 100_000 + "]" * 100_000,
    "a name twice": GOOD.replace('"name"', '"id": "x", "name"', 1),
    "a number without end": '{"@context": [], "badge": ' + "9" * 10_000 + "}",
    "no number": '{"type": "Assertion", "a": NaN}',
    "a number too large": '{"type": "Assertion", "a": 1e999}',
    "half a character": '{"type": "Assertion", "a": "\\ud800"}',
    "a null character": '{"type": "Assertion", "a": "\\u0000"}',
    "too much": b"{" + b" " * strict_json.LARGEST_DOCUMENT,
    "too many values": '{"a":[' + "0," * 250_000 + "0]}",
    "a hundred megabytes": lambda: b"x" * 100_000_000,
    "something else": '{"hello": "world"}',
    "prose": "Pete can weld.",
    "half a token": TOKEN[:-20].rpartition(".")[0],
    "a token of nothing": "e30.e30.e30",
    "spare bits": "e31.e31.e31",
    "a web page": "<html><body>Hello</body></html>",
    "svg, cut off": svg("<o:credential>")[:-40],
    "svg without a badge": svg("<script>alert(1)</script>"),
    "svg with two": svg("<o:credential>a</o:credential><o:credential>b</o:credential>"),
    "svg with an entity": svg("<o:credential>&x;</o:credential>", before=ENTITY),
    "svg that laughs": svg("<o:credential>&b;</o:credential>", before=LAUGHS),
    "svg nested to death": svg("<g>" * 100_000),
    "png, cut off": baked(GOOD)[:200],
    "png, only the beginning": b"\x89PNG\r\n\x1a\n",
    "png without a badge": png(),
    "png with two": png((b"tEXt", b"openbadges\0a"), (b"tEXt", b"openbadges\0b")),
    "png that lies about a length": lying_chunk,
    "png with a wrong sum": wrong_sum,
    "png with a broken text": png((b"iTXt", b"openbadges\0\1\0")),
    "png that swells": lambda: baked(" " * 60_000_000, compressed=True),
    "png in utf-8 that is none": png((b"iTXt", b"openbadges\0\0\0\0\0\xff\xfe")),
    "zip, cut off": zipped(a=GOOD)[:-30],
    "zip of nothing": zipped(),
    "zip of the system's own": lambda: zipped(**{"__MACOSX/a": b"x", ".hidden": b"x"}),
    "zip in a zip": lambda: zipped(a=zipped(b=GOOD)),
    "zip that swells": bomb,
    "zip of too many": lambda: zipped(**{str(n): GOOD for n in range(101)}),
    "zip with a password": locked,
    "zip of prose": lambda: zipped(a="Pete can weld."),
    "zip that is too large": lambda: b"PK\x03\x04" + bytes(LARGEST_BUNDLE),
}


def test_of_a_zip_it_is_told_which_file_cannot_be_read() -> None:
    with pytest.raises(Unreadable, match=r"^letter\.txt in this zip file cannot be read: This is none of"):
        read(zipped(**{"badge.json": GOOD, "letter.txt": "Pete can weld."}))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_one_sentence_in_the_readers_language(name: str) -> None:
    made = HOSTILE[name]
    content = made() if callable(made) else made.encode() if isinstance(made, str) else made
    with pytest.raises(Unreadable) as refused:
        read(content)
    english = str(refused.value)
    assert english.endswith(".") and len(english) < 400 and "Traceback" not in english
    with use_locale("es"):
        assert str(refused.value) != english


def test_presentations_inside_each_other_are_not_followed_for_ever() -> None:
    inner = {"type": "VerifiablePresentation"}
    for _ in range(10):
        inner = {"type": "VerifiablePresentation", "verifiableCredential": [inner]}  # type: ignore[dict-item]
    with pytest.raises(Unreadable):
        read(json.dumps(inner).encode())


CORPUS = [GOOD.encode(), TOKEN.encode(), json.dumps(RESUME).encode(), baked(GOOD), zipped(a=GOOD)]
CORPUS.append(svg(f"<o:credential><![CDATA[{GOOD}]]></o:credential>"))


def outcome(content: bytes) -> None:
    """Read and look at a file: documents and a verdict, or a sentence."""
    try:
        report = looked_at(content)
    except Unreadable as problem:
        assert str(problem)
        return
    assert report.verdict in set(Verdict)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(CORPUS), st.integers(0, 100_000), st.integers(0, 40), st.binary(max_size=20))
def test_cut_and_stitched_files_end_in_a_sentence(
    content: bytes, place: int, length: int, put: bytes
) -> None:
    place %= len(content)
    outcome(content[:place] + put + content[place + length :])


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_sentence(content: bytes) -> None:
    for begin in (b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"<svg", b"{"):
        outcome(begin + content)


NAMES = ["@context", "type", "id", "issuer", "badge", "verifiableCredential", "credentialSubject", "name"]
NAMES += ["achievement", "alignment", "criteria", "basics", "work", "proof", "validFrom"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)
MARKS = st.sampled_from(["VerifiableCredential", "VerifiablePresentation", "Assertion", "ClrCredential", "x"])


@settings(max_examples=200, deadline=None)
@given(VALUES, MARKS)
def test_any_json_ends_in_a_sentence(value: object, mark: str) -> None:
    outcome(json.dumps(value).encode())
    if isinstance(value, dict):
        outcome(json.dumps({**value, "type": [mark, "VerifiableCredential"]}).encode())
        outcome(json.dumps({**value, "type": mark}).encode())
        outcome(sign_token({**value, "type": [mark, "VerifiableCredential"]}, KEY).encode())

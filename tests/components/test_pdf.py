"""What is printed: accessible, in the reader's language, and nothing that was typed is an instruction."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from typst import TypstError

from components import pdf

MADE = datetime(2026, 11, 1, tzinfo=UTC)
DOCUMENT = """#import "house.typ": *
#let data = json(bytes(sys.inputs.data))
#show: sheet.with(title: data.title, language: data.language, footer: "Waymark", page-of: "{page} / {pages}")
= #data.title
#facts((("Goal", data.goal),))
#listing(("Skill", "State"), data.skills.map(each => ([#square-of(each.at(1)) #each.at(0)], each.at(1))))
"""
SAID = {
    "title": "Año: a plan",
    "language": "es",
    "goal": '#panic("no") *bold* <a>',
    "skills": [["Weld", "missing"]],
}


@pytest.fixture
def house(tmp_path, monkeypatch):
    (tmp_path / "house.typ").write_text(
        (pdf.HERE / "house.typ").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "trial.typ").write_text(DOCUMENT, encoding="utf-8")
    monkeypatch.setattr(pdf, "HERE", tmp_path)


def test_a_document_is_tagged_and_has_its_title_and_language(house):
    read = PdfReader(BytesIO(pdf.document("trial", SAID, made=MADE)))
    assert read.metadata.title == "Año: a plan"
    assert read.root_object["/Lang"] == "es"
    assert read.root_object["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in read.xmp_metadata.stream.get_data().decode()


def test_what_was_typed_stands_there_as_it_was_typed(house):
    text = PdfReader(BytesIO(pdf.document("trial", SAID, made=MADE))).pages[0].extract_text()
    assert '#panic("no") *bold* <a>' in text
    assert "1 / 1" in text


def test_the_same_data_give_the_same_file(house):
    assert pdf.document("trial", SAID, made=MADE) == pdf.document("trial", SAID, made=MADE)


def test_a_document_that_lacks_what_it_says_is_not_written(house):
    with pytest.raises(TypstError):
        pdf.document("trial", {"title": "t", "language": "en"}, made=MADE)

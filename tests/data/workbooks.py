"""Workbooks (xlsx) as a publisher would make them, written by hand: nothing installed can write them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """Write sheets of rows: numbers as numbers, ``None`` as no cell, anything else as text."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", related({"document": ("officeDocument", "xl/workbook.xml")}))
        listed = "".join(
            f'<sheet name="{escape(name)}" sheetId="{place}" r:id="sheet{place}"/>'
            for place, name in enumerate(sheets, 1)
        )
        book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
        archive.writestr("xl/workbook.xml", book)
        targets = {
            f"sheet{place}": ("worksheet", f"worksheets/sheet{place}.xml")
            for place in range(1, len(sheets) + 1)
        }
        archive.writestr("xl/_rels/workbook.xml.rels", related(targets))
        for place, rows in enumerate(sheets.values(), 1):
            body = "".join(
                f'<row r="{line}">{"".join(cell(line, at, value) for at, value in enumerate(row))}</row>'
                for line, row in enumerate(rows, 1)
            )
            sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
            archive.writestr(f"xl/worksheets/sheet{place}.xml", sheet)
    return path


def related(targets: Mapping[str, tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def cell(line: int, place: int, value: object) -> str:
    if value is None:
        return ""
    where = f"{chr(64 + place // 26) if place >= 26 else ''}{chr(65 + place % 26)}{line}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f'<c r="{where}"><v>{value!r}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{where}" t="b"><v>{int(value)}</v></c>'
    return f'<c r="{where}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def zipped(path: Path, *files: Path) -> Path:
    """Files in a zip, in a folder as BLS puts them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, f"{path.stem}/{file.name}")
    return path

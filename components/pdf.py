"""Documents to print and keep: tagged, accessible PDF (PDF/UA) in the language of the reader.

A document is a Typst file in ``print/`` beside the house's style; what it shows comes to it as data, never
as markup, so nothing that anybody typed is read as an instruction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import typst

HERE = Path(__file__).parent / "print"
ACCESSIBLE: Literal["ua-1"] = "ua-1"


def document(name: str, data: Mapping[str, Any], *, made: datetime | None = None) -> bytes:
    """Set a document.

    Parameters
    ----------
    name : str
        A file in ``print/`` without its ending. It reads ``json(bytes(sys.inputs.data))``.
    data : mapping
        What it shows: anything that JSON holds, all words already in the reader's language. ``title`` and
        ``language`` (such as ``en``) belong to every document.
    made : datetime, optional
        Kept in the file as its date; now where left out. The same data and date give the same bytes.

    Returns
    -------
    bytes
        A PDF with tags, a title and a language.

    Raises
    ------
    typst.TypstError
        If the document asks for data that is not there, or cannot be made accessible: a fault of ours.
    """
    path = HERE / f"{name}.typ"
    return bytes(
        typst.compile(
            str(path),
            root=str(HERE),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=ACCESSIBLE,
            timestamp=int((made or datetime.now(UTC)).timestamp()),
        )
    )

"""Reading delimited text with a clear word about what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import IO

import pandas as pd

from data.errors import InputFault


def read_table(
    source: Path | IO[bytes], columns: Sequence[str], *, name: Path | str | None = None, delimiter: str = ","
) -> pd.DataFrame:
    """Columns of a UTF-8 delimited file, all as text, empty cells as empty text.

    Raises
    ------
    InputFault
        If the file cannot be read as such a table, or lacks a column.
    """
    called = str(name if name is not None else source)
    try:
        content = source.read_bytes() if isinstance(source, Path) else source.read()
    except OSError as error:
        raise InputFault(called, f"cannot be read: {error.strerror}") from error
    # Official text ends its last row; what does not was cut short.
    if delimiter == "\t" and content and not content.endswith(b"\n"):
        raise InputFault(called, "ends in the middle of a row")
    try:
        frame = pd.read_csv(
            BytesIO(content),
            sep=delimiter,
            dtype=object,
            keep_default_na=False,
            encoding="utf-8-sig",
            # O*NET's text is tab-separated and unquoted: a quotation mark is a quotation mark.
            quoting=3 if delimiter == "\t" else 0,
        )
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InputFault(called, f"cannot be read as a table of text: {error}") from error
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise InputFault(called, f"has no column {', '.join(missing)}")
    # A row with too few cells, as the last one of a file cut short, is filled up with nothing.
    short = frame.isna().to_numpy().any(axis=1)
    if short.any():
        place = (
            "ends in the middle of a row" if short[-1] else f"has too few cells in row {short.argmax() + 2}"
        )
        raise InputFault(called, place)
    return frame[list(columns)]

"""A table as Parquet, for whoever takes figures along."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pandas as pd

from data.sqlite import quoted


def parquet(columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> bytes:
    """The rows as a Parquet file.

    Parameters
    ----------
    columns : mapping of str to str
        DuckDB's type of each column, in order: ``VARCHAR``, ``DOUBLE``, ``BIGINT``, ``BOOLEAN``, ``DATE``.
    rows : sequence
        Values in that order; ``None`` where there is none.
    """
    declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    with tempfile.TemporaryDirectory(prefix="waymark-") as folder, duckdb.connect() as connection:
        path = Path(folder) / "table.parquet"
        connection.execute(f"CREATE TABLE taken ({declared})")
        if rows:
            frame = pd.DataFrame(list(rows), columns=list(columns), dtype=object)
            connection.register("frame", frame)
            connection.execute("INSERT INTO taken SELECT * FROM frame")
        connection.execute(f"COPY taken TO '{quoted(path)}' (FORMAT parquet)")
        return path.read_bytes()

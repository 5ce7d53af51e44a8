"""SQL longer than a line lies in ``data/queries`` and is loaded by its name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent


@cache
def query(name: str) -> str:
    """Text of ``data/queries/NAME.sql``."""
    return (HERE / "queries" / f"{name}.sql").read_text(encoding="utf-8")


@cache
def schema() -> str:
    """Text of ``data/schema.sql``."""
    return (HERE / "schema.sql").read_text(encoding="utf-8")

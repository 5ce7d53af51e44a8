"""What can go wrong with labour-market data, in words for the person who can act on it."""

from __future__ import annotations

from pathlib import Path


class InputFault(ValueError):  # noqa: N818
    """An input file cannot be used; the message names the file and its fault in one line."""

    def __init__(self, path: Path | str, fault: str) -> None:
        super().__init__(f"{path}: {' '.join(fault.split())}")


class BuildFault(RuntimeError):  # noqa: N818
    """The database could not be written; the message says what to do, in one line."""


class LaborDataUnavailable(RuntimeError):  # noqa: N818
    """There is no labour-market database to read just now; the message says why."""

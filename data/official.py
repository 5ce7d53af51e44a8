"""An official text release: tab-separated files in a folder, or in a zip as it is published."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pandas as pd

from data.errors import InputFault
from data.sources.tables import read_table

READ_ME = "Read Me.txt"
LARGEST = 512 * 2**20
"""Bytes of one file unpacked; the largest of O*NET's is a tenth of that."""
_NOT_WHOLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)


class TextRelease:
    """Files of a release by their names, wherever in the folder or zip they lie.

    Parameters
    ----------
    path : Path
        Folder or zip.

    Raises
    ------
    InputFault
        If there is nothing, or no whole zip.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._inside: dict[str, str] = {}
        if path.is_dir():
            for found in sorted(path.rglob("*.txt"), reverse=True):
                self._inside[found.name] = str(found)
            return
        if not path.is_file():
            raise InputFault(path, "no such file or folder")
        try:
            with zipfile.ZipFile(path) as archive:
                if any(each.file_size > LARGEST for each in archive.infolist()):
                    raise InputFault(path, "holds a file that is too large to be one of this release")
                broken = archive.testzip()
                for name in reversed(archive.namelist()):
                    self._inside[name.rsplit("/", 1)[-1]] = name
        except _NOT_WHOLE as error:
            raise InputFault(path, f"is not a whole zip: {error}") from error
        if broken:
            raise InputFault(path, f"is not a whole zip: {broken} is damaged")

    def has(self, file: str) -> bool:
        """Whether the release has a file of this name."""
        return file in self._inside

    def first(self, *files: str) -> str | None:
        """The first of some names that the release has."""
        return next((file for file in files if self.has(file)), None)

    def called(self, file: str) -> str:
        """How messages call a file of the release."""
        inside = self._inside.get(file, file)
        return inside if self.path.is_dir() else f"{self.path}: {inside}"

    def number(self) -> str:
        """The number that folder, zip or Read Me gives the release, such as 30.3; or ``unnumbered``."""
        named = " ".join([*sorted(self._inside.values()), self.path.resolve().name])
        found = re.search(r"db_(\d+)_(\d+)", named)
        if found is None and self.has(READ_ME):
            found = re.search(
                r"O\*NET (\d+)\.(\d+) Database", self._content(READ_ME).decode("utf-8", "replace")
            )
        return f"{found[1]}.{found[2]}" if found else "unnumbered"

    def table(self, file: str, columns: Sequence[str]) -> pd.DataFrame:
        """Columns of a file, all as text.

        Raises
        ------
        InputFault
            If it is not there, is cut short, or lacks a column.
        """
        if not self.has(file):
            raise InputFault(self.path, f"has no {file}")
        return read_table(BytesIO(self._content(file)), columns, name=self.called(file), delimiter="\t")

    def _content(self, file: str) -> bytes:
        try:
            if self.path.is_dir():
                return Path(self._inside[file]).read_bytes()
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(self._inside[file])
        except _NOT_WHOLE as error:
            whole = "cannot be read" if self.path.is_dir() else "is not a whole zip"
            raise InputFault(self.path, f"{whole}: {error}") from error

"""Reading workbooks (xlsx) and zips of them, with a clear word about what is wrong with one."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from data.errors import InputFault

WORKBOOK = "xl/workbook.xml"
MOST_UNPACKED = 4 * 2**30
"""Bytes. BLS's largest workbook unpacks to about half a gigabyte."""

Cell = str | float | bool | object


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook by its content, whatever it is called."""
    try:
        with zipfile.ZipFile(path) as archive:
            return WORKBOOK in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def unpack(archive: Path, folder: Path, endings: tuple[str, ...]) -> list[Path]:
    """The files of a zip with one of these endings, unpacked into ``folder`` under their own names.

    Raises
    ------
    InputFault
        If the zip is cut short, damaged, or would fill the disk.
    """
    with _whole(archive) as opened:
        found = []
        for place, member in enumerate(opened.infolist()):
            name = Path(member.filename).name
            if member.is_dir() or not name.lower().endswith(endings) or name.startswith(("~$", "._")):
                continue
            # The name alone: where a member wants to lie is not asked.
            path = folder / str(place) / name
            path.parent.mkdir(parents=True)
            with opened.open(member) as source, path.open("wb") as target:
                while block := source.read(1 << 20):
                    target.write(block)
            found.append(path)
        return found


def worksheets(path: Path) -> Iterator[tuple[str, Iterator[list[Cell]]]]:
    """Each worksheet's name and rows; empty cells are empty text, numbers ``float``.

    Rows begin with the sheet's first one, so that the Nth is row N of the sheet.

    Raises
    ------
    InputFault
        If the file is no whole workbook.
    """
    with _whole(path) as archive:
        if WORKBOOK not in archive.namelist():
            raise InputFault(path, "is not a workbook (xlsx)")
    with _readable(path):
        workbook = CalamineWorkbook.from_path(path)
        names = workbook.sheet_names
    for name in names:
        with _readable(path):
            sheet = workbook.get_sheet_by_name(name)
        yield name, _rows(path, sheet)


def _rows(path: Path, sheet: CalamineSheet) -> Iterator[list[Cell]]:
    # The reader begins with the first row, and with the first column that has anything in it.
    indent: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
    with _readable(path):
        for row in sheet.iter_rows():
            yield indent + row


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
                raise InputFault(path, "unpacks to more than 4 GB, which no release does")
            broken = archive.testzip()
            if broken is not None:
                raise InputFault(path, f"is damaged in {broken}")
            yield archive
    except zipfile.BadZipFile as error:
        raise InputFault(path, f"is cut short or damaged: {error}") from error
    except (NotImplementedError, RuntimeError) as error:
        raise InputFault(path, f"cannot be unpacked: {error}") from error
    except zlib.error as error:
        raise InputFault(path, f"is damaged: {error}") from error
    except OSError as error:
        raise InputFault(path, f"cannot be read: {error.strerror}") from error


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except CalamineError as error:
        raise InputFault(path, f"cannot be read as a workbook: {error}") from error
    except BaseException as error:
        # How the reader, which is not Python, says that it came upon what it never expected.
        if type(error).__name__ != "PanicException":
            raise
        raise InputFault(path, "cannot be read as a workbook") from error

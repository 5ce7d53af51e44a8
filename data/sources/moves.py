"""Moves between occupations that somebody counted: who left the one went to the other."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from data import local_table
from data.errors import InputFault
from data.local_table import numbers, refuse

COLUMNS = {"from_code": (), "to_code": (), "share": (), "year": ()}
YEARS = re.compile(r"(19|20)\d\d([-–/](19|20)?\d\d)?")
ROUNDING = 0.005
"""By how much rounded shares of one origin may sum to more than one."""


def load(path: Path, known: set[str]) -> tuple[pd.DataFrame, str]:
    """The table ``observed_move``, and its year or years.

    Parameters
    ----------
    path : Path
        CSV file or workbook with from_code, to_code, share, year.
    known : set of str
        Occupation codes, of roles and of groups.

    Raises
    ------
    InputFault
        If the table is not that, names an unknown occupation, or has shares of more than one.
    """
    cells = local_table.read(path, COLUMNS, COLUMNS)
    for column in ("from_code", "to_code"):
        unknown = cells[column][~cells[column].isin(known)]
        refuse(path, unknown, column + " is {!r}, which is not an occupation of the O*NET release")
    refuse(path, cells.from_code == cells.to_code, "who stays in an occupation did not leave it")
    refuse(path, cells.year[~cells.year.str.fullmatch(YEARS)], "year is {!r}; write 2024 or 2022-2024")
    frame = cells.assign(share=numbers(path, cells.share, 0, 1))
    refuse(path, frame.share.isna(), "has no share")
    twice = frame.duplicated(["from_code", "to_code", "year"])
    refuse(path, frame.to_code[twice], "the move to {} stands there twice for its year")
    passed = frame.groupby(["from_code", "year"]).share.cumsum() > 1 + ROUNDING
    refuse(path, frame.from_code[passed], "with it the shares of those who left {} come to more than 1")
    # The newest year of each origin: one picture of where people went, not several laid over another.
    frame = frame[frame.year == frame.groupby("from_code").year.transform("max")]
    frame = frame[frame.share > 0]
    if frame.empty:
        raise InputFault(path, "has no move with a share above 0")
    years = sorted(set(frame.year))
    return frame.sort_values(["from_code", "to_code"]), years[0] if len(
        years
    ) == 1 else f"{years[0]} to {years[-1]}"

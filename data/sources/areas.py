"""Which OEWS area a county's figures are published in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.errors import InputFault
from data.sources.tables import read_table

COLUMNS = ("county_fips", "county_name", "state", "area_code", "area_name")


def load(listing: Path) -> pd.DataFrame:
    """Counties and their areas: county_fips, county_name, state, area_code, area_name.

    Raises
    ------
    InputFault
        If the file is no such listing, or lists a county twice.
    """
    frame = read_table(listing, COLUMNS)
    if frame.empty:
        raise InputFault(listing, "lists no county")
    wrong = frame.county_fips[~frame.county_fips.str.fullmatch(r"\d{5}")]
    if not wrong.empty:
        raise InputFault(listing, f"has {wrong.iloc[0]!r} where a county's five-digit FIPS code should be")
    twice = frame.county_fips[frame.county_fips.duplicated()]
    if not twice.empty:
        raise InputFault(listing, f"lists {twice.iloc[0]} twice")
    return frame

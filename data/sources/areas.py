"""Which OEWS area a county's figures are published in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.errors import InputFault
from data.sources.tables import read_table

COLUMNS = ("county_fips", "county_name", "state", "area_code", "area_name")


def load(listing: Path, known: set[str]) -> pd.DataFrame:
    """Counties and their areas: county_fips, county_name, state, area_code, area_name.

    Parameters
    ----------
    listing : Path
        CSV with the columns above.
    known : set of str
        The OEWS area codes of the release.

    Raises
    ------
    InputFault
        If it is no such listing, or names an area that the release does not have.
    """
    if not listing.is_file():
        raise InputFault(listing, "no such file")
    frame = read_table(listing, COLUMNS)
    if frame.empty:
        raise InputFault(listing, "lists no county")
    wrong = frame.county_fips[~frame.county_fips.str.fullmatch(r"\d{5}")]
    if not wrong.empty:
        raise InputFault(listing, f"has {wrong.iloc[0]!r} where a county's five-digit FIPS code should be")
    if frame.county_fips.duplicated().any():
        raise InputFault(listing, f"lists {frame.county_fips[frame.county_fips.duplicated()].iloc[0]} twice")
    unknown = frame.area_code[~frame.area_code.isin(known)]
    if not unknown.empty:
        raise InputFault(listing, f"names {unknown.iloc[0]!r}, which is not an area of the OEWS release")
    return frame

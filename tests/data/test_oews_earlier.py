"""Jobs of earlier releases are kept beside the newest, and never two of the same."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from data.errors import InputFault
from data.sources import oews_earlier
from data.sql import schema


def test_an_earlier_release_keeps_jobs_with_their_error_by_area(small_oews: Path, tmp_path: Path) -> None:
    database = duckdb.connect()
    database.execute(schema())
    loaded = oews_earlier.load(database, small_oews, tmp_path / "scratch", {"May 2032"})
    assert loaded == ("May 2031", 5)
    rows = database.execute("SELECT * FROM oews_earlier ORDER BY area_code, occupation_code").fetchall()
    assert rows[0] == ("May 2031", 2031, "0000000", "29-1141", 6850.0, None, 1.4)
    withheld = next(row for row in rows if row[3] == "27-2011")
    assert withheld[4:] == (None, "suppressed", None)
    with pytest.raises(InputFault, match="loaded already"):
        oews_earlier.load(database, small_oews, tmp_path / "scratch", {"May 2031"})

"""Small inputs of the forms the build takes, to be damaged one way at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.sources import skills, technologies

FOOTNOTES = {
    "4": "Wages for some occupations that do not generally work year-round, full time, are reported "
    "either as hourly wages or annual salaries depending on how they are typically paid.",
    "5": "This wage is equal to or greater than $115.00 per hour or $239,200 per year.",
    "8": "Estimate not released.",
}
AREAS = [
    ("0000000", "N", "00", "National"),
    ("5300000", "S", "53", "Washington"),
    ("0044060", "M", "53", "Spokane, WA"),
]
OCCUPATIONS = [
    ("000000", "All Occupations", 0),
    ("110000", "Management Occupations", 0),
    ("291141", "Registered Nurses", 3),
    ("272011", "Actors", 3),
    ("291211", "Anesthesiologists", 3),
    ("252031", "Secondary School Teachers", 3),
]
NURSES = ["6850", "1.4", "54.46", "113280", "0.5", "39.69", "46.40", "53.73", "59.83", "71.22"]
NURSES += ["82560", "96520", "111750", "124440", "148130", "26.777", "1.23"]


@pytest.fixture(autouse=True)
def no_index(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """These builds are about the database; the index of skills, always the same, has tests of its own."""
    if "builds_index" not in request.keywords:
        monkeypatch.setattr("data.build._put_index", lambda *folders: None)


@pytest.fixture(scope="session")
def packaged_once() -> dict[str, Callable[..., tuple[pd.DataFrame, ...]]]:
    """Readers of the packaged skills that read a file once for all builds, as long as it stays the same."""
    known: dict[tuple[Any, ...], tuple[pd.DataFrame, ...]] = {}

    def once(read: Callable[..., tuple[pd.DataFrame, ...]]) -> Callable[..., tuple[pd.DataFrame, ...]]:
        def kept(*files: Path) -> tuple[pd.DataFrame, ...]:
            key = (read, *((file, file.stat().st_mtime_ns, file.stat().st_size) for file in files))
            if key not in known:
                known[key] = read(*files)
            return tuple(frame.copy() for frame in known[key])

        return kept

    return {"skills": once(skills.load), "technologies": once(technologies.load)}


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch, packaged_once: dict[str, Callable[..., Any]]) -> None:
    """These builds are of many inputs and of the same 15,000 skills."""
    monkeypatch.setattr(skills, "load", packaged_once["skills"])
    monkeypatch.setattr(technologies, "load", packaged_once["technologies"])


def cell(area: str, occupation: str, values: list[str | None], notes: dict[int, str] | None = None) -> tuple:
    """A row as the release has it: key, v01-v17, f01-f17 (``notes`` by column number)."""
    kind = {"0000000": "N", "5300000": "S"}.get(area, "M")
    notes = notes or {}
    return (f"OEU{kind}{area}000000{occupation}", *values, *(notes.get(n) for n in range(1, 18)))


def every(values: list[str], note: str, columns: range) -> dict[int, str]:
    for column in columns:
        values[column - 1] = "-"
    return dict.fromkeys(columns, note)


@pytest.fixture
def small_oews(tmp_path: Path) -> Path:
    """A release of three areas and four detailed occupations, one of each kind of gap."""
    path = tmp_path / "small-oews.sqlite"
    connection = sqlite3.connect(path)
    values = ", ".join([f"v{n:02} TEXT" for n in range(1, 18)] + [f"f{n:02} TEXT" for n in range(1, 18)])
    connection.execute(f"CREATE TABLE cell (key TEXT PRIMARY KEY, {values}) WITHOUT ROWID")
    connection.execute(
        "CREATE TABLE area (area_code TEXT, areatype_code TEXT, state_code TEXT, area_name TEXT)"
    )
    connection.execute(
        "CREATE TABLE occupation (occupation_code TEXT, occupation_name TEXT, display_level INTEGER)"
    )
    connection.execute("CREATE TABLE footnote (footnote_code TEXT, footnote_text TEXT)")
    connection.execute("CREATE TABLE meta (name TEXT, value TEXT)")
    connection.execute("INSERT INTO meta VALUES ('release', 'May 2031')")
    connection.executemany("INSERT INTO area VALUES (?, ?, ?, ?)", AREAS)
    connection.executemany("INSERT INTO occupation VALUES (?, ?, ?)", OCCUPATIONS)
    connection.executemany("INSERT INTO footnote VALUES (?, ?)", FOOTNOTES.items())
    actors, doctors, teachers = list(NURSES), list(NURSES), list(NURSES)
    rows = [
        cell("0044060", "291141", NURSES),
        cell("0044060", "110000", NURSES),
        cell("0000000", "291141", [*NURSES[:15], None, None]),
        cell(
            "0044060",
            "272011",
            actors,
            every(actors, "4", range(4, 5))
            | every(actors, "4", range(11, 16))
            | every(actors, "8", range(1, 3)),
        ),
        cell(
            "0044060",
            "291211",
            doctors,
            every(doctors, "5", range(9, 11)) | every(doctors, "5", range(14, 16)),
        ),
        cell(
            "0044060",
            "252031",
            teachers,
            every(teachers, "4", range(3, 4)) | every(teachers, "4", range(6, 11)),
        ),
    ]
    places = ", ".join("?" * 35)
    connection.executemany(f"INSERT INTO cell VALUES ({places})", rows)  # noqa: S608
    connection.commit()
    connection.close()
    return path


@pytest.fixture
def small_onet(tmp_path: Path) -> Path:
    """A folder in the official text layout with two roles and three tasks."""
    folder = tmp_path / "db_31_0_text"
    folder.mkdir()
    (folder / "Occupation Data.txt").write_text(
        "O*NET-SOC Code\tTitle\tDescription\n"
        '27-2011.00\tActors\tPlay parts on "stage", in film, and elsewhere.\n'
        "29-1141.00\tRegistered Nurses\tAssess patient health problems and needs.\n",
        encoding="utf-8",
    )
    (folder / "Task Statements.txt").write_text(
        "O*NET-SOC Code\tTask ID\tTask\tTask Type\tIncumbents Responding\tDate\tDomain Source\n"
        "27-2011.00\t1\tStudy and rehearse roles from scripts.\tCore\t20\t08/2030\tIncumbent\n"
        "29-1141.00\t2\tMonitor, record, and report symptoms or changes in patients' conditions."
        "\tCore\t90\t08/2030\tIncumbent\n"
        "29-1141.00\t3\tRecord patients' medical information and vital signs."
        "\tn/a\tn/a\t08/2030\tIncumbent\n",
        encoding="utf-8",
    )
    return folder

"""What one build has that another has not."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from data.__main__ import main
from data.diff import FigureChange, RequirementChange, RoleChange, TaskChange, compare, told
from data.errors import LaborDataUnavailable
from data.sql import schema

SOURCE = (
    "INSERT INTO source VALUES"
    " ('onet_tasks', 'O*NET Task Statements', 'p', '{}', 'CC BY 4.0', 'u', 'a', NULL, '{}', {})"
)
OEWS = (
    "INSERT INTO oews (area_code, occupation_code, occupation_title, employment, employment_note,"
    " employment_rse, annual_mean, annual_mean_note, wage_rse) VALUES "
)


def made(path: Path, *statements: str) -> Path:
    """A build with an area, a skill, and what the statements put into it."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(schema())
        connection.execute("INSERT INTO area VALUES ('0000000', 'National', 'nation', NULL, '0000000')")
        connection.execute("INSERT INTO area VALUES ('5300000', 'Washington', 'state', 'WA', '5300000')")
        for skill in ("Reading", "Welding", "Programming"):
            connection.execute(
                "INSERT INTO skill VALUES ($1, $1, $1, $1, 'onet', 'skill', '')",
                [skill],
            )
        for statement in statements:
            connection.execute(statement)
    return path


@pytest.fixture
def builds(tmp_path: Path) -> tuple[Path, Path]:
    """Two builds that differ in one thing of every kind."""
    role = "INSERT INTO role VALUES ('{}', '{}', '', '29', NULL, NULL, 1)"
    task = "INSERT INTO task VALUES ('{0}', '29-1141.00', '{0}', 0)"
    requirement = "INSERT INTO requirement VALUES ('29-1141.00', '{}', 'essential', {}, NULL, {}, NULL)"
    old = made(
        tmp_path / "old.duckdb",
        SOURCE.format("30.2", "x", 10),
        role.format("29-1141.00", "Nurses"),
        role.format("29-1151.00", "Anesthetists"),
        task.format("Record."),
        task.format("Assess."),
        requirement.format("Reading", 0.5, 0.01),
        requirement.format("Welding", 0.5, 0.01),
        OEWS + "('0000000', '29-1141', 'Nurses', 1000, NULL, 1, 50000, NULL, 2)",
        OEWS + "('5300000', '29-1141', 'Nurses', 100, NULL, 10, 50000, NULL, 2)",
    )
    new = made(
        tmp_path / "new.duckdb",
        SOURCE.format("31.0", "y", 11),
        role.format("29-1141.00", "Registered Nurses"),
        role.format("29-1161.00", "Midwives"),
        task.format("Record."),
        task.format("Plan."),
        requirement.format("Reading", 0.6, 0.01),
        # Within its standard error.
        requirement.format("Programming", 0.2, 0.01),
        OEWS + "('0000000', '29-1141', 'Nurses', 1100, NULL, 1, 51000, NULL, 2)",
        OEWS + "('5300000', '29-1141', 'Nurses', 90, NULL, 10, NULL, 'suppressed', NULL)",
    )
    return old, new


def test_every_kind_of_difference_is_found(builds):
    found = compare(*builds)
    [source] = found.sources
    assert (source.old_release, source.new_release, source.new_rows) == ("30.2", "31.0", 11)
    assert found.roles == (
        RoleChange("29-1141.00", "Nurses", "Registered Nurses"),
        RoleChange("29-1151.00", "Anesthetists", None),
        RoleChange("29-1161.00", None, "Midwives"),
    )
    assert found.tasks == (
        TaskChange("29-1141.00", "Assess.", False),
        TaskChange("29-1141.00", "Plan.", True),
    )
    assert found.requirements == (
        RequirementChange("29-1141.00", "essential", "Programming", None, 0.2),
        RequirementChange("29-1141.00", "essential", "Reading", 0.5, 0.6),
        RequirementChange("29-1141.00", "essential", "Welding", 0.5, None),
    )


def test_a_figure_changed_only_beyond_its_standard_error_and_only_where_both_are_published(builds):
    found = compare(*builds)
    # 100 jobs of 1,000 at 1% each are more than 1.96 x 14.9; $1,000 of $50,000 at 2% each are not.
    [figure] = found.figures
    assert figure == FigureChange("0000000", "29-1141", "Nurses", "employment", 1000, 1100, figure.stderr)
    assert figure.stderr == pytest.approx((10**2 + 11**2) ** 0.5)
    assert found.figures_in_all_areas == 1
    assert compare(*builds, area="5300000").figures == ()


def test_an_importance_within_its_standard_error_is_no_change(tmp_path):
    statement = "INSERT INTO requirement VALUES ('29-1141.00', 'Reading', 'essential', {}, NULL, {}, NULL)"
    one = made(tmp_path / "one.duckdb", statement.format(0.50, 0.05))
    other = made(tmp_path / "other.duckdb", statement.format(0.60, 0.05))
    assert compare(one, other).requirements == ()
    sure = made(tmp_path / "sure.duckdb", statement.format(0.60, "NULL"))
    assert len(compare(one, sure).requirements) == 1


def test_a_build_does_not_differ_from_itself(builds):
    found = compare(builds[0], builds[0])
    assert not (found.sources or found.roles or found.tasks or found.requirements or found.figures)
    assert told(found).count("none") == 7


def test_the_command_tells_it_as_text_and_as_json(builds, capsys):
    assert main(["diff", *map(str, builds)]) == 0
    text = capsys.readouterr().out
    for words in (
        "O*NET Task Statements: 30.2 (10 rows) -> 31.0 (11 rows)",
        "29-1161.00 Midwives",
        "29-1141.00 Nurses -> Registered Nurses",
        "29-1141.00: 1 added, 1 removed",
        "essential: 1 added, 1 removed, 1 changed",
        "employment: 1,000 -> 1,100",
    ):
        assert words in text
    assert main(["diff", *map(str, builds), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["tasks"][1]["text"] == "Plan."


def test_without_a_build_before_it_says_so_in_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert main(["diff"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "labor.previous.duckdb" in said


@pytest.mark.parametrize("content", [b"the old database", b""])
def test_a_file_that_is_no_build_is_told_in_one_line(content, builds, tmp_path, capsys):
    other = tmp_path / "other.duckdb"
    other.write_bytes(content)
    assert main(["diff", str(other), str(builds[1])]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_an_area_that_is_not_there_is_told(builds):
    with pytest.raises(LaborDataUnavailable, match="no area 9999999"):
        compare(*builds, area="9999999")

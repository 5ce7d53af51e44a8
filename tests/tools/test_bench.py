"""Figures are told so that a program can read them, and measured on what is the bench's own."""

from __future__ import annotations

import doctest
import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from tools import bench, bench_figures, bench_lighthouse, bench_server, screenshots
from tools.bench_figures import Figure, percentile, skipped, spread

LINE = re.compile(r"^[a-z0-9_]+: \S.*$")


def test_every_figure_is_one_line_of_name_and_value() -> None:
    found = [
        Figure("build_seconds", 6.39),
        Figure("roles", 1016.0),
        *skipped(["lighthouse_home_performance"], "no node and npm"),
    ]
    written = io.StringIO()
    with redirect_stdout(written):
        bench.tell(found)
    lines = written.getvalue().splitlines()
    assert lines == [
        "build_seconds: 6.39",
        "roles: 1016",
        "lighthouse_home_performance: skipped (no node and npm)",
    ]
    assert all(LINE.match(line) for line in lines)


def test_the_95th_percentile_is_a_value_that_was_measured() -> None:
    values = [float(n) for n in range(1, 101)]
    assert percentile(values, 0.95) == 95
    assert percentile([7.0], 0.95) == 7
    assert [figure.name for figure in spread("gap", "ms", values)] == ["gap_median_ms", "gap_p95_ms"]


def test_settings_of_whoever_runs_the_bench_do_not_reach_its_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://production.example/waymark")
    monkeypatch.setenv("SECRET_KEY", "a key of production, long enough")
    given = bench_server.environment(tmp_path, PORT="1")
    assert "DATABASE_URL" not in given and "SECRET_KEY" not in given
    assert given["DATA_DIR"] == str(tmp_path) and given["DEMO"] == "1"


def test_without_node_lighthouse_is_skipped_with_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_lighthouse.shutil, "which", lambda _name: None)
    found = [str(one) for one in bench_lighthouse.measure("http://127.0.0.1:9", tmp_path)]
    assert len(found) == 6
    assert all(line.endswith(": skipped (no node and npm)") for line in found)


@pytest.mark.parametrize("module", [bench_figures, screenshots])
def test_examples_hold(module: object) -> None:
    outcome = doctest.testmod(module)
    assert outcome.attempted and not outcome.failed


def test_the_pictures_of_the_readme_are_there_and_small() -> None:
    taken = [screenshots.FOLDER / f"{picture.name}.png" for picture in screenshots.PICTURES]
    assert all(path.is_file() for path in taken)
    assert sum(path.stat().st_size for path in taken) <= screenshots.LARGEST

"""``python -m graph``: JSON on one stream, one clear line on the other."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from graph.__main__ import main

HEADER = "O*NET-SOC Code,Related O*NET-SOC Code,Index\n"


@pytest.fixture
def data_dir(labor_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(labor_path, tmp_path / "labor.duckdb")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return tmp_path


def failed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    return err


def test_similar_lists_roles_best_first(data_dir, capsys):
    assert main(["similar", "29-1141.00", "--limit", "5"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found) == 5
    assert set(found[0]) == {"code", "title", "score"}
    scores = [role["score"] for role in found]
    assert scores == sorted(scores, reverse=True)


def test_an_unknown_code_is_one_line(data_dir, capsys):
    assert "no role with the code '99-9999.00'" in failed(capsys, "similar", "99-9999.00")


def test_agreement_with_a_list_is_measured(data_dir, capsys, tmp_path):
    main(["similar", "29-1141.00", "--limit", "10"])
    found = [role["code"] for role in json.loads(capsys.readouterr().out)]
    path = tmp_path / "related.csv"
    rows = [f"29-1141.00,{code},{index}\n" for index, code in enumerate(found[:5], 1)]
    path.write_text("\ufeff" + HEADER + "".join(rows) + "29-1141.00,99-9999.00,6\n", encoding="utf-8")
    assert main(["similar-eval", str(path)]) == 0
    assert json.loads(capsys.readouterr().out) == {"roles": 1, "recall_at_10": pytest.approx(5 / 6)}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        (b"", "no column"),
        (b"a,b,c\n1,2,3\n", "no column 'O*NET-SOC Code'"),
        (HEADER.encode(), "no rows"),
        (HEADER.encode() + b"29-1141.00,29-1171.00,first\n", "line 2"),
        (HEADER.encode() + b"29-1141.00\n", "line 2"),
        (b"\xff\xfe\x00\x01", "not a CSV file in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line(data_dir, capsys, tmp_path, content, said):
    path = tmp_path / "related.csv"
    if content is not None:
        path.write_bytes(content)
    assert said in failed(capsys, "similar-eval", str(path))


def test_without_a_database_the_line_says_how_to_build_it(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert "python -m data build" in failed(capsys, "similar", "29-1141.00")


def test_a_limit_that_is_no_number_is_refused(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["similar", "29-1141.00", "--limit", "-1"])
    assert stopped.value.code == 2


MOVES = "source,target,probability,target_employment\n"
LEARNED_RECALL, LEARNED_FLOW = 0.377, 0.384
DEVELOPING = Path(__file__).resolve().parents[3] / "shared" / "data" / "moves_dev.csv"


def test_agreement_with_counted_moves_is_measured(data_dir, capsys, tmp_path):
    path = tmp_path / "moves.csv"
    # Who waits tables goes on to serve and sell far sooner than to fly.
    path.write_text(
        MOVES + "35-3030,35-3021,0.02,3676180\n35-3030,53-2010,0.02,124540\n99-9990,35-3030,1,2582410\n",
        encoding="utf-8",
    )
    assert main(["moves-eval", str(path)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "origins": 2,
        "recall_at_10": pytest.approx(0.25),
        "flow_at_10": pytest.approx(0.25),
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        (b"a,b,c\n1,2,3\n", "no column 'source'"),
        (MOVES.encode(), "no rows"),
        (MOVES.encode() + b"29-1140,29-2060,often,1\n", "line 2"),
        (MOVES.encode() + b"29-1140,29-2060,nan,1\n", "line 2"),
        (MOVES.encode() + b"29-1140,29-2060,-1,1\n", "line 2"),
        (MOVES.encode() + b"29-1140,29-2060\n", "line 2"),
        (MOVES.encode() + b"29-1140,29-2060,1,1\n29-1140,29-2060,1,1\n", "a second time"),
    ],
)
def test_a_table_of_moves_that_cannot_be_read_is_one_line(data_dir, capsys, tmp_path, content, said):
    path = tmp_path / "moves.csv"
    if content is not None:
        path.write_bytes(content)
    assert said in failed(capsys, "moves-eval", str(path))


@pytest.mark.slow
@pytest.mark.skipif(not DEVELOPING.is_file(), reason="no table of moves to develop with")
def test_the_ranking_agrees_with_the_moves_it_was_learned_from(data_dir, capsys):
    assert main(["moves-eval", str(DEVELOPING)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["origins"] == 247
    assert told["recall_at_10"] >= LEARNED_RECALL
    assert told["flow_at_10"] >= LEARNED_FLOW

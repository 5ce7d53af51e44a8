"""A county's corrections on top of the starter links, and what a build does with them."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pandas as pd
import pytest

from data.__main__ import main
from data.build import build
from data.corrections import Corrected, correct, importance
from data.review import Decision, read_decisions, write_decisions
from data.store import LaborStore

NURSE = "29-1141.00"
A, B, C, D = (f"http://data.europa.eu/esco/skill/{name}" for name in "abcd")
IDS = {A: "esco:a", B: "esco:b", C: "esco:c", D: "esco:d"}
TASKS = [f"{number:010x}" for number in range(4)]
FIRST, SECOND, THIRD, LAST = TASKS


def decided(decision: str, uri: str, task: str = FIRST, *, other: str = "", core: bool = False) -> Decision:
    return Decision(NURSE, uri, decision, task, core, other, "because")


def after(*decisions: Decision) -> Corrected:
    """A role of four tasks that requires A (for the first) and B (for the last), corrected."""
    requirement = pd.DataFrame(
        {
            "role_code": NURSE,
            "skill_id": ["esco:a", "esco:b"],
            "facet": "occupational",
            "importance": [0.9, 0.4],
            "score": [0.8, 0.7],
        }
    )
    called = pd.DataFrame(
        {"role_code": NURSE, "skill_id": ["esco:a", "esco:b"], "task_id": [FIRST, LAST], "position": 0}
    )
    tasks = pd.DataFrame({"id": TASKS, "role_code": NURSE, "position": range(4)})
    return correct(decisions, requirement, called, IDS, tasks)


def weights(found: Corrected) -> dict[str, float]:
    rows = zip(found.requirement.skill_id, found.requirement.importance, strict=True)
    return {skill.removeprefix("esco:"): round(value, 4) for skill, value in rows}


def evidence(found: Corrected, skill: str) -> list[str]:
    rows = found.called[found.called.skill_id == f"esco:{skill}"]
    return list(rows.sort_values("position").task_id)


def test_a_drop_takes_the_requirement_and_its_tasks_out():
    found = after(decided("drop", A))
    assert weights(found) == {"b": 0.4}
    assert evidence(found, "a") == []
    assert not found.skipped


def test_a_keep_leaves_everything_as_it_is_and_core_raises_it():
    assert weights(after(decided("keep", B))) == {"a": 0.9, "b": 0.4}
    found = after(decided("keep", B, SECOND, core=True), decided("keep", A, core=True))
    assert weights(found) == {"a": 0.9, "b": 0.75}
    assert evidence(found, "b") == [LAST]


def test_what_was_kept_survives_links_that_no_longer_have_it():
    found = after(decided("keep", C, SECOND))
    assert weights(found)["c"] == pytest.approx(0.35 + 0.65 * 2 / 3, abs=1e-4)
    assert evidence(found, "c") == [SECOND]


@pytest.mark.parametrize(
    ("task", "core", "expected"),
    [
        (FIRST, False, 1.0),
        (SECOND, False, 0.7833),
        (THIRD, False, 0.5667),
        (LAST, False, 0.5),
        (LAST, True, 0.75),
        (FIRST, True, 1.0),
    ],
)
def test_what_is_added_weighs_what_the_rank_of_its_task_says(task: str, core: bool, expected: float):
    found = after(decided("add", C, task, core=core))
    assert weights(found) == {"a": 0.9, "b": 0.4, "c": expected}
    assert evidence(found, "c") == [task]
    assert found.requirement.score.isna().sum() == 1


def test_the_only_task_of_a_role_is_its_first():
    assert importance(1.0, core=False) == 1.0


def test_a_swap_puts_the_other_in_with_the_task_as_evidence():
    found = after(decided("swap", A, SECOND, other=C))
    assert weights(found) == {"b": 0.4, "c": 0.7833}
    assert evidence(found, "c") == [SECOND]


def test_a_swap_for_what_is_required_already_keeps_its_evidence_and_its_weight():
    found = after(decided("swap", B, FIRST, other=A))
    assert weights(found) == {"a": 0.9}
    assert evidence(found, "a") == [FIRST]
    found = after(decided("swap", A, FIRST, other=B))
    assert weights(found) == {"b": 0.5}
    assert evidence(found, "b") == [LAST, FIRST]


def test_what_one_decision_takes_out_no_other_swaps_in():
    assert weights(after(decided("swap", A, other=B), decided("drop", B))) == {}
    assert weights(after(decided("swap", A, other=B), decided("swap", B, other=C))) == {"c": 1.0}


@pytest.mark.parametrize(
    ("decision", "why"),
    [
        (Decision("99-9999.99", A, "drop", FIRST, False, "", "x"), "no tasks of this role"),
        (decided("drop", "https://gone.example/1"), "no statement https://gone.example/1"),
        (decided("swap", A, other="https://gone.example/2"), "no statement https://gone.example/2"),
        (decided("add", C, "ffffffffff"), "no task ffffffffff"),
        (decided("swap", A, other=A), "swapped for itself"),
    ],
)
def test_a_decision_the_release_has_nothing_for_is_passed_over_and_told(decision: Decision, why: str):
    found = after(decision, decided("drop", B))
    assert weights(found) == {"a": 0.9}
    assert [why in str(one) and one.decision == decision for one in found.skipped] == [True]
    assert list(found.table.skipped.notna()) == [True, False]


def test_no_decision_changes_nothing_and_the_order_of_decisions_does_not_matter():
    assert weights(after()) == {"a": 0.9, "b": 0.4}
    some = [decided("swap", A, SECOND, other=C), decided("add", D, LAST), decided("keep", B, core=True)]
    assert weights(after(*some)) == weights(after(*reversed(some)))


def test_an_export_that_went_through_a_spreadsheet_can_be_read(tmp_path: Path):
    text = io.StringIO()
    write_decisions(text, [decided("drop", A), decided("keep", B, core=True)])
    path = tmp_path / "corrections.csv"
    # With the mark that spreadsheets put in front of UTF-8.
    path.write_text(text.getvalue(), encoding="utf-8-sig")
    assert {one.skill_uri for one in read_decisions(path)} == {A, B}


# The whole build


def task_id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


@pytest.fixture
def county(tmp_path: Path, small_onet: Path, small_oews: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with corrections of two roles; the release has a nurse of two tasks."""
    folder = tmp_path / "var"
    (folder / "review").mkdir(parents=True)
    monkeypatch.setenv("DATA_DIR", str(folder))
    return folder


VITAL = task_id("Record patients' medical information and vital signs.")


def write(path: Path, *decisions: Decision) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        write_decisions(file, decisions)
    return path


def published(labor_store: LaborStore, words: str) -> str:
    return labor_store.search_skills(words, 1)[0].uri


def test_corrections_of_the_data_folder_are_built_in_and_counted(
    county: Path, small_onet: Path, small_oews: Path, labor_store: LaborStore, capsys
):
    uri = published(labor_store, "operate forklift")
    write(
        county / "review" / "corrections.csv",
        Decision(NURSE, uri, "add", VITAL, True, "", "our hospitals do"),
        Decision("99-9999.99", uri, "drop", VITAL, False, "", "gone by now"),
    )
    asked = ["--onet", str(small_onet), "--oews", str(small_oews)]
    assert main(["build", *asked]) == 0
    out = capsys.readouterr().out
    assert [line for line in out.splitlines() if line.startswith("skipped: ")] == [
        f"skipped: drop {uri} for 99-9999.99: the release has no tasks of this role"
    ]
    store = LaborStore.open(county / "labor.duckdb")
    added = next(one for one in store.requirements()[NURSE] if one.skill.uri == uri)
    store.close()
    assert (added.importance, added.score) == (0.75, None)
    assert [task.id for task in added.evidence] == [VITAL]
    assert main(["status"]) == 0
    told = {one["id"]: one for one in json.loads(capsys.readouterr().out)}
    assert (told["corrections"]["rows"], told["corrections"]["skipped"]) == (1, 1)
    assert "skipped" not in told["links"]


def test_a_review_that_is_named_takes_the_place_of_the_folder_s(
    county: Path, small_onet: Path, small_oews: Path, labor_store: LaborStore, tmp_path: Path
):
    uri = published(labor_store, "operate forklift")
    (county / "review" / "broken.csv").write_text("not a review\n")
    named = write(tmp_path / "named.csv", Decision(NURSE, uri, "add", VITAL, False, "", "x"))
    built = build(county / "labor.duckdb", onet=small_onet, oews_release=small_oews, review=named)
    assert dict(built.rows)["correction"] == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("role_code,skill_uri\n", "lacks the column"),
        (
            "role_code,skill_uri,decision,task,core,other_uri,reason\n"
            "29-1141.00,http://x.example/1,perhaps,0123456789,,,x\n",
            "line 2: 'perhaps' is not one of keep, drop, swap, add",
        ),
        (b"\xff\xfe\x00", "is not a review that can be read"),
    ],
)
def test_a_file_that_is_no_review_stops_the_build_with_one_line(
    county: Path, content: str | bytes, told: str, capsys
):
    (county / "labor.duckdb").write_bytes(b"the old database")
    path = county / "review" / "corrections.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert main(["build"]) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and told in err and str(path) in err
    assert (county / "labor.duckdb").read_bytes() == b"the old database"


def test_a_review_that_is_not_there_is_told(county: Path, tmp_path: Path, capsys):
    assert main(["build", "--review", str(tmp_path / "nowhere.csv")]) == 1
    assert "nowhere.csv" in capsys.readouterr().err
    assert main(["build", "--review", str(county / "review")]) == 1
    assert "holds no CSV file" in capsys.readouterr().err

"""Free text is linked to published skills: well, fast, and whatever it holds."""

from __future__ import annotations

import csv
import json
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pace import seconds
from wallet.__main__ import main
from wallet.link import Linker
from wallet.link_evaluation import EvaluationFault, read_queries, recall
from wallet.link_index import FOLDER, IndexAway, SkillIndex, current

HERE = Path(__file__).parent
LABELS = HERE.parents[2] / "shared" / "data" / "skill_link_dev.csv"
HEADER = "query,skill_uri,skill_name\n"
FORKLIFT = "operate forklift"


@pytest.fixture(scope="module")
def linker(index_folder: Path) -> Linker:
    return Linker.open(index_folder)


def found(linker: Linker, text: str, limit: int = 5) -> list[str]:
    return [each.skill for each in linker.link(text, limit)]


@pytest.mark.parametrize("name", ["everyday_sentences.csv", "everyday_sentences_aside.csv"])
def test_nine_everyday_sentences_in_ten_have_a_right_skill_among_the_first_five(linker, name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    right = {"en": [], "es": []}
    for row in rows:
        first_five = {each.uri for each in linker.link(row["text"], 5)}
        right[row["language"]].append(not first_five.isdisjoint(row["skill_uris"].split()))
    assert sum(map(sum, right.values())) / len(rows) >= 0.9
    # Of a language alone there are few: one sentence is three in a hundred.
    assert all(sum(each) / len(each) >= 0.85 for each in right.values())


@pytest.mark.skipif(not LABELS.is_file(), reason="the list of labels lies beside the repository")
def test_labels_find_their_skill_without_their_own_help(linker):
    queries = list(read_queries(LABELS))[::8]
    measured = recall(linker, queries)
    assert measured.queries == 250
    assert measured.recall_at_1 >= 0.91 and measured.recall_at_5 >= 0.975


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("changed wound dressings on a surgical ward", "Carry out wound care"),
        ("built dashboards in Tableau from SQL", "Tableau"),
        ("wait tables", "Serve food in table service"),
        ("atendí mesas en un restaurante", "Serve food in table service"),
        ("taught fifth graders long division", "Teach primary education class content"),
        ("built dashboards in Tableau from SQL", "SQL"),
        ("forklift certified, night shift picking", "Operate forklift"),
        ("manejaba el montacargas", "Operate forklift"),
        ("operated a crane at the port", "Operate cranes"),
        ("inspected welds for cracks with ultrasound", "Perform welding inspection"),
        ("reparaba lavadoras y refrigeradores", "Repair household appliances"),
        ("built a shop in Shopify", "Shopify software"),
        ("organise training programmes", "Organize training"),
    ],
)
def test_what_somebody_did_is_found(linker, text, skill):
    assert skill in found(linker, text)


def test_american_and_british_spelling_find_the_same(linker):
    assert found(linker, "analyse labour behaviour") == found(linker, "analyze labor behavior")


def test_a_product_is_named_as_it_is_written(linker):
    assert "Microsoft Excel" in found(linker, "kept the accounts in Excel", 10)
    assert "Microsoft Excel" not in found(linker, "I excel at customer service", 50)
    assert "Microsoft Word" not in found(linker, "spread the word at church", 50)


def test_every_proposal_says_its_words_and_how_likely_it_is(linker):
    text = "welded frames and drove a forklift"
    for each in linker.link(text, 20):
        assert 0 < each.score < 1 and each.words and each.words in text
    scores = [each.score for each in linker.link(text, 20)]
    assert scores == sorted(scores, reverse=True)


def test_nothing_below_the_floor_is_given(linker):
    assert all(each.score >= 0.5 for each in linker.link("poured concrete", 50, floor=0.5))
    assert linker.link("poured concrete", 50, floor=1.0) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\x00\x01\x02",
        "🦺👷‍♀️🚜",
        "焊接金属框架",
        "сварка труб",
        "تنظيف الغرف",
        "’''",
        "---;;;,,,",
        "a",
        "\ud800",
    ],
)
def test_a_text_without_words_to_read_finds_nothing_and_harms_nothing(linker, text):
    assert isinstance(linker.link(text), tuple)


def test_a_text_of_a_megabyte_is_read_as_far_as_a_person_would(linker):
    assert linker.link("drove a forklift and loaded trucks, " * 28_000)
    assert linker.link("x" * 1_000_000) is not None
    for text in ("drove a forklift and loaded trucks, " * 28_000, "x" * 1_000_000):
        assert seconds(partial(linker.link, text), tries=1) < 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_no_text_breaks_it(linker, text):
    for each in linker.link(text, 3):
        assert each.uri.startswith("http") and np.isfinite(each.score)


def test_a_sentence_takes_under_fifty_milliseconds(linker):
    with (HERE / "everyday_sentences.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]

    def quick(text: str) -> bool:
        # The best of three: who was quick at once need not show it again.
        return any(seconds(partial(linker.link, text, 5), tries=1) < 0.05 for _ in range(3))

    assert sum(map(quick, texts)) > len(texts) * 0.95


def test_a_label_that_is_asked_for_is_left_out_and_every_other_one_stays(linker):
    index = linker.index
    place = next(at for at in range(index.esco_skills) if index.lines[index.statement_line[at]] == FORKLIFT)
    labels = range(index.statement_label[place], index.statement_label[place + 1])
    for line in (
        index.lines[at] for at in range(index.statement_line[place], index.statement_line[place + 1])
    ):
        left_out = index.labels_of(place, line)
        assert 1 <= len(left_out) < len(labels)
        assert {index.lines[index.label_line[at]] for at in left_out} == {line}
    assert not len(index.labels_of(place, "Operate Forklift"))


def test_a_list_written_as_one_label_is_left_out_as_a_whole(linker):
    index = linker.index
    at = next(
        line for line in range(index.statement_line[index.esco_skills]) if index.lines[line].count(", ") >= 3
    )
    place = int(np.searchsorted(index.statement_line, at, side="right")) - 1
    assert len(index.labels_of(place, index.lines[at])) == index.lines[at].count(", ") + 1


def test_without_its_own_label_a_nonsense_name_is_not_found(linker):
    index = linker.index
    place = next(at for at in range(index.esco_skills) if index.lines[index.statement_line[at]] == FORKLIFT)
    everything = np.arange(index.statement_label[place], index.statement_label[place + 1])
    assert place in linker.places(FORKLIFT, without=np.array([], dtype=np.int32))
    assert place not in linker.places(FORKLIFT, without=everything)


def test_a_missing_or_broken_index_says_what_to_do(tmp_path):
    with pytest.raises(IndexAway, match="python -m data build"):
        current(tmp_path)
    with pytest.raises(IndexAway, match="python -m data build"):
        SkillIndex.open(tmp_path)
    (tmp_path / "index.json").write_text('{"form": 999}')
    with pytest.raises(IndexAway, match="python -m data build"):
        SkillIndex.open(tmp_path)


@pytest.fixture
def served(index_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "build").symlink_to(index_folder)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


@pytest.mark.usefixtures("served")
def test_the_command_line_prints_skills_best_first(capsys):
    assert main(["link", "drove a forklift", "--limit", "3"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert len(printed) == 3 and list(printed[0]) == ["skill", "uri", "vocabulary", "score"]
    assert printed[0]["skill"] == "Operate forklift"


@pytest.mark.usefixtures("served")
def test_the_command_line_measures_a_file(tmp_path, capsys, linker):
    index = linker.index
    uri = index.statement(0).uri
    file = tmp_path / "labels.csv"
    file.write_text(f"{HEADER}{index.lines[0]},{uri},{index.lines[0]}\n")
    assert main(["link-eval", str(file)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["queries", "recall_at_1", "recall_at_5"] and printed["queries"] == 1


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize(
    "content", [HEADER, "words\nweld\n", HEADER + "weld,http://nowhere.example,weld\n", "\xff\xfe\x00"]
)
def test_a_file_that_cannot_be_measured_is_refused_in_one_line(tmp_path, capsys, content):
    file = tmp_path / "labels.csv"
    file.write_bytes(content.encode("latin-1"))
    assert main(["link-eval", str(file)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_without_an_index_the_command_line_says_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert main(["link", "weld"]) == 1
    assert "python -m data build" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_a_fault(tmp_path):
    with pytest.raises(EvaluationFault, match="cannot be read"):
        list(read_queries(tmp_path / "nothing.csv"))

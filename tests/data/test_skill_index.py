"""The index of skills: built with the database, under its key, and whole or not at all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data import skill_index
from data.build import build
from data.distil import distil
from data.errors import InputFault
from data.store import LaborStore
from data.substitutes import likeness


@pytest.fixture
def filled_at_once(labor_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is filled from a finished one: here it is about what happens next to it."""

    def fill(fresh: Path, *_: object) -> tuple[tuple, tuple, tuple]:
        shutil.copyfile(labor_path, fresh)
        return (), (), ()

    monkeypatch.setattr("data.build._fill", fill)


@pytest.mark.builds_index
@pytest.mark.usefixtures("filled_at_once")
def test_a_build_puts_its_index_beside_the_database_and_takes_the_old_one_away(tmp_path, monkeypatch):
    def write(folder: Path, skill: pd.DataFrame, *_: object) -> None:
        folder.mkdir()
        (folder / "skills").write_text(str(len(skill)))

    monkeypatch.setattr(skill_index, "write", write)
    (tmp_path / skill_index.FOLDER / "older").mkdir(parents=True)
    build(tmp_path / "labor.duckdb")
    store = LaborStore.open(tmp_path / "labor.duckdb")
    try:
        (folder,) = (tmp_path / skill_index.FOLDER).iterdir()
        assert folder.name == store.build_id
        assert (folder / "skills").read_text() == "23640"
    finally:
        store.close()


@pytest.mark.builds_index
@pytest.mark.usefixtures("filled_at_once")
def test_a_build_that_fails_at_the_index_leaves_database_and_index_as_they_were(tmp_path, monkeypatch):
    def broken(*_: object) -> None:
        raise InputFault("everyday_words.csv", "is cut off")

    (tmp_path / skill_index.FOLDER / "in_use").mkdir(parents=True)
    (tmp_path / "labor.duckdb").write_bytes(b"in use")
    monkeypatch.setattr(skill_index, "write", broken)
    with pytest.raises(InputFault):
        build(tmp_path / "labor.duckdb")
    assert (tmp_path / "labor.duckdb").read_bytes() == b"in use"
    assert (tmp_path / skill_index.FOLDER / "in_use").is_dir()


def test_every_statement_of_the_vocabularies_is_in_it(index_folder):
    about = json.loads((index_folder / "index.json").read_text())
    assert (about["esco_skills"], about["statements"], about["named"]) == (10_715, 14_865, 8_775)


def test_it_is_small_enough_to_be_held_by_every_worker(index_folder):
    held = sum(path.stat().st_size for path in index_folder.glob("*.npy"))
    assert held < 20_000_000


def test_words_that_always_come_with_a_meaning_learn_it():
    texts = ["fell trees", "trees grow", "fell walls", "walls grow"] * 5
    forest, house = np.eye(4, dtype=np.float32)[:2]
    meant = np.stack([forest, forest, house, house] * 5)
    words, _, vectors = distil(texts, meant, 2)
    learned = dict(zip(words, vectors, strict=True))
    assert learned["trees"] @ learned["walls"] < 0.1 * np.linalg.norm(learned["trees"]) ** 2
    assert np.linalg.norm(learned["fell"]) < np.linalg.norm(learned["trees"])


def test_words_stand_for_each_other_the_more_skills_exchange_them():
    assert likeness(2, 10, 10) < likeness(5, 10, 10) <= 0.9
    assert likeness(5, 100, 100) < likeness(5, 10, 10)


def test_an_embedding_file_that_is_cut_off_is_refused(tmp_path: Path):
    path = tmp_path / "skills.index"
    path.write_bytes(b"IxFI" + bytes(100))
    with pytest.raises(InputFault, match="flat index of 7 vectors"):
        skill_index.read_embeddings(path, 7)

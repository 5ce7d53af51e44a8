from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data.linking.inputs import LinkingInputError, package_folder, read_vectors, task_id, unit


def test_a_cut_off_index_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "tasks.index"
    path.write_bytes(b"IxFI" + bytes(100))
    with pytest.raises(LinkingInputError, match=r"tasks\.index is not a flat index of 3 vectors"):
        read_vectors(path, 3)


def test_vectors_are_the_end_of_the_index(tmp_path: Path) -> None:
    vectors = np.arange(2 * 384, dtype="<f4").reshape(2, 384)
    path = tmp_path / "some.index"
    path.write_bytes(b"IxFI" + bytes(41) + vectors.tobytes())
    np.testing.assert_allclose(read_vectors(path, 2), unit(vectors), rtol=1e-6)


def test_a_missing_package_says_how_to_get_it() -> None:
    with pytest.raises(LinkingInputError, match="pip install"):
        package_folder("no_such_package_of_data")


def test_a_task_keeps_its_key_as_long_as_its_text() -> None:
    assert task_id("Weld.") == task_id("Weld.") != task_id("Weld")
    assert len(task_id("Weld.")) == 10

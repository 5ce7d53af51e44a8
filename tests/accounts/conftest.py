from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.people import SystemOfRecord


@pytest.fixture
def system(tmp_path: Path) -> Iterator[SystemOfRecord]:
    """An empty system of record."""
    system = SystemOfRecord.in_folder(tmp_path)
    yield system
    system.close()

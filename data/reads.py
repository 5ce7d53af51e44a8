"""What every room of reads asks of the labour-market database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import numpy as np

Read = TypeVar("Read")


class Reads:
    """Base of the reads of `data.store.LaborStore`, which answers them."""

    def _rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[tuple]:
        """Rows as they are now."""
        raise NotImplementedError

    def _columns(self, sql: str, parameters: Mapping[str, object] | None = None) -> dict[str, np.ndarray]:
        """Many rows without a missing value, as an array a column."""
        raise NotImplementedError

    def _known(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[tuple]:
        """Rows of the build that are few and asked for again and again: kept. Never of wallets."""
        raise NotImplementedError

    def _once(self, name: str, read: Callable[[], Read]) -> Read:
        """What is made of rows of the build, once for each build."""
        raise NotImplementedError

"""What was asked for lately, kept to be answered at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from cachetools import LRUCache

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Answers by what was asked, the latest of them; for any number of threads.

    Parameters
    ----------
    most : int
        Answers that are kept.

    Examples
    --------
    >>> kept = Kept(2)
    >>> [kept.of(word, lambda: len(word)) for word in ("weld", "drive", "weld")]
    [4, 5, 4]
    """

    def __init__(self, most: int) -> None:
        self._kept: LRUCache[Key, Value] = LRUCache(most)
        self._lock = threading.Lock()

    def of(self, key: Key, reckon: Callable[[], Value]) -> Value:
        """What is kept under a key, else what is reckoned now; two who ask at once may both reckon."""
        with self._lock:
            if key in self._kept:
                return self._kept[key]
        found = reckon()
        with self._lock:
            self._kept[key] = found
        return found

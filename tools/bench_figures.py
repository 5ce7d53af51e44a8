"""How a figure is told: one ``name: value`` a line, and why where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the bench.

    Attributes
    ----------
    name : str
        Lower case, its unit at the end (``_ms``, ``_seconds``, ``_mb``, ``_kb``) unless it has none.
    value : float or str
        A number in that unit, or why there is none: ``skipped (…)``.
    """

    name: str
    value: float | str

    def __str__(self) -> str:
        return f"{self.name}: {self.value if isinstance(self.value, str) else _short(self.value)}"


def spread(name: str, unit: str, values: Sequence[float]) -> tuple[Figure, Figure]:
    """The median and the 95th percentile of what was measured.

    Examples
    --------
    >>> [str(figure) for figure in spread("gap", "ms", [1.0, 2.0, 9.0])]
    ['gap_median_ms: 2', 'gap_p95_ms: 9']
    """
    return (
        Figure(f"{name}_median_{unit}", median(values)),
        Figure(f"{name}_p95_{unit}", percentile(values, 0.95)),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of the values do not exceed.

    Examples
    --------
    >>> percentile([4.0, 1.0, 3.0, 2.0], 0.5)
    2.0
    """
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


def skipped(names: Sequence[str], why: str) -> tuple[Figure, ...]:
    """The lines of what could not be measured, and why."""
    return tuple(Figure(name, f"skipped ({why})") for name in names)


def _short(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if value < 10 else f"{value:.1f}".removesuffix(".0")

"""Noise by OpenDP: the discrete Laplace mechanism, in a process of its own.

The library stays out of the server's memory: 46 MB, for the second that a release takes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from config import ROOT

LIBRARY = "opendp"
SECONDS = 120


class NoNoise(Exception):  # noqa: N818 - named as it is handled
    """The mechanism did not answer: nothing may be told."""


@dataclass(frozen=True, slots=True)
class Noised:
    """Counts with noise.

    Attributes
    ----------
    values : tuple of int
        May be below zero.
    epsilon : float
        The privacy loss that the library proves for one person.
    margin : float
        95 of 100 values lie within that much of the exact one.
    version : str
        Of the library.
    """

    values: tuple[int, ...]
    epsilon: float
    margin: float
    version: str


def noised(counts: Sequence[int], sensitivity: int, epsilon: float) -> Noised:
    """Return counts with discrete Laplace noise, each drawn by the library's own generator.

    Parameters
    ----------
    sensitivity : int
        The most that one person adds to all counts together.
    epsilon : float

    Raises
    ------
    NoNoise
    """
    asked = json.dumps({"counts": list(counts), "sensitivity": sensitivity, "epsilon": epsilon})
    try:
        done = subprocess.run(  # noqa: S603 - this module itself, with numbers alone
            [sys.executable, "-m", __name__],
            input=asked,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=True,
            cwd=ROOT,
        )
        told = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        # What went in stays out of every message and log.
        raise NoNoise("The noise could not be drawn.") from None
    if told["epsilon"] > epsilon * (1 + 1e-9) or len(told["values"]) != len(counts):
        raise NoNoise("The noise is not what was asked for.")
    return Noised(tuple(told["values"]), told["epsilon"], told["margin"], told["version"])


def _main() -> None:
    from importlib.metadata import version

    from opendp.accuracy import discrete_laplacian_scale_to_accuracy
    from opendp.domains import atom_domain, vector_domain
    from opendp.measurements import make_laplace
    from opendp.metrics import l1_distance
    from opendp.mod import enable_features

    enable_features("contrib")
    asked = json.load(sys.stdin)
    sensitivity, scale = asked["sensitivity"], asked["sensitivity"] / asked["epsilon"]
    mechanism = make_laplace(vector_domain(atom_domain(T=int)), l1_distance(T=int), scale=scale)
    json.dump(
        {
            "values": mechanism(asked["counts"]),
            "epsilon": mechanism.map(sensitivity),
            "margin": discrete_laplacian_scale_to_accuracy(scale, 0.05),
            "version": version(LIBRARY),
        },
        sys.stdout,
    )


if __name__ == "__main__":
    _main()

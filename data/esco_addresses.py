"""Addresses of ESCO's knowledge concepts.

The package that carries the concepts' labels and descriptions leaves their addresses out; another
one carries every address with the labels and the description run together as one text. A concept
is the one whose text begins with its label and ends with its description.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from data.errors import InputFault

# Characters from the end of a description by which texts are looked up.
TAIL = 24


def knowledge_addresses(path: Path, concepts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """URI by label.

    Parameters
    ----------
    path : Path
        CSV with columns ``id`` (URI) and ``description`` (labels and description).
    concepts : iterable of (label, description)

    Raises
    ------
    InputFault
        If the file cannot be read, or a concept has no address or more than one.
    """
    texts = _texts(path)
    found: dict[str, str] = {}
    for label, description in concepts:
        name, meaning = " ".join(label.split()), " ".join(description.split())
        near = (
            texts[meaning[-TAIL:]]
            if len(meaning) >= TAIL
            else [one for some in texts.values() for one in some]
        )
        fitting = {uri for uri, text in near if text.startswith(name) and text.endswith(meaning)}
        if len(fitting) != 1:
            raise InputFault(path, f"has {len(fitting)} addresses for the concept {label!r}, not one")
        found[label] = fitting.pop()
    return found


def _texts(path: Path) -> dict[str, list[tuple[str, str]]]:
    texts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                text = " ".join(row["description"].split())
                texts[text[-TAIL:]].append((row["id"], text))
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
        raise InputFault(path, "is not a table of ESCO addresses with columns id and description") from error
    return texts

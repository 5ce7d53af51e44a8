"""``python -m wallet link TEXT`` and ``python -m wallet link-eval FILE.csv``."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from config import data_directory
from wallet.link import Linker
from wallet.link_evaluation import EvaluationFault, read_queries, recall
from wallet.link_index import FOLDER, IndexAway, current

LIMIT = 10


def add_link(commands: Any) -> None:
    """Add ``link`` and ``link-eval`` to the commands of a parser."""
    linking = commands.add_parser("link", help="skills that a text speaks of, as JSON")
    linking.add_argument("text", metavar="TEXT")
    linking.add_argument("--limit", type=int, default=LIMIT, metavar="N", help=f"how many at most ({LIMIT})")
    linking.set_defaults(run=_link)
    measuring = commands.add_parser("link-eval", help="how often the right skill is found, as JSON")
    measuring.add_argument("file", type=Path, metavar="FILE.csv", help="columns query, skill_uri, skill_name")
    measuring.set_defaults(run=_evaluate)


def _link(asked: argparse.Namespace) -> int:
    try:
        found = _linker().link(asked.text, max(asked.limit, 0))
    except IndexAway as away:
        print(away, file=sys.stderr)
        return 1
    shown = [
        {"skill": each.skill, "uri": each.uri, "vocabulary": each.vocabulary, "score": each.score}
        for each in found
    ]
    print(json.dumps(shown, indent=2, ensure_ascii=False))
    return 0


def _evaluate(asked: argparse.Namespace) -> int:
    try:
        measured = recall(_linker(), read_queries(asked.file))
    except IndexAway as away:
        print(away, file=sys.stderr)
        return 1
    except EvaluationFault as fault:
        print(fault, file=sys.stderr)
        return 2
    print(json.dumps(asdict(measured)))
    return 0


def _linker() -> Linker:
    return Linker.open(current(data_directory() / FOLDER))

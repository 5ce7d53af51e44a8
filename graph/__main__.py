"""``python -m graph similar CODE``, ``similar-eval FILE.csv`` and ``moves-eval FILE.csv``."""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from config import data_directory
from data.errors import LaborDataUnavailable
from data.store import LaborStore
from graph import moves
from graph.similar import evaluate, similar

FILE = "labor.duckdb"
COLUMNS = ("O*NET-SOC Code", "Related O*NET-SOC Code", "Index")
MOVES = ("source", "target", "probability", "target_employment")


class Refused(ValueError):  # noqa: N818 - named by what happened to what was asked
    """What was asked cannot be answered; the message is one line and says why."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the number is the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m graph", description="Questions to the skill-role graph.")
    commands = parser.add_subparsers(dest="command", required=True)
    asking = commands.add_parser("similar", help="roles most like one role, as JSON")
    asking.add_argument("code", metavar="CODE", help="O*NET-SOC code, such as 29-1141.00")
    asking.add_argument("--limit", type=_count, default=10, metavar="N", help="how many (10)")
    measuring = commands.add_parser("similar-eval", help="recall against a list of related occupations")
    measuring.add_argument("file", type=Path, metavar="FILE.csv", help=f"with columns {', '.join(COLUMNS)}")
    measuring.add_argument(
        "--squares", action="store_true", help="by what roles require alone, no text of theirs"
    )
    moving = commands.add_parser("moves-eval", help="recall and flow against a table of counted moves")
    moving.add_argument("file", type=Path, metavar="FILE.csv", help=f"with columns {', '.join(MOVES)}")
    asked = parser.parse_args(arguments)
    try:
        store = LaborStore.open(data_directory() / FILE)
        try:
            answer: object
            if asked.command == "similar":
                answer = _similar(store, asked.code, asked.limit)
            elif asked.command == "moves-eval":
                answer = _moves(store, asked.file)
            else:
                answer = _evaluate(store, asked.file, by_squares=asked.squares)
        finally:
            store.close()
    except (LaborDataUnavailable, Refused) as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(answer, indent=2, ensure_ascii=False))
    return 0


def _similar(store: LaborStore, code: str, limit: int) -> list[dict[str, object]]:
    titles = {role.code: role.title for role in store.roles()}
    if code not in titles:
        raise Refused(f"There is no role with the code {code!r}. A code looks like 29-1141.00.")
    return [asdict(found) for found in similar(store.similar(), titles, code, limit)]


def _evaluate(store: LaborStore, path: Path, *, by_squares: bool) -> dict[str, object]:
    return asdict(evaluate(store.similar(by_squares=by_squares), related(path)))


def _moves(store: LaborStore, path: Path) -> dict[str, object]:
    counted = counted_moves(path)
    ranked = moves.by_code(store.occupation_moves(), counted)
    return asdict(moves.evaluate(ranked, counted))


def related(path: Path) -> list[tuple[str, str, int]]:
    """The rows of a file of related occupations: code, related code, index."""
    code, other, index = COLUMNS
    related = []
    for line, row in _rows(path, COLUMNS):
        try:
            related.append((row[code].strip(), row[other].strip(), int(row[index])))
        except (AttributeError, TypeError, ValueError):
            raise Refused(f"{path}: line {line} is not a code, a code and a whole number.") from None
    return related


def counted_moves(path: Path) -> dict[str, dict[str, float]]:
    """A file of counted moves: for each occupation left the share, or number, that went to each other."""
    source, target, probability, _ = MOVES
    counted: dict[str, dict[str, float]] = {}
    for line, row in _rows(path, MOVES):
        try:
            flow = float(row[probability])
            one, other = row[source].strip(), row[target].strip()
        except (AttributeError, TypeError, ValueError):
            flow, one, other = math.nan, "", ""
        if not (one and other and 0 <= flow < math.inf):
            raise Refused(f"{path}: line {line} is not a code, a code and a share from 0.")
        if other in counted.setdefault(one, {}):
            raise Refused(f"{path}: line {line} has the move from {one} to {other} a second time.")
        counted[one][other] = flow
    return counted


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of every row of a CSV file."""
    empty = True
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = [name for name in columns if name not in (rows.fieldnames or ())]
            if missing:
                raise Refused(f"{path}: there is no column {missing[0]!r}.")
            for row in rows:
                empty = False
                yield rows.line_num, row
    except OSError as error:
        raise Refused(f"{path}: cannot be read ({error.strerror}).") from None
    except (UnicodeDecodeError, csv.Error):
        raise Refused(f"{path}: this is not a CSV file in UTF-8.") from None
    if empty:
        raise Refused(f"{path}: there are no rows.")


def _count(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())

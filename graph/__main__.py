"""``python -m graph similar CODE`` and ``python -m graph similar-eval FILE.csv``."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from dataclasses import asdict
from pathlib import Path

from config import data_directory
from data.errors import LaborDataUnavailable
from data.store import LaborStore
from graph.similar import evaluate, similar

FILE = "labor.duckdb"
COLUMNS = ("O*NET-SOC Code", "Related O*NET-SOC Code", "Index")


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
    asked = parser.parse_args(arguments)
    try:
        store = LaborStore.open(data_directory() / FILE)
        try:
            answer = (
                _similar(store, asked.code, asked.limit)
                if asked.command == "similar"
                else _evaluate(store, asked.file, by_squares=asked.squares)
            )
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


def related(path: Path) -> list[tuple[str, str, int]]:
    """The rows of a file of related occupations: code, related code, index."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
            if missing:
                raise Refused(f"{path}: there is no column {missing[0]!r}.")
            code, other, index = COLUMNS
            related = []
            for row in rows:
                try:
                    related.append((row[code].strip(), row[other].strip(), int(row[index])))
                except (AttributeError, TypeError, ValueError):
                    raise Refused(
                        f"{path}: line {rows.line_num} is not a code, a code and a whole number."
                    ) from None
    except OSError as error:
        raise Refused(f"{path}: cannot be read ({error.strerror}).") from None
    except (UnicodeDecodeError, csv.Error):
        raise Refused(f"{path}: this is not a CSV file in UTF-8.") from None
    if not related:
        raise Refused(f"{path}: there are no rows.")
    return related


def _count(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())

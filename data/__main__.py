"""``python -m data build``, ``status``, ``diff`` and ``wallets``."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from config import data_directory, database_url
from data.build import build
from data.corrections import put_there
from data.diff import NATION, PREVIOUS, compare, told
from data.errors import BuildFault, InputFault, LaborDataUnavailable
from data.local import LocalFiles
from data.store import LaborStore

FILE = "labor.duckdb"
LOCAL = {
    "projections": "employment projections of BLS, occupation.xlsx",
    "state-projections": "employment projections of states, CSV or workbook",
    "price-parities": "regional price parities, CSV or BEA's zip",
    "programs": "what teaches what: CSV, or a state's list of training providers",
    "moves": "observed moves between occupations, CSV",
}
FEWEST = 11
"""Counts of people below this point at somebody, and are withheld."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the number is the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m data", description="The labour-market database.")
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("build", help="build it from the bundled data, or from files given")
    making.add_argument(
        "--onet", type=Path, metavar="PATH", help="official O*NET text release, folder or zip"
    )
    making.add_argument(
        "--oews",
        type=Path,
        metavar="PATH",
        help="OEWS release: BLS's workbooks, zips or a folder of them; or SQLite, gzipped or plain",
    )
    making.add_argument(
        "--earlier-oews",
        type=Path,
        metavar="PATH",
        action="append",
        default=[],
        help="an earlier OEWS release, in the same forms, for demand over time; may be given several times",
    )
    making.add_argument("--areas", type=Path, metavar="PATH", help="BLS's area definitions, or such a CSV")
    for name, what in LOCAL.items():
        making.add_argument(f"--{name}", type=Path, metavar="PATH", help=what)
    making.add_argument(
        "--review",
        type=Path,
        metavar="PATH",
        help="corrections of what roles require, a CSV file or a folder of them; by default DATA_DIR/review",
    )
    commands.add_parser("status", help="what is loaded, as JSON")
    comparing = commands.add_parser("diff", help="what the build in use has that the one before it had not")
    comparing.add_argument(
        "old", type=Path, nargs="?", metavar="OLD", help=f"a build; by default DATA_DIR/{PREVIOUS}"
    )
    comparing.add_argument("new", type=Path, nargs="?", metavar="NEW", help=f"by default DATA_DIR/{FILE}")
    comparing.add_argument("--area", default=NATION, help="OEWS area of which changed figures are listed")
    comparing.add_argument("--json", action="store_true", help="all of it, as JSON")
    commands.add_parser(
        "wallets", help="load the skills of consenting people beside it, and count them as JSON"
    )
    asked = parser.parse_args(arguments)
    path = data_directory() / FILE
    try:
        if asked.command == "build":
            return _build(path, asked)
        if asked.command == "diff":
            return _diff(path, asked)
        return _status(path) if asked.command == "status" else _wallets(path)
    except (InputFault, BuildFault, LaborDataUnavailable) as error:
        print(error, file=sys.stderr)
        return 1


def _build(path: Path, asked: argparse.Namespace) -> int:
    review = asked.review or put_there(path.parent)
    given = LocalFiles(**{name: getattr(asked, name) for name in (key.replace("-", "_") for key in LOCAL)})
    built = build(
        path,
        onet=asked.onet,
        oews_release=asked.oews,
        area_listing=asked.areas,
        earlier_oews=tuple(asked.earlier_oews),
        review=review,
        local_files=given,
    )
    for table, rows in built.rows:
        print(f"{table}: {rows:,} rows")
    for line in (*built.notes, *built.skipped):
        print(line)
    print(f"built in {built.seconds:.1f} seconds: {built.path}")
    return 0


def _diff(path: Path, asked: argparse.Namespace) -> int:
    difference = compare(asked.old or path.with_name(PREVIOUS), asked.new or path, asked.area)
    if asked.json:
        print(json.dumps(difference.as_dict(), indent=2, ensure_ascii=False))
    else:
        print(told(difference))
    return 0


def _status(path: Path) -> int:
    store = LaborStore.open(path)
    try:
        sources = [asdict(source) for source in store.sources()]
        skipped = store.corrections_skipped()
    finally:
        store.close()
    for source in sources:
        source["retrieved"] = source["retrieved"].isoformat() if source["retrieved"] else None
        if source["id"] == "corrections":
            source["skipped"] = skipped
    print(json.dumps(sources, indent=2, ensure_ascii=False))
    return 0


def _wallets(path: Path) -> int:
    store = LaborStore.open(path)
    try:
        rows = store.load_wallets(database_url(), date.today())
        counts = store.wallet_skill_counts()
    finally:
        store.close()
    shown = [
        {"area": area, "skill": uri, "people": people} for area, uri, people in counts if people >= FEWEST
    ]
    print(json.dumps({"rows": rows, "counts": shown, "withheld": len(counts) - len(shown)}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())

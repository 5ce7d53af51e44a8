"""``python -m data build`` and ``python -m data status``."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from config import data_directory
from data.build import build
from data.errors import BuildFault, InputFault, LaborDataUnavailable
from data.store import LaborStore

FILE = "labor.duckdb"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the number is the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m data", description="The labour-market database.")
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("build", help="build it from the bundled data, or from files given")
    making.add_argument(
        "--onet", type=Path, metavar="PATH", help="official O*NET text release, folder or zip"
    )
    making.add_argument("--oews", type=Path, metavar="PATH", help="OEWS release as SQLite, gzipped or plain")
    making.add_argument("--areas", type=Path, metavar="PATH", help="CSV of counties and their OEWS areas")
    commands.add_parser("status", help="what is loaded, as JSON")
    asked = parser.parse_args(arguments)
    path = data_directory() / FILE
    try:
        return _build(path, asked) if asked.command == "build" else _status(path)
    except (InputFault, BuildFault, LaborDataUnavailable) as error:
        print(error, file=sys.stderr)
        return 1


def _build(path: Path, asked: argparse.Namespace) -> int:
    built = build(path, onet=asked.onet, oews_release=asked.oews, area_listing=asked.areas)
    for table, rows in built.rows:
        print(f"{table}: {rows:,} rows")
    print(f"built in {built.seconds:.1f} seconds: {built.path}")
    return 0


def _status(path: Path) -> int:
    store = LaborStore.open(path)
    try:
        sources = [asdict(source) for source in store.sources()]
    finally:
        store.close()
    for source in sources:
        source["retrieved"] = source["retrieved"].isoformat() if source["retrieved"] else None
    print(json.dumps(sources, indent=2, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())

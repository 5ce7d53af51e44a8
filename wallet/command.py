"""``python -m wallet verify FILE [--documents DIR] [--at ISO-DATE]``."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wallet.alignment_skills import aligned_skills
from wallet.documents import Documents, FolderDocuments
from wallet.errors import Unreadable
from wallet.moments import moment
from wallet.parse import LARGEST_BUNDLE, read
from wallet.report import Report
from wallet.verify import verify
from wallet.web_documents import WebDocuments


def add_verify(commands: Any) -> None:
    """Add ``verify`` to the commands of a parser."""
    verifying = commands.add_parser("verify", help="check a credential, as JSON")
    verifying.add_argument("file", type=Path, metavar="FILE")
    verifying.add_argument(
        "--documents",
        type=Path,
        metavar="DIR",
        help="a folder whose index.json maps addresses to files, in place of the network",
    )
    verifying.add_argument(
        "--at", type=_moment, metavar="ISO-DATE", help="the day to compare dates with (now)"
    )
    verifying.set_defaults(run=_verify)


def as_json(report: Report) -> dict[str, Any]:
    """Return a report as the command prints it."""
    return {
        "verdict": report.verdict.value,
        "checks": [
            {
                "name": check.name.value,
                "result": check.result.value,
                "explanation": str(check.explanation),
                **({"part": check.part} if check.part else {}),
            }
            for check in report.checks
        ],
        "skills": [
            {name: told for name, told in asdict(skill).items() if told is not None}
            for skill in aligned_skills(entry.achievement for entry in report.entries)
        ],
    }


def _verify(asked: argparse.Namespace) -> int:
    try:
        with asked.file.open("rb") as file:
            content = file.read(LARGEST_BUNDLE + 1)
        document = read(content, asked.file.name)
        documents: Documents = FolderDocuments(asked.documents) if asked.documents else WebDocuments()
    except OSError as error:
        print(f"{asked.file}: cannot be read ({error.strerror}).", file=sys.stderr)
        return 2
    except Unreadable as problem:
        print(f"{asked.file}: {problem}", file=sys.stderr)
        return 2
    report = verify(document, documents, asked.at or datetime.now(UTC))
    print(json.dumps(as_json(report), indent=2, ensure_ascii=False))
    return 0


def _moment(text: str) -> datetime:
    found = moment(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-05-01")
    # A day without a time means the middle of it.
    return found.replace(hour=12) if len(text.strip()) == 10 else found

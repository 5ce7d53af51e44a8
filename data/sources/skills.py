"""Published skill statements: ESCO skills and knowledge, and the Open Skills Network's.

The package carries three more lists. O*NET's technology examples and its 35 skills belong
with O*NET's ratings; the United Kingdom's list comes without a clear licence. They are
left where they are.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from data.errors import InputFault
from data.esco_addresses import knowledge_addresses
from data.folding import search_form
from data.labels import american, sentence_case
from data.sources.onet_tasks import read_json

SKILL_FIELDS = ("skill", "description", "addtional_notes", "taxonomy", "source_url")  # sic
_BRACKETS = re.compile(r"\s*\([^()]*\)$")
KNOWLEDGE_FIELDS = ("name", "description", "taxonomy")
ADDRESS = {
    "esco": re.compile(r"^http://data\.europa\.eu/esco/skill/[\w-]+$"),
    "osn": re.compile(r"^https://osmt\.wgu\.edu/api/skills/[\w-]+$"),
}


def load(skills: Path, knowledge: Path, addresses: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Statements and all their labels.

    Returns
    -------
    skill : DataFrame
        id, name, published_name, uri, vocabulary, kind, description.
    skill_label : DataFrame
        skill_id, label, language, preferred, folded.
    """
    statements = pd.concat([_skills(skills), _knowledge(knowledge, addresses)], ignore_index=True)
    statements["published_name"] = statements.published_name.str.split().str.join(" ")
    statements["description"] = statements.description.str.strip()
    # Open Skills writes in Title Case; in ESCO a capital marks a name or an acronym.
    statements["name"] = [
        american(sentence_case(label, title_case=vocabulary == "osn"))
        for label, vocabulary in zip(
            statements.published_name.tolist(), statements.vocabulary.tolist(), strict=True
        )
    ]
    if statements.id.duplicated().any():
        raise InputFault(
            skills, f"has two statements with the key {statements.id[statements.id.duplicated()].iloc[0]}"
        )
    labels = _labels(statements)
    columns = ["id", "name", "published_name", "uri", "vocabulary", "kind", "description"]
    return statements[columns], labels


def _skills(path: Path) -> pd.DataFrame:
    frame = read_json(path, SKILL_FIELDS)
    frame = frame[frame.taxonomy.isin(ADDRESS)].drop_duplicates("source_url")
    for vocabulary, address in ADDRESS.items():
        uris = frame.source_url[frame.taxonomy == vocabulary]
        if uris.empty or not uris.str.match(address).all():
            raise InputFault(path, f"lacks {vocabulary.upper()} statements with addresses of that vocabulary")
    return pd.DataFrame(
        {
            "id": frame.taxonomy + ":" + frame.source_url.str.rsplit("/", n=1).str[-1],
            "published_name": frame.skill,
            "uri": frame.source_url,
            "vocabulary": frame.taxonomy,
            "kind": "skill",
            "description": frame.description,
            # What stands there for Open Skills statements is their category, not a label.
            "others": frame.addtional_notes.where(frame.taxonomy == "esco", ""),
        }
    )


def _knowledge(path: Path, addresses: Path) -> pd.DataFrame:
    frame = read_json(path, KNOWLEDGE_FIELDS)
    frame = frame[frame.taxonomy == "esco_knowledge"].drop_duplicates("name")
    if frame.empty:
        raise InputFault(path, "has no ESCO knowledge")
    uris = knowledge_addresses(addresses, zip(frame.name.tolist(), frame.description.tolist(), strict=True))
    uri = frame.name.map(uris)
    return pd.DataFrame(
        {
            "id": "esco:" + uri.str.rsplit("/", n=1).str[-1],
            "published_name": frame.name,
            "uri": uri,
            "vocabulary": "esco",
            "kind": "knowledge",
            "description": frame.description,
            "others": "",
        }
    )


def _labels(statements: pd.DataFrame) -> pd.DataFrame:
    rows = []
    # Lists: one at a time, a column of Arrow strings gives them ten times as slowly.
    columns = (statements.id.tolist(), statements.published_name.tolist(), statements.others.tolist())
    for skill_id, preferred, others in zip(*columns, strict=True):
        # Some lists are separated by lines, some by commas; no label holds both.
        split = others.split("\n") if "\n" in others else others.split(", ")
        seen = {form := search_form(preferred)}
        rows.append((skill_id, preferred, "en", True, form))
        # The American spelling finds it too, and the name without what it says in brackets.
        plain = _BRACKETS.sub("", preferred)
        for label in (american(preferred), plain, *(" ".join(each.split()) for each in split)):
            form = search_form(label)
            # A label that differs in a plural or its punctuation only finds nothing more.
            if form.strip() and form not in seen:
                seen.add(form)
                rows.append((skill_id, label, "en", False, form))
    return pd.DataFrame(rows, columns=["skill_id", "label", "language", "preferred", "folded"])

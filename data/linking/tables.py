"""Write the starter tables: one small file a job family, rows in a fixed order, so that they diff well."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from data.linking.filter import INPUTS, Filter
from data.linking.inputs import Inputs, task_id
from data.linking.kin import Kin
from data.linking.require import Link


def write_links(folder: Path, inputs: Inputs, links: Mapping[str, Sequence[Link]]) -> int:
    """Write requirements to ``<job family>.csv``; returns the number of rows.

    Columns: role_code, skill_uri, score (how probably an expert keeps it; 1 where one has), importance
    (0-1), tasks (ids, the one that reading names or the strongest first).
    """
    rows = []
    for role in inputs.roles:
        for link in links.get(role.code, ()):
            evidence = " ".join(task_id(inputs.tasks[role.tasks[position]]) for position in link.tasks)
            uri = inputs.statements[link.statement].uri
            # Only what was read has a whole one.
            score = 1.0 if link.read else min(link.score, 0.99)
            rows.append((role.code, uri, f"{score:.2f}", f"{link.importance:.2f}", evidence))
    return write_by_family(folder, ("role_code", "skill_uri", "score", "importance", "tasks"), rows)


def write_similar(folder: Path, similar: Mapping[str, Sequence[tuple[str, float]]]) -> int:
    """Write likeness between roles, best first; returns the number of rows.

    Columns: role_code, other_code, score (0-1).
    """
    rows = [(code, other, f"{score:.3f}") for code in sorted(similar) for other, score in similar[code]]
    return write_by_family(folder, ("role_code", "other_code", "score"), rows)


def write_kin(path: Path, inputs: Inputs, pairs: Sequence[Kin]) -> int:
    """Write kinship, one row a pair in order of the addresses; returns the number of rows.

    Columns: skill_uri, other_uri, relation (the other one is broader, narrower or near), strength (0-0.8).
    """
    uris = [statement.uri for statement in inputs.statements]
    rows = [(uris[pair.statement], uris[pair.other], pair.relation, f"{pair.strength:.2f}") for pair in pairs]
    write_table(path, ("skill_uri", "other_uri", "relation", "strength"), sorted(rows))
    return len(rows)


def write_filter(path: Path, learned: Filter) -> None:
    """Write the filter: one row an input, its mean and standard deviation, and its coefficient.

    Columns: input, mean, deviation, coefficient (in log-odds a standard deviation).
    """
    rows = [("(none)", "", "", f"{learned.intercept:.2f}")]
    for name, mean, deviation, coefficient in zip(
        INPUTS, learned.means, learned.deviations, learned.coefficients, strict=True
    ):
        rows.append((name, f"{mean:.3f}", f"{deviation:.3f}", f"{coefficient:.2f}"))
    write_table(path, ("input", "mean", "deviation", "coefficient"), rows)


def write_by_family(folder: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write rows whose first column is a role code to one file a job family."""
    families: dict[str, list[Sequence[str]]] = {}
    for row in rows:
        families.setdefault(row[0][:2], []).append(row)
    folder.mkdir(parents=True, exist_ok=True)
    for family, own in families.items():
        write_table(folder / f"{family}.csv", header, own)
    return sum(map(len, families.values()))


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write one table, with line feeds on every platform."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)

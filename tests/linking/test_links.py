from __future__ import annotations

from collections import Counter, defaultdict

from data.linking.labels import words_of
from data.linking.stops import applies
from data.review import read_decisions
from tests.linking.conftest import STARTER, table

Rows = list[dict[str, str]]


def by_role(links: Rows) -> dict[str, Rows]:
    found: dict[str, Rows] = defaultdict(list)
    for link in links:
        found[link["role_code"]].append(link)
    return found


def test_every_role_with_tasks_has_15_to_40_requirements(
    links: Rows, tasks_by_role: dict[str, set[str]]
) -> None:
    counts = Counter(link["role_code"] for link in links)
    assert set(counts) == set(tasks_by_role)
    assert min(counts.values()) >= 15
    assert max(counts.values()) <= 40


def test_every_requirement_is_a_published_statement(links: Rows, published_labels: dict[str, str]) -> None:
    assert {link["skill_uri"] for link in links} <= set(published_labels)


def test_every_requirement_names_tasks_of_its_own_role(
    links: Rows, tasks_by_role: dict[str, set[str]]
) -> None:
    for link in links:
        tasks = link["tasks"].split()
        assert tasks
        assert len(tasks) == len(set(tasks))
        assert set(tasks) <= tasks_by_role[link["role_code"]]


def test_score_and_importance_are_shares(links: Rows) -> None:
    assert all(0 < float(link["score"]) <= 1 and 0 < float(link["importance"]) <= 1 for link in links)


def test_no_role_requires_the_same_thing_twice(links: Rows, published_labels: dict[str, str]) -> None:
    for code, own in by_role(links).items():
        words = [frozenset(words_of(published_labels[link["skill_uri"]])) for link in own]
        assert len(words) == len(set(words)), code


def test_nearly_all_labels_fit_a_square(links: Rows, published_labels: dict[str, str]) -> None:
    long = [link for link in links if len(published_labels[link["skill_uri"]]) > 45]
    assert len(long) < 0.03 * len(links)


def test_what_misleads_everywhere_is_nowhere_but_where_it_was_read(links: Rows) -> None:
    struck = defaultdict(list)
    for row in table("links_stop.csv"):
        struck[row["skill_uri"]] += row["roles"].split()
        assert row["reason"]
    read = {each.role_code for each in read_decisions(STARTER / "review")}
    assert not [
        link
        for link in links
        if link["role_code"] not in read and applies(struck[link["skill_uri"]], link["role_code"])
    ]


def test_a_nurse_gives_medication_and_a_stocker_stocks_shelves(
    links: Rows, published_labels: dict[str, str]
) -> None:
    labels = {
        code: {published_labels[link["skill_uri"]] for link in own} for code, own in by_role(links).items()
    }
    assert {"administer prescribed medication", "implement nursing care"} <= labels["29-1141.00"]
    assert {"stock shelves", "operate forklift"} <= labels["53-7065.00"]
    assert {"operate welding equipment", "apply arc welding techniques"} <= labels["51-4121.00"]
    assert {"utilise machine learning", "perform data mining"} <= labels["15-2051.00"]
    assert not any("animal" in label or "dental" in label for label in labels["29-1141.00"])


def test_names_for_squares_are_short_and_of_published_statements(published_labels: dict[str, str]) -> None:
    for row in table("skill_names.csv"):
        assert row["skill_uri"] in published_labels
        assert 0 < len(row["name"]) <= 45

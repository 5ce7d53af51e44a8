from __future__ import annotations

from collections import defaultdict

import pytest

from data.review import DECISIONS, Decision, read_decisions
from tests.linking.conftest import STARTER

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def review() -> tuple[Decision, ...]:
    return read_decisions(STARTER / "review")


def test_every_decision_stands_in_the_file_of_its_job_family() -> None:
    for path in sorted((STARTER / "review").glob("*.csv")):
        assert {each.role_code[:2] for each in read_decisions(path)} == {path.stem}


def test_every_address_of_the_review_is_of_a_published_statement(
    review: tuple[Decision, ...], published_labels: dict[str, str]
) -> None:
    named = {uri for each in review for uri in (each.skill_uri, each.other_uri) if uri}
    assert named <= set(published_labels)


def test_every_decision_is_about_a_role_and_one_of_its_tasks(
    review: tuple[Decision, ...], tasks_by_role: dict[str, set[str]]
) -> None:
    assert {each.role_code for each in review} <= set(tasks_by_role)
    assert [each for each in review if each.task not in tasks_by_role[each.role_code]] == []


def test_the_review_uses_every_kind_of_decision_and_gives_reasons(review: tuple[Decision, ...]) -> None:
    assert {each.decision for each in review} == set(DECISIONS)
    assert all(each.reason for each in review if each.decision != "keep")


def test_a_role_that_was_read_requires_what_was_decided_and_nothing_else(
    review: tuple[Decision, ...], links: Rows
) -> None:
    wanted = defaultdict(set)
    for each in review:
        wanted[each.role_code].add(each.required)
    found = defaultdict(set)
    for link in links:
        found[link["role_code"]].add(link["skill_uri"])
    for code, uris in wanted.items():
        assert found[code] == uris - {None}, code


def test_what_was_read_names_the_task_it_was_read_against(review: tuple[Decision, ...], links: Rows) -> None:
    first = {(link["role_code"], link["skill_uri"]): link["tasks"].split()[0] for link in links}
    for each in review:
        if each.decision == "keep":
            assert first[each.role_code, each.skill_uri] == each.task


def test_only_what_was_read_is_certain(review: tuple[Decision, ...], links: Rows) -> None:
    read = {each.role_code for each in review}
    for link in links:
        assert (float(link["score"]) == 1.0) == (link["role_code"] in read)


def test_the_roles_with_the_most_jobs_were_read(review: tuple[Decision, ...]) -> None:
    read = {each.role_code for each in review}
    assert len(read) >= 300
    # Retail salespersons, home health aides, cashiers, registered nurses, stockers, truck drivers.
    assert {"41-2031.00", "31-1121.00", "41-2011.00", "29-1141.00", "53-7065.00", "53-3032.00"} <= read


def test_every_role_read_has_a_core(review: tuple[Decision, ...]) -> None:
    cores = defaultdict(int)
    for each in review:
        cores[each.role_code] += each.core
    assert min(cores.values()) >= 2

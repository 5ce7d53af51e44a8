"""Finding roles by the words people use, and what is known of one role."""

from __future__ import annotations

from functools import partial

import pytest

from data.store import LaborStore
from graph.build import build
from graph.model import Role
from services.errors import AreaNotFound, RoleNotFound
from services.role_search import RoleIndex
from services.roles import RoleService
from tests.careers import (
    ACUTE,
    AIDE,
    CLERK,
    COUNTY,
    DRIVER,
    HEALTH,
    JOBS,
    KIN,
    LIGHT,
    NURSE,
    ROLES,
    SPOKANE,
    TITLES,
    UNKNOWN,
    SmallLabor,
    small_graph,
)
from tests.pace import seconds


@pytest.fixture
def roles() -> RoleService:
    return RoleService(SmallLabor(), small_graph(), RoleIndex(ROLES, TITLES, JOBS))


def found(roles: RoleService, *asked: str, **more: object) -> list[str]:
    return [role.code for role, _ in roles.search(*asked, **more)]


def test_an_everyday_title_finds_its_role_first(roles):
    assert found(roles, "CNA")[0] == AIDE.code
    assert found(roles, "cna")[0] == AIDE.code


def test_of_two_roles_with_one_everyday_title_the_larger_comes_first(roles):
    assert found(roles, "truck driver") == [DRIVER.code, LIGHT.code]


def test_a_beginning_comes_before_a_word_further_on(roles):
    assert found(roles, "nurs") == [AIDE.code, NURSE.code, ACUTE.code]


def test_what_is_of_the_kind_comes_before_what_only_begins_with_it(real):
    found = [role.title for role in real.search("truck driver")]
    assert found[0] == "Heavy and Tractor-Trailer Truck Drivers"
    assert found.index("Light Truck Drivers") < found.index("Human Resources Specialists")
    found = [role.title for role in real.search("conductor de camión")]
    assert found[0] == "Heavy and Tractor-Trailer Truck Drivers"


def test_all_words_have_to_be_there_in_any_order(roles):
    assert found(roles, "driver truck heavy") == [DRIVER.code]


def test_where_no_title_has_all_words_the_rarest_one_weighs_most(roles):
    assert found(roles, "certified driver nobody")[0] == AIDE.code
    assert found(roles, "nobody nothing") == []


def test_what_is_no_word_finds_no_role(roles):
    assert found(roles, "';--") == []


def test_plurals_accents_and_case_are_forgiven(roles):
    assert found(roles, "ENFERMERÁ")[0] == NURSE.code
    assert found(roles, "registered nurse")[0] == NURSE.code


def test_a_slip_of_the_keys_is_forgiven(roles):
    assert found(roles, "trukc drvier")[0] == DRIVER.code
    assert found(roles, "registred nurses")[0] == NURSE.code


def test_a_description_is_searched_last(roles):
    index = RoleIndex(ROLES)
    assert [r.code for r in index.search("they work stockers")] == [CLERK.code]


def test_without_words_every_role_comes_by_title(roles):
    titles = [role.title for role, _ in roles.search("", limit=100)]
    assert titles == sorted(titles)
    assert len(titles) == len(ROLES)


@pytest.mark.parametrize("query", ["", " ", "'", "%", "\x00", "🙂", "x" * 10_000, "((((", "a b " * 500])
def test_anything_may_be_typed(roles, query):
    roles.search(query)


def test_roles_of_one_job_family_can_be_asked_for(roles):
    assert found(roles, "", job_family="29") == [ACUTE.code, NURSE.code]
    assert found(roles, "driver", job_family="29") == []


def test_a_role_without_figures_in_the_area_comes_all_the_same(roles):
    markets = {role.code: market for role, market in roles.search("", area=SPOKANE.code)}
    assert markets[NURSE.code].employment.value == 6_850
    assert markets[DRIVER.code].employment.note == "suppressed"
    assert markets[UNKNOWN.code] is None


def test_a_county_has_the_figures_of_its_area(roles):
    _, market = roles.role(NURSE.code, COUNTY.code)
    assert market.area == SPOKANE


def test_a_role_comes_with_requirements_and_the_nations_figures(roles):
    role, market = roles.role(NURSE.code)
    assert role == NURSE
    assert market.area.kind == "nation"


def test_similar_roles_come_best_first_with_their_titles(roles):
    assert [(like.title, like.score) for like in roles.similar(NURSE.code, 1)] == [("Acute Care Nurses", 0.9)]
    assert roles.similar(UNKNOWN.code) == ()


def test_a_role_without_requirements_leads_to_those_of_its_occupation_then_to_the_most_similar():
    other, detail = Role("29-1141.99", "Nurses, All Other", HEALTH), Role("29-1199.00", "Lonely", HEALTH)
    table = {other.code: ((DRIVER.code, 0.4), (UNKNOWN.code, 0.3), (ACUTE.code, 0.2), (LIGHT.code, 0.01))}
    roles = (*ROLES, other, detail)
    service = RoleService(SmallLabor(), build(roles, KIN, table), RoleIndex(roles))
    assert service.instead(other.code) == (ACUTE, NURSE, DRIVER)
    assert service.instead(detail.code) == (ACUTE, NURSE)
    assert service.instead(UNKNOWN.code) == ()


def test_what_is_not_there_is_said_in_words(roles):
    for ask in (roles.role, roles.similar, roles.title):
        with pytest.raises(RoleNotFound, match=r"no role with the code 99-9999\.00"):
            ask("99-9999.00")
    for ask in (lambda: roles.search("", area="9999999"), lambda: roles.role(NURSE.code, "9999999")):
        with pytest.raises(AreaNotFound, match="no place with the code 9999999"):
            ask()


@pytest.fixture(scope="module")
def real(labor_store: LaborStore) -> RoleIndex:
    all_roles = labor_store.roles()
    markets = labor_store.markets([role.code for role in all_roles], "0000000")
    jobs = {code: m.employment.value or 0.0 for code, m in markets.items()}
    return RoleIndex(all_roles, labor_store.role_titles(), jobs)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("truck driver", "Heavy and Tractor-Trailer Truck Drivers"),
        ("trukc driver", "Heavy and Tractor-Trailer Truck Drivers"),
        ("registered nurse", "Registered Nurses"),
        ("welder", "Welders, Cutters, Solderers, and Brazers"),
        ("CNA", "Nursing Assistants"),
        ("logistics coordinator", "Logisticians"),
        ("medical billing specialist", "Billing and Posting Clerks"),
        ("data entry specialist", "Data Entry Keyers"),
        ("python developer", "Software Developers"),
    ],
)
def test_people_find_real_roles_by_their_own_words(real, labor_store, query, title):
    if not labor_store.role_titles():
        pytest.skip("there are no everyday titles in the database yet")
    assert real.search(query)[0].title == title


def test_a_word_that_no_title_has_is_passed_over(real):
    assert real.search("Contoso warehouse worker")[0] == real.search("warehouse worker")[0]


def test_a_search_takes_less_than_fifteen_milliseconds(real):
    for query in (
        "CNA",
        "truck driver",
        "nurse",
        "trukc drvier",
        "supervisor of operators",
        "amazon night worker",
        "",
    ):
        real.search(query)
        assert seconds(partial(real.search, query)) < 0.015

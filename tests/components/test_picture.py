"""The network as elements of a picture: the same careers, links and squares as in the data."""

from __future__ import annotations

from components.picture import elements, person_words, short_title
from graph.model import CareerLink, Network, Standing
from services.network import NetworkService, NetworkView
from tests.careers import ACUTE, AIDE, NURSE, ROLES, SPOKANE, SmallLabor, holding, small_graph, wallet


def network(opened: str | None = None, **more: object) -> Network:
    held = wallet(
        holding("monitor patients"),
        holding("write reports", Standing.SELF_ASSERTED),
        hidden=more.pop("hidden", ()),
    )
    view = NetworkView(area=SPOKANE.code, careers=(NURSE.code,), opened=opened, **more)  # type: ignore[arg-type]
    return NetworkService(SmallLabor(), small_graph()).network(held, view)


def of_class(drawn: list[dict], kind: str) -> dict[str, dict]:
    return {one["data"]["id"]: one for one in drawn if kind in one.get("classes", "").split()}


def test_every_career_is_drawn_once_with_its_title_and_its_way_to_the_person():
    shown = network()
    drawn = elements(shown, "Pete")
    codes = {career.role.code for career in shown.careers}
    assert set(of_class(drawn, "career")) == codes
    assert {one["data"]["code"] for one in of_class(drawn, "title").values()} == codes
    assert {one["data"]["target"] for one in of_class(drawn, "reach").values()} == codes


def test_chosen_and_suggested_careers_are_told_apart():
    drawn = elements(network(), "Pete")
    assert set(of_class(drawn, "chosen")) == {NURSE.code}
    assert set(of_class(drawn, "suggested")) == set(of_class(drawn, "career")) - {NURSE.code}


def test_no_two_elements_share_an_id_and_every_edge_has_both_ends():
    for opened in (None, *(role.code for role in ROLES)):
        drawn = elements(network(opened), "Pete")
        ids = [one["data"]["id"] for one in drawn]
        assert len(ids) == len(set(ids))
        for one in drawn:
            assert one["data"].get("source", "person") in ids
            assert one["data"].get("target", "person") in ids


def test_only_the_open_career_has_squares_one_for_each_of_its_skills():
    assert not of_class(elements(network(), "Pete"), "square")
    shown = network(NURSE.code)
    squares = of_class(elements(shown, "Pete"), "square")
    assert shown.opened is not None
    assert len(squares) == shown.opened.match.required == len(NURSE.requirements)
    states = [one["classes"] for one in squares.values()]
    assert sorted(states) == ["square matched", "square matched claimed", "square missing"]


def test_the_title_of_the_open_career_stands_on_nobody():
    for opened in (role.code for role in ROLES):
        drawn = elements(network(opened), "Pete")
        place = of_class(drawn, "career")[opened]["position"]
        title = of_class(drawn, "title")[f"title:{opened}"]
        above = title["position"]["y"] < place["y"]
        assert above is ("over" in title["classes"].split())
        # Below its circle only where that is away from the person, in the middle, or well beside them.
        assert above or place["y"] >= 0 or abs(place["x"]) >= 120


def test_a_skill_that_is_set_aside_has_no_square():
    squares = of_class(elements(network(NURSE.code, hidden=("give medicines",)), "Pete"), "square")
    assert len(squares) == len(NURSE.requirements) - 1


def test_careers_that_lead_to_one_another_are_joined():
    shown = network()
    assert (
        CareerLink(NURSE.code, ACUTE.code, 0.9) in shown.links
        or CareerLink(ACUTE.code, NURSE.code, 0.9) in shown.links
    )
    drawn = of_class(elements(shown, "Pete"), "leads")
    assert len(drawn) == len(shown.links)


def test_what_expired_is_not_counted_under_the_person():
    held = wallet(
        holding("monitor patients"),
        holding("write reports", Standing.SELF_ASSERTED),
        holding("lift patients", Standing.EXPIRED),
        holding("give medicines", Standing.REVOKED),
        owner="somebody",
    )
    assert "2 skills" in person_words(held, "Pete")
    assert "1 " in person_words(held, "Pete").split("skills")[1]


def test_a_person_without_careers_stands_alone():
    labor = SmallLabor()
    empty = NetworkService(labor, small_graph()).network(wallet(), NetworkView(area="0000000"))
    assert [one["data"]["id"] for one in elements(empty, "You")] == ["person"]


def test_a_title_too_long_for_its_place_ends_at_a_word():
    assert short_title(AIDE.title) == AIDE.title
    cut = short_title("Laborers and Freight, Stock, and Material Movers, Hand")
    assert cut.endswith("…") and len(cut) <= 35
    assert not cut.removesuffix("…").endswith((",", " and", " of"))

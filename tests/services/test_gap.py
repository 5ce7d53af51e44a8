"""One wallet against one role, and against all of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accounts.actor import VISITOR, Actor
from accounts.errors import PermissionDenied, SignInNeeded
from graph.model import Standing
from i18n import use_locale
from services.errors import RoleNotFound
from services.gap import GapService
from services.why import explain
from tests.careers import (
    AIDE,
    DRIVER,
    LIGHT,
    NURSE,
    SPOKANE,
    UNKNOWN,
    SmallLabor,
    holding,
    small_graph,
    wallet,
)

PETE, MAYA = Actor("pete", "Pete"), Actor("maya", "Maya")


@pytest.fixture
def service() -> GapService:
    return GapService(SmallLabor(), small_graph())


def why(service: GapService, held, code: str) -> dict[str, str]:
    squares = service.gap(held, code).match.squares
    return {square.requirement.skill.name: explain(square) for square in squares}


def test_a_gap_shows_every_requirement_and_the_local_figures(service):
    career = service.gap(wallet(holding("give medicines")), NURSE.code, SPOKANE.code)
    assert len(career.match.squares) == 3
    assert career.market.area == SPOKANE


def test_an_area_that_does_not_exist_gives_the_nations_figures(service):
    assert service.gap(wallet(), NURSE.code, "nowhere").market.area.kind == "nation"


def test_a_role_that_does_not_exist_is_said_in_words(service):
    with pytest.raises(RoleNotFound):
        service.gap(wallet(), "99-9999.00")


def test_matches_come_best_first_without_roles_that_require_nothing(service):
    found = service.matches(wallet(holding("drive trucks")))
    assert found[0].role.code == DRIVER.code
    assert UNKNOWN.code not in {match.role.code for match in found}
    assert len(service.matches(wallet(), 2)) == 2


def test_a_wallet_is_matched_for_its_owner_only(service):
    own = replace(wallet(holding("drive trucks")), owner="pete")
    assert service.gap(own, DRIVER.code, None, PETE) and service.matches(own, 1, PETE)
    for actor, refusal in ((MAYA, PermissionDenied), (VISITOR, SignInNeeded)):
        with pytest.raises(refusal):
            service.gap(own, DRIVER.code, None, actor)
        with pytest.raises(refusal):
            service.matches(own, 1, actor)


def test_a_square_says_why_it_is_required_and_what_covers_it(service):
    said = why(
        service,
        wallet(holding("give medicines"), holding("write reports", Standing.SELF_ASSERTED)),
        NURSE.code,
    )
    assert "“They give medicines.”" in said["give medicines"]
    assert "You have this skill. It is verified by “Certificate: give medicines”" in said["give medicines"]
    assert "nobody has confirmed it" in said["write reports"]
    assert "Nothing in your wallet covers it yet." in said["monitor patients"]


def test_a_square_says_which_kindred_skill_covers_it_in_part(service):
    said = why(service, wallet(holding("drive trucks")), LIGHT.code)["drive vans"]
    assert "You have the broader skill “drive trucks”, which covers 60% of it." in said


def test_a_hidden_square_says_so(service):
    said = why(service, wallet(hidden=["lift patients"]), AIDE.code)
    assert said["lift patients"].startswith("You set this skill aside")


def test_shares_are_written_in_the_readers_language(service):
    with use_locale("es"):
        said = why(service, wallet(), NURSE.code)["monitor patients"]
    assert "\N{NO-BREAK SPACE}%" in said

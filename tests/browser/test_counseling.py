"""A session at the screen: from the invitation over the caseload to the plan that both signed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Page, expect

from accounts.roles import PersonRole
from accounts.store import PersonStore
from tests.browser.looking import WIDE, unfold, violations
from tests.browser.steps import Screen, Served
from tests.people import PASSWORD
from wallet.store import WalletStore

Screens = Callable[..., Screen]
LATER = (date.today() + timedelta(days=60)).isoformat()


def looked_at(page: Page) -> None:
    """Nothing is amiss on the page: unfolded, dark, on a tablet in portrait, on a phone."""
    unfold(page)
    assert not violations(page)
    page.emulate_media(color_scheme="dark")
    assert not violations(page, colours=True)
    page.emulate_media(color_scheme="light")
    for width in (768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(WIDE) == []
    page.set_viewport_size({"width": 1440, "height": 900})


class Hand:
    """What a counselor does with mouse and keyboard, counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.fields = 0

    def click(self, role: Any, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role(role, name=name).first.click()
        self.clicks += 1

    def fill(self, label: str | re.Pattern[str], text: str) -> None:
        self.page.get_by_label(label).fill(text)
        self.fields += 1


def test_a_counselor_runs_a_session_from_the_caseload_to_a_signed_plan(
    screen: Screens,
    served: Served,
    newcomer: Callable[..., str],
    twin: Callable[..., str],
    stores: tuple[PersonStore, WalletStore],
) -> None:
    counselor, client, services = newcomer(), twin(), served.services
    dana, robin = (services.people.sign_in(one, PASSWORD) for one in (counselor, client))
    stores[0].set_name(str(dana.person_id), "Dana")
    stores[0].grant_roles(str(dana.person_id), {PersonRole.COUNSELOR})
    services.consents.let_counselor(
        robin, str(dana.person_id), ends_at=None, actions=frozenset({"plans.change"})
    )
    page = screen().sign_in(counselor, PASSWORD).go("/counselor")
    hand, began = Hand(page), time.monotonic()

    hand.click("link", "Robin")
    hand.click("button", "Begin the meeting")
    hand.click("link", re.compile("Logisticians"))
    expect(page.locator(".net-career.open")).to_be_visible()
    assert page.locator(".net-square.missing").count() > 5
    hand.click("button", "Make it the goal")
    hand.fill("Next step", "Enrol at the institute")
    hand.fill("By when", LATER)
    hand.click("button", "Add the step")
    hand.fill("A note", "Steady hours matter most.")
    hand.click("button", "Keep the note")
    hand.click("link", "Employment plan")
    hand.fill("In your client's words", "Steady hours near home.")
    hand.fill("Day of review 1", LATER)
    hand.click("button", "Make a version to sign")
    hand.fill("Robin, who sits beside you, signs here", "Robin")
    hand.click("button", re.compile("Sign version 1.*Robin"))
    hand.fill("You sign as the counselor", "Dana")
    hand.click("button", re.compile("Sign version 1"))
    expect(page.get_by_role("heading", name="Follow-ups")).to_be_visible()
    hand.click("link", "Robin")
    hand.click("button", "End the meeting")
    expect(page.get_by_role("button", name="Begin the meeting")).to_be_visible()

    print(f"{hand.clicks} clicks and {hand.fields} fields in {time.monotonic() - began:.1f} s")
    assert (hand.clicks, hand.fields) == (12, 7)
    assert time.monotonic() - began < 15 * 60
    plan = services.employment_plans.mine(robin)
    assert (
        plan is not None
        and plan.versions[0].signed_on
        and [one.days for one in plan.follow_ups] == [30, 60, 90]
    )
    [meeting] = services.case_work.my_meetings(robin)
    assert meeting.ended_at and meeting.minutes == 1


def test_from_an_invitation_to_a_signed_plan_every_page_is_sound_in_two_languages(
    screen: Screens,
    served: Served,
    newcomer: Callable[..., str],
    twin: Callable[..., str],
    stores: tuple[PersonStore, WalletStore],
) -> None:
    email = newcomer()
    dana = served.services.people.sign_in(email, PASSWORD)
    stores[0].set_name(str(dana.person_id), "Dana")
    stores[0].grant_roles(str(dana.person_id), {PersonRole.COUNSELOR})
    here, there = screen(), screen()
    page = here.sign_in(email, PASSWORD).go("/counselor/invitations")
    page.get_by_label("Name", exact=True).fill("Robin")
    page.get_by_role("button", name="Invite", exact=True).click()
    link = page.get_by_label("Link for Robin").input_value()
    assert not violations(page)

    client = there.sign_in(twin("es"), PASSWORD).go(link)
    expect(client.get_by_role("heading", level=1)).to_have_text("Invitación")
    client.get_by_role("button", name="Permitir").click()
    expect(client.locator("#advice")).to_be_visible()

    page.goto("/counselor")
    looked_at(page)
    page.get_by_role("link", name="Robin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Robin")
    page.get_by_role("button", name="Begin the meeting").click()
    page.get_by_label("A note").fill("Worries about money")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator(".note-private")).to_contain_text("Worries about money")
    page.get_by_role("link", name=re.compile("Logisticians")).first.click()
    page.get_by_role("button", name="Make it the goal").click()
    expect(page.locator(".lead")).to_contain_text("Logisticians")
    page.get_by_label("Next step").fill("Enrol at the institute")
    page.get_by_label("By when").fill(LATER)
    page.get_by_role("button", name="Add the step").click()
    looked_at(page)
    page.get_by_role("link", name="Present", exact=True).click()
    expect(page.locator("main")).not_to_contain_text("Worries about money")
    for part in ("Network", "Pathways", "Compare"):
        page.get_by_role("navigation", name="Views of this client").get_by_role("link", name=part).click()
    looked_at(page)

    page.get_by_role("link", name="Employment plan").click()
    page.get_by_label("In your client's words").fill("Steady hours near home.")
    page.get_by_label("Day of review 1").fill(LATER)
    page.get_by_role("button", name="Make a version to sign").click()
    page.get_by_label("Robin, who sits beside you, signs here").fill("Robin")
    pad = page.locator("canvas").first
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 30, steps=5)
    page.mouse.up()
    page.get_by_role("button", name=re.compile("Sign version 1.*Robin")).click()
    expect(page.get_by_role("img", name="Drawn signature of Robin")).to_be_visible()
    page.get_by_label("You sign as the counselor").fill("Dana")
    page.get_by_role("button", name=re.compile("Sign version 1")).click()
    expect(page.get_by_role("heading", name="Follow-ups")).to_be_visible()
    looked_at(page)
    paper = here.context.request.get(page.url.split("?")[0] + "/1.pdf?language=es")
    assert paper.ok and paper.body().startswith(b"%PDF")

    client.goto("/plan")
    expect(client.get_by_role("heading", level=1)).to_have_text("Plan")
    client.get_by_role("button", name="Hecho: Enrol at the institute").click()
    expect(client.locator(".plan-steps .done")).to_have_count(1)
    looked_at(client)
    page.goto("/counselor/figures")
    expect(page.get_by_role("heading", name="Goals", exact=True)).to_be_visible()
    assert not violations(page)


def test_a_step_is_ticked_and_a_plan_signed_by_keyboard_alone(
    screen: Screens, served: Served, newcomer: Callable[..., str], stores: tuple[PersonStore, WalletStore]
) -> None:
    counselor, email = newcomer(), newcomer()
    services = served.services
    dana, robin = (services.people.sign_in(one, PASSWORD) for one in (counselor, email))
    stores[0].grant_roles(str(dana.person_id), {PersonRole.COUNSELOR})
    dana = services.people.sign_in(counselor, PASSWORD)
    services.consents.let_counselor(
        robin, str(dana.person_id), ends_at=None, actions=frozenset({"plans.change"})
    )
    person = str(robin.person_id)
    services.employment_plans.set_goal(dana, person, "13-1081.00")
    here = screen()
    page = here.sign_in(counselor, PASSWORD).go(f"/counselor/{person}")
    page.get_by_label("Next step").focus()
    page.keyboard.type("Write a résumé")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Done: Write a résumé").focus()
    page.keyboard.press("Space")
    expect(page.locator(".plan-steps .done")).to_have_count(1)
    page.goto(f"/counselor/{person}/plan")
    page.get_by_label("Day of review 1").fill(LATER)
    page.get_by_role("button", name="Make a version to sign").focus()
    page.keyboard.press("Enter")
    page.get_by_label("You sign as the counselor").focus()
    page.keyboard.type("Dana")
    page.keyboard.press("Enter")
    expect(page.locator(".signed-name")).to_have_text("Dana")

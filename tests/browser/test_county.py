"""An official finds what their county is shortest of, and takes it to the board."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.looking import sideways, violations
from tests.browser.steps import Screen

Screens = Callable[..., Screen]


def test_an_official_finds_the_five_shortest_skills_in_under_five_clicks_and_takes_the_packet(
    screen: Screens,
) -> None:
    page = screen().go("/")
    clicks = 0

    def click(role: str, name: str, exact: bool = False) -> None:
        nonlocal clicks
        page.get_by_role(role, name=name, exact=exact).first.click()  # type: ignore[arg-type]
        clicks += 1

    click("link", "Sign in", exact=True)
    click("button", "Lee Hartman")
    expect(page.get_by_role("heading", level=1)).to_have_text("Regional skills gap")
    click("link", "Paying above the median")
    expect(page.locator("#finding")).to_contain_text("Spokane County, WA is shortest of")
    expect(page.locator("#finding")).to_contain_text("jobs paying above the median")
    page.get_by_text("Show as table").click()
    clicks += 1
    assert clicks < 5
    table = page.get_by_role("region", name="Spokane County, WA is shortest of").get_by_role("table")
    shortest = table.locator("tbody").first.locator("tr:has(td)")
    names = [shortest.nth(place).get_by_role("rowheader").inner_text() for place in range(5)]
    gaps = [shortest.nth(place).get_by_role("cell").nth(2).inner_text() for place in range(5)]
    # The finding itself is the answer, as a sentence.
    assert all(name in page.locator("#finding").inner_text() for name in names)
    assert len(set(names)) == 5 and all(gap.startswith("short by ") for gap in gaps)
    asked = page.request.get("/api/v1/areas/53063/gap?jobs=above_median&limit=5").json()
    assert [one["skill"] for one in asked] == names
    expect(page.get_by_text("Invented people").first).to_be_visible()
    page.get_by_role("button", name="Make the packet").click()
    expect(page.get_by_role("main").get_by_role("status")).to_have_text("The packet is ready.")
    assert not violations(page) and not sideways(page)
    with page.expect_download() as packet:
        page.get_by_role("link", name="Download the packet").click()
    assert packet.value.path().read_bytes().startswith(b"%PDF")


def test_on_a_phone_nothing_stands_out_over_the_edge(screen: Screens) -> None:
    page = screen(390, 844).sign_in("official@demo.example").go("/county?view=families")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto("/county")
    expect(page.locator(".chart-narrow svg")).to_be_visible()
    expect(page.locator(".chart-wide svg")).to_be_hidden()

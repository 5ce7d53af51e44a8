"""What looks wrong to a learner, decided by an administrator, and still right after a new build."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.build import build
from data.review import read_decisions
from data.store import LaborStore
from tests.browser.looking import WIDE, violations
from tests.browser.steps import Screen, Served, quiet, tab_to
from tests.people import PASSWORD

Screens = Callable[..., Screen]
ROLE = "53-7065.00"  # Stockers and order fillers
ADMIN = "admin@demo.example"


def square(page: Page, place: int = 0):  # type: ignore[no-untyped-def]
    """One of the squares that are missing, open."""
    found = page.locator(".gap-square").nth(place)
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found


def say_wrong(page: Page, place: int, words: str = "") -> str:
    """Report a square; gives its URI."""
    one = square(page, place)
    one.get_by_role("button", name="This looks wrong").click()
    if words:
        page.keyboard.type(words)
    one.get_by_role("button", name="Send").click()
    expect(one.get_by_text("You said this looks wrong.")).to_be_visible()
    quiet(page)
    return str(one.get_attribute("data-skill"))


def say_missing(page: Page, words: str, find: str = "") -> None:
    page.get_by_label("What is missing?").fill(words)
    if find:
        page.get_by_label("The published skill, if you find it").fill(find)
        page.locator("#missing-found button").first.click()
        expect(page.locator("#missing-chosen")).to_contain_text("Chosen:")
    page.locator("#missing-send").click()
    expect(page.locator("#missing-status")).to_have_text("You said what is missing. Thank you.")
    quiet(page)


def test_what_a_learner_reports_is_decided_exported_and_built_in(
    screen: Screens,
    served: Served,
    newcomer: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    learner = screen().sign_in(newcomer(), PASSWORD).go(f"/gap/{ROLE}")
    dropped = say_wrong(learner, 0, "Nobody here does that.")
    swapped = say_wrong(learner, 1)
    say_missing(learner, "We bake, too.", "bake")

    admin = screen()
    page = admin.sign_in(ADMIN).go("/reports")
    expect(page.get_by_role("heading", level=1)).to_have_text("Reports")
    expect(page.locator("nav.places a[aria-current]")).to_have_text("Reports")
    # Of the same count, the first said is the first decided.
    expect(page.locator(".case-words")).to_contain_text("Nobody here does that.")
    expect(page.locator(".case-tasks .behind").first).to_be_visible()
    page.get_by_label("Take it out").check()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("alert")).to_contain_text("Give the reason")
    admin.expected.add(400)
    admin.problems.clear()
    page.get_by_label("Reason").fill("Not in this county")
    page.get_by_role("button", name="Decide").click()
    expect(page.locator(".flash")).to_contain_text("Your decision is kept")

    page.get_by_label("Swap it for a better one").check()
    page.get_by_label("Look for a published skill").fill("welding")
    page.keyboard.press("Enter")
    page.locator('input[name="statement"]').last.check()
    page.get_by_label("The work cannot be done without it").check()
    page.get_by_label("Reason").fill("That is what it is")
    page.get_by_role("button", name="Decide").click()
    expect(page.locator(".flash")).to_contain_text("Your decision is kept")

    # The statement that the learner found is chosen already.
    page.locator('.case-tasks input[type="radio"]').first.check()
    page.get_by_label("Reason").fill("They do")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("heading", name="Nothing is open")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Export decisions").click()
    review = tmp_path / "review"
    review.mkdir()
    download.value.save_as(review / "corrections.csv")

    decisions = {one.skill_uri: one for one in read_decisions(review)}
    assert decisions[dropped].decision == "drop"
    assert (decisions[swapped].decision, decisions[swapped].core) == ("swap", True)
    added = next(one for one in decisions.values() if one.decision == "add")
    # A release of this role alone, its tasks as they are; the index of skills is not what is decided on.
    monkeypatch.setattr("data.build._put_index", lambda *folders: None)
    build(tmp_path / "labor.duckdb", onet=alone(served, tmp_path / "db"), review=review)
    store = LaborStore.open(tmp_path / "labor.duckdb")
    required = {one.skill.uri: one for one in store.requirements()[ROLE]}
    store.close()
    assert dropped not in required and swapped not in required
    assert required[decisions[swapped].other_uri].importance >= 0.75
    assert required[added.skill_uri].importance == 1.0
    assert [task.id for task in required[added.skill_uri].evidence] == [added.task]

    learner.reload()
    learner.wait_for_selector(".gap-square")
    expect(square(learner, 0)).to_contain_text("An administrator took the skill out")
    expect(square(learner, 0)).to_contain_text("Not in this county")
    clear(served)


def alone(served: Served, folder: Path) -> Path:
    """A text release with one role in it."""
    folder.mkdir()
    head = ("O*NET-SOC Code\tTitle\tDescription", f"{ROLE}\tStockers\tFill shelves.")
    (folder / "Occupation Data.txt").write_text("\n".join((*head, "")), encoding="utf-8")
    columns = "O*NET-SOC Code\tTask ID\tTask\tTask Type\tIncumbents Responding\tDate\tDomain Source"
    tasks = (
        f"{ROLE}\t{nth}\t{task.text}\tCore\t90\t08/2030\tIncumbent"
        for nth, task in enumerate(served.services.labor.tasks(ROLE))
    )
    (folder / "Task Statements.txt").write_text("\n".join((columns, *tasks, "")), encoding="utf-8")
    return folder


def clear(served: Served) -> None:
    """Leave nothing decided behind for other tests."""
    admin = served.services.people.sign_in(ADMIN, "waymark-demo")
    for one in served.services.corrections.settled(admin):
        served.services.corrections.undo(admin, one.id)
    for case in served.services.corrections.cases(admin):
        served.services.corrections.dismiss(admin, case.id)


def test_it_is_said_and_taken_back_by_keyboard_alone(screen: Screens, newcomer: Callable[..., str]) -> None:
    page = screen().sign_in(newcomer(), PASSWORD).go(f"/gap/{ROLE}")
    page.locator(".gap-square summary").first.focus()
    page.keyboard.press("Enter")
    tab_to(page, "[data-unfold]")
    page.keyboard.press("Enter")
    expect(page.locator(".report-form textarea").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-unfold]").first).to_be_focused()
    expect(page.locator("[data-unfold]").first).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.keyboard.type("Not here")
    tab_to(page, '[data-act="report"]')
    page.keyboard.press("Enter")
    expect(page.locator('[data-act="unreport"]')).to_be_focused()
    expect(page.locator("#gap-said")).to_contain_text("looks wrong. Thank you.")
    page.keyboard.press("Enter")
    expect(page.locator("[data-unfold]").first).to_be_focused()
    expect(page.locator("#gap-said")).to_contain_text("You took back")


def test_a_double_click_says_it_once(screen: Screens, newcomer: Callable[..., str], served: Served) -> None:
    email = newcomer()
    page = screen().sign_in(email, PASSWORD).go(f"/gap/{ROLE}")
    page.get_by_label("What is missing?").fill("Twice")
    page.locator("#missing-send").dblclick()
    expect(page.locator(".missing-said li")).to_have_count(1)
    quiet(page)
    actor = served.services.people.sign_in(email, PASSWORD)
    mine = served.services.reports.mine(actor)
    assert [report.words for report in mine] == ["Twice"]
    served.services.reports.withdraw(actor, mine[0].id)


@pytest.mark.parametrize(("width", "locale"), [(1440, "en"), (390, "es")])
def test_axe_finds_nothing_where_things_are_reported_and_decided(
    screen: Screens, newcomer: Callable[..., str], served: Served, width: int, locale: str
) -> None:
    here = screen(width, 844)
    here.context.add_cookies([{"name": "language", "value": locale, "url": here.served.url}])
    page = here.sign_in(newcomer(locale), PASSWORD).go(f"/gap/{ROLE}")
    square(page, 0).locator("[data-unfold]").click()
    square(page, 0).locator('[data-act="report"]').click()
    expect(page.locator('[data-act="unreport"]')).to_be_visible()
    square(page, 1).locator("[data-unfold]").click()
    page.locator("#missing-text").fill("Something")
    page.locator("#missing-words").fill("forklift")
    page.locator("#missing-found button").first.click()
    expect(page.locator("#missing-chosen b")).to_be_visible()
    page.locator("#missing-send").click()
    expect(page.locator(".missing-said li")).to_have_count(1)
    looks_right(page)
    deciding = screen(width, 844)
    deciding.context.add_cookies([{"name": "language", "value": locale, "url": here.served.url}])
    deciding.expected.add(400)
    page = deciding.sign_in(ADMIN).go("/reports")
    page.locator("#decision-swap").check()
    page.locator("#find").fill("forklift")
    page.keyboard.press("Enter")
    page.locator('button[value="decide"]').click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page)
    page.locator('button[value="dismiss"]').click()
    expect(page.locator(".settled-list li").first).to_be_visible()
    clear(served)
    page.reload()
    looks_right(page)


def looks_right(page: Page) -> None:
    """Axe has nothing to say, light and dark, and nothing is wider than the screen."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        # In the dark nothing but the colours is another.
        assert not violations(page, colours=scheme == "dark")
    assert not page.evaluate(WIDE)

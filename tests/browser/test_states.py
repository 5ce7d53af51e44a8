"""States that are easily forgotten look intended; every page keeps to its host and its language."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from accounts.store import PersonStore
from services.network import MOST_CAREERS
from tests.browser.steps import Screen, canvas, on_canvas, opened, quiet, rows, settled, squares
from tests.people import PASSWORD
from wallet.store import WalletStore

Screens = Callable[..., Screen]
NO_FIGURES = r"not published|BLS publishes (no|by metropolitan)"
EVERYWHERE = (
    "/",
    "/?job=cook",
    "/login",
    "/register",
    "/network",
    "/network?now=41-2011.00&open=41-2031.00",
    "/gap/13-1081.00",
    "/nowhere",
)
OWN = ("/network?open=13-1081.00", "/network?view=table", "/gap/13-1081.00", "/wallet", "/account")


def person_of(here: Screen, email: str) -> str:
    person = here.served.services.people.sign_in(email, PASSWORD).person_id
    assert person
    return person


def test_an_empty_wallet_is_told_how_to_begin(screen: Screens, newcomer: Callable[..., str]) -> None:
    here = screen().sign_in(newcomer(), PASSWORD)
    page = here.go("/network")
    expect(page.get_by_text("Your wallet has no skills yet.")).to_be_visible()
    expect(page.locator("#net-panel").get_by_role("link", name="Add a record or a skill")).to_be_visible()
    expect(page.get_by_text("None chosen yet.")).to_be_visible()
    assert set(on_canvas(page, "person")) == {"person"}
    assert not on_canvas(page, "ring") and not on_canvas(page, "career")
    page.get_by_label("The job you do now").fill("cashier")
    page.locator("#net-job-found button").first.click()
    expect(rows(page).first).to_be_visible()
    page = here.go("/gap/13-1081.00")
    expect(page.get_by_text("Your wallet is empty so far").first).to_be_visible()
    page = here.go("/wallet")
    expect(page.get_by_text("No records yet.")).to_be_visible()


CLAIMS = "section[aria-labelledby=wallet-claims] .skill-rows li"


def test_a_new_account_is_made_in_the_browser_and_begins_its_wallet(screen: Screens) -> None:
    page = screen().go("/register?next=/wallet")
    page.get_by_label("Name").fill("Robin")
    page.get_by_label("Email").fill("made.in.browser@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/wallet")
    settled(page)
    page.get_by_label("Look for a skill you have").fill("forklift")
    expect(page.locator("#wallet-found [data-act=claim]").first).to_be_visible()
    page.locator("#wallet-found [data-act=claim]").first.click()
    expect(page.locator(CLAIMS)).to_have_count(1)
    page.goto("/network")
    settled(page)
    assert rows(page).count() > 0


def test_a_wallet_of_five_hundred_skills_still_draws(
    screen: Screens, newcomer: Callable[..., str], stores: tuple[PersonStore, WalletStore]
) -> None:
    email = newcomer()
    here = screen().sign_in(email, PASSWORD)
    person, (_people, wallets) = person_of(here, email), stores
    graph = here.served.services.graph
    required: dict[str, str] = {}
    for role in here.served.services.labor.requirements().values():
        required.update({one.skill.uri: one.skill.name for one in role})
    assert graph is not None
    for uri, name in sorted(required.items())[:500]:
        wallets.claim_skill(person, uri, name)
    page = here.go("/network")
    assert rows(page).count() == MOST_CAREERS
    assert "500 skills" in on_canvas(page, "person")["person"]["data"]["label"]
    rows(page).first.click()
    code = str(rows(page).first.get_attribute("data-code"))
    opened(page, code)
    assert squares(page)
    page = here.go("/wallet")
    expect(page.locator(".skills-sentence")).to_contain_text("500 skills")
    expect(page.locator(CLAIMS)).to_have_count(100)
    expect(page.get_by_text("1 to 100 of 500.")).to_be_visible()
    last = wallets.records(person)[-1]
    page = here.go(f"/wallet?claims={last.id}#record-{last.id}")
    expect(page.locator(CLAIMS)).to_have_count(100)
    expect(page.locator(CLAIMS).last).to_have_id(f"record-{last.id}")
    expect(page.locator(f"#record-{last.id}")).to_be_focused()


@pytest.mark.parametrize("area", ["0000000", "72153", "30069", "5300000", "9999999"])
def test_a_role_without_published_figures_says_so_and_never_zero(screen: Screens, area: str) -> None:
    here = screen()
    labor = here.served.services.labor
    codes = [role.code for role in labor.roles()]
    known = labor.markets(codes, "0000000")
    silent = [code for code in codes if code not in known][:1]
    # What is asked of a place that does not exist is answered for the nation.
    local = labor.markets(codes, area)
    withheld = [code for code, market in sorted(local.items()) if market.employment.value is None][:1]
    poor = [
        code
        for code, market in sorted(local.items())
        if not any(figure.value for figure in (*market.annual.values(), *market.hourly.values()))
    ][:1]
    assert silent and (withheld or area in ("0000000", "9999999"))
    where = f"&area={area}"
    for code in {*silent, *withheld, *poor}:
        page = here.go(f"/network?now=41-2011.00&careers={code}&open={code}{where}")
        text = opened(page, code).inner_text()
        assert re.search(NO_FIGURES, text), text
        assert not re.search(r"(?<![\d,.])\$?0 (jobs|a year|an hour)|\bnan\b|\bNone\b", text)
        text = here.go(f"/gap/{code}?{where.lstrip('&')}").locator(".market").inner_text()
        assert re.search(NO_FIGURES, text), text
        assert not re.search(r"(?<![\d,.])\$?0 (jobs|a year|an hour)|\bnan\b|\bNone\b", text)


def test_a_place_with_no_figures_of_its_own_says_which_figures_are_shown(screen: Screens) -> None:
    here = screen()
    page = here.go("/network?now=41-2011.00&area=30069&view=table")
    area = here.served.services.roles.area("30069")
    assert area is not None
    expect(page.locator("#net-place")).to_contain_text(area.name)
    for cells in page.locator("#net-table tbody tr").all():
        wage = cells.locator("td").nth(6).inner_text()
        jobs = cells.locator("td").nth(5).inner_text()
        assert re.search(r"not published|\$\d", wage), wage
        assert re.search(r"not published|[1-9][\d,]* jobs", jobs), jobs


def test_somebody_who_chose_no_career_sees_suggestions(
    screen: Screens, twin: Callable[..., str], stores: tuple[PersonStore, WalletStore]
) -> None:
    email = twin()
    here = screen().sign_in(email, PASSWORD)
    people, _wallets = stores
    for code, _area in people.chosen_careers(person_of(here, email)):
        people.drop_career(person_of(here, email), code)
    page = here.go("/network")
    expect(page.get_by_text("None chosen yet.")).to_be_visible()
    assert len(on_canvas(page, "suggested")) == MOST_CAREERS
    page.get_by_role("switch", name="Suggested careers").click()
    expect(rows(page)).to_have_count(0)
    expect(page.get_by_text("No career answers this choice.")).to_be_visible()


def test_a_role_without_published_tasks_says_that_there_is_nothing_to_compare(screen: Screens) -> None:
    here = screen().sign_in()
    labor = here.served.services.labor
    required = labor.requirements()
    bare = next(role.code for role in labor.roles() if role.code not in required)
    page = here.go(f"/network?open={bare}")
    expect(page.locator(".career-panel")).to_contain_text("publishes no tasks for this role")
    assert not on_canvas(page, "square")
    assert on_canvas(page, "career")[bare]["data"]["label"] == "–"
    expect(rows(page).and_(page.locator(f'[data-code="{bare}"]')).locator(".score")).to_have_text("–")
    page = here.go(f"/gap/{bare}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize(
    "search",
    [
        "?open=99-9999.99",
        "?open=x&now=y&area=zz&careers=,,,&family=zz&verified=maybe&suggested=no&view=chairs",
        "?careers=" + ",".join(f"29-11{n:02d}.00" for n in range(80)),
        "?now=99-9999.99",
        "?" + "&".join(f"a{n}=1" for n in range(60)),
    ],
)
def test_an_address_that_was_mistyped_still_gives_a_page(screen: Screens, search: str) -> None:
    for who in ("", "pete@demo.example"):
        here = screen()
        if who:
            here.sign_in(who)
        page = here.go("/network" + search)
        assert canvas(page)["nodes"]


def test_the_suggestions_come_from_the_chosen_family(screen: Screens) -> None:
    here = screen().sign_in()
    page = here.go("/network")
    page.get_by_label("Job family").select_option("53")
    expect(page.locator(".career-row:not(:has(.score.chosen))").first).to_have_attribute(
        "data-code", re.compile("^53")
    )
    quiet(page)
    suggested = set(on_canvas(page, "suggested"))
    assert suggested and all(code.startswith("53-") for code in suggested)
    assert "family=53" in page.url


def test_no_page_asks_another_host_or_breaks_its_own_policy(screen: Screens) -> None:
    for paths, who in ((EVERYWHERE, ""), (OWN, "pete@demo.example")):
        here = screen()
        here.expected.add(404)
        if who:
            here.sign_in(who)
        for path in paths:
            page = here.go(path)
            page.mouse.wheel(0, 3000)
            quiet(page)
        hosts = {url.split("/")[2] for url in here.asked if url.startswith("http")}
        assert hosts == {here.served.host}
        assert len(here.asked) > 20
        # No page leaves something to be fetched elsewhere later either.
        assert not page.evaluate(
            "() => [...document.querySelectorAll('[src], link[href]')].map(e => e.src || e.href)"
            ".filter(u => u && !u.startsWith(location.origin) && !u.startsWith('data:'))"
        )


ENGLISH = re.compile(
    r"\b(Careers?|Sign (in|out)|Matched|Missing|Partly|Suggested|Location|Job family|Show|Your|choice|"
    r"Verified|Delete|Keep|Skills?|wages?|Jobs|published|Account|Wallet|Theme|Search|Add|the|and|with|of)\b"
)
# What we say ourselves: not what is marked as English, quoted, or written in a person's own record.
OWN_WORDS = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement, text = walk.currentNode.textContent.trim();
    if (text && !["SCRIPT", "STYLE", "NOSCRIPT", "TEXTAREA"].includes(at.tagName)
        && !at.closest('[lang="en"], [hidden], footer .sources li, [aria-hidden="true"], .record'))
      found.push(text.replace(/«[^»]*»/g, ""));
  }
  for (const name of ["aria-label", "title", "placeholder"])
    for (const one of document.querySelectorAll("[" + name + "]"))
      // Part of an attribute cannot be marked: a published title after a colon is left out.
      if (!one.closest('[lang="en"]')) found.push(one.getAttribute(name).split(": ")[0]);
  return found;
}"""


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_a_spanish_page_has_no_english_words_of_ours(screen: Screens, width: int, height: int) -> None:
    english = {}
    for paths, who in ((EVERYWHERE, ""), (OWN, "maya@demo.example")):
        here = screen(width, height, "es-US")
        here.expected.add(404)
        here.context.add_cookies([{"name": "language", "value": "es", "url": here.served.url}])
        if who:
            here.sign_in(who)
        for path in paths:
            page: Page = here.go(path)
            assert page.locator("html").get_attribute("lang") == "es"
            words = [text for text in page.evaluate(OWN_WORDS) if ENGLISH.search(text)]
            if words:
                english[path] = words
    assert not english, "\n".join(f"{path}: {words}" for path, words in english.items())


def test_the_language_switch_keeps_the_page_and_what_it_shows(
    screen: Screens, twin: Callable[..., str]
) -> None:
    page = screen().sign_in(twin(), PASSWORD).go("/network")
    rows(page).nth(1).click()
    code = str(rows(page).nth(1).get_attribute("data-code"))
    opened(page, code)
    link, drawn = page.url, set(squares(page))
    page.locator("header").get_by_role("link", name="Español").click()
    page.wait_for_load_state()
    settled(page)
    assert page.url == link
    assert page.locator("html").get_attribute("lang") == "es"
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Career network")
    assert set(squares(page)) == drawn
    page.locator("header").get_by_role("link", name="English").click()
    page.wait_for_load_state()
    settled(page)
    assert page.url == link
    expect(page.get_by_role("heading", level=1)).to_have_text("Career network")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_takes_its_colours_from_the_theme(screen: Screens, scheme: str) -> None:
    page = screen(color_scheme=scheme).sign_in().go("/network?open=13-1081.00")
    squares(page)
    had, drawn = page.evaluate(
        """() => {
          const cy = document.getElementById("net-picture")._cyreg.cy;
          const probe = document.createElement("i");
          probe.style.color = getComputedStyle(document.documentElement).getPropertyValue("--had");
          document.body.append(probe);
          const square = cy.nodes(".square.matched").not(".claimed");
          return [getComputedStyle(probe).color, square.style("background-color")];
        }"""
    )
    assert had.replace(" ", "") == drawn.replace(" ", "")

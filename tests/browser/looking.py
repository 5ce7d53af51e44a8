"""Every page there is, and what is looked for on each for people who read, see or move differently."""

from __future__ import annotations

from functools import cache

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
NURSE = "29-1141.00"
FORKLIFT = "esco:28cb374e-6261-4133-8371-f9a5470145da"
DRIVING = "esco:c80b2f08-ab07-4632-be78-68c6ec1f3b41"
# Who looks (nobody, or a demo person), where, and the answer that is expected. {client} is somebody the
# counselor advises, {link} a link that somebody gave out.
PAGES = [
    ("", "/", 200),
    ("", "/?job=cook", 200),
    ("", "/login", 200),
    ("", "/register", 200),
    ("pete", "/account?place=spokane", 200),
    ("pete", "/network", 200),
    ("pete", f"/network?open={NURSE}", 200),
    ("pete", "/network?view=table", 200),
    ("", "/network", 200),
    ("", "/network?now=41-2011.00&open=41-2031.00", 200),
    ("pete", "/gap/13-1081.00", 200),
    ("", "/gap/13-1081.00", 200),
    ("pete", "/wallet", 200),
    ("admin", "/reports", 200),
    ("pete", "/next", 200),
    ("pete", f"/next?try={FORKLIFT},{DRIVING}", 200),
    ("", "/next", 200),
    ("pete", "/compare", 200),
    ("", f"/compare?roles={NURSE},13-1081.00,43-5061.00,53-7051.00&have={FORKLIFT}&place=spokane", 200),
    ("", f"/explore?have={FORKLIFT}&does=built%20dashboards%20from%20SQL&q=welding", 200),
    ("", "/explore/interests", 200),
    ("pete", f"/gap/13-1081.00?try={DRIVING}", 200),
    ("pete", "/shares", 200),
    ("pete", "/notifications", 200),
    ("pete", "/shares/new", 200),
    ("official", "/county", 200),
    ("official", "/county?view=families", 200),
    ("", "/s/never-given-out", 404),
    ("pete", "/nowhere", 404),
    ("pete", "/gap/99-9999.99", 404),
    ("official", "/county?view=roles", 200),
    ("official", "/county?view=bridges", 200),
    ("official", f"/county?view=fund&skill={FORKLIFT}&seats=30", 200),
    ("official", "/county?view=scarcity", 200),
    ("official", f"/county?view=map&skill={FORKLIFT}", 200),
    ("counselor", "/counselor", 200),
    ("counselor", "/counselor/invitations", 200),
    ("counselor", "/counselor/figures", 200),
    ("counselor", "/counselor/{client}", 200),
    ("counselor", "/counselor/{client}?part=pathways&present=1", 200),
    ("counselor", "/counselor/{client}/plan", 200),
    ("pete", "/plan", 200),
    ("pete", "/account/tokens", 200),
    ("pete", "/account/webhooks", 200),
    ("employer", "/employer", 200),
    ("pete", "/postings", 200),
    ("pete", "/pathways", 200),
    ("pete", "/pathways?to=13-1081.00", 200),
    ("", "/api/v1/docs", 200),
    ("", "/pathways?to=29-1141.00&now=31-1131.00", 200),
    ("", "{link}", 200),
]


WHO = tuple(dict.fromkeys(who for who, _path, _status in PAGES))


@cache
def axe() -> Axe:
    return Axe()


def violations(page: Page, *, colours: bool = False) -> str:
    """What axe has to say, in words; empty when it has nothing to say. Of the colours alone, where asked."""
    only = {"type": "rule", "values": COLOURS} if colours else {"type": "tag", "values": TAGS}
    options = {"resultTypes": ["violations"], "runOnly": only}
    found = axe().run(page, options=options).response["violations"]
    return "\n".join(
        f"{one['id']} ({one['impact']}): {one['help']}: "
        + "; ".join(node["html"][:200] for node in one["nodes"][:4])
        for one in found
    )


def unfold(page: Page) -> None:
    """Open whatever is folded, so that it is looked at too."""
    page.evaluate("() => document.querySelectorAll('main details').forEach(one => { one.open = true; })")


WIDE = """() => {
  const most = document.documentElement.clientWidth, found = [];
  for (const one of document.querySelectorAll("body *")) {
    const box = one.getBoundingClientRect();
    if (box.width && box.right > most + 1)
      found.push(one.tagName + "." + one.className + " " + Math.round(box.right));
  }
  return document.scrollingElement.scrollWidth > most ? found.slice(0, 6) : [];
}"""


def sideways(page: Page) -> list[str]:
    """What reaches beyond the right edge of a page that scrolls sideways."""
    return list(page.evaluate(WIDE))


def narrow(page: Page) -> dict[int, list[str]]:
    """What reaches beyond the edge at the width of phones, by width; what a button hides there is opened."""
    found = {}
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for toggle in (".side-toggle", ".stage-toggle"):
            button = page.locator(toggle)
            # Nothing to show, no button to show it.
            if button.count() and button.is_visible() and button.get_attribute("aria-expanded") == "false":
                button.click()
        if page.locator("#net-picture").count():
            page.wait_for_timeout(250)  # The canvas follows a little later.
        if wide := sideways(page):
            found[width] = wide
    return found

"""Every page on a phone, in Spanish and dark: for people who read, see or move differently."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.looking import PAGES, WHO, narrow, unfold, violations
from tests.browser.steps import Screen

Screens = Callable[..., Screen]


@pytest.mark.parametrize("who", WHO)
def test_every_page_is_for_everybody_on_a_phone(screen: Screens, known: dict[str, str], who: str) -> None:
    """One look at a page: at two widths of phones, and by axe with everything unfolded."""
    found: dict[str, object] = {}
    here = screen(390, 844, "es-US", color_scheme="dark")
    here.context.add_cookies([{"name": "language", "value": "es", "url": here.served.url}])
    if who:
        here.sign_in(f"{who}@demo.example")
    for path, status in [(path, status) for one, path, status in PAGES if one == who]:
        here.expected = {status} if status >= 400 else set()
        page = here.go(path.format_map(known))
        assert page.locator("html").get_attribute("lang") == "es"
        unfold(page)
        if too_wide := narrow(page):
            found[f"{path}, narrow"] = too_wide
        page.set_viewport_size({"width": 390, "height": 844})
        if said := violations(page):
            found[path] = said
    assert not found

"""Two editions of a guide side by side in the browser: their pages turn together."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_materials import open_guide

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_pages_turn_together_until_somebody_says_otherwise(page: Page, width: int, height: int):
    page.set_viewport_size({"width": width, "height": height})
    open_guide(page, "Version 1, English")
    address = page.url
    page.goto("/materials/?q=M01")
    page.get_by_role("link", name="Mentor guide").click()
    version = page.get_by_role("link", name="Arabic", exact=True).get_attribute("href") or ""
    page.goto(f"{address}beside/{version.strip('/').rpartition('/')[2]}/")
    sides = page.locator("[data-beside-side]")
    english, other = sides.nth(0), sides.nth(1)
    expect(other.locator(".pdf-page")).to_have_count(8)
    english.get_by_role("button", name="Next page").click()
    expect(other.locator("[data-pdf-number]")).to_have_value("2")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("Turn the pages together").uncheck()
    page.wait_for_timeout(700)
    english.get_by_role("button", name="Next page").click()
    expect(english.locator("[data-pdf-number]")).to_have_value("3")
    expect(other.locator("[data-pdf-number]")).to_have_value("2")
    if width < 500:
        page.get_by_label("Arabic", exact=True).check()
        expect(other).to_be_visible()
        expect(english).not_to_be_visible()

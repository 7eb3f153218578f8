"""A stranger verifies a file in the browser: the released one, then with one byte changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser


def released_file(page: Page) -> tuple[str, bytes]:
    """The first released file of the catalogue, as anybody downloads it."""
    page.goto("/catalogue/M01/")
    link = page.get_by_role("link", name="Download M01").first.get_attribute("href") or ""
    answer = page.request.get(link)
    assert answer.ok
    return link, answer.body()


def give(page: Page, file: Path) -> None:
    page.goto("/verify/")
    page.get_by_label("Choose a file, or drop it here").set_input_files(file)
    page.get_by_role("button", name="Check the file").click()


def test_a_file_is_known_and_one_changed_byte_makes_it_unknown(page: Page, tmp_path: Path):
    sent: list[str] = []
    page.on("request", lambda r: sent.append(r.method))
    _link, data = released_file(page)
    file = tmp_path / "guide.pdf"
    file.write_bytes(data)
    give(page, file)
    expect(page.get_by_role("heading", name="This is exactly version")).to_be_visible()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    give(page, file)
    expect(page.get_by_role("heading", name="This file is unknown here.")).to_be_visible()
    # Hashed here: the bytes themselves went nowhere.
    assert set(sent) == {"GET"}
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_a_script_the_form_sends_the_file(context: BrowserContext, tmp_path: Path, stack):
    browser = context.browser
    assert browser is not None
    plain = browser.new_context(base_url=stack.url, java_script_enabled=False)
    page = plain.new_page()
    _link, data = released_file(page)
    file = tmp_path / "guide.pdf"
    file.write_bytes(data)
    give(page, file)
    expect(page.get_by_role("heading", name="This is exactly version")).to_be_visible()
    plain.close()

"""A report on a phone and in Arabic: nothing runs off the page, and a figure leads to its row."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from cop_platform.common.reporting.document import Align, Cell, Chapter, Column, Table
from feedback.reports.enums import Step
from tests.browser.conftest import CHROMIUM, QUIET
from tests.reports import told
from tests.reports.documents import sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def chapters() -> tuple[Chapter, ...]:
    cell = Cell("0.83", value=0.83, source="/sections/ratings/items/2/i_cvi")
    columns = (Column("Question"), Column("I-CVI", 1, Align.END))
    found = Table("linked", "Linked", columns, ((Cell("C2"), cell),))
    return (*sample().chapters, Chapter("linked", "Linked", (found,)))


def test_a_stranger_reads_a_public_report_on_a_phone(live_server, monkeypatch):
    told.registered(monkeypatch, chapters())
    report = told.release(None, Step.SIGNED, Step.PUBLIC)
    said: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        phone = {"width": 390, "height": 844}
        page = chromium.new_page(base_url=live_server.url, viewport=phone)
        page.on("console", lambda m: said.append(m.text) if "Content Security" in m.text else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        read(page, f"/reports/{report.pk}/")
        chromium.close()
    assert said == []


def read(page: Page, address: str) -> None:
    page.goto(f"{address}?language=ar")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    article = page.locator("article")
    expect(article).to_have_attribute("dir", "rtl")
    expect(article.get_by_role("img")).to_have_count(8)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_text("The values of this figure").first.click()
    expect(page.get_by_role("cell", name="0.83").first).to_be_visible()
    page.get_by_role("region", name="Linked").get_by_role("link", name="0.83").click()
    row = page.locator("tr:target")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("C2")

"""Compiling a report in the browser: a bar that moves by itself, then the files."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import log_in

pytestmark = pytest.mark.browser


def test_a_partner_compiles_and_downloads_a_report(page: Page):
    log_in(page, "partner.es")
    page.goto("/countries/ES/")
    page.get_by_role("link", name="Compile the first one").click()
    page.get_by_role("button", name="Compile").click()
    page.wait_for_url("**/reports/runs/*/")
    # No click and no reload: the page asks by itself until the work is over.
    expect(page.get_by_text("Release 1 is ready.")).to_be_visible(timeout=30_000)
    expect(page.locator("[hx-trigger]")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the PDF").click()
    content = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == "ES-validation-report-1.pdf"
    assert content.startswith(b"%PDF-1.7")
    page.get_by_role("link", name="All formats and their hashes").click()
    expect(page.get_by_text(hashlib.sha256(content).hexdigest())).to_be_visible()


def test_the_reports_of_another_country_are_not_there(page: Page):
    log_in(page, "partner.it")
    answer = page.goto("/countries/ES/reports/")
    assert answer is not None
    assert answer.status == 404

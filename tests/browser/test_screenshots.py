"""`make screenshots`: the pictures of the README, taken from the running demo."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import ROOT, Stack, log_in
from tests.browser.test_journey import newest_mail

pytestmark = pytest.mark.screenshots
FOLDER = ROOT / "docs" / "screenshots"


def picture(page: Page, name: str) -> Path:
    page.wait_for_load_state("networkidle")
    target = FOLDER / f"{name}.png"
    page.screenshot(path=target)
    return target


def test_pictures_of_todays_screens(browser: Browser, stack: Stack):
    FOLDER.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(base_url=stack.url, viewport={"width": 1280, "height": 860})
    page = context.new_page()
    log_in(page, "coordinator.bg")
    for name, path in (
        ("today", "/"),
        ("calendar", "/calendar/"),
        ("outcome", "/reviews/rounds/1/outcome/"),
        ("finder", "/calendar/finder/"),
        ("outbox", "/outbox/"),
        ("material", "/materials/1/"),
        ("catalogue", "/catalogue/"),
        ("group", "/focus-groups/1/"),
        ("codebook", "/coding/?all=1"),
        ("questions", "/questions/"),
        ("health", "/health/BG/"),
    ):
        page.goto(path)
        assert picture(page, name).stat().st_size > 10_000
    for name, path, link in (
        ("practice", "/practices/", "Photo walk of skills"),
        ("charter", "/charters/", "Working with migrants in Bulgaria"),
    ):
        page.goto(path)
        page.get_by_role("link", name=link).first.click()
        picture(page, name)
    page.goto("/forms/")
    page.locator(".easy-form h2 a").first.click()
    form = page.url
    page.goto(f"{form}results/")
    picture(page, "form-results")
    page.goto(f"{form}share/")
    easy_form = page.locator("input[value*='/g/f/']").first.input_value()
    page.goto("/polls/")
    page.locator("h3 a").first.click()
    picture(page, "poll")
    page.goto("/sessions/")
    page.locator(".session-card a").filter(has_text="Portfolios").first.click()
    picture(page, "session")
    page.goto("/countries/BG/reports/")
    page.get_by_role("button", name="Compile").click()
    page.get_by_role("link", name="Download the PDF").wait_for(timeout=60_000)
    page.goto("/countries/BG/reports/")
    picture(page, "reports")
    context.clear_cookies()
    log_in(page, "manager")
    for name, path in (
        ("mail-text", "/outbox/texts/session_reminder/de/"),
        ("quality", "/quality/"),
        ("pictures", "/reviews/rounds/1/pictures/"),
        ("verdict", "/verdicts/1/"),
        ("verify", "/verify/"),
    ):
        page.goto(path)
        picture(page, name)
    context.clear_cookies()
    log_in(page, "expert.bg-01")
    page.goto("/reviews/")
    page.locator("main a[href^='/reviews/']").first.click()
    page.locator(".pdf-page canvas").first.wait_for()
    picture(page, "desk")
    newest_mail(page, "demo.example", "Invitation: ")
    link = page.locator("a[href*='/g/']").first.get_attribute("href")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{link}?lang=ar")
    picture(page, "answer-ar")
    page.goto(f"{easy_form}?lang=ar")
    page.locator("button").first.click()
    picture(page, "easy-form-ar")
    context.close()

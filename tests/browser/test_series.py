"""A coordinator plans a series, asks somebody once for all dates, and moves one of them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import log_in, log_out
from tests.browser.test_journey import newest_mail

pytestmark = pytest.mark.browser


def test_a_series_is_planned_answered_by_one_link_and_one_date_moved(page: Page):
    guest = "expert.bg-04@demo.example"
    log_in(page, "coordinator.bg")
    page.goto("/sessions/new/?kind=onboarding")
    page.get_by_role("link", name="Repeat it").click()
    page.get_by_label("Title").fill("Journey: a series")
    page.locator("input[name=day]").fill((date.today() + timedelta(days=12)).isoformat())
    page.locator("input[name=clock]").fill("10:00")
    page.locator("input[name=count]").fill("4")
    page.get_by_label("Online link").fill("https://meet.demo.example/series-journey")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="4 dates")).to_be_in_viewport()
    page.get_by_role("button", name="Leave this date out").nth(1).click()
    page.get_by_role("button", name="Plan these 3 sessions").click()
    page.get_by_role("checkbox", name=re.compile("BG-04")).check()
    page.get_by_role("button", name="Send one mail to each").click()
    expect(page.get_by_text("3 dates still to come")).to_be_visible()
    series_url = page.url

    newest_mail(page, guest, "Invitation: Journey: a series, 3 dates")
    link = page.locator("a[href*='/g/series/']").first.get_attribute("href")
    log_out(page)
    page.goto(link)
    page.get_by_role("button", name="Yes, I come to all").click()
    expect(page.get_by_text("Your answers were saved.")).to_be_visible()

    log_in(page, "coordinator.bg")
    page.goto(series_url)
    page.get_by_role("link", name=re.compile("^Change ")).nth(1).click()
    page.locator("input[name=clock]").fill("15:00")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 person gets a mail.")).to_be_in_viewport()
    expect(page.get_by_text("1 session moves:")).to_be_visible()
    page.get_by_role("button", name="Do it").click()
    expect(page.locator("bdi", has_text="15:00–15:45")).to_be_visible()
    newest_mail(page, guest, "New time or place: Journey: a series")

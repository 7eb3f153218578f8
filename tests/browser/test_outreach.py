"""A coordinator asks, watches and suggests: guests without an account, laws, policy makers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Stack, log_in
from tests.browser.days import PATIENCE, Day, in_days, once
from tests.browser.test_calendar import serious

pytestmark = pytest.mark.browser
ME = "coordinator.es"
PHONE = {"width": 390, "height": 844}


def test_a_coordinator_asks_guests_what_interests_them(day: Day, browser: Browser, stack: Stack):
    page, title = day.page, once("What shall we talk about?")
    log_in(page, ME)
    with day.step("a poll of interest", "/charters/"):
        day.press(re.compile("Ask for interests by a link"), "link")
        page.get_by_label("Title").fill(title)
        page.get_by_label("Topics").fill("Papers\nWork")
        day.press("Open the poll")
        given = page.get_by_label("Give it to whom you want to hear from")
        link = given.input_value(timeout=PATIENCE)
    answer_as_a_guest(browser, stack, link, title)
    page.reload()
    day.reads("1 answer.")
    assert day.broken == []


def answer_as_a_guest(browser: Browser, stack: Stack, link: str, title: str) -> None:
    """On a phone, in Arabic, without an account: a mistake first, then the answer."""
    phone = browser.new_context(base_url=stack.url, viewport=PHONE, locale="ar", bypass_csp=True)
    guest = Day(phone.new_page())
    page = guest.page
    page.goto(link)
    guest.heads(title)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert serious(page) == []
    guest.take(page.locator("main button"))
    guest.sees(page.get_by_role("alert"))
    page.locator("#id_called").fill("Amal")
    guest.take(page.locator("input[name=needs]").first)
    guest.take(page.locator("summary"))
    assert page.locator("a[hreflang]").count() == 13
    guest.take(page.locator("main button"))
    guest.sees(page.locator(".done"))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert phone.cookies() == []
    assert guest.broken == []
    phone.close()


def test_a_coordinator_watches_a_law_and_asks_for_changes(day: Day):
    page, title = day.page, once("Permits are longer")
    log_in(page, ME)
    with day.step("note a change of law", "/watch/new/"):
        page.get_by_label("What changes?").fill(title)
        page.get_by_label("It holds from").fill(in_days(60))
        page.get_by_label("Where it can be read").fill("https://law.demo.example/permits")
        page.get_by_label("What does it change for people with a portfolio?").fill("Two years.")
        day.take(page.locator("input[name=parts]").first)
        day.press("Save")
        day.heads("What it may touch")
    with day.step("ask for a change"):
        page.get_by_label("What has to change, or why it can stay").first.fill("Say two years.")
        day.press("Has to change")
        day.press("Make it a change request")
        day.sees(page.locator("main").get_by_text("Say two years."))


def test_a_coordinator_writes_to_policy_makers(day: Day):
    page, title = day.page, once("Two years of permits")
    log_in(page, ME)
    with day.step("a brief for policy makers", "/briefs/new/"):
        page.get_by_label("Title").fill(title)
        day.take(page.get_by_label("Policy makers"))
        day.take(page.locator("input[name=refs]").first)
        day.press("Make the brief")
        page.wait_for_url(re.compile(r"/briefs/\d*/?$"))
    with day.step("download it", "/briefs/"):
        day.press(title, "link")
        day.heads(title)
        for name, start in (("PDF", b"%PDF-"), ("Word", b"PK")):
            link = page.locator("main").get_by_role("link", name=name).first
            answer = page.context.request.get(link.get_attribute("href") or "")
            assert answer.body().startswith(start), name

"""A newcomer's first day: from the mail over the eight steps of the first run to the charter."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import log_in, log_out
from tests.browser.days import PATIENCE, Day
from tests.browser.test_journey import newest_mail

pytestmark = pytest.mark.browser
SECRET = "a sentence nobody guesses"


def test_a_newcomer_arrives_from_the_mail_to_the_start_page(day: Day):
    address = f"nina.{uuid4().hex[:8]}@demo.example"
    log_in(day.page, "coordinator.bg")
    link = invite(day, address)
    log_out(day.page)
    open_the_account(day, link, address)
    read_purpose_and_charter(day)
    choose_topics_and_a_buddy(day)
    look_at_question_session_and_practice(day)
    with day.step("hello"):
        hello = re.compile("^Hello .*I am new here")
        expect(day.page.get_by_label("Your words")).to_have_value(hello, timeout=PATIENCE)
        day.press("Send and arrive")
    day.reads("You have arrived.")
    with day.step("the charter says it was accepted", "/countries/BG/"):
        day.page.goto("/charters/")
        bulgaria = day.page.locator("main section").filter(has_text="CoP Bulgaria")
        day.take(bulgaria.get_by_role("link").first)
        day.reads("You accepted it")
    day.page.goto("/")
    assert day.page.get_by_role("link", name=re.compile("Arrive")).count() == 0


def invite(day: Day, address: str) -> str:
    """The address of the invitation in the mail that comes."""
    with day.step("invite", "/people/invite/"):
        day.page.get_by_role("textbox", name=re.compile("^Name")).fill("Nina Newcomer")
        day.page.get_by_label("E-mail address").fill(address)
        day.press("Send the invitation")
    newest_mail(day.page, address, "")
    link = day.page.locator("a[href*='/join/']").first.get_attribute("href")
    assert link
    return link


def open_the_account(day: Day, link: str, address: str) -> None:
    page = day.page
    with day.step("open the account", link):
        page.get_by_label("Password").fill(SECRET)
        day.press("Open my account")
        page.wait_for_url("**/accounts/login/")
        page.get_by_label("Email").or_(page.get_by_label("E-mail")).first.fill(address)
        page.get_by_label("Password").first.fill(SECRET)
        day.press("Log in")
        page.wait_for_url("**/")
    with day.step("find the first run", "/"):
        day.press(re.compile("Arrive"), "link")
        day.heads("What we are here for")


def read_purpose_and_charter(day: Day) -> None:
    with day.step("purpose in one sentence"):
        purpose = day.page.locator(".first-purpose")
        expect(purpose).to_have_text(re.compile(r"^[^.]+\.$"), timeout=PATIENCE)
        day.press("Go on")
    with day.step("charter in five lines, and accepted"):
        expect(day.page.locator(".first-charter dt")).to_have_count(5, timeout=PATIENCE)
        day.press("I accept it and go on")


def choose_topics_and_a_buddy(day: Day) -> None:
    with day.step("topics and languages"):
        day.take(day.page.get_by_label("Bulgarian"))
        day.take(day.page.get_by_label("English"))
        day.press("Yes, that is right")
    with day.step("buddy"):
        day.take(day.page.get_by_role("radio").first)
        day.press("Choose and go on")


def look_at_question_session_and_practice(day: Day) -> None:
    with day.step("one open question"):
        day.sees(day.page.get_by_role("link", name="Answer in two lines"))
        day.press("Go on")
    with day.step("the next session, by the own clock"):
        day.sees(day.page.locator("main a[href^='/sessions/']"))
        day.press("Go on")
    with day.step("a practice from abroad"):
        day.sees(day.page.locator("main a[href^='/practices/']"))
        day.press("Go on")

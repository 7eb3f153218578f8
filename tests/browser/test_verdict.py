"""From a frozen policy to a verdict that two people signed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import log_in, log_out

pytestmark = pytest.mark.browser


def test_the_manager_freezes_a_policy_after_a_look_at_what_changes(page: Page):
    log_in(page, "manager")
    page.goto("/reviews/policies/new/")
    page.get_by_label("Name").fill("Autumn rules")
    page.locator("input[name=months]").fill("12")
    page.get_by_role("button", name="See what changes").click()
    page.get_by_role("button", name=re.compile("^Freeze")).click()
    expect(page.get_by_role("heading", name=re.compile("Autumn rules"))).to_be_visible()
    page.goto("/reviews/policies/")
    expect(page.get_by_role("link", name=re.compile("Autumn rules"))).to_be_visible()


def test_a_round_comes_to_a_verdict_that_a_second_person_signs(page: Page):
    log_in(page, "coordinator.de")
    page.goto("/reviews/rounds/12/outcome/")
    germany = page.locator(".verdict-line").filter(has_text="Germany")
    germany.get_by_role("link", name="Decide otherwise").click()
    page.locator("#otherwise").evaluate("part => { part.open = true; }")
    page.get_by_label("Validated with changes").check()
    page.get_by_role("button", name="Sign and ask a second person").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    page.get_by_label("Why it differs from the proposal").fill("The two camps met and agreed.")
    page.get_by_role("button", name="Sign and ask a second person").click()
    expect(page.get_by_text("Waits for a second signature").first).to_be_visible()
    verdict = page.url.partition("#")[0]

    log_out(page)
    log_in(page, "manager")
    page.goto("/verdicts/")
    wanted = page.locator(".verdict-mine").filter(has_text="Germany")
    wanted.get_by_role("link").first.click()
    assert page.url == verdict
    page.goto(f"{verdict}sign/")
    expect(page.get_by_text("The two camps met and agreed.")).to_be_visible()
    page.get_by_role("button", name="Sign", exact=True).click()
    page.goto(verdict)
    expect(page.get_by_text("Waits for a second signature")).to_have_count(0)
    expect(page.get_by_text("It holds from").first).to_be_visible()

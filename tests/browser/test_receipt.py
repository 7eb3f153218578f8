"""From a yes in a group to a slip on a phone: shown, stopped, deleted, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from feedback.focus_groups.domain.easy import guest_words
from tests.browser.conftest import Stack, log_in
from tests.browser.test_calendar import serious
from tests.browser.test_easy_form import WIDTH, Weighed, phone

__all__ = ["phone"]  # a fixture, asked for by its name
pytestmark = pytest.mark.browser
PAGE = "/g/receipt/"
MAKE = """
from experts.models import Country
from feedback.focus_groups.models import FocusGroup, Guide
from sessions.models import CopSession
country = Country.objects.get(code="BG")
session = CopSession.objects.filter(host_cops__country=country, focus_group=None)[0]
group = FocusGroup.objects.create(
    session=session, country=country, voice="migrant", languages=["bg", "ar"],
    guide=Guide.objects.filter(voice="migrant")[0])
print(group.pk)
"""


@pytest.fixture(scope="module")
def group(stack: Stack) -> str:
    """A group that nobody sits in yet."""
    return stack.manage("shell", "-v", "0", "-c", MAKE).strip().splitlines()[-1]


@pytest.fixture
def hosts_phone(browser: Browser, stack: Stack) -> Iterator[Page]:
    context = browser.new_context(base_url=stack.url, viewport={"width": 390, "height": 800})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def take_a_slip(page: Page, group: str, language: str) -> str:
    """Adds a participant who reads that language and says yes to notes and quotes: the code."""
    page.goto(f"/focus-groups/{group}/consent/")
    page.get_by_label("Language to read in").select_option(language)
    page.get_by_role("button", name="Add and show the slip").click()
    code = page.locator(".slip-code").inner_text()
    page.get_by_role("link", name="Go on with").click()
    for purpose in ("notes", "quotes"):
        part = page.locator(f"section:has(#ask-{purpose})")
        expect(part.locator(".consent-text")).to_have_attribute("lang", language)
        part.get_by_role("button", name="Yes", exact=True).click()
        expect(page.locator(f"#ask-{purpose} .chip-ok")).to_be_visible()
    return code


@pytest.mark.parametrize("language", ["ar", "uk", "bg"])
def test_a_slip_is_shown_stopped_and_deleted(
    phone: BrowserContext, hosts_phone: Page, group: str, language: str
):
    words = guest_words.words(language)
    log_in(hosts_phone, "facilitator.bg")
    code = take_a_slip(hosts_phone, group, language)
    page = phone.new_page()
    seen = Weighed(page)

    page.goto(f"{PAGE}?lang={language}")
    seen.stands(words["receipt_title"])
    expect(page.locator("html")).to_have_attribute("dir", words.direction)
    page.get_by_label(words["receipt_type"]).fill(code.lower().replace("-", " "))
    page.get_by_role("button", name=words["receipt_show"]).tap()

    seen.stands(words["receipt_kept"])
    page.get_by_role("button", name=words["receipt_stop"]).tap()
    seen.stands(words["receipt_kept"])
    expect(page.get_by_text(words["receipt_stopped"])).to_be_visible()

    page.get_by_role("button", name=words["receipt_delete"]).tap()
    expect(page.get_by_text(words["receipt_delete_sure"])).to_be_visible()
    page.get_by_role("button", name=words["receipt_delete_yes"]).tap()
    expect(page.get_by_text(words["receipt_gone"])).to_be_visible()
    assert code not in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, stack: Stack, group: str, scheme):
    context = browser.new_context(
        base_url=stack.url,
        color_scheme=scheme,
        viewport={"width": WIDTH, "height": 740},
        bypass_csp=True,
    )
    page = context.new_page()
    log_in(page, "facilitator.bg")
    page.goto(f"/focus-groups/{group}/consent/")
    found = serious(page)
    code = take_a_slip(page, group, "ar")
    found += serious(page)
    page.goto(f"{PAGE}?lang=ar")
    found += serious(page)
    page.locator("#code").fill(code)
    page.locator("button.main").click()
    found += serious(page)
    context.close()
    assert found == []

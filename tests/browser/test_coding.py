"""Two people code a group, one by keyboard and one without scripts, and see where they differ."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Stack, log_in

pytestmark = pytest.mark.browser

SAID = """
from experts.models import User
from sessions.enums import Kind
from tests import factories as make
from tests.feedback.groups import world
by = User.objects.get(email="coordinator.es@demo.example")
session = make.cop_session("ES", by=by, kind=Kind.FOCUS_GROUP, title="Coded by two")
group = world.group("ES", session=session)
one = world.participant(group)
for words in ("The fee is too high.", "Nobody told me the way."):
    world.quote(one, words)
for name in ("Éxito", "Fees", "Finding the way"):
    world.code("ES", name)
print("GROUP", group.pk)
"""


def test_two_code_a_group_alone_and_then_see_where_they_differ(
    page: Page, stack: Stack, browser: Browser
):
    said = stack.manage("shell", "-c", SAID).splitlines()
    pk = next(one for one in said if one.startswith("GROUP")).split()[1]
    address = f"/focus-groups/{pk}/coding/"
    log_in(page, "facilitator.es")
    page.goto(address)
    # By keyboard: an accent need not be typed, Enter gives the first that fits, n goes on.
    page.keyboard.press("/")
    page.keyboard.type("exi")
    expect(page.locator(".coding-pick:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="Éxito")).to_be_checked()
    page.keyboard.type("fee")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("checkbox", name="Éxito").uncheck()
    page.get_by_role("radiogroup", name="Stance on Fees").get_by_label("Against").check()
    page.keyboard.press("n")
    expect(page.get_by_text("You have been through 1 of 2 quotes.")).to_be_visible()
    expect(page.locator(".coding-quote")).to_contain_text("Nobody told me the way.")
    page.keyboard.press("n")
    expect(page.get_by_text("Nobody else has coded this group yet.")).to_be_visible()

    plain = browser.new_context(base_url=stack.url, java_script_enabled=False)
    other = plain.new_page()
    other.set_viewport_size({"width": 390, "height": 844})
    log_in(other, "coordinator.es")
    other.goto(address)
    assert "Facilitator ES" in other.content()
    assert "Where coders differ" not in other.content()
    other.get_by_role("checkbox", name="Fees").check()
    other.get_by_role("button", name="Done, next").click()
    other.get_by_role("checkbox", name="Finding the way").check()
    other.get_by_role("button", name="Done, next").click()
    differences = other.locator("#differences")
    expect(differences.locator(".differences > li")).to_have_count(1)
    expect(differences).to_contain_text("Nobody told me the way.")
    plain.close()

    # Who was through first sees it from now on.
    page.reload()
    expect(page.locator("#differences")).to_contain_text("Finding the way")

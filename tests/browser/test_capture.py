"""A group is noted without a network: nothing is lost, nothing is sent twice, nothing stays."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Stack, log_in, log_out

pytestmark = pytest.mark.browser

PLAN = """
from experts.models import User
from sessions.enums import Kind
from tests import factories as make
from tests.feedback.groups import world
by = User.objects.get(email="coordinator.es@demo.example")
session = make.cop_session("ES", by=by, kind=Kind.FOCUS_GROUP, title="Noted on a train")
group = world.group("ES", session=session)
for _ in range(2):
    world.participant(group)
print("GROUP", group.pk)
"""
SAID = """
import json
from feedback.focus_groups.models import Quote
found = Quote.objects.filter(group=%d).order_by("words")
print("SAID", json.dumps([[row.words, row.participant.code] for row in found]))
"""
CHANGE = """
from feedback.focus_groups.models import Quote
Quote.objects.filter(group=%d, words="In the tunnel").update(words="In the office", revision=9)
"""
HELD = """async () => {
  const copies = (await caches.keys()).filter(name => name.startsWith("desk:"));
  const words = Object.keys(localStorage).filter(name => name.startsWith("review:"));
  return [copies.length, words.length];
}"""


def answer(stack: Stack, script: str, word: str):
    lines = stack.manage("shell", "-c", script).splitlines()
    return json.loads(next(line for line in lines if line.startswith(word)).removeprefix(word))


def note(page: Page, code: str, words: str) -> None:
    page.locator("[data-capture-form] .code-pick", has_text=code).click()
    box = page.locator("[data-capture-form] [name=words]")
    box.fill(words)
    box.press("Enter")
    expect(box).to_have_value("")


def status(page: Page):
    return page.locator("[data-capture-status]")


def test_a_group_is_noted_without_a_network_and_nothing_is_lost_or_doubled(
    page: Page, stack: Stack, context: BrowserContext
):
    pk = answer(stack, PLAN, "GROUP")
    address = f"/focus-groups/{pk}/capture/"
    log_in(page, "facilitator.es")
    page.goto(address)
    offline = page.locator("[data-desk-offline]")
    expect(offline).to_contain_text("Ready to work without a network", timeout=20_000)
    note(page, "P1", "At the station")
    expect(status(page)).to_have_text("All lines are saved.")

    # Without a network, and with the browser killed in between.
    context.set_offline(True)
    page.reload()
    note(page, "P1", "In the tunnel")
    note(page, "P2", "On the bridge")
    expect(status(page)).to_contain_text("2 lines wait on this device.")
    expect(offline).to_contain_text("No network")
    page.close()
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    expect(status(page)).to_contain_text("2 lines wait on this device.")
    expect(page.locator(".capture-part.is-chosen .capture-line")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.set_offline(False)
    expect(status(page)).to_have_text("All lines are saved.", timeout=15_000)
    expected = [["At the station", "P1"], ["In the tunnel", "P1"], ["On the bridge", "P2"]]
    assert answer(stack, SAID % pk, "SAID") == expected
    assert page.evaluate(HELD) == [1, 0]

    # Two devices changed a line: both texts stand there until one is chosen.
    page.reload()
    context.set_offline(True)
    row = page.locator(".capture-line", has_text="In the tunnel")
    row.get_by_role("link", name="Change").click()
    page.locator(".capture-edit [name=words]").fill("In the long tunnel")
    page.get_by_role("button", name="Save the line").click()
    stack.manage("shell", "-c", CHANGE % pk)
    context.set_offline(False)
    conflict = page.locator(".capture-conflict")
    expect(conflict).to_contain_text("In the long tunnel", timeout=15_000)
    expect(conflict).to_contain_text("In the office")
    conflict.get_by_role("button", name="Keep both").click()
    expect(status(page)).to_have_text("All lines are saved.")

    # The log-in ran out: the line waits until the same person is back.
    log_out(page)
    note(page, "P2", "After the log-in")
    expect(status(page)).to_contain_text("You are logged out")
    second = context.new_page()
    log_in(second, "facilitator.es")
    expect(status(page)).to_have_text("All lines are saved.", timeout=20_000)
    assert [words for words, _code in answer(stack, SAID % pk, "SAID")] == [
        "After the log-in",
        "At the station",
        "In the long tunnel",
        "In the office",
        "On the bridge",
    ]
    second.get_by_role("button", name="Log out").first.click()
    second.wait_for_url("**/accounts/login/**")
    assert second.evaluate(HELD) == [0, 0]

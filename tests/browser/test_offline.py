"""A desk that was opened once works without a network, and leaves nothing to anybody else."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.browser.conftest import Stack, log_in, log_out, wait_for_copy

pytestmark = pytest.mark.browser

# Who is asked about which material, in a round of its own.
ASKED = {"M08": ["es-01", "es-02", "es-03"], "M04": ["es-04"]}
OPEN_DESKS = """
import json
from datetime import timedelta
from django.utils import timezone
from experts.models import Person, User
from feedback.reviews.domain import identity, rounds
from materials.models import Version
now = timezone.now()
manager = User.objects.get(email="manager@demo.example")
desks = {}
for code, asked in %s.items():
    found = rounds.open_round(version=Version.objects.get(material__code=code, number=1),
                              country=None, due_on=now.date() + timedelta(days=20),
                              instruction="", by=manager, at=now)
    people = {who: Person.objects.get(email=f"expert.{who}@demo.example") for who in asked}
    rounds.assign(round_id=found.pk, people=list(people.values()), by=manager, at=now)
    for who, person in people.items():
        desks[who] = identity.assignment_of(round_id=found.pk, person=person).pk
print("DESKS", json.dumps(desks))
"""
CLOSE = """
from django.utils import timezone
from experts.models import User
from feedback.reviews.domain import rounds
from feedback.reviews.models import Assignment
rounds.close_round(round_id=Assignment.objects.get(pk=%d).round_id,
                   by=User.objects.get(email="manager@demo.example"), at=timezone.now())
"""
STORED = """
import json
from feedback.reviews.models import Annotation, Draft
draft = Draft.objects.get(assignment=%d)
texts = [row["comment"] for row in draft.answers.values() if row.get("comment")]
remarks = list(Annotation.objects.filter(assignment=%d).values_list("text", flat=True))
print("STORED", json.dumps([texts, remarks]))
"""
HELD = """async () => {
  const copies = (await caches.keys()).filter(name => name.startsWith("desk:"));
  const words = Object.keys(localStorage).filter(name => name.startsWith("review:"));
  return [copies.length, words.length];
}"""


@pytest.fixture(scope="module")
def desks(stack: Stack) -> dict[str, int]:
    """The desks of those who are asked."""
    return say(stack, OPEN_DESKS % ASKED, "DESKS")


@pytest.fixture
def other_device(browser: Browser, stack: Stack) -> Iterator[Page]:
    context = browser.new_context(base_url=stack.url)
    yield context.new_page()
    context.close()


def say(stack: Stack, script: str, word: str):
    lines = stack.manage("shell", "-c", script).splitlines()
    return json.loads(next(line for line in lines if line.startswith(word)).removeprefix(word))


def open_desk(page: Page, who: str, pk: int) -> None:
    log_in(page, f"expert.{who}")
    page.goto(f"/reviews/{pk}/")
    wait_for_copy(page)
    expect(note(page)).to_contain_text("Ready to work without a network", timeout=20_000)


def note(page: Page):
    return page.locator("[data-desk-offline]")


def write(page: Page, words: str, at: int = 0) -> None:
    comment = page.locator("[data-criterion]").nth(at).locator("textarea").first
    comment.evaluate("one => { one.closest('details').open = true; }")
    comment.fill(words)


def opens(page: Page, address: str) -> bool:
    try:
        page.goto(address)
    except Error:
        return False
    return True


def test_a_killed_desk_comes_back_without_a_network_and_is_saved_once(
    page: Page, stack: Stack, context: BrowserContext, desks: dict[str, int]
):
    address = f"/reviews/{desks['es-01']}/"
    open_desk(page, "es-01", desks["es-01"])
    file = page.locator("[data-pdf-url]").get_attribute("data-pdf-url") or ""
    context.set_offline(True)
    page.reload()
    expect(page.locator('.pdf-page[data-page="1"] .textLayer')).to_be_attached()
    expect(note(page)).to_contain_text("No network: what you write is kept on this device")
    write(page, "Written in a tunnel")
    page.locator("[data-criterion]").nth(1).locator("input[value='4']").check()
    expect(page.locator("[data-desk-progress]")).to_contain_text("1 of ")
    page.get_by_role("button", name="Note on this page").click()
    page.keyboard.type("Remarked in a tunnel")
    page.get_by_role("tab", name="Criteria").click()
    page.get_by_role("button", name="Send my review").click()
    expect(page.locator("[data-ann-status]")).to_contain_text("not saved yet")
    assert page.url.endswith(address)
    # Nothing but the desk is kept.
    other = context.new_page()
    assert not opens(other, "/reviews/")
    assert not opens(other, file)
    page.close()

    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    expect(page.locator("[data-criterion] textarea").first).to_have_value("Written in a tunnel")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("tab", name="Remarks").click()
    expect(page.locator(".ann-card")).to_have_count(1)
    context.set_offline(False)
    expect(page.locator("[data-ann-status]")).to_contain_text("Saved", timeout=15_000)
    page.get_by_role("tab", name="Criteria").click()
    expect(page.locator("[data-desk-status]")).to_contain_text("Saved", timeout=15_000)
    expect(note(page)).to_contain_text("Ready")
    pk = desks["es-01"]
    assert say(stack, STORED % (pk, pk), "STORED") == [
        ["Written in a tunnel"],
        ["Remarked in a tunnel"],
    ]


def test_what_was_written_here_and_elsewhere_stands_side_by_side_until_one_chooses(
    page: Page, stack: Stack, context: BrowserContext, desks: dict[str, int], other_device: Page
):
    pk = desks["es-02"]
    open_desk(page, "es-02", pk)
    context.set_offline(True)
    write(page, "From the train")
    write(page, "Only from the train", at=1)
    log_in(other_device, "expert.es-02")
    other_device.goto(f"/reviews/{pk}/")
    wait_for_copy(other_device)
    write(other_device, "From the office")
    write(other_device, "Only from the office", at=2)
    expect(other_device.locator("[data-desk-status]")).to_contain_text("Saved")
    context.set_offline(False)
    notice = page.locator("[data-desk-conflicts]")
    expect(notice.locator("li")).to_have_count(1, timeout=15_000)
    expect(notice).to_contain_text("From the office")

    # The choice waits for the next window, too.
    page.close()
    page = context.new_page()
    page.goto(f"/reviews/{pk}/")
    notice = page.locator("[data-desk-conflicts]")
    expect(notice.locator("[data-conflict-mine]")).to_have_text("From the train")
    expect(notice.locator("[data-conflict-theirs]")).to_have_text("From the office")
    page.get_by_role("button", name="Save the draft").click()
    expect(notice).to_be_visible()
    notice.get_by_role("button", name="Keep both").click()
    expect(notice).to_be_hidden()
    expect(page.locator("[data-desk-status]")).to_contain_text("Saved")
    assert say(stack, STORED % (pk, pk), "STORED")[0] == [
        "From the train\n\nFrom the office",
        "Only from the train",
        "Only from the office",
    ]


def test_a_log_out_leaves_nothing_and_a_lost_log_in_keeps_it_for_its_writer(
    page: Page, stack: Stack, context: BrowserContext, desks: dict[str, int]
):
    pk = desks["es-03"]
    open_desk(page, "es-03", pk)
    log_out(page)
    write(page, "Written when the log-in had run out")
    expect(page.locator("[data-desk-status]")).to_contain_text("You are logged out")
    second = context.new_page()
    # Somebody else logs in: sees nothing of it, and nothing is saved in that name.
    log_in(second, "expert.es-04")
    assert second.evaluate(HELD) == [0, 1]
    expect(second.locator("[data-unsent]")).to_be_hidden()
    assert second.goto(f"/reviews/{pk}/").status == 404
    log_out(second)
    log_in(second, "expert.es-03")
    expect(page.locator("[data-desk-status]")).to_contain_text("Saved", timeout=20_000)

    page.route("**/draft/", lambda route: route.abort())
    write(page, "Not through yet")
    expect(page.locator("[data-desk-status]")).to_contain_text("kept on this device")
    page.get_by_role("button", name="Log out").first.click()
    expect(page.locator("[data-unsent-text]")).to_contain_text("Not through yet")
    page.get_by_role("button", name="Log out and delete").click()
    page.wait_for_url("**/accounts/login/**")
    assert page.evaluate(HELD) == [0, 0]
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    log_in(page, "expert.es-04")
    assert page.evaluate(HELD) == [0, 0]
    context.set_offline(True)
    assert not opens(page, f"/reviews/{pk}/")


def test_a_closed_round_is_thrown_away_and_its_unsent_words_are_handed_over(
    page: Page, stack: Stack, context: BrowserContext, desks: dict[str, int]
):
    pk = desks["es-04"]
    open_desk(page, "es-04", pk)
    page.route("**/annotations/", lambda route: route.abort())
    page.get_by_role("button", name="Note on this page").click()
    page.keyboard.type("Too late")
    expect(page.locator("[data-ann-status]")).to_contain_text("kept on this device")
    page.close()
    stack.manage("shell", "-c", CLOSE % pk)
    page = context.new_page()
    page.goto("/")
    expect(page.locator("[data-unsent]")).to_be_visible()
    expect(page.locator("[data-unsent-text]")).to_contain_text("Too late")
    assert page.evaluate(HELD) == [0, 1]
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert "Too late" in download.value.path().read_text(encoding="utf-8")
    page.get_by_role("button", name="Delete from this device").click()
    assert page.evaluate(HELD) == [0, 0]
    context.set_offline(True)
    assert not opens(page, f"/reviews/{pk}/")

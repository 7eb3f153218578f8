"""The review desk in the browser: what is marked in the material survives, however it is marked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Stack, log_in, wait_for_copy
from tests.browser.test_calendar import serious

pytestmark = pytest.mark.browser

PATIENCE = 15_000  # milliseconds, for what waits for a server
SELECT = """words => {
  const span = [...document.querySelectorAll(".textLayer span")]
    .find(one => one.firstChild?.nodeType === 3 && one.textContent.includes(words));
  const start = span.firstChild.data.indexOf(words);
  getSelection().setBaseAndExtent(span.firstChild, start, span.firstChild, start + words.length);
}"""
# Another window: saves other words for the first remark, with the revision that is there.
OTHER_WINDOW = """async text => {
  const url = document.querySelector("[data-annotations]").dataset.url;
  const [kept] = (await (await fetch(url)).json()).annotations;
  const body = new URLSearchParams({...kept, boxes: JSON.stringify(kept.boxes), text});
  for (const name of ["from_second", "to_second"]) body.set(name, "");
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  return (await fetch(url, {method: "POST", body})).status;
}"""
ROUND_ON_ARABIC = """
from datetime import timedelta
from django.utils import timezone
from experts.models import Person, User
from feedback.reviews.domain import rounds
from materials.models import Version
now = timezone.now()
manager = User.objects.get(email="manager@demo.example")
version = Version.objects.get(material__code="M01", language="ar")
found = rounds.open_round(version=version, country=None, due_on=now.date() + timedelta(days=20),
                          instruction="", by=manager, at=now)
reader = Person.objects.get(email="expert.de-03@demo.example")
reader.languages = [*reader.languages, "ar"]
reader.save()
rounds.assign(round_id=found.pk, people=[reader], by=manager, at=now)
"""


def open_desk(page: Page, who: str, title: str) -> None:
    log_in(page, who)
    page.goto("/reviews/")
    page.get_by_role("link", name=re.compile(title)).first.click()
    wait_for_copy(page)
    expect(page.locator('.pdf-page[data-page="1"] .textLayer')).to_be_attached(timeout=PATIENCE)


def card(page: Page):
    return page.locator(".ann-card")


def test_selected_words_survive_a_killed_page_and_go_along_with_the_review(page: Page):
    open_desk(page, "expert.bg-02", "café")
    address = page.url
    words = page.locator(".textLayer span").filter(has_text="people").last.inner_text()
    page.route("**/annotations/", lambda route: route.abort())
    page.evaluate(SELECT, words)
    page.keyboard.press("a")
    note = card(page).get_by_label("Remark")
    expect(note).to_be_focused()
    page.keyboard.type("Say who brings the \u202echildren\u202c \U0001f600")
    expect(page.locator("[data-ann-status]")).to_contain_text(
        "kept on this device", timeout=PATIENCE
    )
    # Killed before the server heard a word of it.
    page.close()

    page = page.context.new_page()
    page.goto(address)
    page.get_by_role("tab", name="Remarks").click()
    expect(page.locator("[data-ann-status]")).to_contain_text("Saved", timeout=PATIENCE)
    card(page).locator("summary").click()
    expect(card(page).locator(".ann-quote")).to_contain_text(words.split()[0])
    expect(card(page).get_by_label("Remark")).to_have_value(
        "Say who brings the \u202echildren\u202c \U0001f600"
    )
    expect(page.locator(".ann-box")).not_to_have_count(0, timeout=PATIENCE)
    page.locator(".ann-layer .ann-mark").first.click()
    expect(card(page).locator("summary")).to_be_focused()

    page.get_by_role("tab", name="Criteria").click()
    for criterion in page.locator("[data-criterion]").all():
        criterion.locator("input[value='4']").check()
    expect(page.locator("[data-ann-along]")).to_contain_text("1.")
    page.get_by_role("button", name="Send my review").click()
    expect(page.get_by_text("Thank you. Your review was sent.")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".ann-lines li")).to_have_count(1)
    expect(page.locator(".ann-lines")).to_contain_text("children")
    page.wait_for_function(
        "() => !Object.keys(localStorage).some(name => name.startsWith('review:'))"
    )


def lose_the_answer(route: Route) -> None:
    route.fetch()
    route.abort()


def test_a_place_is_marked_by_keyboard_deleted_and_brought_back(page: Page):
    open_desk(page, "expert.bg-01", "café")
    page.get_by_role("button", name="Mark a place").press("Enter")
    box = page.locator(".ann-draft")
    expect(box).to_be_focused()
    before = box.bounding_box()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    after = box.bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] > before["x"]
    assert after["height"] > before["height"]
    # The server keeps the remark, and its answer is lost: the window knows its own words.
    page.route("**/annotations/", lose_the_answer)
    page.keyboard.press("Enter")
    note = card(page).get_by_label("Remark")
    expect(note).to_be_focused()
    page.keyboard.type("Too small")
    expect(page.locator("[data-ann-status]")).to_contain_text(
        "kept on this device", timeout=PATIENCE
    )
    page.unroute("**/annotations/")
    page.keyboard.type(" to read")
    expect(page.locator("[data-ann-status]")).to_contain_text("Saved", timeout=PATIENCE)
    assert serious(page) == []

    assert page.evaluate(OTHER_WINDOW, "Words of the other window") == 200
    page.keyboard.type(", sorry")
    expect(card(page).get_by_role("alert")).to_contain_text("Words of the other window")
    expect(note).to_have_value("Too small to read, sorry")
    card(page).get_by_role("button", name="Keep mine").press("Enter")
    expect(card(page).get_by_role("alert")).to_be_hidden()
    card(page).get_by_label("Must change").press("Space")
    expect(page.locator("[data-ann-status]")).to_contain_text("Saved", timeout=PATIENCE)
    card(page).get_by_role("button", name="Delete").press("Enter")
    expect(card(page)).to_have_count(0)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.locator("[data-ann-status]")).to_contain_text("Saved", timeout=PATIENCE)

    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("[data-desk-document]")).not_to_have_attribute("open", "")
    page.get_by_role("tab", name="Remarks").click()
    card(page).locator("summary").click()
    expect(card(page).get_by_label("Must change")).to_be_checked()
    card(page).get_by_role("button", name="Show in the material").click()
    expect(page.locator(".ann-layer .ann-mark")).to_be_focused(timeout=PATIENCE)


def test_rtl_a_place_is_drawn_on_an_arabic_page(page: Page, stack: Stack):
    stack.manage("shell", "-c", ROUND_ON_ARABIC)
    open_desk(page, "expert.de-03", "Mentor guide")
    first = page.locator("[data-ann-tools] button").first
    expect(first).to_have_text(re.compile("Mark a place"))
    first.click()
    sheet = page.locator('.pdf-page[data-page="1"]')
    frame = sheet.bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + frame["width"] * 0.6, frame["y"] + 80)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] * 0.8, frame["y"] + 140, steps=4)
    page.mouse.up()
    expect(card(page).get_by_label("Remark")).to_be_focused()
    page.keyboard.type("هذه الصفحة طويلة")
    expect(page.locator("[data-ann-status]")).to_contain_text("Saved", timeout=PATIENCE)
    drawn = page.locator(".ann-box").bounding_box()
    assert drawn is not None
    assert drawn["x"] == pytest.approx(frame["x"] + frame["width"] * 0.6, abs=3)
    assert drawn["width"] == pytest.approx(frame["width"] * 0.2, abs=5)

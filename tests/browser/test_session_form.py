"""The form of a session in the browser: a kind, rows that move, a method, the sum beside it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import log_in

pytestmark = pytest.mark.browser
TITLES = "[data-step] input[name$='-title']"


def titles(page: Page) -> list[str]:
    found = page.locator(TITLES).evaluate_all("fields => fields.map(field => field.value)")
    return [title for title in found if title]


def drag(page: Page, source: int, target: int) -> None:
    """Takes a row by its handle to the place of another one, as a hand would."""
    handle = page.locator("[data-step-handle]").nth(source)
    handle.scroll_into_view_if_needed()
    start = handle.bounding_box()
    end = page.locator("[data-step]").nth(target).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + 10, end["y"] + end["height"] / 2, steps=8)
    page.mouse.up()


def test_a_kind_fills_the_form_rows_move_and_a_method_is_inserted(page: Page):
    log_in(page, "coordinator.bg")
    page.goto("/sessions/new/")
    page.get_by_label("Title").fill("Journey: kinds and methods")
    page.locator("button.kind", has_text="Kick-off").click()
    expect(page.locator("input[name=minutes]")).to_have_value("120")
    expect(page.get_by_label("Title")).to_have_value("Journey: kinds and methods")
    assert titles(page) == ["Who we are", "Our domain", "Charter", "Calendar", "Pulse"]
    expect(page.locator(".step-sum")).to_have_text("The steps add up to 120 minutes.")

    drag(page, 0, 2)
    assert titles(page) == ["Our domain", "Charter", "Who we are", "Calendar", "Pulse"]
    page.get_by_role("button", name="Move row 5 up").press("Enter")
    assert titles(page) == ["Our domain", "Charter", "Who we are", "Pulse", "Calendar"]
    expect(page.get_by_role("button", name="Move row 4 up")).to_be_focused()
    page.get_by_role("button", name="Take row 5 out").click()
    expect(page.locator(".step-sum")).to_contain_text(
        "add up to 100 minutes, the session lasts 120"
    )

    page.locator("select[name=method]").select_option(label="5 1-2-4-All, 20 min")
    page.get_by_role("button", name="Insert its steps").click()
    expect(page.locator(TITLES).nth(8)).to_have_value("1-2-4-All: Rank")
    expect(page.locator(".step-sum")).to_have_text("The steps add up to 120 minutes.")
    page.locator("input[name='steps-0-minutes']").fill("45")
    expect(page.locator(".step-sum")).to_contain_text(
        "add up to 140 minutes, the session lasts 120"
    )
    page.get_by_role("button", name="Set the duration to the sum").click()
    expect(page.locator("input[name=minutes]")).to_have_value("140")

    page.locator("button.kind", has_text="Focus group").click()
    expect(page.get_by_text("You changed this agenda, so it was left as it is.")).to_be_visible()
    assert titles(page)[0] == "Our domain"

    page.locator("input[name=day]").fill((date.today() + timedelta(days=25)).isoformat())
    page.locator("input[name=clock]").fill("10:00")
    page.get_by_label("Online link").fill("https://meet.demo.example/kinds")
    page.get_by_label("Title").press("Enter")
    expect(page.get_by_role("heading", name="Invite people")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_kinds_and_rooms_are_not_wider_than_the_screen(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 844})
    log_in(page, "manager")
    for path in (
        "/sessions/new/?kind=joint",
        "/sessions/templates/",
        "/sessions/templates/kinds/1/",
        "/sessions/rooms/",
    ):
        page.goto(path)
        for part in page.locator("main details").all():
            part.evaluate("part => { part.open = true; }")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_without_any_script_the_same_buttons_ask_the_server(browser, stack):
    plain = browser.new_context(base_url=stack.url, java_script_enabled=False)
    page = plain.new_page()
    log_in(page, "coordinator.bg")
    page.goto("/sessions/new/?kind=review")
    page.get_by_label("Title").fill("Plain")
    page.get_by_role("button", name="Move row 2 up").click()
    expect(page.locator(TITLES).first).to_have_value("What happened")
    page.locator("button.kind", has_text="Onboarding").click()
    expect(page.get_by_text("You changed this agenda")).to_be_visible()
    page.get_by_role("button", name="Replace my agenda").click()
    expect(page.locator(TITLES).first).to_have_value("Welcome")
    expect(page.get_by_label("Title")).to_have_value("Plain")
    plain.close()

"""The rooms by other eyes: a screen reader's, from right to left, by keys alone."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, StorageState, expect

from tests.browser.conftest import Stack, log_in
from tests.browser.days import PATIENCE, once
from tests.browser.test_calendar import serious

pytestmark = pytest.mark.browser
ROOMS = (
    "/practices/",
    "/ideas/",
    "/questions/",
    "/stories/",
    "/talk/",
    "/watch/",
    "/health/",
    "/charters/",
    "/circles/",
    "/coffee/",
    "/offers/",
    "/briefs/",
    "/actions/",
    "/lessons/",
    "/repertoire/",
    "/my-learning/",
    "/search/?q=portfolio",
)
# What can be seen: nothing of what a closed box of details holds.
SEEN = "filter(one => one.checkVisibility())"
LEVELS = f"[...document.querySelectorAll('h1,h2,h3,h4,h5')].{SEEN}.map(one => +one.tagName[1])"
FILLED = f"[...document.querySelectorAll('main .btn-primary')].{SEEN}.length"
FORMS = ("/practices/new/", "/ideas/new/", "/questions/new/", "/watch/new/", "/actions/new/")


@pytest.fixture(scope="module")
def state(browser: Browser, stack: Stack) -> StorageState:
    """A coordinator who logged in once for all rooms."""
    context = browser.new_context(base_url=stack.url)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    log_in(page, "coordinator.bg")
    state = context.storage_state()
    context.close()
    return state


@pytest.mark.parametrize("path", ROOMS + FORMS)
def test_axe_finds_nothing_serious_in_a_room(page: Page, state: StorageState, path: str):
    """By day and by night, without the moment in which colours change."""
    page.context.add_cookies(state["cookies"])
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(path)
    assert serious(page) == []
    page.emulate_media(color_scheme="dark")
    assert serious(page) == []


def test_headings_go_down_step_by_step_and_one_button_is_filled(page: Page, state: StorageState):
    page.context.add_cookies(state["cookies"])
    skipped, filled = [], []
    for path in ROOMS + FORMS:
        page.goto(path)
        levels = page.evaluate(LEVELS)
        skipped += [path for above, here in pairwise([0, *levels]) if here > above + 1]
        filled += [path] * (page.evaluate(FILLED) > 1)
    assert (skipped, filled) == ([], [])


def test_the_filters_of_a_room_stand_two_in_a_row_on_a_phone(page: Page, state: StorageState):
    page.set_viewport_size({"width": 390, "height": 844})
    page.context.add_cookies(state["cookies"])
    page.goto("/stories/")
    first, second = (
        page.get_by_label(label, exact=True).bounding_box()
        for label in ("What came of it", "Why it is told")
    )
    assert first
    assert second
    assert first["y"] == second["y"]
    assert second["x"] + second["width"] <= 390


@pytest.mark.parametrize("width", [1280, 390])
def test_rtl_no_room_is_wider_than_the_screen(page: Page, state: StorageState, width: int):
    """The rooms speak English so far; their layout turns with the page all the same."""
    page.set_viewport_size({"width": width, "height": 844})
    page.context.add_cookies(state["cookies"])
    page.route(re.compile(".*"), turned)
    wide = []
    for path in ROOMS + FORMS:
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        for box in page.locator(".form-check").all()[:3]:
            assert stands_before_its_words(box), path
        wide += [path] * (page.evaluate("document.documentElement.scrollWidth") > width)
    assert wide == []


def stands_before_its_words(box: Locator) -> bool:
    """Whether a box to tick stands at the side on which lines begin, on its own line."""
    tick, words = box.locator("input").bounding_box(), box.locator("label").bounding_box()
    assert tick
    assert words
    return words["x"] < tick["x"] + tick["width"] and abs(words["y"] - tick["y"]) < tick["height"]


def turned(route: Route) -> None:
    if route.request.resource_type != "document":
        return route.fallback()
    answer = route.fetch()
    page = answer.text().replace('lang="en" dir="ltr"', 'lang="en" dir="rtl"', 1)
    return route.fulfill(response=answer, body=page)


def test_an_idea_is_handed_in_by_the_keyboard_alone(page: Page):
    log_in(page, "expert.bg-02")
    page.goto("/ideas/new/")
    title = once("Chairs in a circle")
    tab_to(page, "Your idea in one line")
    page.keyboard.type(title)
    tab_to(page, "Hand it in")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=title)).to_be_visible(timeout=PATIENCE)


def tab_to(page: Page, name: str) -> None:
    """Goes on by the tabulator until what bears this name has the focus, and it can be seen."""
    wanted = page.get_by_label(name).or_(page.get_by_role("button", name=name)).first
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("thing => thing === document.activeElement"):
            assert wanted.evaluate("thing => thing.matches(':focus-visible')")
            return
    raise AssertionError(f"no tabulator reaches {name}")

"""An expert gives and takes: finds, answers, adopts, suggests, talks, tells, looks back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import log_in
from tests.browser.days import PATIENCE, Day, once

pytestmark = pytest.mark.browser
ME = "expert.es-03"


def test_an_expert_finds_answers_and_adopts(day: Day):
    page = day.page
    log_in(page, ME)
    with day.step("search by a key", "/materials/"):
        page.keyboard.press("/")
        page.keyboard.type("portfolio")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=portfolio")
        day.sees(page.locator(".found mark"))
    answer = once("Begin with one photo and one sentence.")
    with day.step("answer a question", "/questions/"):
        day.press("How do you begin a portfolio when people stay for three weeks only?", "link")
        page.get_by_role("textbox", name="Your answer").fill(answer)
        day.press("Send the answer")
        day.sees(page.locator(".threads").get_by_text(answer))
    day.finds("/practices/", page.locator(".material-cards a"), "We use it too")
    changed = once("Three columns, for two host languages.")
    with day.step("adopt a practice"):
        day.press("We use it too", "link")
        page.get_by_label("What we changed").fill(changed)
        day.press("Adopt it")
        day.reads(changed)
    with day.step("look at what was learned", "/my-learning/"):
        day.sees(page.get_by_role("link", name=re.compile("Download")))


def test_an_expert_suggests_and_wants_what_others_suggest(day: Day):
    page, title = day.page, once("Umbrellas for every visit")
    log_in(page, ME)
    with day.step("hand in an idea", "/ideas/new/"):
        page.get_by_label("Your idea in one line").fill(title)
        day.press("Hand it in")
        day.heads(title)
    with day.step("vote, and take it back", "/ideas/?show=all"):
        day.press("Swap facilitators for one session", "link")
        back = page.get_by_role("button", name="Take my vote back")
        wanted = page.get_by_role("button", name="I want this too")
        day.sees(back.or_(wanted))
        if back.count():
            day.take(back)
        day.take(wanted)
        day.take(back)
        day.sees(wanted)


def test_an_expert_talks_and_tells(day: Day):
    page, story = day.page, once("The bus ticket")
    log_in(page, ME)
    with day.step("quote somebody, name a colleague, look at it first", "/talk/"):
        day.take(page.locator("article.thread p a").first)
        day.take(page.locator("article.thread summary").first)
        day.take(page.get_by_role("link", name="Quote").first)
        page.get_by_label("Your comment").fill("Would @Coordinator BG like it?")
        day.press("Preview")
        day.reads("Nothing is sent yet.")
    with day.step("send, and follow by it"):
        day.press("Send the comment")
        day.reads("Mentioned:")
        day.sees(page.locator("main").get_by_role("button", name="Stop following"))
    with day.step("follow no more, and again"):
        day.press("Stop following")
        expect(page.get_by_role("button", name="Follow", exact=True)).to_be_visible(
            timeout=PATIENCE
        )
        day.press(re.compile("^Follow$"))
        day.sees(page.get_by_role("button", name="Stop following"))
    with day.step("tell a story", "/stories/new/"):
        page.get_by_label("What shall it be called?").fill(story)
        page.get_by_label("The story").fill("She kept the ticket of her first day at work.")
        day.press("Save")
        day.heads(story)

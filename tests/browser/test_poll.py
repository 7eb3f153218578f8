"""A poll from the first time offered to the session: nine voters by link, one of them in Arabic."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Stack, log_in, log_out
from tests.browser.test_journey import newest_mail

pytestmark = pytest.mark.browser

TITLE = "Journey: which morning suits us?"
# Nine voters, three mornings: the second gets most yes, the first fewest.
VOTES = [
    ("no", "yes", "yes"),
    ("no", "yes", "if_needed"),
    ("if_needed", "yes", "yes"),
    ("yes", "yes", "no"),
    ("no", "if_needed", "yes"),
    ("if_needed", "yes", "no"),
    ("yes", "yes", "yes"),
    ("no", "yes", "if_needed"),
    ("no", "no", "yes"),
]


def make_the_poll(page: Page) -> str:
    page.goto("/polls/new/")
    page.get_by_label("Title").fill(TITLE)
    monday = date.today() + timedelta(days=28 - date.today().weekday())
    for row in range(3):
        day = monday + timedelta(days=row)
        page.locator(f"input[name='slots-{row}-day']").fill(day.isoformat())
        page.locator(f"input[name='slots-{row}-clock']").fill("10:00")
    page.locator("input[name=closes_day]").fill((date.today() + timedelta(days=9)).isoformat())
    page.locator("input[name=quorum_BG]").fill("5")
    page.get_by_role("button", name="Go on to the people").click()
    expect(page.get_by_role("heading", name="Whom do you ask?")).to_be_visible()
    for number in range(1, 10):
        page.get_by_role("checkbox", name=f"BG-{number:02}").check()
    page.get_by_role("button", name="Send each their link").click()
    expect(page.get_by_text("0 of 9 have voted.")).to_be_visible()
    return page.url


def vote(page: Page, suits: tuple[str, ...]) -> None:
    ballots = page.locator("fieldset.ballot")
    expect(ballots).to_have_count(3)
    for ballot, value in zip(ballots.all(), suits, strict=True):
        ballot.locator(f"input[value={value}]").check()


def link_of(page: Page, number: int) -> str:
    newest_mail(page, f"expert.bg-{number:02}@demo.example", TITLE)
    link = page.locator("a[href*='/g/poll/']").first.get_attribute("href")
    assert link
    return link


def vote_in_arabic_on_a_phone(page: Page, link: str, suits: tuple[str, ...]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(link)
    page.locator("a[hreflang=ar]").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.locator("select[name=zone]").select_option("Europe/Lisbon")
    page.get_by_role("button", name="اعرض").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("fieldset.ballot legend").first).to_contain_text("08:00")
    expect(page.locator("fieldset.ballot legend").first).to_contain_text("10:00")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    # By the keyboard alone: arrows choose, the button is reached by tabbing.
    first = page.locator("fieldset.ballot").first.locator("input[value=yes]")
    first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("fieldset.ballot").first.locator("input[value=if_needed]")).to_be_checked()
    vote(page, suits)
    page.get_by_role("button", name="أرسل تصويتي").click()
    expect(page.get_by_role("status")).to_contain_text("حُفظ تصويتك")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_nine_voters_find_the_best_time_and_it_becomes_the_session(page: Page, stack: Stack):
    log_in(page, "coordinator.bg")
    poll = make_the_poll(page)
    log_out(page)

    links = [link_of(page, number) for number in range(1, 10)]
    vote_in_arabic_on_a_phone(page, links[0], VOTES[0])
    for link, suits in zip(links[1:], VOTES[1:], strict=True):
        page.goto(link)
        vote(page, suits)
        page.get_by_role("button", name="Send my vote").click()
        expect(page.get_by_text("Your vote was saved. Thank you.")).to_be_visible()

    log_in(page, "coordinator.bg")
    page.goto(poll)
    expect(page.get_by_text("9 of 9 have voted.")).to_be_visible()
    best = page.locator(".poll-result").first
    expect(best).to_contain_text("7 yes, 1 if needed, 1 no, 0 silent")
    expect(best).to_contain_text("BG: 8 of 5, enough")
    expect(page.locator(".poll-result").last).to_contain_text("BG: 4 of 5, too few")

    best.get_by_role("link", name="Choose").click()
    page.get_by_label("Online link").fill("https://meet.demo.example/poll")
    page.get_by_role("button", name="Plan it and invite everybody").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.get_by_text("9 people are invited.")).to_be_visible()
    newest_mail(page, "expert.bg-01@demo.example", f"Invitation: {TITLE}")

    page.goto(links[0])
    expect(page.get_by_text("This poll is closed.")).to_be_visible()


def test_a_fair_time_goes_into_a_poll_by_one_click(page: Page):
    log_in(page, "coordinator.it")
    page.goto("/calendar/finder/")
    expect(page.locator(".fair-time")).to_have_count(10)
    page.get_by_role("button", name="Put the ticked times into a poll").click()
    expect(page.get_by_role("heading", name="Make a poll")).to_be_visible()
    filled = [f.input_value() for f in page.locator("input[name$='-day']").all()]
    assert len([day for day in filled if day]) == 3


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_polls_is_wider_than_the_screen(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 844})
    log_in(page, "coordinator.bg")
    page.goto("/polls/")
    first = page.locator("h3 a").first.get_attribute("href")
    for path in ("/polls/", first, f"{first}close/", "/calendar/finder/", "/calendar/busy/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

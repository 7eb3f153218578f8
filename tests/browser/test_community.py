"""Three people's days in the rooms of the community: a newcomer's, an expert's, a coordinator's.

No step may take more deeds than a tired person has patience for: presses are counted, not seconds.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Stack, log_in, log_out
from tests.browser.test_calendar import serious
from tests.browser.test_easy_form import Weighed
from tests.browser.test_journey import newest_mail

pytestmark = pytest.mark.browser
MOST_PRESSES = 4
NEWCOMER = "nina.newcomer@demo.example"


class Day:
    """Somebody's day on one page: presses are counted step by step, broken answers kept."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0
        self.broken: list[str] = []
        page.on("response", lambda r: self.broken.append(r.url) if r.status >= 500 else None)

    def press(self, name: str | re.Pattern[str], role: str = "button", place: int = 0) -> None:
        """Presses what bears this name in the page itself."""
        self.take(self.page.locator("main").get_by_role(role, name=name).nth(place))

    def take(self, thing: Locator) -> None:
        """Presses or ticks one thing."""
        thing.click()
        self.presses += 1

    @contextmanager
    def step(self, name: str, path: str = "") -> Iterator[None]:
        """One thing somebody came for, begun on a page that navigation, mail or *Today* names."""
        self.presses = 0
        if path:
            self.page.goto(path)
        yield
        assert self.presses <= MOST_PRESSES, f"{name}: {self.presses} presses"
        assert self.broken == []

    def says(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()


@pytest.fixture
def day(page: Page) -> Day:
    return Day(page)


def in_days(number: int) -> str:
    return (date.today() + timedelta(days=number)).isoformat()


def test_a_newcomer_arrives_from_the_mail_to_the_start_page(day: Day):
    page, address = day.page, NEWCOMER
    log_in(page, "coordinator.bg")
    with day.step("invite", "/people/invite/"):
        page.get_by_role("textbox", name=re.compile("^Name")).fill("Nina Newcomer")
        page.get_by_label("E-mail address").fill(address)
        day.press("Send the invitation")
    newest_mail(page, address, "")
    link = page.locator("a[href*='/join/']").first.get_attribute("href")
    log_out(page)
    with day.step("open the account", link):
        page.get_by_label("Password").fill("a sentence nobody guesses")
        day.press("Open my account")
        page.wait_for_url("**/accounts/login/")
        page.get_by_label("Email").or_(page.get_by_label("E-mail")).first.fill(address)
        page.get_by_label("Password").first.fill("a sentence nobody guesses")
        day.press("Log in")
        page.wait_for_url("**/")
    with day.step("find the first run", "/"):
        day.press(re.compile("Arrive"), "link")
        expect(page.get_by_role("heading", name="What we are here for")).to_be_visible()
    with day.step("purpose"):
        expect(page.locator(".first-purpose")).to_have_text(re.compile(r"^[^.]+\.$"))
        day.press("Go on")
    with day.step("charter in five lines, and accepted"):
        expect(page.locator(".first-charter dt")).to_have_count(5)
        day.press("I accept it and go on")
    with day.step("topics and languages"):
        day.take(page.get_by_label("Bulgarian"))
        day.take(page.get_by_label("English"))
        day.press("Yes, that is right")
    with day.step("buddy"):
        day.take(page.get_by_role("radio").first)
        day.press("Choose and go on")
    with day.step("one open question"):
        expect(page.get_by_role("link", name="Answer in two lines")).to_be_visible()
        day.press("Go on")
    with day.step("next session, by the own clock"):
        expect(page.locator("main a[href^='/sessions/']")).to_be_visible()
        day.press("Go on")
    with day.step("a practice from abroad"):
        expect(page.locator("main a[href^='/practices/']")).to_be_visible()
        day.press("Go on")
    with day.step("hello"):
        expect(page.get_by_label("Your words")).to_have_value(re.compile("^Hello .*I am new here"))
        day.press("Send and arrive")
    day.says("You have arrived.")
    page.goto("/charters/")
    day.press(re.compile("Bulgaria|portfolio|migrant", re.IGNORECASE), "link")
    day.says("You accepted it")


def test_an_expert_gives_and_takes(day: Day):
    page = day.page
    log_in(page, "expert.it-02")
    with day.step("search by a key", "/materials/"):
        page.keyboard.press("/")
        page.keyboard.type("portfolio")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=portfolio")
        expect(page.locator(".found mark").first).to_be_visible()
    with day.step("answer a question", "/questions/"):
        day.press("How do you begin a portfolio when people stay for three weeks only?", "link")
        page.get_by_role("textbox", name="Your answer").fill(
            "Begin with one photo and one sentence."
        )
        day.press("Send the answer")
        expect(page.locator(".threads")).to_contain_text("one photo and one sentence")
    # Like no other, as ideas that are alike are asked about first.
    title = f"Umbrellas {uuid.uuid4().hex}"
    with day.step("hand in an idea", "/ideas/new/"):
        page.get_by_label("Your idea in one line").fill(title)
        day.press("Hand it in")
        expect(page.get_by_role("heading", name=title)).to_be_visible()
    with day.step("vote", "/ideas/"):
        day.press("Swap facilitators for one session", "link")
        day.press("I want this too")
        expect(page.get_by_role("button", name="Take my vote back")).to_be_visible()
    comment_with_a_quote_and_a_name(day)
    with day.step("tell a story", "/stories/new/"):
        page.get_by_label("What shall it be called?").fill("The bus ticket")
        page.get_by_label("The story").fill("She kept the ticket of her first day at work.")
        day.press("Save")
        expect(page.get_by_role("heading", name="The bus ticket")).to_be_visible()
    with day.step("look at what was learned", "/my-learning/"):
        expect(page.get_by_role("link", name="Download (CSV)")).to_be_visible()


def comment_with_a_quote_and_a_name(day: Day) -> None:
    page = day.page
    with day.step("quote somebody and name a colleague", "/talk/"):
        day.take(page.locator("article.thread p a").first)
        day.take(page.locator("article.thread summary").first)
        day.take(page.get_by_role("link", name="Quote").first)
        page.get_by_label("Your comment").fill("Would @Coordinator BG like it?")
        day.press("Preview")
        expect(page.get_by_text("Nothing is sent yet.")).to_be_visible()
    with day.step("send and follow"):
        day.press("Send the comment")
        expect(page.get_by_text("Mentioned:").first).to_be_visible()
        expect(page.get_by_role("button", name="Stop following")).to_be_visible()


def test_a_coordinator_leads_the_community(day: Day, browser: Browser, stack: Stack):
    page = day.page
    log_in(page, "expert.bg-01")
    report_a_comment(day)
    log_out(page)
    log_in(page, "coordinator.es")
    with day.step("settle the report", "/talk/moderation/"):
        day.press("Let it stand")
        day.says("The comment stays; the report is settled.")
    with day.step("write a version of the charter", "/charters/"):
        spain = page.locator("main section").filter(has_text="CoP Spain")
        day.take(spain.get_by_role("button", name=re.compile("Draft a new version")))
        day.press("Write", "link")
        page.get_by_label("Vision").fill("Nobody starts from zero, at any age.")
        page.get_by_label("What changed").fill("Age is named.")
        day.press("Save the draft")
        day.press(re.compile("What changed since version"), "link")
        expect(page.locator("main ins").first).to_be_visible()
    with day.step("answer an idea that is owed an answer", "/ideas/"):
        day.press("Who speaks what: interpreters of all countries in one list", "link")
        day.press("Answer", "link")
        page.get_by_role("textbox", name="Your answer").fill(
            "Yes: we ask each country for its list."
        )
        day.press("Send the answer")
        expect(page.locator("main")).to_contain_text("we ask each country")
    with day.step("check a practice", "/practices/"):
        day.press("An employer reads a portfolio aloud", "link")
        day.press("Check it", "link")
        day.take(page.get_by_label("It passes"))
        day.press("Send the decision")
        expect(page.get_by_role("alert").filter(has_text="required")).to_have_count(0)
    with day.step("adopt a practice", "/practices/"):
        day.press("Consent talk with pictures", "link")
        day.press("We use it too", "link")
        page.get_by_label("What we changed").fill("Three columns, for two host languages.")
        day.press("Adopt it")
        expect(page.locator("main")).to_contain_text("Three columns")
    with day.step("a peer assist in one form", "/questions/?country=ES"):
        day.take(page.locator("main a[href^='/questions/']").filter(has_text="?").first)
        day.press("Plan a peer assist", "link")
        page.get_by_label("Day").fill(in_days(16))
        day.press("Plan it")
        expect(page.get_by_role("heading", name=re.compile("Peer assist"))).to_be_visible()
    with day.step("health and its map", "/health/"):
        expect(page.locator("main svg").last).to_be_attached()
    ask_for_interests(day, browser, stack)
    watch_a_change(day)
    make_a_brief(day)


def report_a_comment(day: Day) -> None:
    with day.step("report a comment", "/talk/?country=ES"):
        comment = (
            day.page.locator("article.thread")
            .filter(has=day.page.locator(".thread-who", has_text="ES-0"))
            .first
        )
        day.take(comment.locator("a:has(time)"))
        day.take(day.page.locator("article.thread summary").first)
        day.take(day.page.locator("article.thread").get_by_role("link", name="Report").first)
        day.page.get_by_label("What is wrong with it").fill("It names a family.")
        day.press(re.compile("Report"))
        day.says("Thank you. A moderator looks at it.")


def ask_for_interests(day: Day, browser: Browser, stack: Stack) -> None:
    page = day.page
    with day.step("a poll of interest", "/charters/"):
        day.press(re.compile("Ask for interests by a link"), "link")
        page.get_by_label("Title").fill("What shall we talk about?")
        page.get_by_label("Topics").fill("Papers\nWork")
        day.press("Open the poll")
        link = page.get_by_label("Give it to whom you want to hear from").input_value()
    answer_as_a_guest(browser, stack, link)
    page.reload()
    day.says("1 answer.")


def answer_as_a_guest(browser: Browser, stack: Stack, link: str) -> None:
    """On a phone, in Arabic, without an account: a mistake first, then the answer."""
    phone = browser.new_context(
        base_url=stack.url, viewport={"width": 390, "height": 844}, locale="ar"
    )
    guest = phone.new_page()
    weighed = Weighed(guest)
    guest.goto(link)
    weighed.stands("What shall we talk about?")
    expect(guest.locator("html")).to_have_attribute("dir", "rtl")
    assert serious(guest) == []
    guest.locator("main button").click()
    expect(guest.get_by_role("alert").first).to_be_visible()
    guest.locator("#id_called").fill("Amal")
    guest.locator("input[name=needs]").first.check()
    guest.locator("summary").click()
    assert guest.locator("a[hreflang]").count() == 13
    guest.locator("main button").click()
    expect(guest.locator(".done")).to_be_visible()
    assert phone.cookies() == []
    phone.close()


def watch_a_change(day: Day) -> None:
    page = day.page
    with day.step("note a change of law", "/watch/new/"):
        page.get_by_label("What changes?").fill("Permits are longer")
        page.get_by_label("It holds from").fill(in_days(60))
        page.get_by_label("Where it can be read").fill("https://law.demo.example/permits")
        page.get_by_label("What does it change for people with a portfolio?").fill("Two years.")
        day.take(page.locator("input[name=parts]").first)
        day.press("Save")
        expect(page.get_by_role("heading", name="What it may touch")).to_be_visible()
    with day.step("ask for a change"):
        page.get_by_label("What has to change, or why it can stay").first.fill("Say two years.")
        day.press("Has to change")
        expect(page.locator("main a[href^='/changes/']").first).to_be_visible()


def make_a_brief(day: Day) -> None:
    page = day.page
    with day.step("a brief for policy makers", "/briefs/new/"):
        page.get_by_label("Title").fill("Two years of permits")
        day.take(page.get_by_label("Policy makers"))
        day.take(page.locator("input[name=refs]").first)
        day.press("Make the brief")
    page.goto("/briefs/")
    with day.step("download it"):
        day.press("Two years of permits", "link")
        for name, start in (("PDF", b"%PDF-"), ("Word", b"PK")):
            link = page.locator("main, header").get_by_role("link", name=name).first
            answer = page.context.request.get(link.get_attribute("href") or "")
            assert answer.body().startswith(start)


@pytest.mark.parametrize(
    "path",
    [
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
        "/search/?q=portfolio",
    ],
)
def test_axe_finds_nothing_serious_in_a_room(page: Page, path: str):
    log_in(page, "coordinator.bg")
    page.goto(path)
    assert serious(page) == []


def test_rtl_rooms_fit_a_phone_when_they_are_turned(page: Page):
    """The rooms speak English so far; their layout has to turn with the page all the same."""
    page.set_viewport_size({"width": 390, "height": 844})
    log_in(page, "coordinator.bg")
    for path in ("/practices/", "/ideas/", "/questions/", "/talk/", "/watch/", "/health/"):
        page.goto(path)
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path

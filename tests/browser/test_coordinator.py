"""A coordinator leads: charter, answers, checks, assists, figures, promises, look backs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import Stack, log_in, log_out
from tests.browser.days import Day, in_days, once

pytestmark = pytest.mark.browser
ME = "coordinator.es"
# What members of this very community wrote, as a first try may have settled what the demo brought.
WRITE = """
from django.utils import timezone
from experts.models import User
from practices.domain.ideas import submitting
from practices.domain.practices import cards, checking
from practices.domain.practices.cards import About, Card
now = timezone.now()
by = User.objects.get(email="expert.es-03@demo.example")
submitting.submit(new=submitting.NewIdea(title={idea!r}), by=by, at=now)
card = Card(language="en", title={practice!r}, need="Papers get lost.", steps="1. One folder each.",
    result="12 people, all papers found.", evidence="Our own list.")
about = About(started_on=now.date())
version = cards.describe(country=by.person.country, card=card, about=about, by=by, at=now)
checking.submit(version_id=version.pk, by=by, at=now)
"""


def write(stack: Stack, *, idea: str, practice: str) -> None:
    """An idea that is owed an answer, and a practice that waits for its first check."""
    stack.manage("shell", "-v", "0", "-c", WRITE.format(idea=idea, practice=practice))


def test_a_coordinator_writes_the_charter_and_reads_what_changed(day: Day):
    page, why = day.page, once("Age is named.")
    log_in(page, ME)
    page.goto("/charters/")
    spain = page.locator("main section").filter(has_text="CoP Spain")
    begin = spain.get_by_role("button", name=re.compile("Draft a new version"))
    with day.step("begin a version"):
        day.take(begin.or_(spain.get_by_role("link", name=re.compile("^Version"))).first)
        day.press("Write", "link")
        page.get_by_label("Vision").fill(f"Nobody starts from zero, at any age. {why}")
        page.get_by_label("What changed").fill(why)
        day.press("Save the draft")
        day.sees(page.locator("main").get_by_text(why))
    with day.step("see it word by word, then throw it away"):
        day.press(re.compile("What changed since version"), "link")
        day.sees(page.locator("main ins"))
        page.go_back()
        day.press("Throw the draft away")
        day.sees(page.get_by_role("button", name=re.compile("Draft a new version")))


def test_a_coordinator_answers_and_two_people_check(day: Day, stack: Stack):
    page, idea, practice = day.page, once("Interpreters in one list"), once("One folder each")
    write(stack, idea=idea, practice=practice)
    log_in(page, ME)
    with day.step("answer an idea that is owed an answer", "/ideas/"):
        day.press(idea, "link")
        day.press("Answer", "link")
        page.get_by_role("textbox", name="Your answer").fill("Yes: each country sends its list.")
        day.press("Send the answer")
        day.reads("each country sends its list")
    with day.step("screen a practice", "/practices/"):
        pass_the_check(day, practice)
        day.sees(row_of(day, practice).get_by_text("Waits for the technical check"))
    log_out(page)
    log_in(page, "expert.it-03")
    with day.step("the second check, by a colleague", "/practices/"):
        pass_the_check(day, practice)
    page.goto("/practices/")
    assert row_of(day, practice).get_by_text("Waits for").count() == 0
    day.press(practice, "link")
    day.reads("Checked by")


def row_of(day: Day, practice: str) -> Locator:
    return day.page.locator("main li").filter(has_text=practice)


def pass_the_check(day: Day, practice: str) -> None:
    day.press(practice, "link")
    day.press("Check it", "link")
    day.take(day.page.get_by_label("It passes"))
    day.press("Send the decision")


def test_a_coordinator_helps_where_nobody_could(day: Day):
    page = day.page
    log_in(page, ME)
    day.finds("/questions/", page.locator("a.question-title"), "Plan a peer assist")
    with day.step("a peer assist in one form"):
        day.press("Plan a peer assist", "link")
        page.get_by_label("Day").fill(in_days(16))
        day.press("Plan it")
        day.heads(re.compile("Peer assist"))
    with day.step("health in words, the map, and the same as a table", "/health/"):
        day.sees(page.locator("main svg"))


def test_a_coordinator_settles_what_was_reported(day: Day):
    page, words = day.page, once("A family is named here.")
    log_in(page, "expert.es-04")
    with day.step("somebody comments", "/talk/"):
        day.take(page.locator("article.thread p a").first)
        page.get_by_label("Your comment").fill(words)
        day.press("Send the comment")
        day.reads(words)
    log_out(page)
    log_in(page, "expert.bg-01")
    with day.step("somebody reports it", "/talk/"):
        comment = page.locator("article.thread").filter(has_text=words)
        day.take(comment.locator("a:has(time)"))
        day.take(page.locator("article.thread summary"))
        day.press("Report", "link")
        page.get_by_label("What is wrong with it").fill(words)
        day.press(re.compile("Report"))
        day.reads("Thank you. A moderator looks at it.")
    log_out(page)
    log_in(page, ME)
    with day.step("it stands", "/talk/moderation/"):
        day.take(reported(page, words).get_by_role("button", name="Let it stand"))
        day.reads("The comment stays; the report is settled.")
    assert reported(page, words).count() == 0


def reported(page: Page, words: str) -> Locator:
    return page.locator("main .threads > div").filter(has_text=words)


def test_a_coordinator_keeps_promises_and_looks_back(day: Day):
    page, action, change = day.page, once("Print the cards"), once("We test the link before")
    log_in(page, ME)
    with day.step("an action with owner and day", "/actions/new/"):
        page.get_by_label("What will be done?").fill(action)
        page.get_by_label("Who does it").fill("coordinator.es@demo.example")
        page.get_by_label("Until").fill(in_days(9))
        day.press("Save")
        day.heads(action)
    past = "/sessions/?kind=review&country=ES&when=all"
    day.finds(past, page.locator(".session-cards a"), "Write a lesson down")
    with day.step("a lesson of a look back"):
        day.press("Write a lesson down", "link")
        page.get_by_label("What was planned?").fill("Start at ten.")
        page.get_by_label("What happened?").fill("We began at twenty past.")
        page.get_by_label("What do we change?").fill(change)
        day.press("Save")
        day.heads("Who sees to this change?")
    with day.step("somebody promises it"):
        page.get_by_label("Who does it").fill("coordinator.es@demo.example")
        page.get_by_label("Until").fill(in_days(9))
        day.press("Make it an action")
        day.heads(change)
    assert page.get_by_text("Nobody has promised this change yet.").count() == 0

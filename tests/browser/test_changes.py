"""What a reviewer asks for is decided, and the author reads "you said, we did"."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Stack, log_in, log_out

pytestmark = pytest.mark.browser

WORDS = "Say which office stamps the form."
# Three experts send their reviews of a material of the demo's author, and the round is closed.
REVIEWED = """
from datetime import timedelta
from django.utils import timezone
from experts.models import User
from feedback.reviews.domain import desk, identity, rounds, rubrics
from feedback.reviews.models import ReviewRound
from materials.models import Version
now = timezone.now()
manager = User.objects.get(email="manager@demo.example")
busy = ReviewRound.objects.open().values("version")
own = Version.objects.filter(material__owner__user__email="author@demo.example", language="en")
version = own.exclude(pk__in=busy).latest("pk")
found = rounds.open_round(version=version, country=None, due_on=now.date() + timedelta(days=20),
                          rubric=rubrics.current(), by=manager, at=now)
readers = [one for one in rounds.candidates(found, manager) if "en" in one.languages][:3]
rounds.assign(round_id=found.pk, people=readers, by=manager, at=now)
for person in readers:
    asked = identity.assignment_of(round_id=found.pk, person=person)
    typed = {str(one.pk): {"score": "4"} for one in found.rubric.criteria.all()}
    next(iter(typed.values())).update(score="2", comment="%s", suggestion="Name it on page 2.")
    desk.save_draft(assignment_id=asked.pk, typed=typed, revision=None, writer="",
                    by=person.user, at=now)
    desk.submit(assignment_id=asked.pk, by=person.user, at=now)
rounds.close_round(round_id=found.pk, by=manager, at=now)
print("ROUND", found.pk, version.material_id)
"""


def test_a_comment_becomes_a_change_is_decided_and_the_author_reads_what_was_done(
    page: Page, stack: Stack
):
    said = stack.manage("shell", "-c", REVIEWED % WORDS).splitlines()
    round_id, material_id = next(one for one in said if one.startswith("ROUND")).split()[1:]
    log_in(page, "manager")
    page.goto(f"/reviews/rounds/{round_id}/outcome/")
    page.locator("details.remarks summary").first.click()
    page.get_by_role("button", name="Make it a change request").first.click()
    expect(page.get_by_text("The comment is a change request now.")).to_be_visible()
    expect(page.locator(".change-quote").first).to_contain_text(WORDS)
    page.locator("select[name=severity]").select_option("critical")
    page.locator("button[name=deed][value=arrange]").click()
    entry = page.url
    decide = page.locator("form:has(button[name=deed][value=decide])")
    decide.locator("select[name=decision]").select_option("accept")
    decide.locator("textarea[name=reason]").fill("The office is named in the box on page 2.")
    decide.locator("[name=public_asked]").fill("Name the office that stamps the form.")
    decide.locator("button[value=decide]").click()
    expect(page.locator(".change-history")).to_contain_text("box on page 2")

    log_out(page)
    log_in(page, "author")
    page.goto(f"/materials/{material_id}/")
    told = page.locator("section:has(#said)")
    expect(told).to_contain_text("Name the office that stamps the form.")
    expect(told).to_contain_text("The office is named in the box on page 2.")
    page.goto(entry)
    expect(page.locator(".change-quote").first).to_contain_text(WORDS)
    expect(page.get_by_text("Who wrote the comment is not shown")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

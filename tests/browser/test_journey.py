"""The story a newcomer lives: plan, invite, answer by the link in the mail, be reminded."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Stack, log_in, log_out, wait_for_copy

pytestmark = pytest.mark.browser


def newest_mail(page: Page, address: str, subject: str) -> None:
    """Opens the newest mail of somebody in the demo mailbox, waiting until it has come."""
    for _ in range(100):
        page.goto("/demo/mailbox/")
        row = page.get_by_role("row").filter(has_text=address).filter(has_text=subject).first
        if row.count():
            row.get_by_role("link").click()
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"no mail {subject!r} for {address}")


def plan_invite_answer_and_be_reminded(page: Page, stack: Stack) -> None:
    day = date.today() + timedelta(days=12)
    title = "Journey: portfolios in the first week"
    guest = "expert.bg-03@demo.example"

    log_in(page, "coordinator.bg")
    page.goto("/sessions/new/?kind=feedback")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Day").fill(day.isoformat())
    page.locator("input[name=clock]").fill("10:00")
    page.get_by_label("Online link").fill("https://meet.demo.example/journey")
    page.get_by_role("button", name="Plan it").click()

    expect(page.get_by_role("heading", name="Invite people")).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("BG-03")).check()
    page.get_by_role("button", name="Send the invitations").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    session_url = page.url

    newest_mail(page, guest, "Invitation: Journey")
    expect(page.get_by_text("METHOD:REQUEST")).to_be_visible()
    link = page.locator("a[href*='/g/']").first.get_attribute("href")

    log_out(page)
    page.goto(link)
    page.get_by_label("Yes, I will come").check()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_text("Your answer was saved: Yes.")).to_be_visible()

    log_in(page, "coordinator.bg")
    page.goto(session_url)
    expect(page.locator(".guest-log > li").filter(has_text="BG-03")).to_contain_text("Yes")

    zone = ZoneInfo("Europe/Sofia")
    due = datetime.combine(day - timedelta(days=1), time(10), tzinfo=zone)
    stack.manage("tick", "--at", due.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%MZ"))
    newest_mail(page, guest, "Reminder: Journey")
    expect(page.get_by_text("You said that you will come.")).to_be_visible()


def test_a_mistake_keeps_what_was_typed_and_says_what_to_do(page: Page):
    log_in(page, "coordinator.it")
    page.goto("/sessions/new/?kind=regular")
    page.get_by_label("Title").fill("A night that skips an hour")
    page.get_by_label("Day").fill("2027-03-28")
    page.locator("input[name=clock]").fill("02:30")
    page.get_by_label("Online link").fill("https://meet.demo.example/night")
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_role("alert").first).to_contain_text("The clocks in Rome skip this hour")
    expect(page.get_by_label("Title")).to_have_value("A night that skips an hour")


def test_rtl_a_guest_answers_in_arabic_on_a_phone(page: Page, stack: Stack):
    page.set_viewport_size({"width": 390, "height": 844})
    newest_mail(page, "demo.example", "Invitation: ")
    link = page.locator("a[href*='/g/']").first.get_attribute("href")
    page.goto(link)
    page.locator("a[hreflang=ar]").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_is_wider_than_the_screen(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 844})
    log_in(page, "coordinator.bg")
    for path in (
        "/",
        "/calendar/",
        "/sessions/",
        "/countries/BG/",
        "/people/",
        "/outbox/",
        "/profile/",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def a_pdf(path: Path) -> Path:
    """A small document of two pages."""
    document = pikepdf.new()
    for _ in range(2):
        document.add_blank_page(page_size=(420, 595))
    document.save(path)
    return path


CHECKLIST = "Journey: first week checklist"


def upload_a_checklist(page: Page, folder: Path) -> None:
    log_in(page, "author")
    page.goto("/materials/new/")
    page.get_by_text("Give a link instead").click()
    page.get_by_label("Title").fill(CHECKLIST)
    page.locator("select[name=type]").select_option("guide")
    page.locator("select[name=audience]").select_option("mentors")
    page.locator("select[name=licence]").select_option(index=1)
    page.locator("input[name=file]").set_input_files(a_pdf(folder / "checklist.pdf"))
    page.locator("select[name=language]").select_option("en")
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_role("heading", name=CHECKLIST)).to_be_visible()


def ask_an_expert(page: Page) -> None:
    log_in(page, "manager")
    page.goto("/reviews/rounds/new/")
    page.get_by_role("checkbox", name=re.compile(re.escape(CHECKLIST))).check()
    page.get_by_label("Experts accept before they see the file").uncheck()
    page.get_by_label("Reviews wanted by").fill((date.today() + timedelta(days=20)).isoformat())
    page.get_by_role("button", name="Open the round").click()
    page.get_by_role("checkbox", name=re.compile("BG-05")).check()
    page.get_by_role("button", name="Ask them").click()


def review_it(page: Page) -> None:
    """A low mark without a comment is refused first."""
    log_in(page, "expert.bg-05")
    page.goto("/reviews/")
    page.get_by_role("link", name=re.compile(CHECKLIST)).first.click()
    wait_for_copy(page)
    expect(page.locator(".pdf-page canvas").first).to_be_visible()
    for criterion in page.locator("[data-criterion]").all():
        criterion.locator("input[value='4']").check()
    page.locator("[data-criterion]").last.locator("input[value='2']").check()
    expect(page.locator("[data-desk-status]")).to_contain_text("Saved")
    page.get_by_role("button", name="Send my review").click()
    expect(page.get_by_role("alert").first).to_contain_text("C10")
    # By name: the page comes piece by piece, and "the last one" is another while it does.
    page.get_by_label("Comment on C10").fill("It is locked.")
    page.get_by_label("(suggestion on C10)").fill("Add an empty copy to be changed.")
    page.get_by_role("button", name="Send my review").click()
    expect(page.get_by_text("Thank you. Your review was sent.")).to_be_visible()


def compile_a_report(page: Page) -> str:
    """Gives the address of its PDF."""
    log_in(page, "coordinator.bg")
    page.goto("/countries/BG/reports/")
    page.get_by_role("button", name="Compile").click()
    page.get_by_role("link", name="Download the PDF").wait_for(timeout=60_000)
    address = page.get_by_role("link", name="Download the PDF").get_attribute("href")
    assert address is not None
    return address


def download_as_its_partner(page: Page, context: BrowserContext, stack: Stack, pdf: str) -> None:
    log_in(page, "partner.bg")
    page.goto("/countries/BG/reports/")
    expect(page.locator(f"a[href='{pdf}']").first).to_be_visible()
    answer = context.request.get(stack.url + pdf)
    assert answer.status == 200
    assert answer.body().startswith(b"%PDF-")


def find_nothing_as_another(page: Page, context: BrowserContext, stack: Stack, pdf: str) -> None:
    log_in(page, "partner.it")
    assert context.request.get(stack.url + pdf).status == 404
    assert page.goto("/countries/BG/reports/").status == 404


def test_the_main_job_from_plan_to_partner_download(
    page: Page, context: BrowserContext, stack: Stack, tmp_path: Path
):
    plan_invite_answer_and_be_reminded(page, stack)
    log_out(page)
    upload_a_checklist(page, tmp_path)
    log_out(page)
    ask_an_expert(page)
    log_out(page)
    review_it(page)
    log_out(page)
    pdf = compile_a_report(page)
    log_out(page)
    download_as_its_partner(page, context, stack, pdf)
    log_out(page)
    find_nothing_as_another(page, context, stack, pdf)

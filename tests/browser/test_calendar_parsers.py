"""Two independent parsers, ical.js in the browser and icalendar here, read the same event."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Stack, log_in
from tests.browser.test_journey import newest_mail

pytestmark = pytest.mark.browser
ICAL_JS = Path(__file__).resolve().parents[2] / "node_modules/ical.js/dist/ical.es5.min.cjs"
READ = """(text) => {
  const component = new ICAL.Component(ICAL.parse(text));
  for (const zone of component.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  const moment = (time) => time.isDate ? time.toString() : time.toJSDate().toISOString();
  return component.getAllSubcomponents("vevent").map(found => {
    const event = new ICAL.Event(found);
    const attendee = found.getFirstPropertyValue("attendee");
    return {
      uid: event.uid,
      sequence: event.sequence,
      start: moment(event.startDate),
      end: moment(event.endDate),
      attendee: attendee,
      place: event.recurrenceId ? moment(event.recurrenceId) : null,
    };
  });
}"""


def by_ical_js(browser: Browser, text: str) -> list[dict]:
    """What ical.js finds, on an empty page of its own."""
    page = browser.new_page()
    # A script for Node: it looks for `module` and leaves itself there.
    page.evaluate("window.module = {exports: {}}; window.exports = module.exports")
    page.add_script_tag(content=ICAL_JS.read_text())
    page.evaluate("window.ICAL = module.exports.default ?? module.exports")
    found = page.evaluate(READ, text)
    page.close()
    return found


def by_icalendar(text: str) -> list[dict]:
    return [
        {
            "uid": str(event["UID"]),
            "sequence": int(event["SEQUENCE"]),
            "start": instant(event["DTSTART"].dt),
            "end": instant(event["DTEND"].dt),
            "attendee": str(event["ATTENDEE"]) if "ATTENDEE" in event else None,
            "place": instant(event["RECURRENCE-ID"].dt) if "RECURRENCE-ID" in event else None,
        }
        for event in Calendar.from_ical(text).walk("VEVENT")
    ]


def instant(moment: date) -> str:
    """An instant in UTC; of a workshop the day, which no zone moves."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def test_a_mail_and_a_feed_are_read_alike_by_both(page: Page, browser: Browser, stack: Stack):
    newest_mail(page, "expert.bg-", "Invitation: All countries")
    mail = page.locator("pre.mail-text").last.inner_text().replace("\n", "\r\n")
    assert "METHOD:REQUEST" in mail
    (from_mail,) = by_icalendar(mail)
    assert by_ical_js(browser, mail) == [from_mail]
    assert from_mail["attendee"].startswith("mailto:expert.bg-")
    log_in(page, "coordinator.bg")
    page.goto("/calendar/feeds/")
    project = page.get_by_role("region", name="The whole project")
    project.get_by_role("button", name="Make an address").click()
    address = project.get_by_label("Address for Google").input_value()
    text = page.request.get(address).text()
    found = by_icalendar(text)
    assert len(found) > 20
    assert by_ical_js(browser, text) == found
    same = next(event for event in found if event["uid"] == from_mail["uid"])
    assert {k: same[k] for k in ("sequence", "start", "end", "place")} == {
        k: from_mail[k] for k in ("sequence", "start", "end", "place")
    }


def test_a_proposal_from_a_calendar_is_accepted(page: Page, stack: Stack):
    newest_mail(page, "expert.bg-", "Invitation: All countries")
    title = page.get_by_role("heading", level=1).inner_text().removeprefix("Invitation: ")
    page.get_by_label("Another start (UTC)").fill("2027-06-01T09:00")
    page.get_by_role("button", name="Propose another time").click()
    expect(page.get_by_role("heading", name="Another time proposed")).to_be_visible()
    address = page.get_by_role("link", name=title).get_attribute("href")
    log_in(page, "manager")
    page.goto(address)
    notice = page.locator("#proposals form").filter(has_text="1 Jun 2027")
    notice.get_by_role("button", name="Move the session and tell everybody").click()
    expect(page.get_by_text("The session has the proposed time")).to_be_visible()
    newest_mail(page, "expert.bg-", "New time or place")
    expect(page.locator("pre.mail-text").last).to_contain_text("SEQUENCE:1")

"""The calendar as a hand uses it: by keys, by mouse, by button, on a phone, on paper."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ROOT, log_in

pytestmark = pytest.mark.browser
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


def today_in_sofia() -> date:
    """The day the coordinator's page calls today: late in the evening it is tomorrow elsewhere."""
    return datetime.now(ZoneInfo("Europe/Sofia")).date()


def monday(weeks: int = 30) -> date:
    """A Monday in a month nobody else plans in, whose week lies within it."""
    day = today_in_sofia() + timedelta(weeks=weeks)
    day = day.replace(day=8)
    return day + timedelta(days=-day.weekday() % 7)


def plan(page: Page, title: str, day: date, clock: str = "10:00") -> None:
    page.goto(f"/sessions/new/?kind=feedback&day={day.isoformat()}&clock={clock}")
    expect(page.locator("input[name=clock]")).to_have_value(clock)
    page.get_by_label("Title").fill(title)
    page.get_by_label("Online link").fill("https://meet.demo.example/calendar")
    page.get_by_role("button", name="Plan it").click()
    page.wait_for_url("**/invite/")


def day_cell(page: Page, day: date) -> Locator:
    return page.locator(f"[data-day='{day.isoformat()}']")


def drag(page: Page, item: Locator, x: float, y: float) -> None:
    """Takes an entry near its top and lets it go at a point of the page."""
    item.scroll_into_view_if_needed()
    box = item.bounding_box()
    page.mouse.move(box["x"] + 12, box["y"] + 6)
    page.mouse.down()
    page.mouse.move(x + 3, y + 3, steps=6)
    page.mouse.move(x, y)
    page.mouse.up()


def serious(page: Page) -> list[str]:
    """What axe-core calls serious or critical on this page."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then(r => r.violations)")
    return [
        f"{v['id']}: {[node['html'][:120] for node in v['nodes'][:3]]}"
        for v in found
        if v["impact"] in {"serious", "critical"}
    ]


def test_the_keys_lead_through_days_views_and_to_a_new_session(page: Page):
    log_in(page, "coordinator.bg")
    first = monday(34)
    page.goto(f"/calendar/?view=month&month={first:%Y-%m}#day-{first.isoformat()}")
    expect(day_cell(page, first)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(day_cell(page, first + timedelta(days=8))).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(day_cell(page, first)).to_be_focused()
    page.keyboard.press("w")
    page.wait_for_url("**view=week**")
    page.keyboard.press("a")
    page.wait_for_url("**view=agenda**")
    following = page.locator("[rel=next]").get_attribute("href")
    page.keyboard.press("n")
    page.wait_for_url(f"**{following}")
    page.keyboard.press("m")
    page.wait_for_url("**view=month**")
    page.keyboard.press("t")
    page.wait_for_url(re.compile("#day-"))
    expect(day_cell(page, today_in_sofia())).to_be_focused()
    following = page.locator("[rel=next]").get_attribute("href")
    page.keyboard.press("PageDown")
    page.wait_for_url(f"**{following}")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys of the calendar")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("Search", exact=True).focus()
    page.keyboard.type("twpc")
    expect(page.get_by_label("Search", exact=True)).to_have_value("twpc")
    page.goto(f"/calendar/?view=month&month={first:%Y-%m}#day-{first.isoformat()}")
    expect(day_cell(page, first)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/sessions/new/?day={first.isoformat()}")
    page.go_back()
    page.keyboard.press("c")
    page.wait_for_url(f"**/sessions/new/?day={first.isoformat()}")


def test_the_last_day_leads_into_the_next_month_and_single_keys_can_be_off(page: Page):
    log_in(page, "coordinator.bg")
    page.goto("/calendar/?view=week&week=2027-02-22#day-2027-02-28")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**week=2027-03-01**#day-2027-03-01")
    expect(day_cell(page, date(2027, 3, 1))).to_be_focused()
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Use single keys on this page").uncheck()
    page.get_by_role("button", name="Close", exact=True).click()
    page.keyboard.press("m")
    page.wait_for_timeout(300)
    assert "view=week" in page.url


def test_rtl_arrows_follow_the_reading_direction(page: Page):
    log_in(page, "coordinator.bg")

    def turn(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('dir="ltr"', 'dir="rtl"'))

    page.route("**/calendar/**", turn)
    for view in ("month", "week"):
        page.goto(f"/calendar/?view={view}&month=2027-02&week=2027-02-08#day-2027-02-09")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        page.keyboard.press("ArrowLeft")
        expect(day_cell(page, date(2027, 2, 10))).to_be_focused()
        later = day_cell(page, date(2027, 2, 10)).bounding_box()["x"]
        assert later < day_cell(page, date(2027, 2, 9)).bounding_box()["x"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_a_session_is_dragged_to_another_day_of_the_month(page: Page):
    log_in(page, "coordinator.bg")
    first = monday(38)
    plan(page, "Dragged by day", first)
    page.goto(f"/calendar/?view=month&month={first:%Y-%m}")
    target = day_cell(page, first + timedelta(days=3)).bounding_box()
    entry = page.locator(".calendar-item").filter(has_text="Dragged by day")
    drag(page, entry, target["x"] + 40, target["y"] + 60)
    question = page.get_by_role("dialog", name="Move the session")
    thursday = first + timedelta(days=3)
    expect(question).to_contain_text(f"Move to Thu {thursday.day} {thursday:%b %Y}, 10:00")
    question.get_by_role("link", name="Leave it where it is").click()
    expect(question).to_be_hidden()
    expect(day_cell(page, first)).to_contain_text("Dragged by day")
    drag(page, entry, target["x"] + 40, target["y"] + 60)
    question.get_by_role("button", name="Move the session").click()
    expect(page.get_by_text(re.compile("Moved to Thu"))).to_be_visible()
    expect(day_cell(page, thursday)).to_contain_text("10:00 Dragged by day")
    expect(day_cell(page, thursday)).to_be_focused()


def test_a_session_is_dragged_to_another_hour_of_the_week(page: Page):
    log_in(page, "coordinator.bg")
    first = monday(42)
    plan(page, "Dragged by hour", first)
    page.goto(f"/calendar/?view=week&week={first.isoformat()}")
    entry = page.locator(".week-item").filter(has_text="Dragged by hour")
    body = day_cell(page, first + timedelta(days=1)).locator("[data-body]").bounding_box()
    hour = body["height"] / 10
    drag(page, entry, body["x"] + 40, body["y"] + 6 + 5.25 * hour)
    question = page.get_by_role("dialog", name="Move the session")
    expect(question).to_contain_text(", 13:15")
    question.get_by_role("button", name="Move the session").click()
    expect(day_cell(page, first + timedelta(days=1))).to_contain_text("13:15")
    assert "view=week" in page.url


def test_the_button_does_what_a_drag_does_also_without_scripts(browser, stack):
    context = browser.new_context(base_url=stack.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, "coordinator.bg")
    first = monday(46)
    plan(page, "Moved by button", first)
    page.goto(f"/calendar/?view=agenda&month={first:%Y-%m}")
    page.get_by_role("link", name="Move Moved by button").click()
    page.get_by_label("Day", exact=True).fill((first + timedelta(days=1)).isoformat())
    page.get_by_label(re.compile("^Start")).fill("15:30")
    page.get_by_role("button", name="Check this time").click()
    expect(page.get_by_text(re.compile("^Move to Tue"))).to_contain_text("15:30")
    page.get_by_role("button", name="Move the session").click()
    expect(page.get_by_text(re.compile("Moved to Tue"))).to_be_visible()
    expect(page.locator(f"#day-{(first + timedelta(days=1)).isoformat()}")).to_contain_text("15:30")
    context.close()


def test_the_page_of_a_move_shows_the_new_time_while_it_is_typed(page: Page):
    log_in(page, "coordinator.bg")
    first = monday(50)
    plan(page, "Previewed", first)
    page.goto(f"/calendar/?view=agenda&month={first:%Y-%m}")
    page.get_by_role("link", name="Move Previewed").click()
    page.get_by_label(re.compile("^Start")).fill("16:45")
    page.keyboard.press("Tab")
    expect(page.locator("#move-preview")).to_contain_text("16:45")


@pytest.mark.parametrize("view", ["month", "week", "agenda"])
def test_on_a_phone_nothing_is_wider_than_the_screen_and_the_button_is_there(page: Page, view: str):
    log_in(page, "coordinator.bg")
    first = monday(54)
    plan(page, "On the phone", first)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/calendar/?view={view}&month={first:%Y-%m}&week={first.isoformat()}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    button = page.get_by_role("link", name="Move On the phone").first
    expect(button).to_be_visible()
    assert button.bounding_box()["height"] >= 24
    expect(page.get_by_text(f"Mon {first.day} {first:%b %Y}").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["month", "week", "agenda"])
def test_axe_finds_nothing_serious(page: Page, view: str, scheme: str):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    log_in(page, "manager")
    page.goto(f"/calendar/?view={view}&month=2026-12&week=2026-12-21")
    assert serious(page) == []
    if view == "month":
        page.get_by_role("button", name="Keys").click()
        assert serious(page) == []


@pytest.mark.parametrize("view", ["month", "week", "agenda"])
def test_on_paper_there_is_the_title_the_zone_and_no_navigation(
    page: Page, view: str, tmp_path: Path
):
    log_in(page, "manager")
    page.goto(f"/calendar/?view={view}&month=2026-12&week=2026-12-21")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".page-standing")).to_contain_text("Europe/")
    expect(page.get_by_text("Christmas Day").first).to_be_visible()
    for gone in (".shell-side", ".shell-top", ".filter-bar", ".calendar-bar", ".page-action"):
        expect(page.locator(gone)).to_be_hidden()
    assert page.screenshot(path=tmp_path / "paper.png")
    assert page.pdf(path=tmp_path / "paper.pdf").startswith(b"%PDF-")


def test_the_first_load_stays_within_200_kilobytes_and_nothing_shifts(page: Page):
    log_in(page, "coordinator.bg")
    page.context.request.get("/calendar/")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => {"
        " for (const entry of list.getEntries()) window.shift += entry.value;"
        "}).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto("/calendar/?view=month&month=2026-12")
    page.wait_for_load_state("networkidle")
    print(f"first load {sum(sizes) / 1000:.0f} kB in {len(sizes)} requests")
    assert sum(sizes) <= 200_000
    assert page.evaluate("window.shift") < 0.01

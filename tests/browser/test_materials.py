"""Reading a material in the browser: pages from our own host, text, keyboard, phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import log_in

pytestmark = pytest.mark.browser

SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})"""


def open_guide(page: Page, version: str) -> None:
    log_in(page, "author")
    page.goto("/materials/?q=M01")
    page.get_by_role("link", name="Mentor guide").click()
    page.get_by_role("link", name=version, exact=True).click()
    expect(page.locator('.pdf-page[data-page="1"] .textLayer')).to_be_attached()


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_a_guide_is_read_page_by_page(page: Page, width: int, height: int):
    page.set_viewport_size({"width": width, "height": height})
    open_guide(page, "Version 1, English")
    assert page.evaluate(SHIFT) < 0.1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator(".pdf-page")).to_have_count(8)
    assert "How to accompany a person" in page.locator(".textLayer").first.inner_text()
    # Far pages are not drawn yet.
    expect(page.locator('.pdf-page[data-page="8"] canvas')).to_have_count(0)
    number = page.get_by_label("Page of 8")
    page.get_by_role("button", name="Next page").click()
    expect(number).to_have_value("2")
    number.fill("7")
    number.press("Enter")
    expect(page.locator('.pdf-page[data-page="7"] .textLayer')).to_contain_text("difficult")
    page.locator("[data-pdf-stage]").press("End")
    expect(page.locator('.pdf-page[data-page="8"] canvas')).to_be_visible()
    expect(number).to_have_value("8")
    page.locator("[data-pdf-stage]").press("PageUp")
    expect(number).to_have_value("7")
    before = page.locator('.pdf-page[data-page="7"]').bounding_box()
    page.get_by_role("button", name="Larger").click()
    after = page.locator('.pdf-page[data-page="7"]').bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] == pytest.approx(before["width"] * 1.25, abs=2)
    expect(number).to_have_value("7")


def test_the_arabic_edition_is_drawn_with_its_letters(page: Page):
    open_guide(page, "Arabic")
    text = page.locator('.pdf-page[data-page="1"] .textLayer').inner_text()
    assert "المرشد" in text
    assert page.locator("[data-pdf-stage]").get_attribute("lang") == "ar"


def test_without_a_script_there_is_a_way_to_download(page: Page):
    open_guide(page, "Version 1, English")
    address = page.url
    with page.context.browser.new_context(java_script_enabled=False) as plain:
        plain.add_cookies(page.context.cookies())
        bare = plain.new_page()
        bare.goto(address)
        expect(bare.locator("[data-pdf-fallback] a")).to_be_visible()
        with bare.expect_download() as download:
            bare.locator("[data-pdf-fallback] a").click()
        assert download.value.suggested_filename == "M01-v1-en.pdf"


def test_two_versions_are_laid_over_each_other_by_keyboard(page: Page, stack):
    stack.manage("draw_versions")
    log_in(page, "author")
    page.goto("/materials/?q=M02")
    page.get_by_role("link", name="Learner workbook").click()
    page.get_by_role("link", name="Version 2, English").click()
    page.get_by_role("link", name="Compare with version 1").click()
    expect(page.get_by_role("heading", name="Page 1 changed")).to_be_visible()
    expect(page.locator("ins").first).to_contain_text("Added:")
    summary = page.locator("[data-overlay] summary").first
    summary.focus()
    summary.press("Enter")
    slider, above = page.locator("[data-overlay-slider]").first, page.locator("[data-overlay-top]")
    slider.press("End")
    expect(above.first).to_have_css("opacity", "1")
    slider.press("Home")
    expect(above.first).to_have_css("opacity", "0")
    page.locator("[data-overlay-blend]").first.press("Space")
    expect(above.first).to_have_css("mix-blend-mode", "difference")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_film_is_played_from_any_place_with_its_captions(page: Page):
    parts: list[int] = []
    page.on("response", lambda got: parts.append(got.status) if "/file" in got.url else None)
    log_in(page, "author")
    page.goto("/materials/?q=M09")
    page.get_by_role("link", name="Captioned video: a portfolio in one afternoon").click()
    page.get_by_role("link", name="Version 2, English", exact=True).click()
    film = page.locator("video")
    film.evaluate(
        """film => new Promise((done, failed) => {
          film.muted = true;
          film.textTracks[0].mode = "showing";
          film.onerror = () => failed(film.error.message);
          film.ontimeupdate = () => { if (film.currentTime > 18) done(); };
          film.onloadedmetadata = () => { film.currentTime = 18; };
          if (film.readyState) film.onloadedmetadata();
          film.play();
        })"""
    )
    assert film.evaluate("film => [film.duration, film.videoWidth]") == [24, 480]
    # The captions come on a line of their own, maybe after the picture.
    lines = film.evaluate(
        """film => new Promise((done) => {
          const track = film.querySelector("track");
          const count = () => track.track.cues?.length ?? 0;
          if (count()) done(count());
          track.addEventListener("load", () => done(count()));
        })"""
    )
    assert lines > 0
    assert set(parts) == {206}

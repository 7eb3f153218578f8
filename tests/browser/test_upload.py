"""An upload over a connection that breaks in the middle, and what becomes of the file."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.conftest import log_in

pytestmark = pytest.mark.browser

PIECE = 4 * 1024 * 1024
KEY = re.compile(r"/materials/incoming/[0-9a-f]{32}$")


@pytest.fixture
def guide(tmp_path) -> Path:
    """A PDF of three pieces."""
    document = pikepdf.new()
    document.add_blank_page()
    document.Root.Lang = "de"
    document.pages[0].obj.Weight = document.make_stream(os.urandom(2 * PIECE + 1000))
    document.docinfo["/Title"] = "Erste Woche"
    document.save(tmp_path / "first_week.pdf")
    return tmp_path / "first_week.pdf"


def test_an_upload_goes_on_after_a_break_and_after_a_reload(page: Page, guide: Path):
    sent: list[int] = []
    broken: list[Route] = []

    def cut(route: Route, request: Request) -> None:
        # After the first piece the connection is gone until somebody brings it back.
        if request.method == "PATCH" and sent:
            broken.append(route)
            route.abort("connectionfailed")
            return
        if request.method == "PATCH":
            sent.append(int(request.headers["upload-offset"]))
        route.continue_()

    log_in(page, "author")
    page.goto("/materials/new/")
    page.route(KEY, cut)
    page.get_by_label("Drop files here, or choose them").set_input_files(guide)
    line = page.locator(".upload-line")
    expect(line).to_contain_text("goes on by itself when it is back")
    assert broken

    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("/materials/incoming/")
    expect(page.get_by_text("4.0 MB of 8.0 MB have come.")).to_be_visible()
    page.get_by_label("Drop files here, or choose them").set_input_files(guide)
    expect(line).to_contain_text("goes on by itself when it is back")

    def back(route: Route, request: Request) -> None:
        if request.method == "PATCH":
            sent.append(int(request.headers["upload-offset"]))
        route.continue_()

    page.unroute(KEY)
    page.route(KEY, back)
    expect(page.get_by_role("heading", name="What is this file?")).to_be_visible(timeout=30_000)
    assert sent == [0, PIECE, 2 * PIECE]
    expect(page.get_by_label("Title")).to_have_value("Erste Woche")
    expect(page.locator("select[name=language]")).to_have_value("de")
    page.locator("select[name=type]").select_option("guide")
    page.locator("select[name=audience]").select_option("mentors")
    page.get_by_role("button", name="Store the material").click()
    expect(page.get_by_role("heading", name="Erste Woche")).to_be_visible()


def test_several_files_by_keyboard_one_refused_one_cancelled(page: Page, guide: Path):
    bad = [guide.with_name("page.pdf"), guide.with_name("card.pdf")]
    for path in bad:
        path.write_text("<html></html>")
    log_in(page, "author")
    page.goto("/materials/new/")
    page.route("**/materials/incoming/", hold)
    chooser = page.get_by_label("Drop files here, or choose them")
    chooser.focus()
    chooser.set_input_files([guide, *bad])
    held = page.locator(".upload-line").filter(has_text="first_week.pdf")
    expect(held).to_contain_text("goes on by itself")
    held.get_by_role("button", name="Cancel").focus()
    page.keyboard.press("Enter")
    # Nothing runs any more: on to the list, where each file stands with what is known of it.
    page.wait_for_url("**/materials/incoming/")
    for path in bad:
        said = page.get_by_text(f"The content of {path.name} is not what its name says.")
        expect(said).to_be_visible()
        page.get_by_role("button", name=f"Remove {path.name}").click()
        expect(said).to_have_count(0)
    expect(page.get_by_text("No file of yours waits.")).to_be_visible()


def hold(route: Route, request: Request) -> None:
    """Only the large file is never announced."""
    if int(request.headers.get("upload-length", "0")) > 1000:
        route.abort("connectionfailed")
    else:
        route.continue_()


def test_files_are_dropped_on_the_page(page: Page):
    log_in(page, "author")
    page.goto("/materials/new/")
    dropped = page.evaluate_handle(
        """() => {
          const data = new DataTransfer();
          for (const name of ["drawing.svg", "page.html"]) data.items.add(new File(["x"], name));
          return data;
        }"""
    )
    zone = page.locator("[data-upload-drop]")
    zone.dispatch_event("dragover", {"dataTransfer": dropped})
    expect(zone).to_have_attribute("data-over", "")
    zone.dispatch_event("drop", {"dataTransfer": dropped})
    lines = page.locator(".upload-line")
    expect(lines).to_have_count(2)
    expect(lines.filter(has_text="This kind of file is not accepted")).to_have_count(2)
    assert zone.get_attribute("data-over") is None

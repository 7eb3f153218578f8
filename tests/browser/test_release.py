"""A large and hostile file from its upload to the catalogue: read at once, and it runs nothing."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import log_in, log_out

pytestmark = pytest.mark.browser

MEGABYTE = 1024 * 1024
NAME = "<img src=x onerror=alert(1)>.pdf"
TAIL = b"\n<html><script>alert(document.domain)</script></html>\n"


@pytest.fixture
def heavy(tmp_path) -> Path:
    """A PDF of twenty pages and 20 MB whose name and end are a page with a script."""
    document = pikepdf.new()
    letters = {"Type": pikepdf.Name.Font, "Subtype": pikepdf.Name.Type1}
    font = document.make_indirect(pikepdf.Dictionary(BaseFont=pikepdf.Name.Helvetica, **letters))
    for number in range(1, 21):
        page = document.add_blank_page(page_size=(595, 842))
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        words = f"BT /F 24 Tf 60 780 Td (This is page {number}) Tj ET"
        page.obj.Contents = document.make_stream(words.encode())
        page.obj.Weight = document.make_stream(os.urandom(MEGABYTE))
    document.save(tmp_path / NAME)
    with (tmp_path / NAME).open("ab") as file:
        file.write(TAIL)
    assert (tmp_path / NAME).stat().st_size > 20_000_000
    return tmp_path / NAME


def read(page: Page, address: str, words: str) -> None:
    """Until the words of the first page can be selected."""
    page.goto(address, wait_until="commit")
    layer = page.locator('.pdf-page[data-page="1"] .textLayer')
    expect(layer).to_contain_text(words, timeout=30_000)


def test_a_large_hostile_file_is_read_at_once_released_and_found(page: Page, heavy: Path):
    said: list[str] = []
    parts: list[Response] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("response", lambda got: parts.append(got) if got.url.endswith("/file") else None)
    log_in(page, "author")
    page.goto("/materials/new/")
    page.get_by_label("Drop files here, or choose them").set_input_files(heavy)
    expect(page.get_by_role("heading", name="What is this file?")).to_be_visible(timeout=60_000)
    # Another title at a second try.
    title = f"Twenty pages {secrets.token_hex(3)}"
    page.get_by_label("Title").fill(title)
    page.locator("select[name=language]").select_option("en")
    page.locator("select[name=type]").select_option("guide")
    page.locator("select[name=audience]").select_option("mentors")
    page.get_by_role("button", name="Store the material").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    material = page.url
    version = page.get_by_role("link", name="Version 1, English", exact=True).get_attribute("href")
    assert version is not None

    # The first page is read from a few parts of the file, whatever lies behind it.
    for _ in range(3):
        read(page, version, "This is page 1")
    pieces = [int(got.headers["content-length"]) for got in parts if got.status == 206]
    assert 0 < sum(pieces) / 3 < 4 * MEGABYTE

    # Opened by its address it is a PDF in a sandbox, never a page of ours.
    bare = page.request.get(f"{version}file")
    assert bare.headers["content-type"] == "application/pdf"
    assert bare.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert bare.headers["x-content-type-options"] == "nosniff"

    # Nobody has reviewed it: the page of the release says so, and the manager signs for it.
    page.goto(material)
    page.get_by_role("button", name="Release version 1").click()
    expect(page.get_by_role("heading", name="Release version 1, English")).to_be_visible()
    expect(page.get_by_text("1 is released to every member.", exact=False)).to_have_count(0)
    log_out(page)
    log_in(page, "manager")
    page.goto(f"{version}waiver/")
    page.get_by_label("Reason").fill("The fair is on Monday.")
    page.get_by_role("button", name="Sign the waiver").click()
    page.goto(material)
    page.get_by_role("button", name="Release version 1").click()
    expect(page.get_by_text("1 is released to every member.", exact=False)).to_be_visible()

    log_out(page)
    page.goto(f"/catalogue/?q={title}")
    page.get_by_role("link", name=title).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^Download M")).click()
    assert re.fullmatch(r"M\d+-v1-en\.pdf", download.value.suggested_filename)
    got = hashlib.sha256(Path(download.value.path()).read_bytes()).hexdigest()
    assert got == hashlib.sha256(heavy.read_bytes()).hexdigest()
    assert said == []

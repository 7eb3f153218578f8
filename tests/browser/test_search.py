"""The box that searches everything, by keyboard; and a community that opens without a network."""

from __future__ import annotations

import json
import zipfile

import pytest

from tests.browser.conftest import log_in

pytestmark = pytest.mark.browser


def test_the_keyboard_reaches_the_box_from_any_page(page):
    log_in(page, "expert.bg-01")
    page.goto("/materials/")
    box = page.locator("#search-everything")
    page.keyboard.press("/")
    assert box.evaluate("field => field === document.activeElement")
    page.keyboard.type("a/b?")
    assert box.input_value() == "a/b?"
    page.locator("h1").click()
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keys").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    box.fill("portfolio")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=portfolio")
    assert page.locator(".found mark").first.inner_text().casefold().startswith("portfolio")
    assert page.locator("#search-everything").input_value() == "portfolio"


def test_domain_13_the_export_of_the_demo_opens_offline_and_names_nobody(stack, browser, tmp_path):
    answer = json.loads(stack.manage("export_cop", "BG", "--out", str(tmp_path / "bg.zip")))
    ask = "from experts.models import Person; import json; "
    ask += "print(json.dumps(list(Person.objects.values_list('name', 'email'))))"
    people = json.loads(stack.manage("shell", "-v0", "-c", ask).strip().splitlines()[-1])
    with zipfile.ZipFile(tmp_path / "bg.zip") as archive:
        whole = b"\n".join(archive.read(name) for name in archive.namelist())
        archive.extractall(tmp_path / "open")
    said = whole.decode(errors="replace")
    assert len(people) > 50
    assert [text for person in people for text in person if text in said] == []
    assert answer["counts"]["sessions"] > 10
    context = browser.new_context(offline=True)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto((tmp_path / "open" / "index.html").as_uri())
    links = [
        (link.get_attribute("href"), link.inner_text()) for link in page.locator(".parts a").all()
    ]
    for name, title in links:
        page.goto((tmp_path / "open" / name).as_uri())
        assert page.locator("h1").inner_text() == title
    context.close()
    assert len(links) == answer["pages"] - 1
    assert len(asked) == answer["pages"]
    assert all(url.startswith("file://") for url in asked)

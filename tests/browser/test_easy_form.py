"""The easy form on an old phone: 360 px, no JavaScript, three scripts, by touch and by reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from feedback.focus_groups.domain.easy import guest_words
from tests.browser.conftest import Stack
from tests.browser.test_calendar import serious

pytestmark = pytest.mark.browser
PAGE_BYTES = 50_000
WIDTH = 360
QUESTIONS = {
    "faces": {
        "en": "How was the workbook?",
        "ar": "كيف كان كتاب التمارين؟",
        "uk": "Як Вам робочий зошит?",
        "bg": "Как беше работната тетрадка?",
    },
    "agree": {
        "en": "I can use it alone.",
        "ar": "أستطيع استخدامه وحدي.",
        "uk": "Я можу користуватися ним самостійно.",
        "bg": "Мога да я ползвам без помощ.",
    },
    "thumbs": {
        "en": "And the pictures?",
        "ar": "والصور؟",
        "uk": "А малюнки?",
        "bg": "А картинките?",
    },
    "words": {
        "en": "Which word was hard?",
        "ar": "أي كلمة كانت صعبة؟",
        "uk": "Яке слово було важким?",
        "bg": "Коя дума беше трудна?",
    },
}
ANSWERS = {"ar": "كلمة الكفاءة", "uk": "Слово «компетентність»", "bg": "Думата „компетентност“"}
MAKE = """
import json
from datetime import date
from experts.models import Country
from feedback.focus_groups.domain.easy import form_links
from feedback.focus_groups.models import EasyForm, EasyQuestion
form = EasyForm.objects.create(
    country=Country.objects.get(code="BG"), title="Workbook", voice="migrant",
    languages=["ar", "bg", "uk"], opens_on=date({opens}), closes_on=date({closes}))
for number, (kind, texts) in enumerate(json.loads({questions!r}).items(), start=1):
    EasyQuestion.objects.create(form=form, position=number, kind=kind, texts=texts)
print(form_links.address(form))
"""


@pytest.fixture(scope="module")
def link(stack: Stack) -> str:
    """A form of every kind of question, open now."""
    days = [date.today() + timedelta(days=n) for n in (-9, 9)]
    opens, closes = (f"{day.year}, {day.month}, {day.day}" for day in days)
    code = MAKE.format(opens=opens, closes=closes, questions=json.dumps(QUESTIONS))
    return stack.manage("shell", "-v", "0", "-c", code).strip().splitlines()[-1]


@pytest.fixture
def phone(browser: Browser, stack: Stack) -> Iterator[BrowserContext]:
    """A phone whose browser runs no script; whatever it asks of others fails the test."""
    elsewhere: list[str] = []
    context = browser.new_context(
        base_url=stack.url,
        viewport={"width": WIDTH, "height": 740},
        locale="bg-BG",
        has_touch=True,
        java_script_enabled=False,
    )
    context.set_default_timeout(10_000)
    context.on(
        "request",
        lambda asked: None if asked.url.startswith(stack.url) else elsewhere.append(asked.url),
    )
    yield context
    assert elsewhere == []
    assert context.cookies() == []
    context.close()


class Weighed:
    """Bytes of everything a page loads, unpacked and with nothing kept from the page before."""

    def __init__(self, page: Page) -> None:
        self.page, self.arrived, self.total = page, 0, 0
        network = page.context.new_cdp_session(page)
        network.on("Network.loadingFinished", self._add)
        network.send("Network.enable")
        network.send("Network.setCacheDisabled", {"cacheDisabled": True})
        unpacked = {"headers": {"Accept-Encoding": "identity"}}
        network.send("Network.setExtraHTTPHeaders", unpacked)

    def _add(self, loaded: dict[str, Any]) -> None:
        self.arrived += int(loaded["encodedDataLength"])

    def stands(self, heading: str) -> None:
        """The page with this heading has come, it fits, and is light."""
        expect(self.page.get_by_role("heading", name=heading)).to_be_visible()
        self.page.wait_for_load_state("load")
        fits(self.page)
        assert self.arrived < PAGE_BYTES, self.page.url
        self.total, self.arrived = self.total + self.arrived, 0


def fits(page: Page) -> None:
    """No page scrolls sideways, and whatever is touched is 44 px high and wide."""
    # Told by the browser's own layout: scripts of the page do not run.
    metrics = page.context.new_cdp_session(page).send("Page.getLayoutMetrics")
    assert metrics["cssContentSize"]["width"] <= WIDTH, page.url
    for target in page.locator("a, button, textarea, [type=file]").all():
        box = target.bounding_box()
        assert box["height"] >= 44, target.inner_text()
        assert box["width"] >= 44, target.inner_text()


def before(page: Page, first: str, second: str) -> bool:
    """Whether the one thing comes first in the direction the page is read."""
    left, right = (page.locator(what).first.bounding_box()["x"] for what in (first, second))
    return left > right if page.locator("html").get_attribute("dir") == "rtl" else left < right


@pytest.mark.parametrize("code", ["ar", "uk", "bg"])
def test_a_guest_answers_in_their_own_language(phone: BrowserContext, link: str, code: str):
    words = guest_words.words(code)
    page = phone.new_page()
    seen = Weighed(page)
    page.goto(link)
    seen.stands(guest_words.words("bg")["choose_language"])
    page.get_by_role("link", name=words.own_name).tap()
    seen.stands(words["what_happens"])
    expect(page.locator("html")).to_have_attribute("dir", words.direction)
    page.get_by_role("button", name=words["yes"]).tap()

    seen.stands(QUESTIONS["faces"][code])
    expect(page.get_by_text(words.say("progress", number=1, total=4))).to_be_visible()
    assert before(page, "button[value='1']", "button[value='2']")
    page.get_by_role("button", name=words["face_3"], exact=True).tap()

    seen.stands(QUESTIONS["agree"][code])
    assert before(page, "button[value='1']", "button[value='5']")
    assert before(page, "[rel=prev]", "[value=skip]")
    page.locator("button[value='5']").tap()

    # Back, another face, and forward again by the same taps.
    seen.stands(QUESTIONS["thumbs"][code])
    page.get_by_role("link", name=words["back"]).tap()
    seen.stands(QUESTIONS["agree"][code])
    page.get_by_role("link", name=words["back"]).tap()
    seen.stands(QUESTIONS["faces"][code])
    expect(page.locator("[aria-pressed=true]")).to_contain_text(words["face_3"])
    page.get_by_role("button", name=words["face_4"], exact=True).tap()
    seen.stands(QUESTIONS["agree"][code])
    page.get_by_role("link", name=words["next"]).tap()
    seen.stands(QUESTIONS["thumbs"][code])
    page.get_by_role("button", name=words["skip"]).tap()

    # The line breaks: the same address goes on.
    seen.stands(QUESTIONS["words"][code])
    address = page.url
    page.close()
    page = phone.new_page()
    seen = Weighed(page)
    page.goto(address)
    seen.stands(QUESTIONS["words"][code])
    page.locator("textarea").fill(ANSWERS[code])
    page.get_by_role("button", name=words["next"]).tap()
    seen.stands(words["quote_question"])
    page.get_by_role("button", name=words["quote_yes"]).tap()

    seen.stands(words["end_title"])
    receipt = page.locator(".code").inner_text()
    assert len(receipt.replace("-", "")) == 16
    page.reload()
    expect(page.locator(".code")).to_have_text(receipt)
    assert seen.total > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(browser: Browser, stack: Stack, link: str, scheme):
    context = browser.new_context(
        base_url=stack.url,
        color_scheme=scheme,
        viewport={"width": WIDTH, "height": 740},
        bypass_csp=True,
    )
    page = context.new_page()
    found = []
    page.goto(link)
    found += serious(page)
    page.goto(f"{link}?lang=ar")
    found += serious(page)
    page.locator("button").first.click()
    for texts in QUESTIONS.values():
        expect(page.get_by_role("heading", name=texts["ar"])).to_be_visible()
        found += serious(page)
        page.locator("[value=skip]").click()
    page.wait_for_url("**/last/")
    found += serious(page)
    page.locator("button").first.click()
    expect(page.locator(".code")).to_be_visible()
    found += serious(page)
    page.goto("/g/f/1.unknown/")
    found += serious(page)
    context.close()
    assert found == []

"""The words of a mail: what is typed shows in the mail beside it, in a frame where nothing runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Stack, log_in, log_out

pytestmark = pytest.mark.browser


def test_the_preview_follows_what_the_manager_types(stack: Stack, page: Page):
    log_in(page, "manager")
    page.goto("/outbox/texts/session_reminder/de/")
    mail = page.frame_locator("iframe[name=mail-preview]")
    expect(mail.locator("pre")).to_contain_text("Ein Treffen, zu dem Sie eingeladen sind")
    words = page.get_by_label("Text")
    words.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\nBitte bringen Sie Papier mit: ")
    page.get_by_role("button", name="{title}").click()
    expect(mail.locator("pre")).to_contain_text("Bitte bringen Sie Papier mit: ")
    expect(mail.frame_locator("iframe").locator("body")).to_contain_text("Papier mit")
    expect(words).to_be_focused()
    expect(words).to_have_value(
        "Guten Tag {name},\n\nEin Treffen, zu dem Sie eingeladen sind, steht bevor:\n\n{title}\n\n"
        "{when}\n\n{reviews}\n\n{answer}\n\n{answer_button}\n\n"
        "Bitte bringen Sie Papier mit: {title}"
    )
    page.goto("/outbox/texts/session_reminder/ar/")
    frame = mail.frame_locator("iframe").locator("html")
    expect(frame).to_have_attribute("dir", "rtl")
    log_out(page)

"""Somebody's day in the rooms: presses are counted step by step, broken answers are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

# What a tired person has patience for before what they came for is done.
MOST_PRESSES = 4
PATIENCE = 30_000
Words = str | re.Pattern[str]


class Day:
    """One page of one person. `step` counts presses, not seconds: no machine is too slow for it."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0
        self.broken: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("response", lambda r: self.broken.append(r.url) if r.status >= 500 else None)
        page.on("console", lambda m: self.broken.append(m.text) if m.type == "error" else None)

    def press(self, name: Words, role: str = "button") -> None:
        """Presses the first thing of this name in the page itself, outside navigation."""
        self.take(self.page.locator("main").get_by_role(role, name=name).first)

    def take(self, thing: Locator) -> None:
        """Presses or ticks one thing."""
        thing.click()
        self.presses += 1

    @contextmanager
    def step(self, name: str, path: str = "") -> Iterator[None]:
        """One thing somebody came for, begun on a page that navigation, mail or *Today* names."""
        self.presses = 0
        if path:
            self.page.goto(path)
        yield
        assert self.presses <= MOST_PRESSES, f"{name}: {self.presses} presses"
        assert self.broken == [], name

    def sees(self, thing: Locator) -> None:
        expect(thing.first).to_be_visible(timeout=PATIENCE)

    def reads(self, words: Words) -> None:
        """The page itself says these words."""
        self.sees(self.page.locator("main").get_by_text(words))

    def heads(self, name: Words) -> None:
        """A heading says these words."""
        self.sees(self.page.get_by_role("heading", name=name))

    def finds(self, path: str, titles: Locator, offer: str) -> None:
        """Opens the first page of a list that offers this: a first try may have used one up."""
        self.page.goto(path)
        for address in [link.get_attribute("href") or "" for link in titles.all()]:
            self.page.goto(address)
            if self.page.locator("main").get_by_role("link", name=offer).count():
                return
        raise AssertionError(f"nothing on {path} offers {offer!r}")


def in_days(number: int) -> str:
    """That day as a field of a form takes it."""
    return (date.today() + timedelta(days=number)).isoformat()


def once(title: str) -> str:
    """A title nobody used before: the same demo is walked again when a walk failed."""
    return f"{title} {uuid4().hex[:8]}"

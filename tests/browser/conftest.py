"""A whole running demo for the browser: web, worker, beat, mailbox, as `make demo` starts them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.days import Day
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "demo-community-1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A journey that failed is walked once more: a crowded machine may make a page late.

    The summary names each that needed it. What is broken fails the second time as well.
    """
    for item in items:
        if item.path.is_relative_to(ROOT / "tests" / "browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@dataclass
class Stack:
    """A running demo."""

    url: str
    state: Path
    environment: dict[str, str]
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    def manage(self, *arguments: str) -> str:
        """What a manage.py command prints, run on the demo's own servers."""
        command = [sys.executable, "manage.py", *arguments]
        run = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True
        )
        return run.stdout


@pytest.fixture(scope="session")
def stack(tmp_path_factory) -> Iterator[Stack]:
    state = tmp_path_factory.mktemp("demo")
    state.chmod(0o755)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    hidden = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "BASE_URL", "COP_ENV"}
    environment = {k: v for k, v in os.environ.items() if k not in hidden}
    # Nobody here takes anything back, and a mail that is looked for is waited for.
    environment |= {"STATE_DIR": str(state), "UNDO_SECONDS": "1", "OUTBOX_TICK_SECONDS": "1"}
    command = [sys.executable, "-m", "cop_platform.demo"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment | {"PORT": str(port)},
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    running = Stack(url, state, environment, process)
    assert process.stdout is not None
    for line in process.stdout:
        running.said.append(line.rstrip("\n"))
        if line.startswith("Ready: "):
            break
    assert running.said, "the demo did not start"
    assert running.said[-1] == f"Ready: {url}"
    yield running
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0


# Not for longer than a file: its event loop would forbid the tests that follow the database.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser, stack: Stack) -> Iterator[BrowserContext]:
    """A fresh browser profile; a policy violation or a script error on any page fails the test."""
    found: list[str] = []
    fresh = browser.new_context(base_url=stack.url, viewport={"width": 1280, "height": 900})
    fresh.set_default_timeout(10_000)

    def watch(page: Page) -> None:
        page.on("console", lambda m: found.append(m.text) if "Content Security" in m.text else None)
        page.on("pageerror", lambda error: found.append(str(error)))
        page.on(
            "request",
            lambda r: (
                None if r.url.startswith((stack.url, "data:", "blob:")) else found.append(r.url)
            ),
        )

    fresh.on("page", watch)
    yield fresh
    fresh.close()
    assert found == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def day(page: Page) -> Day:
    """A page whose presses are counted; a console error or a 5xx fails the step it came in."""
    return Day(page)


def log_in(page: Page, who: str) -> None:
    """Logs in as `who`@demo.example."""
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").or_(page.get_by_label("Email")).first.fill(f"{who}@demo.example")
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("button", name="Log in").first.click()
    page.wait_for_url("**/")


def log_out(page: Page) -> None:
    page.context.clear_cookies()


def wait_for_copy(page: Page) -> None:
    """Until the copy that reviewers read is made by the worker that draws."""
    again = page.get_by_role("link", name="Look again")
    while again.count():
        page.wait_for_timeout(500)
        again.click()

"""Starts PostgreSQL and Valkey for the tests before Django reads its settings.

Loaded by `-p tests.plugin`, since a conftest would come too late. One pair of servers serves the
whole run: the workers of xdist inherit their addresses. DATABASE_URL and REDIS_URL from outside
win over the throw-away servers.
"""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler.loadfile import LoadFileScheduling

from cop_platform import embedded

# New objects before Python looks for rubbish among them; rounds before it looks among older ones.
RUBBISH = (200_000, 20, 50)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Sets the environment of the tests; as a wrapper it comes before pytest-django's own."""
    gc.set_threshold(*RUBBISH)
    if "PYTEST_XDIST_WORKER" in os.environ:
        worker = os.environ["PYTEST_XDIST_WORKER"]
        _choose_cache_of_worker(worker)
        _choose_files_of_worker(worker)
    else:
        _prepare_run(early_config)
    return (yield)


# What takes minutes starts first, so that no worker is left alone with it in the end.
FIRST = (
    "tests/browser/",
    "tests/brief/",
    "tests/platform/test_access.py",
    "tests/chaos/",
    "tests/experts/test_backup.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the long files in front; the order within a file stays as pytest-django wants it."""

    def rank(item: pytest.Item) -> int:
        ranks = (n for n, start in enumerate(FIRST) if item.nodeid.startswith(start))
        return next(ranks, len(FIRST))

    items.sort(key=rank)


def pytest_collection_finish() -> None:
    """Has Python look for rubbish no more among the collected tests, which stay for good."""
    gc.collect()
    gc.freeze()


# Folders whose tests share a demo; a second one beside it would cost its minute.
SHARED = ("tests/browser", "tests/brief")


class Together(LoadFileScheduling):
    """One worker takes a file, and one takes all files that share a demo."""

    def _split_scope(self, nodeid: str) -> str:
        file = str(super()._split_scope(nodeid))
        return next((folder for folder in SHARED if file.startswith(f"{folder}/")), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together | None:
    return Together(config, log) if config.getvalue("dist") == "loadfile" else None


def _prepare_run(config: pytest.Config) -> None:
    stack = ExitStack()
    config.add_cleanup(stack.close)
    os.environ["COP_ENV"] = "test"
    os.environ["STATE_DIR"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="cop-state-"))
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return
    for name, address in stack.enter_context(embedded.throwaway()).items():
        if not os.environ.get(name):
            os.environ[name] = address


def _choose_cache_of_worker(worker: str) -> None:
    # A worker that clears the cache must not clear the others'. Number 0 is the broker's.
    number = int(worker.removeprefix("gw")) % 15 + 1
    address = os.environ["REDIS_URL"]
    if "db=" not in address and address.startswith("unix:"):
        os.environ["REDIS_URL"] = f"{address}?db={number}"


def _choose_files_of_worker(worker: str) -> None:
    # A test that looks whether a refused file was kept must not see what the others keep.
    own = Path(os.environ["STATE_DIR"]) / worker
    own.mkdir(exist_ok=True)
    os.environ["STATE_DIR"] = str(own)

"""A database and a state folder of its own for a measurement."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from cop_platform import embedded


@contextmanager
def throwaway(*, durable: bool = False) -> Iterator[None]:
    """Starts the servers and Django on top of them; everything is gone afterwards.

    A durable database waits for the disk at each commit, as in production.
    """
    with (
        tempfile.TemporaryDirectory(prefix="cop-bench-") as state,
        embedded.throwaway(durable=durable) as servers,
    ):
        os.environ |= servers | {
            "STATE_DIR": state,
            "COP_ENV": "development",
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        }
        import django

        django.setup()
        yield

"""What several tests of forms by link rest on."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.feedback.groups import easy


@pytest.fixture
def _easy_day(monkeypatch):
    """The day on which the forms of these tests are open, and nobody counted as a guesser."""
    cache.clear()
    easy.on(monkeypatch, easy.TODAY)

"""Figures are kept for minutes: those of one test are not the next one's."""

from __future__ import annotations

import pytest

from practices.domain.health import kept


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    kept.forget()

"""What tests of compiling share: tasks are noted, and documents are written only on request."""

from __future__ import annotations

import pytest

from feedback.reports.domain import building
from tests.reports import stored


@pytest.fixture
def sent(monkeypatch):
    """Tasks that would have gone to the broker."""
    found = []
    monkeypatch.setattr(
        "cop_platform.common.jobs._send", lambda name, ids: found.append((name, ids))
    )
    return found


@pytest.fixture
def quickly(monkeypatch, request):
    """Only tests that ask for it wait for the real documents."""
    if "really_built" not in request.fixturenames:
        monkeypatch.setattr(building, "built", stored.quick_files)


@pytest.fixture
def really_built():
    """Asks for the real documents."""

"""What the tests of this folder start from."""

from __future__ import annotations

import pytest

from experts.enums import Role
from tests import factories as make


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR, "BG")


@pytest.fixture
def client(as_user, coordinator):
    return as_user(coordinator)

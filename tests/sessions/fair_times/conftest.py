"""What the tests of this folder start from."""

from __future__ import annotations

import pytest

from experts.enums import Role
from tests import factories as make


@pytest.fixture
def by():
    make.person(code="BG")
    make.person(code="IT")
    return make.user(Role.COORDINATOR, "BG")

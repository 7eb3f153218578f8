"""What the tests of this room share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from experts.domain import message_kinds


@pytest.fixture(autouse=True)
def _kinds_of_one_test() -> Iterator[None]:
    """Kinds of mails that a test makes up are gone with it."""
    before = dict(message_kinds._kinds)
    yield
    message_kinds._kinds.clear()
    message_kinds._kinds.update(before)

"""What the tests of this folder start from."""

from __future__ import annotations

from datetime import date
from email import policy

import pytest

from experts.domain import sender
from tests import factories as make


@pytest.fixture
def guest():
    return make.person()


@pytest.fixture
def session():
    return make.cop_session()


@pytest.fixture
def invited(session, guest, sink):
    """The raw mail that invited the guest."""
    make.invitation(session, guest)
    sender.send_due(at=make.NOW)
    return sink.mails[0].as_bytes(policy=policy.SMTP)


@pytest.fixture
def soon(sink, guest):
    """An invitation to a session in the real future; the command has the real clock."""
    session = make.cop_session(day=date(2090, 1, 5))
    make.invitation(session, guest)
    sender.send_due(at=make.NOW)
    return sink.mails[0].as_bytes(policy=policy.SMTP)

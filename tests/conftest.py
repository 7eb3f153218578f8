"""What tests share: a client that is somebody, and a mail server that really listens."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as configured
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import translation
from hypothesis import settings as property_tests

from experts import reference
from experts.domain import mail_texts
from experts.models import User
from tests import emptying
from tests.ports import free_port
from tests.smtp import Sink

# Timed limits belong to `make bench`: a busy machine must not fail a test.
property_tests.register_profile("untimed", deadline=None)
property_tests.load_profile("untimed")
emptying.install()


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """A client logged in as somebody; refused requests show their page instead of raising.

    It leaves the session that a log-in leaves. Django's `force_login` makes two of them on the way
    and asks fifteen times, a third of a test of one page.
    """

    def login(user: User) -> Client:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = configured.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        client = Client(raise_request_exception=False)
        client.cookies[configured.SESSION_COOKIE_NAME] = session.session_key
        return client

    return login


@pytest.fixture(autouse=True)
def _quiet_mail_log() -> None:
    logging.getLogger("mail.log").setLevel(logging.WARNING)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Countries, words and the language of the last page of one test are not the next one's."""
    reference.forget()
    mail_texts.forget()
    translation.activate("en")


@pytest.fixture
def sink(settings: object) -> Iterator[Sink]:
    """A mail server on a port of its own; settings send there."""
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    yield handler
    controller.stop()

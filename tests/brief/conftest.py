"""The whole demo, loaded once for all files of this folder; what a test writes is undone."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from experts.models import User
from practices.domain.health import kept
from tests.brief.people import user


@pytest.fixture(scope="package", autouse=True)
def _whole_demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Told from today, as pages ask the clock; undone in the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_demo", stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    kept.forget()


@pytest.fixture
def sign_in(as_user: Callable[[User], Client]) -> Callable[[str], Client]:
    """A client of somebody of the demo: "manager", "coordinator.bg", "expert.it-02"."""
    return lambda name: as_user(user(name))

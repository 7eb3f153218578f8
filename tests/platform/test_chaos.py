"""Real workers, a real beat, a real mail conversation, and what kills them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.utils import timezone

from experts.enums import MessageState, Role
from experts.models import Message, Person
from sessions.domain import invitations
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
MAILS = 200
PATIENCE = 60


def environment() -> dict[str, str]:
    """The test's own database and mail server, with waits of seconds instead of minutes."""
    database = connection.settings_dict
    host = database["HOST"] or database["OPTIONS"].get("host", "")
    url = f"postgres://{database['USER']}@/{database['NAME']}?host={host}"
    if not str(host).startswith("/"):
        url = f"postgres://{database['USER']}:{database['PASSWORD']}@{host}/{database['NAME']}"
    return os.environ | {
        "DATABASE_URL": url,
        "EMAIL_HOST": settings.EMAIL_HOST,
        "EMAIL_PORT": str(settings.EMAIL_PORT),
        "OUTBOX_TICK_SECONDS": "1",
        "OUTBOX_LEASE_SECONDS": "4",
    }


@contextmanager
def running(folder: Path) -> Iterator[Callable[[], None]]:
    """A worker and a beat; calling what is given kills both without a word."""
    celery = [sys.executable, "-m", "celery", "-A", "cop_platform"]
    commands = [
        [*celery, "worker", "--concurrency", "2", "--without-mingle", "--without-gossip"],
        [*celery, "beat", "--schedule", str(folder / f"beat-{time.monotonic_ns()}")],
    ]
    with (folder / "celery.log").open("ab") as log:
        children = [
            subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
            for command in commands
        ]

    def kill() -> None:
        for child in children:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()

    try:
        yield kill
    finally:
        kill()


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def invited(sink) -> list[str]:
    """Two hundred people asked to one session at this minute; their mails' Message-IDs."""
    sink.seconds_per_mail = 0.01
    coordinator = make.user(Role.COORDINATOR)
    home = make.country("BG")
    soon = timezone.now() + timedelta(days=30)
    session = make.cop_session(by=coordinator, at=timezone.now(), day=soon.date())
    people = Person.objects.bulk_create(
        Person(name=f"Guest {n}", email=f"guest{n}@example.org", country=home, zone=home.zone)
        for n in range(MAILS)
    )
    invitations.invite(session_id=session.pk, people=people, by=coordinator, at=timezone.now())
    due = Message.objects.filter(kind="session_invitation")
    return list(due.values_list("message_id", flat=True))


def all_sent() -> bool:
    return not Message.objects.due(timezone.now()).exists()


def test_kill_9_in_the_middle_of_200_mails_loses_none(invited, sink, tmp_path):
    kills = 0
    for so_far in (40, 120):
        with running(tmp_path) as kill:
            wait_for(lambda so_far=so_far: len(sink.mails) >= so_far)
            kill()
            kills += 1
    with running(tmp_path):
        wait_for(all_sent)
    received = Counter(mail["Message-ID"] for mail in sink.mails)
    assert set(received) == set(invited)
    assert sum(received.values()) - MAILS <= kills
    assert Message.objects.filter(state=MessageState.SENT).count() == MAILS


def test_an_emptied_broker_costs_a_delay_and_nothing_else(invited, sink, tmp_path):
    with running(tmp_path):
        wait_for(lambda: len(sink.mails) >= 40)
        caches["default"]._cache.get_client(write=True).flushall()
        wait_for(all_sent)
    assert Counter(m["Message-ID"] for m in sink.mails) == Counter(invited)


def test_two_workers_and_two_beats_send_each_mail_once(invited, sink, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    with running(tmp_path), running(other):
        wait_for(all_sent)
    assert Counter(m["Message-ID"] for m in sink.mails) == Counter(invited)

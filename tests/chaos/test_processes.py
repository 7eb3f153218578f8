"""Workers and beats that are killed, stopped, doubled, or lose their database or broker."""

from __future__ import annotations

import signal
import time
from datetime import time as clock
from email.message import EmailMessage

import psycopg2
import pytest
from django.db import connection
from django.utils import timezone

from experts.enums import MessageState
from experts.models import Message
from sessions.domain import moving, notices, planning
from tests.chaos import world
from tests.chaos.arena import (
    LEASE_SECONDS,
    LONG,
    all_sent,
    cut_connections,
    restart_server,
    wait_for,
)

pytestmark = pytest.mark.django_db(transaction=True)
KILLED_AT = (1, 57, 150, 299)
# How old the truth may be that the sender goes by.
STALE_SECONDS = 1.5


def received(sink, number: int):
    return lambda: len(sink.mails) >= number


def test_security_31_kill_9_of_the_worker_at_mail_1_57_150_and_299_of_300(arena, sink, book):
    world.invited()
    planned = world.due_ids()
    sink.seconds_per_mail = 0.005
    arena.beat()
    for number in KILLED_AT:
        worker = arena.worker()
        wait_for(received(sink, number), f"mail {number}")
        worker.kill()
    arena.worker()
    wait_for(all_sent, "the last mail")
    book.check("worker killed at mail 1, 57, 150, 299", planned, sink, may_double=len(KILLED_AT))
    assert Message.objects.filter(state=MessageState.SENT).count() == world.MAILS


def test_security_31_kill_9_between_the_250_and_the_commit_doubles_that_mail_alone(
    arena, sink, book
):
    world.invited(9)
    planned = world.due_ids()
    window = HeldRow()
    sink.before_answer = lambda mail: window.hold(mail) if len(sink.mails) == 5 else None
    arena.beat()
    worker = arena.worker()
    wait_for(window.has_caught_the_sender, "the sender to stand before its commit")
    worker.kill()
    window.drop_the_senders_connection()
    arena.worker()
    wait_for(all_sent, "the last mail")
    book.check("worker killed between 250 and commit", planned, sink, may_double=1)
    assert len(sink.mails) == len(planned) + 1


class HeldRow:
    """Holds the row of one mail, so that its sender stands between the 250 and the commit."""

    def __init__(self) -> None:
        self._holder = psycopg2.connect(**connection.get_connection_params())

    def hold(self, mail: EmailMessage) -> None:
        with self._holder.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM experts_message WHERE message_id = %s FOR UPDATE",
                [str(mail["Message-ID"])],
            )

    def has_caught_the_sender(self) -> bool:
        return bool(self._waiting())

    def drop_the_senders_connection(self) -> None:
        """The statement of a dead client must not be carried out once the row is free."""
        with connection.cursor() as cursor:
            for number in self._waiting():
                cursor.execute("SELECT pg_terminate_backend(%s)", [number])
        wait_for(lambda: not self._waiting(), "the connection to end")
        self._holder.close()

    def _waiting(self) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                " AND wait_event_type = 'Lock' AND query LIKE '%%UPDATE%%experts_message%%'"
            )
            return [row[0] for row in cursor.fetchall()]


def test_security_32_flushall_and_no_valkey_cost_a_delay_alone(arena, sink, book):
    world.invited()
    planned = world.due_ids()
    sink.seconds_per_mail = 0.005
    arena.beat()
    arena.worker()
    wait_for(received(sink, 40), "mail 40")
    arena.flush_broker()
    arena.valkey.stop()
    time.sleep(60 if LONG else 2)
    arena.valkey.start()
    wait_for(lambda: arena.revive() or all_sent(), "the last mail")
    # Also what becomes due from now on is found.
    Message.objects.filter(pk=Message.objects.all()[0].pk).update(
        state=MessageState.PLANNED, message_id="<after@demo.example>", due_at=timezone.now()
    )
    wait_for(lambda: arena.revive() or all_sent(), "the mail after the broker came back")
    book.check("FLUSHALL, then no Valkey", [*planned, "<after@demo.example>"], sink)


def test_case_47_security_33_lesson_b40_decidim_12556_two_of_each_mail_once(arena, sink, book):
    world.invited()
    planned = world.due_ids()
    for start in (arena.worker, arena.worker, arena.beat, arena.beat):
        start()
    wait_for(all_sent, "the last mail")
    book.check("two workers, two beats", planned, sink)


def test_a_worker_stopped_past_its_lease_and_woken_lets_go(arena, sink, book):
    world.invited()
    planned = world.due_ids()
    sink.seconds_per_mail = 0.005
    arena.beat()
    sleeper = arena.worker()
    wait_for(received(sink, 30), "mail 30")
    sleeper.send(signal.SIGSTOP)
    time.sleep(LEASE_SECONDS + 1)
    arena.worker()
    wait_for(received(sink, 120), "the other worker")
    sleeper.send(signal.SIGCONT)
    wait_for(all_sent, "the last mail")
    time.sleep(1)
    book.check("SIGSTOP past the lease and the redelivery", planned, sink, may_double=1)


def test_security_35_a_restart_of_postgresql_in_the_middle_loses_nothing(arena, sink, book):
    world.invited()
    planned = world.due_ids()
    sink.seconds_per_mail = 0.01
    arena.beat()
    arena.worker()
    wait_for(received(sink, 100), "mail 100")
    if LONG:
        restart_server()
    else:
        cut_connections()
    wait_for(all_sent, "the last mail")
    book.check("PostgreSQL restarted", planned, sink, may_double=1)


def test_a_session_moved_and_cancelled_at_mail_150_reminds_nobody_of_what_is_untrue(
    arena, sink, book
):
    session = world.reminded()
    planned = world.due_ids()
    planner = session.planned_by.user
    sink.seconds_per_mail = 0.015
    arena.beat()
    arena.worker()
    wait_for(received(sink, 150), "mail 150")
    moved = moving.move_session(
        session_id=session.pk,
        version=session.version,
        target=moving.Target(session.wall_start.date(), clock(15)),
        by=planner,
        at=timezone.now(),
    )
    at_move = time.time()
    wait_for(lambda: subjects(sink, "New time"), "the first news of the new time")
    planning.cancel_session(
        session_id=moved.pk, reason="The hall is flooded.", by=planner, at=timezone.now()
    )
    at_cancel = time.time()
    wait_for(all_sent, "the last mail")
    assert latest(sink, "Reminder") < at_move + STALE_SECONDS
    assert latest(sink, "New time") < at_cancel + STALE_SECONDS
    assert len(subjects(sink, "Cancelled")) == world.MAILS
    told = Message.objects.filter(state=MessageState.SENT).exclude(kind=notices.INVITATION)
    book.check(
        "moved, then cancelled, at mail 150", told.values_list("message_id", flat=True), sink
    )
    unsent = Message.objects.filter(message_id__in=planned, state=MessageState.WITHDRAWN)
    assert unsent.count() == world.MAILS - len(subjects(sink, "Reminder"))


def subjects(sink, start: str) -> list[str]:
    return [subject for subject in sink.subjects() if subject.startswith(start)]


def latest(sink, start: str) -> float:
    """When the last mail whose subject begins like this arrived."""
    both = zip(sink.arrived, sink.subjects(), strict=False)
    return max(moment for moment, subject in both if subject.startswith(start))
